#include "crypto/cursor.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "unit/crypto/scene.hpp"

namespace kindroom::crypto {
namespace {

const MasterKey& house() {
    static const MasterKey key(counting_key());
    return key;
}

TEST(Cursor, OpensWhereItWasSealed) {
    const CursorSealer sealer(house());
    const auto room = id_of<RoomId>(1);
    EXPECT_EQ(sealer.open(room, sealer.seal(room, Position{42})), Position{42});
    EXPECT_EQ(sealer.open(room, sealer.seal(room, Position{0})), Position{0});
}

TEST(Cursor, OneFromAnotherRoomIsRefused) {
    const CursorSealer sealer(house());
    EXPECT_EQ(sealer.open(id_of<RoomId>(2), sealer.seal(id_of<RoomId>(1), Position{42})), std::nullopt);
}

TEST(Cursor, OneFromAnotherHouseIsRefused) {
    const CursorSealer here(house());
    const CursorSealer elsewhere(MasterKey(counting_key(1)));
    const auto room = id_of<RoomId>(1);
    EXPECT_EQ(here.open(room, elsewhere.seal(room, Position{42})), std::nullopt);
}

TEST(Cursor, OneOfAnotherLengthIsRefused) {
    const CursorSealer sealer(house());
    const auto room = id_of<RoomId>(1);
    const auto cursor = sealer.seal(room, Position{42});
    EXPECT_EQ(sealer.open(room, {}), std::nullopt);
    EXPECT_EQ(sealer.open(room, std::span(cursor).first(15)), std::nullopt);
    EXPECT_EQ(sealer.open(room, Bytes(17)), std::nullopt);
}

TEST(Cursor, ThePlaceAlwaysGivesTheSameCursorOnEveryShard) {
    const CursorSealer one(house());
    CursorSealer another(house());
    const CursorSealer moved(std::move(another));
    EXPECT_EQ(one.seal(id_of<RoomId>(1), Position{7}), moved.seal(id_of<RoomId>(1), Position{7}));
}

// Computed apart from this code (BLAKE2b, SipHash-2-4 and AES from other libraries): clients keep cursors for weeks.
TEST(Cursor, ItsFormStaysAsItWas) {
    const CursorSealer sealer(house());
    EXPECT_EQ(hex(sealer.seal(id_of<RoomId>(0x11), Position{1})), "0a7cff8e2412e81c8d9e7f67fcf9a4ab");
}

RC_GTEST_PROP(Cursor, AnyPositionComesBack, (std::uint64_t position, std::uint8_t room)) {
    static const CursorSealer sealer(house());
    const auto where = id_of<RoomId>(room);
    RC_ASSERT(sealer.open(where, sealer.seal(where, Position{position})) == Position{position});
}

RC_GTEST_PROP(Cursor, AnyFlippedBitIsRefused, (std::uint64_t position)) {
    static const CursorSealer sealer(house());
    const auto room = id_of<RoomId>(1);
    auto cursor = sealer.seal(room, Position{position});
    const auto bit = *rc::gen::inRange<std::size_t>(0, 128);
    cursor[bit / 8] ^= std::byte{1} << (bit % 8);
    RC_ASSERT(!sealer.open(room, cursor));
}

}  // namespace
}  // namespace kindroom::crypto
