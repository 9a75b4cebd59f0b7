#include "config/load.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "unit/config/folder.hpp"

namespace kindroom::config {

namespace {

using testing::HasSubstr;

Config config_of(std::string_view text, const Environment& environment = {}) {
    auto parsed = parse_config(text, "kindroomd.toml", "", environment);
    if (const auto* mistakes = std::get_if<std::vector<Mistake>>(&parsed)) ADD_FAILURE() << to_text(*mistakes);
    return std::holds_alternative<Config>(parsed) ? std::get<Config>(std::move(parsed)) : Config{};
}

std::string mistakes_of(std::string_view text, const Environment& environment = {}) {
    const auto parsed = parse_config(text, "kindroomd.toml", "", environment);
    const auto* mistakes = std::get_if<std::vector<Mistake>>(&parsed);
    return mistakes ? to_text(*mistakes) : "";
}

}  // namespace

TEST(LoadConfig, ReadsEachKindOfValue) {
    const Config config = config_of(R"(
[house]
name = "Quiet Corner"
open_registration = true
[listen]
origins = ["https://a.example", "https://b.example"]
[store]
path = "here.db"
[runtime]
shards = 3
passphrase_memory_bytes = "19 MiB"
[limits]
roster_tick = "250ms"
frame_bytes_max = "8KiB"
)");
    EXPECT_EQ(config.house.name, "Quiet Corner");
    EXPECT_TRUE(config.house.open_registration);
    EXPECT_THAT(config.listen.origins, testing::ElementsAre("https://a.example", "https://b.example"));
    EXPECT_EQ(config.store.path, "here.db");
    EXPECT_EQ(config.runtime.shards, 3u);
    EXPECT_EQ(config.runtime.passphrase_memory_bytes, 19u * 1024 * 1024);
    EXPECT_EQ(config.limits.roster_tick, Duration{250});
    EXPECT_EQ(config.limits.frame_bytes_max, 8u * 1024);
    EXPECT_EQ(config.limits.idle_max, Limits{}.idle_max);
}

TEST(LoadConfig, TellsEveryMistakeAtOnceWithPlaceKeyValueAndRemedy) {
    EXPECT_EQ(
        mistakes_of(R"([house]
nmae = "x"
open_registration = "yes"

[limits]
ping_every = 30
  fragments_max = 0
idle_max = "75"
path = "x"

[lisen]
address = "x"
)"),
        "kindroomd.toml:2:1: house.nmae = \"x\": There is no such key. Did you mean name?\n"
        "kindroomd.toml:3:1: house.open_registration = \"yes\": Write true or false, without quotes.\n"
        "kindroomd.toml:6:1: limits.ping_every = 30: Write a number and its unit in quotes: ms, s, m, h or d, such "
        "as \"30s\".\n"
        "kindroomd.toml:7:3: limits.fragments_max = 0: That is out of range. Expected: number, 1 to 1000000.\n"
        "kindroomd.toml:8:1: limits.idle_max = \"75\": Write a number and its unit in quotes: ms, s, m, h or d, "
        "such as \"30s\".\n"
        "kindroomd.toml:9:1: limits.path = \"x\": There is no such key in [limits]; it belongs into [store].\n"
        "kindroomd.toml:11:2: lisen: There is no such section. Did you mean [listen]?\n");
}

TEST(LoadConfig, WhatIsNotTomlIsOneMistakeWithItsPlace) {
    const std::string told = mistakes_of("[house]\nname = \"a\nb\"\n");
    EXPECT_THAT(told, testing::StartsWith("kindroomd.toml:2:"));
    EXPECT_THAT(told, HasSubstr("This is not TOML"));
}

// Found by fuzzing: TOML's own complaint quoted a line break and an escape sequence of the file.
TEST(LoadConfig, AMistakeIsOneLineWhateverTheFileHolds) {
    const std::string told = mistakes_of("[house]\nopen_registration = tr\neu\n");
    EXPECT_EQ(told.find('\n'), told.size() - 1);
    EXPECT_EQ(mistakes_of("[house]\nopen_registration = tr\x1b[31m\n").find('\x1b'), std::string::npos);
}

TEST(LoadConfig, AKeyOutsideOfItsSectionIsToldWhereItBelongs) {
    EXPECT_THAT(mistakes_of("shards = 2\n"), HasSubstr("This key belongs into [runtime]."));
    EXPECT_THAT(mistakes_of("house = 2\n"), HasSubstr("write [house] on a line of its own"));
}

TEST(LoadConfig, DeepNestingIsAMistakeAndNoCrash) {
    EXPECT_NE(mistakes_of("[limits]\nx = " + std::string(100, '[') + std::string(100, ']') + "\n"), "");
    std::string dotted = "a";
    for (int i = 0; i < 1'000; ++i) dotted += ".a";
    EXPECT_THAT(mistakes_of(dotted + " = 1\n"), HasSubstr("nested too deeply"));
}

TEST(LoadConfig, TheEnvironmentOverridesTheFile) {
    const Config config = config_of("[listen]\naddress = \"127.0.0.1:1\"\n",
                                    {{"kindroomd__LISTEN__ADDRESS", "127.0.0.1:2"},
                                     {"kindroomd__limits__roster_tick", "5ms"},
                                     {"kindroomd__RUNTIME__SHARDS", "2"},
                                     {"kindroomd__HOUSE__OPEN_REGISTRATION", "true"},
                                     {"kindroomd__LISTEN__ORIGINS", "https://a.example,https://b.example"},
                                     {"PATH", "whatever"}});
    EXPECT_EQ(config.listen.address, "127.0.0.1:2");
    EXPECT_EQ(config.limits.roster_tick, Duration{5});
    EXPECT_EQ(config.runtime.shards, 2u);
    EXPECT_TRUE(config.house.open_registration);
    EXPECT_EQ(config.listen.origins.size(), 2u);
}

TEST(LoadConfig, AMistakeInTheEnvironmentNamesTheVariable) {
    EXPECT_EQ(mistakes_of("", {{"kindroomd__LISTEN__ADRESS", "x"}}),
              "environment: kindroomd__LISTEN__ADRESS = x: There is no such key. Did you mean address?\n");
    EXPECT_EQ(
        mistakes_of("", {{"kindroomd__RUNTIME__SHARDS", "two"}}),
        "environment: runtime.shards = \"two\": Write a whole number, without quotes. Expected: number, 0 to 256.\n");
    EXPECT_THAT(mistakes_of("", {{"kindroomd__X", "1"}}), HasSubstr("no such section"));
}

TEST(LoadConfig, RelativePathsBeginAtTheFolderOfTheFile) {
    const Folder folder;
    const auto file =
        folder.write("kindroomd.toml", "[store]\npath = \"data/k.db\"\n[keys]\nmaster_key_file = \"/k\"\n");
    const auto parsed = read_config(file, {});
    ASSERT_TRUE(std::holds_alternative<Config>(parsed));
    const auto& config = std::get<Config>(parsed);
    EXPECT_EQ(config.store.path, folder.path() / "data/k.db");
    EXPECT_EQ(config.keys.master_key_file, "/k");
    EXPECT_EQ(config.operator_.socket, folder.path() / "operator.sock");
    EXPECT_TRUE(config.listen.port_file.empty());
}

TEST(LoadConfig, AFileThatIsNotThereIsOneMistake) {
    const Folder folder;
    const auto parsed = load_config(folder.path() / "none.toml", {});
    ASSERT_TRUE(std::holds_alternative<std::vector<Mistake>>(parsed));
    const auto& mistakes = std::get<std::vector<Mistake>>(parsed);
    ASSERT_EQ(mistakes.size(), 1u);
    EXPECT_THAT(to_text(mistakes), HasSubstr("cannot be opened: No such file or directory"));
}

TEST(LoadConfig, WhatCannotWorkIsToldWithThePlaceWhereItWasSet) {
    const Folder folder;
    const auto file = folder.write("kindroomd.toml", "[listen]\nplain_address = \"0.0.0.0:0\"\n");
    const auto parsed = load_config(file, {});
    ASSERT_TRUE(std::holds_alternative<std::vector<Mistake>>(parsed));
    const std::string told = to_text(std::get<std::vector<Mistake>>(parsed));
    EXPECT_THAT(told, HasSubstr("kindroomd.toml:2:1: listen.plain_address = \"0.0.0.0:0\": Others could read along."));
    // Not written in the file, so there is no line to point at.
    EXPECT_THAT(told, HasSubstr("kindroomd.toml: listen.certificate = \"\": TLS needs a certificate."));
}

RC_GTEST_PROP(LoadConfig, AnyTextGivesAConfigOrMistakesThatStayOnTheirLines, (const std::string& text)) {
    const auto parsed = parse_config(text, "kindroomd.toml", "", {});
    if (const auto* mistakes = std::get_if<std::vector<Mistake>>(&parsed)) {
        RC_ASSERT(!mistakes->empty());
        for (const Mistake& mistake : *mistakes) RC_ASSERT(to_text(mistake).find('\n') == std::string::npos);
    }
}

}  // namespace kindroom::config
