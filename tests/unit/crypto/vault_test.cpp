#include "crypto/vault.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "unit/crypto/scene.hpp"

namespace kindroom::crypto {
namespace {

const DataKey place(counting_key(1));
const DataKey person(counting_key(2));
const DataKey other(counting_key(3));
const Vault::Binding here{.room = id_of<RoomId>(1), .message = id_of<MessageId>(2), .kind = "content"};

Bytes sealed(std::string_view text) {
    Random random(1);
    return Vault::seal(text, &place, &person, here, random);
}

Bytes with_flipped_bit(Bytes bytes, std::size_t bit) {
    bytes[bit / 8] ^= std::byte{1} << (bit % 8);
    return bytes;
}

TEST(Vault, ATextOpensWithBothKeysInItsPlace) {
    EXPECT_EQ(Vault::open(sealed("a word"), &place, &person, here), "a word");
    EXPECT_EQ(Vault::open(sealed(""), &place, &person, here), "");
}

TEST(Vault, WithoutEitherKeyTheTextIsGone) {
    const auto box = sealed("a word");
    EXPECT_EQ(Vault::open(box, &place, nullptr, here), std::nullopt);
    EXPECT_EQ(Vault::open(box, nullptr, &person, here), std::nullopt);
    EXPECT_EQ(Vault::open(box, &other, &person, here), std::nullopt);
    EXPECT_EQ(Vault::open(box, &place, &other, here), std::nullopt);
    EXPECT_EQ(Vault::open(box, &person, &place, here), std::nullopt) << "the keys have their places";
}

TEST(Vault, ADigestIsHiddenByBothKeysInItsPlaceAndHiddenTwiceItIsItself) {
    const auto digest = id_of<SecretHash>(7);
    const auto hidden = Vault::hide(digest, &place, &person, here);
    EXPECT_EQ(Vault::hide(hidden, &place, &person, here), digest);
    EXPECT_NE(hidden, digest);
    EXPECT_NE(Vault::hide(hidden, &other, &person, here), digest);
    EXPECT_NE(Vault::hide(hidden, &place, &other, here), digest);
    EXPECT_NE(Vault::hide(hidden, &place, &person, {.room = here.room, .message = {}, .kind = here.kind}), digest);
}

TEST(Vault, ATextOfOneKeyDoesNotOpenWithTheSameKeyInTheOtherPlace) {
    Random random(1);
    const auto name = Vault::seal("Ana", nullptr, &person, here, random);
    EXPECT_EQ(Vault::open(name, nullptr, &person, here), "Ana");
    EXPECT_EQ(Vault::open(name, &person, nullptr, here), std::nullopt);
    const auto note = Vault::seal("note", &place, nullptr, here, random);
    EXPECT_EQ(Vault::open(note, &place, nullptr, here), "note");
}

TEST(Vault, ATextMovedElsewhereDoesNotOpen) {
    const auto box = sealed("a word");
    const auto opened = [&](Vault::Binding there) { return Vault::open(box, &place, &person, there); };
    EXPECT_EQ(opened({.room = id_of<RoomId>(9), .message = here.message, .kind = "content"}), std::nullopt);
    EXPECT_EQ(opened({.room = here.room, .message = id_of<MessageId>(9), .kind = "content"}), std::nullopt);
    EXPECT_EQ(opened({.room = here.room, .message = here.message, .kind = "name"}), std::nullopt);
}

TEST(Vault, ABoxThatIsNoneDoesNotOpen) {
    const auto box = sealed("a word");
    for (std::size_t size = 0; size < box.size(); ++size)
        EXPECT_EQ(Vault::open(std::span(box).first(size), &place, &person, here), std::nullopt) << size;
    auto longer = box;
    longer.push_back(std::byte{0});
    EXPECT_EQ(Vault::open(longer, &place, &person, here), std::nullopt);
    auto of_another_version = box;
    of_another_version[0] = std::byte{2};
    EXPECT_EQ(Vault::open(of_another_version, &place, &person, here), std::nullopt);
}

TEST(Vault, TheSameTextTwiceMakesTwoBoxes) {
    Random random(1);
    EXPECT_NE(Vault::seal("a word", &place, &person, here, random),
              Vault::seal("a word", &place, &person, here, random));
}

// Made apart from this code (BLAKE2b and AES-256-GCM from other libraries): what is in a database must open for ever.
TEST(Vault, ABoxFromTheFirstVersionOpens) {
    Bytes box;
    const std::string_view digits =
        "01000102030405060708090a0b59d6c5396bdd652915f0e2f4fe248713e100303c738e892524b3e3d5";
    for (std::size_t i = 0; i < digits.size(); i += 2)
        box.push_back(static_cast<std::byte>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16)));
    EXPECT_EQ(Vault::open(box, &place, &person, here), "a quiet word");
}

TEST(Vault, AWrappedKeyComesBackUnderItsIdOnly) {
    const Vault vault{MasterKey(counting_key())};
    Random random(1);
    const auto key = DataKey::make(random);
    const auto id = id_of<DataKeyId>(5);
    const auto wrapped = vault.wrap(key, id, random);
    ASSERT_TRUE(vault.unwrap(wrapped, id));
    EXPECT_EQ(vault.unwrap(wrapped, id)->reveal(), key.reveal());
    EXPECT_FALSE(vault.unwrap(wrapped, id_of<DataKeyId>(6)));
    EXPECT_FALSE(Vault(MasterKey(counting_key(1))).unwrap(wrapped, id));
    EXPECT_FALSE(vault.unwrap({}, id));
    EXPECT_FALSE(vault.unwrap(std::span(wrapped).first(wrapped.size() - 1), id));
}

RC_GTEST_PROP(Vault, AnyTextComesBack, (const std::string& text, std::uint64_t seed)) {
    Random random(seed);
    RC_ASSERT(Vault::open(Vault::seal(text, &place, &person, here, random), &place, &person, here) == text);
}

RC_GTEST_PROP(Vault, AnyFlippedBitIsRefused, (const std::string& text)) {
    const auto box = sealed(text);
    const auto bit = *rc::gen::inRange<std::size_t>(0, box.size() * 8);
    RC_ASSERT(!Vault::open(with_flipped_bit(box, bit), &place, &person, here));
}

RC_GTEST_PROP(Vault, AnyFlippedBitOfAWrappedKeyIsRefused, ()) {
    static const Vault vault{MasterKey(counting_key())};
    Random random(1);
    const auto wrapped = vault.wrap(other, id_of<DataKeyId>(5), random);
    const auto bit = *rc::gen::inRange<std::size_t>(0, wrapped.size() * 8);
    RC_ASSERT(!vault.unwrap(with_flipped_bit(wrapped, bit), id_of<DataKeyId>(5)));
}

}  // namespace
}  // namespace kindroom::crypto
