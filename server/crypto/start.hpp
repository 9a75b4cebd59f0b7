// libsodium asks to be started before its first use: it then picks the fast code for this processor.
#pragma once

namespace kindroom::crypto {

// Cheap after the first time. Any thread.
void start_sodium();

}  // namespace kindroom::crypto
