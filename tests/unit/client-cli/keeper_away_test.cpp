// Boundaries as a Keeper sees them: stepping away and coming back, contacts that come and go.
#include <gtest/gtest.h>

#include "lib/keeper.hpp"
#include "lib/line.hpp"

namespace kindroom::client {
namespace {

const Ending lost{EndKind::lost, 0, "lost"};
constexpr std::int64_t tonight = 1'800'000'000'000;

template <class T>
std::vector<T> only(const Keeper::Actions& actions) {
    std::vector<T> found;
    for (const auto& action : actions) {
        if (const auto* one = std::get_if<T>(&action)) found.push_back(*one);
    }
    return found;
}

std::vector<v1::Request> sent(const Keeper::Actions& actions) {
    std::vector<v1::Request> out;
    for (const auto& send : only<Keeper::Send>(actions)) out.push_back(send.request);
    return out;
}

v1::Event reply(std::uint32_t id) {
    v1::Event event;
    event.mutable_reply()->set_request_id(id);
    return event;
}

v1::Event stepped_away_refusal(std::uint32_t id, std::int64_t retry_at_ms = 0) {
    auto event = reply(id);
    event.mutable_reply()->mutable_error()->set_code(v1::ERROR_CODE_STEPPED_AWAY);
    event.mutable_reply()->mutable_error()->set_retry_at_ms(retry_at_ms);
    return event;
}

v1::Event resumed(std::uint32_t id, const std::string& cursor) {
    auto event = reply(id);
    event.mutable_reply()->mutable_room_resumed()->set_cursor(cursor);
    event.mutable_reply()->mutable_room_resumed()->set_caught_up(true);
    return event;
}

// A keeper whose account is in attic and cellar, and listens to both.
class Boundaries : public ::testing::Test {
  protected:
    explicit Boundaries(bool follow_rooms = true) : keeper_(with(follow_rooms)) {
        v1::Request hello;
        hello.set_id(1);
        hello.mutable_hello();
        keeper_.ask(hello);
        keeper_.opened();
        auto welcome = reply(1);
        welcome.mutable_reply()->mutable_welcome();
        keeper_.received(welcome);
        v1::Request sign_in;
        sign_in.set_id(2);
        sign_in.mutable_sign_in();
        keeper_.ask(sign_in);
        for (const auto& request : sent(keeper_.received(signed_in(2)))) keeper_.received(resumed(request.id(), "c1"));
    }

    static Keeper::Options with(bool follow_rooms) {
        Keeper::Options options;
        options.follow_rooms = follow_rooms;
        return options;
    }

    static v1::Event signed_in(std::uint32_t id) {
        auto event = reply(id);
        event.mutable_reply()->mutable_signed_in()->set_device_token("token");
        event.mutable_reply()->mutable_signed_in()->mutable_me()->add_rooms("attic");
        event.mutable_reply()->mutable_signed_in()->mutable_me()->add_rooms("cellar");
        return event;
    }

    // Loses the connection and gets as far as the ResumeRooms; returns them.
    std::vector<v1::Request> come_back() {
        keeper_.ended(lost);
        const auto greeting = sent(keeper_.opened());
        auto welcome = reply(greeting.at(0).id());
        welcome.mutable_reply()->mutable_welcome();
        const auto session = sent(keeper_.received(welcome));
        return sent(keeper_.received(signed_in(session.at(0).id())));
    }

    v1::Request asked(v1::Request request) {
        request.set_id(++last_id_);
        return request;
    }

    Keeper::Actions step_away(const std::string& room, std::int64_t until_ms) {
        v1::Request request;
        request.mutable_step_away()->set_room_id(room);
        request = asked(request);
        keeper_.ask(request);
        auto event = reply(request.id());
        auto& away = *event.mutable_reply()->mutable_stepped_away()->mutable_away();
        away.set_room_id(room);
        away.set_until_ms(until_ms);
        return keeper_.received(event);
    }

    Keeper::Actions go_back(const std::string& room) {
        v1::Request request;
        request.mutable_return_from_away()->set_room_id(room);
        request = asked(request);
        keeper_.ask(request);
        auto event = reply(request.id());
        event.mutable_reply()->mutable_returned();
        return keeper_.received(event);
    }

