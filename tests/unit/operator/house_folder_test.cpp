#include "operator/house_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

#include "config/house_texts.hpp"
#include "config/load.hpp"
#include "unit/operator/folder.hpp"

namespace kindroom::operator_ {

namespace {

struct Told {
    bool made = false;
    std::string out;
    std::string err;
};

Told make(const std::filesystem::path& folder, Certificate certificate) {
    std::ostringstream out;
    std::ostringstream err;
    const bool made = make_house_folder(folder, certificate, out, err);
    return {made, out.str(), err.str()};
}

}  // namespace

TEST(HouseFolder, WithADevelopmentCertificateIsReadyToServe) {
    const Folder folder;
    const auto house = folder.path() / "house";
    const Told told = make(house, Certificate::development);
    ASSERT_TRUE(told.made) << told.err;
    const auto loaded = config::load_config(house / "kindroomd.toml", {});
    if (const auto* mistakes = std::get_if<std::vector<config::Mistake>>(&loaded)) FAIL() << config::to_text(*mistakes);
    const auto& config = std::get<config::Config>(loaded);
    EXPECT_EQ(config.listen.certificate, house / "tls/server.pem");
    EXPECT_EQ(config.listen.https_only_for, Duration::zero()) << "a browser would remember it of localhost";
    const auto texts = config::load_house_texts(config);
    EXPECT_TRUE(std::holds_alternative<config::HouseTexts>(texts));
    for (const char* name : {"", "master.key", "kindroomd.toml", "tls/server.key"}) {
        EXPECT_TRUE(is_private(house / name)) << name;
    }
    EXPECT_THAT(told.out, testing::HasSubstr("kindroom --ca "));
    EXPECT_THAT(told.out, testing::HasSubstr("kindroom --server wss://YOUR-HOUSE:7443 --pin "));
    EXPECT_THAT(told.out, testing::HasSubstr("kindroomd first-admin --config "));
}

TEST(HouseFolder, WithoutACertificateSaysThatOneMustBeSet) {
    const Folder folder;
    const Told told = make(folder.path(), Certificate::none);
    ASSERT_TRUE(told.made) << told.err;
    EXPECT_THAT(told.out, testing::HasSubstr("set listen.certificate and listen.certificate_key"));
    const auto loaded = config::load_config(folder.path() / "kindroomd.toml", {});
    const auto* mistakes = std::get_if<std::vector<config::Mistake>>(&loaded);
    ASSERT_NE(mistakes, nullptr);
    EXPECT_EQ(mistakes->size(), 2u);
}

TEST(HouseFolder, MadeAgainLeavesEverythingAsItIs) {
    const Folder folder;
    ASSERT_TRUE(make(folder.path(), Certificate::development).made);
    const std::string key = folder.read("master.key");
    folder.write("kindroomd.toml", "# mine\n");
    const Told told = make(folder.path(), Certificate::development);
    EXPECT_TRUE(told.made);
    EXPECT_THAT(told.out, testing::Not(testing::HasSubstr("made ")));
    EXPECT_EQ(folder.read("master.key"), key);
    EXPECT_EQ(folder.read("kindroomd.toml"), "# mine\n");
}

// A new key beside an old database would be taken for the real one, and every word would look damaged.
TEST(HouseFolder, NoNewKeyIsMadeForAnOldDatabase) {
    const Folder folder;
    folder.write("kindroom.db", "x");
    const Told told = make(folder.path(), Certificate::none);
    EXPECT_FALSE(told.made);
    EXPECT_THAT(told.err, testing::HasSubstr("from its backup"));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "master.key"));
}

}  // namespace kindroom::operator_
