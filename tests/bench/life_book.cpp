#include "bench/life_book.hpp"

#include <map>
#include <unordered_set>

namespace kindroom::bench {

namespace {

std::string told(std::uint32_t viewer, Tag tag) {
    return "member " + std::to_string(viewer) + ", message " + std::to_string(tag.number) + " of member " +
           std::to_string(tag.author);
}

std::uint64_t key_of(Tag tag) { return std::uint64_t{tag.author} << 32 | tag.number; }

// Which message comes before which, as people received them.
class Order {
  public:
    void add(const std::vector<Tag>& story) {
        for (std::size_t i = 0; i < story.size(); ++i) {
            const auto key = key_of(story[i]);
            earlier_.try_emplace(key, 0);
            if (i == 0 || !later_[key_of(story[i - 1])].insert(key).second) continue;
            earlier_[key] += 1;
        }
    }
    // Whether they can all be put in one line: each is taken once nothing is left that comes before it.
    bool is_one() {
        std::vector<std::uint64_t> free;
        for (const auto& [key, count] : earlier_)
            if (count == 0) free.push_back(key);
        std::size_t taken = 0;
        for (; !free.empty(); ++taken) {
            const auto key = free.back();
            free.pop_back();
            for (const auto next : later_[key])
                if (--earlier_[next] == 0) free.push_back(next);
        }
        return taken == earlier_.size();
    }

  private:
    std::unordered_map<std::uint64_t, std::uint32_t> earlier_;
    std::unordered_map<std::uint64_t, std::unordered_set<std::uint64_t>> later_;
};

}  // namespace

LifeBook::LifeBook(std::vector<std::uint32_t> room_of)
    : room_of_(std::move(room_of)), posted_(room_of_.size()), stories_(room_of_.size()) {}

void LifeBook::block(std::uint32_t blocker, std::uint32_t other) {
    between_[pair(blocker, other)].blocks = true;
    auto& met = between_[pair(other, blocker)];
    met.kept_from = std::min(met.kept_from, posted_[blocker]);
}

void LifeBook::received(std::uint32_t viewer, Tag tag) {
    if (tag.author >= room_of_.size() || room_of_[tag.author] != room_of_[viewer])
        throw WrongDelivery("from another room: " + told(viewer, tag));
    if (tag.number >= posted_[tag.author]) throw WrongDelivery("never posted: " + told(viewer, tag));
    auto& next = next_[pair(viewer, tag.author)];
    const auto boundary = between_.find(pair(viewer, tag.author));
    if (boundary == between_.end()) {
        if (tag.number != next)
            throw WrongDelivery("number " + std::to_string(next) + " was next: " + told(viewer, tag));
    } else {
        const Between& between = boundary->second;
        if (between.muted || between.blocks || tag.number >= between.kept_from)
            throw WrongDelivery("not to be seen any more: " + told(viewer, tag));
        if (tag.number < next) throw WrongDelivery("twice, or too late: " + told(viewer, tag));
    }
    next = tag.number + 1;
    deliveries_ += 1;
    stories_[viewer].push_back(tag);
}

bool LifeBook::is_complete() const {
    for (std::uint32_t viewer = 0; viewer < room_of_.size(); ++viewer) {
        // Members of one room stand together.
        std::uint32_t author = viewer;
        while (author > 0 && room_of_[author - 1] == room_of_[viewer]) --author;
        for (; author < room_of_.size() && room_of_[author] == room_of_[viewer]; ++author) {
            const auto found = next_.find(pair(viewer, author));
            const std::uint32_t next = found == next_.end() ? 0 : found->second;
            if (is_settled(viewer, author) && next != posted_[author]) return false;
        }
    }
    return true;
}

void LifeBook::check_order() const {
    std::map<std::uint32_t, Order> orders;
    for (std::uint32_t viewer = 0; viewer < room_of_.size(); ++viewer) orders[room_of_[viewer]].add(stories_[viewer]);
    for (auto& [room, order] : orders)
        if (!order.is_one()) throw WrongDelivery("two orders of room " + std::to_string(room));
}

}  // namespace kindroom::bench
