// Who gets into a room, who is seen in it, and who looks after it.
#include <gtest/gtest.h>

#include "room_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

using namespace std::chrono_literals;

TEST(RoomPlaces, WhoeverComesInSeesWhatFollows) {
    RoomDialogue talk;
    ASSERT_TRUE(talk.join(ana));
    ASSERT_TRUE(talk.post(ana, "before"));
    ASSERT_TRUE(talk.join(ben));
    EXPECT_EQ(talk.room.member(ben.account)->joined_after, Position{1});
    EXPECT_EQ(talk.room.horizon(*talk.room.member(ben.account)).from, Position{1});
}

TEST(RoomPlaces, ARoomWithOpenHistoryShowsThePast) {
    RoomDialogue talk({.topic = "Library", .seats = 12, .history_before_joining = true});
    ASSERT_TRUE(talk.join(ana));
    ASSERT_TRUE(talk.post(ana, "before"));
    ASSERT_TRUE(talk.join(ben));
    EXPECT_EQ(talk.room.horizon(*talk.room.member(ben.account)).from, Position{0});
}

TEST(RoomPlaces, ComingBackAfterLeavingBeginsAnew) {
    RoomDialogue talk;
    ASSERT_TRUE(talk.join(ana));
    ASSERT_TRUE(talk.join(ben));
    talk.leave(ben);
    EXPECT_EQ(talk.room.member(ben.account), nullptr);
    EXPECT_NE(talk.room.ever_member(ben.account), nullptr) << "a name beside older words";
    ASSERT_TRUE(talk.post(ana, "while Ben was away"));
    ASSERT_TRUE(talk.join(ben));
    EXPECT_EQ(talk.room.member(ben.account)->joined_after, Position{1});
}

TEST(RoomPlaces, JoiningAgainOnlyChangesTheName) {
    RoomDialogue talk;
    ASSERT_TRUE(talk.join(ana));
    ASSERT_TRUE(talk.post(ana, "hello"));
    Somebody renamed = ana;
    renamed.name = "Anna";
    ASSERT_TRUE(talk.join(renamed));
    EXPECT_EQ(talk.room.member(ana.account)->person.name, "Anna");
    EXPECT_EQ(talk.room.member(ana.account)->joined_after, Position{0}) << "the past stays visible";
}

TEST(RoomPlaces, AFullRoomIsUnavailableButNotForItsModerator) {
    RoomDialogue talk({.topic = "Small", .seats = 2});
    ASSERT_TRUE(talk.join(ana));
    ASSERT_TRUE(talk.join(ben));
    EXPECT_EQ(refusal(talk.join(cleo)), Errc::room_unavailable);
    EXPECT_TRUE(talk.join(cleo.moderating()));
}

TEST(RoomPlaces, ASeatOfSomebodyWhoIsNotThereIsFree) {
    RoomDialogue talk({.topic = "Small", .seats = 1});
    ASSERT_TRUE(talk.join(ana));
    talk.room.presence().device_went(ana.account, talk.now());
    EXPECT_EQ(refusal(talk.join(ben)), Errc::room_unavailable) << "still lingering";
    talk.pass(talk.limits.presence_linger);
    EXPECT_TRUE(talk.join(ben));
}

TEST(RoomPlaces, MembersMayListenAgainOthersNot) {
    RoomDialogue talk;
    ASSERT_TRUE(talk.join(ana));
    EXPECT_TRUE(talk.room.may_listen(ana.asker(), talk.now()));
    EXPECT_EQ(refusal(talk.room.may_listen(ben.asker(), talk.now())), Errc::not_in_room);
}

TEST(RoomPlaces, NobodyListensBeyondTheHardCeiling) {
    RoomDialogue talk({.topic = "Small", .seats = 1});
    ASSERT_TRUE(talk.join(ana));
    talk.leave(ana);
    for (const auto& who : {ana, ben, cleo}) {
        // Seats were free each time, because nobody was present when they joined.
        talk.room.apply(MemberJoined{who.account, Member{.joined = true, .joined_after = {}, .person = who.person()}});
    }
    talk.room.presence().device_came(ana.account);
    talk.room.presence().device_came(ben.account);
    EXPECT_EQ(refusal(talk.room.may_listen(cleo.asker(), talk.now())), Errc::room_unavailable);
    EXPECT_TRUE(talk.room.may_listen(ana.asker(), talk.now())) << "who is there already stays";
}

TEST(RoomPlaces, AClosedRoomIsUnavailableToAll) {
    RoomDialogue talk;
    ASSERT_TRUE(talk.join(ana));
    EXPECT_EQ(refusal(talk.room.decide_close(ana.standing)), Errc::not_allowed);
    const auto closed = talk.room.decide_close(ana.moderating().standing);
    ASSERT_TRUE(closed);
    talk.room.apply(*closed);
    EXPECT_EQ(refusal(talk.join(ben)), Errc::room_unavailable);
    EXPECT_EQ(refusal(talk.join(cleo.moderating())), Errc::room_unavailable);
    EXPECT_EQ(refusal(talk.post(ana, "too late")), Errc::room_unavailable);
    EXPECT_EQ(refusal(talk.room.decide_close(ana.moderating().standing)), Errc::room_unavailable);
    EXPECT_EQ(refusal(talk.room.decide_change({.topic = "x"}, ana.moderating().standing, talk.now())),
              Errc::room_unavailable);
    talk.leave(ana);
    EXPECT_EQ(talk.room.member(ana.account), nullptr) << "leaving is never refused";
}

