#include "filters/habits.hpp"

#include <algorithm>
#include <functional>

namespace kindroom::filters {

namespace {

std::uint64_t number_of(std::string_view folded) { return std::hash<std::string_view>{}(folded); }

template <class Said, class Counts>
std::uint32_t count(const Said& said, TimePoint since, Counts counts) {
    return static_cast<std::uint32_t>(
        std::ranges::count_if(said, [&](const auto& one) { return one.at >= since && counts(one); }));
}

}  // namespace

void Habits::note(std::string_view folded, TimePoint now) {
    said_.push_back({.at = now, .words = number_of(folded)});
    if (said_.size() > remembered_max) said_.pop_front();
}

std::uint32_t Habits::repeated(std::string_view folded, TimePoint since) const {
    return count(said_, since, [words = number_of(folded)](const Said& one) { return one.words == words; });
}

std::uint32_t Habits::said(TimePoint since) const {
    return count(said_, since, [](const Said&) { return true; });
}

}  // namespace kindroom::filters
