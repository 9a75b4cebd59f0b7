#include <algorithm>
#include <array>
#include <bitset>
#include <string>

#include "crypto/passphrase.hpp"
#include "crypto/words.hpp"

namespace kindroom::crypto {
namespace {

// Without blanks and punctuation, in small letters: whole ones that lists of guesses hold.
constexpr std::string_view phrases[] = {
    "allyourbasearebelongtous",
    "areyoutalkingtome",
    "averylongpassphrase",
    "beammeupscotty",
    "correcthorsebatterystaple",
    "donttreadonme",
    "everythingisawesome",
    "fourscoreandsevenyearsago",
    "godsavethequeen",
    "happybirthdaytoyou",
    "hakunamatata",
    "hastalavistababy",
    "houstonwehaveaproblem",
    "icanhascheezburger",
    "ihaveadream",
    "ihavenoidea",
    "imnotarobot",
    "inagalaxyfarfaraway",
    "iwillalwaysloveyou",
    "justdoitjustdoit",
    "keepcalmandcarryon",
    "letmeinpleaseletmein",
    "liveloveandlaugh",
    "livelaughlove",
    "maytheforcebewithyou",
    "nevergonnagiveyouup",
    "nevergonnaletyoudown",
    "onceuponatime",
    "opensesame",
    "raindropsonroses",
    "somewhereovertherainbow",
    "speakfriendandenter",
    "supercalifragilisticexpialidocious",
    "thequickbrownfox",
    "thequickbrownfoxjumps",
    "thequickbrownfoxjumpsoverthelazydog",
    "thereisnospoon",
    "tobeornottobe",
    "tobeornottobethatisthequestion",
    "tothemoonandback",
    "twinkletwinklelittlestar",
    "whatisthemeaningoflife",
    "whoyougonnacall",
    "winteriscoming",
    "yippeekiyay",
    "youllneverwalkalone",
    "youshallnotpass",
    "youwillneverguess",
};

// Words of which guessable passphrases are put together. A longer one stands before those that it contains.
constexpr std::string_view words[] = {
    "administrator", "passphrase", "basketball", "helloworld", "motdepasse",
    "contrasena",    "chocolate",  "champions",  "liverpool",  "iloveyou",
    "sunshine",      "princess",   "football",   "baseball",   "superman",
    "trustno",       "password",   "passwort",   "starwars",   "whatever",
    "computer",      "internet",   "michelle",   "jennifer",   "kindroom",
    "changeme",      "changeit",   "facebook",   "samsung",    "arsenal",
    "chelsea",       "pokemon",    "welcome",    "letmein",    "monkey",
    "dragon",        "master",     "shadow",     "killer",     "batman",
    "summer",        "winter",     "spring",     "autumn",     "secret",
    "flower",        "soccer",     "hockey",     "jordan",     "thomas",
    "daniel",        "ashley",     "charlie",    "michael",    "jessica",
    "google",        "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl",
    "zxcvbnm",       "qwerty",     "qwertz",     "azerty",     "asdfgh",
    "asdf",          "zxcv",       "qazwsx",     "admin",      "login",
    "default",       "hello",      "please",     "forever",    "always",
    "access",        "account",    "lovely",     "angel",      "buster",
    "tigger",        "abc",        "test",       "guest",      "user",
    "root",          "pass",       "love",       "super",      "very",
    "long",          "this",       "that",       "is",         "my",
    "the",           "to",         "in",         "me",         "you",
    "and",           "a",          "i",
};

// How many letters that are not in a common word make a passphrase worth trying.
constexpr std::size_t own_letters_min = 5;
constexpr std::size_t different_letters_min = 5;

constexpr std::string_view rows[] = {"abcdefghijklmnopqrstuvwxyz",
                                     "01234567890",
                                     "qwertyuiop",
                                     "qwertzuiop",
                                     "asdfghjkl",
                                     "zxcvbnm",
                                     "yxcvbnm",
                                     "azertyuiop",
                                     "qsdfghjklm",
                                     "wxcvbn"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }
char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Letters and digits, small. What is not ASCII stays as it is.
std::string plain(std::string_view passphrase) {
    std::string kept;
    for (const char c : passphrase)
        if (is_letter(small(c)) || is_digit(c)) kept += small(c);
    return kept;
}

// As plain(), with the letters for which digits and signs are often put.
std::string without_disguise(std::string_view passphrase) {
    constexpr std::string_view signs = "0134578@$!";
    constexpr std::string_view letters = "oieastbasi";
    std::string kept;
    for (char c : passphrase) {
        if (const auto at = signs.find(c); at != std::string_view::npos) c = letters[at];
        if (is_letter(small(c)) || is_digit(c)) kept += small(c);
    }
    return kept;
}

bool is_a_known_phrase(std::string text) {
    const auto is_known = [&text] { return std::ranges::find(phrases, text) != std::end(phrases); };
    if (is_known()) return true;
    while (!text.empty() && is_digit(text.back())) text.pop_back();
    return is_known();
}

bool is_made_of_common_words(std::string text) {
    for (const auto word : words)
        for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at))
            // A mark in its place, so that what stood on both sides does not grow together into another word.
            text.replace(at, word.size(), 1, '.');
    return static_cast<std::size_t>(std::ranges::count_if(text, is_letter)) < own_letters_min;
}

