// Which plain letter a character passes for.
#pragma once

namespace kindroom::text {

// The small Latin letter or ASCII digit that the eye takes it for; else the letter without its accents; 0 for an accent
// by itself. `c` is case folded and no ASCII. Costs one look into a table that is made when it is first needed.
char32_t plain_letter(char32_t c);

}  // namespace kindroom::text
