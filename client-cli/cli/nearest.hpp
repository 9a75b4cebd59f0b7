// Finding what somebody meant. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kindroom::cli {

// The word that differs least from what was typed (a letter more, less, changed, or two swapped); nothing if even that
// one is too far to be what was meant.
std::optional<std::string> nearest(std::string_view typed, const std::vector<std::string>& words);

struct Found {
    enum class Kind { one, none, several } kind = Kind::none;
    std::size_t index = 0;
};

// Which topic is meant by a list letter ("b") or by its beginning ("grief"); case does not matter, and a topic that is
// typed in full wins over longer ones.
Found find_topic(std::string_view typed, const std::vector<std::string>& topics);

// Whether words from a person mean yes.
bool means_yes(std::string_view answer);

std::string_view trim(std::string_view text);

// ASCII only: names of commands and beginnings of topics.
std::string lower(std::string_view text);

}  // namespace kindroom::cli
