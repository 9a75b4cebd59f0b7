// Blocks between two people, at random: what both may see of each other must fit together.
#include <array>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck/gtest.h>
#include <set>

#include "boundary_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

using namespace people;

TimePoint any_moment() { return from_ms(*rc::gen::inRange<std::int64_t>(0, 60)); }
Position any_place() { return Position{*rc::gen::inRange<std::uint64_t>(1, 20)}; }
RoomId any_room() { return *rc::gen::element(garden, attic); }

Sighting any_sighting(AccountId author) {
    Sighting sighting{.kind = *rc::gen::element(Sighting::Kind::words, Sighting::Kind::presence, Sighting::Kind::sign),
                      .author = author,
                      .room = any_room(),
                      .about = any_place(),
                      .about_at = any_moment()};
    // A step concerns a message that was there before it.
    sighting.position = std::max(sighting.about, any_place());
    sighting.at = std::max(sighting.about_at, any_moment());
    return sighting;
}
Dark any_dark() {
    Dark dark{.side = *rc::gen::element(Dark::Side::chosen, Dark::Side::met), .from = any_moment()};
    if (*rc::gen::arbitrary<bool>()) dark.until = dark.from + Duration{*rc::gen::inRange(0, 30)};
    if (dark.side == Dark::Side::met)
        for (const RoomId room : {garden, attic})
            if (*rc::gen::arbitrary<bool>()) dark.received[room] = any_place();
    return dark;
}
Visibility of_ana_with(const Edge& edge, Mutes mutes = {}) {
    return Visibility(ana, {.edges = {{ben, std::make_shared<const Edge>(edge)}}, .mutes = std::move(mutes)});
}

RC_GTEST_PROP(VisibilityModel, AddingADarkNeverShowsMore, ()) {
    Edge edge;
    for (int darks = *rc::gen::inRange(0, 4); darks > 0; --darks) edge.push_back(any_dark());
    Edge darker = edge;
    darker.insert(darker.begin() + *rc::gen::inRange<std::ptrdiff_t>(0, std::ssize(edge) + 1), any_dark());
    for (int i = 0; i < 20; ++i) {
        const Sighting sighting = any_sighting(ben);
        if (of_ana_with(darker).shows(sighting, Horizon{})) RC_ASSERT(of_ana_with(edge).shows(sighting, Horizon{}));
    }
}

RC_GTEST_PROP(VisibilityModel, ADarkConcernsNobodyElse, ()) {
    RC_ASSERT(of_ana_with({any_dark(), any_dark()}).shows(any_sighting(cleo), Horizon{}));
}

// Any of the first so many numbers, each as likely as the others in small cases too.
int one_of_first(int count) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, count)); }

// ---- two accounts whose actors keep in step -------------------------------------------------------------------------

// Two people in two rooms, and the house between them. What is true of their blocks is kept a second time, in a way
// that is easy to believe.
class TwoPeople {
  public:
    enum Side : std::size_t { first = 0, second = 1 };
    static Side other(Side side) { return side == first ? second : first; }

    struct Said {
        Side by;
        Sighting sighting;
        // Whether the other's devices were given it, when it was said or when they came back.
        bool reached = false;
        bool in_the_dark = false;
    };

    void pass(Duration time) { now_ += time; }
    // What ends by itself ends, at once or late.
    void keep_house() {
        for (const Side side : {first, second}) {
            for (const auto& ending : matters_[side].blocks_to_end(now_)) {
                matters_[side].apply({ending.id, ending.block});
                const auto met = matters_[other(side)].met_ends(account(side), ending.block.until);
                RC_ASSERT(met.has_value());
                matters_[other(side)].apply(*met);
            }
            if (planned_end_[side] && *planned_end_[side] <= now_) {
                since_[side].reset();
                planned_end_[side].reset();
            }
        }
    }
    void block(Side by) {
        const auto change =
            matters_[by].decide_block(met_in_the_garden(account(other(by))), std::nullopt, fresh(), now_).value();
        RC_ASSERT(change.has_value() == (!since_[by] || planned_end_[by].has_value()));
        if (change) matters_[by].apply(*change);
        planned_end_[by].reset();
        if (since_[by]) return;
        since_[by] = now_;
        matters_[other(by)].apply(matters_[other(by)].met(account(by), now_, got_[other(by)], fresh()));
    }
    void unblock(Side by) {
        const auto block = matters_[by].block_of(account(other(by)));
        RC_ASSERT(block.has_value() == since_[by].has_value());
        if (!block) return;
        const auto unblocking = matters_[by].decide_unblock(block->first, now_).value();
        for (const auto& change : unblocking.changes) matters_[by].apply(change);
        if (!planned_end_[by]) planned_end_[by] = now_ + limits_.unblock_delay;
        RC_ASSERT(unblocking.takes_effect_at == *planned_end_[by]);
    }
    void go_or_come(Side who) {
        is_here_[who] = !is_here_[who];
        if (!is_here_[who]) return;
        // Whoever comes back is given what they may see of what they missed.
        for (Said& said : said_)
            if (said.by != who && shows(who, said.sighting)) reach(said);
    }
    void say(Side by, RoomId room) {
        said_.push_back({.by = by,
                         .sighting = words(account(by), ++heads_[room], now_, room),
                         .in_the_dark = is_dark(first) || is_dark(second)});
        if (is_here_[other(by)] && shows(other(by), said_.back().sighting)) reach(said_.back());
    }
    bool shows(Side viewer, const Sighting& sighting) const {
        return matters_[viewer].visibility(now_)->shows(sighting, Horizon{});
    }
    bool chose_block(Side side) const { return matters_[side].block_of(account(other(side))).has_value(); }
    // How far this one's devices have got. What they passed over, because its reader had blocked the other, counts as
    // got: it returns when it is fetched again.
    bool has_got_as_far_as(Side reader, const Sighting& message) const {
        const auto got = got_[reader].find(message.room);
        return got != got_[reader].end() && message.position <= got->second;
    }
    bool is_any_block_in_force() const { return chose_block(first) || chose_block(second); }
    const std::vector<Said>& said() const { return said_; }
    TimePoint now() const { return now_; }
    static AccountId account(Side side) { return side == first ? ana : ben; }

