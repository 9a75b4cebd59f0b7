#include "ops/log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>
#include <string>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/secret.hpp"
#include "domain/people.hpp"

namespace kindroom::ops {

namespace {

// What must never get into a line does not compile into one (STYLE, "Privacy in the types").
template <class T>
constexpr bool can_be_logged = std::is_constructible_v<Field, Literal, T>;

static_assert(!can_be_logged<std::string>);
static_assert(!can_be_logged<std::string_view>);
static_assert(!can_be_logged<const char*>);
static_assert(!can_be_logged<char>);
static_assert(!can_be_logged<Position>);
static_assert(!can_be_logged<Bytes>);
static_assert(!can_be_logged<Secret>);
static_assert(!can_be_logged<AccountId>);
static_assert(!can_be_logged<PersonToken>);
static_assert(!can_be_logged<MessageId>);
static_assert(!can_be_logged<NetworkId>);
static_assert(!can_be_logged<domain::Person>);
static_assert(!std::is_constructible_v<Literal, std::string>);
static_assert(!std::is_constructible_v<Literal, std::string_view>);
static_assert(!std::is_constructible_v<Literal, const char*>);
static_assert(can_be_logged<Errc> && can_be_logged<double> && can_be_logged<std::uint64_t>);
static_assert(can_be_logged<int> && can_be_logged<bool> && can_be_logged<Duration> && can_be_logged<Literal>);

std::string lines_of(const std::string& format, const std::string& level, auto act) {
    std::ostringstream out;
    config::Config::Log settings;
    settings.format = format;
    settings.level = level;
    Log log{settings, out};
    act(log);
    return out.str();
}

}  // namespace

TEST(Log, ALineForPeopleHasTheTimeTheLevelTheEventAndItsFields) {
    const std::string line = lines_of("text", "info", [](Log& log) {
        log.warning(LogEvent::proxy_header_missing, {{"code", 4001},
                                                     {"reason", Literal{"too_slow"}},
                                                     {"open", false},
                                                     {"after", Duration{1500}},
                                                     {"refused", Errc::rate_limited}});
    });
    EXPECT_THAT(line, testing::MatchesRegex("20[0-9-]+T[0-9:]+\\.[0-9]+Z warning proxy_header_missing code=4001 "
                                            "reason=too_slow open=false after=1\\.5s refused=rate_limited\n"));
}

TEST(Log, ALineForProgramsIsOneJsonObject) {
    const std::string line = lines_of("json", "info", [](Log& log) {
        log.info(LogEvent::server_ready, {{"shards", 2u}, {"took", Duration{250}}, {"kind", Literal{"sqlite"}}});
    });
    EXPECT_THAT(line, testing::MatchesRegex("\\{\"time\":\"20[0-9-]+T[0-9:]+\\.[0-9]+Z\",\"level\":\"info\","
                                            "\"event\":\"server_ready\",\"shards\":2,\"took\":0\\.25,"
                                            "\"kind\":\"sqlite\"\\}\n"));
}

TEST(Log, WhatIsLessSeriousThanTheLevelIsNotWritten) {
    const auto act = [](Log& log) {
        log.debug(LogEvent::reload_done);
        log.info(LogEvent::reload_done);
        log.warning(LogEvent::store_refused);
        log.error(LogEvent::store_trouble);
    };
    const std::string lines = lines_of("text", "warning", act);
    EXPECT_THAT(lines, testing::Not(testing::HasSubstr("reload_done")));
    EXPECT_THAT(lines, testing::HasSubstr("store_refused"));
    EXPECT_THAT(lines, testing::HasSubstr("store_trouble"));
    EXPECT_THAT(lines_of("text", "debug", act), testing::HasSubstr("debug   reload_done"));
}

TEST(Log, ANoticeStaysOneLineAndOneObjectWhateverAPathHolds) {
    const auto act = [](Log& log) { log.operator_notice(Level::error, "No file \"a\\b\nc\x1b[31m\"."); };
    const std::string text = lines_of("text", "info", act);
    EXPECT_THAT(text, testing::EndsWith("error   No file \"a\\b c [31m\".\n"));
    EXPECT_THAT(lines_of("json", "info", act),
                testing::EndsWith(R"("event":"notice","text":"No file \"a\\b\u000ac\u001b[31m\"."})"
                                  "\n"));
}

TEST(Log, BracesInASentenceAreOnlyBraces) {
    EXPECT_THAT(lines_of("text", "info", [](Log& log) { log.operator_notice(Level::info, "{} %v {0}"); }),
                testing::EndsWith("{} %v {0}\n"));
}

}  // namespace kindroom::ops
