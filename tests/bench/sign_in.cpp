// Signing in with login id and passphrase, each time on a new connection, so many at a time. With real passphrases it
// is argon2id that is measured, which is to be dear; with cheap ones it is all the rest.
#include <chrono>
#include <deque>

#include "bench/machine.hpp"
#include "bench/scenario.hpp"
#include "bench/scene.hpp"
#include "e2e/support/guest.hpp"

namespace kindroom::bench {

namespace {

test::Settings passphrases_of(const Options& options) {
    if (options.passphrase == "cheap") return {};
    return {{"runtime.passphrase_passes", "2"}, {"runtime.passphrase_memory_bytes", "64 MiB"}};
}

class SignIn final : public Bout {
  public:
    explicit SignIn(const Options& options) : scene_(options, passphrases_of(options)) {
        if (options.window > options.people()) throw WrongUsage("--window: there are only so many people");
        for (std::uint32_t i = 0; i < scene_.people(); ++i) {
            scene_.member(i).drop();
            free_.push_back(i);
        }
    }

    std::vector<Figures> turn() override {
        times_.clear();
        ends_at_ = Clock::now() + std::chrono::seconds(scene_.options().seconds);
        const Meter meter(scene_.server());
        for (std::uint32_t i = 0; i < scene_.options().window; ++i) sign_in_next();
        scene_.until([this] { return under_way_ == 0; }, "the last to sign in");
        Figures figures;
        const auto count = static_cast<double>(times_.count());
        meter.report(figures);
        figures.note("passphrase", scene_.options().passphrase);
        figures.note("at_a_time", std::uint64_t{scene_.options().window});
        figures.measured("per_second", count / meter.seconds());
        figures.measured("per_cpu_second", count / meter.server_cpu());
        times_.measured(figures, "signed_in");
        return {figures};
    }

  private:
    using Clock = std::chrono::steady_clock;

    // Whoever has waited longest, so that nobody does it twice at a time, however long one of them takes.
    void sign_in_next() {
        under_way_ += 1;
        Member& member = scene_.member(free_.front());
        free_.pop_front();
        const auto start = Clock::now();
        member.open([this, &member, start](const auto&) {
            member.ask(test::signing_in(member.login_id, test::good_passphrase),
                       [this, &member, start](const auto& reply) {
                           if (reply.signed_in().me().login_id() != member.login_id)
                               throw WrongDelivery("signed in as somebody else");
                           times_.add(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
                           member.drop();
                           free_.push_back(member.number());
                           under_way_ -= 1;
                           if (Clock::now() < ends_at_) sign_in_next();
                       });
        });
    }

    Scene scene_;
    Clock::time_point ends_at_{};
    std::deque<std::uint32_t> free_;
    std::uint32_t under_way_ = 0;
    Times times_;
};

}  // namespace

std::unique_ptr<Bout> make_sign_in(const Options& options) { return std::make_unique<SignIn>(options); }

}  // namespace kindroom::bench
