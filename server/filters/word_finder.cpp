#include "filters/word_finder.hpp"

#include <algorithm>
#include <deque>

namespace kindroom::filters {

using text::Letter;

namespace {

// From here on a word is found though it is cut into pieces of several letters.
constexpr std::uint32_t long_word = 7;
// From here on a letter that is there twice passes for one that is there once.
constexpr std::uint32_t word_of_some_length = 4;
// So often no letter stands in a row in honest words.
constexpr std::uint16_t drawn_out = 3;

std::uint64_t key_of(std::uint32_t node, char32_t letter) { return std::uint64_t{node} << 32 | letter; }

bool passes_for(std::uint16_t times, std::uint16_t wanted, std::uint32_t length) {
    return times == wanted || (times >= drawn_out && times > wanted) ||
           (times == 2 && wanted == 1 && length >= word_of_some_length);
}

}  // namespace

std::uint32_t WordFinder::edge(std::uint32_t node, char32_t letter) const {
    if (letter >= U'a' && letter <= U'z') return nodes_[node].to[letter - U'a'];
    if (!nodes_[node].has_others) return none;
    const auto found = others_.find(key_of(node, letter));
    return found == others_.end() ? none : found->second;
}

std::uint32_t WordFinder::next(std::uint32_t node, char32_t letter) const {
    for (;; node = nodes_[node].back) {
        if (const std::uint32_t to = edge(node, letter); to != none) return to;
        if (node == root) return root;
    }
}

void WordFinder::add_spelling(Word word) {
    std::uint32_t node = root;
    for (const Letter& letter : word.letters) {
        std::uint32_t to = edge(node, letter.letter);
        if (to == none) {
            to = static_cast<std::uint32_t>(nodes_.size());
            nodes_.emplace_back();
            std::fill(std::begin(nodes_.back().to), std::end(nodes_.back().to), none);
            if (letter.letter >= U'a' && letter.letter <= U'z') {
                nodes_[node].to[letter.letter - U'a'] = to;
            } else {
                nodes_[node].has_others = true;
                others_.emplace(key_of(node, letter.letter), to);
            }
        }
        node = to;
    }
    endings_.push_back(
        {.word = static_cast<std::uint32_t>(words_.size()), .further = nodes_[node].first_ending});
    nodes_[node].first_ending = static_cast<std::uint32_t>(endings_.size() - 1);
    words_.push_back(std::move(word));
}

bool WordFinder::add(std::string_view word, std::uint32_t meaning) {
    if (nodes_.size() == 1 && words_.empty()) std::fill(std::begin(nodes_[root].to), std::end(nodes_[root].to), none);
    auto letters = text::letters_of(text::unmasked(word), text::Signs::as_letters);
    if (letters.empty()) return false;
    std::uint32_t length = 0;
    std::vector<Letter> each;
    for (const Letter& letter : letters) {
        length += letter.times;
        Letter one = letter;
        one.times = 1;
        each.push_back(one);
        one.apart = false;
        for (std::uint16_t i = 1; i < letter.times; ++i) each.push_back(one);
    }
    const bool has_repeated = each.size() != letters.size();
    add_spelling({.meaning = meaning, .length = length, .letters = std::move(letters)});
    if (has_repeated) add_spelling({.meaning = meaning, .length = length, .letters = std::move(each)});
    return true;
}

// Breadth first, so that the node behind `back` is complete before it is needed.
void WordFinder::finish() {
    if (words_.empty()) std::fill(std::begin(nodes_[root].to), std::end(nodes_[root].to), none);
    std::vector<std::vector<std::pair<char32_t, std::uint32_t>>> children(nodes_.size());
    for (const auto& [key, to] : others_)
        children[key >> 32].emplace_back(static_cast<char32_t>(key & 0xffffffff), to);
    std::deque<std::uint32_t> waiting{root};
    while (!waiting.empty()) {
        const std::uint32_t node = waiting.front();
        waiting.pop_front();
        const std::uint32_t back = nodes_[node].back;
        const auto visit = [&](std::uint32_t child, std::uint32_t child_back) {
            nodes_[child].back = child_back;
            // Its own endings first, then those behind it.
            std::uint32_t* last = &nodes_[child].first_ending;
            while (*last != none) last = &endings_[*last].further;
            *last = nodes_[child_back].first_ending;
            waiting.push_back(child);
        };
        for (const auto& [letter, child] : children[node]) visit(child, node == root ? root : next(back, letter));
        for (std::size_t i = 0; i < latin; ++i) {
            std::uint32_t& to = nodes_[node].to[i];
            const std::uint32_t behind = node == root ? root : nodes_[back].to[i];
            if (to == none)
                to = behind;
            else
                visit(to, behind);
        }
    }
}

bool WordFinder::is_word(std::uint32_t number, const std::vector<Letter>& letters, std::size_t last) const {
    const Word& word = words_[number];
    const std::size_t first = last + 1 - word.letters.size();
    if (!letters[first].begins || !letters[last].ends) return false;
    bool is_cut = false;
    bool is_cut_alike = true;
    bool has_single = false;
    bool all_single = true;
    for (std::size_t i = 0; i < word.letters.size(); ++i) {
        const Letter& letter = letters[first + i];
        if (!passes_for(letter.times, word.letters[i].times, word.length)) return false;
        const bool cut_before = i == 0 || letter.apart;
        const bool cut_behind = first + i == last || letters[first + i + 1].apart;
        is_cut |= i > 0 && letter.apart;
        is_cut_alike &= i == 0 || letter.apart == word.letters[i].apart;
        const bool is_single = cut_before && cut_behind && letter.times == 1;
        has_single |= is_single;
        all_single &= is_single;
    }
    if (!is_cut || is_cut_alike || all_single) return true;
    return word.length >= long_word || (has_single && word.length > word_of_some_length);
}

}  // namespace kindroom::filters
