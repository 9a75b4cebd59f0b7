#include "crypto/secret_file.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "support/temporary_folder.hpp"

namespace kindroom::crypto {
namespace {

namespace fs = std::filesystem;

class SecretFile : public testing::Test {
  protected:
    std::string content(const std::string& name) const {
        const auto bytes = read_secret_file(folder_.file(name), 1'000);
        return bytes ? std::string(as_text(*bytes)) : "";
    }
    void write(const std::string& name, const std::string& text) const { std::ofstream(folder_.file(name)) << text; }
    std::vector<std::string> names() const {
        std::vector<std::string> found;
        for (const auto& entry : fs::directory_iterator(folder_.path())) found.push_back(entry.path().filename());
        return found;
    }

    test::TemporaryFolder folder_;
    const fs::path path_ = folder_.file("ring");
};

TEST_F(SecretFile, IsReplacedWholeAndLeavesNothingBeside) {
    EXPECT_TRUE(replace_secret_file(path_, as_bytes("first")));
    EXPECT_TRUE(replace_secret_file(path_, as_bytes("second")));
    EXPECT_EQ(content("ring"), "second");
    EXPECT_EQ(names(), std::vector<std::string>{"ring"});
    struct stat status {};
    ASSERT_EQ(::stat(path_.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST_F(SecretFile, OverwritesWhatItReplaces) {
    EXPECT_TRUE(replace_secret_file(path_, as_bytes("first")));
    // Another name for the same bytes shows what becomes of them.
    fs::create_hard_link(path_, folder_.file("witness"));
    EXPECT_TRUE(replace_secret_file(path_, as_bytes("second")));
    EXPECT_EQ(content("witness"), std::string(5, '\0'));
}

TEST_F(SecretFile, ACrashBeforeTheNewOneTookItsPlaceLeavesTheOldOne) {
    write("ring", "old");
    write("ring.new", "half");
    fs::create_hard_link(path_, folder_.file("ring.old"));
    settle_secret_file(path_);
    EXPECT_EQ(content("ring"), "old");
    EXPECT_EQ(names(), std::vector<std::string>{"ring"});
}

TEST_F(SecretFile, ACrashAfterwardsLeavesTheNewOneAndTheOldIsOverwritten) {
    write("ring", "new");
    write("ring.old", "old");
    fs::create_hard_link(folder_.file("ring.old"), folder_.file("witness"));
    settle_secret_file(path_);
    EXPECT_EQ(content("ring"), "new");
    EXPECT_EQ(content("witness"), std::string(3, '\0'));
    EXPECT_FALSE(fs::exists(folder_.file("ring.old")));
}

// Somebody has moved it, and there may be no other copy.
TEST_F(SecretFile, WhereThereIsNoneNothingBesideItIsTouched) {
    write("ring.old", "the only one");
    settle_secret_file(path_);
    EXPECT_EQ(content("ring.old"), "the only one");
    write("ring.new", "half");
    EXPECT_TRUE(replace_secret_file(path_, as_bytes("first")));
    EXPECT_EQ(content("ring"), "first");
    EXPECT_EQ(content("ring.old"), "the only one");
    EXPECT_FALSE(fs::exists(folder_.file("ring.new")));
}

TEST_F(SecretFile, ThatIsTooLongOrNotThereIsNotRead) {
    EXPECT_FALSE(read_secret_file(path_, 10));
    write("ring", "12345678901");
    EXPECT_FALSE(read_secret_file(path_, 10));
    EXPECT_TRUE(read_secret_file(path_, 11));
}

TEST_F(SecretFile, WhereNothingCanBeWrittenTheOldOneStands) {
    EXPECT_FALSE(replace_secret_file(folder_.path() / "none" / "ring", as_bytes("x")));
}

}  // namespace
}  // namespace kindroom::crypto
