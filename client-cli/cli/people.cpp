#include "cli/people.hpp"

#include <algorithm>

#include "cli/nearest.hpp"
#include "cli/terminal_text.hpp"

namespace kindroom::cli {

namespace {

bool is_called(const v1::Person& person, const std::string& meant) {
    const std::string name = lower(clean_line(person.name()));
    const std::string sign = lower(clean_line(person.sign()));
    if (meant == name) return true;
    return !sign.empty() && (meant == sign || meant == name + " " + sign || meant == name + " (" + sign + ")");
}

// Bytes of letters beyond ASCII count as letters: a name must not be found in the middle of a longer one.
bool continues_a_word(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool begins_with_name(std::string_view text, std::string_view name) {
    return !name.empty() && text.starts_with(name) &&
           (text.size() == name.size() || !continues_a_word(text[name.size()]));
}

// The token of the one person whose name the text begins with; empty if there is none, or more than one.
std::string named_first(std::string_view text, const std::vector<v1::Person>& people) {
    std::size_t longest = 0;
    std::string token;
    for (const v1::Person& person : people) {
        if (person.voice() == v1::VOICE_MODERATOR) continue;
        const std::string name = clean_line(person.name());
        if (name.size() < longest || !begins_with_name(text, name)) continue;
        token = name.size() == longest ? std::string() : person.token();
        longest = name.size();
    }
    return token;
}

}  // namespace

std::vector<v1::Person> called(std::string_view typed, const std::vector<v1::Person>& people) {
    typed = trim(typed);
    if (typed.starts_with('@')) typed = trim(typed.substr(1));
    std::vector<v1::Person> out;
    if (typed.empty()) return out;
    const std::string meant = lower(typed);
    for (const v1::Person& person : people) {
        if (person.voice() != v1::VOICE_MODERATOR && is_called(person, meant)) out.push_back(person);
    }
    return out;
}

std::vector<std::string> mentioned(std::string_view text, const std::vector<v1::Person>& people, std::size_t most) {
    std::vector<std::string> out;
    for (auto at = text.find('@'); at != std::string_view::npos && out.size() < most; at = text.find('@', at + 1)) {
        if (at > 0 && continues_a_word(text[at - 1])) continue;
        std::string token = named_first(text.substr(at + 1), people);
        if (!token.empty() && std::find(out.begin(), out.end(), token) == out.end()) out.push_back(std::move(token));
    }
    return out;
}

std::vector<std::string> parts_of(std::string_view typed) {
    std::vector<std::string> out;
    for (std::string_view left = typed; !left.empty();) {
        const auto comma = left.find(',');
        if (const auto part = trim(left.substr(0, comma)); !part.empty()) out.emplace_back(part);
        left = comma == std::string_view::npos ? std::string_view() : left.substr(comma + 1);
    }
    return out;
}

}  // namespace kindroom::cli
