// How many posts a second the SQLite store makes durable, and how long one waits.
//
//   store_throughput [FOLDER]      a folder on the disk to be measured; the system's temporary folder otherwise
//
// Keeps 1, 10, 100 and 1,000 posts of 100 bytes in flight, each its own transaction, and prints for each the posts a
// second and the time from asking to the answer.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <future>

#include "store/sqlite/sqlite_store.hpp"
#include "support/store_records.hpp"
#include "support/temporary_folder.hpp"
#include "support/thread_scheduler.hpp"
#include "support/virtual_clock.hpp"

namespace kindroom::test {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds measured_for{3};

class Load {
  public:
    Load(store::Store& store, std::uint64_t first) : store_(store), next_(first) {}

    // Returns when the time is over and everything was answered.
    void run(std::uint64_t in_flight) {
        home_.post([this, in_flight] {
            start_ = Clock::now();
            for (in_flight_ = 0; in_flight_ < in_flight; ++in_flight_) post();
        });
        done_.get_future().wait();
    }
    std::uint64_t posts() const { return waits_.size(); }
    double per_second() const {
        return static_cast<double>(posts()) / std::chrono::duration<double>(end_ - start_).count();
    }
    double wait_ms(std::size_t percent) {
        std::ranges::sort(waits_);
        return waits_[std::min(waits_.size() - 1, waits_.size() * percent / 100)];
    }

  private:
    void post() {
        auto message = a_message(a_room(1).id, next_++);
        message.content.box.resize(100);
        store_.commit({{store::InsertMessage{std::move(message)}}}, home_, [this, asked = Clock::now()](auto answer) {
            if (!answer) std::abort();
            end_ = Clock::now();
            waits_.push_back(std::chrono::duration<double, std::milli>(end_ - asked).count());
            if (end_ - start_ < measured_for) return post();
            if (--in_flight_ == 0) done_.set_value();
        });
    }

    store::Store& store_;
    std::uint64_t next_;
    std::uint64_t in_flight_ = 0;
    std::vector<double> waits_;
    Clock::time_point start_{};
    Clock::time_point end_{};
    std::promise<void> done_;
    ThreadScheduler home_;
};

int measure(const std::string& path) {
    const VirtualClock clock;
    auto opened = store::SqliteStore::open({.path = path, .audit_key = test::a_chain_key()}, clock,
                                           [](std::string_view) { std::abort(); });
    if (const auto* trouble = std::get_if<std::string>(&opened))
        return std::fprintf(stderr, "%s\n", trouble->c_str()), 1;
    store::Store& store = *std::get<0>(opened);
    ThreadScheduler home;
    store.commit({{store::PutRoom{a_room(1)}}}, home, [](auto) {});
    std::uint64_t next = 1;
    for (const std::uint64_t in_flight : {1u, 10u, 100u, 1000u}) {
        Load load(store, next);
        load.run(in_flight);
        next += load.posts();
        std::printf("%4d in flight: %8.0f posts/s, p50 %.2f ms, p99 %.2f ms\n", static_cast<int>(in_flight),
                    load.per_second(), load.wait_ms(50), load.wait_ms(99));
    }
    return 0;
}

}  // namespace
}  // namespace kindroom::test

int main(int count, char** arguments) {
    const kindroom::test::TemporaryFolder folder;
    const auto path = count > 1 ? std::string(arguments[1]) + "/throughput.db" : folder.file("throughput.db");
    return kindroom::test::measure(path);
}
