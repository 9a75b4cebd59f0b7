// One shard of a real server on which a test puts connections by hand.
#pragma once

#include <optional>
#include <vector>

#include "kindroom/v1/frames.pb.h"
#include "sim/server.hpp"

namespace kindroom::actors::test {

// A transport that keeps what is to be written.
class Paper final : public Transport {
  public:
    void wake() override { is_woken = true; }
    void close(CloseCode code) override { closed = code; }
    void set_reading(bool reading) override { is_reading = reading; }

    bool is_woken = false;
    bool is_reading = true;
    std::optional<CloseCode> closed;
};

class Bench {
  public:
    explicit Bench(const HouseTexts& texts = sim::house_texts()) {
        ground.limits.commands_burst = 1'000'000;
        sim::without_first_visits(ground.limits);
        open(texts);
    }
    // The process ends, and another one starts on the same disk.
    void restart(const HouseTexts& texts) { open(texts); }
    void run() {
        for (bool ran = true; ran;) {
            ran = false;
            for (auto* scheduler : server->schedulers()) ran |= scheduler->run_until_idle() > 0;
        }
    }
    Home& home() { return server->home(0); }
    // Runs on the shard, as everything there must.
    void on_shard(Task task) {
        server->scheduler(0).post(std::move(task));
        run();
    }
    Client& connect(Transport& transport, Peer peer = {.format = {}, .network = {}, .is_loopback = true}) {
        Client* client = nullptr;
        on_shard([&] { client = &home().admit(transport, peer); });
        return *client;
    }
    // Everything that waits for a connection.
    v1::Batch take(Client& client) {
        v1::Batch batch;
        on_shard([&] {
            std::vector<wire::Frame> frames;
            while (client.take(frames, 1'000'000)) {
            }
            for (const auto& frame : frames) batch.MergeFromString(*frame);
        });
        return batch;
    }
    // What a command is answered.
    v1::Reply ask(Client& client, domain::Command command) {
        on_shard([&] { home().dispatcher().dispatch(client, ++requests_, std::move(command)); });
        const auto batch = take(client);
        for (const auto& event : batch.event())
            if (event.has_reply() && event.reply().request_id() == requests_) return event.reply();
        return {};
    }

    sim::HouseGround ground{1};
    std::optional<sim::SimServer> server;

  private:
    void open(const HouseTexts& texts) {
        server.reset();
        server.emplace(ground, 1, 1);
        bool is_open = false;
        on_shard([&] { home().house_desk().open(texts, [&](bool ok) { is_open = ok; }); });
        KINDROOM_ASSERT(is_open);
    }
    std::uint32_t requests_ = 0;
};

}  // namespace kindroom::actors::test
