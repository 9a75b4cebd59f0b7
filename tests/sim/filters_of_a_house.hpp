// What the houses of the simulation look for.
#pragma once

#include <variant>
#include <vector>

#include "filters/filter_set.hpp"

namespace kindroom::sim {

inline filters::Filter links_are_held() {
    return {.id = "links", .says = "Links are looked at.", .what = filters::What::links, .actions = {.hold = true}};
}
inline filters::Filter a_cry_for_help_is_answered() {
    return {.id = "help-en",
            .says = "You are heard.",
            .what = filters::What::help,
            .words = {"want to die"},
            .actions = {.help_card = true, .call_moderator = true},
            .language = "en"};
}
// These are well-formed, or the test is wrong.
inline filters::FilterSetPtr filters_of_a_house(std::vector<filters::Filter> all) {
    return std::get<filters::FilterSetPtr>(filters::FilterSet::make(std::move(all)));
}

}  // namespace kindroom::sim
