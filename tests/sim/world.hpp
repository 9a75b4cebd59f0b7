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
        // What the house looks for in messages; null: nothing.
        filters::FilterSetPtr filters{};
        // Chance is a function of who draws and when, so that two worlds in which some acts differ can be compared.
        bool by_the_clock = false;
        // The same for what the server draws: ids and tickets.
        bool ids_by_the_clock = false;
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
    // The operator changes what the house looks for; a running server reads it at once.
    void change_filters(filters::FilterSetPtr filters);
    bool is_up() const { return server_ && is_open_; }
    SimServer& server() { return *server_; }

    HouseGround& ground() { return ground_; }
    const HouseGround& ground() const { return ground_; }
    test::ManualScheduler& outside() { return outside_; }
    Witness& witness() { return witness_; }
    const Witness& witness() const { return witness_; }
    Chance& chance() { return chance_; }
    std::deque<std::unique_ptr<Device>>& devices() { return devices_; }
    // From now on devices connect from one network of strangers, and not from the machine itself.
    void come_from_afar() { is_afar_ = true; }
    // The store does nothing, and so answers nothing, until it is let go again; whatever server there is.
    void hold_store(bool held) { is_store_held_ = held; }
    // How the store fares at each of its next calls; asked again for every server.
    void set_store_policy(std::function<store::MemoryStore::Outcome(store::MemoryStore::Work)> policy);

    std::shared_ptr<Connection> connect(DeviceEnd& device) override;

  private:
    bool step();
    test::ManualScheduler* pick();
    std::size_t number_of(const DeviceEnd& device) const;
    Chance& chance_of(std::size_t device);
    bool has_work(const test::ManualScheduler& scheduler) const;
    void start_server();

    bool is_afar_ = false;
    bool is_store_held_ = false;
    const std::uint64_t seed_;
    const Options options_;
    HouseGround ground_;
    Chance chance_;
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
    // By the clock: one for each device.
    std::deque<Chance> own_chances_;
};

}  // namespace kindroom::sim
