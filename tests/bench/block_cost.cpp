#include <algorithm>
#include <atomic>
#include <cstdio>
#include <thread>

#include "bench/listeners.hpp"
#include "bench/scenarios.hpp"
#include "e2e/support/guest.hpp"

namespace kindroom::bench {

namespace {

constexpr int shared_rooms = 20;
constexpr int members = 12;
constexpr int devices = 3;
constexpr int pairs_of_people = 20;

double quantile(std::vector<double> values, double q) {
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, static_cast<std::size_t>(q * static_cast<double>(values.size())))];
}

// Two people in all the rooms, on three devices each; how long the one's block of the other takes, in milliseconds.
double block_once(test::House& house, const std::vector<std::string>& rooms, const std::string& invite) {
    std::vector<std::unique_ptr<test::Guest>> all;
    v1::PersonRef other;
    for (int person = 0; person < 2; ++person) {
        auto& first = *all.emplace_back(std::make_unique<test::Guest>(house.options()));
        first.connect();
        first.sign_up(invite);
        first.consent();
        for (const auto& room : rooms) {
            const auto joined = first.join(room, person == 0 ? "Ana" : "Ben");
            other.set_room_id(room);
            other.set_token(joined.you().token());
        }
        for (int device = 1; device < devices; ++device) {
            auto& more = *all.emplace_back(std::make_unique<test::Guest>(house.options()));
            more.connect();
            more.get(test::signing_in(first.login_id(), test::good_passphrase));
            for (const auto& room : rooms) {
                v1::Request listen;
                listen.mutable_resume_room()->set_room_id(room);
                more.get(std::move(listen));
            }
        }
    }
    v1::Request block;
    *block.mutable_block_people()->add_people() = other;
    const auto start = std::chrono::steady_clock::now();
    all.front()->get(std::move(block));
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

// Posts into a room of 12 at a pace that takes about half of the server's time.
class Load {
  public:
    Load(test::House& house, const std::string& room, const std::string& invite) {
        for (int m = 0; m < members; ++m) {
            test::Guest guest(house.options());
            guest.connect();
            guest.sign_up(invite);
            guest.consent();
            guest.join(room, "Member");
            listeners_.push_back(std::make_unique<Listener>(io_, house.options().line, guest.token(), room));
        }
        for (auto& listener : listeners_) listener->open();
        run_until(io_, [&] {
            return std::all_of(listeners_.begin(), listeners_.end(), [](auto& one) { return one->is_ready(); });
        });
        server_ = house.server().id();
        thread_ = std::thread([this] { run(); });
    }
    ~Load() {
        stop_ = true;
        thread_.join();
    }
    // Share of one core per shard that the server used since it began.
    double share() const {
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
        return (cpu_seconds(server_) - cpu_before_) / seconds / 2;
    }

  private:
    void run() {
        start_ = std::chrono::steady_clock::now();
        cpu_before_ = cpu_seconds(server_);
        while (!stop_) {
            for (std::size_t i = 0; i < 4; ++i)
                if (!listeners_[i]->is_posting()) listeners_[i]->post(8, 400);
            io_.run_one_for(std::chrono::milliseconds(10));
        }
        run_until(io_, [&] {
            return std::none_of(listeners_.begin(), listeners_.end(), [](auto& one) { return one->is_posting(); });
        });
    }

    boost::asio::io_context io_{1};
    std::vector<std::unique_ptr<Listener>> listeners_;
    std::thread thread_;
    std::atomic<bool> stop_{false};
    std::chrono::steady_clock::time_point start_{};
    double cpu_before_ = 0;
    int server_ = 0;
};

void report(const char* what, const std::vector<double>& milliseconds, double share) {
    std::printf(
        "{\"scenario\":\"block_cost\",\"what\":\"%s\",\"rooms\":%d,\"devices\":%d,\"blocks\":%zu,"
        "\"p50_ms\":%.2f,\"p90_ms\":%.2f,\"max_ms\":%.2f,\"server_share\":%.2f}\n",
        what, shared_rooms, devices, milliseconds.size(), quantile(milliseconds, 0.5), quantile(milliseconds, 0.9),
        quantile(milliseconds, 1), share);
    std::fflush(stdout);
}

}  // namespace

void block_cost() {
    test::House house(test::Settings{{"limits.roster_tick", "30s"}});
    std::vector<std::string> rooms;
    for (int r = 0; r < shared_rooms; ++r)
        rooms.push_back(house.make_room("Room " + std::to_string(r), {"--seats", "1000"}));
    const auto invite = house.ordered({"invite", "--uses", "1000"}).invite_created().code();
    std::vector<std::unique_ptr<test::Guest>> others;
    for (int m = 0; m < members - 2; ++m) {
        auto& guest = *others.emplace_back(std::make_unique<test::Guest>(house.options()));
        guest.connect();
        guest.sign_up(invite);
        guest.consent();
        for (const auto& room : rooms) guest.join(room, "Other");
    }
    std::vector<double> idle;
    for (int pair = 0; pair < pairs_of_people; ++pair) idle.push_back(block_once(house, rooms, invite));
    report("idle", idle, 0);
    Load load(house, house.make_room("Busy", {"--seats", "1000"}), invite);
    std::vector<double> busy;
    for (int pair = 0; pair < pairs_of_people; ++pair) busy.push_back(block_once(house, rooms, invite));
    report("busy", busy, load.share());
}

}  // namespace kindroom::bench
