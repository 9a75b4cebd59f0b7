// Posts that wait for a moderator: who may look at them, what becomes of them, and that nothing is lost.
#include <gtest/gtest.h>

#include "domain/help.hpp"
#include "room_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

using namespace std::chrono_literals;

const Somebody mona = Somebody{an_id<AccountId>(4), "Mona"}.moderating();
const Hold by_links{.cause = HeldFor::filter, .filter_id = "links", .says = "Links are looked at."};

struct Review : ::testing::Test {
    Review() {
        for (const Somebody& who : {ana, ben, mona}) EXPECT_TRUE(talk.join(who));
        talk.room.attendance().go_on_duty(mona.account, talk.now());
    }
    Result<MessageId> waits(const Somebody& who, std::string text, Hold why = by_links) {
        const auto id = an_id<MessageId>(++talk.messages);
        const PostMessage command{.room = the_room, .text = std::move(text)};
        auto post = talk.room.decide_review(command, who.asker(), who.person(), id, why, talk.now());
        if (!post) return post.error();
        talk.room.apply(*post);
        return id;
    }
    RoomDialogue talk;
};

TEST_F(Review, WhatWaitsHasNoPlaceAndTakesTheNewestWhenItIsReleased) {
    const auto held = waits(ana, "see example.org");
    ASSERT_TRUE(held);
    EXPECT_EQ(talk.room.head(), Position{0});
    EXPECT_EQ(talk.room.next_due(), talk.now() + talk.limits.review_max);
    ASSERT_TRUE(talk.post(ben, "meanwhile"));
    const auto message = talk.release(*held);
    ASSERT_TRUE(message);
    EXPECT_EQ(message->position, Position{2});
    EXPECT_FALSE(talk.room.has_waiting());
}

TEST_F(Review, WhoeverCameToListenSinceIsLetThroughAndAPausedRoomTakesNothing) {
    const auto held = waits(ana, "see example.org");
    Member listening = *talk.room.member(ana.account);
    listening.listens_until = talk.now() + 1h;
    talk.room.restore(ana.account, listening);
    talk.room.apply(*talk.room.decide_pause("A break.", mona.standing));
    EXPECT_EQ(refusal(talk.room.decide_release(*held, talk.now())), Errc::room_paused);
    talk.room.apply(*talk.room.decide_resume(mona.standing));
    EXPECT_TRUE(talk.room.decide_release(*held, talk.now()));
    talk.leave(ana);
    EXPECT_EQ(refusal(talk.room.decide_release(*held, talk.now())), Errc::not_in_room);
}

TEST_F(Review, OnlyWhoIsOnDutyLooksAtIt) {
    ASSERT_TRUE(waits(ana, "see example.org"));
    EXPECT_TRUE(talk.room.may_look_after(mona.asker(), talk.now()));
    EXPECT_EQ(refusal(talk.room.may_look_after(ben.asker(), talk.now())), Errc::not_allowed);
    EXPECT_EQ(refusal(talk.room.may_look_after(cleo.asker(), talk.now())), Errc::not_in_room);
    EXPECT_EQ(refusal(talk.room.may_look_after(Somebody{mona.account, "Mona"}.asker(), talk.now())), Errc::not_allowed)
        << "a role that was taken away";
    ASSERT_EQ(talk.room.for_review(mona.asker(), talk.now()).size(), 1u);
    EXPECT_EQ(talk.room.for_review(mona.asker(), talk.now()).front().why, by_links);
    talk.room.attendance().go_off_duty(mona.account, talk.now());
    EXPECT_EQ(refusal(talk.room.may_look_after(mona.asker(), talk.now())), Errc::not_allowed);
}

TEST_F(Review, X3WhoBlockedThePersonBehindTheRoleIsNotThereForThem) {
    const auto held = waits(ana, "see example.org");
    const Somebody blocked = mona.apart_from(ana, met(talk.now(), Position{0}));
    EXPECT_TRUE(talk.room.for_review(blocked.asker(), talk.now()).empty());
    EXPECT_EQ(talk.room.for_review(*held, blocked.asker(), talk.now()), nullptr);
    const Somebody blocking = mona.apart_from(ana, chosen(talk.now()));
    EXPECT_EQ(talk.room.for_review(blocking.asker(), talk.now()).size(), 1u) << "their own boundary is the person's";
}

TEST_F(Review, NobodyLetsTheirOwnWordsThrough) {
    const auto held = waits(mona, "see example.org");
    EXPECT_EQ(talk.room.for_review(*held, mona.asker(), talk.now()), nullptr);
    EXPECT_TRUE(talk.room.for_review(mona.asker(), talk.now()).empty());
    EXPECT_EQ(talk.room.cards_of(mona.account).size(), 1u) << "they see that it waits, like anybody";
}

TEST_F(Review, WhatIsLetGoIsDueAtOnceAndNobodysToLookAt) {
    const auto held = waits(ana, "hello", {.cause = HeldFor::decision});
    EXPECT_TRUE(talk.room.due(talk.now()).empty());
    talk.room.let_go(*held, talk.now());
    EXPECT_EQ(talk.room.due(talk.now()), std::vector{*held});
    EXPECT_EQ(talk.room.for_review(*held, mona.asker(), talk.now()), nullptr);
    EXPECT_TRUE(talk.release(*held));
}

