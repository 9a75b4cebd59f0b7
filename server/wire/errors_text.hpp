// Refusals in words.
#pragma once

#include "base/errc.hpp"

namespace kindroom::wire {

// One English sentence that says what is the matter and what to do next, for a person who may be having a hard day. It
// depends on the code alone, so it tells no more than the code does.
const char* text_of(Errc code);

}  // namespace kindroom::wire
