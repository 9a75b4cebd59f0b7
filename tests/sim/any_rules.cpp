// What a house may look for, and what people may say in it, at random.
#include "sim/quarrel.hpp"

namespace kindroom::sim {

namespace {

using filters::Filter;
using filters::What;

Filter any_filter(Chance& chance, What what, std::size_t number) {
    Filter filter{.id = std::string(filters::name_of(what)) + "-" + std::to_string(number),
                  .says = "This house looks for " + std::string(filters::name_of(what)) + ".",
                  .what = what};
    if (what == What::help) {
        filter.words = {"want to die", "cannot go on"};
        filter.language = "en";
        filter.actions = {.help_card = true, .call_moderator = chance.one_in(2)};
        return filter;
    }
    if (what == What::words) filter.words = {"idiot", "shut up"};
    if (what == What::patterns) filter.patterns = {R"(\bbuy\s+(pills|gold)\b)"};
    if (what == What::labels) filter.labels = {"anger"};
    if (what == What::repetition || what == What::pace) {
        filter.count = static_cast<std::uint32_t>(chance.between(2, 4));
        filter.within = Duration{2'000};
    }
    filter.actions.hold = chance.one_in(2);
    filter.actions.label = !filter.actions.hold && chance.one_in(2);
    filter.actions.call_moderator = !filter.actions.label || chance.one_in(4);
    if (filter.actions.label) filter.label = "looked at";
    return filter;
}

}  // namespace

filters::FilterSetPtr any_filters(Chance& chance) {
    static constexpr What kinds[] = {What::words,     What::patterns, What::links,      What::phones, What::emails,
                                     What::addresses, What::labels,   What::repetition, What::pace,   What::help};
    std::vector<Filter> all;
    for (const What what : kinds)
        if (chance.one_in(3)) all.push_back(any_filter(chance, what, all.size()));
    auto made = filters::FilterSet::make(std::move(all));
    KINDROOM_ASSERT(std::holds_alternative<filters::FilterSetPtr>(made));
    return std::get<filters::FilterSetPtr>(made);
}

std::string any_words(Chance& chance) {
    static const std::vector<std::string> all{"a quiet day",
                                              "a quiet day",
                                              "it rains again",
                                              "it rains again, and I slept badly",
                                              "you idiot",
                                              "sh.ut u.p",
                                              "buy gold now",
                                              "see https://example.org/a",
                                              "call me: 0171 2345678",
                                              "write to someone@example.org",
                                              "12 Market Street, upstairs",
                                              "I want to die",
                                              "I cannot go on, 0171 2345678",
                                              "I want to die, you idiot"};
    return all[chance.below(all.size())];
}

}  // namespace kindroom::sim