TEST_F(Review, ABreathIsNobodysToLookAt) {
    const auto held = talk.hold(ana, {.room = the_room, .text = "slowly", .breath = 20s});
    EXPECT_EQ(talk.room.for_review(*held, mona.asker(), talk.now()), nullptr);
    EXPECT_EQ(talk.room.cards_of(ana.account).front().why.cause, HeldFor::breath);
}

TEST_F(Review, WhatCameBackStaysWithItsAuthorAndWaitsForNothing) {
    const auto held = waits(ana, "see example.org");
    talk.pass(talk.limits.review_max);
    EXPECT_EQ(talk.room.due(talk.now()), std::vector{*held});
    talk.room.give_back(*held, {.cause = ReturnCause::unreviewed});
    EXPECT_EQ(talk.room.next_due(), never);
    EXPECT_FALSE(talk.room.has_waiting());
    EXPECT_TRUE(talk.room.for_review(mona.asker(), talk.now()).empty());
    const auto cards = talk.room.cards_of(ana.account);
    ASSERT_EQ(cards.size(), 1u);
    EXPECT_EQ(cards.front().text, "see example.org");
    EXPECT_EQ(cards.front().why.cause, HeldFor::returned);
    EXPECT_EQ(cards.front().back.cause, ReturnCause::unreviewed);
}

// held_for_review_max
TEST_F(Review, SoManyOfOnePersonWaitOrCameBackAndNoMore) {
    for (std::uint32_t i = 0; i < talk.limits.held_for_review_max; ++i) ASSERT_TRUE(waits(ana, "again"));
    EXPECT_EQ(refusal(waits(ana, "again")), Errc::too_many);
    EXPECT_TRUE(waits(ben, "again"));
    EXPECT_TRUE(talk.hold(ana, {.room = the_room, .text = "slowly", .breath = 20s})) << "a breath is something else";
    talk.room.forget_held(an_id<MessageId>(1));
    EXPECT_TRUE(waits(ana, "again"));
}

TEST_F(Review, FirstMessagesAreCountedWhenTheyAreShown) {
    RoomDialogue careful({.topic = "Grief", .seats = 12, .hold_first_messages = 2});
    ASSERT_TRUE(careful.join(ana));
    EXPECT_TRUE(careful.room.is_among_first_messages(ana.account));
    ASSERT_TRUE(careful.post(ana, "one"));
    ASSERT_TRUE(careful.post(ana, "two"));
    EXPECT_FALSE(careful.room.is_among_first_messages(ana.account));
    careful.leave(ana);
    ASSERT_TRUE(careful.join(ana));
    EXPECT_FALSE(careful.room.is_among_first_messages(ana.account)) << "coming again makes no newcomer";
}

// first_messages_max
TEST_F(Review, ARoomMayHoldSoManyFirstMessagesAndNoMore) {
    RoomSettings settings{.topic = "Grief", .hold_first_messages = talk.limits.first_messages_max};
    EXPECT_TRUE(judge_settings(settings, talk.limits));
    settings.hold_first_messages += 1;
    EXPECT_EQ(refusal(judge_settings(settings, talk.limits)), Errc::invalid_argument);
}

// help_stale_after
TEST(Help, APlaceIsDoubtfulWhenNobodyTriedItForLongOrEver) {
    const TimePoint now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 27}};
    const Duration half_a_year = std::chrono::days{180};
    EXPECT_FALSE(is_doubtful({.verified_on = "2026-11-01"}, now, half_a_year));
    EXPECT_FALSE(is_doubtful({.verified_on = "2026-05-31"}, now, half_a_year));
    EXPECT_TRUE(is_doubtful({.verified_on = "2026-05-30"}, now, half_a_year));
    EXPECT_TRUE(is_doubtful({.verified_on = ""}, now, half_a_year));
    EXPECT_TRUE(is_doubtful({.verified_on = "2026-02-30"}, now, half_a_year)) << "no such day";
}

TEST(Help, TheEntriesOfACountryAndLanguageAndThoseOfAllAreGiven) {
    const HelpDirectory help{.introduction = "Call.",
                             .entries = {{.name = "de", .country = "DE", .languages = {"de"}},
                                         {.name = "fr", .country = "FR", .languages = {"fr", "en"}},
                                         {.name = "all"}}};
    const auto names = [&](const std::string& country, const std::string& language) {
        std::string out;
        const HelpDirectory chosen = help_for(help, country, language, TimePoint{}, Duration{1});
        for (const HelpEntry& entry : chosen.entries) out += entry.name + " ";
        return out;
    };
    EXPECT_EQ(names("", ""), "de fr all ");
    EXPECT_EQ(names("DE", ""), "de all ");
    EXPECT_EQ(names("", "en"), "fr all ");
}

}  // namespace
}  // namespace kindroom::domain::test
