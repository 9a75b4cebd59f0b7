// Several people who keep one away: what moderators learn of it, and that nobody else does.
#include "sim/reporting.hpp"

namespace kindroom::sim {
namespace {

TEST_F(Reporting, ThreeUnrelatedPeopleWhoBlockOneAreOneNoticeLaterAndNobodyElseLearns) {
    Limits limits = quick();
    limits.pattern_delay_min = Duration{3'600'000};
    limits.pattern_delay_max = Duration{7'200'000};
    limits.pattern_people_min = 3;
    open(limits);
    come_in_with_mira();
    Device& dora = member("Dora");
    blocks(*ana_, *ben_);
    blocks(*cleo_, *ben_);
    world_->pass(limits.pattern_delay_max);
    EXPECT_TRUE(queue(*mira_).empty()) << "two are not several";
    const auto bens = overhear(*ben_);
    blocks(dora, *ben_);
    world_->pass(limits.pattern_delay_min - Duration{60'000});
    EXPECT_TRUE(queue(*mira_).empty()) << "not at once, which would tell whose it was";
    restart();
    world_->pass(limits.pattern_delay_max);
    EXPECT_EQ(heard(*mira_, v1::Event::kCaseWaiting), 0) << "duty ended with the restart";
    const auto waiting = queue(*mira_);
    ASSERT_EQ(waiting.size(), 1u);
    EXPECT_EQ(waiting.front().kind(), v1::CASE_KIND_PATTERN);
    EXPECT_EQ(waiting.front().room_id(), room_);
    ASSERT_EQ(waiting.front().about_size(), 1);
    EXPECT_EQ(waiting.front().about(0).name(), "Ben");
    const auto opened = world_->ask(*mira_, open_case(waiting.front().case_id()));
    EXPECT_EQ(opened.case_opened().report().ByteSizeLong(), 0u) << "nobody is named, nothing is counted";
    for (const auto& event : *bens) {
        EXPECT_FALSE(event.has_case_waiting());
        EXPECT_FALSE(event.has_report_answered());
    }
    EXPECT_TRUE(world_->ask(*mira_, dismiss_case(waiting.front().case_id())).has_done());
    Device& emil = member("Emil");
    blocks(emil, *ben_);
    world_->pass(limits.pattern_delay_max);
    EXPECT_TRUE(queue(*mira_).empty()) << "once, until " << limits.pattern_again.count() << " ms have passed";
}

TEST_F(Reporting, OnePersonsAccountsAreNotSeveralPeople) {
    Limits limits = quick();
    limits.pattern_delay_min = limits.pattern_delay_max = Duration{3'600'000};
    open(limits);
    come_in_with_mira();
    Device& dora = member("Dora");
    EXPECT_TRUE(
        world_->ask(*mira_, link_people(room_, person(*ana_).token, person(dora).token)).has_done());
    for (Device* one : {ana_, cleo_, &dora}) blocks(*one, *ben_);
    world_->pass(2 * limits.pattern_delay_max);
    EXPECT_TRUE(queue(*mira_).empty());
    EXPECT_TRUE(world_->ground().disk->load_cases().cases.empty()) << "nothing of it is kept";
}

}  // namespace
}  // namespace kindroom::sim
