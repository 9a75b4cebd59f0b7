#include "filters/filter_set.hpp"

#include <algorithm>

#include "text/letters.hpp"
#include "text/text.hpp"

namespace kindroom::filters {

namespace {

// Texts are unmasked before patterns see them, so the letters of a pattern are, too. ASCII stays: \S is not \s.
std::string unmasked_pattern(const std::string& pattern) {
    std::string out;
    for (std::size_t i = 0; i < pattern.size();) {
        std::size_t end = i + 1;
        while (end < pattern.size() && (static_cast<unsigned char>(pattern[end]) & 0xc0) == 0x80) ++end;
        const std::string one = pattern.substr(i, end - i);
        out += one.size() == 1 ? one : text::to_utf8(text::unmasked(one));
        i = end;
    }
    return out;
}

}  // namespace

std::variant<FilterSetPtr, std::vector<Trouble>> FilterSet::make(std::vector<Filter> filters) {
    std::shared_ptr<FilterSet> set(new FilterSet(std::move(filters)));
    std::vector<Trouble> troubles;
    for (std::uint32_t i = 0; i < set->filters_.size(); ++i) {
        const Filter& filter = set->filters_[i];
        for (const std::string& word : filter.words)
            if (!set->words_.add(word, i)) troubles.push_back({i, word, "There is no letter in this word."});
        for (const std::string& pattern : filter.patterns) {
            const std::string unmasked = unmasked_pattern(pattern);
            if (auto trouble = trouble_with(unmasked))
                troubles.push_back({i, pattern, std::move(*trouble)});
            else
                set->patterns_.add(unmasked, i);
        }
        set->has_contacts_ |= is_about_contact_details(filter.what);
        set->has_habits_ |= filter.what == What::repetition || filter.what == What::pace;
    }
    set->words_.finish();
    if (!set->patterns_.finish()) troubles.push_back({0, "", "All patterns together are too large; shorten some."});
    if (!troubles.empty()) return troubles;
    return FilterSetPtr(std::move(set));
}

bool FilterSet::is_habit(const Filter& filter, const Occasion& occasion, const std::string& folded) const {
    if (!occasion.habits) return false;
    const TimePoint since = occasion.now - filter.within;
    // This message is one more.
    const std::uint32_t before =
        filter.what == What::pace ? occasion.habits->said(since) : occasion.habits->repeated(folded, since);
    return before + 1 >= filter.count;
}

// Which filters find what they look for.
std::vector<bool> FilterSet::found_in(const Occasion& occasion) const {
    std::vector<bool> found(filters_.size());
    const std::u32string unmasked = text::unmasked(occasion.text);
    const auto note = [&](std::uint32_t filter) { found[filter] = true; };
    words_.find(text::letters_of(unmasked, text::Signs::apart), note);
    if (text::has_signs(unmasked)) words_.find(text::letters_of(unmasked, text::Signs::as_letters), note);

    const std::string plain = has_contacts_ || !patterns_.empty() ? text::to_utf8(unmasked) : std::string{};
    std::vector<std::uint32_t> matched;
    patterns_.find(plain, matched);
    if (!patterns_.empty()) patterns_.find(text::spelled_together(unmasked), matched);
    for (const std::uint32_t filter : matched) note(filter);

    const std::vector<What> contacts = has_contacts_ ? contacts_.find(plain) : std::vector<What>{};
    const bool may_repeat = has_habits_ && occasion.habits;
    const std::string folded = may_repeat ? text::fold_for_matching(occasion.text) : std::string{};
    for (std::size_t i = 0; i < filters_.size(); ++i) {
        const Filter& filter = filters_[i];
        if (is_about_contact_details(filter.what))
            found[i] = std::ranges::find(contacts, filter.what) != contacts.end();
        else if (filter.what == What::labels)
            found[i] = std::ranges::find_first_of(occasion.labels, filter.labels) != occasion.labels.end();
        else if (filter.what == What::repetition || filter.what == What::pace)
            found[i] = is_habit(filter, occasion, folded);
    }
    return found;
}

Verdict FilterSet::judge(const Occasion& occasion) const {
    const std::vector<bool> found = found_in(occasion);
    bool is_cry_for_help = false;
    for (std::size_t i = 0; i < filters_.size(); ++i)
        is_cry_for_help |= found[i] && filters_[i].what == What::help;
    Verdict verdict;
    for (std::size_t i = 0; i < filters_.size(); ++i) {
        const Filter& filter = filters_[i];
        if (!found[i]) continue;
        if (is_cry_for_help && filter.what != What::help && !is_about_contact_details(filter.what)) continue;
        verdict.acted.push_back(&filter);
        if (filter.actions.hold && !verdict.held_by) verdict.held_by = &filter;
        if (filter.actions.label && std::ranges::find(verdict.labels, filter.label) == verdict.labels.end())
            verdict.labels.push_back(filter.label);
        if (filter.actions.help_card && !verdict.help) verdict.help = &filter;
        if (filter.actions.call_moderator && !verdict.called_by) verdict.called_by = &filter;
    }
    return verdict;
}

}  // namespace kindroom::filters
