// The rules of the house. Each is first shown a small tree that breaks it, then the real one.
#include "arch/house_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iostream>

namespace kindroom::arch {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const SourceTree& project() {
    static const SourceTree tree = read_tree(KINDROOM_SOURCE_DIR);
    return tree;
}

// The paths of the files that a rule complains about in a small tree.
testing::Matcher<Findings> only_in(const std::string& path) { return ElementsAre(HasSubstr(path + ":")); }

TEST(Locks, OutsideStoreBusAndOpsAreFound) {
    const SourceTree tree = {file_of("server/actors/hub.hpp", "    std::mutex guard_;\n"),
                             file_of("server/actors/hub.cpp", "// no std::mutex here\n"),
                             file_of("server/store/memory_store.hpp", "    std::mutex guard_;  // rooms_\n")};
    EXPECT_THAT(check_locks(tree), only_in("server/actors/hub.hpp"));
}

TEST(Locks, OfThisProjectStandWhereThreadsMeet) {
    const auto findings = check_locks(project());
    EXPECT_THAT(findings, IsEmpty()) << joined(findings);
}

TEST(Visibility, ASecondJudgeIsFound) {
    const SourceTree tree = {file_of("server/actors/client.cpp", "    if (account.is_blocked(other)) return;\n"),
                             file_of("server/domain/visibility.cpp", "    if (blocked) return false;\n")};
    EXPECT_THAT(check_one_judge_of_visibility(tree), only_in("server/actors/client.cpp"));
}

TEST(Visibility, HasOneJudgeInThisProject) {
    const auto findings = check_one_judge_of_visibility(project());
    EXPECT_THAT(findings, IsEmpty()) << joined(findings);
}

TEST(Purity, AClockInTheDomainIsFound) {
    const SourceTree tree = {file_of("server/domain/room.cpp", "auto now = std::chrono::steady_clock::now();\n"),
                             file_of("server/runtime/shard.cpp", "auto now = std::chrono::steady_clock::now();\n")};
    EXPECT_THAT(check_purity(tree), only_in("server/domain/room.cpp"));
}

TEST(Purity, ChanceInTheDomainIsFound) {
    EXPECT_THAT(check_purity({file_of("server/domain/circle.cpp", "#include <random>\n")}), SizeIs(1));
}

TEST(Purity, ASuspendedHandlerIsFound) {
    const SourceTree tree = {file_of("server/actors/room_actor.cpp", "    co_await store_.commit(batch);\n"),
                             file_of("server/net/ws_connection.cpp", "    co_await stream.read();\n")};
    EXPECT_THAT(check_purity(tree), only_in("server/actors/room_actor.cpp"));
}

TEST(Purity, OfThisProjectHolds) {
    const auto findings = check_purity(project());
    EXPECT_THAT(findings, IsEmpty()) << joined(findings);
}

TEST(PatienceOfTests, ASleepIsFound) {
    const SourceTree tree = {file_of("tests/e2e/talk_test.cpp", "std::this_thread::sleep_for(100ms);\n")};
    EXPECT_THAT(check_patience_of_tests(tree), only_in("tests/e2e/talk_test.cpp"));
}

TEST(PatienceOfTests, ASleepInAScriptIsFound) {
    const SourceTree tree = {file_of("tests/e2e/talk", "while true; do sleep 1; done\n")};
    EXPECT_THAT(check_patience_of_tests(tree), only_in("tests/e2e/talk"));
}

TEST(PatienceOfTests, ATestThatIsSwitchedOffIsFound) {
    const SourceTree tree = {file_of("tests/unit/domain/room_test.cpp", "TEST(Room, DISABLED_Speaks) {\n")};
    EXPECT_THAT(check_patience_of_tests(tree), SizeIs(1));
}

TEST(PatienceOfTests, IsKeptInThisProject) {
    const auto findings = check_patience_of_tests(project());
    EXPECT_THAT(findings, IsEmpty()) << joined(findings);
}

TEST(Words, AMachinesPathIsFound) {
    const SourceTree tree = {file_of("README.md", "See /home/ana/kindroom for more.\n"),
                             file_of("docs/running.md", "Data lives in /var/lib/kindroom by default.\n")};
    EXPECT_THAT(check_words(tree), only_in("README.md"));
}

TEST(Words, AnOpenPromiseIsFound) {
    EXPECT_THAT(check_words({file_of("server/net/http.cpp", "// TODO: bound this\n")}), SizeIs(1));
}

TEST(Words, OfThisProjectAreClean) {
    const auto findings = check_words(project());
    EXPECT_THAT(findings, IsEmpty()) << joined(findings);
}

TEST(Limits, OneThatIsNeitherInTheSampleNorTestedIsFoundTwice) {
    const SourceTree tree = {
        file_of("deploy/kindroomd.toml", "# one frame\n# frame_bytes_max = 16384\n"),
        file_of(
            "server/base/limits.hpp",
            "struct Limits {\n    std::uint32_t frame_bytes_max = 16 * 1024;\n    Duration idle_max{75'000};\n};\n"),
        file_of("tests/unit/net/frames_test.cpp", "limits.frame_bytes_max = 10;\n")};
    EXPECT_THAT(check_limits(tree), ElementsAre(HasSubstr("kindroomd.toml: the limit idle_max"),
                                                HasSubstr("no test names the limit idle_max")));
}

TEST(Limits, OfThisProjectAreAllConfigurableAndTested) {
    ASSERT_THAT(limits_of(*find(project(), "server/base/limits.hpp")), Contains("outbox_bytes_max"));
    const auto findings = check_limits(project());
    EXPECT_THAT(findings, IsEmpty()) << joined(findings);
}

TEST(Limits, AnAnswerToOneThatIsNotThereIsFound) {
    const SourceTree tree = {
        file_of("docs/limits.md", "| limit | beyond it |\n|---|---|\n| `idle_max`, `gone_max` | close 4002 |\n"),
        file_of("server/base/limits.hpp", "struct Limits {\n    Duration idle_max{75'000};\n};\n")};
    EXPECT_THAT(check_page_of_limits(tree), ElementsAre("docs/limits.md:3: there is no limit gone_max"));
}

TEST(Limits, OfThisProjectWithAnAnswerOnThePageAreThere) {
    const auto findings = check_page_of_limits(project());
    EXPECT_THAT(findings, IsEmpty()) << joined(findings);
}

TEST(Series, OneThatNothingSetsIsFound) {
    const SourceTree tree = {
        file_of("server/ops/metrics.hpp",
                "enum class Counter : std::uint8_t {\n    commands,\n    sign_ins,\n    count_,\n};\n"
                "enum class Gauge : std::uint8_t {\n    sign_ins,\n    count_,\n};\n"),
        file_of("server/ops/metrics.cpp", "add(Counter::sign_ins);\n"),
        file_of("server/actors/home.cpp",
                "metrics.add(ops::Counter::commands);\nadd(ops::Counter::sign_ins_failed);\n"
                "metrics.set(ops::Gauge::sign_ins, 1);\n"),
        file_of("tests/unit/ops/metrics_test.cpp", "metrics.add(Counter::sign_ins);\n")};
    EXPECT_THAT(check_metrics(tree),
                ElementsAre("server/ops/metrics.hpp:3: nothing in the server sets Counter::sign_ins"));
}

TEST(Series, OfThisProjectAreAllSet) {
    const auto findings = check_metrics(project());
    EXPECT_THAT(findings, IsEmpty()) << joined(findings);
}

TEST(LogEvents, OneThatNothingLogsAndThePageDoesNotNameIsFoundTwice) {
    const SourceTree tree = {file_of("docs/operator.md", "| `server_ready` | it serves |\n"),
                             file_of("server/ops/log.hpp",
                                     "enum class LogEvent : std::uint8_t {\n    server_ready,\n    disk_full,\n};\n"),
                             file_of("server/ops/log.cpp", "case LogEvent::disk_full:\n"),
                             file_of("server/serve.cpp", "log_.info(ops::LogEvent::server_ready);\n")};
    EXPECT_THAT(check_log_events(tree), ElementsAre("server/ops/log.hpp:3: nothing in the server logs disk_full",
                                                    "docs/operator.md: the event disk_full is missing"));
}

TEST(LogEvents, OfThisProjectAreAllLoggedAndOnThePage) {
    const auto findings = check_log_events(project());
    EXPECT_THAT(findings, IsEmpty()) << joined(findings);
}

TEST(Links, ADeadOneIsFound) {
    const SourceTree tree = {file_of("docs/a.md", "See [testing](testing.md) and [the gone](gone.md#part).\n")};
    EXPECT_THAT(check_links(tree, KINDROOM_SOURCE_DIR), ElementsAre("docs/a.md:1: gone.md does not exist"));
}

TEST(Links, OfThisProjectLeadSomewhere) {
    const auto findings = check_links(project(), KINDROOM_SOURCE_DIR);
    EXPECT_THAT(findings, IsEmpty()) << joined(findings);
}

TEST(NamedTests, OneThatIsNowhereIsFound) {
    const SourceTree tree = {file_of("docs/promises.md", "`Kill.NothingIsLost`, `Looks/Cut.Comes/look_01`, `Cut.Goes`, `a.Bc`\n"),
                             file_of("tests/e2e/cut_test.cpp", "TEST_F(Cut, Comes) {\n"),
                             file_of("tests/e2e/kill_test.cpp", "TEST(Kill,\n     NothingIsLost) {\n")};
    EXPECT_THAT(check_named_tests(tree), ElementsAre("docs/promises.md:1: no test is called Cut.Goes"));
}

TEST(NamedTests, OfThisProjectAreThere) {
    const auto findings = check_named_tests(project());
    EXPECT_THAT(findings, IsEmpty()) << joined(findings);
}

TEST(Lengths, AFileOfTwoThingsIsFound) {
    std::string text;
    for (int i = 0; i < 401; ++i) {
        text += "x\n";
    }
    EXPECT_THAT(check_lengths({file_of("server/a.cpp", text)}).too_long, SizeIs(1));
    EXPECT_THAT(check_lengths({file_of("server/a.cpp", text.substr(0, 800))}).too_long, IsEmpty());
}

TEST(Lengths, OfThisProjectFitAReader) {
    const auto lengths = check_lengths(project());
    std::cout << joined(lengths.long_already);
    EXPECT_THAT(lengths.too_long, IsEmpty()) << joined(lengths.too_long);
}

}  // namespace
}  // namespace kindroom::arch
