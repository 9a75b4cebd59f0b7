#include "lib/keeper.hpp"

#include <gtest/gtest.h>

#include "lib/line.hpp"

namespace kindroom::client {
namespace {

const Ending lost{EndKind::lost, 0, "lost"};

template <class T>
std::vector<T> only(const Keeper::Actions& actions) {
    std::vector<T> found;
    for (const auto& action : actions) {
        if (const auto* one = std::get_if<T>(&action)) found.push_back(*one);
    }
    return found;
}

v1::Request request(std::uint32_t id) {
    v1::Request made;
    made.set_id(id);
    return made;
}

v1::Request hello(std::uint32_t id = 1) {
    auto made = request(id);
    made.mutable_hello()->set_protocol_version(1);
    return made;
}

v1::Request sign_in(std::uint32_t id) {
    auto made = request(id);
    made.mutable_sign_in()->set_login_id("amber-heron-4127");
    return made;
}

v1::Request join(std::uint32_t id, const std::string& room) {
    auto made = request(id);
    made.mutable_join_room()->set_room_id(room);
    return made;
}

v1::Request post(std::uint32_t id, const std::string& room, const std::string& key) {
    auto made = request(id);
    made.mutable_post_message()->set_room_id(room);
    made.mutable_post_message()->set_client_key(key);
    return made;
}

v1::Event reply(std::uint32_t id) {
    v1::Event event;
    event.mutable_reply()->set_request_id(id);
    return event;
}

v1::Event welcome(std::uint32_t id) {
    auto event = reply(id);
    event.mutable_reply()->mutable_welcome();
    return event;
}

v1::Event signed_in(std::uint32_t id, const std::string& token, const std::vector<std::string>& rooms = {}) {
    auto event = reply(id);
    event.mutable_reply()->mutable_signed_in()->set_device_token(token);
    for (const auto& room : rooms) event.mutable_reply()->mutable_signed_in()->mutable_me()->add_rooms(room);
    return event;
}

v1::Event joined(std::uint32_t id, const std::string& cursor) {
    auto event = reply(id);
    event.mutable_reply()->mutable_room_joined()->set_cursor(cursor);
    return event;
}

v1::Event resumed(std::uint32_t id, const std::string& cursor, bool caught_up) {
    auto event = reply(id);
    event.mutable_reply()->mutable_room_resumed()->set_cursor(cursor);
    event.mutable_reply()->mutable_room_resumed()->set_caught_up(caught_up);
    return event;
}

v1::Event refusal(std::uint32_t id, v1::ErrorCode code, std::int64_t retry_at_ms = 0) {
    auto event = reply(id);
    event.mutable_reply()->mutable_error()->set_code(code);
    event.mutable_reply()->mutable_error()->set_retry_at_ms(retry_at_ms);
    return event;
}

v1::Event step(const std::string& room, const std::string& cursor) {
    v1::Event event;
    event.mutable_room_event()->set_room_id(room);
    event.mutable_room_event()->set_cursor(cursor);
    event.mutable_room_event()->mutable_retracted();
    return event;
}

// A keeper whose user has said hello, signed in and joined "attic" at cursor c1.
class InTheAttic : public ::testing::Test {
  protected:
    void SetUp() override {
        keeper_.ask(hello(1));
        keeper_.opened();
        keeper_.received(welcome(1));
        keeper_.ask(sign_in(2));
        keeper_.received(signed_in(2, "token", {"attic"}));
        keeper_.ask(join(3, "attic"));
        keeper_.received(joined(3, "c1"));
    }

    // Loses the connection and gets as far as the ResumeRoom for the attic; returns it.
    v1::Request come_back() {
        keeper_.ended(lost);
        const auto greeting = only<Keeper::Send>(keeper_.opened());
        const auto resume = only<Keeper::Send>(keeper_.received(welcome(greeting.at(0).request.id())));
        return only<Keeper::Send>(keeper_.received(signed_in(resume.at(0).request.id(), "", {"attic"}))).at(0).request;
    }

