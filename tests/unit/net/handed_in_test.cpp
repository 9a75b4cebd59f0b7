#include "net/handed_in.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kindroom::net {
namespace {

using testing::HasSubstr;
using testing::VariantWith;

const HandedIn none = std::nullopt;

TEST(HandedIn, ASocketIsKnownByItsName) { EXPECT_EQ(handed_in_socket(12, "12", "1", "tls"), HandedIn(3)); }

TEST(HandedIn, WhereNothingWasHandedInThereIsNone) {
    EXPECT_EQ(handed_in_socket(12, "", "", ""), none);
    EXPECT_EQ(handed_in_socket(12, "12", "0", ""), none);
    EXPECT_EQ(handed_in_socket(12, "12", "-1", "tls"), none);
    EXPECT_EQ(handed_in_socket(12, "12", "many", "tls"), none);
}

TEST(HandedIn, OneOfAnotherNameIsNotLeftWithPeopleWaitingAtIt) {
    const auto is_told = VariantWith<std::string>(HasSubstr("FileDescriptorName=tls"));
    for (const char* names : {"", "kindroomd.socket", "tls2", "plain:tls"})
        EXPECT_THAT(handed_in_socket(12, "12", "1", names), is_told) << names;
}

TEST(HandedIn, NorIsASecondOne) {
    for (const char* names : {"tls:tls", "plain:tls", "tls:kindroomd.socket"})
        EXPECT_THAT(handed_in_socket(12, "12", "2", names), VariantWith<std::string>(HasSubstr("Several sockets")))
            << names;
}

TEST(HandedIn, WhatIsForAnotherProcessIsNotOurs) {
    EXPECT_EQ(handed_in_socket(12, "13", "1", "tls"), none);
    EXPECT_EQ(handed_in_socket(12, "13", "1", "other"), none);
    EXPECT_EQ(handed_in_socket(12, "12x", "1", "tls"), none);
}

}  // namespace
}  // namespace kindroom::net
