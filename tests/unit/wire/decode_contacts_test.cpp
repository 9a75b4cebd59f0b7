#include "unit/wire/reading.hpp"

namespace kindroom::wire {
namespace {

using samples::bytes_of;
using samples::id_of;

TEST(DecodeContacts, AnOfferNamesOnePersonOfARoom) {
    expect_read<domain::OfferContact>(sample("offer_contact"), [](const domain::OfferContact& offer) {
        EXPECT_EQ(offer.person, (domain::PersonRef{samples::room, id_of<PersonToken>(0x55)}));
    });
}

TEST(DecodeContacts, AnOfferToNobodyIsRefused) {
    auto request = sample("offer_contact");
    request.mutable_offer_contact()->clear_person();
    EXPECT_EQ(refusal(request), bad("person"));
    for (const auto& wrong : wrong_ids()) {
        auto offer = sample("offer_contact");
        auto& person = *offer.mutable_offer_contact()->mutable_person();
        person.set_room_id(wrong);
        EXPECT_EQ(refusal(offer), bad("room_id")) << wrong.size() << " bytes";
        person.set_room_id(bytes_of(0x11));
        person.set_token(wrong);
        EXPECT_EQ(refusal(offer), bad("token")) << wrong.size() << " bytes";
    }
}

TEST(DecodeContacts, AnAnswerSaysToWhichOfferAndIsNoUnlessItIsYes) {
    auto request = sample("answer_offer");
    expect_read<domain::AnswerOffer>(request, [](const domain::AnswerOffer& answer) {
        EXPECT_EQ(answer.offer, id_of<MatterId>(0x68));
        EXPECT_TRUE(answer.accept);
    });
    request.mutable_answer_offer()->clear_accept();
    expect_read<domain::AnswerOffer>(request, [](const domain::AnswerOffer& answer) { EXPECT_FALSE(answer.accept); });
}

TEST(DecodeContacts, ListContactsIsItsKindAlone) {
    expect_read<domain::ListContacts>(sample("list_contacts"), [](const domain::ListContacts&) {});
}

TEST(DecodeContacts, DisconnectNamesTheContactAndWhatBecomesOfTheWords) {
    auto request = sample("disconnect");
    expect_read<domain::Disconnect>(request, [](const domain::Disconnect& disconnect) {
        EXPECT_EQ(disconnect.contact, id_of<RoomId>(0x12));
        EXPECT_TRUE(disconnect.take_words_along);
    });
    request.mutable_disconnect()->clear_take_words_along();
    expect_read<domain::Disconnect>(
        request, [](const domain::Disconnect& disconnect) { EXPECT_FALSE(disconnect.take_words_along); });
}

TEST(DecodeContacts, ContactsAreSwitchedOnOrOff) {
    auto request = sample("set_contacts_open");
    expect_read<domain::SetContactsOpen>(request, [](const domain::SetContactsOpen& set) { EXPECT_TRUE(set.open); });
    request.mutable_set_contacts_open()->set_open(false);
    expect_read<domain::SetContactsOpen>(request, [](const domain::SetContactsOpen& set) { EXPECT_FALSE(set.open); });
}

TEST(DecodeContacts, AnIdOfAnotherLengthOrOfZerosIsRefusedByName) {
    expect_id_is_checked("answer_offer", "offer_id");
    expect_id_is_checked("disconnect", "room_id");
}

}  // namespace
}  // namespace kindroom::wire
