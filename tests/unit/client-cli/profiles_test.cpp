#include "cli/profiles.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kindroom::cli {
namespace {

// A directory of its own for each test, gone afterwards.
class Profiles : public ::testing::Test {
  protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "kindroom-profiles-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        root_ = pattern;
    }
    void TearDown() override { std::filesystem::remove_all(root_); }

    static unsigned mode(const std::filesystem::path& path) {
        struct stat status {};
        return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777 : 0;
    }

    std::filesystem::path root_;
};

TEST_F(Profiles, WhatIsSavedIsLoaded) {
    const ProfileStore store(root_ / "home");
    const Profile profile{"wss://localhost:7443", "/etc/ca.pem", "", "amber-heron-4127", std::string("\0\xff\n x", 5)};
    ASSERT_TRUE(store.save("ana", profile));
    EXPECT_EQ(store.load("ana"), profile);
    EXPECT_EQ(store.load("ben"), std::nullopt);
}

TEST_F(Profiles, OnlyTheirOwnerCanReadThem) {
    const ProfileStore store(root_ / "home");
    ASSERT_TRUE(store.save("ana", {}));
    EXPECT_EQ(mode(root_ / "home"), 0700u);
    EXPECT_EQ(mode(store.file("ana")), 0600u);
}

TEST_F(Profiles, SavingAgainReplacesTheFileAndLeavesNothingBehind) {
    const ProfileStore store(root_ / "home");
    ASSERT_TRUE(store.save("ana", {"a", "", "", "", "one"}));
    ::chmod(store.file("ana").c_str(), 0644);
    ASSERT_TRUE(store.save("ana", {"b", "", "", "", "two"}));
    EXPECT_EQ(store.load("ana")->device_token, "two");
    EXPECT_EQ(mode(store.file("ana")), 0600u);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(root_ / "home"), {}), 1);
}

TEST_F(Profiles, ANameCannotLeadOutOfTheDirectory) {
    const ProfileStore store(root_ / "home");
    for (const char* name : {"", "..", "../x", "a/b", "a b", "a.b", "\xC3\xA4"}) {
        EXPECT_FALSE(is_profile_name(name)) << name;
        EXPECT_FALSE(store.save(name, {})) << name;
    }
    EXPECT_TRUE(is_profile_name("Ana_2-b"));
}

TEST(ProfileFor, OneServerHasOneNameHoweverItIsWritten) {
    EXPECT_EQ(profile_name_for("wss://rooms.example.org"), "rooms-example-org-7443");
    EXPECT_EQ(profile_name_for("wss://rooms.example.org:7443/"), "rooms-example-org-7443");
    EXPECT_EQ(profile_name_for("wss://[::1]:99"), "--1-99");
    EXPECT_EQ(profile_name_for("unix:/run/kind.sock"), "run-kind-sock");
    EXPECT_TRUE(is_profile_name(profile_name_for("wss://" + std::string(200, 'a') + ":7")));
    EXPECT_TRUE(is_profile_name(profile_name_for("nonsense / \xC3\xA4")));
    EXPECT_TRUE(is_same_server("wss://rooms.example.org", "wss://rooms.example.org:7443/"));
    EXPECT_FALSE(is_same_server("wss://rooms.example.org", "wss://rooms.example.org:7444"));
    EXPECT_FALSE(is_same_server("", "wss://rooms.example.org"));
}

TEST_F(Profiles, ADirectoryThatCannotBeMadeIsAnAnswerNotACrash) {
    std::ofstream(root_ / "file") << "x";
    EXPECT_FALSE(ProfileStore(root_ / "file").save("ana", {}));
}

}  // namespace
}  // namespace kindroom::cli
