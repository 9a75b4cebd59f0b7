#include "config/units.hpp"

#include <array>
#include <charconv>
#include <limits>
#include <span>

namespace kindroom::config {

namespace {

struct Unit {
    std::string_view name;
    std::uint64_t factor;
};

// Largest first, so that text_of finds the shortest way to write a value.
constexpr std::array<Unit, 5> duration_units{
    {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};
constexpr std::array<Unit, 4> size_units{{{"GiB", 1ull << 30}, {"MiB", 1ull << 20}, {"KiB", 1ull << 10}, {"B", 1}}};

std::optional<std::uint64_t> parse(std::string_view text, std::span<const Unit> units) {
    std::uint64_t number = 0;
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (trouble != std::errc{}) return std::nullopt;
    std::string_view rest = text.substr(static_cast<std::size_t>(end - text.data()));
    if (rest.starts_with(' ')) rest.remove_prefix(1);
    for (const Unit& unit : units) {
        if (rest != unit.name) continue;
        if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) / unit.factor) return {};
        return number * unit.factor;
    }
    return std::nullopt;
}

std::string write(std::uint64_t value, std::span<const Unit> units, std::string_view between) {
    for (const Unit& unit : units) {
        if (value % unit.factor != 0 || (value == 0 && unit.factor != 1)) continue;
        return std::to_string(value / unit.factor).append(between).append(unit.name);
    }
    return {};  // Not reached: every value is a multiple of the last unit.
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
    const auto ms = parse(text, duration_units);
    if (!ms) return std::nullopt;
    return Duration{static_cast<std::int64_t>(*ms)};
}

std::optional<std::uint64_t> parse_size(std::string_view text) { return parse(text, size_units); }

std::string text_of(Duration duration) {
    return write(static_cast<std::uint64_t>(duration.count()), duration_units, "");
}

std::string text_of_size(std::uint64_t bytes) { return write(bytes, size_units, " "); }

}  // namespace kindroom::config
