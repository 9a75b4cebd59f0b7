#include "unit/wire/reading.hpp"

namespace kindroom::wire {
namespace {

using samples::bytes_of;
using samples::id_of;

TEST(DecodeDecisions, ADecisionIsReadWhole) {
    expect_read<domain::Decide>(sample("decide"), [](const domain::Decide& decide) {
        EXPECT_EQ(decide.room, samples::room);
        EXPECT_EQ(decide.token, id_of<PersonToken>(0x55));
        EXPECT_EQ(decide.message, std::nullopt);
        EXPECT_EQ(decide.action, domain::DecisionAction::listen_only);
        EXPECT_EQ(decide.rule_id, "kind");
        EXPECT_EQ(decide.facts, "Told Ana to leave.");
        EXPECT_EQ(decide.lasts, Duration{3'600'000});
        EXPECT_TRUE(decide.everywhere);
        EXPECT_TRUE(decide.urgent);
        EXPECT_EQ(decide.source, domain::DecisionSource::report);
    });
    expect_read<domain::Decide>(sample("decide_about_a_message"), [](const domain::Decide& decide) {
        EXPECT_EQ(decide.token, std::nullopt);
        EXPECT_EQ(decide.message, samples::message);
        EXPECT_EQ(decide.action, domain::DecisionAction::retract);
        EXPECT_EQ(decide.source, domain::DecisionSource::own);
    });
    expect_read<domain::Decide>(sample("decide_hold"), [](const domain::Decide& decide) {
        EXPECT_EQ(decide.action, domain::DecisionAction::hold);
        EXPECT_EQ(decide.lasts, Duration{3'600'000});
    });
}

TEST(DecodeDecisions, ExactlyOnePersonIsMeant) {
    auto both = sample("decide");
    both.mutable_decide()->set_message_id(bytes_of(0x22));
    EXPECT_EQ(refusal(both), bad("token"));
    auto nobody = sample("decide");
    nobody.mutable_decide()->clear_token();
    EXPECT_EQ(refusal(nobody), bad("token"));
    expect_id_is_checked("decide", "room_id");
    expect_id_is_checked("confirm_decision", "decision_id");
}

TEST(DecodeDecisions, AnActAndATimeThatExist) {
    auto nothing = sample("decide");
    nothing.mutable_decide()->clear_action();
    EXPECT_EQ(refusal(nothing), bad("action"));
    auto backwards = sample("decide");
    backwards.mutable_decide()->set_lasts_ms(-1);
    EXPECT_EQ(refusal(backwards), bad("lasts_ms"));
}

TEST(DecodeDecisions, NobodyCanSayThatARuleOfTheServerDecided) {
    auto request = sample("decide");
    request.mutable_decide()->set_source(v1::DECISION_SOURCE_RULE);
    EXPECT_EQ(refusal(request), bad("source"));
}

TEST(EncodeDecisions, WhoDecidedIsNowhereInAFrame) {
    const auto* fields = v1::Decision::descriptor();
    for (int i = 0; i < fields->field_count(); ++i)
        for (const char* word : {"account", "moderator", "person"})
            EXPECT_EQ(fields->field(i)->name().find(word), std::string::npos) << fields->field(i)->name();
}

}  // namespace
}  // namespace kindroom::wire
