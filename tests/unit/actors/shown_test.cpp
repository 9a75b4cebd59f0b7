// Answers that were made under boundaries which have changed since.
#include "actors/shown.hpp"

#include <gtest/gtest.h>

namespace kindroom::actors::test {
namespace {

using namespace domain;

TEST(Shown, Look20_WhatIsTakenAlongHasNobodyWhomTheOwnerHasBlockedAMomentBefore) {
    const AccountId ana(std::array<std::uint8_t, 16>{1});
    const AccountId ben(std::array<std::uint8_t, 16>{2});
    const AccountId cleo(std::array<std::uint8_t, 16>{3});
    Edge edge;
    edge.push_back({.side = Dark::Side::chosen, .from = from_ms(1)});
    const Visibility bens(ben, {.edges = {{ana, std::make_shared<const Edge>(std::move(edge))}}});
    MyData data;
    data.pieces = {OwnSession{.device_label = "telephone"}, OwnContact{.other = ana}, OwnContact{.other = cleo},
                   OwnOffer{.offer = {.other = ana}}, OwnOffer{.offer = {.other = cleo}}};
    const std::vector<OwnPiece> expected{data.pieces[0], data.pieces[2], data.pieces[4]};
    Reply reply = std::move(data);
    EXPECT_FALSE(cut_to_shown(reply, [&](RoomId) -> const Visibility& { return bens; })) << "nothing to ask again";
    EXPECT_EQ(std::get<MyData>(reply).pieces, expected);
    EXPECT_TRUE(shows_people(reply)) << "so that it is judged when it is written";
}

}  // namespace
}  // namespace kindroom::actors::test
