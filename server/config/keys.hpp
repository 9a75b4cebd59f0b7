// The one table of everything that can be configured. Parser, defaults, sample file and manual all come from it, so
// they cannot disagree.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/config.hpp"
#include "config/document.hpp"

namespace kindroom::config {

enum class Kind { text, path, flag, count, size, duration, choice, texts };

// Where in a Config a key's value lives.
using Place = std::variant<std::string*, std::filesystem::path*, bool*, std::uint32_t*, std::uint64_t*, Duration*,
                           std::vector<std::string>*>;

struct Key {
    std::string_view section;
    std::string_view name;
    Kind kind;
    Place (*place)(Config&);
    std::string_view comment;  // one line, a sentence
    // The range of a count, of a size in bytes, of a duration in milliseconds.
    std::int64_t least = 0;
    std::int64_t most = 0;
    std::vector<std::string_view> choices{};
    std::string_view heading{};  // said above this key in the sample

    std::string full_name() const { return std::string{section}.append(".").append(name); }
};

struct Section {
    std::string_view name;
    std::string_view comment;
};

// In the order of the sample. Built once, never changed; any thread.
std::span<const Section> sections();
std::span<const Key> keys();

// Puts a value from a document in its place. On trouble nothing is changed and the answer is the remedy.
std::optional<std::string> set(const Key& key, Config& config, const Value& value);
// What the key's value is in this configuration, as it is written in TOML.
std::string written(const Key& key, const Config& config);
// What may stand there, as a remark: "duration, 1ms to 365d".
std::string range_of(const Key& key);

}  // namespace kindroom::config
