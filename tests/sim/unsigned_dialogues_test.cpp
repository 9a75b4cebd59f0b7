// What is said in a circle without a name.
#include <gtest/gtest.h>

#include "sim/circles.hpp"
#include "sim/deciding.hpp"
#include "sim/reporting.hpp"

namespace kindroom::sim {
namespace {

class Unsigned : public Circles {};

TEST_F(Unsigned, AnUnsignedShareIsShownWhenTheTurnIsOverAndIsNobodys) {
    open_circle();
    gather_in_turns();
    EXPECT_EQ(hand(*cleo_), nothing);
    const auto shared = share(*ana_, "what I could not say");
    ASSERT_TRUE(shared.has_message_accepted()) << shared.ShortDebugString();
    EXPECT_GT(shared.message_accepted().appears_at_ms(), 0);
    world_->pass(Duration{60'000});
    EXPECT_EQ(cleo_->log, Lines{}) << "it interrupts nobody";
    world_->pass(Duration{61'000});
    EXPECT_EQ(cleo_->log, Lines{"+what I could not say"});
    for (Device* reader : {ana_, cleo_, mira_}) {
        const auto message = found(*reader, "what I could not say");
        EXPECT_EQ(message.author().voice(), v1::VOICE_UNSIGNED);
        EXPECT_TRUE(message.author().token().empty() && message.author().name().empty() &&
                    message.author().sign().empty());
    }
    EXPECT_EQ(reflect(), nothing);
    settle();
    EXPECT_EQ(circle(*mira_).unheard_size(), 3) << "that somebody was heard would tell who it was";
    EXPECT_TRUE(world_->ask(*ana_, retract(room_, shared.message_accepted().message_id())).has_done());
    settle();
    EXPECT_EQ(read(*cleo_), Lines{});
}

TEST_F(Unsigned, AnUnsignedShareIsForThoseWhoSitTogether) {
    open_circle();
    gather();
    EXPECT_EQ(share(*ana_, "too early").error().code(), v1::ERROR_CODE_NOT_SEATED);
    EXPECT_EQ(draw(), nothing);
    EXPECT_EQ(share(*ana_, "too early").error().code(), v1::ERROR_CODE_NOT_NOW);
    for (int i = 0; i < 3; ++i) next();
    EXPECT_EQ(share(*mira_, "not mine").error().code(), v1::ERROR_CODE_NOT_SEATED);
    EXPECT_TRUE(share(*ana_, "too late to be shown").has_message_accepted());
    close();
    close();
    world_->pass(Duration{300'000});
    EXPECT_EQ(read(*ben_), Lines{});
    const auto returned = std::count_if(ana_->heard.begin(), ana_->heard.end(),
                                        [](const v1::Event& event) { return event.has_message_returned(); });
    EXPECT_EQ(returned, 1);
}

TEST_F(Unsigned, AModeratorTakesBackAnUnsignedShareWithoutLearningWhoseItIs) {
    open_circle();
    gather_in_turns();
    EXPECT_TRUE(share(*ana_, "without a name").has_message_accepted());
    world_->pass(Duration{121'000});
    const std::string shared = found(*mira_, "without a name").message_id();
    auto remove = about({room_, {}}, v1::DECISION_ACTION_REMOVE);
    remove.set_message_id(shared);
    EXPECT_EQ(refusal(*mira_, request(remove)), v1::ERROR_CODE_NOT_ALLOWED) << "one look at the roster would tell";
    blocks(*mira_, *ana_);
    EXPECT_EQ(refusal(*mira_, take_back(room_, shared)), nothing) << "who is recused would know whose it is";
    settle();
    EXPECT_EQ(read(*cleo_), Lines{});
    const auto told = std::count_if(ana_->heard.begin(), ana_->heard.end(),
                                    [](const v1::Event& event) { return event.has_decision_made(); });
    EXPECT_EQ(told, 1);
}

TEST_F(Unsigned, OnlyACaseAboutItOpensWhoseItIs) {
    open_circle();
    gather_in_turns();
    EXPECT_TRUE(share(*ana_, "without a name").has_message_accepted());
    world_->pass(Duration{121'000});
    EXPECT_TRUE(world_->ask(*ben_, report_person(person(*ana_), "was unkind")).has_report_received());
    auto cases = world_->ask(*mira_, list_cases()).cases();
    ASSERT_EQ(cases.cases_size(), 1);
    const auto person_case = world_->ask(*mira_, open_case(cases.cases(0).case_id())).case_opened();
    EXPECT_EQ(person_case.report().evidence_size(), 0) << "a report about her opens none";
    const auto words = found(*ben_, "without a name");
    EXPECT_TRUE(world_->ask(*ben_, report_message(room_, words.message_id(), "names me")).has_report_received());
    cases = world_->ask(*mira_, list_cases()).cases();
    ASSERT_EQ(cases.cases_size(), 2);
    for (const auto& card : cases.cases()) {
        if (card.kind() != v1::CASE_KIND_MESSAGE) continue;
        EXPECT_EQ(card.about(0).name(), "Ana");
        const auto shown = world_->ask(*mira_, open_case(card.case_id())).case_opened().report();
        ASSERT_EQ(shown.evidence_size(), 1);
        EXPECT_EQ(shown.evidence(0).author().name(), "Ana");
        EXPECT_EQ(shown.evidence(0).author().voice(), v1::VOICE_UNSIGNED);
    }
}

TEST_F(Unsigned, NobodyFindsOutWhoseItIsByMutingAndBlockingOneAfterTheOther) {
    open_circle();
    gather_in_turns();
    EXPECT_TRUE(share(*ana_, "without a name").has_message_accepted());
    world_->pass(Duration{121'000});
    ASSERT_EQ(read(*ben_), Lines{"without a name"});
    EXPECT_TRUE(world_->ask(*ben_, mute(person(*ana_))).has_muted());
    EXPECT_EQ(read(*ben_), Lines{"without a name"});
    // In the sitting he would leave it by that.
    EXPECT_EQ(close(), nothing);
    EXPECT_EQ(close(), nothing);
    blocks(*ben_, *ana_);
    EXPECT_EQ(read(*ben_), Lines{"without a name"});
}

TEST_F(Unsigned, WhatWaitsComesBackToWhoeverLeavesTheSittingByABoundary) {
    open_circle();
    gather_in_turns();
    EXPECT_TRUE(share(*ana_, "without a name").has_message_accepted());
    blocks(*ana_, *ben_);
    world_->pass(Duration{121'000});
    EXPECT_EQ(read(*cleo_), Lines{});
    EXPECT_EQ(read(*ben_), Lines{});
    const auto returned = std::find_if(ana_->heard.begin(), ana_->heard.end(),
                                       [](const v1::Event& event) { return event.has_message_returned(); });
    ASSERT_NE(returned, ana_->heard.end());
    EXPECT_EQ(returned->message_returned().text(), "without a name");
}

}  // namespace
}  // namespace kindroom::sim
