// What the domain decides: a post in a room, and whether somebody sees it.
#include <memory>

#include "bench/pieces.hpp"
#include "domain/room.hpp"
#include "domain/visibility.hpp"
#include "support/store_records.hpp"

namespace kindroom::bench {

namespace {

using namespace domain;

Person person_of(std::uint64_t number) {
    return {.token = test::an_id<PersonToken>(number), .name = "Member", .sign = "amber heron"};
}

RoomSettings evenings() {
    RoomSettings settings;
    settings.topic = "Evenings";
    settings.seats = 1'000;
    return settings;
}

// However many come in at once, none is made to listen first.
Limits without_waves() {
    Limits limits;
    limits.wave_joins_max = 1'000'000;
    return limits;
}

// A room with its people, in which one posts.
struct Talk {
    Limits limits = without_waves();
    Room room{test::an_id<RoomId>(1), evenings(), RoomState::open, Position{0}, limits};
    std::vector<Asker> people;
    std::uint64_t posts = 0;

    explicit Talk(std::uint64_t members) {
        for (std::uint64_t i = 1; i <= members; ++i) {
            const auto account = test::an_id<AccountId>(i);
            people.push_back({.account = account, .standing = {}, .visibility = std::make_shared<Visibility>(account)});
            if (const auto joined = room.decide_join(people.back(), person_of(i), test::a_day)) room.apply(*joined);
        }
    }
    void post() {
        const Asker& author = people[posts++ % people.size()];
        const PostMessage command{.room = room.id(), .client_key = {}, .text = std::string(100, 'w'), .reply_to = {}};
        const auto now = test::a_day + std::chrono::milliseconds(posts);
        const auto step = room.decide_post(command, author, person_of(1), test::an_id<MessageId>(posts), now);
        room.apply(step.value());
    }
};

Act posting(std::uint64_t members) {
    return [talk = std::make_shared<Talk>(members)] { talk->post(); };
}

// Somebody with so many boundaries, half of them blocks, looks at the words of one with whom they have none.
Act looking(std::uint64_t boundaries) {
    Visibility::Parts parts;
    for (std::uint64_t i = 1; i <= boundaries; ++i) {
        const auto other = test::an_id<AccountId>(1'000 + i);
        if (i % 2 == 0) {
            parts.mutes.people[other] = {.everywhere = true};
            continue;
        }
        const Dark dark{.side = Dark::Side::chosen, .from = test::a_day, .received = {}};
        parts.edges[other] = std::make_shared<const Edge>(Edge{dark});
    }
    const auto room = test::an_id<RoomId>(1);
    const Sighting words{.author = test::an_id<AccountId>(2),
                         .room = room,
                         .position = Position{9},
                         .at = test::a_day,
                         .about = Position{9},
                         .about_at = test::a_day};
    return [words, visibility = std::make_shared<Visibility>(test::an_id<AccountId>(1), std::move(parts))] {
        keep(visibility->shows(words, Horizon{}));
    };
}

}  // namespace

std::vector<Piece> domain_pieces() {
    return {{"decide_and_apply_post", [] { return posting(100); }},
            {"visibility_without_boundaries", [] { return looking(0); }},
            {"visibility_10_boundaries", [] { return looking(10); }},
            {"visibility_100_boundaries", [] { return looking(100); }}};
}

}  // namespace kindroom::bench