    std::uint32_t last_id_ = 10;
    Keeper keeper_;
};

class BoundariesOfAScript : public Boundaries {
  protected:
    BoundariesOfAScript() : Boundaries(false) {
        v1::Request join;
        join.mutable_join_room()->set_room_id("attic");
        join = asked(join);
        keeper_.ask(join);
        auto joined = reply(join.id());
        joined.mutable_reply()->mutable_room_joined()->set_cursor("c1");
        keeper_.received(joined);
    }
};

TEST_F(Boundaries, X6WhoIsAwayFirmlyCanStillBlockAfterALostConnection) {
    v1::Request block;
    block.mutable_block_people()->add_people()->set_room_id("attic");
    block = asked(block);
    keeper_.ask(block);
    const auto rooms = come_back();
    ASSERT_EQ(rooms.size(), 2u);
    keeper_.received(stepped_away_refusal(rooms[0].id(), tonight));
    const auto after = keeper_.received(stepped_away_refusal(rooms[1].id(), tonight));
    ASSERT_EQ(sent(after).size(), 1u) << "hours before the return";
    EXPECT_EQ(sent(after)[0].id(), block.id());
    EXPECT_TRUE(only<Keeper::RoomGone>(after).empty());
    EXPECT_EQ(only<Keeper::Back>(after).size(), 1u);
}

TEST_F(Boundaries, OnTheReturnAllRoomsAreListenedToAgainFromNowOn) {
    step_away("", 0);
    const auto again = sent(go_back(""));
    ASSERT_EQ(again.size(), 2u);
    for (const auto& request : again) EXPECT_EQ(request.resume_room().cursor(), "");
    const auto told = only<Keeper::Deliver>(keeper_.received(resumed(again[0].id(), "c9")));
    ASSERT_EQ(told.size(), 1u);
    EXPECT_TRUE(told[0].event.reply().has_room_resumed()) << "the user is told that it is back";
}

TEST_F(Boundaries, AReturnToOneRoomIsToThatOneOnly) {
    step_away("attic", 0);
    const auto again = sent(go_back("attic"));
    ASSERT_EQ(again.size(), 1u);
    EXPECT_EQ(again[0].resume_room().room_id(), "attic");
    EXPECT_TRUE(sent(go_back("")).size() == 1u) << "the cellar was never left";
}

TEST_F(Boundaries, SteppingAwayForATimeEndsByItself) {
    const auto due = only<Keeper::DueAt>(step_away("attic", tonight));
    ASSERT_EQ(due.size(), 1u);
    EXPECT_EQ(due[0].at_ms, tonight);
    const auto again = sent(keeper_.due("attic", due[0].plan));
    ASSERT_EQ(again.size(), 1u);
    EXPECT_EQ(again[0].resume_room().room_id(), "attic");
}

TEST_F(Boundaries, OnlyTheNewestPlanCounts) {
    const auto first = only<Keeper::DueAt>(step_away("attic", tonight));
    const auto second = only<Keeper::DueAt>(step_away("attic", tonight + 1));
    EXPECT_TRUE(sent(keeper_.due("attic", first.at(0).plan)).empty());
    const auto again = sent(go_back("attic"));
    keeper_.received(resumed(again.at(0).id(), "c9"));
    EXPECT_TRUE(sent(keeper_.due("attic", second.at(0).plan)).empty()) << "one who is back needs no second time";
}

TEST_F(Boundaries, AReturnFromAnotherDeviceIsFoundOutByAsking) {
    const auto rooms = come_back();
    const auto due = only<Keeper::DueAt>(keeper_.received(stepped_away_refusal(rooms.at(0).id())));
    ASSERT_EQ(due.size(), 1u);
    EXPECT_EQ(due[0].at_ms, 0) << "in a minute";
    const auto again = sent(keeper_.due(due[0].room_id, due[0].plan));
    ASSERT_EQ(again.size(), 1u);
    const auto later = only<Keeper::DueAt>(keeper_.received(stepped_away_refusal(again[0].id())));
    EXPECT_EQ(later.size(), 1u);
    EXPECT_TRUE(sent(keeper_.due(due[0].room_id, due[0].plan)).empty());
}

TEST_F(BoundariesOfAScript, ResumesByItselfWhatItSteppedAwayFrom) {
    EXPECT_TRUE(only<Keeper::DueAt>(step_away("", tonight)).empty());
    EXPECT_TRUE(sent(go_back("")).empty());
    EXPECT_TRUE(come_back().empty());
    v1::Request resume;
    resume.mutable_resume_room()->set_room_id("attic");
    resume.mutable_resume_room()->set_cursor("c1");
    resume = asked(resume);
    keeper_.ask(resume);
    keeper_.received(resumed(resume.id(), "c5"));
    const auto again = come_back();
    ASSERT_EQ(again.size(), 1u) << "and then it is kept as before";
    EXPECT_EQ(again[0].resume_room().cursor(), "c5");
}

TEST_F(Boundaries, TheRoomOfANewContactIsListenedTo) {
    v1::Request answer;
    answer.mutable_answer_offer()->set_accept(true);
    answer = asked(answer);
    keeper_.ask(answer);
    auto made = reply(answer.id());
    made.mutable_reply()->mutable_contact_made()->mutable_contact()->set_room_id("bench");
    const auto again = sent(keeper_.received(made));
    ASSERT_EQ(again.size(), 1u);
    EXPECT_EQ(again[0].resume_room().room_id(), "bench");
    EXPECT_EQ(again[0].resume_room().cursor(), "");
}

TEST_F(Boundaries, AContactWhoAcceptedIsListenedToOnceTheListSaysSo) {
    v1::Request list;
    list.mutable_list_contacts();
    list = asked(list);
    keeper_.ask(list);
    auto contacts = reply(list.id());
    contacts.mutable_reply()->mutable_contacts()->add_contacts()->set_room_id("bench");
    contacts.mutable_reply()->mutable_contacts()->add_contacts()->set_room_id("attic");
    const auto again = sent(keeper_.received(contacts));
    ASSERT_EQ(again.size(), 1u) << "only what it does not listen to";
    EXPECT_EQ(again[0].resume_room().room_id(), "bench");
}

TEST_F(Boundaries, ADisconnectedRoomIsNotReturnedTo) {
    v1::Request disconnect;
    disconnect.mutable_disconnect()->set_room_id("attic");
    disconnect = asked(disconnect);
    keeper_.ask(disconnect);
    auto done = reply(disconnect.id());
    done.mutable_reply()->mutable_done();
    keeper_.received(done);
    const auto rooms = come_back();
    ASSERT_EQ(rooms.size(), 1u);
    EXPECT_EQ(rooms[0].resume_room().room_id(), "cellar");
}

TEST_F(Boundaries, WhatWasHeardReturnedAndOfferedIsHandedOn) {
    v1::Event heard;
    heard.mutable_words_heard();
    v1::Event returned;
    returned.mutable_message_returned();
    v1::Event offered;
    offered.mutable_contact_offered();
    for (const auto& event : {heard, returned, offered}) {
        EXPECT_EQ(only<Keeper::Deliver>(keeper_.received(event)).size(), 1u);
    }
}

TEST(Repeating, EveryBoundaryIsSetEvenIfTheLineIsCutBeforeTheAnswer) {
    const auto* commands = v1::Request::descriptor()->FindOneofByName("command");
    int seen = 0;
    for (int i = 0; i < commands->field_count(); ++i) {
        const auto* field = commands->field(i);
        if (field->number() < 100 || field->number() >= 140) continue;
        v1::Request request;
        v1::Request::GetReflection()->MutableMessage(&request, field);
        EXPECT_TRUE(may_repeat(request)) << field->name();
        ++seen;
    }
    EXPECT_GE(seen, 13);
}

// ---- decisions ------------------------------------------------------------------------------------------------------

v1::Event decided(v1::DecisionAction action, const std::string& room, std::int64_t ends_at_ms) {
    v1::Event event;
    auto& decision = *event.mutable_decision_made()->mutable_decision();
    decision.set_action(action);
    decision.set_room_id(room);
    decision.set_ends_at_ms(ends_at_ms);
    return event;
}

TEST_F(Boundaries, ARoomThatOneIsKeptOutOfIsListenedToAgainWhenThatEnds) {
    const auto actions = keeper_.received(decided(v1::DECISION_ACTION_OUT_OF_ROOM, "attic", tonight));
    const auto due = only<Keeper::DueAt>(actions);
    ASSERT_EQ(due.size(), 1u);
    EXPECT_EQ(due[0].at_ms, tonight);
    EXPECT_EQ(only<Keeper::RoomGone>(actions).size(), 0u);
    const auto then = sent(keeper_.due("attic", due[0].plan));
    ASSERT_EQ(then.size(), 1u);
    EXPECT_EQ(then[0].resume_room().room_id(), "attic");
}

TEST_F(Boundaries, ARoomThatOneIsTakenOutOfIsGone) {
    for (const auto action : {v1::DECISION_ACTION_REMOVE, v1::DECISION_ACTION_ROOM_BAN}) {
        const std::string room = action == v1::DECISION_ACTION_REMOVE ? "attic" : "cellar";
        const auto gone = only<Keeper::RoomGone>(keeper_.received(decided(action, room, 0)));
        ASSERT_EQ(gone.size(), 1u);
        EXPECT_EQ(gone[0].room_id, room);
    }
}

TEST_F(Boundaries, AReversalBringsTheRoomBackAtOnce) {
    keeper_.received(decided(v1::DECISION_ACTION_ROOM_BAN, "attic", tonight));
    v1::Event reversed;
    reversed.mutable_decision_reversed()->mutable_decision()->set_room_id("attic");
    const auto then = sent(keeper_.received(reversed));
    ASSERT_EQ(then.size(), 1u);
    EXPECT_EQ(then[0].resume_room().room_id(), "attic");
}

}  // namespace
}  // namespace kindroom::client
