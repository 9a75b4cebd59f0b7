// What is wrong with a file that the operator wrote, in words that help to put it right.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace kindroom::config {

struct Mistake {
    std::string file{};        // as the operator named it; "environment" for an override
    std::uint32_t line = 0;    // 0: the file as a whole, or a key that is not written in it
    std::uint32_t column = 0;  // counted from 1, like line
    std::string key{};         // "limits.ping_every"; empty: the file as a whole
    std::string value{};       // as written; empty: not said
    std::string remedy{};      // one sentence or two: what is expected, and what to do
    friend bool operator==(const Mistake&, const Mistake&) = default;
};

// One line: `kindroomd.toml:12:14: limits.ping_every = 30: write a duration with its unit ...`. Without control
// characters, whatever the file held.
std::string to_text(const Mistake& mistake);
// One line each.
std::string to_text(const std::vector<Mistake>& mistakes);

}  // namespace kindroom::config
