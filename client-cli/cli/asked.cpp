#include "cli/asked.hpp"

#include "cli/nearest.hpp"

namespace kindroom::cli {

namespace {

// Takes what says how long or where from one end of a text; false if that end says something else.
bool take_option(std::string_view& text, std::string_view word, MuteAsked& asked) {
    const std::string meant = lower(word);
    if (const auto lasts = read_duration(word)) {
        asked.lasts_ms = *lasts;
    } else if (meant == "everywhere") {
        asked.everywhere = true;
    } else if (meant == "here") {
        asked.here = true;
    } else {
        return false;
    }
    const bool at_front = word.data() == text.data();
    text = trim(at_front ? text.substr(word.size()) : text.substr(0, text.size() - word.size()));
    return true;
}

std::string_view first_word(std::string_view text) { return text.substr(0, text.find_first_of(" \t")); }

std::string_view last_word(std::string_view text) {
    const auto blank = text.find_last_of(" \t");
    return blank == std::string_view::npos ? text : text.substr(blank + 1);
}

}  // namespace

std::optional<std::int64_t> read_duration(std::string_view word) {
    constexpr std::int64_t minute = 60'000;
    constexpr std::int64_t year = 366 * 1'440 * minute;
    if (word.size() < 2 || word.size() > 7) return std::nullopt;
    std::int64_t unit = 0;
    switch (word.back()) {
        case 'm':
            unit = minute;
            break;
        case 'h':
            unit = 60 * minute;
            break;
        case 'd':
            unit = 1'440 * minute;
            break;
        case 'w':
            unit = 7 * 1'440 * minute;
            break;
        default:
            return std::nullopt;
    }
    std::int64_t count = 0;
    for (const char c : word.substr(0, word.size() - 1)) {
        if (c < '0' || c > '9') return std::nullopt;
        count = count * 10 + (c - '0');
    }
    if (count == 0 || count > year / unit) return std::nullopt;
    return count * unit;
}

bool take_last_word(std::string& text, std::string_view word) {
    const std::string_view all = trim(text);
    const std::string_view last = last_word(all);
    if (lower(last) != word) return false;
    text = std::string(trim(all.substr(0, all.size() - last.size())));
    return true;
}

static std::optional<TimeoutAsked::What> read_timeout_kind(const std::string& word) {
    if (word == "listen") return TimeoutAsked::What::listen;
    if (word == "out") return TimeoutAsked::What::out;
    if (word == "contacts") return TimeoutAsked::What::contacts;
    if (word == "hold") return TimeoutAsked::What::hold;
    return std::nullopt;
}

std::optional<TimeoutAsked> read_timeout(std::string_view text) {
    TimeoutAsked asked;
    std::optional<TimeoutAsked::What> what;
    for (text = trim(text); !text.empty();) {
        const std::string_view word = last_word(text);
        const std::string meant = lower(word);
        if (const auto lasts = read_duration(word)) {
            asked.lasts_ms = *lasts;
        } else if (const auto kind = read_timeout_kind(meant)) {
            // Two of them are a slip, and which was meant is not for us to guess.
            if (what && what != kind) return std::nullopt;
            what = kind;
        } else if (meant == "everywhere") {
            asked.everywhere = true;
        } else {
            break;
        }
        text = trim(text.substr(0, text.size() - word.size()));
    }
    asked.what = what.value_or(asked.what);
    asked.who = std::string(text);
    if (asked.who.empty() || asked.lasts_ms == 0) return std::nullopt;
    return asked;
}

static std::optional<BanAsked::What> read_ban_kind(const std::string& word) {
    if (word == "room") return BanAsked::What::room;
    if (word == "server") return BanAsked::What::server;
    if (word == "network") return BanAsked::What::network;
    return std::nullopt;
}

std::optional<BanAsked> read_ban(std::string_view text) {
    BanAsked asked;
    std::optional<BanAsked::What> what;
    for (text = trim(text); !text.empty();) {
        const std::string_view word = last_word(text);
        if (const auto lasts = read_duration(word)) {
            asked.lasts_ms = *lasts;
        } else if (const auto kind = read_ban_kind(lower(word))) {
            if (what && what != kind) return std::nullopt;
            what = kind;
        } else {
            break;
        }
        text = trim(text.substr(0, text.size() - word.size()));
    }
    asked.what = what.value_or(asked.what);
    asked.who = std::string(text);
    if (asked.who.empty()) return std::nullopt;
    return asked;
}

MuteAsked read_mute(std::string_view text) {
    MuteAsked asked;
    text = trim(text);
    while (!text.empty() && take_option(text, first_word(text), asked)) continue;
    const std::string kind = lower(first_word(text));
    const std::string_view rest = trim(text.substr(kind.size()));
    if ((kind == "word" || kind == "words") && !rest.empty()) {
        asked.what = MuteAsked::What::words;
        asked.text = std::string(rest);
        return asked;
    }
    while (!text.empty() && take_option(text, last_word(text), asked)) continue;
    if (text.empty()) return asked;
    if (lower(text) == "room") {
        asked.what = MuteAsked::What::room;
    } else if (kind == "label") {
        asked.text = std::string(trim(text.substr(kind.size())));
        if (!asked.text.empty()) asked.what = MuteAsked::What::label;
    } else if (kind != "word" && kind != "words") {
        asked.what = MuteAsked::What::person;
        asked.text = std::string(text);
    }
    return asked;
}

AwayAsked read_away(std::string_view text) {
    AwayAsked asked;
    for (text = trim(text); !text.empty();) {
        const std::string_view word = first_word(text);
        const std::string meant = lower(word);
        if (const auto lasts = read_duration(word)) {
            asked.lasts_ms = *lasts;
        } else if (meant == "firm") {
            asked.firm = true;
        } else if (meant == "room") {
            asked.room = true;
        } else {
            asked.unreadable = std::string(word);
        }
        text = trim(text.substr(word.size()));
    }
    return asked;
}

std::pair<std::vector<std::string>, std::string> read_labels(std::string_view text,
                                                             const std::vector<std::string>& known) {
    std::vector<std::string> labels;
    for (text = trim(text);;) {
        const std::string all = lower(text);
        const std::string* longest = nullptr;
        for (const std::string& label : known) {
            const bool ends = all.size() == label.size() ||
                              (all.size() > label.size() && (all[label.size()] == ' ' || all[label.size()] == ','));
            if (!label.empty() && ends && all.starts_with(lower(label)) && (!longest || label.size() > longest->size()))
                longest = &label;
        }
        if (!longest) return {labels, std::string(text)};
        labels.push_back(*longest);
        text = trim(text.substr(longest->size()));
        if (!text.starts_with(',')) return {labels, std::string(text)};
        text = trim(text.substr(1));
    }
}

}  // namespace kindroom::cli
