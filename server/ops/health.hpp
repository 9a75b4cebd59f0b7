// Whether the server is alive and whether it can serve, for /healthz and /readyz.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>

namespace kindroom::ops {

// What must be in order before clients are sent here. All begin as not in order.
enum class Check : std::uint8_t {
    store,      // the last commit or probe of the store succeeded
    key_ring,   // what was to be destroyed could be destroyed
    listening,  // clients can connect
    serving,    // start-up is over, and the server is not stopping
    count_,     // not one of them: how many there are
};

enum class Detail : std::uint8_t {
    none,    // for everybody: only whether
    checks,  // for a peer on this machine: which check fails
};

// Any thread; each call is one or a few atomic loads or stores.
class Health {
  public:
    // Alive until somebody who watches says otherwise: a process that is not alive should be restarted.
    void set_alive(bool alive) { alive_.store(alive); }
    void set(Check check, bool in_order) { checks_[static_cast<std::size_t>(check)].store(in_order); }

    bool is_alive() const { return alive_.load(); }
    bool is_ready() const;

    // {"alive":true} and {"ready":false,"checks":{"store":true,...}}.
    std::string alive_json() const;
    std::string ready_json(Detail detail) const;

  private:
    std::atomic<bool> alive_{true};
    std::array<std::atomic<bool>, static_cast<std::size_t>(Check::count_)> checks_{};
};

}  // namespace kindroom::ops
