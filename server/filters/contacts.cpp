#include "filters/contacts.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/assert.hpp"

namespace kindroom::filters {

namespace {

// A dot as it is written, or written out.
constexpr std::string_view dot =
    R"((?:\s?\.|\s\.\s|\s?[(\[{]\s?(?:dot|punkt|point|punto)\s?[)\]}]\s?|\s(?:dot|punkt|punto)\s))";
constexpr std::string_view at_sign = R"((?:\s?@\s?|\s?[(\[{]\s?at\s?[)\]}]\s?))";
constexpr std::string_view endings =
    "(?:com|net|org|info|biz|io|gg|tv|ly|app|dev|xyz|online|site|club|chat|link|live|page|top|shop|eu|uk|de|ch|fr|es|"
    "nl|pl|pt|cz|dk|se|fi|ie|ru|ua|ca|au|nz|br|mx|jp|cn|co)";
// Those that are also words, which often stand behind a full stop without a blank: only with a path behind them.
constexpr std::string_view worded_endings = "(?:me|it|at|be|in|is|no|so|to|us)";

struct Kind {
    What what;
    std::string pattern;
};

std::vector<Kind> kinds() {
    const std::string name = "[a-z0-9][a-z0-9-]*";
    std::vector<Kind> all;
    all.push_back({What::links, R"(\b(?:https?|hxxps?|ftp)\s?:\s?/\s?/)"});
    all.push_back({What::links, R"(\bwww\s?\.\s?[a-z0-9])"});
    const std::string point{dot};
    const std::string known{endings};
    // Not what stands behind the @ of an e-mail address.
    const std::string host = "(?:^|[^a-z0-9@.-])" + name + "(?:" + point + name + "){0,4}";
    all.push_back({What::links, host + point + known + R"((?:[^a-z0-9@.]|\.\s|\.$|$))"});
    all.push_back({What::links, host + R"(\s?\.)" + std::string{worded_endings} + R"(\s?/)"});
    const std::string whose = "[a-z0-9._%+-]+";
    const std::string more = "(?:" + point + name + "){0,4}" + point;
    all.push_back({What::emails, whose + std::string{at_sign} + name + more + "[a-z]{2,24}\\b"});
    all.push_back({What::emails, whose + R"(\sat\s)" + name + more + known + "\\b"});
    all.push_back({What::addresses, R"(\b\d{1,4}[a-z]?,?\s(?:[a-z'-]+\s){1,2})"
                                    R"((?:street|road|avenue|boulevard|lane|st\.|rd\.|ave\.)(?:[^a-z]|$))"});
    all.push_back({What::addresses, R"([a-z-]{2,}(?:strasse|str\.?|weg|platz|allee|gasse|straat|laan))"
                                    R"(\s?\d{1,4}\s?[a-z]?\b)"});
    all.push_back({What::addresses, R"(\b\d{1,4},?\s(?:rue|avenue|boulevard|chemin|impasse)\s[a-z])"});
    all.push_back({What::addresses, R"(\b(?:calle|avenida|via|rua)\s(?:[a-z]+\s){1,4}\d{1,4}\b)"});
    all.push_back({What::addresses, R"(\b[a-z]{1,2}\d{1,2}[a-z]?\s\d[a-z]{2}\b)"});
    return all;
}

constexpr std::size_t phone_digits_min = 7;
constexpr std::size_t phone_digits_max = 15;

constexpr std::string_view grouping = " .-/()_+";

// What a byte is to a telephone number.
enum class Part : std::uint8_t { none, digit, between };

constexpr std::array<Part, 256> make_parts() {
    std::array<Part, 256> all{};
    for (std::size_t c = '0'; c <= '9'; ++c) all[c] = Part::digit;
    for (const char c : grouping) all[static_cast<unsigned char>(c)] = Part::between;
    return all;
}
constexpr std::array<Part, 256> parts = make_parts();
Part part_of(char c) { return parts[static_cast<unsigned char>(c)]; }
bool is_digit(char c) { return part_of(c) == Part::digit; }

constexpr std::size_t digit_name_bytes_max = 6;

// Of at most so many bytes, so that a word is found with a few comparisons of numbers.
constexpr std::uint64_t packed(std::string_view word) {
    std::uint64_t out = 0;
    for (const char c : word) out = out << 8 | static_cast<unsigned char>(c);
    return out;
}

using DigitName = std::pair<std::uint64_t, int>;

constexpr auto make_digit_names() {
    std::array<DigitName, 24> all{{
        {packed("zero"), 0}, {packed("oh"), 0},     {packed("one"), 1},    {packed("two"), 2},    {packed("three"), 3},
        {packed("four"), 4}, {packed("five"), 5},   {packed("six"), 6},    {packed("seven"), 7},  {packed("eight"), 8},
        {packed("nine"), 9}, {packed("null"), 0},   {packed("eins"), 1},   {packed("zwei"), 2},   {packed("zwo"), 2},
        {packed("drei"), 3}, {packed("vier"), 4},   {packed("funf"), 5},   {packed("sechs"), 6},  {packed("sieben"), 7},
        {packed("acht"), 8}, {packed("neun"), 9},   {packed("fuenf"), 5},  {packed("o"), 0},
    }};
    std::ranges::sort(all);
    return all;
}

int digit_by_name(std::string_view word) {
    static constexpr auto names = make_digit_names();
    if (word.size() > digit_name_bytes_max) return -1;
    const std::uint64_t wanted = packed(word);
    const auto found = std::ranges::lower_bound(names, wanted, {}, &DigitName::first);
    return found == names.end() || found->first != wanted ? -1 : found->second;
}

// The date and the time of day have as many digits as a short telephone number.
bool looks_like_a_date(std::string_view written) {
    std::vector<std::size_t> groups{0};
    for (const char c : written) {
        if (is_digit(c))
            groups.back() += 1;
        else if (groups.back() > 0)
            groups.push_back(0);
    }
    if (groups.back() == 0) groups.pop_back();
    const auto is_day = [](std::size_t digits) { return digits == 1 || digits == 2; };
    if (groups.size() != 3 || written.front() == '+') return false;
    return (groups[0] == 4 && is_day(groups[1]) && is_day(groups[2])) ||
           (is_day(groups[0]) && is_day(groups[1]) && groups[2] == 4);
}

// What was read of a number so far.
struct Number {
    std::string written;
    std::size_t digits = 0;

