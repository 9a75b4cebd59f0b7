// Names that belong to the house.
#pragma once

#include <unicode/unistr.h>

namespace kindroom::text {

// Whether a name could be taken for that of somebody who speaks for the house: a moderator, an admin, the staff, a
// helpline, the system, Kindroom itself. Spelling does not help: case, accents, look-alikes of other scripts, digits
// for letters, and blanks or dots between the letters are seen through. It looks for whole words where the word also
// occurs inside ordinary names ("Staffan", "badminton"), and anywhere where it does not ("TheModerator").
bool looks_like_the_house(const icu::UnicodeString& name);

}  // namespace kindroom::text