  private:
    MatterId fresh() { return numbered<MatterId>(++ids_); }
    bool is_dark(Side by) const { return since_[by] && (!planned_end_[by] || now_ < *planned_end_[by]); }
    void reach(Said& said) {
        said.reached = true;
        Position& got = got_[other(said.by)][said.sighting.room];
        got = std::max(got, said.sighting.position);
    }

    const Limits limits_{.unblocks_per_day = 10'000};
    std::array<Matters, 2> matters_{Matters(ana, limits_), Matters(ben, limits_)};
    TimePoint now_ = from_ms(1'767'225'600'000);
    std::array<bool, 2> is_here_{true, true};
    std::array<std::optional<TimePoint>, 2> since_;
    std::array<std::optional<TimePoint>, 2> planned_end_;
    std::array<std::map<RoomId, Position>, 2> got_;
    std::map<RoomId, std::uint64_t> heads_;
    std::vector<Said> said_;
    std::uint64_t ids_ = 0;
};

void live_a_little(TwoPeople& two) {
    two.pass(Duration{1 + one_of_first(400'000)});
    const auto side = *rc::gen::element(TwoPeople::first, TwoPeople::second);
    switch (one_of_first(10)) {
        case 0:
            return two.block(side);
        case 1:
        case 2:
            return two.unblock(side);
        case 3:
            return two.go_or_come(side);
        case 4:
        case 5:
        case 6:
            return two.keep_house();
        default:
            return two.say(side, any_room());
    }
}

// X3 and "the dark interval stays dark for both".
RC_GTEST_PROP(VisibilityModel, X3WhatIsSaidWhileABlockIsInForceIsNeverShownToEither, ()) {
    TwoPeople two;
    for (int acts = one_of_first(60); acts > 0; --acts) {
        live_a_little(two);
        for (const auto& said : two.said())
            if (said.in_the_dark) RC_ASSERT(!two.shows(TwoPeople::other(said.by), said.sighting));
    }
    RC_CLASSIFY(std::any_of(two.said().begin(), two.said().end(), [](const auto& said) { return said.in_the_dark; }),
                "something was said in the dark");
}

RC_GTEST_PROP(VisibilityModel, X3WhoeverIsBlockedKeepsWhatHadReachedThem, ()) {
    TwoPeople two;
    for (int acts = one_of_first(60); acts > 0; --acts) {
        live_a_little(two);
        for (const auto& said : two.said()) {
            const auto viewer = TwoPeople::other(said.by);
            if (said.reached && !said.in_the_dark && !two.chose_block(viewer))
                RC_ASSERT(two.shows(viewer, said.sighting));
        }
    }
}

RC_GTEST_PROP(VisibilityModel, X3WhatHadNotReachedTheBlockedPersonNeverComes, ()) {
    TwoPeople two;
    for (int acts = one_of_first(30); acts > 0; --acts) live_a_little(two);
    two.keep_house();
    const auto by = *rc::gen::element(TwoPeople::first, TwoPeople::second);
    two.block(by);
    std::vector<Sighting> missed;
    for (const auto& said : two.said())
        if (said.by == by && !two.has_got_as_far_as(TwoPeople::other(by), said.sighting))
            missed.push_back(said.sighting);
    for (int acts = one_of_first(30); acts > 0; --acts) {
        live_a_little(two);
        for (const Sighting& message : missed) RC_ASSERT(!two.shows(TwoPeople::other(by), message));
    }
    RC_CLASSIFY(!missed.empty(), "something was missed");
}

RC_GTEST_PROP(VisibilityModel, WhileABlockIsInForceNeitherSeesWhatTheOtherSays, ()) {
    TwoPeople two;
    for (int acts = one_of_first(40); acts > 0; --acts) live_a_little(two);
    two.block(*rc::gen::element(TwoPeople::first, TwoPeople::second));
    for (const auto by : {TwoPeople::first, TwoPeople::second}) {
        for (const RoomId room : {garden, attic, numbered<RoomId>(3)}) {
            two.pass(1ms);
            two.say(by, room);
            RC_ASSERT(!two.shows(TwoPeople::other(by), two.said().back().sighting));
        }
        const AccountId who = TwoPeople::account(by);
        RC_ASSERT(!two.shows(TwoPeople::other(by), presence(who, two.now())));
        RC_ASSERT(!two.shows(TwoPeople::other(by), sign(who, two.now())));
    }
}

RC_GTEST_PROP(VisibilityModel, WhenAllBlocksHaveEndedBothSeeWhatFollows, ()) {
    TwoPeople two;
    for (int acts = one_of_first(40); acts > 0; --acts) live_a_little(two);
    for (const auto by : {TwoPeople::first, TwoPeople::second}) two.unblock(by);
    two.pass(10min);
    two.keep_house();
    RC_ASSERT(!two.is_any_block_in_force());
    two.pass(1ms);
    for (const auto by : {TwoPeople::first, TwoPeople::second}) {
        two.say(by, any_room());
        RC_ASSERT(two.shows(TwoPeople::other(by), two.said().back().sighting));
        RC_ASSERT(two.shows(TwoPeople::other(by), presence(TwoPeople::account(by), two.now())));
    }
}

// ---- mutes ----------------------------------------------------------------------------------------------------------

Mutes any_mutes() {
    Mutes mutes;
    if (*rc::gen::arbitrary<bool>()) mutes.people[ben] = {.everywhere = *rc::gen::arbitrary<bool>(), .rooms = {garden}};
    if (*rc::gen::arbitrary<bool>()) mutes.rooms.insert(any_room());
    if (*rc::gen::arbitrary<bool>()) mutes.words["storm"].push_back({"storm", {.everywhere = true}});
    if (*rc::gen::arbitrary<bool>()) mutes.labels["grief"].everywhere = true;
    return mutes;
}

RC_GTEST_PROP(VisibilityModel, AMuteNeverShowsMoreAndLeavesPresenceAlone, ()) {
    const Edge edge{any_dark()};
    const Visibility loud = of_ana_with(edge);
    const Visibility quiet = of_ana_with(edge, any_mutes());
    const std::vector<std::string> labels{"grief"};
    for (int i = 0; i < 20; ++i) {
        Sighting sighting = any_sighting(*rc::gen::element(ben, cleo));
        sighting.folded = *rc::gen::element<std::string_view>("storm", "a calm day");
        if (*rc::gen::arbitrary<bool>()) sighting.labels = labels;
        if (quiet.shows(sighting, Horizon{})) RC_ASSERT(loud.shows(sighting, Horizon{}));
        if (sighting.kind == Sighting::Kind::presence)
            RC_ASSERT(quiet.shows(sighting, Horizon{}) == loud.shows(sighting, Horizon{}));
    }
}

// A mute is in nobody's matters but its owner's, so nothing else could change; this says so of the part that two share.
RC_GTEST_PROP(VisibilityModel, AMuteConcernsNoBlockAndNoWarning, ()) {
    MattersDialogue of_ana;
    if (*rc::gen::arbitrary<bool>()) of_ana.block(ben).value();
    if (*rc::gen::arbitrary<bool>()) of_ana.matters.apply(of_ana.matters.met(ben, of_ana.now, {}, of_ana.fresh()));
    const auto before = of_ana.matters.visibility(of_ana.now);
    const auto blocked_by = of_ana.matters.blocked_by();
    of_ana.mute({.what = PersonRef{}, .room = std::nullopt}, met_in_the_garden(ben)).value();
    const TimePoint ticked = of_ana.now + 1ms;
    RC_ASSERT(of_ana.matters.visibility(of_ana.now)->warns_of(ben, ticked) == before->warns_of(ben, ticked));
    RC_ASSERT(of_ana.matters.blocked_by() == blocked_by);
    RC_ASSERT(of_ana.shows(presence(ben, of_ana.now + 1ms)) ==
              before->shows(presence(ben, of_ana.now + 1ms), Horizon{}));
}

}  // namespace
}  // namespace kindroom::domain::test
