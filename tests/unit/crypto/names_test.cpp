#include "crypto/names.hpp"

#include <cctype>
#include <gtest/gtest.h>
#include <regex>
#include <set>

#include "unit/crypto/scene.hpp"

namespace kindroom::crypto {
namespace {

class HouseNames : public testing::Test {
  protected:
    static Bytes bytes(std::initializer_list<int> values) {
        Bytes out;
        for (const int value : values) out.push_back(static_cast<std::byte>(value));
        return out;
    }

    const MasterKey master_{counting_key()};
    const Names names_{master_};
    const AccountId ana_ = id_of<AccountId>(1);
    const AccountId ben_ = id_of<AccountId>(2);
    const RoomId evening_ = id_of<RoomId>(1);
    const RoomId morning_ = id_of<RoomId>(2);
};

TEST_F(HouseNames, APersonHasOneTokenPerRoomAndVoice) {
    const auto token = names_.person_token(ana_, evening_, false);
    EXPECT_EQ(token, Names(master_).person_token(ana_, evening_, false));
    EXPECT_NE(token, names_.person_token(ana_, morning_, false));
    EXPECT_NE(token, names_.person_token(ana_, evening_, true));
    EXPECT_NE(token, names_.person_token(ben_, evening_, false));
    EXPECT_NE(token, Names(MasterKey(counting_key(1))).person_token(ana_, evening_, false));
}

// Computed apart from this code: signs and hashes of codes must be the same after an upgrade.
TEST_F(HouseNames, TheirFormStaysAsItWas) {
    EXPECT_EQ(hex(names_.person_token(ana_, evening_, false).bytes()), "483f45fc0a598395e013f9c3700337ed");
    EXPECT_EQ(hex(names_.hash_secret("QUIETBIRCH").bytes()), "fb53b133a5c3279b6eaa50f4393da860");
    EXPECT_EQ(hex(names_.digest({as_bytes("a"), as_bytes("bc")}).bytes()), "5d2ac9861a0be13018bf731541c3febd");
}

TEST_F(HouseNames, ASignIsTwoWordsOfItsRoom) {
    EXPECT_TRUE(std::regex_match(names_.sign(ana_, evening_), std::regex("[a-z]+ [a-z]+")));
    EXPECT_EQ(names_.sign(ana_, evening_), names_.sign(ana_, evening_));
    EXPECT_NE(names_.sign(ana_, evening_), names_.sign(ana_, morning_));
}

TEST_F(HouseNames, SignsAreSpreadOverAllWords) {
    std::set<std::string> signs;
    Random random(3);
    for (int i = 0; i < 2'000; ++i) signs.insert(names_.sign(random.id<AccountId>(), evening_));
    // 2,000 draws of 65,536 meet about thirty times.
    EXPECT_GT(signs.size(), 1'930U);
}

TEST_F(HouseNames, ARoleVoiceIsNamedByItsRoleAndACreature) {
    EXPECT_TRUE(std::regex_match(names_.role_voice_name(ana_, evening_), std::regex("Moderator · [a-z]+")));
}

TEST_F(HouseNames, ADigestCountsWhereItsPartsEnd) {
    const auto digest = names_.digest({as_bytes("a"), as_bytes("bc")});
    EXPECT_NE(digest, names_.digest({as_bytes("ab"), as_bytes("c")}));
    EXPECT_NE(digest, names_.digest({as_bytes("abc")}));
    EXPECT_NE(digest, names_.digest({as_bytes("a"), as_bytes("bc"), as_bytes("")}));
}

TEST_F(HouseNames, ASecretAndADigestOfTheSameBytesDiffer) {
    EXPECT_NE(names_.hash_secret("abc"), names_.digest({as_bytes("abc")}));
    EXPECT_NE(names_.hash_secret("abc"), names_.hash_secret("abd"));
    EXPECT_NE(names_.hash_secret("abc"), Names(MasterKey(counting_key(1))).hash_secret("abc"));
}

TEST_F(HouseNames, ANetworkIsAnIPv4AddressOrHalfAnIPv6Address) {
    const auto four = bytes({192, 0, 2, 1});
    const auto mapped = bytes({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 192, 0, 2, 1});
    const auto six = bytes({0x20, 1, 0x0d, 0xb8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1});
    const auto neighbour = bytes({0x20, 1, 0x0d, 0xb8, 0, 0, 0, 1, 9, 9, 9, 9, 9, 9, 9, 9});
    const auto next_network = bytes({0x20, 1, 0x0d, 0xb8, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1});
    EXPECT_EQ(names_.network(four), names_.network(mapped));
    EXPECT_NE(names_.network(four), names_.network(bytes({192, 0, 2, 2})));
    EXPECT_EQ(names_.network(six), names_.network(neighbour));
    EXPECT_NE(names_.network(six), names_.network(next_network));
}

TEST(LoginId, IsAColourACreatureAndFourDigits) {
    Random random(1);
    std::set<std::string> ids;
    for (int i = 0; i < 1'000; ++i) ids.insert(make_login_id(random));
    EXPECT_GT(ids.size(), 995U);
    for (const auto& id : ids) EXPECT_TRUE(std::regex_match(id, std::regex("[a-z]+-[a-z]+-[0-9]{4}"))) << id;
}

TEST(Code, HasGroupsOfFiveWithoutLookAlikesAndVowels) {
    Random random(1);
    const std::string five = "[2-9CDFGHJKMNPQRTVWXY]{5}";
    const auto recovery = make_recovery_code(random);
    const auto invite = make_invite_code(random);
    EXPECT_TRUE(std::regex_match(std::string(recovery.reveal()), std::regex(five + "(-" + five + "){4}")));
    EXPECT_TRUE(std::regex_match(std::string(invite.reveal()), std::regex(five + "(-" + five + "){3}")));
    EXPECT_NE(recovery.reveal(), make_recovery_code(random).reveal());
}

TEST(Code, TypedInAnyWayIsTheSame) {
    EXPECT_EQ(tidy_code("wxyz2-3456c").reveal(), "WXYZ23456C");
    EXPECT_EQ(tidy_code(" WXYZ2 3456C\r\n").reveal(), "WXYZ23456C");
    EXPECT_EQ(tidy_code("WXYZ2\u2013"
                        "3456C\u00a0")
                  .reveal(),
              "WXYZ23456C")
        << "as telephones write it";
    EXPECT_EQ(tidy_code("WXYZ2\u2212"
                        "3456C")
                  .reveal(),
              "WXYZ23456C");
    EXPECT_EQ(tidy_code("").reveal(), "");
    EXPECT_EQ(tidy_code("\xe2").reveal(), "\xe2") << "half a character is no blank";
    EXPECT_EQ(tidy_code("caf\u00e9").reveal(), "CAF\u00e9");
}

TEST(DeviceToken, Has32BytesAndNeverComesTwice) {
    Random random(1);
    const auto token = make_device_token(random);
    EXPECT_EQ(token.reveal().size(), 32U);
    EXPECT_NE(token.reveal(), make_device_token(random).reveal());
}

}  // namespace
}  // namespace kindroom::crypto
