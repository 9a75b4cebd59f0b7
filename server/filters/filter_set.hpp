// All filters of the house, ready for use: judges a message in time that grows with its length only, however many words
// there are. Immutable and shared by all shards.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "filters/contacts.hpp"
#include "filters/filter.hpp"
#include "filters/habits.hpp"
#include "filters/patterns.hpp"
#include "filters/word_finder.hpp"

namespace kindroom::filters {

// What is to be judged.
struct Occasion {
    std::string_view text;
    std::span<const std::string> labels{};
    // What its author said here before, the message itself not included; null where that is of no concern.
    const Habits* habits = nullptr;
    TimePoint now{};
};

// What is to be done, and which filters say so, in the order of the file; they live as long as the set.
struct Verdict {
    std::vector<const Filter*> acted;
    // The first that wants a moderator to look at it before others see it.
    const Filter* held_by = nullptr;
    std::vector<std::string> labels;
    // Of those that heard a cry for help, the first: there is a card in its language.
    const Filter* help = nullptr;
    const Filter* called_by = nullptr;
};

// A pattern or a word that cannot be used.
struct Trouble {
    std::size_t filter = 0;
    std::string value;
    std::string remedy;
};

class FilterSet;
using FilterSetPtr = std::shared_ptr<const FilterSet>;

class FilterSet {
  public:
    static std::variant<FilterSetPtr, std::vector<Trouble>> make(std::vector<Filter> filters);

    const std::vector<Filter>& filters() const { return filters_; }
    // A cry for help is answered with help and by calling a moderator; beside it nothing acts but what keeps contact
    // details from strangers (PRODUCT X8).
    Verdict judge(const Occasion& occasion) const;

  private:
    explicit FilterSet(std::vector<Filter> filters) : filters_(std::move(filters)) {}
    std::vector<bool> found_in(const Occasion& occasion) const;
    bool is_habit(const Filter& filter, const Occasion& occasion, const std::string& folded) const;

    const std::vector<Filter> filters_;
    WordFinder words_;
    Patterns patterns_;
    Contacts contacts_;
    bool has_contacts_ = false;
    bool has_habits_ = false;
};

}  // namespace kindroom::filters
