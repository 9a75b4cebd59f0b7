#include "crypto/passphrase.hpp"

#include <gtest/gtest.h>
#include <new>

namespace kindroom::crypto {
namespace {

// As little memory as argon2 allows: these tests are about answers, not about cost.
constexpr PassphraseCost cheap{.passes = 1, .memory_bytes = 8'192};

TEST(Passphrase, FitsItsOwnHashAndNoOther) {
    const auto hash = hash_passphrase("four quiet words here", cheap);
    EXPECT_TRUE(verify_passphrase("four quiet words here", hash));
    EXPECT_FALSE(verify_passphrase("four quiet words here ", hash));
    EXPECT_FALSE(verify_passphrase("Four quiet words here", hash));
    EXPECT_FALSE(verify_passphrase("", hash));
}

TEST(Passphrase, IsTakenWholeWithZeroBytesAndLongOnes) {
    using namespace std::string_literals;
    const auto hash = hash_passphrase("before\0after"s, cheap);
    EXPECT_FALSE(verify_passphrase("before\0other"s, hash));
    const std::string longest(1'024, 'x');
    EXPECT_FALSE(verify_passphrase(longest + "y", hash_passphrase(longest, cheap)));
}

TEST(Passphrase, HasAnotherSaltEachTime) {
    EXPECT_NE(hash_passphrase("four quiet words here", cheap), hash_passphrase("four quiet words here", cheap));
}

TEST(Passphrase, TheHashSaysItsAlgorithmAndCost) {
    EXPECT_TRUE(hash_passphrase("x", cheap).starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
}

// Computed apart from this code, by another library's argon2id, with another cost than ours today.
TEST(Passphrase, AHashOfAnotherCostAndMakerIsVerified) {
    const std::string known =
        "$argon2id$v=19$m=32,t=3,p=1$AAECAwQFBgcICQoLDA0ODw$CAoF/Ij/C947U0F3Sl/BNgQ5NciuBFW34ShaVuV2NqM";
    EXPECT_TRUE(verify_passphrase("four quiet words here", known));
    EXPECT_FALSE(verify_passphrase("four quiet words hers", known));
}

TEST(Passphrase, WhatIsNoHashFitsNothing) {
    for (const std::string& broken :
         {std::string(), std::string("$argon2id$"), std::string("x"), std::string(500, '$')})
        EXPECT_FALSE(verify_passphrase("password", broken));
}

TEST(Passphrase, TheUnmatchableHashCostsAsMuchAndFitsNothing) {
    const auto hash = unmatchable_hash(cheap);
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
    EXPECT_FALSE(verify_passphrase("", hash));
    EXPECT_NE(hash, unmatchable_hash(cheap));
}

TEST(Passphrase, MemoryThatCannotBeHadIsSaid) {
    EXPECT_THROW(hash_passphrase("x", {.passes = 1, .memory_bytes = 1ULL << 60}), std::bad_alloc);
}

}  // namespace
}  // namespace kindroom::crypto