bool is_repeated(std::string_view text) {
    for (std::size_t piece = 1; piece * 2 <= text.size(); ++piece)
        if (std::equal(text.begin() + static_cast<std::ptrdiff_t>(piece), text.end(), text.begin())) return true;
    return false;
}

bool has_few_letters(std::string_view text) {
    std::bitset<256> seen;
    for (const char c : text) seen.set(static_cast<unsigned char>(c));
    return seen.count() < different_letters_min;
}

bool are_neighbours(char a, char b) {
    if (a == b) return true;
    return std::ranges::any_of(rows, [a, b](std::string_view row) {
        for (std::size_t i = 0; i + 1 < row.size(); ++i)
            if ((row[i] == a && row[i + 1] == b) || (row[i] == b && row[i + 1] == a)) return true;
        return false;
    });
}

// How often `text` does not go on to a neighbour, looking at every `step`-th letter.
std::size_t jumps(std::string_view text, std::size_t step) {
    std::size_t count = 0;
    for (std::size_t i = 0; i + step < text.size(); ++i)
        if (!are_neighbours(text[i], text[i + step])) count += 1;
    return count;
}

// "qwertyuiopasdfgh", and "1q2w3e4r5t6z7u8i" where two runs go side by side. Ordinary words jump at most letters.
bool runs_along(std::string_view text) {
    const auto allowed = text.size() / 5;
    return jumps(text, 1) <= allowed || jumps(text, 2) <= allowed;
}

// "1qaz2wsx3edc4rfv": down the columns of the keyboard.
bool goes_down_columns(std::string_view text) {
    static constexpr std::string_view columns = "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p1qaz2wsx3edc4rfv";
    static constexpr std::string_view letters = "qazwsxedcrfvtgbyhnujmikolpqazwsxedcrfv";
    return columns.find(text) != std::string_view::npos || letters.find(text) != std::string_view::npos;
}

// "amber-heron-4127": the name under which somebody signs in is no secret.
bool looks_like_a_login_id(std::string_view text) {
    const auto starts_it = [text](std::string_view colour) {
        if (!text.starts_with(colour)) return false;
        const auto rest = text.substr(colour.size());
        return std::ranges::any_of(login_creatures(), [rest](std::string_view creature) {
            return rest.starts_with(creature) && std::ranges::all_of(rest.substr(creature.size()), is_digit);
        });
    };
    return std::ranges::any_of(login_colours(), starts_it);
}

}  // namespace

bool is_well_known(std::string_view passphrase) {
    const auto text = plain(passphrase);
    if (text.size() < different_letters_min) return has_few_letters(passphrase) || is_repeated(passphrase);
    if (has_few_letters(text)) return true;
    if (is_repeated(text) || runs_along(text) || goes_down_columns(text) || looks_like_a_login_id(text)) return true;
    const auto bare = without_disguise(passphrase);
    return is_a_known_phrase(text) || is_a_known_phrase(bare) || is_made_of_common_words(text) ||
           is_made_of_common_words(bare);
}

}  // namespace kindroom::crypto
