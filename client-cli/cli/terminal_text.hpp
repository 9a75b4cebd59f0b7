// Other people's text must never drive your terminal. Pure.
#pragma once

#include <string>
#include <string_view>

namespace kindroom::cli {

// Received text as it may be written to a terminal: escape sequences and control characters are gone, bidi controls are
// visible marks such as <RLO>, invisible characters are gone except the joiners that scripts and emoji need, piles of
// combining marks are cut down, broken UTF-8 becomes U+FFFD. Line breaks stay, tabs become blanks.
std::string clean_text(std::string_view received);

// The same on one line, for names, topics and signs: line breaks become blanks.
std::string clean_line(std::string_view received);

// Breaks text at blanks so that no line is wider than `columns`, as far as words allow. Existing breaks stay.
std::string wrap(std::string_view text, std::size_t columns, std::string_view indent);

// Takes out the line breaks of a text that was broken for another width: those behind a long line, where the next one goes
// on and neither begins an item of a list nor is empty. Short lines, as headings are, stay by themselves.
std::string rejoin(std::string_view text);

}  // namespace kindroom::cli
