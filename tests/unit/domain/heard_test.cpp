// Who was heard, until they are told.
#include "domain/heard.hpp"

#include <gtest/gtest.h>

#include "room_dialogue.hpp"

namespace kindroom::domain::test {
namespace {

TEST(HeardWords, WhoeverHearsTwiceIsNotedOnce) {
    HeardWords heard;
    heard.note(ana.account, ben.account);
    heard.note(ana.account, ben.account);
    heard.note(ana.account, cleo.account);
    heard.note(ben.account, cleo.account);
    const auto told = heard.take();
    EXPECT_EQ(told.at(ana.account), (std::set{ben.account, cleo.account}));
    EXPECT_EQ(told.at(ben.account), std::set{cleo.account});
}

TEST(HeardWords, WhatWasTakenIsToldOnce) {
    HeardWords heard;
    EXPECT_TRUE(heard.empty());
    heard.note(ana.account, ben.account);
    EXPECT_FALSE(heard.empty());
    EXPECT_EQ(heard.take().size(), 1u);
    EXPECT_TRUE(heard.empty());
    EXPECT_TRUE(heard.take().empty());
}

}  // namespace
}  // namespace kindroom::domain::test
