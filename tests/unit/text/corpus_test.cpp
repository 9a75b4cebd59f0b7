#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "text/text.hpp"

namespace kindroom::text {
namespace {

constexpr std::size_t name_code_points_max = 40;

struct Case {
    std::size_t line;
    std::string kind;
    std::string input;
    std::string verdict;  // same, empty, refused or written
    std::string output;   // where the verdict is written
};

void append_utf8(std::string& out, unsigned long c) {
    const auto add = [&out](unsigned long byte) { out += static_cast<char>(byte); };
    if (c < 0x80) return add(c);
    if (c < 0x800) {
        add(0xc0 | (c >> 6));
    } else if (c < 0x10000) {
        add(0xe0 | (c >> 12));
        add(0x80 | ((c >> 6) & 0x3f));
    } else {
        add(0xf0 | (c >> 18));
        add(0x80 | ((c >> 12) & 0x3f));
        add(0x80 | ((c >> 6) & 0x3f));
    }
    add(0x80 | (c & 0x3f));
}

// "61 62*3" as in \u{61 62*3}.
void append_characters(std::string& out, const std::string& listed) {
    std::istringstream items(listed);
    for (std::string item; items >> item;) {
        const auto star = item.find('*');
        const auto times = star == std::string::npos ? 1UL : std::stoul(item.substr(star + 1));
        for (unsigned long i = 0; i < times; ++i) append_utf8(out, std::stoul(item.substr(0, star), nullptr, 16));
    }
}

// Reads what stands in quotes at `at`, and moves `at` behind it.
std::string read_quoted(const std::string& line, std::size_t& at) {
    std::string out;
    for (++at; line.at(at) != '"'; ++at) {
        if (line[at] != '\\') {
            out += line[at];
            continue;
        }
        const char escaped = line.at(++at);
        if (escaped == 'u') {
            const auto end = line.find('}', at);
            append_characters(out, line.substr(at + 2, end - at - 2));
            at = end;
        } else {
            out += escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped == 't' ? '\t' : escaped;
        }
    }
    ++at;
    return out;
}

std::vector<Case> read_corpus() {
    const char* path = std::getenv("KINDROOM_TEXT_CORPUS");
    std::ifstream file(path == nullptr ? "corpus.txt" : path);
    std::vector<Case> cases;
    std::string line;
    for (std::size_t number = 1; std::getline(file, line); ++number) {
        if (line.empty() || line.starts_with('#')) continue;
        auto at = line.find('"');
        Case next{number, line.substr(0, line.find(' ')), read_quoted(line, at), "written", {}};
        at = line.find_first_not_of(' ', at);
        if (line.at(at) == '"')
            next.output = read_quoted(line, at);
        else
            next.verdict = line.substr(at, line.find(' ', at) - at);
        cases.push_back(std::move(next));
    }
    return cases;
}

std::string clean(const Case& one) {
    if (one.kind == "message") return clean_message(one.input);
    if (one.kind == "line") return clean_line(one.input);
    return clean_name(one.input, name_code_points_max).value_or("(refused)");
}

std::string expected(const Case& one) {
    if (one.verdict == "same") return one.input;
    if (one.verdict == "refused") return "(refused)";
    return one.output;
}

TEST(TextCorpus, EveryLineHasItsVerdict) {
    const auto cases = read_corpus();
    ASSERT_GE(cases.size(), 150U) << "set KINDROOM_TEXT_CORPUS to the path of corpus.txt";
    for (const auto& one : cases) EXPECT_EQ(clean(one), expected(one)) << "corpus.txt:" << one.line;
}

TEST(TextCorpus, WhatWasCleanedOnceStaysAsItIs) {
    for (auto one : read_corpus()) {
        const auto once = clean(one);
        one.input = once;
        if (once != "(refused)") {
            EXPECT_EQ(clean(one), once) << "corpus.txt:" << one.line;
        }
    }
}

}  // namespace
}  // namespace kindroom::text
