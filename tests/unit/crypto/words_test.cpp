#include "crypto/words.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>
#include <string>

namespace kindroom::crypto {
namespace {

const WordList* all_lists[] = {&sign_adjectives(), &sign_nouns(), &login_colours(), &login_creatures()};

TEST(Words, AreSmallLettersAndStandOnceInTheirList) {
    for (const auto* list : all_lists) {
        EXPECT_EQ(std::set<std::string_view>(list->begin(), list->end()).size(), list->size());
        for (const auto word : *list) {
            EXPECT_TRUE(std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; })) << word;
            EXPECT_TRUE(word.size() >= 2 && word.size() <= 15) << word;
        }
    }
}

// Words that a person in need should not meet as their own name. Whoever adds a word reads this list first.
TEST(Words, NoneIsOfBodiesIllnessHarmDrinkOrScorn) {
    static const std::set<std::string_view> kept_out = {
        "bare",   "bone",    "bridge", "buzzard", "charcoal", "cider", "claret", "cliff",  "cold",    "coot",
        "crow",   "cuckoo",  "dark",   "dead",    "deep",     "fat",   "flesh",  "grave",  "hemlock", "hemp",
        "high",   "knife",   "knot",   "ledge",   "little",   "loon",  "lost",   "low",    "mad",     "naked",
        "needle", "old",     "opium",  "pale",    "pig",      "pill",  "poppy",  "rat",    "raven",   "rope",
        "sick",   "simple",  "skin",   "sleepy",  "slow",     "smoke", "snake",  "tender", "thin",    "train",
        "ugly",   "vulture", "weak",   "whale",   "wine",     "young",
    };
    for (const auto* list : all_lists)
        for (const auto word : *list) EXPECT_FALSE(kept_out.contains(word)) << word;
}

// Signs are drawn anew each time, so another list would give everybody another sign.
TEST(Words, TheListsOfSignsStayAsTheyAre) {
    std::string all;
    for (const auto* list : {&sign_adjectives(), &sign_nouns()})
        for (const auto word : *list) all.append(word).append(" ");
    std::uint64_t sum = 14695981039346656037ULL;  // FNV-1a
    for (const char c : all) sum = (sum ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    EXPECT_EQ(sum, 1465521445789657709ULL);
}

}  // namespace
}  // namespace kindroom::crypto
