// What is found in words before they are said.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/review.hpp"

namespace kindroom::actors {

// What the filters of the house, and the room, say to words before they are said.
struct Screening {
    // A moderator is to look at them first.
    std::optional<domain::Hold> hold;
    // What acted otherwise, and what they are labelled with.
    std::vector<domain::FilterNote> acted;
    std::vector<std::string> labels;
    // They sound like a cry for help in this language.
    std::optional<domain::FilterNote> help;
    std::string language;
    bool calls = false;
    bool is_unsigned = false;
};

}  // namespace kindroom::actors
