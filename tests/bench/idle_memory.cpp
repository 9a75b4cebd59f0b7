// What a connection costs that does nothing, by how far it has come: from a server that has just started, to everybody
// listening in their room. A connection's share of its room and its account is in it.
#include <algorithm>
#include <boost/asio/steady_timer.hpp>

#include "bench/machine.hpp"
#include "bench/scenario.hpp"
#include "bench/scene.hpp"

namespace kindroom::bench {

namespace {

constexpr std::uint32_t at_a_time = 64;

class IdleMemory final : public Bout {
  public:
    explicit IdleMemory(const Options& options) : scene_(options) {
        if (options.store != "sqlite") throw WrongUsage("the server starts anew, so --store must be sqlite");
    }

    std::vector<Figures> turn() override {
        for (std::uint32_t i = 0; i < scene_.people(); ++i) scene_.member(i).drop();
        scene_.house().stop();
        scene_.house().start();
        scene_.house_is_elsewhere();

        Figures figures;
        const Memory before = memory_of(scene_.server());
        const auto stage = [&](const char* name, const auto& act) {
            scene_.each(
                scene_.people(), at_a_time,
                [&](std::uint32_t i, const Scene::Done& done) { act(scene_.member(i), done); }, name);
            be_quiet();
            const auto now = memory_of(scene_.server());
            const auto each = static_cast<double>(now.resident - before.resident) / scene_.people();
            figures.measured((std::string(name) + "_bytes_each").c_str(), each);
        };
        figures.note("connections", std::uint64_t{scene_.people()});
        figures.note("before_bytes", before.resident);
        const Meter meter(scene_.server());
        stage("open", [](Member& member, const Scene::Done& done) { member.connect(done); });
        stage("signed_in", sign_in);
        stage("listening", listen);
        meter.report(figures);
        scene_.roll_call();
        figures.note("after_talk_bytes", memory_of(scene_.server()).resident);
        return {figures};
    }

  private:
    static void sign_in(Member& member, const Scene::Done& done) {
        v1::Request hello;
        hello.mutable_hello()->set_protocol_version(1);
        member.ask(std::move(hello), [&member, done](const auto&) { member.show_token(done); });
    }
    static void listen(Member& member, const Scene::Done& done) {
        v1::Request asked;
        asked.mutable_resume_room()->set_room_id(member.room);
        member.ask(std::move(asked), [done](const auto&) { done(); });
    }

    void be_quiet() {
        bool is_over = false;
        boost::asio::steady_timer timer(scene_.around().io);
        timer.expires_after(std::chrono::seconds(scene_.options().quiet));
        timer.async_wait([&](auto) { is_over = true; });
        scene_.until([&] { return is_over; }, "a quiet time");
    }

    Scene scene_;
};

}  // namespace

// So many connections as there are members in them.
Options in_rooms(Options options) {
    options.rooms = std::max(1u, options.connections / options.members);
    return options;
}

std::unique_ptr<Bout> make_idle_memory(const Options& options) { return std::make_unique<IdleMemory>(options); }

}  // namespace kindroom::bench
