#include "sim/world.hpp"

#include <algorithm>

namespace kindroom::sim {

SimWorld::SimWorld(std::uint64_t seed, Options options)
    : seed_(seed),
      options_(std::move(options)),
      ground_(seed),
      chance_(options_.by_the_clock ? Chance(seed, ground_.clock) : Chance(seed)),
      witness_(ground_),
      outside_(ground_.clock) {
    ground_.limits = options_.limits;
    ground_.filters = options_.filters;
    start_server();
    KINDROOM_ASSERT(pass_until([this] { return is_up(); }));
}

SimWorld::~SimWorld() { outside_.shut_down(); }

// ---- time -----------------------------------------------------------------------------------------------------------

bool SimWorld::has_work(const test::ManualScheduler& scheduler) const {
    if (is_store_held_ && server_ && &scheduler == &server_->store_worker()) return false;
    if (scheduler.ready_tasks() > 0) return true;
    const auto timer = scheduler.next_timer();
    return timer && *timer <= ground_.clock.now();
}

bool SimWorld::step() {
    if (server_ && server_->store().has_crashed()) {
        store_policy_ = {};
        kill_server(chance_.between(Duration{50}, Duration{2000}));
    }
    auto* next = pick();
    if (next) next->run_one();
    return next != nullptr;
}

test::ManualScheduler* SimWorld::pick() {
    std::vector<test::ManualScheduler*> all{&outside_};
    if (server_) all.insert(all.end(), server_->schedulers().begin(), server_->schedulers().end());
    if (options_.by_the_clock)
        // An order for each moment, which does not depend on who has something to do.
        std::rotate(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(chance_.below(all.size())), all.end());
    std::erase_if(all, [&](const auto* scheduler) { return !has_work(*scheduler); });
    if (all.empty()) return nullptr;
    return options_.by_the_clock ? all.front() : chance_.any_of(all);
}

void SimWorld::pass(Duration time) {
    const TimePoint end = ground_.clock.now() + time;
    while (true) {
        while (step())
            if (!witness_.violations().empty()) return;
        auto next = outside_.next_timer().value_or(never);
        if (server_)
            for (auto* scheduler : server_->schedulers())
                next = std::min(next, scheduler->next_timer().value_or(never));
        if (next > end) break;
        ground_.clock.move_to(next);
        if (server_ && options_.ids_by_the_clock) server_->draw_anew(seed_);
    }
    ground_.clock.move_to(end);
}

bool SimWorld::pass_until(const std::function<bool()>& done, Duration at_most) {
    for (Duration passed{0}; passed < at_most; passed += Duration{10}) {
        if (done()) return true;
        if (!witness_.violations().empty()) return false;
        pass(Duration{10});
    }
    return done();
}

// ---- the server -----------------------------------------------------------------------------------------------------

void SimWorld::start_server() {
    is_open_ = false;
    witness_.server_starts();
    server_ = std::make_unique<SimServer>(ground_, options_.shards, chance_.next());
    if (store_policy_) server_->store().set_policy(store_policy_);
    server_->open([this, number = ++servers_, looked_for = ground_.filters](bool ok) {
        if (ok) {
            is_open_ = true;
            if (looked_for != ground_.filters) server_->read_again();
        } else {
            // As main() does: the process ends and is started again.
            outside_.after(Duration{100}, [this, number] {
                if (number == servers_) kill_server();
            });
        }
    });
}

void SimWorld::kill_server(Duration down_for) {
    if (!server_) return;
    is_open_ = false;
    // First the connections, so that nobody is told anything by a dying server.
    auto connections = std::exchange(connections_, {});
    server_.reset();
    for (const auto& connection : connections) connection->server_died();
    outside_.after(down_for, [this] {
        if (!server_) start_server();
    });
}

void SimWorld::change_filters(filters::FilterSetPtr filters) {
    ground_.filters = std::move(filters);
    if (is_up()) server_->read_again();
}

void SimWorld::set_store_policy(std::function<store::MemoryStore::Outcome(store::MemoryStore::Work)> policy) {
    store_policy_ = std::move(policy);
    if (!server_) return;
    if (store_policy_)
        server_->store().set_policy(store_policy_);
    else
        server_->store().set_policy(nullptr);
}

// ---- devices --------------------------------------------------------------------------------------------------------

std::shared_ptr<Connection> SimWorld::connect(DeviceEnd& device) {
    if (!is_up()) return nullptr;
    const std::size_t number = number_of(device);
    Chance& chance = chance_of(number);
    Pace pace = options_.pace;
    // Some lines are slower than others, and each is another one.
    pace.up *= static_cast<int>(chance.between(1, 4));
    pace.down *= static_cast<int>(chance.between(1, 4));
    auto connection = std::make_shared<Connection>(
        Connection::Around{.outside = outside_,
                           .ground = ground_,
                           .chance = chance,
                           .witness = witness_,
                           .device = number,
                           // What is answered in one moment goes together.
                           .bytes_at_once = options_.by_the_clock ? std::size_t{1} << 20 : 2048},
        device, pace);
    std::erase_if(connections_, [](const auto& one) { return one->is_over_at_both_ends(); });
    connections_.push_back(connection);
    const auto shard = static_cast<std::uint32_t>(chance.below(server_->shards()));
    connection->open(*server_, shard,
                     {.format = wire::Format::binary,
                      .network = {},
                      .is_loopback = !is_afar_,
                      .is_operator = &device == operators_end_});
    return connection;
}

std::size_t SimWorld::number_of(const DeviceEnd& device) const {
    std::size_t number = 0;
    while (devices_[number].get() != &device) ++number;
    return number;
}

Chance& SimWorld::chance_of(std::size_t device) { return options_.by_the_clock ? own_chances_[device] : chance_; }

Device& SimWorld::new_device() {
    own_chances_.emplace_back(seed_ + (devices_.size() + 1) * 0x9e3779b97f4a7c15, ground_.clock);
    devices_.push_back(std::make_unique<Device>(*this, ground_, outside_, witness_, chance_of(devices_.size())));
    return *devices_.back();
}

Device& SimWorld::operators_device() {
    Device& device = new_device();
    operators_end_ = &device;
    return device;
}

v1::Reply SimWorld::ask(Device& device, v1::Request request) {
    std::optional<v1::Reply> answer;
    bool lost = false;
    device.ask(std::move(request), [&](const v1::Reply* reply) {
        if (reply)
            answer = *reply;
        else
            lost = true;
    });
    pass_until([&] { return answer || lost; });
    if (!answer) witness_.violation("no answer came");
    return answer.value_or(v1::Reply{});
}

}  // namespace kindroom::sim
