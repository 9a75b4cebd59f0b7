#include "crypto/master_key.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <sys/stat.h>

#include "unit/crypto/scene.hpp"

namespace kindroom::crypto {
namespace {

namespace fs = std::filesystem;

// A folder of its own for each test, gone afterwards.
class MasterKeyFile : public testing::Test {
  protected:
    MasterKeyFile() {
        std::string pattern = (fs::temp_directory_path() / "kindroom-key-XXXXXX").string();
        folder_ = ::mkdtemp(pattern.data());
    }
    ~MasterKeyFile() override { fs::remove_all(folder_); }

    fs::path write(const std::string& text, fs::perms mode = fs::perms::owner_read | fs::perms::owner_write) const {
        const auto path = folder_ / "master.key";
        std::ofstream(path) << text;
        fs::permissions(path, mode);
        return path;
    }
    // The sentence, or nothing where a key was read.
    static std::string trouble(const std::variant<MasterKey, std::string>& result) {
        return std::holds_alternative<std::string>(result) ? std::get<std::string>(result) : "";
    }
    static std::string fingerprint(const std::variant<MasterKey, std::string>& result) {
        return hex(std::get<MasterKey>(result).fingerprint());
    }

    fs::path folder_;
};

const std::string counting_digits = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

TEST_F(MasterKeyFile, IsReadWithBlanksAroundAndInCapitals) {
    const auto key = hex(MasterKey(counting_key()).fingerprint());
    EXPECT_EQ(fingerprint(MasterKey::read_file(write(counting_digits))), key);
    EXPECT_EQ(fingerprint(MasterKey::read_file(write(" \n" + counting_digits + "\r\n\n"))), key);
    EXPECT_EQ(
        fingerprint(MasterKey::read_file(write("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F"))),
        key);
}

TEST_F(MasterKeyFile, WithAnythingElseInItIsRefused) {
    for (const std::string& text :
         {std::string(), std::string("\n"), counting_digits.substr(1), counting_digits + "00", counting_digits + " x",
          "g" + counting_digits.substr(1), counting_digits.substr(0, 32) + "\n" + counting_digits.substr(32),
          counting_digits + std::string(1'000, ' ')})
        EXPECT_NE(trouble(MasterKey::read_file(write(text))).find("64 hexadecimal digits"), std::string::npos) << text;
}

TEST_F(MasterKeyFile, ThatOthersMayReadIsRefusedWithTheRemedy) {
    for (const auto others : {fs::perms::group_read, fs::perms::others_read, fs::perms::group_write}) {
        const auto path = write(counting_digits, fs::perms::owner_read | others);
        const auto sentence = trouble(MasterKey::read_file(path));
        EXPECT_NE(sentence.find("chmod 600 " + path.string()), std::string::npos) << sentence;
    }
}

TEST_F(MasterKeyFile, ThatIsMissingOrNoFileIsNamed) {
    const auto missing = folder_ / "nowhere.key";
    EXPECT_NE(trouble(MasterKey::read_file(missing)).find(missing.string()), std::string::npos);
    EXPECT_NE(trouble(MasterKey::read_file(folder_)).find(folder_.string()), std::string::npos);
}

TEST_F(MasterKeyFile, ThatWasCreatedIsPrivateAndReadsBack) {
    Random random(1);
    const auto path = folder_ / "new.key";
    const auto made = fingerprint(MasterKey::create_file(path, random));
    EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(fingerprint(MasterKey::read_file(path)), made);
}

TEST_F(MasterKeyFile, ThatExistsIsNeverWrittenOver) {
    Random random(1);
    const auto path = write(counting_digits);
    EXPECT_NE(trouble(MasterKey::create_file(path, random)).find("exists already"), std::string::npos);
    std::ostringstream kept;
    kept << std::ifstream(path).rdbuf();
    EXPECT_EQ(kept.str(), counting_digits);
}

TEST_F(MasterKeyFile, InAFolderThatIsMissingIsNotMade) {
    Random random(1);
    EXPECT_NE(trouble(MasterKey::create_file(folder_ / "nowhere" / "new.key", random)).find("folder"),
              std::string::npos);
}

TEST(MasterKey, GivesEachPurposeAKeyOfItsOwn) {
    const MasterKey key(counting_key());
    EXPECT_NE(key.derive("names"), key.derive("cursor"));
    EXPECT_EQ(key.derive("names"), key.derive("names"));
    EXPECT_NE(key.derive("names"), MasterKey(counting_key(1)).derive("names"));
}

// Computed apart from this code (BLAKE2b with salt and person, as libsodium's crypto_kdf says): all that is stored
// hangs on it.
TEST(MasterKey, DerivesAsItAlwaysDid) {
    const MasterKey key(counting_key());
    const Key256 wrapping = key.derive("wrapping");
    EXPECT_EQ(hex(std::as_bytes(std::span(wrapping))),
              "b0e43d856fd11b66dbec4887e4d3366c6bd26e56b04d407214d4cbf7bf5bcb88");
    EXPECT_EQ(hex(key.fingerprint()), "c6fddf8992fed466849998f8987544f8");
}

TEST_F(MasterKeyFile, ASuccessorWrapsAnewAndIsOfTheSameHouse) {
    Random random(1);
    const auto first = MasterKey::create_file(folder_ / "first", random);
    const auto& old = std::get<MasterKey>(first);
    const auto second = old.create_successor(folder_ / "second", random);
    const auto read = MasterKey::read_file(folder_ / "second");
    const auto& fresh = std::get<MasterKey>(read);
    EXPECT_EQ(hex(std::get<MasterKey>(second).fingerprint()), hex(fresh.fingerprint()));
    EXPECT_NE(hex(fresh.fingerprint()), hex(old.fingerprint()));
    EXPECT_NE(fresh.wrapping_key(), old.wrapping_key());
    EXPECT_EQ(hex(fresh.house_print()), hex(old.house_print()));
    for (const char* purpose : {"names", "cursor", "roomtag", "audit"})
        EXPECT_EQ(fresh.derive(purpose), old.derive(purpose)) << "what people know by it stays as it is";
    const auto third = fresh.create_successor(folder_ / "third", random);
    EXPECT_EQ(hex(std::get<MasterKey>(third).house_print()), hex(old.house_print()));
    EXPECT_NE(trouble(fresh.create_successor(folder_ / "third", random)).find("exists already"), std::string::npos);
}

TEST_F(MasterKeyFile, OfTwoLinesIsTwoKeysAndOfThreeIsNone) {
    const std::string other(64, 'b');
    const auto read = MasterKey::read_file(write(counting_digits + "\n" + other + "\n"));
    EXPECT_EQ(fingerprint(read), hex(MasterKey(counting_key()).fingerprint()));
    EXPECT_NE(hex(std::get<MasterKey>(read).house_print()), hex(MasterKey(counting_key()).house_print()));
    EXPECT_NE(trouble(MasterKey::read_file(write(counting_digits + "\n" + other + "\n" + other))), "");
}

}  // namespace
}  // namespace kindroom::crypto
