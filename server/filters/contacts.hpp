// Finds what tells where somebody can be reached: links, telephone numbers, e-mail and postal addresses, also where
// they are written out ("anna at example dot org", "oh one seven one"). Immutable; any thread.
#pragma once

#include <string_view>
#include <vector>

#include "filters/filter.hpp"
#include "filters/patterns.hpp"

namespace kindroom::filters {

class Contacts {
  public:
    Contacts();
    // Which kinds of contact details there are; `unmasked` as text::unmasked() gives it, in UTF-8.
    std::vector<What> find(std::string_view unmasked) const;

  private:
    Patterns patterns_;
};

}  // namespace kindroom::filters
