// In one thread of this process: the filters of a house that looks for a lot, and messages as people write them.
#include <ctime>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/house_filters.hpp"
#include "bench/scenario.hpp"
#include "filters/filter_set.hpp"

namespace kindroom::bench {

namespace {

using namespace filters;

constexpr unsigned messages_count = 2'000;

// Microseconds for each message.
double judge_all(const FilterSet& set, const std::vector<std::string>& all) {
    Habits habits;
    for (std::uint32_t i = 0; i < Habits::remembered_max; ++i) habits.note("something else", TimePoint{});
    std::size_t acted = 0;
    // Of the processor's own time: whatever else runs on the machine takes none of it.
    const std::clock_t begin = std::clock();
    for (const auto& message : all)
        acted += set.judge({.text = message, .habits = &habits, .now = TimePoint{}}).acted.size();
    const double took = 1e6 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    if (acted > 0) throw std::runtime_error("something was found, which costs less to judge");
    return took / static_cast<double>(all.size());
}

// The longest message is one of 4,000 characters, however many bytes they take.
struct Kind {
    const char* name;
    Text text;
    std::size_t bytes;
};
constexpr Kind kinds[] = {
    {"english, 150 bytes", Text::english, 150},
    {"german, 150 bytes", Text::german, 150},
    {"russian, 150 bytes", Text::russian, 150},
    {"english, 600 bytes", Text::english, 600},
    {"english, 4000 characters", Text::english, 3'990},
    {"german, 4000 characters", Text::german, 4'300},
    {"russian, 4000 characters", Text::russian, 7'200},
    {"words cut short, 4000 characters", Text::almost, 3'980},
    {"words cut short, in look-alikes, 4000 characters", Text::confusable, 5'000},
    {"words cut short, with zero-width characters, 4000 characters", Text::zero_width, 7'500},
    {"words cut short, with accents, 4000 characters", Text::accented, 6'600},
};

class FilterCost final : public Bout {
  public:
    FilterCost() {
        for (const Kind& kind : kinds) {
            auto& all = messages_.emplace_back();
            for (unsigned i = 0; i < messages_count; ++i) all.push_back(text_of(kind.text, kind.bytes, i));
        }
    }

    std::vector<Figures> turn() override {
        std::vector<Figures> out;
        for (std::size_t i = 0; i < std::size(kinds); ++i) {
            std::size_t bytes = 0;
            for (const auto& message : messages_[i]) bytes += message.size();
            auto& figures = out.emplace_back();
            figures.note("messages", kinds[i].name);
            figures.note("words", std::uint64_t{house_words}).note("patterns", std::uint64_t{house_patterns});
            figures.note("bytes", std::uint64_t{bytes / messages_[i].size()});
            figures.measured("microseconds", judge_all(*set_, messages_[i]));
        }
        return out;
    }

  private:
    const FilterSetPtr set_ = house_filters();
    std::vector<std::vector<std::string>> messages_;
};

}  // namespace

std::unique_ptr<Bout> make_filter_cost(const Options&) { return std::make_unique<FilterCost>(); }

}  // namespace kindroom::bench
