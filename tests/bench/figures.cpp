#include "bench/figures.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace kindroom::bench {

namespace {

// Four digits that say something, without an exponent.
std::string written(double value) {
    if (!std::isfinite(value)) return "null";
    const double size = std::abs(value);
    const int digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3;
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return out + "\"";
}

}  // namespace

Figures& Figures::member(const char* name, const std::string& value) {
    if (!members_.empty()) members_ += ",";
    members_ += quoted(name) + ":" + value;
    return *this;
}

Figures& Figures::note(const char* name, const std::string& text) { return member(name, quoted(text)); }
Figures& Figures::note(const char* name, bool value) { return member(name, value ? "true" : "false"); }
Figures& Figures::note(const char* name, std::uint64_t value) { return member(name, std::to_string(value)); }
Figures& Figures::note(const char* name, double value) { return member(name, written(value)); }

Figures& Figures::measured(const char* name, double value) {
    measured_.emplace_back(name, value);
    return note(name, value);
}

Figures& Figures::append(const Figures& more) {
    if (!members_.empty() && !more.members_.empty()) members_ += ",";
    members_ += more.members_;
    measured_.insert(measured_.end(), more.measured_.begin(), more.measured_.end());
    return *this;
}

double quantile(const std::vector<double>& sorted, double part) {
    const auto at = static_cast<std::size_t>(part * static_cast<double>(sorted.size()));
    return sorted[std::min(at, sorted.size() - 1)];
}

void Times::measured(Figures& into, const std::string& name) const {
    if (all_.empty()) return;
    auto sorted = all_;
    std::sort(sorted.begin(), sorted.end());
    into.measured((name + "_p50_ms").c_str(), quantile(sorted, 0.5));
    into.measured((name + "_p99_ms").c_str(), quantile(sorted, 0.99));
    into.measured((name + "_p99_9_ms").c_str(), quantile(sorted, 0.999));
    into.measured((name + "_max_ms").c_str(), sorted.back());
}

}  // namespace kindroom::bench
