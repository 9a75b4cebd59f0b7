#include "net/handed_in.hpp"

#include <gtest/gtest.h>

namespace kindroom::net {
namespace {

TEST(HandedIn, ASocketIsKnownByItsName) {
    EXPECT_EQ(handed_in_socket(12, "12", "1", "tls"), 3);
    EXPECT_EQ(handed_in_socket(12, "12", "3", "plain:tls:other"), 4);
}

TEST(HandedIn, WithoutOneOfThatNameThereIsNone) {
    EXPECT_EQ(handed_in_socket(12, "", "", ""), std::nullopt);
    EXPECT_EQ(handed_in_socket(12, "12", "2", "kindroomd.socket:tls2"), std::nullopt);
    EXPECT_EQ(handed_in_socket(12, "12", "1", "plain:tls"), std::nullopt);
    EXPECT_EQ(handed_in_socket(12, "12", "-1", "tls"), std::nullopt);
    EXPECT_EQ(handed_in_socket(12, "12", "many", "tls"), std::nullopt);
}

TEST(HandedIn, WhatIsForAnotherProcessIsNotOurs) {
    EXPECT_EQ(handed_in_socket(12, "13", "1", "tls"), std::nullopt);
    EXPECT_EQ(handed_in_socket(12, "12x", "1", "tls"), std::nullopt);
}

}  // namespace
}  // namespace kindroom::net
