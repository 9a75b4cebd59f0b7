// Objections: with a code and without a session, to somebody else, and what is undone.
#include "sim/reporting.hpp"

namespace kindroom::sim {
namespace {

v1::Request appeal(const std::string& code, const std::string& words = "It was not me.") {
    v1::Request request;
    request.mutable_appeal()->set_code(code);
    request.mutable_appeal()->set_words(words);
    return request;
}
v1::Request get_appeal(const std::string& code) {
    v1::Request request;
    request.mutable_get_appeal()->set_code(code);
    return request;
}
v1::Request answer_appeal(const std::string& id, v1::CaseOutcome outcome) {
    auto request = resolve_case(id);
    request.mutable_resolve_case()->set_outcome(outcome);
    return request;
}

class Appealing : public Reporting {
  protected:
    // Mira decides about Ben; his code. Noor looks after the house too.
    std::string decided_about_ben(v1::DecisionAction action, Duration lasts) {
        come_in_with_mira();
        noor_ = &moderator("Noor");
        v1::Request request;
        auto& decide = *request.mutable_decide();
        decide.set_room_id(room_);
        decide.set_token(person(*ben_).token);
        decide.set_action(action);
        decide.set_rule_id("kind");
        decide.set_facts("was unkind");
        decide.set_lasts_ms(lasts.count());
        EXPECT_TRUE(world_->ask(*mira_, request).has_decision_taken());
        settle();
        for (const auto& event : ben_->heard)
            if (event.has_decision_made()) return event.decision_made().decision().appeal_code();
        ADD_FAILURE() << "Ben was told nothing";
        return {};
    }
    std::string only_case_of(Device& device) {
        const auto all = queue(device);
        EXPECT_EQ(all.size(), 1u);
        return all.empty() ? std::string() : all.front().case_id();
    }

