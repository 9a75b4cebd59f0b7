// Heard, breath, labels, contacts: what passes between two people who want it.
#include <gtest/gtest.h>

#include "sim/boundaries.hpp"

namespace kindroom::sim {
namespace {

// ---- heard ----------------------------------------------------------------------------------------------------------

TEST_F(Boundaries, AnAuthorLearnsAtTheEndOfAMinuteThatTheyWereHeard) {
    open();
    come_in();
    const auto words = said(*ana_, "it has been a year");
    settle();
    const auto told = overhear(*ana_);
    for (Device* device : {ben_, cleo_})
        for (int i = 0; i < 2; ++i) EXPECT_TRUE(world_->ask(*device, hear(room_, words)).has_done());
    EXPECT_TRUE(world_->ask(*ana_, hear(room_, words)).has_done()) << "one's own is no sign";
    world_->pass(Duration{121'000});
    Lines kinds;
    for (const auto& event : *told)
        if (event.has_words_heard()) kinds.push_back(event.ShortDebugString());
    EXPECT_EQ(kinds.size(), 1u) << "not how many, not how often";
    EXPECT_EQ(v1::WordsHeard::descriptor()->field_count(), 1) << "not by whom";
}

TEST_F(Boundaries, NobodyIsToldThatTheyWereHeardBySomebodyTheyDoNotSee) {
    open();
    come_in();
    const auto words = said(*ana_, "it has been a year");
    settle();
    const auto told = overhear(*ana_);
    EXPECT_TRUE(world_->ask(*ben_, hear(room_, words)).has_done());
    blocks(*ana_, *ben_);
    world_->pass(Duration{121'000});
    for (const auto& event : *told) EXPECT_FALSE(event.has_words_heard());
}

// ---- breath ---------------------------------------------------------------------------------------------------------

v1::Request after_a_breath(v1::Request request, Duration breath) {
    request.mutable_post_message()->set_breath_ms(static_cast<std::uint32_t>(breath.count()));
    return request;
}

TEST_F(Boundaries, WordsWithABreathAreSeenAfterIt) {
    open();
    come_in();
    const auto reply = world_->ask(*ana_, after_a_breath(post(room_, key(), "I think"), Duration{10'000}));
    ASSERT_TRUE(reply.has_message_accepted());
    EXPECT_GT(reply.message_accepted().appears_at_ms(), to_ms(world_->ground().clock.now()) + 9'000);
    world_->pass(Duration{9'000});
    EXPECT_EQ(ben_->log, Lines{});
    EXPECT_EQ(read(*ben_), Lines{});
    world_->pass(Duration{1'500});
    EXPECT_EQ(ben_->log, Lines{"+I think"});
    EXPECT_EQ(ana_->log, Lines{"+I think"});
}

TEST_F(Boundaries, ABreathCanBeTakenBackWithoutATrace) {
    open();
    come_in();
    const auto told = overhear(*ben_);
    const auto reply = world_->ask(*ana_, after_a_breath(post(room_, key(), "no"), Duration{10'000}));
    EXPECT_TRUE(world_->ask(*ana_, retract(room_, reply.message_accepted().message_id())).has_done());
    world_->pass(Duration{20'000});
    EXPECT_TRUE(told->empty());
    EXPECT_EQ(read(*ben_), Lines{});
}

TEST_F(Boundaries, ABreathIsKeptOverARestart) {
    open();
    come_in();
    const auto again = after_a_breath(post(room_, key(), "still here"), Duration{20'000});
    const auto reply = world_->ask(*ana_, again);
    world_->kill_server(Duration{2'000});
    world_->pass(Duration{8'000});
    EXPECT_EQ(world_->ask(*ana_, again).message_accepted().message_id(), reply.message_accepted().message_id());
    EXPECT_EQ(ben_->log, Lines{});
    world_->pass(Duration{12'000});
    EXPECT_EQ(ben_->log, Lines{"+still here"});
}

TEST_F(Boundaries, ABreathThatCannotBeShownComesBackWithItsWords) {
    open();
    come_in();
    EXPECT_TRUE(
        world_->ask(*ana_, after_a_breath(post(room_, key(), "too late"), Duration{10'000})).has_message_accepted());
    EXPECT_TRUE(world_->ask(*ana_, leave(room_)).has_done());
    world_->pass(Duration{12'000});
    EXPECT_EQ(ben_->log, Lines{});
    ASSERT_FALSE(ana_->heard.empty());
    EXPECT_EQ(ana_->heard.back().message_returned().text(), "too late");
}

// ---- labels ---------------------------------------------------------------------------------------------------------

TEST_F(Boundaries, LabelledWordsAreWithheldUntilTheyAreAskedFor) {
    open();
    come_in();
    auto request = create_room("Porch");
    request.mutable_create_room()->mutable_settings()->add_content_labels("grief");
    room_ = world_->ask(*operator_, request).room_card().room().room_id();
    for (Device* device : {ana_, ben_, cleo_}) EXPECT_TRUE(world_->ask(*device, join(room_, "One")).has_room_joined());
    EXPECT_TRUE(world_->ask(*cleo_, choose_label("grief", v1::LABEL_CHOICE_SHOW)).has_done());
    auto words = post(room_, key(), "about my father");
    words.mutable_post_message()->add_labels("grief");
    const auto told = overhear(*ben_);
    const auto id = world_->ask(*ana_, words).message_accepted().message_id();
    settle();
    EXPECT_EQ(ana_->log, Lines{"+about my father"});
    EXPECT_EQ(cleo_->log, Lines{"+about my father"});
    ASSERT_EQ(told->size(), 1u);
    EXPECT_TRUE(told->front().room_event().posted().message().withheld());
    EXPECT_EQ(told->front().SerializeAsString().find("father"), std::string::npos);
    EXPECT_EQ(world_->ask(*ben_, reveal(room_, id)).message_revealed().message().text(), "about my father");
    EXPECT_TRUE(page(*ben_).messages(0).withheld()) << "only asked for, not chosen";
    EXPECT_TRUE(world_->ask(*ana_, edit(room_, id, "about my mother")).has_done());
    settle();
    EXPECT_EQ(told->back().SerializeAsString().find("mother"), std::string::npos);
    auto unknown = post(room_, key(), "x");
    unknown.mutable_post_message()->add_labels("unheard of");
    EXPECT_EQ(world_->ask(*ana_, unknown).error().code(), v1::ERROR_CODE_INVALID_ARGUMENT);
}

// ---- contacts -------------------------------------------------------------------------------------------------------

TEST_F(Boundaries, TwoContactsTalkUntilOneOfThemEndsIt) {
    open();
    come_in();
    const auto between = befriend(*ana_, *ben_);
    EXPECT_TRUE(post_to(*ana_, between, "hello, Ben").has_message_accepted());
    EXPECT_TRUE(post_to(*ben_, between, "hello, Ana").has_message_accepted());
    EXPECT_EQ(world_->ask(*cleo_, join(between, "Cleo")).error().code(), v1::ERROR_CODE_ROOM_UNAVAILABLE);
    EXPECT_TRUE(world_->ask(*ana_, disconnect(between)).has_done());
    EXPECT_EQ(world_->ask(*ana_, list_contacts()).contacts().contacts_size(), 0);
    const auto bens = world_->ask(*ben_, list_contacts()).contacts();
    ASSERT_EQ(bens.contacts_size(), 1);
    EXPECT_TRUE(bens.contacts(0).resting());
    EXPECT_EQ(post_to(*ben_, between, "are you there?").error().code(), v1::ERROR_CODE_CONNECTION_RESTING);
}

TEST_F(Boundaries, DecliningAnOfferLooksLikeIgnoringIt) {
    Limits limits = quick();
    limits.offer_fades = Duration{600'000};
    open(limits);
    come_in();
    Device& dora = member("Dora");
    EXPECT_TRUE(world_->ask(*ana_, offer_contact(person(*ben_))).has_offer_made());
    EXPECT_TRUE(world_->ask(*ana_, offer_contact(person(dora))).has_offer_made());
    settle();
    const auto offers = world_->ask(*ben_, list_contacts()).contacts();
    ASSERT_EQ(offers.received_size(), 1);
    const auto told = overhear(*ana_);
    EXPECT_TRUE(world_->ask(*ben_, answer_offer(offers.received(0).offer_id(), false)).has_done());
    settle();
    EXPECT_TRUE(told->empty());
    EXPECT_EQ(world_->ask(*ana_, list_contacts()).contacts().made_size(), 2);
    EXPECT_EQ(world_->ask(*ben_, list_contacts()).contacts().received_size(), 0);
    for (Device* other : {ben_, &dora})
        EXPECT_TRUE(world_->ask(*ana_, offer_contact(person(*other))).has_offer_made()) << "it is the one that is open";
    world_->pass(limits.offer_fades);
    for (Device* other : {ben_, &dora})
        EXPECT_EQ(world_->ask(*ana_, offer_contact(person(*other))).error().code(), v1::ERROR_CODE_OFFERED_BEFORE);
}

TEST_F(Boundaries, ABlockEndsAContactForGoodAndTheOtherOneSeesItRest) {
    open();
    come_in();
    const auto between = befriend(*ana_, *ben_);
    EXPECT_TRUE(post_to(*ana_, between, "hello, Ben").has_message_accepted());
    settle();
    blocks(*ana_, *ben_);
    EXPECT_EQ(world_->ask(*ana_, list_contacts()).contacts().contacts_size(), 0);
    const auto bens = world_->ask(*ben_, list_contacts()).contacts();
    ASSERT_EQ(bens.contacts_size(), 1);
    EXPECT_TRUE(bens.contacts(0).resting());
}

}  // namespace
}  // namespace kindroom::sim