TEST(RoomPlaces, TheRosterShowsMembersWhoAreThere) {
    RoomDialogue talk;
    ASSERT_TRUE(talk.join(ana));
    ASSERT_TRUE(talk.join(ben));
    EXPECT_EQ(talk.room.roster(talk.now()).size(), 2u);
    talk.leave(ben);
    const auto roster = talk.room.roster(talk.now());
    ASSERT_EQ(roster.size(), 1u);
    EXPECT_EQ(roster.front().account, ana.account);
}

TEST(RoomPlaces, OnlyAModeratorWhoIsInTheRoomGoesOnDuty) {
    RoomDialogue talk;
    EXPECT_EQ(refusal(talk.room.may_go_on_duty(ana.moderating().asker())), Errc::not_in_room);
    ASSERT_TRUE(talk.join(ana));
    EXPECT_EQ(refusal(talk.room.may_go_on_duty(ana.asker())), Errc::not_allowed);
    EXPECT_TRUE(talk.room.may_go_on_duty(ana.moderating().asker()));
    EXPECT_FALSE(talk.room.card(true, talk.now()).moderator_on_duty);
    EXPECT_TRUE(talk.room.attendance().go_on_duty(ana.account, talk.now()));
    EXPECT_FALSE(talk.room.attendance().go_on_duty(ana.account, talk.now())) << "no news the second time";
    EXPECT_TRUE(talk.room.card(true, talk.now()).moderator_on_duty);
    talk.leave(ana);
    EXPECT_FALSE(talk.room.card(true, talk.now()).moderator_on_duty) << "whoever leaves is off duty";
}

TEST(RoomPlaces, ARoleForOneRoomIsNoneForAnother) {
    const Standing here{.role = Role::moderator, .moderates = {the_room}};
    EXPECT_TRUE(here.may_moderate(the_room));
    EXPECT_FALSE(here.may_moderate(an_id<RoomId>(8)));
    EXPECT_FALSE(here.may_moderate_the_house());
    const Standing house{.role = Role::moderator, .moderates = {}};
    EXPECT_TRUE(house.may_moderate(the_room));
    EXPECT_FALSE(house.is_admin());
    const Standing admin{.role = Role::admin, .moderates = {an_id<RoomId>(8)}};
    EXPECT_TRUE(admin.may_moderate(the_room));
    const Standing member{.role = Role::member, .moderates = {the_room}};
    EXPECT_FALSE(member.may_moderate(the_room)) << "a list without the role gives nothing";
}

TEST(RoomSettings, AreJudgedFieldByField) {
    const Limits limits;
    const auto field_at_fault = [&](RoomSettings settings) {
        const auto judged = judge_settings(std::move(settings), limits);
        return std::string(judged ? "" : judged.error().field);
    };
    EXPECT_EQ(judge_settings({.topic = "Fine"}, limits)->seats, limits.seats_default);
    EXPECT_EQ(field_at_fault({.topic = " \n"}), "settings.topic");
    EXPECT_EQ(field_at_fault({.topic = std::string(limits.topic_code_points_max, 'x')}), "");
    EXPECT_EQ(field_at_fault({.topic = std::string(limits.topic_code_points_max + 1, 'x')}), "settings.topic");
    EXPECT_EQ(field_at_fault({.topic = "x", .welcome_text = std::string(limits.welcome_code_points_max + 1, 'x')}),
              "settings.welcome_text");
    EXPECT_EQ(field_at_fault({.topic = "x", .content_labels = std::vector<std::string>(limits.labels_max + 1, "l")}),
              "settings.content_labels");
    EXPECT_EQ(field_at_fault({.topic = "x", .content_labels = {""}}), "settings.content_labels");
    EXPECT_EQ(field_at_fault({.topic = "x", .seats = limits.seats_max + 1}), "settings.seats");
    EXPECT_EQ(field_at_fault({.topic = "x", .slow_mode = 25h}), "settings.slow_mode_ms");
    EXPECT_EQ(field_at_fault({.topic = "x", .listen_only = 25h}), "settings.listen_only_ms");
    EXPECT_EQ(field_at_fault({.topic = "x", .opening_words = std::string(limits.sentence_code_points_max + 1, 'x')}),
              "settings.opening_words");
    EXPECT_EQ(field_at_fault({.topic = "x", .closing_words = std::string(limits.sentence_code_points_max + 1, 'x')}),
              "settings.closing_words");
    EXPECT_EQ(field_at_fault({.topic = "x", .opening_hours = {{.opens = minutes_of_week, .closes = 5}}}),
              "settings.opening_hours");
    EXPECT_EQ(judge_settings({.topic = "Fine"}, limits)->listen_only, limits.listen_only_default);
    EXPECT_EQ(judge_settings({.topic = "Fine", .listen_only = 0s}, limits)->listen_only, Duration{0});
}

}  // namespace
}  // namespace kindroom::domain::test
