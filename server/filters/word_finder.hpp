// Finds words and phrases in a text in one pass, however many there are (Aho and Corasick, 1975), and however they are
// masked (text/letters.hpp). Immutable once it is finished; any thread.
//
// A word is found where a word begins and ends, so that nothing is found inside of another word. Letters may be
// repeated and set apart: "n o p e", "no-pe" and "nooope" are "nope". Where a word is only cut into pieces of several letters
// each ("pen is"), it is found from seven letters on: shorter ones are too often two honest words.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "text/letters.hpp"

namespace kindroom::filters {

class WordFinder {
  public:
    // The word means something to the caller. False: there is no letter in it.
    bool add(std::string_view word, std::uint32_t meaning);
    // After the last word.
    void finish();

    // Calls found(meaning) for each word that is there; maybe more than once.
    template <class Found>
    void find(const std::vector<text::Letter>& letters, Found found) const {
        std::uint32_t node = root;
        for (std::size_t i = 0; i < letters.size(); ++i) {
            node = next(node, letters[i].letter);
            for (std::uint32_t ending = nodes_[node].first_ending; ending != none; ending = endings_[ending].further)
                if (is_word(endings_[ending].word, letters, i)) found(words_[endings_[ending].word].meaning);
        }
    }
    std::size_t nodes() const { return nodes_.size(); }

  private:
    static constexpr std::uint32_t root = 0;
    static constexpr std::uint32_t none = UINT32_MAX;
    static constexpr std::size_t latin = 26;

    struct Node {
        // Complete for Latin letters; for others the edges of the trie, and the way back from where there is none.
        std::uint32_t to[latin];
        std::uint32_t back = root;
        std::uint32_t first_ending = none;
        bool has_others = false;
    };
    // A word that ends at a node; those of the node behind `back` follow.
    struct Ending {
        std::uint32_t word = 0;
        std::uint32_t further = none;
    };
    // A word in one of two spellings: its repeated letters as one, or each by itself.
    struct Word {
        std::uint32_t meaning = 0;
        std::uint32_t length = 0;  // in letters, repeated ones counted
        std::vector<text::Letter> letters;
    };

    void add_spelling(Word word);
    std::uint32_t edge(std::uint32_t node, char32_t letter) const;
    std::uint32_t next(std::uint32_t node, char32_t letter) const;
    bool is_word(std::uint32_t word, const std::vector<text::Letter>& letters, std::size_t last) const;

    std::vector<Node> nodes_{1};
    std::unordered_map<std::uint64_t, std::uint32_t> others_;
    std::vector<std::uint32_t> last_ending_;
    std::vector<Ending> endings_;
    std::vector<Word> words_;
};

}  // namespace kindroom::filters
