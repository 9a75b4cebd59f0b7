#include "config/load.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "config/document.hpp"
#include "config/keys.hpp"
#include "config/nearest.hpp"

extern char** environ;

namespace kindroom::config {

namespace {

constexpr std::string_view environment_prefix = "kindroomd__";

struct Placed {
    std::string file;
    Where where;
};
// Where each key was set, by its full name.
using Places = std::map<std::string, Placed, std::less<>>;

struct Parsed {
    Config config;
    Places places;
    std::vector<Mistake> mistakes;
};

const Key* find_key(std::string_view section, std::string_view name) {
    const auto found =
        std::ranges::find_if(keys(), [&](const Key& key) { return key.section == section && key.name == name; });
    return found == keys().end() ? nullptr : &*found;
}

std::string remedy_for_unknown_key(std::string_view section, std::string_view name) {
    std::vector<std::string_view> here;
    for (const Key& key : keys()) {
        if (key.section == section) here.push_back(key.name);
        if (key.section != section && key.name == name) {
            return "There is no such key in [" + std::string{section} + "]; it belongs into [" +
                   std::string{key.section} + "].";
        }
    }
    const std::string guess = nearest(name, here);
    if (!guess.empty()) return "There is no such key. Did you mean " + guess + "?";
    return "There is no such key. `kindroomd config default` prints all there are.";
}

std::string remedy_for_unknown_section(std::string_view name) {
    std::vector<std::string_view> known;
    for (const Section& section : sections()) known.push_back(section.name);
    for (const Key& key : keys()) {
        if (key.name == name) return "This key belongs into [" + std::string{key.section} + "].";
    }
    const std::string guess = nearest(name, known);
    if (!guess.empty()) return "There is no such section. Did you mean [" + guess + "]?";
    return "There is no such section. `kindroomd config default` prints all there are.";
}

bool is_section(std::string_view name) {
    return std::ranges::find(sections(), name, &Section::name) != sections().end();
}

void put(Parsed& parsed, const Key& key, const Value& value, const std::string& file) {
    if (auto remedy = set(key, parsed.config, value)) {
        parsed.mistakes.push_back(
            {file, value.where.line, value.where.column, key.full_name(), text_of(value), std::move(*remedy)});
        return;
    }
    parsed.places[key.full_name()] = {file, value.where};
}

void put_document(Parsed& parsed, const Table& document, const std::string& file) {
    for (const auto& [section, content] : document.members) {
        const auto* table = std::get_if<Table>(&content.data);
        if (!is_section(section)) {
            parsed.mistakes.push_back({file, content.where.line, content.where.column, section,
                                       table ? "" : text_of(content), remedy_for_unknown_section(section)});
            continue;
        }
        if (table == nullptr) {
            parsed.mistakes.push_back({file, content.where.line, content.where.column, section, text_of(content),
                                       "This is a section: write [" + section + "] on a line of its own."});
            continue;
        }
        for (const auto& [name, value] : table->members) {
            if (const Key* key = find_key(section, name)) {
                put(parsed, *key, value, file);
            } else {
                parsed.mistakes.push_back({file, value.where.line, value.where.column, section + "." + name,
                                           text_of(value), remedy_for_unknown_key(section, name)});
            }
        }
    }
}

// The value that somebody meant who could only write a text.
Value value_from_environment(const Key& key, const std::string& text) {
    Value value{.data = text};
    if (key.kind == Kind::flag && (text == "true" || text == "false")) value.data = text == "true";
    if (key.kind == Kind::count) {
        std::int64_t number = 0;
        const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (trouble == std::errc{} && end == text.data() + text.size()) value.data = number;
    }
    if (key.kind == Kind::texts) {
        std::vector<Value> items;
        for (std::size_t from = 0; from < text.size();) {
            const std::size_t comma = std::min(text.find(',', from), text.size());
            items.push_back({.data = text.substr(from, comma - from)});
            from = comma + 1;
        }
        value.data = std::move(items);
    }
    return value;
}

void put_environment(Parsed& parsed, const Environment& environment) {
    for (const auto& [variable, text] : environment) {
        if (!variable.starts_with(environment_prefix)) continue;
        std::string name = variable.substr(environment_prefix.size());
        std::ranges::transform(name, name.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
        const std::size_t between = name.find("__");
        const std::string section = name.substr(0, between);
        const std::string key_name = between == std::string::npos ? "" : name.substr(between + 2);
        if (const Key* key = find_key(section, key_name)) {
            put(parsed, *key, value_from_environment(*key, text), "environment");
            continue;
        }
        parsed.mistakes.push_back({.file = "environment",
                                   .key = variable,
                                   .value = text,
                                   .remedy = is_section(section) ? remedy_for_unknown_key(section, key_name)
                                                                 : remedy_for_unknown_section(section)});
    }
}

void take_paths_from(Config& config, const std::filesystem::path& folder) {
    if (folder.empty()) return;
    for (const Key& key : keys()) {
        if (key.kind != Kind::path) continue;
        auto& path = *std::get<std::filesystem::path*>(key.place(config));
        if (!path.empty() && path.is_relative()) path = (folder / path).lexically_normal();
    }
}

Parsed parse(std::string_view text, const std::string& file, const std::filesystem::path& folder,
             const Environment& environment) {
    Parsed parsed;
    auto document = parse_document(text, file);
    if (auto* mistake = std::get_if<Mistake>(&document)) {
        parsed.mistakes.push_back(std::move(*mistake));
        return parsed;
    }
    put_document(parsed, std::get<Table>(document), file);
    put_environment(parsed, environment);
    take_paths_from(parsed.config, folder);
    // As one reads the file, from top to bottom; overrides last.
    std::ranges::stable_sort(parsed.mistakes, [](const Mistake& a, const Mistake& b) {
        return std::tuple{a.line == 0, a.line, a.column} < std::tuple{b.line == 0, b.line, b.column};
    });
    return parsed;
}

Parsed read(const std::filesystem::path& path, const Environment& environment) {
    auto text = read_text_file(path.string());
    if (auto* mistake = std::get_if<Mistake>(&text)) {
        mistake->remedy +=
            " `kindroomd config default` prints one to begin with, `kindroomd init` makes a whole folder.";
        return {.config = {}, .places = {}, .mistakes = {std::move(*mistake)}};
    }
    std::error_code ignored;
    const auto absolute = std::filesystem::absolute(path, ignored);
    return parse(std::get<std::string>(text), path.string(), absolute.parent_path(), environment);
}

std::variant<Config, std::vector<Mistake>> result_of(Parsed parsed) {
    if (!parsed.mistakes.empty()) return std::move(parsed.mistakes);
    return std::move(parsed.config);
}

}  // namespace

Environment environment_of_this_process() {
    Environment out;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        const std::size_t equals = text.find('=');
        if (!text.starts_with(environment_prefix) || equals == std::string_view::npos) continue;
        out.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return out;
}

std::variant<Config, std::vector<Mistake>> read_config(const std::filesystem::path& path,
                                                       const Environment& environment) {
    return result_of(read(path, environment));
}

std::variant<Config, std::vector<Mistake>> parse_config(std::string_view text, const std::string& file,
                                                        const std::filesystem::path& folder,
                                                        const Environment& environment) {
    return result_of(parse(text, file, folder, environment));
}

std::variant<Config, std::vector<Mistake>> load_config(const std::filesystem::path& path) {
    return load_config(path, environment_of_this_process());
}

std::variant<Config, std::vector<Mistake>> load_config(const std::filesystem::path& path,
                                                       const Environment& environment) {
    Parsed parsed = read(path, environment);
    std::set<std::string> misread;
    for (const Mistake& mistake : parsed.mistakes) misread.insert(mistake.key);
    // A file that could not be understood at all is one mistake, not one for each key that therefore has its default.
    if (misread.contains("")) return std::move(parsed.mistakes);
    for (Mistake& mistake : check_config(parsed.config)) {
        if (misread.contains(mistake.key)) continue;
        const auto placed = parsed.places.find(mistake.key);
        mistake.file = path.string();
        if (placed != parsed.places.end()) {
            mistake.file = placed->second.file;
            mistake.line = placed->second.where.line;
            mistake.column = placed->second.where.column;
        }
        parsed.mistakes.push_back(std::move(mistake));
    }
    return result_of(std::move(parsed));
}

}  // namespace kindroom::config
