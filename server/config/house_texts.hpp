// What the house says to everybody: its rules, what it keeps about people, and where else one can turn to.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/config.hpp"
#include "config/mistake.hpp"
#include "domain/settings.hpp"
#include "filters/filter_set.hpp"

namespace kindroom::config {

struct HouseTexts {
    std::vector<domain::Rule> rules;
    // The rules as bytes, for a digest that tells whether they have changed since they were last put in force. Changes
    // with an id or a text, not with a comment or the layout of the file: nobody is asked for consent again over those.
    std::string rules_fingerprint_input;
    std::string data_policy;
    domain::HelpDirectory help;
    filters::FilterSetPtr filters;
};

// Reads the files that the configuration names, and takes the built-in texts where it names none. Start-up and SIGHUP.
std::variant<HouseTexts, std::vector<Mistake>> load_house_texts(const Config& config);

// The same for texts in memory; `file` is for mistakes, `rules_max` and the lengths come from the limits.
std::variant<std::vector<domain::Rule>, std::vector<Mistake>> parse_rules(std::string_view text,
                                                                          const std::string& file,
                                                                          const Limits& limits);
std::variant<domain::HelpDirectory, std::vector<Mistake>> parse_help(std::string_view text, const std::string& file);

// deploy/house/rules.toml and deploy/house/data-policy.txt are these texts.
std::string_view default_rules_text();
std::string_view default_data_policy();

}  // namespace kindroom::config
