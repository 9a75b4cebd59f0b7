// The system's calls that change files, of which a test can let the n-th fail.
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <mutex>
#include <string>

namespace kindroom::test {

// A program that links this has its own write, fsync, rename, link and unlink before those of the system; they pass
// everything on but what is to fail. So what writes files needs no seam of its own. One at a time; any thread.
class FaultyFiles {
  public:
    // Only calls about this folder, or what lies in it, count.
    explicit FaultyFiles(std::filesystem::path folder);
    FaultyFiles(const FaultyFiles&) = delete;
    FaultyFiles& operator=(const FaultyFiles&) = delete;
    ~FaultyFiles();

    // The n-th call from now (0 is the next) fails with this number of an error, and does nothing.
    void fail(std::uint64_t n, int error);
    void heal() { fail(std::numeric_limits<std::uint64_t>::max(), 0); }
    // Whether it has come to that since fail().
    bool has_failed() const;

    // For the calls themselves: the error with which this one fails; 0 for none.
    static int before(const char* path);
    static int before(int file);

  private:
    int count(const std::string& path);

    const std::string folder_;
    mutable std::mutex mutex_;
    std::uint64_t calls_until_failure_ = std::numeric_limits<std::uint64_t>::max();
    int error_ = 0;
    bool has_failed_ = false;
};

}  // namespace kindroom::test
