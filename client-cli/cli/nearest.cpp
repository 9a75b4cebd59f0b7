#include "cli/nearest.hpp"

#include <algorithm>

#include "cli/marks.hpp"

namespace kindroom::cli {

namespace {

std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, changed});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
            }
        }
    }
    return cost[a.size()][b.size()];
}

}  // namespace

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

std::string_view trim(std::string_view text) {
    const auto from = text.find_first_not_of(" \t\r\n");
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

std::optional<std::string> nearest(std::string_view typed, const std::vector<std::string>& words) {
    if (typed.size() > 32) return std::nullopt;
    const std::string meant = lower(typed);
    std::optional<std::string> best;
    std::size_t least = std::max<std::size_t>(1, meant.size() / 3) + 1;
    for (const std::string& word : words) {
        const std::size_t far = word.starts_with(meant) && meant.size() >= 2 ? 1 : distance(meant, word);
        if (far < least) {
            least = far;
            best = word;
        }
    }
    return best;
}

Found find_topic(std::string_view typed, const std::vector<std::string>& topics) {
    const std::string meant = lower(trim(typed));
    if (meant.empty()) return {};
    Found found;
    for (std::size_t i = 0; i < topics.size(); ++i) {
        const std::string topic = lower(topics[i]);
        if (topic == meant) return {Found::Kind::one, i};
        if (!topic.starts_with(meant)) continue;
        found = found.kind == Found::Kind::none ? Found{Found::Kind::one, i} : Found{Found::Kind::several, found.index};
    }
    // A list letter is a short word, so it wins over beginnings of topics: the list that shows it is on the screen.
    if (const auto place = read_letters(meant); place && *place < topics.size()) return {Found::Kind::one, *place};
    return found;
}

bool means_yes(std::string_view answer) {
    const std::string word = lower(trim(answer));
    return word == "y" || word == "yes";
}

}  // namespace kindroom::cli