    Device* noor_ = nullptr;
};

TEST_F(Appealing, SomebodyElseReversesItWhatItDidIsUndoneAndTheyAreTold) {
    open();
    const auto code = decided_about_ben(v1::DECISION_ACTION_LISTEN_ONLY, Duration{3'600'000});
    EXPECT_TRUE(say(*ben_, "may I?").has_error());
    Device& stranger = world_->new_device();
    stranger.begin();
    EXPECT_EQ(world_->ask(stranger, get_appeal(code)).error().code(), v1::ERROR_CODE_NOT_FOUND);
    EXPECT_TRUE(world_->ask(stranger, appeal(code)).has_appeal_status()) << "no session is needed";
    settle();
    EXPECT_EQ(heard(*mira_, v1::Event::kCaseWaiting), 0) << "she decided it";
    EXPECT_TRUE(queue(*mira_).empty());
    const auto id = only_case_of(*noor_);
    EXPECT_EQ(world_->ask(*mira_, open_case(id)).error().code(), v1::ERROR_CODE_NOT_FOUND);
    EXPECT_EQ(world_->ask(*mira_, answer_appeal(id, v1::CASE_OUTCOME_UPHELD)).error().code(),
              v1::ERROR_CODE_NOT_FOUND);
    restart();
    const auto opened = world_->ask(*noor_, open_case(id)).case_opened();
    EXPECT_EQ(opened.report().words(), "It was not me.");
    EXPECT_EQ(opened.decision().facts(), "was unkind");
    EXPECT_TRUE(opened.decision().appeal_code().empty());
    EXPECT_TRUE(world_->ask(*noor_, answer_appeal(id, v1::CASE_OUTCOME_REVERSED)).has_done());
    settle();
    EXPECT_EQ(heard(*ben_, v1::Event::kDecisionReversed), 1);
    EXPECT_TRUE(say(*ben_, "may I?").has_message_accepted());
    const auto status = world_->ask(stranger, get_appeal(code)).appeal_status();
    EXPECT_EQ(status.outcome(), v1::CASE_OUTCOME_REVERSED);
    EXPECT_EQ(world_->ask(stranger, appeal(code)).appeal_status().outcome(), v1::CASE_OUTCOME_REVERSED);
}

TEST_F(Appealing, AReversalThatACrashInterruptedIsDoneAfterwards) {
    open();
    const auto code = decided_about_ben(v1::DECISION_ACTION_LISTEN_ONLY, Duration{3'600'000});
    EXPECT_TRUE(world_->ask(*ben_, appeal(code)).has_appeal_status());
    const auto id = only_case_of(*noor_);
    world_->set_store_policy(
        [](auto work) { return work == store::MemoryStore::Work::commit ? Outcome::crash_after : Outcome::ok; });
    noor_->ask(answer_appeal(id, v1::CASE_OUTCOME_REVERSED));
    EXPECT_TRUE(world_->pass_until([&] { return !world_->is_up(); }));
    // Nobody asks again.
    noor_->stay_away(true);
    world_->set_store_policy({});
    EXPECT_TRUE(world_->pass_until([&] { return world_->is_up() && ben_->is_connected(); }));
    world_->pass(Duration{5'000});
    EXPECT_TRUE(say(*ben_, "may I?").has_message_accepted());
}

TEST_F(Appealing, CodesThatAreNoneAreAnsweredAlike) {
    open();
    come_in_with_mira();
    const auto receipt = reports(*ana_, said(*ben_, "go away")).report_received().receipt();
    for (const auto& code : {std::string("ABCD-EFGH"), receipt, std::string()})
        EXPECT_EQ(world_->ask(*ana_, appeal(code)).error().code(), v1::ERROR_CODE_APPEAL_INVALID) << "not dismissed";
}

TEST_F(Appealing, X6NobodyInTheSameNetworkShutsSomebodyOutOfAnAppeal) {
    Limits limits = quick();
    limits.sign_in_tries_per_network = 1;
    open(limits);
    const auto code = decided_about_ben(v1::DECISION_ACTION_LISTEN_ONLY, Duration{3'600'000});
    world_->come_from_afar();
    Device& stranger = world_->new_device();
    stranger.begin();
    for (std::uint32_t n = 0; n < limits.appeal_tries_per_network; ++n)
        EXPECT_EQ(world_->ask(stranger, appeal(std::to_string(n))).error().code(), v1::ERROR_CODE_APPEAL_INVALID) << n;
    const auto refused = world_->ask(stranger, get_appeal("one more")).error();
    EXPECT_EQ(refused.code(), v1::ERROR_CODE_RATE_LIMITED) << "appeal_tries_per_network";
    EXPECT_GT(refused.retry_at_ms(), 0);
    Device& signed_out = world_->new_device();
    signed_out.begin();
    EXPECT_TRUE(world_->ask(signed_out, appeal(code)).has_appeal_status());
    EXPECT_TRUE(world_->ask(signed_out, get_appeal(code)).has_appeal_status());
    EXPECT_TRUE(world_->ask(signed_out, sign_in(ben_->login_id())).has_signed_in()) << "nor out of their account";
}

TEST_F(Appealing, ADismissedReportIsLookedAtAgainBySomebodyElse) {
    open();
    come_in_with_mira();
    noor_ = &moderator("Noor");
    const auto receipt = reports(*ana_, said(*ben_, "go away")).report_received().receipt();
    const auto id = only_case();
    EXPECT_TRUE(world_->ask(*mira_, dismiss_case(id)).has_done());
    EXPECT_TRUE(world_->ask(*ana_, appeal(receipt, "look again")).has_appeal_status());
    EXPECT_TRUE(queue(*mira_).empty());
    const auto appealed = only_case_of(*noor_);
    EXPECT_TRUE(world_->ask(*noor_, answer_appeal(appealed, v1::CASE_OUTCOME_REVERSED)).has_done());
    settle();
    EXPECT_TRUE(queue(*mira_).empty());
    EXPECT_EQ(only_case_of(*noor_), id);
    EXPECT_GE(heard(*ana_, v1::Event::kAppealAnswered), 1);
}

}  // namespace
}  // namespace kindroom::sim
