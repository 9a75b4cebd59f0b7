// As fast as it goes: the posters of each room keep so many posts under way, and everybody listens.
#include <chrono>

#include "bench/machine.hpp"
#include "bench/scenario.hpp"
#include "bench/scene.hpp"

namespace kindroom::bench {

namespace {

class FanOut final : public Bout {
  public:
    explicit FanOut(const Options& options) : scene_(options) { scene_.roll_call(); }

    std::vector<Figures> turn() override {
        ends_at_ = Clock::now() + std::chrono::seconds(scene_.options().seconds);
        replies_.clear();
        const std::uint64_t delivered_before = scene_.ledger().deliveries();
        const std::uint64_t frames_before = scene_.around().frames;
        const Meter meter(scene_.server());
        for (const auto author : scene_.posters(scene_.options().posters))
            for (std::uint32_t i = 0; i < scene_.options().window; ++i) post(author);
        scene_.until([this] { return under_way_ == 0 && scene_.ledger().is_complete(); }, "the last deliveries");

        Figures figures;
        const auto deliveries = static_cast<double>(scene_.ledger().deliveries() - delivered_before);
        const auto frames = static_cast<double>(scene_.around().frames - frames_before);
        meter.report(figures);
        figures.note("deliveries", deliveries);
        figures.note("deliveries_per_frame", deliveries / frames);
        figures.measured("deliveries_per_cpu_second", deliveries / meter.server_cpu());
        figures.measured("deliveries_per_second", deliveries / meter.seconds());
        figures.measured("posts_per_second", static_cast<double>(replies_.count()) / meter.seconds());
        replies_.measured(figures, "reply");
        scene_.settle();
        return {figures};
    }

  private:
    using Clock = std::chrono::steady_clock;

    void post(std::uint32_t author) {
        Tag tag;
        auto request = scene_.next_post(author, tag);
        under_way_ += 1;
        scene_.member(author).ask(std::move(request), [this, author, asked = Clock::now()](const auto&) {
            const auto now = Clock::now();
            replies_.add(std::chrono::duration<double, std::milli>(now - asked).count());
            under_way_ -= 1;
            if (now < ends_at_) post(author);
        });
    }

    Scene scene_;
    Clock::time_point ends_at_{};
    std::uint32_t under_way_ = 0;
    Times replies_;
};

}  // namespace

std::unique_ptr<Bout> make_fan_out(const Options& options) { return std::make_unique<FanOut>(options); }

}  // namespace kindroom::bench
