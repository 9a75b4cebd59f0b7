// Rooms that never run unattended, on a whole server: who is told what, and what is still so after a restart.
#include <algorithm>
#include <gtest/gtest.h>

#include "sim/dialogue.hpp"

namespace kindroom::sim {
namespace {

class AttendanceDialogue : public Dialogue {
  protected:
    // A room of those settings instead of the usual one.
    void furnish(const std::function<void(v1::RoomSettings&)>& set, Limits limits = quick()) {
        open(limits);
        auto request = create_room("Night");
        set(*request.mutable_create_room()->mutable_settings());
        room_ = world_->ask(*operator_, request).room_card().room().room_id();
    }
    Device& moderator(const std::string& name) {
        Device& device = somebody();
        EXPECT_TRUE(world_->ask(*operator_, set_role(device.login_id(), v1::ROLE_MODERATOR)).has_done());
        EXPECT_TRUE(world_->ask(device, join(room_, name)).has_room_joined());
        return device;
    }
    // The last of its kind that a device was told by itself.
    static v1::Event last(Device& device, v1::Event::KindCase kind) {
        for (auto event = device.heard.rbegin(); event != device.heard.rend(); ++event)
            if (event->kind_case() == kind) return *event;
        return {};
    }
    static v1::RoomState told(Device& device) {
        return last(device, v1::Event::kRoomChanged).room_changed().room().state();
    }
    static v1::Person who_knocked(Device& device) {
        return last(device, v1::Event::kKnockHeard).knock_heard().person();
    }
    v1::RoomCard listed(Device& device) {
        v1::Request list;
        list.mutable_list_rooms();
        const auto reply = world_->ask(device, list);
        for (const auto& card : reply.rooms().rooms())
            if (card.room_id() == room_) return card;
        return {};
    }
    template <class Fits>
    static auto times(Device& device, Fits fits) {
        return std::count_if(device.heard.begin(), device.heard.end(), fits);
    }
    const Limits& limits() const { return world_->ground().limits; }
};

void needs_moderator(v1::RoomSettings& settings) { settings.set_needs_moderator(true); }

TEST_F(AttendanceDialogue, ARoomThatNeedsAModeratorWaitsForOne) {
    furnish(needs_moderator);
    Device& ana = member("Ana");
    EXPECT_EQ(listed(ana).state(), v1::ROOM_STATE_PAUSED);
    const auto refused = say(ana, "hello?");
    EXPECT_EQ(refused.error().code(), v1::ERROR_CODE_ROOM_PAUSED);
    EXPECT_EQ(refused.error().help(), house_texts().help.introduction) << "nobody is left without a way to turn";
    EXPECT_FALSE(refused.error().help().empty());
    Device& mira = moderator("Mira");
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    settle();
    EXPECT_EQ(told(ana), v1::ROOM_STATE_OPEN);
    EXPECT_TRUE(say(ana, "hello").has_message_accepted());
}

TEST_F(AttendanceDialogue, WhenTheLastModeratorGoesPeopleAreToldAndThenItPauses) {
    furnish(needs_moderator);
    Device& mira = moderator("Mira");
    Device& ana = member("Ana");
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    EXPECT_TRUE(world_->ask(mira, go_off_duty(room_)).has_done());
    world_->pass(limits().unattended_grace - Duration{1'000});
    EXPECT_EQ(told(ana), v1::ROOM_STATE_OPEN);
    EXPECT_TRUE(say(ana, "in the grace").has_message_accepted());
    world_->pass(Duration{2'000});
    EXPECT_EQ(told(ana), v1::ROOM_STATE_WINDING_DOWN);
    EXPECT_TRUE(say(ana, "good night, all").has_message_accepted());
    world_->pass(limits().winding_down);
    EXPECT_EQ(told(ana), v1::ROOM_STATE_PAUSED);
    EXPECT_EQ(say(ana, "too late").error().code(), v1::ERROR_CODE_ROOM_PAUSED);
    EXPECT_TRUE(world_->ask(ana, history(room_, 5)).has_history_page()) << "reading goes on";
    EXPECT_TRUE(world_->ask(ana, leave(room_)).has_done());
}

TEST_F(AttendanceDialogue, AModeratorWhoseDevicesAreGoneIsOffDutySoonAndNotAtTheNextTick) {
    furnish(needs_moderator);
    Device& mira = moderator("Mira");
    Device& ana = member("Ana");
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    settle();
    EXPECT_TRUE(listed(ana).moderator_on_duty());
    v1::Request sign_out;
    sign_out.mutable_sign_out();
    EXPECT_TRUE(world_->ask(mira, sign_out).has_done());
    world_->pass(limits().duty_linger + Duration{1'000});
    EXPECT_FALSE(listed(ana).moderator_on_duty());
    world_->pass(limits().unattended_grace);
    EXPECT_EQ(told(ana), v1::ROOM_STATE_WINDING_DOWN);
}

TEST_F(AttendanceDialogue, AModeratorWhoseConnectionBreaksStaysOnDuty) {
    furnish(needs_moderator);
    Device& mira = moderator("Mira");
    Device& ana = member("Ana");
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    mira.cut();
    world_->pass(limits().duty_linger + limits().unattended_grace + limits().winding_down);
    EXPECT_TRUE(say(ana, "still here").has_message_accepted());
}

TEST_F(AttendanceDialogue, AStoreThatFailedForAMomentTakesNobodyOffDuty) {
    furnish(needs_moderator);
    Device& mira = moderator("Mira");
    Device& ana = member("Ana");
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    world_->set_store_policy([left = 1](auto) mutable { return left-- > 0 ? Outcome::refuse : Outcome::ok; });
    EXPECT_EQ(say(ana, "lost").error().code(), v1::ERROR_CODE_UNAVAILABLE);
    world_->set_store_policy({});
    settle();
    EXPECT_TRUE(say(ana, "said again").has_message_accepted());
}

TEST_F(AttendanceDialogue, AfterARestartItStartsPausedAndAPauseByHandHolds) {
    furnish(needs_moderator);
    Device& mira = moderator("Mira");
    Device& ana = member("Ana");
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    EXPECT_TRUE(say(ana, "before").has_message_accepted());
    const auto paused = world_->ask(mira, pause_room(room_, "  We take\nten minutes. "));
    EXPECT_EQ(paused.room_card().room().pause_sentence(), "We take ten minutes.") << "cleaned";
    settle();
    EXPECT_EQ(last(ana, v1::Event::kRoomChanged).room_changed().room().pause_sentence(), "We take ten minutes.");
    world_->kill_server();
    EXPECT_EQ(say(ana, "after").error().code(), v1::ERROR_CODE_ROOM_PAUSED);
    EXPECT_EQ(world_->ask(ana, join(room_, "Ana")).room_joined().room().pause_sentence(), "We take ten minutes.");
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    EXPECT_EQ(say(ana, "after").error().code(), v1::ERROR_CODE_ROOM_PAUSED);
    EXPECT_EQ(world_->ask(mira, resume_talk(room_)).room_card().room().state(), v1::ROOM_STATE_OPEN);
    EXPECT_TRUE(say(ana, "at last").has_message_accepted());
    world_->kill_server();
    EXPECT_EQ(say(ana, "again").error().code(), v1::ERROR_CODE_ROOM_PAUSED) << "nobody has come on duty yet";
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    EXPECT_TRUE(say(ana, "and again").has_message_accepted());
}

TEST_F(AttendanceDialogue, WhyARoomIsPausedIsNowhereInTheClear) {
    furnish([](auto&) {});
    Device& mira = moderator("Mira");
    world_->ask(mira, pause_room(room_, "plainly readable"));
    const auto loaded = world_->ground().disk->load_room({.room = id_from<RoomId>(room_)});
    EXPECT_FALSE(loaded->room.pause_sentence.box.empty());
    const std::string box(as_text(loaded->room.pause_sentence.box));
    EXPECT_EQ(box.find("readable"), std::string::npos);
}

TEST_F(AttendanceDialogue, OpeningHoursPassByThemselves) {
    // Open in the minute that follows the next one.
    furnish([&](v1::RoomSettings& settings) {
        const auto now = std::chrono::floor<std::chrono::minutes>(world_->ground().clock.now().time_since_epoch());
        const auto minute = static_cast<std::uint32_t>((now.count() + 3 * 1'440 + 2) % 10'080);
        auto& span = *settings.add_opening_hours();
        span.set_opens_minute(minute);
        span.set_closes_minute(minute + 1);
        settings.set_closing_words("Sleep well.");
    });
    Device& ana = member("Ana");
    const auto refused = say(ana, "too early").error();
    EXPECT_EQ(refused.code(), v1::ERROR_CODE_ROOM_OUT_OF_HOURS);
    EXPECT_EQ(refused.help(), house_texts().help.introduction);
    EXPECT_EQ(listed(ana).state(), v1::ROOM_STATE_OUT_OF_HOURS);
    EXPECT_EQ(listed(ana).opens_at_ms(), refused.retry_at_ms());
    world_->pass(from_ms(refused.retry_at_ms()) - world_->ground().clock.now() + Duration{500});
    EXPECT_EQ(told(ana), v1::ROOM_STATE_OPEN);
    EXPECT_TRUE(say(ana, "in time").has_message_accepted());
    world_->pass(Duration{60'000});
    EXPECT_EQ(told(ana), v1::ROOM_STATE_OUT_OF_HOURS);
    EXPECT_EQ(say(ana, "too late").error().code(), v1::ERROR_CODE_ROOM_OUT_OF_HOURS);
    EXPECT_TRUE(world_->ask(ana, history(room_, 5)).has_history_page()) << "reading goes on";
}

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

TEST_F(AttendanceDialogue, AKnockIsHeardByThoseOnDutyAndOpensTheDoor) {
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

TEST_F(AttendanceDialogue, X3AKnockThatNobodyAnswersAndOneThatWasPassedOverLookAlike) {
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

TEST_F(AttendanceDialogue, X3AModeratorWhoBlockedSomebodyLetsThemInLikeAnybody) {
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

TEST_F(AttendanceDialogue, WhereOneCannotKnockTheAnswerIsThatOfJoining) {
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

TEST_F(AttendanceDialogue, AnInviteToARoomOutlivesTheServerAndIsSpent) {
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

TEST_F(AttendanceDialogue, AFirstVisitBeginsWithListeningAlsoAcrossARestart) {
    furnish([](v1::RoomSettings& settings) { settings.set_listen_only_ms(60'000); });
    Device& ana = somebody();
    const auto joined = world_->ask(ana, join(room_, "Ana")).room_joined();
    EXPECT_GT(joined.may_speak_at_ms(), 0);
    EXPECT_EQ(say(ana, "hello").error().code(), v1::ERROR_CODE_LISTEN_ONLY);
    world_->kill_server();
    const auto refused = say(ana, "hello").error();
    EXPECT_EQ(refused.code(), v1::ERROR_CODE_LISTEN_ONLY);
    EXPECT_EQ(refused.retry_at_ms(), joined.may_speak_at_ms());
    world_->pass(from_ms(refused.retry_at_ms()) - world_->ground().clock.now());
    EXPECT_TRUE(say(ana, "hello").has_message_accepted());
    EXPECT_TRUE(world_->ask(ana, leave(room_)).has_done());
    EXPECT_EQ(world_->ask(ana, join(room_, "Ana")).room_joined().may_speak_at_ms(), 0);
}

TEST_F(AttendanceDialogue, ThoseOnDutyAreToldOfAWaveOnceAndMayLetItSpeak) {
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
    for (Device* one : crowd) EXPECT_EQ(say(*one, "we are many").error().code(), v1::ERROR_CODE_LISTEN_ONLY);
    world_->kill_server();
    EXPECT_EQ(say(*crowd[0], "we are many").error().code(), v1::ERROR_CODE_LISTEN_ONLY) << "it is written down";
    v1::Request let;
    let.mutable_let_speak()->set_room_id(room_);
    EXPECT_EQ(world_->ask(*crowd[0], let).error().code(), v1::ERROR_CODE_NOT_ALLOWED);
    EXPECT_TRUE(world_->ask(mira, go_on_duty(room_)).has_on_duty());
    EXPECT_TRUE(world_->ask(mira, let).has_done());
    EXPECT_TRUE(say(*crowd[0], "thank you").has_message_accepted());
    v1::Request close_the_door;
    close_the_door.mutable_set_join_policy()->set_room_id(room_);
    close_the_door.mutable_set_join_policy()->set_join_policy(v1::JOIN_POLICY_INVITE);
    EXPECT_EQ(world_->ask(mira, close_the_door).room_card().room().settings().join_policy(), v1::JOIN_POLICY_INVITE);
    Device& late = somebody();
    EXPECT_EQ(world_->ask(late, join(room_, "Late")).error().code(), v1::ERROR_CODE_ROOM_UNAVAILABLE);
}

TEST_F(AttendanceDialogue, ARefusalCostsNothingOfTheSlowMode) {
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

}  // namespace
}  // namespace kindroom::sim
