// What the house looks for in messages, and what it does then, as plain values (from the operator's file).
//
// No filter can do anything to a person: there is no action that does, and PRODUCT X8 goes further for cries for help,
// which may be answered with help and by calling a moderator, and with nothing else.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace kindroom::filters {

enum class What : std::uint8_t {
    words,       // these words and phrases, however they are spelled
    patterns,    // these regular expressions
    links,       // addresses of web pages
    phones,      // telephone numbers
    emails,      // e-mail addresses
    addresses,   // streets with numbers
    labels,      // one of these labels, given by the author
    repetition,  // the same again, `count` times `within`
    pace,        // `count` messages of one person `within`
    help,        // words and patterns in which somebody may be crying for help
};
std::string_view name_of(What what);

struct Actions {
    bool hold = false;            // a moderator looks at it before others see it
    bool label = false;           // it is given `label`
    bool help_card = false;       // the author is shown places to turn to, in private
    bool call_moderator = false;  // those on duty are told
    friend bool operator==(const Actions&, const Actions&) = default;
};

struct Filter {
    std::string id;
    // One sentence for the author: what acted, and why. Never empty.
    std::string says;
    What what = What::words;
    std::vector<std::string> words{};
    std::vector<std::string> patterns{};
    std::vector<std::string> labels{};
    std::uint32_t count = 0;
    Duration within{0};
    Actions actions{};
    std::string label{};
    // Of help: the language of its phrases, such as "en", and so of the places that are shown.
    std::string language{};
    friend bool operator==(const Filter&, const Filter&) = default;
};

// Whether it protects somebody from telling where they can be found: it holds even what cries for help.
bool is_about_contact_details(What what);

}  // namespace kindroom::filters
