#include <algorithm>
#include <set>
#include <string>

#include "crypto/passphrase.hpp"

namespace kindroom::crypto {

namespace {

// Without blanks and punctuation, in small letters: long ones that lists of guesses hold.
constexpr std::string_view phrases[] = {
    "correcthorsebatterystaple", "iloveyouforever",      "iloveyousomuch",         "letmeinletmein",
    "maytheforcebewithyou",      "onceuponatime",        "thequickbrownfox",       "thequickbrownfoxjumpsoverthelazydog",
    "tobeornottobe",             "tobeornottobethatisthequestion", "twinkletwinklelittlestar", "winteriscoming",
    "youwillneverguess",         "youshallnotpass",      "opensesame",             "thisismypassword",
    "thisismypassphrase",        "mypassphraseislong",   "averylongpassword",      "verylongpassword",
    "averylongpassphrase",       "supersecretpassword",  "supercalifragilisticexpialidocious", "passwordpassphrase",
    "ihavenoidea",               "nevergonnagiveyouup",  "happybirthdaytoyou",     "hellohellohello",
    "administrator",             "changemechangeme",     "welcometokindroom",      "kindroomkindroom"};

constexpr std::string_view runs[] = {"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
                                     "qwertyuiopasdfghjklzxcvbnmqwertyuiopasdfghjklzxcvbnm",
                                     "qwertzuiopasdfghjklyxcvbnmqwertzuiopasdfghjklyxcvbnm",
                                     "azertyuiopqsdfghjklmwxcvbnazertyuiopqsdfghjklmwxcvbn",
                                     "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
                                     "0123456789012345678901234567890123456789",
                                     "1234567890123456789012345678901234567890"};

bool repeats_a_piece(const std::string& text) {
    for (std::size_t piece = 1; piece <= 8 && piece * 2 <= text.size(); ++piece)
        if (std::equal(text.begin() + static_cast<std::ptrdiff_t>(piece), text.end(), text.begin())) return true;
    return false;
}

bool runs_along(std::string text) {
    const auto is_run = [](const std::string& part) {
        return std::any_of(std::begin(runs), std::end(runs),
                           [&](std::string_view run) { return run.find(part) != std::string_view::npos; });
    };
    if (is_run(text)) return true;
    std::reverse(text.begin(), text.end());
    return is_run(text);
}

}  // namespace

bool is_well_known(std::string_view passphrase) {
    std::string plain;
    for (const char c : passphrase) {
        const bool is_capital = c >= 'A' && c <= 'Z';
        const bool counts = is_capital || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<signed char>(c) < 0;
        if (counts) plain += is_capital ? static_cast<char>(c - 'A' + 'a') : c;
    }
    if (std::set<char>(plain.begin(), plain.end()).size() < 5) return true;
    return std::find(std::begin(phrases), std::end(phrases), plain) != std::end(phrases) || repeats_a_piece(plain) ||
           runs_along(plain);
}

}  // namespace kindroom::crypto
