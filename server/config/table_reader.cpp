#include "config/table_reader.hpp"

#include <algorithm>

#include "config/nearest.hpp"
#include "config/units.hpp"

namespace kindroom::config {

namespace {

constexpr std::size_t text_bytes_max = 8 * 1024;

}  // namespace

Reader::Reader(const std::string& file, std::string context, Value value, std::vector<Mistake>& mistakes)
    : file_(file), context_(std::move(context)), value_(std::move(value)), mistakes_(mistakes) {
    table_ = std::get_if<Table>(&value_.data);
    if (table_ == nullptr) add(value_.where, "", text_of(value_), "This is not a table.");
}

void Reader::allow_only(std::initializer_list<std::string_view> names) {
    if (table_ == nullptr) return;
    const std::vector<std::string_view> known{names};
    for (const auto& [name, value] : table_->members) {
        if (std::ranges::find(known, name) != known.end()) continue;
        const std::string guess = nearest(name, known);
        add(value.where, name, text_of(value),
            "There is no such key." + (guess.empty() ? "" : " Did you mean " + guess + "?"));
    }
}

std::string Reader::text(std::string_view name, Need need) {
    const Value* value = table_ ? table_->find(name) : nullptr;
    if (value == nullptr) {
        if (need == Need::required && table_) add(value_.where, name, "", "This is missing.");
        return {};
    }
    const auto* found = std::get_if<std::string>(&value->data);
    if (found == nullptr) {
        add(value->where, name, text_of(*value), "Write it in quotes.");
        return {};
    }
    if (found->size() > text_bytes_max) add(value->where, name, "", "This is longer than 8 KiB.");
    if (found->empty() && need == Need::required) add(value->where, name, "", "This is empty.");
    return *found;
}

std::vector<std::string> Reader::texts(std::string_view name) {
    const Value* value = table_ ? table_->find(name) : nullptr;
    if (value == nullptr) return {};
    std::vector<std::string> out;
    const auto* items = std::get_if<std::vector<Value>>(&value->data);
    for (const Value& item : items ? *items : std::vector<Value>{*value}) {
        const auto* found = std::get_if<std::string>(&item.data);
        if (items && found) {
            out.push_back(*found);
            continue;
        }
        add(value->where, name, text_of(*value), "Write a list of texts, such as [\"en\", \"de\"].");
        break;
    }
    return out;
}

std::uint32_t Reader::count(std::string_view name, std::uint32_t most) {
    const Value* value = table_ ? table_->find(name) : nullptr;
    if (value == nullptr) {
        if (table_) add(value_.where, name, "", "This is missing.");
        return 0;
    }
    const auto* found = std::get_if<std::int64_t>(&value->data);
    if (found && *found >= 1 && *found <= most) return static_cast<std::uint32_t>(*found);
    add(value->where, name, text_of(*value), "Write a whole number from 1 to " + std::to_string(most) + ".");
    return 0;
}

Duration Reader::duration(std::string_view name, Duration most) {
    const Value* value = table_ ? table_->find(name) : nullptr;
    if (value == nullptr) {
        if (table_) add(value_.where, name, "", "This is missing.");
        return {};
    }
    const auto* found = std::get_if<std::string>(&value->data);
    const auto read = found ? parse_duration(*found) : std::nullopt;
    if (read && *read > Duration{0} && *read <= most) return *read;
    add(value->where, name, text_of(*value),
        "Write a number and its unit, such as \"60s\" or \"10m\", at most " + std::to_string(most.count() / 60'000) +
            "m.");
    return {};
}

std::vector<Value> Reader::items(std::string_view name) {
    const Value* value = table_ ? table_->find(name) : nullptr;
    if (value == nullptr) return {};
    if (const auto* found = std::get_if<std::vector<Value>>(&value->data)) return *found;
    add(value->where, name, text_of(*value), "Write [[" + std::string{name} + "]] before each.");
    return {};
}

void Reader::blame(std::string_view name, std::string value, std::string remedy) {
    const Value* member = table_ ? table_->find(name) : nullptr;
    add(member ? member->where : value_.where, name, std::move(value), std::move(remedy));
}

void Reader::add(Where where, std::string_view name, std::string value, std::string remedy) {
    std::string key = context_;
    if (!key.empty() && !name.empty()) key += ".";
    mistakes_.push_back({file_, where.line, where.column, key.append(name), std::move(value), std::move(remedy)});
}

bool is_stable_id(std::string_view id) {
    return !id.empty() && id.size() <= 64 &&
           std::ranges::all_of(id, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

}  // namespace kindroom::config