    Keeper keeper_{Keeper::Options{}};
};

TEST(Keeper, TheFirstHelloIsTheUsersAndIsSentOnceOpen) {
    Keeper keeper{Keeper::Options{}};
    EXPECT_TRUE(keeper.ask(hello(1)).empty());
    EXPECT_TRUE(keeper.ask(sign_in(2)).empty());
    const auto first = only<Keeper::Send>(keeper.opened());
    ASSERT_EQ(first.size(), 1u);
    EXPECT_EQ(first[0].request.id(), 1u);
    const auto after = keeper.received(welcome(1));
    EXPECT_EQ(only<Keeper::Deliver>(after).size(), 1u);
    ASSERT_EQ(only<Keeper::Send>(after).size(), 1u);
    EXPECT_EQ(only<Keeper::Send>(after)[0].request.id(), 2u);
    EXPECT_TRUE(only<Keeper::Back>(after).empty()) << "nobody was away";
}

TEST_F(InTheAttic, AReplyThatComesTwiceIsTakenOnce) {
    keeper_.ask(post(4, "attic", "k"));
    EXPECT_EQ(only<Keeper::Deliver>(keeper_.received(reply(4))).size(), 1u);
    EXPECT_TRUE(keeper_.received(reply(4)).empty());
    EXPECT_TRUE(keeper_.received(welcome(1)).empty());
}

TEST(Keeper, SaysBackOnlyToOneWhoWasAway) {
    Keeper keeper{Keeper::Options{}};
    EXPECT_TRUE(only<Keeper::Back>(keeper.opened()).empty());
    keeper.ask(hello(1));
    EXPECT_TRUE(only<Keeper::Back>(keeper.received(welcome(1))).empty());
}

TEST_F(InTheAttic, ComingBackGoesHelloSessionRoomsThenWhatWasNotAnswered) {
    keeper_.received(step("attic", "c2"));
    ASSERT_EQ(only<Keeper::Send>(keeper_.ask(post(4, "attic", "key"))).size(), 1u);
    const auto pause = only<Keeper::ComeBackIn>(keeper_.ended(lost));
    ASSERT_EQ(pause.size(), 1u);
    EXPECT_GE(pause[0].wait.count(), 250);

    const auto greeting = only<Keeper::Send>(keeper_.opened());
    ASSERT_EQ(greeting.size(), 1u);
    EXPECT_TRUE(greeting[0].request.has_hello());
    EXPECT_GE(greeting[0].request.id(), own_ids_from);

    const auto session = keeper_.received(welcome(greeting[0].request.id()));
    EXPECT_TRUE(only<Keeper::Deliver>(session).empty()) << "the user has been welcomed before";
    ASSERT_EQ(only<Keeper::Send>(session).size(), 1u);
    EXPECT_EQ(only<Keeper::Send>(session)[0].request.resume_session().device_token(), "token");

    const auto rooms = keeper_.received(signed_in(only<Keeper::Send>(session)[0].request.id(), "", {"attic"}));
    ASSERT_EQ(only<Keeper::Send>(rooms).size(), 1u);
    const v1::Request resume = only<Keeper::Send>(rooms)[0].request;
    EXPECT_EQ(resume.resume_room().room_id(), "attic");
    EXPECT_EQ(resume.resume_room().cursor(), "c2");

    auto page = resumed(resume.id(), "c4", true);
    *page.mutable_reply()->mutable_room_resumed()->add_events() = step("attic", "c3").room_event();
    *page.mutable_reply()->mutable_room_resumed()->add_events() = step("attic", "c4").room_event();
    const auto live = keeper_.received(page);
    const auto told = only<Keeper::Deliver>(live);
    ASSERT_EQ(told.size(), 3u);
    EXPECT_EQ(told[0].event.room_event().cursor(), "c3");
    EXPECT_EQ(told[1].event.room_event().cursor(), "c4");
    EXPECT_TRUE(told[2].event.has_roster_changed());
    EXPECT_EQ(only<Keeper::Back>(live).size(), 1u);
    ASSERT_EQ(only<Keeper::Send>(live).size(), 1u);
    EXPECT_EQ(only<Keeper::Send>(live)[0].request.post_message().client_key(), "key");
    EXPECT_EQ(only<Keeper::Send>(live)[0].request.id(), 4u);
}

TEST_F(InTheAttic, ARoomThatIsNotCaughtUpIsAskedForAgain) {
    const v1::Request first = come_back();
    const auto more = only<Keeper::Send>(keeper_.received(resumed(first.id(), "c9", false)));
    ASSERT_EQ(more.size(), 1u);
    EXPECT_EQ(more[0].request.resume_room().cursor(), "c9");
}

TEST_F(InTheAttic, ARoomOneIsNoLongerInIsToldOnce) {
    keeper_.ended(lost);
    const auto greeting = only<Keeper::Send>(keeper_.opened());
    const auto session = only<Keeper::Send>(keeper_.received(welcome(greeting[0].request.id())));
    const auto after = keeper_.received(signed_in(session[0].request.id(), "", {}));
    ASSERT_EQ(only<Keeper::RoomGone>(after).size(), 1u);
    EXPECT_EQ(only<Keeper::RoomGone>(after)[0].room_id, "attic");
    EXPECT_TRUE(only<Keeper::Send>(after).empty());
}

TEST_F(InTheAttic, ACursorThatTheServerCannotReadIsToldAsAGap) {
    const v1::Request first = come_back();
    const auto after = keeper_.received(refusal(first.id(), v1::ERROR_CODE_CURSOR_INVALID));
    EXPECT_EQ(only<Keeper::RoomGap>(after).size(), 1u);
    ASSERT_EQ(only<Keeper::Send>(after).size(), 1u);
    EXPECT_EQ(only<Keeper::Send>(after)[0].request.resume_room().cursor(), "");
}

TEST_F(InTheAttic, AServerThatIsBusyIsAskedAgainWhenItSays) {
    const v1::Request first = come_back();
    const auto after = keeper_.received(refusal(first.id(), v1::ERROR_CODE_RATE_LIMITED, 12'345));
    ASSERT_EQ(only<Keeper::SendAt>(after).size(), 1u);
    EXPECT_EQ(only<Keeper::SendAt>(after)[0].at_ms, 12'345);
    EXPECT_EQ(only<Keeper::SendAt>(after)[0].request.resume_room().cursor(), "c1");
}

TEST_F(InTheAttic, AnotherNameInTheRoomDoesNotMoveTheCursor) {
    keeper_.received(step("attic", "c5"));
    keeper_.ask(join(4, "attic"));
    keeper_.received(joined(4, "c1"));
    EXPECT_EQ(come_back().resume_room().cursor(), "c5");
}

TEST_F(InTheAttic, ARoomOneHasLeftIsNotResumed) {
    auto leave = request(4);
    leave.mutable_leave_room()->set_room_id("attic");
    keeper_.ask(leave);
    auto done = reply(4);
    done.mutable_reply()->mutable_done();
    keeper_.received(done);
    keeper_.ended(lost);
    const auto greeting = only<Keeper::Send>(keeper_.opened());
    const auto session = only<Keeper::Send>(keeper_.received(welcome(greeting[0].request.id())));
    EXPECT_TRUE(only<Keeper::Send>(keeper_.received(signed_in(session[0].request.id(), "", {}))).empty());
}

TEST_F(InTheAttic, WhatMustNotHappenTwiceIsReportedInsteadOfRepeated) {
    auto invite = request(4);
    invite.mutable_create_invite();
    keeper_.ask(invite);
    const auto after = keeper_.ended(lost);
    ASSERT_EQ(only<Keeper::Unanswered>(after).size(), 1u);
    EXPECT_EQ(only<Keeper::Unanswered>(after)[0].request_id, 4u);
}

TEST_F(InTheAttic, WhatIsAskedWhileAwayIsSentInOrderOnceBack) {
    keeper_.ended(lost);
    EXPECT_TRUE(keeper_.ask(post(4, "attic", "k4")).empty());
    EXPECT_TRUE(keeper_.ask(post(5, "attic", "k5")).empty());
    const auto greeting = only<Keeper::Send>(keeper_.opened());
    const auto session = only<Keeper::Send>(keeper_.received(welcome(greeting[0].request.id())));
    const auto rooms = only<Keeper::Send>(keeper_.received(signed_in(session[0].request.id(), "", {"attic"})));
    const auto sent = only<Keeper::Send>(keeper_.received(resumed(rooms[0].request.id(), "c1", true)));
    ASSERT_EQ(sent.size(), 2u);
    EXPECT_EQ(sent[0].request.id(), 4u);
    EXPECT_EQ(sent[1].request.id(), 5u);
}

TEST_F(InTheAttic, TheServersInvitationSetsTheWait) {
    v1::Event come_back;
    come_back.mutable_come_back()->set_after_ms(7'777);
    keeper_.received(come_back);
    const auto pause = only<Keeper::ComeBackIn>(keeper_.ended({EndKind::closed_by_server, 4000, ""}));
    ASSERT_EQ(pause.size(), 1u);
    EXPECT_EQ(pause[0].wait.count(), 7'777);
    EXPECT_LT(only<Keeper::ComeBackIn>(keeper_.ended(lost)).at(0).wait.count(), 7'777) << "it holds once";
}

TEST_F(InTheAttic, ACloseCodeThatSaysStayAwayIsTheEnd) {
    keeper_.ask(post(4, "attic", "key"));
    const auto after = keeper_.ended({EndKind::closed_by_server, 4501, "ended"});
    EXPECT_EQ(only<Keeper::GiveUp>(after).size(), 1u);
    EXPECT_EQ(only<Keeper::Unanswered>(after).size(), 1u);
    EXPECT_TRUE(only<Keeper::ComeBackIn>(after).empty());
    EXPECT_EQ(only<Keeper::Unanswered>(keeper_.ask(post(5, "attic", "key"))).size(), 1u);
}

TEST_F(InTheAttic, AnEndedSessionIsNotReturnedToEvenIfTheConnectionIsJustCut) {
    v1::Event ended;
    ended.mutable_session_ended()->set_reason(v1::SESSION_END_REASON_BANNED);
    keeper_.received(ended);
    EXPECT_EQ(only<Keeper::GiveUp>(keeper_.ended(lost)).size(), 1u);
}

TEST_F(InTheAttic, ATokenThatIsRefusedIsTheEndAndIsTold) {
    keeper_.ended(lost);
    const auto greeting = only<Keeper::Send>(keeper_.opened());
    const auto session = only<Keeper::Send>(keeper_.received(welcome(greeting[0].request.id())));
    const auto after = keeper_.received(refusal(session[0].request.id(), v1::ERROR_CODE_SIGN_IN_FAILED));
    EXPECT_EQ(only<Keeper::Deliver>(after).size(), 1u);
    EXPECT_EQ(only<Keeper::GiveUp>(after).size(), 1u);
}

class AtTheFrontDoor : public ::testing::Test {
  protected:
    void SetUp() override {
        keeper_.ask(hello(1));
        keeper_.opened();
        keeper_.received(welcome(1));
    }
    const Ending too_late{EndKind::closed_by_server, 4003, "signed in too late"};
    Keeper keeper_{Keeper::Options{}};
};

TEST_F(AtTheFrontDoor, WhoeverReadsTheRulesForLongIsToldNothingAndGoesOnWithTheNextRequest) {
    for (std::uint32_t id = 2; id < 12; ++id) {
        const auto over = keeper_.ended(too_late);
        ASSERT_EQ(over.size(), 1u);
        EXPECT_TRUE(std::holds_alternative<Keeper::StayAway>(over[0])) << "nobody comes back who wants nothing yet";
        const auto again = keeper_.ask(sign_in(id));
        ASSERT_EQ(again.size(), 1u);
        EXPECT_TRUE(std::holds_alternative<Keeper::OpenAgain>(again[0]));
        const auto greeting = only<Keeper::Send>(keeper_.opened());
        const auto live = keeper_.received(welcome(greeting.at(0).request.id()));
        EXPECT_TRUE(only<Keeper::Back>(live).empty()) << "they have not noticed that it was away";
        ASSERT_EQ(only<Keeper::Send>(live).size(), 1u);
        EXPECT_EQ(only<Keeper::Send>(live)[0].request.id(), id);
        keeper_.received(refusal(id, v1::ERROR_CODE_SIGN_IN_FAILED));
    }
}

TEST_F(AtTheFrontDoor, WhoeverWaitsForAnAnswerComesBackByThemselves) {
    auto rules = request(2);
    rules.mutable_get_rules();
    keeper_.ask(rules);
    EXPECT_EQ(only<Keeper::ComeBackIn>(keeper_.ended(too_late)).size(), 1u);
}

TEST_F(AtTheFrontDoor, AnotherEndIsNoReasonToWaitForThem) {
    EXPECT_EQ(only<Keeper::ComeBackIn>(keeper_.ended(lost)).size(), 1u);
    EXPECT_EQ(only<Keeper::ComeBackIn>(keeper_.ended({EndKind::closed_by_server, 4000, ""})).size(), 1u);
}

TEST_F(InTheAttic, WhoeverIsSignedInComesBackInAnyCase) {
    EXPECT_EQ(only<Keeper::ComeBackIn>(keeper_.ended({EndKind::closed_by_server, 4003, ""})).size(), 1u);
}

TEST(Keeper, GivesUpAfterWaitingAsLongAsItWasTold) {
    Keeper::Options options;
    options.give_up_after = std::chrono::milliseconds(2'000);
    Keeper keeper{options};
    keeper.ask(hello(1));
    int tries = 0;
    while (only<Keeper::GiveUp>(keeper.ended(lost)).empty()) ASSERT_LT(++tries, 10);
    EXPECT_GE(tries, 1);
}

TEST(Keeper, FollowsAllRoomsOfTheAccountIfAsked) {
    Keeper::Options options;
    options.follow_rooms = true;
    Keeper keeper{options};
    keeper.ask(hello(1));
    keeper.opened();
    keeper.received(welcome(1));
    keeper.ask(sign_in(2));
    const auto after = only<Keeper::Send>(keeper.received(signed_in(2, "token", {"attic", "cellar"})));
    ASSERT_EQ(after.size(), 2u);
    EXPECT_EQ(after[0].request.resume_room().cursor(), "");
    const auto told = only<Keeper::Deliver>(keeper.received(resumed(after[0].request.id(), "c1", true)));
    ASSERT_EQ(told.size(), 1u);
    EXPECT_TRUE(told[0].event.reply().has_room_resumed());
}

TEST(Keeper, LeavesARoomToTheUserWhoIsCatchingUpByThemselves) {
    Keeper keeper{Keeper::Options{}};
    keeper.ask(hello(1));
    keeper.opened();
    keeper.received(welcome(1));
    keeper.ask(sign_in(2));
    keeper.received(signed_in(2, "token", {"attic"}));
    auto resume = request(3);
    resume.mutable_resume_room()->set_room_id("attic");
    resume.mutable_resume_room()->set_cursor("c1");
    keeper.ask(resume);
    keeper.received(resumed(3, "c2", false));
    keeper.ended(lost);
    const auto greeting = only<Keeper::Send>(keeper.opened());
    const auto session = only<Keeper::Send>(keeper.received(welcome(greeting[0].request.id())));
    EXPECT_TRUE(only<Keeper::Send>(keeper.received(signed_in(session[0].request.id(), "", {"attic"}))).empty());
}

TEST_F(InTheAttic, WhoeverHasNoSeatInTheCircleDoesNotTakeTheRoomUpAgain) {
    v1::Event drawn;
    drawn.mutable_not_seated()->set_room_id("attic");
    EXPECT_EQ(only<Keeper::Deliver>(keeper_.received(drawn)).size(), 1u);
    keeper_.ended(lost);
    const auto greeting = only<Keeper::Send>(keeper_.opened());
    const auto again = only<Keeper::Send>(keeper_.received(welcome(greeting.at(0).request.id())));
    EXPECT_TRUE(only<Keeper::Send>(keeper_.received(signed_in(again.at(0).request.id(), ""))).empty());
}

}  // namespace
}  // namespace kindroom::client
