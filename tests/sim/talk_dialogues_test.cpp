// Saying and hearing, with all that can go wrong between the two.
#include <algorithm>
#include <gtest/gtest.h>

#include "sim/dialogue.hpp"

namespace kindroom::sim {
namespace {

class TalkDialogue : public Dialogue {};

TEST_F(TalkDialogue, EverybodyHearsTheSameInTheSameOrder) {
    open();
    Device& ana = member("Ana");
    Device& ben = member("Ben");
    for (int i = 0; i < 5; ++i) {
        ana.ask(post(room_, key(), "a" + std::to_string(i)));
        ben.ask(post(room_, key(), "b" + std::to_string(i)));
    }
    settle();
    EXPECT_EQ(ana.log.size(), 10u);
    EXPECT_EQ(ana.log, ben.log);
}

TEST_F(TalkDialogue, APostIsAnsweredOnlyWhenItIsDurable) {
    open();
    Device& ana = member("Ana");
    Device& ben = member("Ben");
    // The disk dies while the words are on their way to it: nobody hears them, and nobody is told yes.
    world_->set_store_policy(
        [](auto work) { return work == store::MemoryStore::Work::commit ? Outcome::crash_before : Outcome::ok; });
    bool accepted = false;
    ana.ask(post(room_, key(), "lost?"),
            [&](const v1::Reply* reply) { accepted = reply && reply->has_message_accepted(); });
    world_->pass_until([&] { return !world_->is_up(); });
    EXPECT_FALSE(accepted);
    EXPECT_EQ(ben.log, Lines{});
    world_->set_store_policy({});
    // The keeper repeats the post under its key, and then it is there once.
    EXPECT_TRUE(world_->pass_until([&] { return accepted && ben.log.size() == 1; }));
    settle();
    EXPECT_EQ(ana.log, Lines{"+lost?"});
    EXPECT_EQ(ben.log, Lines{"+lost?"});
}

TEST_F(TalkDialogue, APostThatWasDurableWhenTheServerDiedIsThereOnce) {
    open();
    Device& ana = member("Ana");
    Device& ben = member("Ben");
    world_->set_store_policy([once = true](auto work) mutable {
        return work == store::MemoryStore::Work::commit && std::exchange(once, false) ? Outcome::crash_after
                                                                                      : Outcome::ok;
    });
    std::string message;
    ana.ask(post(room_, key(), "kept"),
            [&](const v1::Reply* reply) { message = reply->message_accepted().message_id(); });
    world_->pass_until([&] { return !world_->is_up(); });
    world_->set_store_policy({});
    EXPECT_TRUE(world_->pass_until([&] { return !message.empty() && !ben.log.empty(); }));
    settle();
    EXPECT_EQ(ben.log, Lines{"+kept"});
    EXPECT_EQ(world_->witness().story(id_from<RoomId>(room_)).size(), 1u);
}

TEST_F(TalkDialogue, ARefusalBeforeTheDiskIsNoMessage) {
    open();
    Device& ana = member("Ana");
    Device& ben = member("Ben");
    const auto again = post(room_, key(), "perhaps later");
    world_->server().store().fail_next(1);
    EXPECT_EQ(world_->ask(ana, again).error().code(), v1::ERROR_CODE_UNAVAILABLE);
    settle();
    EXPECT_EQ(ben.log, Lines{});
    EXPECT_TRUE(world_->ask(ana, again).has_message_accepted());
    settle();
    EXPECT_EQ(ben.log, Lines{"+perhaps later"});
}

TEST_F(TalkDialogue, TheSamePostTwiceIsOneMessageAndAnotherBodyIsAMismatch) {
    open();
    Device& ana = member("Ana");
    const auto once = post(room_, key(), "once");
    const auto first = world_->ask(ana, once).message_accepted().message_id();
    EXPECT_EQ(world_->ask(ana, once).message_accepted().message_id(), first);
    auto other = once;
    other.mutable_post_message()->set_text("something else");
    EXPECT_EQ(world_->ask(ana, other).error().code(), v1::ERROR_CODE_IDEMPOTENCY_MISMATCH);
    world_->kill_server();
    EXPECT_EQ(world_->ask(ana, once).message_accepted().message_id(), first) << "after a restart too";
    EXPECT_EQ(ana.log, Lines{"+once"});
}

TEST_F(TalkDialogue, WhoeverWasCutHoldsWhatTheOthersHold) {
    open();
    Device& ana = member("Ana");
    Device& ben = member("Ben");
    const auto edited = say(ana, "helo").message_accepted().message_id();
    const auto gone = say(ana, "gone soon").message_accepted().message_id();
    settle();
    ben.cut();
    EXPECT_TRUE(world_->ask(ana, edit(room_, edited, "hello")).has_done());
    EXPECT_TRUE(world_->ask(ana, retract(room_, gone)).has_done());
    say(ana, "while Ben was away");
    EXPECT_TRUE(world_->pass_until([&] { return ben.log.size() >= 5; }));
    settle();
    EXPECT_EQ(ben.screen(room_).texts, ana.screen(room_).texts);
    EXPECT_EQ(ben.log, (Lines{"+helo", "+gone soon", "~hello", "-", "+while Ben was away"}));
}

TEST_F(TalkDialogue, ALongAbsenceIsCaughtUpPageByPage) {
    Limits limits = quick();
    limits.window_steps = 4;
    limits.history_page_bytes_max = 200;
    open(limits);
    Device& ana = member("Ana");
    Device& ben = member("Ben");
    ben.stay_away(true);
    for (int i = 0; i < 150; ++i) EXPECT_TRUE(say(ana, "line " + std::to_string(i)).has_message_accepted());
    EXPECT_EQ(ben.log, Lines{});
    ben.stay_away(false);
    EXPECT_TRUE(world_->pass_until([&] { return ben.log.size() == 150; }));
    EXPECT_EQ(ben.screen(room_).texts, ana.screen(room_).texts);
}

TEST_F(TalkDialogue, NobodyHearsWhatWasSaidBeforeTheyCameOrAfterTheyLeft) {
    open();
    Device& ana = member("Ana");
    say(ana, "before");
    Device& ben = member("Ben");
    say(ana, "with Ben");
    EXPECT_TRUE(world_->ask(ben, leave(room_)).has_done());
    say(ana, "after");
    settle();
    EXPECT_EQ(ben.log, Lines{"+with Ben"});
    EXPECT_EQ(world_->ask(ben, history(room_, 10)).error().code(), v1::ERROR_CODE_NOT_IN_ROOM);
    EXPECT_TRUE(world_->ask(ben, join(room_, "Ben")).has_room_joined());
    EXPECT_EQ(world_->ask(ben, history(room_, 10)).history_page().messages_size(), 0);
}

TEST_F(TalkDialogue, ALeaveThatFailedLeavesThePersonListening) {
    open();
    Device& ana = member("Ana");
    Device& ben = member("Ben");
    world_->server().store().fail_next(1);
    EXPECT_EQ(world_->ask(ben, leave(room_)).error().code(), v1::ERROR_CODE_UNAVAILABLE);
    say(ana, "still here?");
    settle();
    EXPECT_EQ(ben.log, Lines{"+still here?"}) << "nothing happened, so nothing is missed";
}

TEST_F(TalkDialogue, ANewNameOnASecondDeviceMissesNothing) {
    open();
    Device& ana = member("Ana");
    Device& ben = member("Ben");
    for (int round = 0; round < 8; ++round) {
        Device& second = second_device_of(ben, "");
        ana.ask(post(room_, key(), "round " + std::to_string(round)));
        world_->pass(Duration{static_cast<std::int64_t>(world_->chance().below(8))});
        ben.ask(join(room_, "Ben " + std::to_string(round)));
        EXPECT_TRUE(world_->ask(second, join(room_, "Benjamin " + std::to_string(round))).has_room_joined());
        settle();
        EXPECT_EQ(ben.screen(room_).last, ana.screen(room_).last);
        Screen& screen = second.screen(room_);
        for (const Told& told : world_->witness().story(id_from<RoomId>(room_))) {
            EXPECT_TRUE(told.position <= screen.from || screen.texts.contains(to_field(told.id)));
        }
        second.begin();
        settle();
    }
}

}  // namespace
}  // namespace kindroom::sim