    void add(char c) {
        written += c;
        digits += is_digit(c) ? 1 : 0;
    }
    bool is_phone() const {
        return digits >= phone_digits_min && digits <= phone_digits_max && !looks_like_a_date(written);
    }
};

// Digits, or words that name one, with no more between two of them than a blank and the signs that group them.
bool has_phone(std::string_view text) {
    Number number;
    std::size_t gap = 0;
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (is_digit(c)) {
            number.add(c);
            gap = 0;
            ++i;
        } else if (part_of(c) == Part::between) {
            if (c == '+') {
                if (number.is_phone()) return true;
                number = {};
            }
            if (c == '+' || number.digits > 0) number.written += c;
            if (++gap > 3) {
                if (number.is_phone()) return true;
                number = {};
            }
            ++i;
        } else {
            std::size_t end = i;
            while (end < text.size() && part_of(text[end]) == Part::none) ++end;
            const int digit = digit_by_name(text.substr(i, end - i));
            if (digit >= 0) {
                number.add(static_cast<char>('0' + digit));
                gap = 0;
            } else if (!number.written.empty()) {
                if (number.is_phone()) return true;
                number = {};
            }
            i = end;
        }
    }
    return number.is_phone();
}

}  // namespace

Contacts::Contacts() {
    for (const Kind& kind : kinds()) patterns_.add(kind.pattern, static_cast<std::uint32_t>(kind.what));
    const bool fits = patterns_.finish();
    KINDROOM_ASSERT(fits);
}

std::vector<What> Contacts::find(std::string_view unmasked) const {
    std::vector<std::uint32_t> found;
    patterns_.find(unmasked, found);
    std::vector<What> kinds;
    for (const std::uint32_t what : found)
        if (std::ranges::find(kinds, static_cast<What>(what)) == kinds.end()) kinds.push_back(static_cast<What>(what));
    if (has_phone(unmasked)) kinds.push_back(What::phones);
    return kinds;
}

}  // namespace kindroom::filters
