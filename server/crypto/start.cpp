#include "crypto/start.hpp"

#include <sodium.h>

#include "base/assert.hpp"

namespace kindroom::crypto {

void start_sodium() {
    static const bool started = sodium_init() >= 0;
    KINDROOM_ASSERT(started);
}

}  // namespace kindroom::crypto
