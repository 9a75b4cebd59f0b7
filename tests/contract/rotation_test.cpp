// A new master key, whatever comes between.
#include "operator/rotate_keys.hpp"

#include <gmock/gmock.h>

#include "contract/backed_up.hpp"

namespace kindroom::test {
namespace {

using operator_::Restore;
using operator_::RotateKeys;
using testing::ElementsAre;
using testing::HasSubstr;

class Rotation : public Backup {
  protected:
    std::string rotate() { return order(RotateKeys{}); }
    std::vector<std::string> readable_with_the_key_in_place() {
        auto key = crypto::MasterKey::read_file(house_.file("master.key"));
        house_.start();
        auto words = house_.readable(house_.store(), std::get<crypto::MasterKey>(key));
        house_.stop();
        return words;
    }
    std::string old_key() const {
        const auto print = house_.master().fingerprint();
        std::string digits;
        for (const auto byte : std::span(print).first(4)) {
            constexpr char hex[] = "0123456789abcdef";
            digits += hex[std::to_integer<unsigned>(byte) >> 4];
            digits += hex[std::to_integer<unsigned>(byte) & 15];
        }
        return house_.file("master.key." + digits);
    }
};

TEST_F(Rotation, WrapsEveryKeyAnewAndKeepsTheOldOneAside) {
    EXPECT_THAT(rotate(), HasSubstr("stop it first"));
    EXPECT_EQ(code_, 2);
    house_.stop();
    const auto told = rotate();
    EXPECT_EQ(code_, 0) << told;
    EXPECT_TRUE(fs::exists(old_key())) << old_key();
    EXPECT_FALSE(fs::exists(house_.file("master.key.new")));
    EXPECT_THAT(readable_with_the_key_in_place(), ElementsAre("before the backup"));
    house_.start();
    EXPECT_THAT(house_.readable(), testing::IsEmpty()) << "the old key opens nothing any more";
    house_.stop();
    // And once more.
    EXPECT_EQ((rotate(), code_), 0);
    EXPECT_THAT(readable_with_the_key_in_place(), ElementsAre("before the backup"));
}

TEST_F(Rotation, CutShortBeforeTheDatabaseWasChangedNeverWas) {
    house_.stop();
    const auto before = content_of(house_.file("master.key"));
    auto random = crypto::Random::from_system();
    (void)house_.master().create_successor(house_.file("master.key.new"), random);
    EXPECT_EQ(operator_::settle_rotation(house_.config()), std::nullopt);
    EXPECT_EQ(content_of(house_.file("master.key")), before);
    EXPECT_FALSE(fs::exists(house_.file("master.key.new")));
    EXPECT_THAT(readable_with_the_key_in_place(), ElementsAre("before the backup"));
}

TEST_F(Rotation, CutShortAfterTheDatabaseWasChangedComesToItsEnd) {
    house_.stop();
    fs::copy(house_.file("master.key"), house_.file("first"));
    rotate();
    // As it was a moment before the new key took its place.
    fs::rename(house_.file("master.key"), house_.file("master.key.new"));
    fs::rename(house_.file("first"), house_.file("master.key"));
    EXPECT_EQ(operator_::settle_rotation(house_.config()), std::nullopt);
    EXPECT_FALSE(fs::exists(house_.file("master.key.new")));
    EXPECT_THAT(readable_with_the_key_in_place(), ElementsAre("before the backup"));
}

TEST_F(Rotation, WhereTheDatabaseCannotBeReadNoKeyIsThrownAway) {
    house_.stop();
    auto random = crypto::Random::from_system();
    (void)house_.master().create_successor(house_.file("master.key.new"), random);
    fs::rename(house_.file("kindroom.db"), house_.file("away"));
    std::ofstream(house_.file("kindroom.db")) << std::string(5'000, 'x');
    const auto trouble = operator_::settle_rotation(house_.config());
    ASSERT_TRUE(trouble);
    EXPECT_THAT(*trouble, HasSubstr("keep both"));
    EXPECT_TRUE(fs::exists(house_.file("master.key.new")));
    EXPECT_TRUE(fs::exists(house_.file("master.key")));
}

TEST_F(Rotation, ABackupFromBeforeIsBroughtBackWithTheKeyOfThen) {
    make();
    house_.stop();
    rotate();
    EXPECT_THAT(restore(), HasSubstr("--master-key"));
    EXPECT_EQ(code_, 1);
    const auto told = order(Restore{.file = backup(), .only_verify = false, .ring = {}, .master_key = old_key()});
    EXPECT_EQ(code_, 0) << told;
    EXPECT_THAT(readable_with_the_key_in_place(), ElementsAre("before the backup"));
}

TEST_F(Rotation, ABackupIsNotBroughtBackUnderTheKeyOfAnotherHouse) {
    make();
    house_.stop();
    const SealedHouse other;
    fs::rename(house_.file("master.key"), house_.file("own"));
    fs::copy(other.file("master.key"), house_.file("master.key"));
    const auto before = content_of(house_.file("kindroom.db"));
    const auto told =
        order(Restore{.file = backup(), .only_verify = false, .ring = {}, .master_key = house_.file("own")});
    EXPECT_EQ(code_, 1);
    EXPECT_THAT(told, HasSubstr("of another house than the master key named"));
    EXPECT_EQ(content_of(house_.file("kindroom.db")), before);
}

}  // namespace
}  // namespace kindroom::test
