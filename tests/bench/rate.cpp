// At a fixed pace: how long a post takes to the reply and to the last who receives it, and what that costs.
#include "bench/machine.hpp"
#include "bench/pace.hpp"
#include "bench/scenario.hpp"

namespace kindroom::bench {

namespace {

class Rate final : public Bout {
  public:
    explicit Rate(const Options& options) : scene_(options) { scene_.roll_call(); }

    std::vector<Figures> turn() override {
        const Options& options = scene_.options();
        Pace pace(scene_, scene_.posters(options.posters), options.rate);
        const std::uint64_t before = scene_.ledger().deliveries();
        const Meter meter(scene_.server());
        pace.run(std::chrono::seconds(options.seconds));
        Figures figures;
        const auto deliveries = static_cast<double>(scene_.ledger().deliveries() - before);
        meter.report(figures);
        figures.note("posts_per_second_offered", std::uint64_t{options.rate});
        figures.note("deliveries_per_second", deliveries / meter.seconds());
        figures.measured("deliveries_per_cpu_second", deliveries / meter.server_cpu());
        pace.report(figures);
        scene_.settle();
        return {figures};
    }

  private:
    Scene scene_;
};

}  // namespace

std::unique_ptr<Bout> make_rate(const Options& options) { return std::make_unique<Rate>(options); }

}  // namespace kindroom::bench
