// What a device is told that is told whole: once, and not again before it has changed for its viewer.
#include "actors/told.hpp"

#include <gtest/gtest.h>
#include <string>

namespace kindroom::actors {
namespace {

using View = std::string;

bus::PublicationPtr a_publication() { return std::make_shared<const bus::Publication>(); }
std::shared_ptr<const View> seen(View view) { return std::make_shared<const View>(std::move(view)); }

TEST(Told, WhatIsTheSameForItsViewerChangesNothing) {
    Told<View> told;
    EXPECT_TRUE(told.changes("Ana"));
    told.queue("Ana", a_publication(), 1);
    EXPECT_FALSE(told.changes("Ana"));
    EXPECT_TRUE(told.changes("Ana, Ben"));
}

TEST(Told, WhatWaitsIsLookedAtAnewOnlyWhereTheViewerLooksOtherwise) {
    Told<View> told;
    const auto first = a_publication();
    const auto second = a_publication();
    told.queue("Ana", first, 1);
    told.queue("Ana, Ben", second, 1);
    EXPECT_EQ(told.queued(first, 1), nullptr);
    ASSERT_NE(told.queued(second, 1), nullptr);
    EXPECT_EQ(*told.queued(second, 1), "Ana, Ben");
    EXPECT_EQ(told.queued(second, 2), nullptr);
}

TEST(Told, WhatIsTheSameForTheDeviceIsNotWrittenAgain) {
    Told<View> told;
    EXPECT_TRUE(told.write(seen("Ana"), nullptr));
    EXPECT_FALSE(told.write(seen("Ana"), nullptr));
    EXPECT_TRUE(told.write(seen("Ben"), nullptr));
}

// Blocked and unblocked while it waited, or after.
TEST(Told, WhatWasHiddenWhenItWasWrittenIsToldOnceItIsShownAgain) {
    Told<View> told;
    const auto tick = a_publication();
    told.queue("Ana, Ben", tick, 1);
    EXPECT_TRUE(told.write(seen("Ana"), tick));
    EXPECT_FALSE(told.changes("Ana"));
    EXPECT_TRUE(told.changes("Ana, Ben"));
}

TEST(Told, WhatIsWrittenLateDoesNotCountForWhatWaitsBehindIt) {
    Told<View> told;
    const auto first = a_publication();
    told.queue("Ana", first, 1);
    told.queue("Ben", a_publication(), 1);
    EXPECT_TRUE(told.write(seen("Ana"), first));
    EXPECT_FALSE(told.changes("Ben"));
}

}  // namespace
}  // namespace kindroom::actors
