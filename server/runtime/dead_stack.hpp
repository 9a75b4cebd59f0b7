// What functions that have returned have left behind.
#pragma once

namespace kindroom::runtime {

// Overwrites the stack of this thread below the caller: buffers of libraries that have had a text in them.
void wipe_dead_stack();

}  // namespace kindroom::runtime
