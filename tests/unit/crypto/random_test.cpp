#include "crypto/random.hpp"

#include <array>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <set>

#include "unit/crypto/scene.hpp"

namespace kindroom::crypto {
namespace {

std::string draw(Random& random, std::size_t count) {
    Bytes bytes(count);
    random.fill(bytes);
    return hex(bytes);
}

// RFC 8439, appendix A.1, vectors 1 and 2: the stream of the zero key. Its first 32 bytes are kept as the next key.
TEST(Random, IsTheStreamOfChaCha20) {
    Random random(0);
    EXPECT_EQ(draw(random, 32), "da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586");
    EXPECT_EQ(draw(random, 32), "9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed");
}

TEST(Random, TheSameSeedGivesTheSameNumbersHoweverTheyAreDrawn) {
    Random at_once(7);
    Random in_pieces(7);
    std::string pieces;
    for (const std::size_t count : {1U, 31U, 500U, 3U, 465U, 1'000U}) pieces += draw(in_pieces, count);
    EXPECT_EQ(draw(at_once, 2'000), pieces);
}

TEST(Random, AnotherSeedGivesOtherNumbers) {
    Random one(1);
    Random two(2);
    EXPECT_NE(draw(one, 16), draw(two, 16));
}

TEST(Random, TheSystemGivesOtherNumbersEachTime) {
    auto one = Random::from_system();
    auto two = Random::from_system();
    EXPECT_NE(draw(one, 16), draw(two, 16));
}

TEST(Random, AMovedGeneratorGoesOnWhereItWas) {
    Random whole(5);
    Random first(5);
    const auto start = draw(first, 100);
    Random second(std::move(first));
    EXPECT_EQ(start + draw(second, 900), draw(whole, 1'000));
}

TEST(RandomDeathTest, OneThatWasMovedFromIsNeverUsedAgain) {
    Random first(5);
    Random second(std::move(first));
    EXPECT_DEATH(draw(first, 1), "broken assumption");  // NOLINT(bugprone-use-after-move)
}

TEST(Random, EveryNumberBelowTheBoundComes) {
    Random random(1);
    std::set<std::uint64_t> seen;
    for (int i = 0; i < 300; ++i) seen.insert(random.below(10));
    EXPECT_EQ(seen, (std::set<std::uint64_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
    EXPECT_EQ(random.below(1), 0U);
}

TEST(Random, JitterGoesBothWaysAndNoFurther) {
    Random random(1);
    std::set<Duration> seen;
    for (int i = 0; i < 300; ++i) seen.insert(random.jitter(Duration{3}));
    EXPECT_EQ(*seen.begin(), Duration{-3});
    EXPECT_EQ(*seen.rbegin(), Duration{3});
    EXPECT_EQ(seen.size(), 7U);
    EXPECT_EQ(random.jitter(Duration{0}), Duration{0});
}

RC_GTEST_PROP(Random, NoNumberReachesItsBound, (std::uint64_t seed)) {
    Random random(seed);
    const auto bound = *rc::gen::inRange<std::uint64_t>(1, UINT64_MAX);
    RC_ASSERT(random.below(bound) < bound);
}

}  // namespace
}  // namespace kindroom::crypto
