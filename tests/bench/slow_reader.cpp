// Some members of each room stop reading in the midst of a fixed pace: how the others fare before, meanwhile and after.
#include <algorithm>

#include "bench/machine.hpp"
#include "bench/pace.hpp"
#include "bench/scenario.hpp"
#include "e2e/support/relay.hpp"

namespace kindroom::bench {

namespace {

constexpr std::uint16_t too_slow = 4001;

// A connection's own bounds decide here, so they are those that houses have.
const test::Settings usual_bounds{{"limits.outbox_bytes_max", "256 KiB"}, {"limits.outbox_events_max", "1000"}};

class SlowReader final : public Bout {
  public:
    explicit SlowReader(const Options& options) : scene_(options, usual_bounds) {
        for (std::uint32_t room = 0; room < options.rooms; ++room)
            for (std::uint32_t i = 0; i < options.slow; ++i) slow_.push_back((room + 1) * options.members - 1 - i);
    }

    std::vector<Figures> turn() override {
        test::Relay relay(options().tls ? scene_.house().port() : scene_.house().plain_port());
        lead_over(relay);
        std::vector<Figures> out;
        out.push_back(measure("all read"));
        for (const auto one : slow_) scene_.ledger().excuse(one);
        relay.freeze(true);
        out.push_back(measure("some have stopped"));
        relay.freeze(false);
        out.push_back(measure("they read again"));
        await_their_fate(out.back());
        for (const auto one : slow_) scene_.member(one).drop();
        return out;
    }

  private:
    const Options& options() const { return scene_.options(); }

    // A connection that can be stopped; everything else about them stays.
    void lead_over(const test::Relay& relay) {
        const auto here = std::get<client::Endpoint>(client::parse_endpoint(relay.url()));
        const auto at = [this](auto number) -> Member& { return scene_.member(slow_[number]); };
        ended_ = {};
        scene_.each(
            static_cast<std::uint32_t>(slow_.size()), 16,
            [&](std::uint32_t number, const Scene::Done& done) {
                Member& member = at(number);
                member.drop();
                scene_.ledger().readmit(member.number());
                member.detour = std::make_unique<client::Endpoint>(here);
                if (!options().tls) member.detour->transport = client::Transport::plain;
                member.on_end = [this](const client::Ending& ending) {
                    (ending.close_code == too_slow ? ended_.as_slow : ended_.otherwise) += 1;
                };
                member.come_back([&member, done] {
                    v1::Request listen;
                    listen.mutable_resume_room()->set_room_id(member.room);
                    member.ask(std::move(listen), [done](const auto&) { done(); });
                });
            },
            "those who will stop reading");
    }

    Figures measure(const char* what) {
        Pace pace(scene_, scene_.posters(options().posters), options().rate);
        const Meter meter(scene_.server());
        pace.run(std::chrono::seconds(options().seconds));
        Figures figures;
        figures.note("what", what);
        figures.note("slow", std::uint64_t{slow_.size()});
        meter.report(figures);
        pace.report(figures);
        figures.note("memory_bytes", memory_of(scene_.server()).resident);
        return figures;
    }

    // Either they were sent away, or they catch up with everything.
    void await_their_fate(Figures& into) {
        scene_.until(
            [this] {
                return std::all_of(slow_.begin(), slow_.end(), [this](auto one) {
                    return !scene_.member(one).is_connected() || scene_.ledger().has_all(one);
                });
            },
            "those who had stopped reading");
        into.note("closed_as_slow", std::uint64_t{ended_.as_slow});
        into.note("ended_otherwise", std::uint64_t{ended_.otherwise});
    }

    struct Ended {
        std::uint32_t as_slow = 0;
        std::uint32_t otherwise = 0;
    };
    Scene scene_;
    std::vector<std::uint32_t> slow_;
    Ended ended_;
};

}  // namespace

std::unique_ptr<Bout> make_slow_reader(const Options& options) { return std::make_unique<SlowReader>(options); }

}  // namespace kindroom::bench
