#include "unit/wire/reading.hpp"
#include "wire/encode.hpp"

namespace kindroom::wire {
namespace {

using samples::bytes_of;
using samples::id_of;
using samples::some_time;

v1::Event event_of(const std::string& bytes) {
    v1::Batch batch;
    EXPECT_TRUE(batch.ParseFromString(bytes));
    return batch.event(0);
}
v1::Event event_of(const domain::Event& event) {
    return event_of(*encode_event(event, Format::binary, samples::cursors()));
}
v1::Reply reply_of(const domain::Reply& reply) {
    return event_of(*encode_reply(7, reply, Format::binary, samples::cursors())).reply();
}
v1::Message message_of(const domain::Message& message) {
    return event_of(samples::step(domain::MessagePosted{message})).room_event().posted().message();
}

constexpr std::int64_t some_time_ms = to_ms(some_time);

TEST(EncodeBoundaries, AMessageCarriesItsLabelsAndThoseItMentionsByTokenAlone) {
    const auto message = message_of(samples::labelled_message());
    EXPECT_EQ(std::vector<std::string>(message.labels().begin(), message.labels().end()),
              (std::vector<std::string>{"grief", "sleep"}));
    ASSERT_EQ(message.mentions_size(), 1);
    EXPECT_EQ(message.mentions(0), bytes_of(0x56));
    EXPECT_FALSE(message.withheld());
    EXPECT_EQ(message.text(), samples::labelled_message().text);
}

TEST(EncodeBoundaries, WordsThatAreWithheldDoNotLeaveTheServer) {
    auto message = samples::labelled_message();
    message.text = "the words themselves";
    message.withheld = true;
    const domain::MessageEdited edited{
        .message = message.id, .text = message.text, .folded = {}, .labels = {"grief"}, .withheld = true};
    std::vector<domain::Event> events;
    events.push_back(samples::step(domain::MessagePosted{message}));
    events.push_back(samples::step(edited));
    std::vector<domain::Reply> replies;
    replies.push_back(domain::HistoryPage{samples::room, {}, {message}, std::nullopt, std::nullopt});
    replies.push_back(
        domain::RoomResumed{samples::card(), samples::person(), {}, {samples::step(edited)}, Position{41}});
    replies.push_back(domain::MessageRevealed{samples::room, message});
    for (const auto format : {Format::binary, Format::json}) {
        for (const auto& event : events)
            EXPECT_EQ(encode_event(event, format, samples::cursors())->find("themselves"), std::string::npos);
        for (const auto& reply : replies)
            EXPECT_EQ(encode_reply(7, reply, format, samples::cursors())->find("themselves"), std::string::npos);
    }
}

TEST(EncodeBoundaries, AWithheldMessageSaysSoAndKeepsAllButItsWords) {
    auto message = samples::labelled_message();
    auto shown = message_of(message);
    message.withheld = true;
    const auto withheld = message_of(message);
    EXPECT_TRUE(withheld.withheld());
    shown.clear_text();
    shown.set_withheld(true);
    EXPECT_EQ(withheld.SerializeAsString(), shown.SerializeAsString());
}

TEST(EncodeBoundaries, AnEditSaysWhetherItsWordsAreWithheld) {
    domain::MessageEdited edited{.message = samples::message, .text = "I slept at last"};
    EXPECT_EQ(event_of(samples::step(edited)).room_event().edited().text(), "I slept at last");
    EXPECT_FALSE(event_of(samples::step(edited)).room_event().edited().withheld());
    edited.withheld = true;
    const auto withheld = event_of(samples::step(edited)).room_event().edited();
    EXPECT_EQ(withheld.message_id(), bytes_of(0x22));
    EXPECT_EQ(withheld.text(), "");
    EXPECT_TRUE(withheld.withheld());
}

// One who heard, or a hundred: the same bytes.
TEST(EncodeBoundaries, WordsThatWereHeardTellNeitherByWhomNorByHowMany) {
    const domain::WordsHeard by_one{samples::room, {id_of<AccountId>(1)}};
    const domain::WordsHeard by_many{samples::room, std::vector<AccountId>(100, id_of<AccountId>(2))};
    EXPECT_EQ(event_of(by_one).words_heard().room_id(), bytes_of(0x11));
    EXPECT_EQ(event_of(by_one).SerializeAsString(), event_of(by_many).SerializeAsString());
}

TEST(EncodeBoundaries, AMessageThatNobodySawReturnsWithItsWords) {
    const auto returned =
        event_of(domain::MessageReturned{samples::room, samples::message, "I slept at last"}).message_returned();
    EXPECT_EQ(returned.room_id(), bytes_of(0x11));
    EXPECT_EQ(returned.message_id(), bytes_of(0x22));
    EXPECT_EQ(returned.text(), "I slept at last");
}

TEST(EncodeBoundaries, AnOfferSaysWhoWhereAndUntilWhen) {
    const domain::Offer offer{
        .id = id_of<MatterId>(0x68), .person = samples::person(), .room = samples::room, .fades_at = some_time};
    const auto check = [](const v1::Offer& shown) {
        EXPECT_EQ(shown.offer_id(), bytes_of(0x68));
        EXPECT_EQ(shown.person().token(), bytes_of(0x55));
        EXPECT_EQ(shown.room_id(), bytes_of(0x11));
        EXPECT_EQ(shown.fades_at_ms(), some_time_ms);
    };
    check(event_of(domain::ContactOffered{.offer = offer, .by = id_of<AccountId>(9)}).contact_offered().offer());
    check(reply_of(domain::OfferMade{offer}).offer_made().offer());
}

TEST(EncodeBoundaries, APostThatIsSeenAtOnceHasNoLaterTime) {
    EXPECT_EQ(reply_of(domain::MessageAccepted{samples::message, some_time}).message_accepted().appears_at_ms(), 0);
    const auto later =
        reply_of(domain::MessageAccepted{samples::message, some_time, some_time + Duration{20'000}}).message_accepted();
    EXPECT_EQ(later.posted_at_ms(), some_time_ms);
    EXPECT_EQ(later.appears_at_ms(), some_time_ms + 20'000);
}

TEST(EncodeBoundaries, ARosterIsWrittenEntryByEntryAsItIsGiven) {
    auto other = samples::person();
    other.token = id_of<PersonToken>(0x56);
    const domain::TrueRoster roster{.at = some_time,
                                    .people = {{id_of<AccountId>(samples::private_byte), samples::person()},
                                               {id_of<AccountId>(samples::private_byte), other}}};
    const auto tokens_of = [](const auto& people) {
        std::vector<std::string> tokens;
        for (const auto& person : people) tokens.push_back(person.token());
        return tokens;
    };
    const std::vector<std::string> expected{bytes_of(0x55), bytes_of(0x56)};
    EXPECT_EQ(tokens_of(reply_of(domain::Roster{samples::room, roster}).roster().people()), expected);
    EXPECT_EQ(tokens_of(reply_of(domain::RoomJoined{samples::card(), samples::person(), roster, Position{1}})
                            .room_joined()
                            .roster()),
              expected);
    EXPECT_EQ(tokens_of(reply_of(domain::RoomResumed{samples::card(), samples::person(), roster, {}, Position{1}})
                            .room_resumed()
                            .roster()),
              expected);
}

TEST(EncodeBoundaries, EachKindOfMuteIsShownAsWhatItIs) {
    const auto shown = [](decltype(domain::Mute::what) what) {
        domain::Boundaries boundaries;
        boundaries.mutes.push_back({.id = id_of<MatterId>(0x66), .what = std::move(what), .room = samples::room});
        return reply_of(std::move(boundaries)).boundaries().mutes(0);
    };
    EXPECT_EQ(shown(samples::person()).person().token(), bytes_of(0x55));
    EXPECT_EQ(shown(domain::WholeRoom{}).what_case(), v1::Mute::kRoom);
    EXPECT_TRUE(shown(domain::WholeRoom{}).room());
    EXPECT_EQ(shown(domain::Words{{"weight", "diet"}}).words().ShortDebugString(), R"(word: "weight" word: "diet")");
    EXPECT_EQ(shown(domain::Words{}).what_case(), v1::Mute::kWords);
    EXPECT_EQ(shown(domain::Label{"grief"}).label(), "grief");
}

TEST(EncodeBoundaries, AMuteSaysWhereAndUntilWhenAndNothingMeansEverywhereAndAlways) {
    domain::Boundaries boundaries;
    boundaries.mutes = {
        {.id = id_of<MatterId>(0x66), .what = domain::Label{"grief"}, .room = {}},
        {.id = id_of<MatterId>(0x69), .what = domain::Label{"grief"}, .room = samples::room, .ends_at = some_time}};
    const auto shown = reply_of(std::move(boundaries)).boundaries();
    EXPECT_EQ(shown.mutes(0).mute_id(), bytes_of(0x66));
    EXPECT_EQ(shown.mutes(0).room_id(), "");
    EXPECT_EQ(shown.mutes(0).ends_at_ms(), 0);
    EXPECT_EQ(shown.mutes(1).room_id(), bytes_of(0x11));
    EXPECT_EQ(shown.mutes(1).ends_at_ms(), some_time_ms);
}

TEST(EncodeBoundaries, ABlockThatDoesNotEndHasNoEnd) {
    domain::Block block{.id = id_of<MatterId>(0x67), .person = samples::person(), .room = samples::room};
    auto blocked = reply_of(domain::PeopleBlocked{{block, block}, "ABCD-EFGH"}).people_blocked();
    ASSERT_EQ(blocked.blocks_size(), 2);
    EXPECT_EQ(blocked.blocks(0).block_id(), bytes_of(0x67));
    EXPECT_EQ(blocked.blocks(0).person().name(), "Ana");
    EXPECT_EQ(blocked.blocks(0).room_id(), bytes_of(0x11));
    EXPECT_EQ(blocked.blocks(0).ends_at_ms(), 0);
    EXPECT_EQ(blocked.report_receipt(), "ABCD-EFGH");
    block.ends_at = some_time;
    const auto listed = reply_of(domain::Boundaries{{}, {block}, {}, {}}).boundaries();
    EXPECT_EQ(listed.blocks(0).ends_at_ms(), some_time_ms);
    EXPECT_EQ(reply_of(domain::UnblockPlanned{some_time}).unblock_planned().takes_effect_at_ms(), some_time_ms);
}

TEST(EncodeBoundaries, AnAbsenceSaysFromWhereUntilWhenAndHowFirmly) {
    const auto open = reply_of(domain::SteppedAway{{}}).stepped_away().away();
    EXPECT_EQ(open.room_id(), "");
    EXPECT_EQ(open.until_ms(), 0);
    EXPECT_FALSE(open.firm());
    const auto firm = reply_of(domain::SteppedAway{{samples::room, some_time, true}}).stepped_away().away();
    EXPECT_EQ(firm.room_id(), bytes_of(0x11));
    EXPECT_EQ(firm.until_ms(), some_time_ms);
    EXPECT_TRUE(firm.firm());
    EXPECT_EQ(reply_of(domain::Boundaries{{}, {}, {}, {{}, {}}}).boundaries().away_size(), 2);
}

TEST(EncodeBoundaries, LabelsAreListedWithWhatWasChosen) {
    const auto labels =
        reply_of(
            domain::Boundaries{{}, {}, {{"grief", domain::LabelChoice::show}, {"sleep", domain::LabelChoice::ask}}, {}})
            .boundaries()
            .labels();
    ASSERT_EQ(labels.size(), 2);
    EXPECT_EQ(labels[0].label(), "grief");
    EXPECT_EQ(labels[0].choice(), v1::LABEL_CHOICE_SHOW);
    EXPECT_EQ(labels[1].choice(), v1::LABEL_CHOICE_ASK);
}

TEST(EncodeBoundaries, AContactIsARoomAPersonAndWhetherItRests) {
    const domain::Contact contact{.room = id_of<RoomId>(0x12), .person = samples::person(), .resting = true};
    const auto made = reply_of(domain::ContactMade{contact}).contact_made().contact();
    EXPECT_EQ(made.room_id(), bytes_of(0x12));
    EXPECT_EQ(made.person().token(), bytes_of(0x55));
    EXPECT_TRUE(made.resting());
    const domain::Offer offer{
        .id = id_of<MatterId>(0x68), .person = samples::person(), .room = samples::room, .fades_at = some_time};
    const auto contacts = reply_of(domain::Contacts{{contact}, {offer}, {offer, offer}, false}).contacts();
    EXPECT_EQ(contacts.contacts_size(), 1);
    EXPECT_EQ(contacts.received_size(), 1);
    EXPECT_EQ(contacts.made_size(), 2);
    EXPECT_FALSE(contacts.open());
}

TEST(EncodeBoundaries, ShortAnswersSayTheirOneThing) {
    EXPECT_TRUE(reply_of(domain::HeadsUp{true}).heads_up().blocked_person_here());
    EXPECT_TRUE(reply_of(domain::HeadsUp{false}).has_heads_up());
    EXPECT_EQ(reply_of(domain::Muted{id_of<MatterId>(0x66)}).muted().mute_id(), bytes_of(0x66));
    EXPECT_TRUE(reply_of(domain::Returned{true}).returned().something_new());
    EXPECT_TRUE(reply_of(domain::Returned{false}).has_returned());
    const auto revealed = reply_of(domain::MessageRevealed{samples::room, samples::labelled_message()});
    EXPECT_EQ(revealed.message_revealed().message().text(), samples::labelled_message().text);
}

}  // namespace
}  // namespace kindroom::wire
