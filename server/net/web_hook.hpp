// Pages somebody outside of the chat that help is needed: a POST to an address that the operator chose, with no word of
// anybody in it. One page after the other; what does not get through is tried again, ever later.
// Owner: one shard; page() may be called on any thread. Bounds: web_hook_queue_max pages wait, web_hook_tries_max tries
// for each, web_hook_try_max for a try. What is dropped is counted.
#pragma once

#include <atomic>
#include <memory>

#include "base/limits.hpp"
#include "config/address.hpp"
#include "net/awaitable.hpp"
#include "ops/metrics.hpp"
#include "runtime/shard.hpp"

namespace kindroom::net {

class WebHook {
  public:
    // What is handed in by reference outlives it. `authorities`: a PEM file to trust instead of the system's; empty:
    // those.
    WebHook(runtime::Shard& shard, config::WebAddress address, const Limits& limits, ops::Metrics& metrics,
            std::string authorities = {});
    ~WebHook();

    void page();
    // Drops what waits; a try that is under way ends. Before the shard ends, from any thread.
    void stop();

  private:
    struct Line;
    friend struct Line;

    std::shared_ptr<Line> line_;
};

}  // namespace kindroom::net
