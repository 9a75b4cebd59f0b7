#include "e2e/support/siege.hpp"

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/resource.h>

#include "support/environment.hpp"

namespace kindroom::test {

namespace {

constexpr std::uint32_t seats_for_intruders = 10;
// Below this, three times as much is noise of the machine and not the attack's doing.
constexpr double unnoticed_ms = 25;
// What everybody else on this machine, and a disk that stalls, may do to an ordinary run beside other tests.
constexpr double generous_ms = 20'000;
// A sanitizer's own memory says nothing of the server's.
#ifdef __SANITIZE_ADDRESS__
constexpr bool is_sanitized = true;
#else
constexpr bool is_sanitized = false;
#endif

std::uint64_t seconds_wanted() { return from_environment("KINDROOM_ATTACK_SECONDS").value_or(1); }

Settings settings_of(const Attack& attack) {
    Settings all = attack.settings;
    // What the server has by itself, instead of what is easy for other tests.
    const Settings defaults{
        {"listen.plain_address", "127.0.0.1:0"},
        {"limits.posts_burst", "5"},
        {"limits.commands_burst", "60"},
        {"limits.joins_burst", "20"},
        {"limits.read_bytes_per_second", "32 KiB"},
        {"limits.read_burst_bytes", "128 KiB"},
        {"limits.roster_tick", "30s"},
        {"limits.roster_tick_jitter", "5s"},
        {"limits.presence_linger", "90s"},
        // The crowd's accounts are as new as those of the attackers.
        {"limits.newcomer_posts_burst", "5"},
        {"limits.newcomer_post_every", "1s"},
        {"limits.post_every", "1s"},
    };
    all.insert(defaults.begin(), defaults.end());
    return all;
}

std::uint64_t descriptors_of(int pid) {
    const std::filesystem::directory_iterator all("/proc/" + std::to_string(pid) + "/fd");
    return static_cast<std::uint64_t>(std::distance(begin(all), end(all)));
}

// A line of /proc/PID/status, in KiB.
std::uint64_t status_of(int pid, const std::string& name) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/status");
    for (std::string word; file >> word;) {
        std::uint64_t kibibytes = 0;
        if (word == name + ":" && file >> kibibytes) return kibibytes;
    }
    return 0;
}

void reset_peak(int pid) { std::ofstream("/proc/" + std::to_string(pid) + "/clear_refs") << "5"; }

// What the process asks for beyond is refused by the system.
void bound_memory(int pid, std::uint64_t kibibytes) {
    const rlimit bound{.rlim_cur = kibibytes * 1024, .rlim_max = kibibytes * 1024};
    EXPECT_EQ(::prlimit(pid, RLIMIT_DATA, &bound, nullptr), 0);
}

std::string told(const Crowd::Figures& figures) {
    char text[400];
    std::snprintf(
        text, sizeof text,
        "%llu posts, %llu deliveries, median %.1f ms, p99 %.1f ms, worst %.1f ms; %llu visits, longest %.0f ms",
        static_cast<unsigned long long>(figures.posts), static_cast<unsigned long long>(figures.deliveries),
        figures.median, figures.p99, figures.worst, static_cast<unsigned long long>(figures.visits),
        figures.longest_visit);
    return text;
}

void expect_unharmed(const Crowd::Figures& figures) {
    EXPECT_EQ(figures.disconnected, 0u) << figures.trouble;
    EXPECT_EQ(figures.lost, 0u) << figures.trouble;
    EXPECT_EQ(figures.refused, 0u) << figures.trouble;
    EXPECT_EQ(figures.visits_in_vain, 0u) << figures.trouble;
    EXPECT_GT(figures.deliveries, 0u);
}

}  // namespace

