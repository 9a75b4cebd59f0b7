// How the rows of the table of keys are written.
#pragma once

#include <utility>

#include "config/keys.hpp"

namespace kindroom::config {

// The way from a Config to one value, as a chain of members.
template <auto... members>
Place at(Config& config) {
    return &(config.*....*members);
}

using PlaceOf = Place (*)(Config&);

inline constexpr std::int64_t kib = 1024;
inline constexpr std::int64_t mib = 1024 * kib;
inline constexpr std::int64_t second = 1'000;
inline constexpr std::int64_t minute = 60 * second;
inline constexpr std::int64_t hour = 60 * minute;
inline constexpr std::int64_t day = 24 * hour;
inline constexpr std::int64_t year = 365 * day;
inline constexpr std::int64_t a_lot = 1'000'000;

struct Range {
    std::int64_t least;
    std::int64_t most;
};

// Collects the rows of one section.
class Rows {
  public:
    Rows(std::vector<Key>& keys, std::string_view section) : keys_(keys), section_(section) {}

    Rows& heading(std::string_view heading) {
        heading_ = heading;
        return *this;
    }
    Rows& text(std::string_view name, PlaceOf place, std::string_view comment) {
        return add({section_, name, Kind::text, place, comment});
    }
    Rows& texts(std::string_view name, PlaceOf place, std::string_view comment) {
        return add({section_, name, Kind::texts, place, comment});
    }
    Rows& path(std::string_view name, PlaceOf place, std::string_view comment) {
        return add({section_, name, Kind::path, place, comment});
    }
    Rows& flag(std::string_view name, PlaceOf place, std::string_view comment) {
        return add({section_, name, Kind::flag, place, comment});
    }
    Rows& choice(std::string_view name, PlaceOf place, std::vector<std::string_view> choices,
                 std::string_view comment) {
        return add({section_, name, Kind::choice, place, comment, 0, 0, std::move(choices)});
    }
    Rows& count(std::string_view name, PlaceOf place, Range range, std::string_view comment) {
        return add({section_, name, Kind::count, place, comment, range.least, range.most});
    }
    Rows& size(std::string_view name, PlaceOf place, Range range, std::string_view comment) {
        return add({section_, name, Kind::size, place, comment, range.least, range.most});
    }
    Rows& duration(std::string_view name, PlaceOf place, Range range, std::string_view comment) {
        return add({section_, name, Kind::duration, place, comment, range.least, range.most});
    }

  private:
    Rows& add(Key key) {
        key.heading = std::exchange(heading_, {});
        keys_.push_back(std::move(key));
        return *this;
    }
    std::vector<Key>& keys_;
    std::string_view section_;
    std::string_view heading_{};
};

template <auto member>
constexpr PlaceOf limit = at<&Config::limits, member>;

// Of keys_cases.cpp, keys_circles.cpp and keys_filters.cpp.
void add_case_limits(std::vector<Key>& keys);
void add_circle_limits(std::vector<Key>& keys);
void add_filter_limits(std::vector<Key>& keys);

}  // namespace kindroom::config
