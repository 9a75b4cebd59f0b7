// A TOML file as plain values that know where they stand. The library that reads TOML is seen by document.cpp only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/mistake.hpp"

namespace kindroom::config {

struct Where {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

struct Value;
struct Member;

struct Table {
    std::vector<Member> members;  // in the order of their names

    // Nullptr where there is none of that name.
    const Value* find(std::string_view key) const;
};

// Dates, times and whatever else TOML has and we do not use.
struct Unused {};

struct Value {
    std::variant<Unused, std::string, std::int64_t, double, bool, std::vector<Value>, Table> data;
    Where where{};
};

struct Member {
    std::string key;
    Value value;
};

// Reads a whole document; `file` is only for the mistake. Refuses, besides what TOML refuses, more than 1 MiB and
// deeper nesting than anything here needs.
std::variant<Table, Mistake> parse_document(std::string_view text, const std::string& file);

// Reads a file of the operator's as it is; at most 1 MiB.
std::variant<std::string, Mistake> read_text_file(const std::string& file);

// As one would write it in TOML, shortened where it is long.
std::string text_of(const Value& value);

}  // namespace kindroom::config
