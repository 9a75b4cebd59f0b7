// What somebody asks of a boundary, read from the words that they type. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kindroom::cli {

// "30m", "2h", "3d", "1w" in milliseconds. Nothing for other words, for none at all (0h) and for more than a year.
std::optional<std::int64_t> read_duration(std::string_view word);

// Takes `word` from the end of a text, if it stands there by itself. Whether it did.
bool take_last_word(std::string& text, std::string_view word);

struct MuteAsked {
    enum class What { nothing, person, words, label, room } what = What::nothing;
    // Whom, which words (with commas between), which label.
    std::string text;
    std::int64_t lasts_ms = 0;  // 0: until it is ended
    bool everywhere = false;    // the word was said
    bool here = false;
};

// "Ana 2h", "everywhere c", "word wine, beer", "2d label grief", "room". How long and where come first or last; in
// front of words that are to be muted only, since behind them they would be words.
MuteAsked read_mute(std::string_view text);

struct AwayAsked {
    std::int64_t lasts_ms = 0;  // 0: until the return
    bool firm = false;
    bool room = false;       // only from the room one looks at
    std::string unreadable;  // a word that says none of these
};

// "2h firm room", in any order.
AwayAsked read_away(std::string_view text);

struct TimeoutAsked {
    enum class What { listen, out, contacts, hold } what = What::listen;
    std::string who;
    std::int64_t lasts_ms = 0;
    bool everywhere = false;
};

// "Ana 2h", "c 30m out", "Ana 1d listen everywhere": the words behind the name in any order. Nothing without a time
// and for two kinds.
std::optional<TimeoutAsked> read_timeout(std::string_view text);

struct BanAsked {
    enum class What { room, server, network } what = What::room;
    std::string who;
    std::int64_t lasts_ms = 0;  // 0: until it is reversed
};

// "Ana", "c 30d", "Ana server". Nothing for nobody, and for two kinds.
std::optional<BanAsked> read_ban(std::string_view text);

// Labels of a room at the beginning of a text, with commas between them, and the text behind. "grief, loss I miss her."
std::pair<std::vector<std::string>, std::string> read_labels(std::string_view text,
                                                             const std::vector<std::string>& known);

}  // namespace kindroom::cli
