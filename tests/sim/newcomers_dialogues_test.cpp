// Those who come to a room, on a whole server: at its door, on their first visit, and in a wave.
#include <gtest/gtest.h>
#include <vector>

#include "sim/attendance_dialogue.hpp"
#include "sim/deciding.hpp"

namespace kindroom::sim {
namespace {

class NewcomersDialogue : public AttendanceDialogue {
  protected:
    // Somebody who has met the private person behind this moderator in another room, and blocked them.
    Device& somebody_who_blocked(Device& moderator) {
        const std::string elsewhere = world_->ask(*operator_, create_room("Elsewhere")).room_card().room().room_id();
        Device& who = somebody();
        EXPECT_TRUE(world_->ask(who, join(elsewhere, "Ana")).has_room_joined());
        const auto token = world_->ask(moderator, join(elsewhere, "M")).room_joined().you().token();
        EXPECT_TRUE(world_->ask(who, block({{elsewhere, token}})).has_people_blocked());
        return who;
    }
};

// ---- the door -------------------------------------------------------------------------------------------------------

v1::Request knock(const std::string& room) {
    v1::Request request;
    request.mutable_knock()->set_room_id(room);
    return request;
}
v1::Request list_knocks(const std::string& room) {
    v1::Request request;
    request.mutable_list_knocks()->set_room_id(room);
    return request;
}
v1::Request answer_knock(const std::string& room, const std::string& token, bool let_in) {
    v1::Request request;
    request.mutable_answer_knock()->set_room_id(room);
    request.mutable_answer_knock()->set_token(token);
    request.mutable_answer_knock()->set_let_in(let_in);
    return request;
}
void by_knocking(v1::RoomSettings& settings) { settings.set_join_policy(v1::JOIN_POLICY_KNOCK); }

TEST_F(NewcomersDialogue, AKnockIsHeardByThoseOnDutyAndOpensTheDoor) {
    furnish(by_knocking);
    Device& mira = moderator("Mira");
    Device& noor = moderator("Noor");
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    Device& ana = somebody();
    EXPECT_EQ(world_->ask(ana, join(room_, "Ana")).error().code(), v1::ERROR_CODE_ROOM_UNAVAILABLE);
    EXPECT_TRUE(world_->ask(ana, knock(room_)).has_knocked());
    settle();
    const auto person = who_knocked(mira);
    EXPECT_TRUE(person.name().empty());
    EXPECT_FALSE(person.sign().empty());
    EXPECT_EQ(times(noor, [](const auto& event) { return event.has_knock_heard(); }), 0) << "not on duty";
    EXPECT_EQ(world_->ask(noor, list_knocks(room_)).error().code(), v1::ERROR_CODE_NOT_ALLOWED);
    EXPECT_EQ(world_->ask(mira, list_knocks(room_)).knocks().people_size(), 1);
    EXPECT_TRUE(world_->ask(mira, answer_knock(room_, person.token(), true)).has_done());
    settle();
    EXPECT_EQ(last(ana, v1::Event::kDoorOpened).door_opened().room_id(), room_);
    EXPECT_EQ(world_->ask(ana, join(room_, "Ana")).room_joined().you().token(), person.token());
    EXPECT_EQ(world_->ask(mira, list_knocks(room_)).knocks().people_size(), 0);
}

TEST_F(NewcomersDialogue, X3AKnockThatNobodyAnswersAndOneThatWasPassedOverLookAlike) {
    furnish(by_knocking);
    Device& mira = moderator("Mira");
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    Device& ana = somebody();
    Device& ben = somebody();
    const auto heard_before = ana.heard.size();
    const auto ana_fades = world_->ask(ana, knock(room_)).knocked().fades_at_ms();
    const auto ben_fades = world_->ask(ben, knock(room_)).knocked().fades_at_ms();
    settle();
    EXPECT_TRUE(world_->ask(mira, answer_knock(room_, who_knocked(mira).token(), false)).has_done());
    world_->pass(Duration{10'000});
    for (const auto& [who, fades] : {std::pair{&ana, ana_fades}, std::pair{&ben, ben_fades}})
        EXPECT_EQ(world_->ask(*who, knock(room_)).knocked().fades_at_ms(), fades);
    EXPECT_EQ(ana.heard.size(), heard_before) << "nothing is said by itself";
}

TEST_F(NewcomersDialogue, X3AModeratorWhoBlockedSomebodyLetsThemInLikeAnybody) {
    furnish(by_knocking);
    Device& mira = moderator("Mira");
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    // They met in another room, where the private person behind the moderator blocked them.
    const std::string elsewhere = world_->ask(*operator_, create_room("Elsewhere")).room_card().room().room_id();
    Device& ana = somebody();
    const auto token = world_->ask(ana, join(elsewhere, "Ana")).room_joined().you().token();
    EXPECT_TRUE(world_->ask(mira, join(elsewhere, "M")).has_room_joined());
    EXPECT_TRUE(world_->ask(mira, block({{elsewhere, token}})).has_people_blocked());
    EXPECT_TRUE(world_->ask(ana, knock(room_)).has_knocked());
    settle();
    EXPECT_TRUE(world_->ask(mira, answer_knock(room_, who_knocked(mira).token(), true)).has_done());
    settle();
    EXPECT_EQ(last(ana, v1::Event::kDoorOpened).door_opened().room_id(), room_);
    EXPECT_TRUE(world_->ask(ana, join(room_, "Ana")).has_room_joined());
}

TEST_F(NewcomersDialogue, X3AKnockTellsNoModeratorWhoBlockedThem) {
    furnish(by_knocking);
    Device& mira = moderator("Mira");
    Device& noor = moderator("Noor");
    for (Device* moderator : {&mira, &noor}) EXPECT_TRUE(world_->ask(*moderator, go_on_duty(room_)).has_on_duty());
    Device& ana = somebody_who_blocked(mira);
    EXPECT_TRUE(world_->ask(ana, knock(room_)).has_knocked());
    settle();
    EXPECT_EQ(times(mira, [](const auto& event) { return event.has_knock_heard(); }), 0);
    EXPECT_EQ(world_->ask(mira, list_knocks(room_)).knocks().people_size(), 0);
    EXPECT_EQ(times(noor, [](const auto& event) { return event.has_knock_heard(); }), 1);
    EXPECT_EQ(world_->ask(noor, list_knocks(room_)).knocks().people_size(), 1);
}

// The knock waits for Mira's device, which stands still, and the block comes before it is written.
TEST_F(NewcomersDialogue, X3AKnockThatWaitsForADeviceIsHeardWhetherItsAuthorLeavesOrBlocks) {
    const auto heard = [&](bool blocks) {
        furnish(by_knocking);
        Device& mira = moderator("Mira");
        EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
        const std::string elsewhere = world_->ask(*operator_, create_room("Elsewhere")).room_card().room().room_id();
        const auto token = world_->ask(mira, join(elsewhere, "M")).room_joined().you().token();
        Device& ana = somebody();
        EXPECT_TRUE(world_->ask(ana, join(elsewhere, "Ana")).has_room_joined());
        mira.stall(true);
        EXPECT_TRUE(world_->ask(ana, knock(room_)).has_knocked());
        settle();
        if (blocks)
            EXPECT_TRUE(world_->ask(ana, block({{elsewhere, token}})).has_people_blocked());
        else
            EXPECT_TRUE(world_->ask(ana, leave(elsewhere)).has_done());
        settle();
        mira.stall(false);
        settle();
        const auto told = times(mira, [](const auto& event) { return event.has_knock_heard(); });
        return std::pair(told, world_->ask(mira, list_knocks(room_)).knocks().people_size());
    };
    EXPECT_EQ(heard(true), std::pair(std::ptrdiff_t{1}, 1));
    EXPECT_EQ(heard(true), heard(false));
}

TEST_F(NewcomersDialogue, X3AKnockThatWasHeardStandsUntilItFadesWhetherItsAuthorLeavesOrBlocks) {
    furnish(by_knocking);
    Device& mira = moderator("Mira");
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    const std::string elsewhere = world_->ask(*operator_, create_room("Elsewhere")).room_card().room().room_id();
    const auto token = world_->ask(mira, join(elsewhere, "M")).room_joined().you().token();
    Device& ana = somebody();
    Device& ben = somebody();
    for (Device* who : {&ana, &ben}) {
        EXPECT_TRUE(world_->ask(*who, join(elsewhere, "Somebody")).has_room_joined());
        EXPECT_TRUE(world_->ask(*who, knock(room_)).has_knocked());
    }
    settle();
    const auto waiting = [&] { return world_->ask(mira, list_knocks(room_)).knocks().people_size(); };
    EXPECT_EQ(waiting(), 2);
    EXPECT_TRUE(world_->ask(ana, block({{elsewhere, token}})).has_people_blocked());
    EXPECT_TRUE(world_->ask(ben, leave(elsewhere)).has_done());
    settle();
    EXPECT_EQ(waiting(), 2);
    world_->pass(limits().knock_fades);
    EXPECT_EQ(waiting(), 0);
    for (Device* who : {&ana, &ben}) EXPECT_TRUE(world_->ask(*who, knock(room_)).has_knocked());
    EXPECT_EQ(waiting(), 1) << "one that is made afterwards she does not hear";
}

TEST_F(NewcomersDialogue, WhereOneCannotKnockTheAnswerIsThatOfJoining) {
    furnish([](v1::RoomSettings& settings) { settings.set_join_policy(v1::JOIN_POLICY_INVITE); });
    Device& ana = somebody();
    auto unknown = world_->ask(ana, knock(std::string(16, 'x')));
    auto by_invite = world_->ask(ana, knock(room_));
    auto joining = world_->ask(ana, join(room_, "Ana"));
    for (auto* reply : {&unknown, &by_invite, &joining}) reply->clear_request_id();
    EXPECT_EQ(unknown.error().code(), v1::ERROR_CODE_ROOM_UNAVAILABLE);
    EXPECT_EQ(by_invite.SerializeAsString(), unknown.SerializeAsString());
    EXPECT_EQ(joining.SerializeAsString(), unknown.SerializeAsString());
}

TEST_F(NewcomersDialogue, AnInviteToARoomOutlivesTheServerAndIsSpent) {
    furnish([](v1::RoomSettings& settings) { settings.set_join_policy(v1::JOIN_POLICY_INVITE); });
    Device& mira = moderator("Mira");
    v1::Request create;
    create.mutable_create_room_invite()->set_room_id(room_);
    const auto invite = world_->ask(mira, create).invite_created();
    EXPECT_FALSE(invite.code().empty());
    world_->kill_server();
    const auto with = [&](const std::string& name, const std::string& code) {
        auto request = join(room_, name);
        request.mutable_join_room()->set_invite_code(code);
        return request;
    };
    Device& ana = somebody();
    Device& ben = somebody();
    EXPECT_EQ(world_->ask(ana, with("Ana", "ABCD-EFGH")).error().code(), v1::ERROR_CODE_ROOM_UNAVAILABLE);
    EXPECT_TRUE(world_->ask(ana, with("Ana", invite.code())).has_room_joined());
    EXPECT_EQ(world_->ask(ben, with("Ben", invite.code())).error().code(), v1::ERROR_CODE_ROOM_UNAVAILABLE) << "spent";
    world_->kill_server();
    EXPECT_EQ(world_->ask(ben, with("Ben", invite.code())).error().code(), v1::ERROR_CODE_ROOM_UNAVAILABLE);
    EXPECT_EQ(world_->ask(ben, create).error().code(), v1::ERROR_CODE_NOT_ALLOWED);
}

// ---- newcomers ------------------------------------------------------------------------------------------------------

TEST_F(NewcomersDialogue, AFirstVisitBeginsWithListeningAlsoAcrossARestart) {
    furnish([](v1::RoomSettings& settings) { settings.set_listen_only_ms(60'000); });
    Device& ana = somebody();
    const auto joined = world_->ask(ana, join(room_, "Ana")).room_joined();
    EXPECT_GT(joined.may_speak_at_ms(), 0);
    EXPECT_EQ(joined.listen_cause(), v1::LISTEN_CAUSE_FIRST_VISIT);
    EXPECT_EQ(say(ana, "hello").error().code(), v1::ERROR_CODE_LISTEN_ONLY);
    world_->kill_server();
    const auto refused = say(ana, "hello").error();
    EXPECT_EQ(refused.listen_cause(), v1::LISTEN_CAUSE_FIRST_VISIT);
    EXPECT_EQ(refused.code(), v1::ERROR_CODE_LISTEN_ONLY);
    EXPECT_EQ(refused.retry_at_ms(), joined.may_speak_at_ms());
    world_->pass(from_ms(refused.retry_at_ms()) - world_->ground().clock.now());
    EXPECT_TRUE(say(ana, "hello").has_message_accepted());
    EXPECT_TRUE(world_->ask(ana, leave(room_)).has_done());
    const auto again = world_->ask(ana, join(room_, "Ana")).room_joined();
    EXPECT_EQ(again.may_speak_at_ms(), 0);
    EXPECT_EQ(again.listen_cause(), v1::LISTEN_CAUSE_UNSPECIFIED);
}

TEST_F(NewcomersDialogue, X1WhoListensBecauseOfAWaveOrOfADecisionIsToldWhichWhereverItIsSaid) {
    Limits few = quick();
    few.wave_joins_max = 1;
    furnish([](auto&) {}, few);
    Device& mira = moderator("Mira");
    Device& ana = member("Ana");
    Device& ben = somebody();
    const auto joined = world_->ask(ben, join(room_, "Ben")).room_joined();
    EXPECT_EQ(joined.listen_cause(), v1::LISTEN_CAUSE_WAVE);
    settle();
    EXPECT_EQ(last(ana, v1::Event::kListeningChanged).listening_changed().listen_cause(), v1::LISTEN_CAUSE_WAVE);
    world_->kill_server();
    for (Device* one : {&ana, &ben}) EXPECT_EQ(say(*one, "and now?").error().listen_cause(), v1::LISTEN_CAUSE_WAVE);
    const auto resumed = world_->ask(ana, resume(room_, "")).room_resumed();
    EXPECT_EQ(resumed.listen_cause(), v1::LISTEN_CAUSE_WAVE);
    EXPECT_GT(resumed.may_speak_at_ms(), 0);

    const auto decide =
        request(about({room_, joined.you().token()}, v1::DECISION_ACTION_LISTEN_ONLY, Duration{3'600'000}));
    EXPECT_TRUE(world_->ask(mira, decide).has_decision_taken());
    settle();
    const auto refused = say(ben, "and now?").error();
    EXPECT_EQ(refused.listen_cause(), v1::LISTEN_CAUSE_DECISION);
    EXPECT_TRUE(refused.has_decision());
    const auto again = world_->ask(ben, join(room_, "Ben")).room_joined();
    EXPECT_EQ(again.listen_cause(), v1::LISTEN_CAUSE_DECISION);
    EXPECT_EQ(again.may_speak_at_ms(), refused.retry_at_ms());
}

TEST_F(NewcomersDialogue, ThoseOnDutyAreToldOfAWaveOnceAndMayLetItSpeak) {
    Limits few = quick();
    few.wave_joins_max = 2;
    furnish([](auto&) {}, few);
    Device& mira = moderator("Mira");
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    std::vector<Device*> crowd;
    for (const char* name : {"Ana", "Ben", "Cleo", "Dora"}) crowd.push_back(&member(name));
    settle();
    EXPECT_EQ(times(mira, [](const auto& event) { return event.has_wave_noticed(); }), 1);
    EXPECT_EQ(times(*crowd[0], [](const auto& event) { return event.has_wave_noticed(); }), 0);
    const auto told = [](Device& device) {
        return last(device, v1::Event::kListeningChanged).listening_changed().may_speak_at_ms();
    };
    EXPECT_GT(told(*crowd[0]), 0) << "who could speak is told";
    for (Device* one : crowd) EXPECT_EQ(say(*one, "we are many").error().code(), v1::ERROR_CODE_LISTEN_ONLY);
    world_->kill_server();
    EXPECT_EQ(say(*crowd[0], "we are many").error().code(), v1::ERROR_CODE_LISTEN_ONLY) << "it is written down";
    v1::Request let;
    let.mutable_let_speak()->set_room_id(room_);
    EXPECT_EQ(world_->ask(*crowd[0], let).error().code(), v1::ERROR_CODE_NOT_ALLOWED);
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    EXPECT_TRUE(world_->ask(mira, let).has_done());
    settle();
    EXPECT_EQ(told(*crowd[0]), 0) << "and so is who may speak again";
    EXPECT_TRUE(say(*crowd[0], "thank you").has_message_accepted());
    v1::Request close_the_door;
    close_the_door.mutable_set_join_policy()->set_room_id(room_);
    close_the_door.mutable_set_join_policy()->set_join_policy(v1::JOIN_POLICY_INVITE);
    EXPECT_EQ(world_->ask(mira, close_the_door).room_card().room().settings().join_policy(), v1::JOIN_POLICY_INVITE);
    Device& late = somebody();
    EXPECT_EQ(world_->ask(late, join(room_, "Late")).error().code(), v1::ERROR_CODE_ROOM_UNAVAILABLE);
}

// With Ana, who blocked the private person behind Mira, three come, and one too many; in the world in which Ana is not
// there, it is the third of the others who makes a wave. That is when Mira is told, in both.
TEST_F(NewcomersDialogue, X3NobodyOnDutyIsToldOfAWaveThatIsNoneWithoutThoseWhoBlockedThem) {
    Limits few = quick();
    few.wave_joins_max = 2;
    furnish([](auto&) {}, few);
    Device& mira = moderator("Mira");
    Device& noor = moderator("Noor");
    for (Device* moderator : {&mira, &noor}) EXPECT_TRUE(world_->ask(*moderator, go_on_duty(room_)).has_on_duty());
    Device& ana = somebody_who_blocked(mira);
    const auto waves = [](Device& device) {
        return times(device, [](const auto& event) { return event.has_wave_noticed(); });
    };
    EXPECT_TRUE(world_->ask(ana, join(room_, "Ana")).has_room_joined());
    member("Ben");
    member("Cleo");
    settle();
    EXPECT_EQ(waves(noor), 1);
    EXPECT_EQ(waves(mira), 0);
    member("Dora");
    settle();
    EXPECT_EQ(waves(mira), 1);
    EXPECT_EQ(waves(noor), 1) << "once";
}

TEST_F(NewcomersDialogue, ARefusalCostsNothingOfTheSlowMode) {
    furnish([](v1::RoomSettings& settings) {
        settings.set_needs_moderator(true);
        settings.set_slow_mode_ms(3'600'000);
    });
    Device& ana = member("Ana");
    EXPECT_EQ(say(ana, "hello?").error().code(), v1::ERROR_CODE_ROOM_PAUSED);
    Device& mira = moderator("Mira");
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    EXPECT_TRUE(say(ana, "hello").has_message_accepted());
    EXPECT_EQ(say(ana, "hello").error().code(), v1::ERROR_CODE_SLOW_MODE);
}

TEST_F(NewcomersDialogue, WhereManyTurnToOneTheRefusalSaysSoAndCostsNothingOfTheSlowMode) {
    Limits few = quick();
    few.pile_on_people_max = 1;
    furnish([](v1::RoomSettings& settings) { settings.set_slow_mode_ms(3'600'000); }, few);
    Device& ana = member("Ana");
    Device& ben = member("Ben");
    Device& cleo = member("Cleo");
    const auto answers = [&](Device& who) {
        auto request = post(room_, key(), "nor I");
        request.mutable_post_message()->set_reply_to(
            world_->ask(who, history(room_, 50)).history_page().messages(0).message_id());
        return world_->ask(who, request);
    };
    EXPECT_TRUE(say(ana, "I cannot sleep").has_message_accepted());
    EXPECT_TRUE(answers(ben).has_message_accepted());
    const TimePoint answered = world_->ground().clock.now();
    const auto refused = answers(cleo).error();
    EXPECT_EQ(refused.code(), v1::ERROR_CODE_MANY_TO_ONE);
    EXPECT_LE(from_ms(refused.retry_at_ms()), answered + few.pile_on_window) << "and not when the slow mode is over";
    world_->pass(from_ms(refused.retry_at_ms()) - world_->ground().clock.now());
    EXPECT_TRUE(answers(cleo).has_message_accepted());
    EXPECT_EQ(say(cleo, "and another one").error().code(), v1::ERROR_CODE_SLOW_MODE);
}

}  // namespace
}  // namespace kindroom::sim
