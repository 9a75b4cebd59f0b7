// What one character is, as far as cleaning asks.
#pragma once

#include <unicode/uchar.h>

namespace kindroom::text {

// A letter, sign or blank of common scripts that stays wherever it stands; most texts hold nothing else.
bool is_plain(char16_t unit);
// Shows nothing by itself and may be left out by whoever draws a text ("default ignorable").
bool is_ignorable(UChar32 c);
// A combining mark that shows and stacks on its base. Spacing marks (Mc) stand beside it and cannot make a tower.
bool is_stacking_mark(UChar32 c);
// Nothing to see by itself: blanks, marks, fillers and all that Unicode calls default ignorable.
bool is_blank(UChar32 c);
// A line end in any spelling; \r\n is two of them.
bool is_line_end(UChar32 c);
bool is_variation_selector(UChar32 c);
bool is_skin_tone(UChar32 c);
// Pictures, including those of flags and keycaps, and the tones of skin.
bool is_emoji_part(UChar32 c);
// Letters of scripts in which a joiner (U+200C, U+200D) changes how a word is read.
bool needs_joiners(UChar32 c);
// Letters of scripts that are written without blanks, where U+200B says where a line may break.
bool needs_break_marks(UChar32 c);
// Never kept in any text, wherever it stands.
bool is_never_kept(UChar32 c);

}  // namespace kindroom::text
