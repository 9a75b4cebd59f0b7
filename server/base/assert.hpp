// Our own mistakes end the process: a restart from the store is safer for the people in the rooms than going on
// wrongly.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace kindroom {

[[noreturn]] inline void assertion_failed(const char* what, const char* file, int line) {
    std::fprintf(stderr, "kindroom: broken assumption: %s (%s:%d)\n", what, file, line);
    std::abort();
}

}  // namespace kindroom

// Checked in every build. The expression is printed, so it must not contain anything private.
#define KINDROOM_ASSERT(expression) \
    ((expression) ? static_cast<void>(0) : ::kindroom::assertion_failed(#expression, __FILE__, __LINE__))
