// The directory of places to turn to.
#pragma once

#include "base/time.hpp"
#include "domain/settings.hpp"

namespace kindroom::domain {

// Whether nobody has tried the place for so long that it may be gone: never verified, or longer ago than that.
bool is_doubtful(const HelpEntry& entry, TimePoint now, Duration stale_after);

// The entries of a country and language, and those of all; an empty text stands for any. Doubtful ones are marked.
HelpDirectory help_for(const HelpDirectory& help, const std::string& country, const std::string& language,
                       TimePoint now, Duration stale_after);

}  // namespace kindroom::domain
