// A server's disk and clock in the hands of a test: the real program, with a library between it and its system.
#pragma once

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include "e2e/support/fault_page.hpp"
#include "support/temporary_folder.hpp"

namespace kindroom::test {

// Acts on every program that is started with environment(), at once and however often it is started anew.
class Faults {
  public:
    Faults();
    ~Faults();
    Faults(const Faults&) = delete;
    Faults& operator=(const Faults&) = delete;

    // For House::surround().
    std::map<std::string, std::string> environment() const;

    // Each sync takes so long; at first no time at all.
    void slow_down_syncs(std::chrono::milliseconds each) { page_->sync_takes_ms = each.count(); }
    // None comes to an end that begins from now on, until slow_down_syncs() says otherwise.
    void hold_syncs() {
        slow_down_syncs(std::chrono::hours(1));
        held_from_ = page_->syncs;
    }
    bool holds_a_sync() const { return page_->syncs > held_from_; }
    // How many have begun.
    std::uint64_t syncs() const { return page_->syncs; }

    enum class Disk { well, full, read_only };
    void make_disk(Disk disk) { page_->writes_answer = disk == Disk::well ? 0 : disk == Disk::full ? ENOSPC : EROFS; }
    std::uint64_t writes_refused() const { return page_->writes_refused; }

    // Somebody sets the clock: so far from the right time, while no more time passes than does.
    void set_clock_ahead(std::chrono::seconds by) { page_->wall_ahead_s = by.count(); }
    // So much time passes at once, for every clock.
    void let_pass(std::chrono::seconds time) { page_->running_longer_s += time.count(); }

  private:
    TemporaryFolder folder_;
    FaultPage* page_;
    std::uint64_t held_from_ = 0;
};

}  // namespace kindroom::test
