#include "crypto/key_tree.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <set>

namespace kindroom::crypto {
namespace {

using Leaf = KeyTree::Leaf;

KeyTree a_tree() {
    Random random(7);
    return KeyTree::make(random);
}

std::optional<Key256> at(const KeyTree& tree, Leaf leaf) {
    const auto key = tree.key(leaf);
    return key ? std::optional(key->reveal()) : std::nullopt;
}

TEST(KeyTree, HasAKeyForEveryLeafAndNoTwoAreAlike) {
    const auto tree = a_tree();
    std::set<Key256> keys;
    const Leaf leaves[] = {0, 1, 2, 3, 255, 256, 65'535, 1u << 31, (1u << 31) + 1, UINT32_MAX};
    for (const Leaf leaf : leaves) keys.insert(at(tree, leaf).value());
    EXPECT_EQ(keys.size(), std::size(leaves));
}

TEST(KeyTree, ADestroyedLeafHasNoKeyAndAllOthersHaveTheirs) {
    auto tree = a_tree();
    const auto before = a_tree();
    EXPECT_TRUE(tree.destroy(5, 5));
    EXPECT_FALSE(at(tree, 5));
    for (const Leaf leaf : {0u, 4u, 6u, 7u, 1u << 31, UINT32_MAX}) EXPECT_EQ(at(tree, leaf), at(before, leaf));
    EXPECT_FALSE(tree.destroy(5, 5)) << "it is gone already";
}

TEST(KeyTree, WhatIsLeftAfterDestroyingIsNotWhatWasAbove) {
    auto tree = a_tree();
    const Bytes whole = tree.written();
    tree.destroy(9, 9);
    const Bytes left = tree.written();
    // 32 secrets beside the way down, and the one of the root is none of them.
    EXPECT_EQ(left.size(), 32 * whole.size());
    const auto root = as_text(std::span(whole).last(32));
    EXPECT_EQ(as_text(left).find(root), std::string_view::npos);
}

TEST(KeyTree, FindsTheNextLeafThatHasAKey) {
    auto tree = a_tree();
    tree.destroy(10, 19);
    EXPECT_EQ(tree.first_from(9), 9u);
    EXPECT_EQ(tree.first_from(10), 20u);
    EXPECT_EQ(tree.first_from(19), 20u);
    tree.destroy(20, UINT32_MAX);
    EXPECT_EQ(tree.first_from(10), std::nullopt);
}

TEST(KeyTree, AllThatLiesBeforeADayTakesNoPlace) {
    auto tree = a_tree();
    for (Leaf day = 1; day < 30'000; ++day) tree.destroy(0, day);
    EXPECT_LE(tree.written().size() / 40, 32u);
    EXPECT_FALSE(at(tree, 29'999));
    EXPECT_TRUE(at(tree, 30'000));
}

RC_GTEST_PROP(KeyTree, IsTheSameAfterItWasWrittenAndRead, ()) {
    auto tree = a_tree();
    std::set<Leaf> gone;
    for (const auto leaf : *rc::gen::container<std::vector<Leaf>>(rc::gen::inRange<Leaf>(0, 64))) {
        tree.destroy(leaf, leaf);
        gone.insert(leaf);
    }
    const auto read = KeyTree::read(tree.written());
    RC_ASSERT(read.has_value());
    const auto whole = a_tree();
    for (Leaf leaf = 0; leaf < 70; ++leaf) {
        RC_ASSERT(at(*read, leaf) == (gone.contains(leaf) ? std::nullopt : at(whole, leaf)));
        RC_ASSERT(read->first_from(leaf) == tree.first_from(leaf));
    }
}

TEST(KeyTree, IsNotReadFromWhatItDidNotWrite) {
    auto tree = a_tree();
    tree.destroy(1, 1);
    const Bytes whole = tree.written();
    EXPECT_TRUE(KeyTree::read(whole));
    EXPECT_FALSE(KeyTree::read(std::span(whole).first(whole.size() - 1)));
    Bytes twice = whole;
    twice.insert(twice.end(), whole.begin(), whole.end());
    EXPECT_FALSE(KeyTree::read(twice));
    Bytes too_high = whole;
    too_high[4] = std::byte{33};
    EXPECT_FALSE(KeyTree::read(too_high));
    EXPECT_TRUE(KeyTree::read({})) << "everything can be destroyed";
}

}  // namespace
}  // namespace kindroom::crypto
