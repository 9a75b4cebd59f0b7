#include "runtime/timers.hpp"

#include <chrono>
#include <gmock/gmock.h>
#include <memory>
#include <string>

namespace kindroom::runtime {
namespace {

using std::chrono::milliseconds;

const Timers::Instant start{};

class Told {
  public:
    Task say(std::string word) {
        return [this, word = std::move(word)] { words_ += word; };
    }
    std::string run_due(Timers& timers, Timers::Instant now) {
        words_.clear();
        while (Task task = timers.take_due(now)) task();
        return words_;
    }

  private:
    std::string words_;
};

TEST(Timers, TasksComeByTimeAndAmongEqualsInTheOrderOfAdding) {
    Timers timers;
    Told told;
    timers.add(start + milliseconds(3), told.say("c"));
    timers.add(start + milliseconds(1), told.say("a"));
    timers.add(start + milliseconds(2), told.say("x"));
    timers.add(start + milliseconds(2), told.say("y"));
    timers.add(start + milliseconds(2), told.say("z"));
    EXPECT_EQ(told.run_due(timers, start + milliseconds(3)), "axyzc");
}

TEST(Timers, NothingRunsBeforeItsTime) {
    Timers timers;
    Told told;
    timers.add(start + milliseconds(2), told.say("b"));
    EXPECT_EQ(told.run_due(timers, start + milliseconds(1)), "");
    EXPECT_EQ(timers.next(), start + milliseconds(2));
    EXPECT_EQ(told.run_due(timers, start + milliseconds(2)), "b");
    EXPECT_EQ(timers.next(), std::nullopt);
}

TEST(Timers, ATaskThatAddsOneWhileItIsDroppedDoesNoHarm) {
    struct AddsAnother {
        Timers& timers;
        ~AddsAnother() {
            timers.add(start, [] {});
        }
    };
    Timers timers;
    timers.add(start, [adder = std::make_unique<AddsAnother>(AddsAnother{timers})] {});
    timers.clear();
    timers.clear();
    EXPECT_EQ(timers.next(), std::nullopt);
}

}  // namespace
}  // namespace kindroom::runtime
