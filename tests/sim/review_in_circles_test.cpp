// What the house looks for, where nobody is to learn whose words they are.
#include <algorithm>
#include <gtest/gtest.h>

#include "sim/circles.hpp"
#include "sim/deciding.hpp"
#include "sim/reviewing.hpp"

namespace kindroom::sim {
namespace {

class ReviewingCircles : public Circles {
  protected:
    void sit_down() {
        open_circle();
        world_->ground().filters = some_filters();
        world_->kill_server();
        world_->pass(Duration{5'000});
        EXPECT_TRUE(world_->ask(*mira_, go_on_duty(room_)).has_on_duty());
        gather_in_turns();
    }
    static std::vector<v1::Event> heard(const Device& device, v1::Event::KindCase kind) {
        std::vector<v1::Event> events;
        std::ranges::copy_if(device.heard, std::back_inserter(events),
                             [&](const v1::Event& event) { return event.kind_case() == kind; });
        return events;
    }
};

TEST_F(ReviewingCircles, AnUnsignedShareThatWouldHaveToWaitIsNotTakenAndOnlyItsAuthorIsTold) {
    sit_down();
    EXPECT_EQ(share(*ana_, "see https://example.org").error().code(), v1::ERROR_CODE_WOULD_BE_HELD);
    settle();
    const auto acted = heard(*ana_, v1::Event::kFiltersActed);
    ASSERT_EQ(acted.size(), 1u);
    EXPECT_EQ(acted.front().filters_acted().filters(0).filter_id(), "links");
    EXPECT_TRUE(heard(*mira_, v1::Event::kHeldWaiting).empty());
    EXPECT_EQ(world_->ask(*mira_, list_for_review(room_)).held_for_review().held_size(), 0);
}

TEST_F(ReviewingCircles, WhoseWordsAreHeldSharesNothingUnsignedAndIsToldWhy) {
    sit_down();
    const auto hold = about(person(*ana_), v1::DECISION_ACTION_HOLD, Duration{3'600'000});
    const auto decision = world_->ask(*mira_, request(hold)).decision_taken().decision();
    const auto refused = share(*ana_, "something hard to say").error();
    EXPECT_EQ(refused.code(), v1::ERROR_CODE_WOULD_BE_HELD);
    EXPECT_EQ(refused.decision().decision_id(), decision.decision_id());
    settle();
    EXPECT_TRUE(heard(*mira_, v1::Event::kHeldWaiting).empty());
    EXPECT_TRUE(share(*ben_, "and so do I").has_message_accepted()) << "nobody else's";
}

TEST_F(ReviewingCircles, X8AnUnsignedCryForHelpIsTakenAndAModeratorCalledWhoDoesNotLearnWhoseItIs) {
    sit_down();
    const auto reply = share(*ana_, "I want to die");
    ASSERT_TRUE(reply.has_message_accepted()) << reply.ShortDebugString();
    EXPECT_FALSE(reply.message_accepted().has_held());
    settle();
    EXPECT_EQ(heard(*ana_, v1::Event::kHelpOffered).size(), 1u);
    const auto needed = heard(*mira_, v1::Event::kModeratorNeeded);
    ASSERT_EQ(needed.size(), 1u);
    EXPECT_EQ(needed.front().moderator_needed().room_id(), room_);
    EXPECT_TRUE(needed.front().moderator_needed().message_id().empty());
}

}  // namespace
}  // namespace kindroom::sim
