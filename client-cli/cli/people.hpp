// Finding the people whom somebody means, among those of one room. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kindroom/v1/types.pb.h"

namespace kindroom::cli {

// Those whom `typed` can mean: by name, by sign, or by both as the screen shows them ("Ana", "quiet fox",
// "Ana (quiet fox)"); with an @ before it or not, in small letters or large ones. Several people may have one name.
// Never a role voice: it is an office, and an office cannot be kept away.
std::vector<v1::Person> called(std::string_view typed, const std::vector<v1::Person>& people);

// The tokens of the people whom a text mentions as @Name: names written exactly, the longest that fits, and only if
// nobody else has that name; everything else is plain text. Each once, in order, at most `most` of them.
std::vector<std::string> mentioned(std::string_view text, const std::vector<v1::Person>& people, std::size_t most);

// What stands between commas, without the blanks around it.
std::vector<std::string> parts_of(std::string_view typed);

}  // namespace kindroom::cli
