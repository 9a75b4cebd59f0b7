// The project's own text files, read once, for the tests that judge them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kindroom::arch {

struct SourceFile {
    std::string path;  // relative to the project, with '/'
    std::vector<std::string> lines;
};

using SourceTree = std::vector<SourceFile>;
using Findings = std::vector<std::string>;

// All text files below `root` that a commit may hold: no build folders, no version control, sorted by path.
SourceTree read_tree(const std::filesystem::path& root);

// A file made of one text, for the rules' own tests.
SourceFile file_of(std::string path, std::string_view text);

const SourceFile* find(const SourceTree& tree, std::string_view path);
bool is_cpp(const SourceFile& file);
bool is_below(const SourceFile& file, std::string_view folder);

// Nothing follows a "//" here: a rule about code does not judge its comments.
std::string_view code_of(std::string_view line);

// "path:line: text", the way compilers say it.
std::string at(const SourceFile& file, std::size_t line_index, std::string_view text);

// One finding per line, for a test's message.
std::string joined(const Findings& findings);

}  // namespace kindroom::arch
