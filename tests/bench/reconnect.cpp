// Everybody but the posters is cut off, misses some messages, and comes back: so many at a time connect, show their
// device token and resume their room from where they were.
#include <chrono>

#include "bench/machine.hpp"
#include "bench/scenario.hpp"
#include "bench/scene.hpp"

namespace kindroom::bench {

namespace {

constexpr std::uint32_t at_a_time = 64;

class Reconnect final : public Bout {
  public:
    explicit Reconnect(const Options& options) : scene_(options) {
        if (options.members < 2) throw WrongUsage("--members: somebody has to come back, and somebody to stay");
        scene_.roll_call();
        for (std::uint32_t i = 0; i < scene_.people(); ++i)
            if (i % options.members != 0) leavers_.push_back(i);
    }

    std::vector<Figures> turn() override {
        const auto count = static_cast<std::uint32_t>(leavers_.size());
        scene_.each(
            count, at_a_time, [this](std::uint32_t i, const auto& done) { note_place(leaver(i), done); },
            "their places");
        for (std::uint32_t i = 0; i < count; ++i) leaver(i).drop();
        talk_meanwhile();

        times_.clear();
        const Meter meter(scene_.server());
        scene_.each(
            count, scene_.options().window, [this](std::uint32_t i, const auto& done) { come_back(leaver(i), done); },
            "those who come back");
        Figures figures;
        meter.report(figures);
        figures.note("missed_in_each_room", std::uint64_t{scene_.options().posts});
        figures.measured("per_second", count / meter.seconds());
        figures.measured("per_cpu_second", count / meter.server_cpu());
        times_.measured(figures, "back");
        scene_.settle();
        return {figures};
    }

  private:
    Member& leaver(std::uint32_t number) { return scene_.member(leavers_[number]); }

    static void note_place(Member& member, const Scene::Done& done) {
        member.cursor.clear();
        member.ask(resuming(member), [&member, done](const auto& reply) {
            member.cursor = reply.room_resumed().cursor();
            done();
        });
    }

    void talk_meanwhile() {
        const auto posters = scene_.posters(1);
        const auto all = static_cast<std::uint32_t>(posters.size()) * scene_.options().posts;
        scene_.each(
            all, at_a_time,
            [&](std::uint32_t i, const Scene::Done& done) {
                Tag tag;
                const auto author = posters[i % posters.size()];
                auto post = scene_.next_post(author, tag);
                scene_.member(author).ask(std::move(post), [done](const auto&) { done(); });
            },
            "what they miss");
    }

    void come_back(Member& member, const Scene::Done& done) {
        const auto start = std::chrono::steady_clock::now();
        member.come_back([this, &member, done, start] {
            catch_up(member, [this, done, start] {
                const auto took = std::chrono::steady_clock::now() - start;
                times_.add(std::chrono::duration<double, std::milli>(took).count());
                done();
            });
        });
    }

    static void catch_up(Member& member, const Scene::Done& done) {
        member.ask(resuming(member), [&member, done](const auto& reply) {
            member.receive(reply.room_resumed());
            if (reply.room_resumed().caught_up()) return done();
            catch_up(member, done);
        });
    }

    Scene scene_;
    std::vector<std::uint32_t> leavers_;
    Times times_;
};

}  // namespace

std::unique_ptr<Bout> make_reconnect(const Options& options) { return std::make_unique<Reconnect>(options); }

}  // namespace kindroom::bench
