// What is sealed of a message: the author's name at that time and the words, as one text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/people.hpp"

namespace kindroom::domain {

struct Content {
    std::string name;
    std::string text;
    friend bool operator==(const Content&, const Content&) = default;
};

std::string pack(const Content& content);
// Nothing if it was not packed by pack().
std::optional<Content> unpack_content(std::string_view packed);

std::string pack(const Decision& decision);
std::optional<Decision> unpack_decision(std::string_view packed);

}  // namespace kindroom::domain
