#include <gtest/gtest.h>

#include "base/bytes.hpp"
#include "crypto/chain.hpp"

namespace kindroom::crypto {
namespace {

TEST(Chain, AHashHangsOnTheOneBeforeTheNumberTheRowAndTheKey) {
    const ChainKey key(MasterKey(Key256{1}));
    const auto hash = key.follow({}, 1, as_bytes("row"));
    EXPECT_EQ(key.follow({}, 1, as_bytes("row")), hash);
    EXPECT_NE(key.follow(hash, 1, as_bytes("row")), hash);
    EXPECT_NE(key.follow({}, 2, as_bytes("row")), hash);
    EXPECT_NE(key.follow({}, 1, as_bytes("raw")), hash);
    EXPECT_NE(ChainKey(MasterKey(Key256{2})).follow({}, 1, as_bytes("row")), hash);
    EXPECT_NE(ChainKey::without_secret().follow({}, 1, as_bytes("row")), hash);
}

}  // namespace
}  // namespace kindroom::crypto
