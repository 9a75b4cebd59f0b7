// The one file that includes toml++.
#include "config/document.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <sstream>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#include <toml++/toml.h>
#pragma GCC diagnostic pop

namespace kindroom::config {

namespace {

constexpr std::size_t document_bytes_max = 1024 * 1024;
// The deepest that a valid file goes is an array in a table in an array; the rest is room for a good message.
constexpr int depth_max = 8;

Where where_of(const toml::node& node) {
    return {static_cast<std::uint32_t>(node.source().begin.line),
            static_cast<std::uint32_t>(node.source().begin.column)};
}

// Nothing where the nesting is too deep.
std::optional<Value> converted(const toml::node& node, int depth);

std::optional<Table> converted(const toml::table& table, int depth) {
    Table out;
    for (const auto& [key, node] : table) {
        std::optional<Value> value = converted(node, depth + 1);
        if (!value) return std::nullopt;
        // A key is easier to find than its value; only the key of a whole table has no place of its own in some forms.
        const auto& source = key.source().begin;
        if (source.line != 0) {
            value->where = {static_cast<std::uint32_t>(source.line), static_cast<std::uint32_t>(source.column)};
        }
        out.members.push_back({std::string{key.str()}, std::move(*value)});
    }
    return out;
}

std::optional<Value> converted(const toml::node& node, int depth) {
    if (depth > depth_max) return std::nullopt;
    Value out{.data = Unused{}, .where = where_of(node)};
    if (const auto* table = node.as_table()) {
        std::optional<Table> inner = converted(*table, depth);
        if (!inner) return std::nullopt;
        out.data = std::move(*inner);
    } else if (const auto* array = node.as_array()) {
        std::vector<Value> inner;
        for (const toml::node& item : *array) {
            std::optional<Value> value = converted(item, depth + 1);
            if (!value) return std::nullopt;
            inner.push_back(std::move(*value));
        }
        out.data = std::move(inner);
    } else if (const auto* text = node.as_string()) {
        out.data = text->get();
    } else if (const auto* integer = node.as_integer()) {
        out.data = integer->get();
    } else if (const auto* real = node.as_floating_point()) {
        out.data = real->get();
    } else if (const auto* flag = node.as_boolean()) {
        out.data = flag->get();
    }
    return out;
}

}  // namespace

const Value* Table::find(std::string_view key) const {
    const auto found = std::ranges::find(members, key, &Member::key);
    return found == members.end() ? nullptr : &found->value;
}

std::variant<Table, Mistake> parse_document(std::string_view text, const std::string& file) {
    if (text.size() > document_bytes_max) return Mistake{.file = file, .remedy = "This file is larger than 1 MiB."};
    try {
        std::optional<Table> table = converted(toml::parse(text, file), 0);
        if (table) return std::move(*table);
        return Mistake{.file = file, .remedy = "Tables are nested too deeply here; no key needs that."};
    } catch (const toml::parse_error& error) {
        return Mistake{.file = file,
                       .line = static_cast<std::uint32_t>(error.source().begin.line),
                       .column = static_cast<std::uint32_t>(error.source().begin.column),
                       .remedy = "This is not TOML: " + std::string{error.description()}};
    }
}

std::variant<std::string, Mistake> read_text_file(const std::string& file) {
    const auto refused = [&file](const std::string& why) { return Mistake{.file = file, .remedy = why}; };
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    if (!in) return refused("This file cannot be opened: " + std::string{std::strerror(errno)} + ".");
    std::string text(document_bytes_max + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (in.bad()) return refused("This file cannot be read.");
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.size() > document_bytes_max) return refused("This file is larger than 1 MiB.");
    return text;
}

std::string text_of(const Value& value) {
    struct Writer {
        std::string operator()(const Unused&) const { return "a date or a time"; }
        std::string operator()(const std::string& text) const { return '"' + text + '"'; }
        std::string operator()(std::int64_t number) const { return std::to_string(number); }
        std::string operator()(double number) const {
            std::ostringstream out;
            out << number;
            return out.str();
        }
        std::string operator()(bool flag) const { return flag ? "true" : "false"; }
        std::string operator()(const std::vector<Value>&) const { return "[...]"; }
        std::string operator()(const Table&) const { return "{...}"; }
    };
    return std::visit(Writer{}, value.data);
}

}  // namespace kindroom::config