Siege::Siege(const Attack& attack)
    : attack_(attack),
      lasts_(seconds_wanted() * 1'000),
      is_serious_(lasts_ >= Milliseconds(10'000)),
      house_(settings_of(attack)),
      crowd_(house_, is_serious_ ? 50 : 20, seats_for_intruders) {
    // An attacker whose connection has gone goes on.
    std::signal(SIGPIPE, SIG_IGN);
}

bool Siege::goes_on() const { return std::chrono::steady_clock::now() < ends_; }

void Siege::beat(Milliseconds moment) {
    pollfd end{.fd = house_.server().descriptor(), .events = POLLIN, .revents = 0};
    ::poll(&end, 1, static_cast<int>(moment.count()));
}

std::uint64_t Siege::more_descriptors() {
    const auto now = descriptors_of(house_.server().id());
    return std::max(now, descriptors_) - descriptors_;
}

void Siege::count(const std::string& what, std::uint64_t more) { counted_[what] += more; }

void Siege::run() {
    const int pid = house_.server().id();
    ends_ = std::chrono::steady_clock::now() + lasts_;
    crowd_.begin();
    while (goes_on()) beat(Milliseconds(100));
    const auto before = crowd_.end();
    descriptors_ = descriptors_of(pid);
    const auto memory = status_of(pid, "VmRSS");
    reset_peak(pid);
    // What it asks for is more than what it then uses.
    if (!is_sanitized) bound_memory(pid, status_of(pid, "VmData") + 2 * attack_.mebibytes_max * 1024);

    ends_ = std::chrono::steady_clock::now() + lasts_;
    crowd_.begin();
    attack_.carry_out(*this);
    while (goes_on()) beat(Milliseconds(100));
    const auto during = crowd_.end();
    const auto more_memory = std::max(status_of(pid, "VmHWM"), memory) - memory;

    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (more_descriptors() > 1 && std::chrono::steady_clock::now() < deadline) beat(Milliseconds(20));
    const auto kept = more_descriptors();

    std::string figures = std::string(attack_.name) + "\n  before: " + told(before) + "\n  during: " + told(during) +
                          "\n  memory of the server: " + std::to_string(memory / 1024) + " MiB, at most " +
                          std::to_string(more_memory / 1024) +
                          " MiB more; descriptors: " + std::to_string(descriptors_) + ", afterwards " +
                          std::to_string(kept) + " more\n ";
    for (const auto& [what, number] : counted_) figures += " " + what + ": " + std::to_string(number) + ";";
    std::printf("%s\n", figures.c_str());
    testing::Test::RecordProperty("figures", figures);

    EXPECT_LE(kept, 1u) << "descriptors are kept for those who have gone";
    EXPECT_TRUE(is_sanitized || more_memory / 1024 <= attack_.mebibytes_max) << "of " << attack_.mebibytes_max;
    judge(before, during);
}

void Siege::judge(const Crowd::Figures& before, const Crowd::Figures& during) const {
    {
        SCOPED_TRACE("before the attack");
        expect_unharmed(before);
    }
    SCOPED_TRACE("during the attack");
    expect_unharmed(during);
    const double three_times = 3 * std::max(before.p99, unnoticed_ms / 3);
    EXPECT_LE(during.p99, is_serious_ ? three_times : std::max(three_times, generous_ms));
}

// -- connections ------------------------------------------------------------------------------------------------------

net::TestClient Siege::plain() const {
    return net::TestClient::to_port(static_cast<std::uint16_t>(std::stoi(house_.plain_port())));
}

net::TestClient Siege::to_tls() const {
    return net::TestClient::to_port(static_cast<std::uint16_t>(std::stoi(house_.port())));
}

net::TestClient Siege::upgraded(const std::string& subprotocol) const {
    auto client = plain();
    EXPECT_TRUE(client.upgrade(subprotocol));
    return client;
}

net::TestClient Siege::greeted() const {
    auto client = upgraded();
    EXPECT_TRUE(asked(client, request(R"({"hello":{"protocolVersion":1}})")));
    return client;
}

std::string framed(const v1::Request& request) { return net::frame(net::Opcode::binary, request.SerializeAsString()); }

std::optional<v1::Reply> asked(net::TestClient& client, v1::Request request) {
    if (request.id() == 0) request.set_id(1);
    if (!client.send(framed(request))) return std::nullopt;
    while (const auto frame = client.read_frame()) {
        if (frame->opcode == net::Opcode::close) break;
        v1::Batch batch;
        if (frame->opcode != net::Opcode::binary || !batch.ParseFromString(frame->payload)) continue;
        for (const auto& event : batch.event())
            if (event.reply().request_id() == request.id()) return event.reply();
    }
    return std::nullopt;
}

v1::ErrorCode refusal(net::TestClient& client, v1::Request request) {
    const auto reply = asked(client, std::move(request));
    return reply ? reply->error().code() : v1::ERROR_CODE_UNSPECIFIED;
}

std::optional<v1::AccountCreated> signed_up(net::TestClient& client, const std::string& invite) {
    v1::Request request;
    request.mutable_create_account()->set_invite_code(invite);
    request.mutable_create_account()->set_passphrase(good_passphrase);
    const auto made = asked(client, request);
    if (!made || !made->has_account_created()) return std::nullopt;
    const auto rules = asked(client, kindroom::test::request(R"({"getRules":{}})"));
    v1::Request consent;
    consent.mutable_consent_to_rules()->set_version(rules ? rules->house_rules().version() : 0);
    asked(client, consent);
    return made->account_created();
}

}  // namespace kindroom::test
