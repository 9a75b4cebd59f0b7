// A connection between a device and the server: both directions have a pace of their own, and it can be cut at any
// frame, stand still, or outlive what either end knows of it.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>

#include "actors/client.hpp"
#include "kindroom/v1/frames.pb.h"
#include "lib/ending.hpp"
#include "sim/chance.hpp"
#include "sim/server.hpp"

namespace kindroom::sim {

class Witness;

// What a connection tells the device at its end of it.
class DeviceEnd {
  public:
    virtual ~DeviceEnd() = default;
    virtual void opened() = 0;
    virtual void received(const v1::Batch& batch) = 0;
    virtual void ended(const client::Ending& ending) = 0;
};

// How long a frame is on its way, at most.
struct Pace {
    Duration up{5};
    Duration down{5};
    Duration flush{2};
};

// The server's half runs on its shard, the device's half on `outside`.
class Connection final : public actors::Transport, public std::enable_shared_from_this<Connection> {
  public:
    struct Around {
        test::ManualScheduler& outside;
        HouseGround& ground;
        Chance& chance;
        Witness& witness;
        // Which of the world's devices it belongs to.
        std::size_t device = 0;
        // About how much is written at once.
        std::size_t bytes_at_once = 2048;
    };
    Connection(Around around, DeviceEnd& device, Pace pace) : around_(around), device_(&device), pace_(pace) {}

    // -- by the device --
    void open(SimServer& server, std::uint32_t shard, const actors::Peer& peer);
    void send(const v1::Request& request);
    // Closes from the device's side, or dies on the way: the device knows at once, the server some time later.
    void cut();
    // The peer stops reading, or goes on.
    void stall(bool stalled);
    // The process at the other end is gone.
    void server_died();

    bool is_over() const { return !device_; }
    std::size_t device() const { return around_.device; }
    bool is_over_at_both_ends() const { return !device_ && !shard_; }
    // Asked and not answered yet, by request id.
    const std::map<std::uint32_t, v1::Request>& unanswered() const { return unanswered_; }
    // Which session it is signed in with, and whose; what the witness notes about it.
    std::optional<SecretHash> token;
    std::string login_id;
    // Signed in while banned.
    bool is_banned = false;

    // -- by the server --
    void wake() override;
    void close(actors::CloseCode code) override;
    void set_reading(bool reading) override;

  private:
    TimePoint now() const { return around_.ground.clock.now(); }
    void arrive(std::string bytes);
    void read_on();
    void schedule_flush();
    void flush();
    void end_at_server();
    template <class F>
    void after(TimePoint& last, Duration most, F task);
    void on_shard(Task task);

    Around around_;
    DeviceEnd* device_;
    const Pace pace_;
    Scheduler* shard_ = nullptr;
    actors::Client* client_ = nullptr;

    TimePoint last_up_{};
    TimePoint last_down_{};
    bool is_cut_ = false;
    bool is_stalled_ = false;
    bool is_pending_ = false;
    bool is_flushing_ = false;
    bool is_reading_ = true;
    std::optional<actors::CloseCode> closing_;
    std::deque<std::string> unread_;
    std::map<std::uint32_t, v1::Request> unanswered_;
};

}  // namespace kindroom::sim
