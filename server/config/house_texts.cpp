#include "config/house_texts.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "config/document.hpp"
#include "config/filters_file.hpp"
#include "config/table_reader.hpp"

namespace kindroom::config {

namespace {

constexpr std::size_t policy_bytes_max = 64 * 1024;
constexpr std::size_t entries_max = 500;
constexpr std::string_view no_help_yet =
    "The people who run this house have not listed places to turn to yet. If somebody's life is in danger, call the "
    "emergency number where you are: 112 works in the European Union and in many other countries, 911 in the United "
    "States and Canada, 999 in the United Kingdom.";

bool is_country(std::string_view text) {
    return text.empty() || (text.size() == 2 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; }));
}

// Shaped like 2026-11-24. Whether the day existed is the operator's business.
bool is_date(std::string_view text) {
    constexpr std::string_view shape = "0000-00-00";
    if (text.empty()) return true;
    return std::ranges::equal(text, shape, [](char c, char s) { return s == '0' ? c >= '0' && c <= '9' : c == s; });
}

// Clients are promised UTF-8 by the protocol, and the data policy is the one text that no TOML parser has checked.
bool is_plain_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto at = [&](std::size_t n) { return n < text.size() ? static_cast<unsigned char>(text[n]) : 0u; };
        const std::uint32_t first = at(i);
        const std::size_t more = first < 0x80       ? 0
                                 : first >> 5 == 6  ? 1
                                 : first >> 4 == 14 ? 2
                                 : first >> 3 == 30 ? 3
                                                    : 9;
        if (more == 9 || first == 0) return false;
        std::uint32_t code = more == 0 ? first : first & (0x3fu >> more);
        for (std::size_t n = 1; n <= more; ++n) {
            if (at(i + n) >> 6 != 2) return false;
            code = code << 6 | (at(i + n) & 0x3f);
        }
        constexpr std::array<std::uint32_t, 4> least{0, 0x80, 0x800, 0x10000};
        if (code < least[more] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return false;
        i += more + 1;
    }
    return true;
}

// Lengths before the texts, so that no two different lists give the same bytes.
std::string fingerprint_input_of(const std::vector<domain::Rule>& rules) {
    std::string out;
    for (const domain::Rule& rule : rules) {
        for (const std::string* text : {&rule.rule_id, &rule.text}) {
            out.append(std::to_string(text->size())).append(":").append(*text);
        }
    }
    return out;
}

template <class T>
std::variant<T, std::vector<Mistake>> value_or(T value, std::vector<Mistake> mistakes) {
    if (!mistakes.empty()) return mistakes;
    return value;
}

// The contents of the file, or the default where none is named; nothing after a mistake.
std::optional<std::string> text_from(const std::filesystem::path& path, std::string_view otherwise,
                                     std::vector<Mistake>& mistakes) {
    if (path.empty()) return std::string{otherwise};
    auto text = read_text_file(path.string());
    if (auto* read = std::get_if<std::string>(&text)) return std::move(*read);
    mistakes.push_back(std::get<Mistake>(std::move(text)));
    return std::nullopt;
}

template <class T>
void keep(std::variant<T, std::vector<Mistake>> parsed, T& into, std::vector<Mistake>& mistakes) {
    if (auto* value = std::get_if<T>(&parsed)) {
        into = std::move(*value);
        return;
    }
    const auto& found = std::get<std::vector<Mistake>>(parsed);
    mistakes.insert(mistakes.end(), found.begin(), found.end());
}

}  // namespace

std::variant<std::vector<domain::Rule>, std::vector<Mistake>> parse_rules(std::string_view text,
                                                                          const std::string& file,
                                                                          const Limits& limits) {
    auto document = parse_document(text, file);
    if (auto* mistake = std::get_if<Mistake>(&document)) return std::vector{std::move(*mistake)};
    std::vector<Mistake> mistakes;
    Reader root{file, "", Value{.data = std::get<Table>(std::move(document))}, mistakes};
    root.allow_only({"rule"});
    std::vector<domain::Rule> rules;
    std::set<std::string> ids;
    for (const Value& item : root.items("rule")) {
        Reader reader{file, "rule", item, mistakes};
        reader.allow_only({"id", "text"});
        domain::Rule rule{.rule_id = reader.text("id", Need::required), .text = reader.text("text", Need::required)};
        if (!rule.rule_id.empty() && !is_stable_id(rule.rule_id)) {
            reader.add(item.where, "id", rule.rule_id, "An id has small letters, digits and hyphens, 64 at most.");
        }
        if (!rule.rule_id.empty() && !ids.insert(rule.rule_id).second) {
            reader.add(item.where, "id", rule.rule_id, "Two rules have this id; decisions could not name one of them.");
        }
        rules.push_back(std::move(rule));
    }
    if (rules.empty() && mistakes.empty()) {
        root.add({}, "rule", "", "There is no rule; write at least one: [[rule]] with id and text.");
    }
    if (rules.size() > limits.rules_max) {
        root.add({}, "rule", "", "There are more rules than limits.rules_max allows. Few are read, many are not.");
    }
    return value_or(std::move(rules), std::move(mistakes));
}

