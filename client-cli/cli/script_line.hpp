// One line of a script for `kindroom --json`. Pure.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <variant>

#include "kindroom/v1/frames.pb.h"

namespace kindroom::cli {

// An empty line, or a comment that begins with '#'.
struct Nothing {};

// {"wait":"posted","containing":"hello","timeoutMs":5000}
struct WaitFor {
    // A kind of Event in the JSON mapping (roomEvent, rosterChanged...), a step of RoomEvent (posted, edited,
    // retracted), or "closed" for the end of the connection.
    std::string what;
    // Only events with this in one of their texts; empty: any.
    std::string containing;
    std::chrono::milliseconds timeout{10'000};
};

// {"drop":true} cuts the connection without a word.
struct Drop {};

struct Wrong {
    std::string words;
};

using ScriptLine = std::variant<Nothing, v1::Request, WaitFor, Drop, Wrong>;

ScriptLine read_script_line(std::string_view line);

// Whether an event is what a line waits for.
bool fulfils(const WaitFor& wait, const v1::Event& event);

// The JSON mapping of an event on one line.
std::string to_json_line(const v1::Event& event);

}  // namespace kindroom::cli
