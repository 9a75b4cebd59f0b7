#include "actors/own_data.hpp"

#include <algorithm>

#include "actors/home.hpp"

namespace kindroom::actors {

using namespace domain;

namespace {

// Messages of all authors that are looked at by one read.
constexpr std::uint32_t chunk = 1'000;

using Part = ExportPlace::Part;

void answer(Home& home, OwnDataReading& reading, std::optional<ExportPlace> next) {
    reading.data.next = next;
    home.services().shards.reply(reading.to, std::move(reading.data));
}

OwnRoom room_of(Home& home, const OwnDataReading& reading, const store::MembershipRecord& membership) {
    RoomCodec codec(membership.room, home.services());
    codec.learn(*reading.key);
    RoomCodec::Names names = codec.open_names(membership);
    OwnRoom room{.room = membership.room,
                 .topic = {},
                 .you = codec.person(membership.account, Voice::person, names.present),
                 .former_names = {},
                 .joined = membership.joined,
                 .left_at = membership.left_at};
    for (FormerName& former : names.former) room.former_names.push_back(std::move(former.name));
    const auto& hall = home.notice()->rooms;
    if (const auto hangs = hall.find(membership.room); hangs != hall.end()) room.topic = hangs->second.settings.topic;
    return room;
}

OwnMessage message_of(RoomId room, Message message) {
    OwnMessage own{.room = room,
                   .message = message.id,
                   .voice = message.author.voice,
                   .name = std::move(message.author.name),
                   .posted_at = message.posted_at,
                   .text = std::move(message.text),
                   .labels = std::move(message.labels),
                   .edited_at = message.edited_at,
                   .earlier = {}};
    for (Version& version : message.earlier) own.earlier.push_back({.text = std::move(version.text), .at = version.at});
    return own;
}

// The moderators' desk keeps them, on the front shard.
void read_reports(Home& home, std::unique_ptr<OwnDataReading> reading, SecretHash after) {
    const auto& shards = home.services().shards;
    const std::size_t left = reading->bytes_max - std::min(reading->bytes_max, reading->bytes);
    if (left == 0) return answer(home, *reading, ExportPlace{.part = Part::reports, .report = after});
    shards.send(Shards::front, [back = home.shard(), after, left, reading = std::move(reading)](Home& front) mutable {
        const AccountId reporter = reading->account;
        front.case_desk().own_reports(
            reporter, after, left, [&front, back, reading = std::move(reading)](auto found) mutable {
                front.services().shards.send(
                    back, [reading = std::move(reading), found = std::move(found)](Home& again) mutable {
                        if (!found) return again.services().shards.refuse(reading->to, found.error());
                        for (OwnReport& report : found->reports) reading->add(std::move(report));
                        const auto further = found->further;
                        answer(again, *reading,
                               further ? std::optional(ExportPlace{.part = Part::reports, .report = *further})
                                       : std::nullopt);
                    });
            });
    });
}

void read_words(Home& home, std::unique_ptr<OwnDataReading> reading, ExportPlace from);

void on_words(Home& home, std::unique_ptr<OwnDataReading> reading, ExportPlace from, Result<store::OwnWords> words) {
    if (!words) return home.services().shards.refuse(reading->to, words.error());
    RoomCodec codec(from.room, home.services());
    codec.learn(words->keys);
    for (const auto& record : words->messages) {
        if (reading->is_full()) return answer(home, *reading, from);
        from.position = record.position;
        if (auto message = codec.open(record)) reading->add(message_of(from.room, std::move(*message)));
    }
    if (words->further) {
        from.position = *words->further;
        return read_words(home, std::move(reading), from);
    }
    const auto next_room =
        std::ranges::upper_bound(reading->memberships, from.room, {}, &store::MembershipRecord::room);
    if (next_room == reading->memberships.end()) return read_reports(home, std::move(reading), {});
    read_words(home, std::move(reading), {.part = Part::words, .room = next_room->room});
}

void read_words(Home& home, std::unique_ptr<OwnDataReading> reading, ExportPlace from) {
    const store::Store::OwnWordsQuery query{
        .room = from.room, .author = reading->account, .after = from.position, .rows_max = chunk};
    home.services().store.read_own_words(query, home.scheduler(),
                                         [&home, reading = std::move(reading), from](auto words) mutable {
                                             on_words(home, std::move(reading), from, std::move(words));
                                         });
}

void on_memberships(Home& home, std::unique_ptr<OwnDataReading> reading, ExportPlace from) {
    const auto& memberships = reading->memberships;
    const auto behind = std::ranges::upper_bound(memberships, from.room, {}, &store::MembershipRecord::room);
    if (from.part == Part::rooms) {
        for (auto membership = behind; membership != memberships.end(); ++membership) {
            if (reading->is_full()) return answer(home, *reading, from);
            reading->add(room_of(home, *reading, *membership));
            from.room = membership->room;
        }
        from = {.part = Part::words};
    }
    // A room in the middle of whose words it goes on, or the first one.
    const auto room = std::ranges::lower_bound(memberships, from.room, {}, &store::MembershipRecord::room);
    if (room == memberships.end()) return read_reports(home, std::move(reading), {});
    if (room->room != from.room) from = {.part = Part::words, .room = room->room};
    read_words(home, std::move(reading), from);
}

}  // namespace

void read_own_data(Home& home, std::unique_ptr<OwnDataReading> reading, ExportPlace from) {
    if (from.part == Part::reports) return read_reports(home, std::move(reading), from.report);
    const AccountId account = reading->account;
    home.services().store.memberships_of(account, home.scheduler(),
                                         [&home, reading = std::move(reading), from](auto memberships) mutable {
                                             if (!memberships)
                                                 return home.services().shards.refuse(reading->to, memberships.error());
                                             reading->memberships = std::move(*memberships);
                                             on_memberships(home, std::move(reading), from);
                                         });
}

}  // namespace kindroom::actors