std::variant<domain::HelpDirectory, std::vector<Mistake>> parse_help(std::string_view text, const std::string& file) {
    auto document = parse_document(text, file);
    if (auto* mistake = std::get_if<Mistake>(&document)) return std::vector{std::move(*mistake)};
    std::vector<Mistake> mistakes;
    Reader root{file, "", Value{.data = std::get<Table>(std::move(document))}, mistakes};
    root.allow_only({"introduction", "entry"});
    domain::HelpDirectory help{.introduction = root.text("introduction", Need::required), .entries = {}};
    for (const Value& item : root.items("entry")) {
        Reader reader{file, "entry", item, mistakes};
        reader.allow_only({"name", "about", "country", "languages", "contact", "hours", "verified_on"});
        domain::HelpEntry entry;
        entry.name = reader.text("name", Need::required);
        entry.about = reader.text("about", Need::optional);
        entry.country = reader.text("country", Need::optional);
        entry.languages = reader.texts("languages");
        entry.contact = reader.text("contact", Need::required);
        entry.hours = reader.text("hours", Need::optional);
        entry.verified_on = reader.text("verified_on", Need::optional);
        if (!is_country(entry.country)) {
            reader.add(item.where, "country", entry.country,
                       "Write two capital letters, such as \"DE\"; empty: anywhere.");
        }
        if (!is_date(entry.verified_on)) {
            reader.add(item.where, "verified_on", entry.verified_on,
                       "Write the day on which you tried it, such as \"2026-11-24\"; empty: not yet.");
        }
        help.entries.push_back(std::move(entry));
    }
    if (help.entries.size() > entries_max) root.add({}, "entry", "", "There are more than 500 entries.");
    return value_or(std::move(help), std::move(mistakes));
}

std::variant<HouseTexts, std::vector<Mistake>> load_house_texts(const Config& config) {
    HouseTexts texts{.rules = {},
                     .rules_fingerprint_input = {},
                     .data_policy = {},
                     .help = {.introduction = std::string{no_help_yet}, .entries = {}},
                     .filters = {}};
    std::vector<Mistake> mistakes;
    const Config::House& house = config.house;
    if (const auto rules = text_from(house.rules_file, default_rules_text(), mistakes)) {
        keep(parse_rules(*rules, house.rules_file.string(), config.limits), texts.rules, mistakes);
        texts.rules_fingerprint_input = fingerprint_input_of(texts.rules);
    }
    if (auto policy = text_from(house.data_policy_file, default_data_policy(), mistakes)) {
        const std::string file = house.data_policy_file.string();
        if (policy->empty()) mistakes.push_back({.file = file, .remedy = "The data policy is empty."});
        if (policy->size() > policy_bytes_max) {
            mistakes.push_back(
                {.file = file, .remedy = "The data policy is longer than 64 KiB; nobody would read it."});
        }
        if (!is_plain_utf8(*policy)) mistakes.push_back({.file = file, .remedy = "This is not plain text in UTF-8."});
        texts.data_policy = std::move(*policy);
    }
    if (!house.help_file.empty()) {
        if (const auto help = text_from(house.help_file, "", mistakes)) {
            keep(parse_help(*help, house.help_file.string()), texts.help, mistakes);
        }
    }
    if (const auto filters = text_from(house.filters_file, default_filters_text(), mistakes)) {
        keep(parse_filters(*filters, house.filters_file.string(), config.limits), texts.filters, mistakes);
    }
    return value_or(std::move(texts), std::move(mistakes));
}

}  // namespace kindroom::config
