// What is sealed of a message: the author's name at that time, the words, what they said before, and what goes with
// them, as one text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/decision.hpp"
#include "domain/event.hpp"
#include "domain/people.hpp"

namespace kindroom::domain {

struct Content {
    std::string name;
    std::string text;
    std::vector<std::string> labels{};
    std::vector<Mention> mentions{};
    // As in Message. What is folded is not packed: it is made of the words when they are opened.
    std::vector<Version> earlier{};
    Position edited_at_position{};
    TimePoint edited_at{};
    friend bool operator==(const Content&, const Content&) = default;
};

// What is to be sealed of a message as it stands.
Content content_of(const Message& message);

std::string pack(const Content& content);
// Nothing if it was not packed by pack(), of this version or an earlier one.
std::optional<Content> unpack_content(std::string_view packed);

// A ban as it was kept beside the account before decisions were kept with its matters.
std::string pack(const Decision& decision);
std::optional<Decision> unpack_decision(std::string_view packed);

}  // namespace kindroom::domain
