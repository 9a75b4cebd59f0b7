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

bool is_digit(char c) { return c >= '0' && c <= '9'; }

int digit_by_name(std::string_view word) {
    static constexpr std::array<std::pair<std::string_view, int>, 24> names{{
        {"zero", 0}, {"oh", 0},   {"one", 1},  {"two", 2},  {"three", 3},  {"four", 4},  {"five", 5}, {"six", 6},
        {"seven", 7}, {"eight", 8}, {"nine", 9}, {"null", 0}, {"eins", 1},  {"zwei", 2},  {"zwo", 2},  {"drei", 3},
        {"vier", 4}, {"funf", 5}, {"sechs", 6}, {"sieben", 7}, {"acht", 8}, {"neun", 9}, {"fuenf", 5}, {"o", 0},
    }};
    const auto found = std::ranges::find(names, word, &std::pair<std::string_view, int>::first);
    return found == names.end() ? -1 : found->second;
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
    constexpr std::string_view grouping = " .-/()_+";
    Number number;
    std::size_t gap = 0;
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (is_digit(c)) {
            number.add(c);
            gap = 0;
            ++i;
        } else if (grouping.find(c) != std::string_view::npos) {
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
            const auto ends = [&](char one) { return is_digit(one) || grouping.find(one) != std::string_view::npos; };
            while (end < text.size() && !ends(text[end])) ++end;
            const int digit = digit_by_name(text.substr(i, end - i));
            if (digit >= 0) {
                number.add(static_cast<char>('0' + digit));
                gap = 0;
            } else {
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
