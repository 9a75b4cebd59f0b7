// Between the values of a document and the places of a Config, by kind.
#include <algorithm>

#include "config/keys.hpp"
#include "config/units.hpp"

namespace kindroom::config {

namespace {

std::string in_range(const Key& key) { return "Expected: " + range_of(key) + "."; }

std::optional<std::string> set_number(const Key& key, Config& config, std::int64_t number) {
    if (number < key.least || number > key.most) return "That is out of range. " + in_range(key);
    const Place place = key.place(config);
    if (auto* const* small = std::get_if<std::uint32_t*>(&place)) **small = static_cast<std::uint32_t>(number);
    if (auto* const* large = std::get_if<std::uint64_t*>(&place)) **large = static_cast<std::uint64_t>(number);
    if (auto* const* duration = std::get_if<Duration*>(&place)) **duration = Duration{number};
    return std::nullopt;
}

std::optional<std::string> set_texts(const Key& key, Config& config, const Value& value) {
    const std::string remedy = "Write a list of texts, such as [\"https://rooms.example\"].";
    const auto* items = std::get_if<std::vector<Value>>(&value.data);
    if (items == nullptr) return remedy;
    std::vector<std::string> texts;
    for (const Value& item : *items) {
        const auto* text = std::get_if<std::string>(&item.data);
        if (text == nullptr) return remedy;
        texts.push_back(*text);
    }
    *std::get<std::vector<std::string>*>(key.place(config)) = std::move(texts);
    return std::nullopt;
}

std::optional<std::string> set_text(const Key& key, Config& config, const Value& value) {
    const auto* text = std::get_if<std::string>(&value.data);
    if (text == nullptr) return "Write it in quotes.";
    if (text->find('\0') != std::string::npos) return "There is a zero byte in it; take it out.";
    if (key.kind == Kind::choice && std::ranges::find(key.choices, *text) == key.choices.end()) return in_range(key);
    const Place place = key.place(config);
    if (auto* const* path = std::get_if<std::filesystem::path*>(&place)) **path = *text;
    if (auto* const* plain = std::get_if<std::string*>(&place)) **plain = *text;
    return std::nullopt;
}

std::string toml_text(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20 || byte == 0x7f) {
            out += "\\u00";
            out += digits[byte >> 4];
            out += digits[byte & 15];
        } else {
            out += c;
        }
    }
    return out + '"';
}

std::string toml_text(const std::vector<std::string>& texts) {
    std::string out = "[";
    for (const std::string& text : texts) out += std::string{out.size() > 1 ? ", " : ""} + toml_text(text);
    return out + "]";
}

}  // namespace

std::optional<std::string> set(const Key& key, Config& config, const Value& value) {
    const auto* text = std::get_if<std::string>(&value.data);
    switch (key.kind) {
        case Kind::text:
        case Kind::path:
        case Kind::choice:
            return set_text(key, config, value);
        case Kind::texts:
            return set_texts(key, config, value);
        case Kind::flag: {
            const auto* flag = std::get_if<bool>(&value.data);
            if (flag == nullptr) return "Write true or false, without quotes.";
            *std::get<bool*>(key.place(config)) = *flag;
            return std::nullopt;
        }
        case Kind::count: {
            const auto* number = std::get_if<std::int64_t>(&value.data);
            if (number == nullptr) return "Write a whole number, without quotes. " + in_range(key);
            return set_number(key, config, *number);
        }
        case Kind::duration: {
            const auto duration = text ? parse_duration(*text) : std::nullopt;
            if (!duration) return "Write a number and its unit in quotes: ms, s, m, h or d, such as \"30s\".";
            return set_number(key, config, duration->count());
        }
        case Kind::size: {
            const auto bytes = text ? parse_size(*text) : std::nullopt;
            if (!bytes) return "Write a number and its unit in quotes: B, KiB, MiB or GiB, such as \"16 KiB\".";
            return set_number(key, config, static_cast<std::int64_t>(*bytes));
        }
    }
    return "This kind of key is not known.";  // Not reached: the switch is complete.
}

std::string written(const Key& key, const Config& config) {
    // The table speaks of places that can be written to; this function only reads from them.
    const Place place = key.place(const_cast<Config&>(config));
    struct Writer {
        Kind kind;
        std::string operator()(const std::string* text) const { return toml_text(*text); }
        std::string operator()(const std::filesystem::path* path) const { return toml_text(path->string()); }
        std::string operator()(const bool* flag) const { return *flag ? "true" : "false"; }
        std::string operator()(const std::uint32_t* number) const { return number_of(*number); }
        std::string operator()(const std::uint64_t* number) const { return number_of(*number); }
        std::string operator()(const Duration* duration) const { return toml_text(text_of(*duration)); }
        std::string operator()(const std::vector<std::string>* texts) const { return toml_text(*texts); }
        std::string number_of(std::uint64_t number) const {
            return kind == Kind::size ? toml_text(text_of_size(number)) : std::to_string(number);
        }
    };
    return std::visit(Writer{key.kind}, place);
}

std::string range_of(const Key& key) {
    switch (key.kind) {
        case Kind::text:
            return "text";
        case Kind::texts:
            return "list of texts";
        case Kind::path:
            return "path";
        case Kind::flag:
            return "true or false";
        case Kind::count:
            return "number, " + std::to_string(key.least) + " to " + std::to_string(key.most);
        case Kind::size:
            return "size, " + text_of_size(static_cast<std::uint64_t>(key.least)) + " to " +
                   text_of_size(static_cast<std::uint64_t>(key.most));
        case Kind::duration:
            return "duration, " + text_of(Duration{key.least}) + " to " + text_of(Duration{key.most});
        case Kind::choice: {
            std::string out;
            for (const std::string_view choice : key.choices) {
                out.append(out.empty() ? "\"" : " or \"").append(choice).append("\"");
            }
            return out;
        }
    }
    return {};  // Not reached: the switch is complete.
}

}  // namespace kindroom::config
