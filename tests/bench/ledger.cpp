#include "bench/ledger.hpp"

#include <map>
#include <set>

namespace kindroom::bench {

namespace {

std::string told(std::uint32_t viewer, Tag tag) {
    return "member " + std::to_string(viewer) + ", message " + std::to_string(tag.number) + " of member " +
           std::to_string(tag.author);
}

}  // namespace

Ledger::Ledger(std::vector<std::uint32_t> room_of, const std::function<bool(std::uint32_t, std::uint32_t)>& sees)
    : room_of_(std::move(room_of)),
      posted_(room_of_.size()),
      audience_(room_of_.size()),
      order_(room_of_.size()),
      excused_(room_of_.size()),
      partial_(room_of_.size()) {
    for (std::uint32_t i = 0; i < room_of_.size(); ++i) {
        if (rooms_.size() <= room_of_[i]) rooms_.resize(room_of_[i] + 1, Room{.first = i, .size = 0, .table = 0});
        rooms_[room_of_[i]].size += 1;
    }
    std::size_t cells = 0;
    for (Room& room : rooms_) {
        room.table = cells;
        cells += std::size_t{room.size} * room.size;
    }
    next_.resize(cells);
    for (const Room& room : rooms_)
        for (std::uint32_t viewer = room.first; viewer < room.first + room.size; ++viewer)
            for (std::uint32_t author = room.first; author < room.first + room.size; ++author) {
                const bool shown = viewer == author || sees(viewer, author);
                next_of(viewer, author) = shown ? 0 : hidden;
                audience_[author] += shown;
            }
}

std::uint32_t& Ledger::next_of(std::uint32_t viewer, std::uint32_t author) {
    const Room& room = rooms_[room_of_[viewer]];
    return next_[room.table + std::size_t{viewer - room.first} * room.size + (author - room.first)];
}

const std::uint32_t* Ledger::row_of(std::uint32_t viewer) const {
    const Room& room = rooms_[room_of_[viewer]];
    return &next_[room.table + std::size_t{viewer - room.first} * room.size];
}

Tag Ledger::post(std::uint32_t author) {
    missing_ += audience_[author];
    return {.author = author, .number = posted_[author]++};
}

void Ledger::received(std::uint32_t viewer, Tag tag) {
    if (tag.author >= room_of_.size() || room_of_[tag.author] != room_of_[viewer])
        throw WrongDelivery("from another room: " + told(viewer, tag));
    std::uint32_t& next = next_of(viewer, tag.author);
    if (next == hidden) throw WrongDelivery("not to be seen: " + told(viewer, tag));
    if (tag.number != next) throw WrongDelivery("number " + std::to_string(next) + " was next: " + told(viewer, tag));
    if (next == posted_[tag.author]) throw WrongDelivery("never posted: " + told(viewer, tag));
    next += 1;
    deliveries_ += 1;
    order_[viewer] = (order_[viewer] ^ (std::uint64_t{tag.author} << 32 | tag.number)) * 0x9e37'79b9'7f4a'7c15;
    if (!excused_[viewer]) missing_ -= 1;
}

void Ledger::excuse(std::uint32_t viewer) {
    if (excused_[viewer]) return;
    excused_[viewer] = true;
    const Room& room = rooms_[room_of_[viewer]];
    for (std::uint32_t i = 0; i < room.size; ++i) {
        const std::uint32_t next = row_of(viewer)[i];
        if (next == hidden) continue;
        audience_[room.first + i] -= 1;
        missing_ -= posted_[room.first + i] - next;
    }
}

void Ledger::readmit(std::uint32_t viewer) {
    if (!excused_[viewer]) return;
    excused_[viewer] = false;
    partial_[viewer] = true;
    const Room& room = rooms_[room_of_[viewer]];
    for (std::uint32_t author = room.first; author < room.first + room.size; ++author) {
        std::uint32_t& next = next_of(viewer, author);
        if (next == hidden) continue;
        next = posted_[author];
        audience_[author] += 1;
    }
}

bool Ledger::has_all(std::uint32_t viewer) const {
    const Room& room = rooms_[room_of_[viewer]];
    for (std::uint32_t i = 0; i < room.size; ++i) {
        const std::uint32_t next = row_of(viewer)[i];
        if (next != hidden && next != posted_[room.first + i]) return false;
    }
    return true;
}

void Ledger::check_order() const {
    for (const Room& room : rooms_) {
        // By the authors who posted and are seen.
        std::map<std::vector<bool>, std::uint32_t> seen_alike;
        for (std::uint32_t viewer = room.first; viewer < room.first + room.size; ++viewer) {
            if (excused_[viewer] || partial_[viewer]) continue;
            std::vector<bool> seen;
            for (std::uint32_t i = 0; i < room.size; ++i)
                seen.push_back(posted_[room.first + i] > 0 && row_of(viewer)[i] != hidden);
            const auto other = seen_alike.emplace(std::move(seen), viewer).first->second;
            if (order_[viewer] != order_[other])
                throw WrongDelivery("two orders of one room: members " + std::to_string(other) + " and " +
                                    std::to_string(viewer));
        }
    }
}

std::string Ledger::first_missing() const {
    for (std::uint32_t viewer = 0; viewer < room_of_.size(); ++viewer) {
        if (excused_[viewer]) continue;
        const Room& room = rooms_[room_of_[viewer]];
        for (std::uint32_t i = 0; i < room.size; ++i) {
            const std::uint32_t next = row_of(viewer)[i];
            if (next != hidden && next != posted_[room.first + i])
                return told(viewer, {.author = room.first + i, .number = next});
        }
    }
    return "nothing";
}

}  // namespace kindroom::bench
