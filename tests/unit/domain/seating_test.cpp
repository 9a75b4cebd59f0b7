// The draw of a circle's seats: every assignment of tickets for few people, and any for as many as there may be.
#include <algorithm>
#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <numeric>
#include <rapidcheck/gtest.h>

#include "domain/seating.hpp"
#include "room_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

// People are numbers from 0; who blocked whom is a set of pairs.
using Blocks = std::set<std::pair<int, int>>;

AccountId account_of(int person) { return an_id<AccountId>(static_cast<std::uint64_t>(person) + 1); }

// The tickets of those who take part; whoever has none does not.
using Tickets = std::map<int, std::uint64_t>;

std::vector<int> seated(const Tickets& tickets, const Blocks& blocks, std::size_t seats, std::uint32_t blanks = 0) {
    std::vector<DrawnFor> people;
    for (const auto& [person, ticket] : tickets) {
        DrawnFor drawn{.account = account_of(person), .ticket = ticket};
        for (const auto& [from, to] : blocks)
            if (from == person) drawn.apart_from.insert(account_of(to));
        people.push_back(std::move(drawn));
    }
    std::vector<int> found;
    for (const AccountId account : draw_seats(people, seats, blanks))
        for (const auto& [person, ticket] : tickets)
            if (account_of(person) == account) found.push_back(person);
    return found;
}

bool holds(const std::vector<int>& people, int person) {
    return std::find(people.begin(), people.end(), person) != people.end();
}

// Every order in which the tickets of `people` can fall, each as likely as another.
void for_every_fall(int people, const std::function<void(const Tickets&)>& look) {
    std::vector<int> order(static_cast<std::size_t>(people));
    std::iota(order.begin(), order.end(), 0);
    do {
        Tickets tickets;
        for (std::size_t i = 0; i < order.size(); ++i) tickets[order[i]] = 100 * i + 50;
        look(tickets);
    } while (std::next_permutation(order.begin(), order.end()));
}

// In how many falls each person is seated.
std::map<int, int> times_seated(int people, const Blocks& blocks, std::size_t seats) {
    std::map<int, int> times;
    for_every_fall(people, [&](const Tickets& tickets) {
        for (const int person : seated(tickets, blocks, seats)) times[person] += 1;
    });
    return times;
}

int any_below(int count) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, count)); }

Blocks any_blocks(int people) {
    Blocks blocks;
    for (int left = any_below(2 * people); left > 0; --left) {
        const int from = any_below(people);
        const int to = any_below(people);
        if (from != to) blocks.insert({from, to});
    }
    return blocks;
}

Tickets any_tickets(int people) {
    Tickets tickets;
    for (int person = 0; person < people; ++person)
        tickets[person] = *rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<std::uint64_t>());
    return tickets;
}

// ---- dialogues ------------------------------------------------------------------------------------------------------

TEST(Seating, WithASeatForEverybodyEverybodyIsSeatedInTheOrderOfTickets) {
    EXPECT_EQ(seated({{0, 300}, {1, 100}, {2, 200}}, {}, 4), (std::vector{1, 2, 0}));
}

TEST(Seating, WhoeverBlockedSomebodyGivesWayToThemEvenWhereASeatIsFree) {
    for_every_fall(4, [](const Tickets& tickets) {
        const auto drawn = seated(tickets, {{0, 1}}, 8);
        EXPECT_FALSE(holds(drawn, 0));
        EXPECT_EQ(drawn.size(), 3u);
    });
}

TEST(Seating, WhoeverBlockedSomebodySitsWhereTheOtherOneDoesNot) {
    EXPECT_EQ(seated({{0, 10}, {1, 40}, {2, 20}, {3, 30}, {4, 35}}, {{0, 1}}, 3), (std::vector{0, 2, 3}));
}

TEST(Seating, TwoWhoBlockedEachOtherHaveTheSameChance) {
    const auto times = times_seated(4, {{0, 1}, {1, 0}}, 8);
    EXPECT_EQ(times.at(0), times.at(1));
    EXPECT_EQ(times.at(0), 12);
}

TEST(Seating, WithoutBoundariesEverybodyHasTheSameChance) {
    const auto times = times_seated(6, {}, 4);
    for (const auto& [person, count] : times) EXPECT_EQ(count, 720 * 4 / 6);
}

TEST(Seating, SomeTicketsAreBlanksHoweverManySeatsThereAre) {
    EXPECT_EQ(seated({{0, 100}, {1, 105}, {2, 106}}, {}, 8, 6), (std::vector{2}));
    EXPECT_EQ(seated({{0, 100}, {1, 105}, {2, 106}}, {}, 8, 0).size(), 3u);
}

