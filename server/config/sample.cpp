#include "config/keys.hpp"
#include "config/load.hpp"

namespace kindroom::config {

namespace {

constexpr std::string_view preface = R"(# Kindroom: the configuration, which is also its manual.
#
# Every key stands here with its default, commented out: what you do not set follows the defaults of the version that
# runs. To begin with, set these:
#
#   house.name          what your house is called
#   house.help_file     where people can turn to; check each entry before you open
#   house.appeal        how to object to a decision
#   listen.address      and a certificate
#
# Durations are written with a unit: "250ms", "30s", "2m", "1h", "14d". So are sizes: "512 B", "16 KiB", "64 MiB".
# Relative paths begin at the folder of this file. Each key can be overridden by a variable of the environment:
# kindroomd__LISTEN__ADDRESS=0.0.0.0:7443. Secrets are never values here, only files that are named.
#
# `kindroomd --check --config FILE` reports every mistake at once. This text: `kindroomd config default`.
)";

}  // namespace

std::string default_config_text() { return config_text({}); }

std::string config_text(const std::map<std::string, std::string>& set) {
    const Config defaults;
    std::string out{preface};
    for (const Section& section : sections()) {
        out.append("\n# ").append(section.comment).append("\n[").append(section.name).append("]\n");
        for (const Key& key : keys()) {
            if (key.section != section.name) continue;
            if (!key.heading.empty()) out.append("\n# -- ").append(key.heading).append(". --\n");
            out.append("\n# ").append(key.comment).append("\n# (").append(range_of(key)).append(")\n");
            const auto wanted = set.find(key.full_name());
            const bool is_set = wanted != set.end();
            out.append(is_set ? "" : "#").append(key.name).append(" = ");
            out.append(is_set ? wanted->second : written(key, defaults)).append("\n");
        }
    }
    return out;
}

}  // namespace kindroom::config
