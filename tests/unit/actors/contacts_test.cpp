// Contact between two people of a whole server, as their devices are told of it.
#include <gtest/gtest.h>

#include "bench.hpp"

namespace kindroom::actors::test {
namespace {

template <class Id>
Id id_of(const std::string& bytes) {
    return *Id::from_bytes(std::as_bytes(std::span(bytes)));
}

class Contacts : public ::testing::Test {
  protected:
    // Somebody with one device, in the room.
    struct Somebody {
        Paper paper;
        Client* device = nullptr;
        PersonToken token{};
    };

    Contacts() {
        Paper paper;
        Client& client = bench.connect(paper, {.format = {}, .network = {}, .is_loopback = true, .is_operator = true});
        bench.on_shard([&] { client.greet(); });
        const auto made = bench.ask(client, domain::CreateRoom{{.topic = "Grief", .seats = 12}});
        room = id_of<RoomId>(made.room_card().room().room_id());
        come_in(ana, "Ana");
        come_in(ben, "Ben");
    }
    void come_in(Somebody& who, const std::string& name) {
        who.device = &bench.connect(who.paper);
        bench.on_shard([&] { who.device->greet(); });
        const auto created = ask(who, domain::CreateAccount{Secret(), Secret("a long enough passphrase"), "device"});
        EXPECT_TRUE(created.has_account_created()) << created.ShortDebugString();
        EXPECT_TRUE(ask(who, domain::ConsentToRules{bench.home().notice()->rules.version}).has_done());
        const auto joined = ask(who, domain::JoinRoom{room, name});
        EXPECT_TRUE(joined.has_room_joined()) << joined.ShortDebugString();
        who.token = id_of<PersonToken>(joined.room_joined().you().token());
    }
    v1::Reply ask(Somebody& who, domain::Command command) { return bench.ask(*who.device, std::move(command)); }
    v1::Reply offer(Somebody& from, const Somebody& to) { return ask(from, domain::OfferContact{{room, to.token}}); }
    v1::Contacts list(Somebody& who) { return ask(who, domain::ListContacts{}).contacts(); }
    int offers_told(Somebody& who) {
        int told = 0;
        const auto batch = bench.take(*who.device);
        for (const auto& event : batch.event()) told += event.has_contact_offered();
        return told;
    }
    v1::Reply accept(Somebody& who) {
        return ask(who, domain::AnswerOffer{id_of<MatterId>(list(who).received(0).offer_id()), true});
    }
    RoomId become_contacts() {
        EXPECT_TRUE(offer(ana, ben).has_offer_made());
        return id_of<RoomId>(accept(ben).contact_made().contact().room_id());
    }
    v1::Reply block(Somebody& by, const Somebody& other) {
        return ask(by, domain::BlockPeople{{{room, other.token}}, ""});
    }
    // What a device is told that reads only when the block is over: the answer to `waiting`.
    v1::Reply answer_read_late(Somebody& who, domain::Command waiting, Somebody& by, const Somebody& other) {
        constexpr std::uint32_t request = 1'000'000;
        const auto send = [&](Somebody& from, domain::Command command) {
            bench.on_shard([&] { bench.home().dispatcher().dispatch(*from.device, request, std::move(command)); });
        };
        send(who, std::move(waiting));
        send(by, domain::BlockPeople{{{room, other.token}}, ""});
        const auto batch = bench.take(*who.device);
        for (const auto& event : batch.event())
            if (event.has_reply() && event.reply().request_id() == request) return event.reply();
        return {};
    }
    v1::Reply post(Somebody& who, RoomId where) {
        domain::PostMessage post{.room = where, .text = "hello"};
        post.client_key = bench.home().random().id<ClientKey>();
        return ask(who, std::move(post));
    }

