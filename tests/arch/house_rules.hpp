// What docs/testing.md promises about every file: the rules of the house that a tool can read.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "arch/source_tree.hpp"

namespace kindroom::arch {

// In the server, locks live where threads meet: store/, bus/ and ops/. Everywhere else one thread owns what it touches.
Findings check_locks(const SourceTree& tree);

// Only domain/ decides who is hidden from whom: a branch on a block elsewhere is a second place that decides.
Findings check_one_judge_of_visibility(const SourceTree& tree);

// domain/ asks no clock, no chance, no environment and no file, and actors/ never suspend.
Findings check_purity(const SourceTree& tree);

// No test waits for time to pass, is switched off, or skips itself.
Findings check_patience_of_tests(const SourceTree& tree);

// No path of somebody's machine and no open promise.
Findings check_words(const SourceTree& tree);

// Every member of struct Limits is a key of the sample configuration and is named by a test.
Findings check_limits(const SourceTree& tree);
std::vector<std::string> limits_of(const SourceFile& header);

// docs/limits.md names no limit that there is not: in the first column of its tables stand members of Limits.
Findings check_page_of_limits(const SourceTree& tree);

// Every series for the operator is counted by something: one that nothing sets would say zero, and look like a fact.
Findings check_metrics(const SourceTree& tree);
// Every event of the log is logged by something, and the operator's page says what it means.
Findings check_log_events(const SourceTree& tree);

// A link in a page that leads to no file of the project.
Findings check_links(const SourceTree& tree, const std::filesystem::path& root);

// A test that a page names (`Suite.Name`) and that is in no file: a promise would stand there that nothing proves.
Findings check_named_tests(const SourceTree& tree);

// A file of more than 400 lines holds two things. Above 300 it probably does: those are only told.
struct Lengths {
    Findings too_long;
    Findings long_already;
};
Lengths check_lengths(const SourceTree& tree);

}  // namespace kindroom::arch
