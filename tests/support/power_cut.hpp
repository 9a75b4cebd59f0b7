// What a disk may hold after the power went: all that was synced, and of the rest whatever part the seed decides.
#pragma once

#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "support/faulty_vfs.hpp"

namespace kindroom::test {

// Plays a record of FaultyVfs again. Each write since the last sync of its file may have arrived whole, not at all, or
// up to some sector of it, independently of those before and behind it: so writes are lost, torn and out of order.
class PowerCut {
  public:
    explicit PowerCut(std::uint64_t seed) : chance_(seed) {}

    // The next event of the record; it must outlive this object.
    void happen(const DiskEvent& event);
    // Empties the folder and writes into it the files as the power cut left them.
    void leave_behind(const std::filesystem::path& folder);

  private:
    struct File {
        Bytes durable;
        std::vector<const DiskEvent*> unsynced;
    };

    static void apply(Bytes& content, const DiskEvent& event, std::size_t bytes);
    Bytes remains_of(const File& file);

    std::mt19937_64 chance_;
    std::map<std::string, File> files_;
};

}  // namespace kindroom::test
