// The steps of which the cleaning of texts is made. Each takes and gives back text in NFC; all may run on any thread.
#pragma once

#include <string>
#include <unicode/unistr.h>

namespace kindroom::text {

// Unicode normalisation form C: one spelling for what looks the same. Of a tower of marks no more than 32 stay, since to
// sort them takes time that grows with the square of their number.
icu::UnicodeString nfc(const icu::UnicodeString& text);

// Line ends become \n, tabs blanks; control characters, non-characters, lone surrogates, tag characters and everything
// else that is invisible go, but for joiners, variation selectors and direction marks where they have work to do.
icu::UnicodeString without_invisible_tricks(const icu::UnicodeString& text);

// Overrides go; isolates and embeddings end where their line ends, and nothing ends that has not begun.
icu::UnicodeString with_balanced_directions(const icu::UnicodeString& text);

// At most `marks_max` combining marks stay on one base; what lies above and below a line belongs to other people.
icu::UnicodeString without_mark_towers(const icu::UnicodeString& text, int marks_max = 4);

// Any run of blanks and line ends becomes one blank; none at either end.
icu::UnicodeString on_one_line(const icu::UnicodeString& text);

// Without blanks and line ends at either end.
icu::UnicodeString without_blank_ends(const icu::UnicodeString& text);

// Whether there is anything to see.
bool is_visible(const icu::UnicodeString& text);

// All steps for a message, in order.
icu::UnicodeString cleaned(const icu::UnicodeString& text);

std::string to_utf8(const icu::UnicodeString& text);

}  // namespace kindroom::text