    Bench bench;
    RoomId room;
    Somebody ana, ben;
};

TEST_F(Contacts, AnOfferIsToldToTheOtherAndStandsInBothLists) {
    const auto made = offer(ana, ben);
    ASSERT_TRUE(made.has_offer_made()) << made.ShortDebugString();
    EXPECT_EQ(made.offer_made().offer().person().name(), "Ben");
    EXPECT_EQ(offers_told(ben), 1);
    EXPECT_EQ(list(ana).made_size(), 1);
    ASSERT_EQ(list(ben).received_size(), 1);
    EXPECT_EQ(list(ben).received(0).person().name(), "Ana");
    EXPECT_EQ(offer(ana, ben).offer_made().SerializeAsString(), made.offer_made().SerializeAsString());
    EXPECT_EQ(offers_told(ben), 0);
}

TEST_F(Contacts, OneselfAndAStrangersTokenAreUnknown) {
    EXPECT_EQ(offer(ana, ana).error().code(), v1::ERROR_CODE_PERSON_UNKNOWN);
    Somebody nobody;
    EXPECT_EQ(offer(ana, nobody).error().code(), v1::ERROR_CODE_PERSON_UNKNOWN);
}

TEST_F(Contacts, Look11AnOfferToSomebodyWhoBlocksIsAnsweredTheSameAndNeverTold) {
    block(ben, ana);
    const auto made = offer(ana, ben);
    EXPECT_TRUE(made.has_offer_made());
    EXPECT_EQ(offers_told(ben), 0);
    EXPECT_EQ(list(ben).received_size(), 0);
    EXPECT_EQ(list(ana).made_size(), 1);
}

TEST_F(Contacts, AYesMakesARoomInWhichBothCanTalk) {
    const RoomId direct = become_contacts();
    ASSERT_EQ(list(ana).contacts_size(), 1);
    EXPECT_EQ(list(ana).contacts(0).person().name(), "Ben");
    EXPECT_EQ(list(ben).contacts(0).person().name(), "Ana");
    EXPECT_FALSE(list(ana).contacts(0).resting());
    for (Somebody* one : {&ana, &ben}) {
        const auto resumed = ask(*one, domain::ResumeRoom{direct});
        EXPECT_TRUE(resumed.has_room_resumed()) << resumed.ShortDebugString();
    }
    const auto said = post(ana, direct);
    EXPECT_TRUE(said.has_message_accepted()) << said.ShortDebugString();
    EXPECT_EQ(offer(ana, ben).contact_made().contact().room_id(), list(ana).contacts(0).room_id());
}

TEST_F(Contacts, DisconnectingRestsForTheOtherAlone) {
    const RoomId direct = become_contacts();
    EXPECT_TRUE(ask(ana, domain::Disconnect{direct, false}).has_done());
    EXPECT_EQ(list(ana).contacts_size(), 0);
    ASSERT_EQ(list(ben).contacts_size(), 1);
    EXPECT_TRUE(list(ben).contacts(0).resting());
    EXPECT_EQ(post(ben, direct).error().code(), v1::ERROR_CODE_CONNECTION_RESTING);
    EXPECT_EQ(post(ana, direct).error().code(), v1::ERROR_CODE_NOT_IN_ROOM);
    EXPECT_TRUE(ask(ana, domain::Disconnect{direct, false}).has_done()) << "again";
    EXPECT_TRUE(ask(ana, domain::Disconnect{room, false}).has_done()) << "no contact";
    EXPECT_TRUE(post(ana, room).has_message_accepted()) << "another room is not left by that";
}

TEST_F(Contacts, ABlockEndsTheContactAndLeavesItsRoom) {
    const RoomId direct = become_contacts();
    EXPECT_TRUE(block(ana, ben).has_people_blocked());
    EXPECT_EQ(list(ana).contacts_size(), 0);
    EXPECT_EQ(post(ana, direct).error().code(), v1::ERROR_CODE_NOT_IN_ROOM);
    ASSERT_EQ(list(ben).contacts_size(), 1);
    EXPECT_TRUE(list(ben).contacts(0).resting());
    EXPECT_EQ(post(ben, direct).error().code(), v1::ERROR_CODE_CONNECTION_RESTING);
}

TEST_F(Contacts, SwitchedOffTheyRestForBothAndComeBack) {
    const RoomId direct = become_contacts();
    EXPECT_TRUE(ask(ana, domain::SetContactsOpen{false}).has_done());
    EXPECT_FALSE(list(ana).open());
    EXPECT_TRUE(list(ana).contacts(0).resting());
    EXPECT_TRUE(list(ben).contacts(0).resting());
    EXPECT_EQ(post(ben, direct).error().code(), v1::ERROR_CODE_CONNECTION_RESTING);
    EXPECT_TRUE(ask(ana, domain::SetContactsOpen{true}).has_done());
    EXPECT_FALSE(list(ben).contacts(0).resting());
    EXPECT_TRUE(post(ben, direct).has_message_accepted());
}

TEST_F(Contacts, X3AYesToSomebodyWhoHasBlockedMeanwhileIsTakenAndRests) {
    offer(ana, ben);
    ASSERT_EQ(list(ben).received_size(), 1);
    block(ana, ben);
    const auto made = accept(ben);
    ASSERT_TRUE(made.has_contact_made()) << made.ShortDebugString();
    EXPECT_TRUE(made.contact_made().contact().resting());
    EXPECT_EQ(list(ana).contacts_size(), 0);
}

TEST_F(Contacts, ADeclinedOfferLooksOpenToTheOneWhoMadeIt) {
    offer(ana, ben);
    const auto before = list(ana).SerializeAsString();
    const auto id = id_of<MatterId>(list(ben).received(0).offer_id());
    EXPECT_TRUE(ask(ben, domain::AnswerOffer{id, false}).has_done());
    EXPECT_TRUE(ask(ben, domain::AnswerOffer{id, false}).has_done()) << "again";
    EXPECT_EQ(ask(ben, domain::AnswerOffer{id, true}).error().code(), v1::ERROR_CODE_PERSON_UNKNOWN);
    EXPECT_EQ(list(ana).SerializeAsString(), before);
}

TEST_F(Contacts, AYesSaidTwiceGivesTheSameContact) {
    offer(ana, ben);
    const auto id = id_of<MatterId>(list(ben).received(0).offer_id());
    const auto first = ask(ben, domain::AnswerOffer{id, true});
    const auto second = ask(ben, domain::AnswerOffer{id, true});
    EXPECT_EQ(first.contact_made().SerializeAsString(), second.contact_made().SerializeAsString());
    EXPECT_TRUE(first.has_contact_made());
}

TEST_F(Contacts, AListThatWaitsWhileOneBlocksShowsNothingOfTheOther) {
    become_contacts();
    const auto reply = answer_read_late(ana, domain::ListContacts{}, ana, ben);
    ASSERT_TRUE(reply.has_contacts()) << reply.ShortDebugString();
    EXPECT_EQ(reply.contacts().contacts_size(), 0);
}

TEST_F(Contacts, Look10AListThatWaitsWhileOneIsBlockedStaysAsItWas) {
    become_contacts();
    const auto reply = answer_read_late(ben, domain::ListContacts{}, ana, ben);
    ASSERT_EQ(reply.contacts().contacts_size(), 1) << reply.ShortDebugString();
    EXPECT_EQ(reply.contacts().contacts(0).person().name(), "Ana");
}

TEST_F(Contacts, AnAnswerThatWaitsWhileOneBlocksNamesTheOtherNoMore) {
    const auto reply = answer_read_late(ana, domain::OfferContact{{room, ben.token}}, ana, ben);
    EXPECT_EQ(reply.error().code(), v1::ERROR_CODE_PERSON_UNKNOWN) << reply.ShortDebugString();
}

}  // namespace
}  // namespace kindroom::actors::test
