// Many members on one thread, each on a connection of their own, who count what they receive without decoding it.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "lib/link.hpp"

namespace kindroom::bench {

// A member who listens to one room, and posts into it when told to.
class Listener final : public client::LineObserver {
  public:
    Listener(boost::asio::io_context& io, client::LineOptions options, std::string token, std::string room);

    void open() { link_.open(); }
    void drop() { link_.drop(); }
    bool is_ready() const { return is_ready_; }
    // Keeps `window` posts under way until `left` of them have been answered.
    void post(std::uint32_t window, std::uint64_t left);
    bool is_posting() const { return under_way_ > 0; }
    std::uint64_t events() const { return events_; }

    void opened() override;
    bool frame(std::string_view bytes) override;
    void event(const v1::Event& event) override;
    void ended(const client::Ending& ending) override;

  private:
    void send(v1::Request request);
    void post_one();

    client::Link link_;
    const std::string token_;
    const std::string room_;
    bool is_ready_ = false;
    bool decodes_ = true;
    std::uint32_t last_id_ = 0;
    std::uint32_t under_way_ = 0;
    std::uint64_t left_ = 0;
    std::uint64_t events_ = 0;
};

// How many events a Batch holds: its top-level fields, counted without decoding them.
std::uint64_t count_events(std::string_view batch);

// Runs the loop until it holds.
void run_until(boost::asio::io_context& io, const std::function<bool()>& holds);

}  // namespace kindroom::bench
