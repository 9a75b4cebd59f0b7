// Packing of what is sealed.
#include "domain/content.hpp"

#include <array>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kindroom::domain {
namespace {

Decision some_decision() {
    return {.action = DecisionAction::server_ban,
            .rule_id = "kind",
            .rule_text = "Be kind.",
            .facts = "Was not.",
            .decided_at = from_ms(5),
            .ends_at = never,
            .appeal = "write to us"};
}

template <class Id>
Id some_id(std::uint8_t first) {
    return Id(std::array<std::uint8_t, Id::size>{first, 7});
}

// As an older version packed the name and the words, and nothing else.
std::string packed_of_old(std::string_view name, std::string_view text) {
    std::string packed(1, '\1');
    for (const auto part : {name, text}) {
        packed.push_back(static_cast<char>(part.size()));
        packed.append(7, '\0').append(part);
    }
    return packed;
}

Content a_full_content() {
    return {.name = "Ana",
            .text = "now",
            .labels = {"grief", "family"},
            .mentions = {{.account = some_id<AccountId>(1), .token = some_id<PersonToken>(2)}},
            .earlier = {{.position = Position{4}, .at = from_ms(100), .text = "then"},
                        {.position = Position{6}, .at = from_ms(200), .text = ""}},
            .edited_at_position = Position{9},
            .edited_at = from_ms(300)};
}

RC_GTEST_PROP(Content, ComesBackAsItWasPacked,
              (const std::string& name, const std::string& text, const std::vector<std::string>& more)) {
    Content content{.name = name, .text = text, .labels = more};
    for (std::size_t i = 0; i < more.size(); ++i)
        content.earlier.push_back({.position = Position{i}, .at = from_ms(static_cast<int>(i)), .text = more[i]});
    RC_ASSERT(unpack_content(pack(content)) == content);
}

TEST(Content, LabelsMentionsAndEarlierWordsComeBackWhole) {
    EXPECT_EQ(unpack_content(pack(a_full_content())), a_full_content());
}

TEST(Content, WhatAnOlderVersionPackedIsStillRead) {
    EXPECT_EQ(unpack_content(packed_of_old("Ana", "hello")), (Content{.name = "Ana", .text = "hello"}));
    EXPECT_FALSE(unpack_content(packed_of_old("Ana", "hello") + "x"));
}

// What lies in databases, byte by byte.
TEST(Content, ThePackingOfASealedMessageStaysAsItIs) {
    std::string packed("\2", 1);
    const auto number = [&packed](char low) { packed.append(1, low).append(7, '\0'); };
    const auto text = [&](std::string_view words) {
        number(static_cast<char>(words.size()));
        packed += words;
    };
    const auto id = [&packed](char first) { packed.append(1, first).append(1, '\7').append(14, '\0'); };
    text("Ana"), text("now");
    number(2), text("grief"), text("family");
    number(1), id('\1'), id('\2');
    number(2), number(4), number(100), text("then"), number(6), number('\310'), text("");
    number(9), number('\54');
    packed[packed.size() - 7] = '\1';
    EXPECT_EQ(pack(a_full_content()), packed);
    EXPECT_EQ(unpack_content(packed), a_full_content());
}

TEST(Content, ThePackingOfABanStaysAsItIs) {
    auto packed = pack(some_decision());
    EXPECT_EQ(packed.substr(0, 9), std::string("\1\1\0\0\0\0\0\0\0", 9));
    EXPECT_EQ(packed.size(), 1 + 8 + 4 * 8 + 4 + 8 + 8 + 11 + 2 * 8);
    EXPECT_EQ(packed.substr(9, 12), std::string("\4\0\0\0\0\0\0\0kind", 12));
}

TEST(Content, OfAMessageItIsAllThatIsSealedOfIt) {
    Message message{.text = "now", .labels = {"grief", "family"}};
    message.author.name = "Ana";
    message.mentions = a_full_content().mentions;
    message.earlier = a_full_content().earlier;
    message.edited_at_position = Position{9};
    message.edited_at = from_ms(300);
    EXPECT_EQ(content_of(message), a_full_content());
}

RC_GTEST_PROP(Content, ArbitraryBytesAreRefusedOrReadWithoutHarm, (std::string bytes)) {
    if (const auto content = unpack_content(bytes)) RC_ASSERT(pack(*content) == bytes);
    bytes.insert(0, 1, '\2');
    if (const auto content = unpack_content(bytes)) RC_ASSERT(pack(*content) == bytes);
    bytes.front() = '\1';
    (void)unpack_content(bytes);
    (void)unpack_decision(bytes);
}

TEST(Content, NothingCutOrLengthenedIsRead) {
    const std::string packed = pack(a_full_content());
    for (std::size_t size = 0; size < packed.size(); ++size) EXPECT_FALSE(unpack_content(packed.substr(0, size)));
    EXPECT_FALSE(unpack_content(packed + "x"));
    EXPECT_FALSE(unpack_content("\3" + packed.substr(1))) << "another version";
}

TEST(Content, ADecisionComesBackWhole) {
    const std::string packed = pack(some_decision());
    EXPECT_EQ(unpack_decision(packed), some_decision());
    for (std::size_t size = 0; size < packed.size(); ++size) EXPECT_FALSE(unpack_decision(packed.substr(0, size)));
    EXPECT_FALSE(unpack_decision(packed + "x"));
}

}  // namespace
}  // namespace kindroom::domain