// ---- whatever the boundaries ----------------------------------------------------------------------------------------

RC_GTEST_PROP(Seating, Look17NobodySitsWithSomebodyTheyAreApartFrom, ()) {
    const int people = 1 + any_below(24);
    const Blocks blocks = any_blocks(people);
    const auto drawn = seated(any_tickets(people), blocks, static_cast<std::size_t>(4 + any_below(5)), 6);
    for (const auto& [from, to] : blocks) RC_ASSERT(!holds(drawn, from) || !holds(drawn, to));
}

RC_GTEST_PROP(Seating, ASeatIsEmptyOnlyIfNobodyWhoIsLeftCouldSitThere, ()) {
    const int people = 1 + any_below(24);
    const Blocks blocks = any_blocks(people);
    const Tickets tickets = any_tickets(people);
    const auto seats = static_cast<std::size_t>(4 + any_below(5));
    const auto drawn = seated(tickets, blocks, seats, 6);
    RC_ASSERT(drawn.size() <= seats);
    if (drawn.size() == seats) return;
    for (const auto& [person, ticket] : tickets) {
        if (holds(drawn, person) || is_blank_ticket(ticket, 6)) continue;
        RC_ASSERT(std::any_of(drawn.begin(), drawn.end(), [&](int other) {
            return blocks.contains({person, other}) || blocks.contains({other, person});
        }));
    }
}

// Not only alike in the long run: ticket by ticket. Somebody whom nobody blocked blocks another one, who does not give
// way to them by a detour.
RC_GTEST_PROP(Seating, X3WhoeverWasBlockedIsDrawnAsIfTheOtherOneHadNotSignedUp, ()) {
    const int people = 2 + any_below(23);
    Blocks blocks = any_blocks(people);
    std::erase_if(blocks, [](const auto& block) { return block.second == 0; });
    blocks.insert({0, 1});
    const Tickets with = any_tickets(people);
    Tickets without = with;
    without.erase(0);
    const auto seats = static_cast<std::size_t>(4 + any_below(5));
    const auto drawn_with = seated(with, blocks, seats, 6);
    const auto drawn_without = seated(without, blocks, seats, 6);
    RC_CLASSIFY(holds(drawn_with, 1), "seated");
    RC_ASSERT(holds(drawn_with, 1) == holds(drawn_without, 1));
    // Whoever is not seated sees nothing of the sitting.
    if (holds(drawn_with, 1)) RC_ASSERT(drawn_with == drawn_without);
}

// Chances counted exactly, over every fall of the tickets.
RC_GTEST_PROP(Seating, X4ABoundaryNeverTakesASeatFromTheOtherOne, ()) {
    const int people = 2 + any_below(4);
    const auto seats = static_cast<std::size_t>(1 + any_below(people));
    const auto before = times_seated(people, {}, seats);
    auto after = times_seated(people, {{0, 1}}, seats);
    RC_ASSERT(after[1] >= before.at(1));
    // Nor from anybody else, and for all these the chance is the same.
    for (int other = 2; other < people; ++other) {
        RC_ASSERT(after[other] >= before.at(other));
        RC_ASSERT(after[other] == after[2]);
    }
    RC_ASSERT(after[0] <= before.at(0));
}

RC_GTEST_PROP(Seating, WhoHasNoBoundaryAtAllHasTheChanceOfAnybodyElseLikeThem, ()) {
    const int people = 5;
    Blocks blocks = any_blocks(3);
    auto times = times_seated(people, blocks, static_cast<std::size_t>(1 + any_below(5)));
    RC_ASSERT(times[3] == times[4]);
}

RC_GTEST_PROP(Seating, TheOrderInWhichPeopleSignedUpDoesNotMatter, ()) {
    const int people = 1 + any_below(12);
    const Tickets tickets = any_tickets(people);
    std::vector<DrawnFor> one;
    for (const auto& [person, ticket] : tickets)
        one.push_back({.account = account_of(person), .ticket = ticket, .apart_from = {account_of(any_below(people))}});
    for (auto& drawn : one) drawn.apart_from.erase(drawn.account);
    std::vector<DrawnFor> other(one.rbegin(), one.rend());
    RC_ASSERT(draw_seats(one, 4, 0) == draw_seats(other, 4, 0));
}

}  // namespace
}  // namespace kindroom::domain::test
