// What a test tells the library that stands between a server and its system (fault_library.cpp), on a page of memory
// that both see.
#pragma once

#include <atomic>
#include <cstdint>

namespace kindroom::test {

// In the variable of this name, the path of the page.
inline constexpr const char* fault_page_variable = "KINDROOM_FAULTS";

// A file of zeros is one without faults.
struct FaultPage {
    // A sync of a file takes so long; whoever waits in one is let go as soon as this is less.
    std::atomic<std::int64_t> sync_takes_ms;
    // What is to change a file answers this error and is not done.
    std::atomic<int> writes_answer;
    // How far the clock on the wall is ahead, and how much longer the machine has been running, than is true.
    std::atomic<std::int64_t> wall_ahead_s;
    std::atomic<std::int64_t> running_longer_s;

    // -- counted --
    std::atomic<std::uint64_t> syncs;  // that have begun
    std::atomic<std::uint64_t> writes_refused;
};

}  // namespace kindroom::test
