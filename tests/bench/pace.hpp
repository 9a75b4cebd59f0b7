// Posts at a fixed pace, whatever the server does, and how long each takes to arrive. What came late counts from when
// it was due, so that a server which stands still for a second is charged for all that was due in it.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <map>
#include <vector>

#include "bench/figures.hpp"
#include "bench/scene.hpp"

namespace kindroom::bench {

class Pace {
  public:
    // `authors` take turns.
    Pace(Scene& scene, std::vector<std::uint32_t> authors, double posts_per_second);
    ~Pace() { scene_.on_message = {}; }

    // Returns when all that was posted in this time has arrived at everybody who may see it.
    void run(std::chrono::seconds time);
    // Of the last run: from when it was due to the reply, and to the last of those who receive it.
    void report(Figures& into) const;

  private:
    using Clock = std::chrono::steady_clock;
    struct Post {
        Clock::time_point due{};
        std::uint32_t left = 0;
    };
    // What one author has under way, oldest first.
    struct UnderWay {
        std::uint32_t first = 0;
        std::deque<Post> posts;
    };

    void arm();
    void post_what_is_due();
    void post(Clock::time_point due);
    void arrived(std::uint32_t viewer, Tag tag);
    Clock::time_point due_at(std::uint64_t number) const;

    Scene& scene_;
    const std::vector<std::uint32_t> authors_;
    const double posts_per_second_;
    boost::asio::steady_timer timer_;
    Clock::time_point start_{};
    std::uint64_t posts_ = 0;
    std::uint64_t posts_max_ = 0;
    std::uint64_t unanswered_ = 0;
    std::map<std::uint32_t, UnderWay> under_way_;
    Times to_reply_;
    Times to_last_;
    // By how much the generator itself was late.
    Times late_;
};

}  // namespace kindroom::bench
