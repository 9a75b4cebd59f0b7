// What the kernel says of this machine and of the processes that are measured.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "bench/figures.hpp"

namespace kindroom::bench {

// User and system time of a process so far, in seconds; all its threads.
double cpu_seconds(int pid);
// Memory of a process that is in the machine, in bytes: all of it, and what is not a mapped file.
struct Memory {
    std::uint64_t resident = 0;
    std::uint64_t anonymous = 0;
};
Memory memory_of(int pid);

// Processor and number of cores; how busy it is already (the load of the last minute).
void describe_machine(Figures& into);
// The commit that lies in the source tree to which this program belongs, with "+" behind it if that was changed since.
std::string commit_of(const std::string& program);
// As many open files as the system allows, for this process and those that it starts.
void allow_many_files();

// Time and CPU time from its making on.
class Meter {
  public:
    explicit Meter(int server);

    double seconds() const;
    double server_cpu() const { return cpu_seconds(server_) - server_before_; }
    // Seconds, CPU time of the server and of this process, and its share: that of one core which it has for itself.
    // Near 1 the generator is at its end, and only what stands against the server's own CPU time says something.
    void report(Figures& into) const;

  private:
    const int server_;
    const double server_before_;
    const double own_before_;
    const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace kindroom::bench
