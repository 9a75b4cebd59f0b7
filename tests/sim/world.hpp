// A house with its people, devices and faults, in one thread and in virtual time, all from one seed.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sim/device.hpp"

namespace kindroom::sim {

class SimWorld final : public Doorway {
  public:
    struct Options {
        std::uint32_t shards = 1;
        Limits limits{};
        Pace pace{};
    };
    SimWorld(std::uint64_t seed, Options options);
    ~SimWorld() override;

    // Lets time pass: whatever falls due runs at its own moment, in an order of chance between the threads.
    void pass(Duration time);
    // Passes time in small steps until `done`; false if it never is within the time.
    bool pass_until(const std::function<bool()>& done, Duration at_most = Duration{60'000});

    // A device with a connection of its own; lives as long as the world.
    Device& new_device();
    // One that came in by the operator's socket.
    Device& operators_device();

    // Asks and waits for the answer; a lost connection is a violation.
    v1::Reply ask(Device& device, v1::Request request);

    // The server dies, and comes up again after a while. What was not durable is lost.
    void kill_server(Duration down_for = Duration{100});
    bool is_up() const { return server_ && is_open_; }
    SimServer& server() { return *server_; }

    HouseGround& ground() { return ground_; }
    test::ManualScheduler& outside() { return outside_; }
    Witness& witness() { return witness_; }
    Chance& chance() { return chance_; }
    std::deque<std::unique_ptr<Device>>& devices() { return devices_; }
    // How the store fares at each of its next calls; asked again for every server.
    void set_store_policy(std::function<store::MemoryStore::Outcome(store::MemoryStore::Work)> policy);

    std::shared_ptr<Connection> connect(DeviceEnd& device) override;

  private:
    bool step();
    bool has_work(const test::ManualScheduler& scheduler) const;
    void start_server();

    Chance chance_;
    const Options options_;
    HouseGround ground_;
    Witness witness_;
    test::ManualScheduler outside_;
    std::function<store::MemoryStore::Outcome(store::MemoryStore::Work)> store_policy_;
    std::unique_ptr<SimServer> server_;
    bool is_open_ = false;
    std::uint64_t servers_ = 0;
    DeviceEnd* operators_end_ = nullptr;
    // Both ends must have let go of one before it may.
    std::vector<std::shared_ptr<Connection>> connections_;
    std::deque<std::unique_ptr<Device>> devices_;
};

}  // namespace kindroom::sim
