// `kindroomd selftest boundaries`: proves on this machine, with this program, over real sockets, that somebody who is
// blocked cannot tell. A house of its own is made for it in a scratch folder, and gone afterwards.
#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>

namespace kindroom::operator_ {

struct SelftestOptions {
    // This program.
    std::filesystem::path program;
    // Pairs of calls for each comparison of latencies; 0 leaves them out.
    std::uint32_t pairs = 2'000;
    // Only the look of this number; 0: all of them.
    std::uint32_t look = 0;
};

// Prints each look with pass or FAIL and what was seen. 0: nothing tells; 1: something does; 2: there is no such look; 3:
// the house could not be opened.
int selftest_boundaries(const SelftestOptions& options, std::ostream& out, std::ostream& err);

}  // namespace kindroom::operator_
