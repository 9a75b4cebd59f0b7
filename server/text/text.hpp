// Texts of people made safe to show: no invisible tricks, no look-alikes of the house's own voices.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kindroom::text {

// How many Unicode code points; the input is valid UTF-8.
std::size_t code_points(std::string_view utf8);

// The first `most` code points of it.
std::string first_code_points(std::string_view utf8, std::size_t most);

// A message as it is kept: NFC, line ends as \n, without control characters, non-characters, tag characters, U+FEFF and
// bidi overrides; isolates and embeddings are balanced per line; more than four combining marks on one base are
// dropped. Joiners stay where emoji and scripts need them. No blanks at either end; empty if nothing visible is left.
std::string clean_message(std::string_view utf8);

// A line such as a topic, a label or a device's name: as clean_message, with blanks and line ends folded to one blank.
std::string clean_line(std::string_view utf8);

// A display name: as clean_line, without zero-width characters and bidi controls of any kind, trimmed. Nothing if it is
// empty, longer than `code_points_max`, mixes scripts to deceive (UTS 39, highly restrictive), or looks like a name
// that belongs to the house: moderator, admin, staff, helpline, system, kindroom, and the like, however they are
// spelled.
std::optional<std::string> clean_name(std::string_view utf8, std::size_t code_points_max);

// What a text says without regard to how it is spelled, for finding words in it (mutes of words): compatibility forms
// and case are one (NFKC_Casefold), what cannot be seen is gone, and all that is no letter, digit or mark separates
// words. One blank between two words, none at either end. Accents stay: they tell words apart. Valid UTF-8 in and out.
std::string fold_for_matching(std::string_view utf8);

}  // namespace kindroom::text
