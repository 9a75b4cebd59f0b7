#include "ops/health.hpp"

#include <algorithm>

namespace kindroom::ops {

namespace {

constexpr std::array<const char*, static_cast<std::size_t>(Check::count_)> check_names{"store", "key_ring", "listening",
                                                                                       "serving"};

const char* json(bool value) { return value ? "true" : "false"; }

}  // namespace

bool Health::is_ready() const {
    return is_alive() && std::ranges::all_of(checks_, [](const std::atomic<bool>& check) { return check.load(); });
}

std::string Health::alive_json() const { return std::string{"{\"alive\":"} + json(is_alive()) + "}\n"; }

std::string Health::ready_json(Detail detail) const {
    std::string out = std::string{"{\"ready\":"} + json(is_ready());
    if (detail == Detail::checks) {
        out += ",\"checks\":{\"alive\":";
        out += json(is_alive());
        for (std::size_t i = 0; i < checks_.size(); ++i) {
            out.append(",\"").append(check_names[i]).append("\":").append(json(checks_[i].load()));
        }
        out += "}";
    }
    return out + "}\n";
}

}  // namespace kindroom::ops
