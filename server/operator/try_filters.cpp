#include "operator/try_filters.hpp"

#include <istream>
#include <ostream>
#include <string>

namespace kindroom::operator_ {

namespace {

std::string actions_of(const filters::Filter& filter) {
    std::string out;
    const auto add = [&](bool acts, const std::string& name) {
        if (acts) out += (out.empty() ? "" : ", ") + name;
    };
    add(filter.actions.hold, "hold");
    add(filter.actions.label, "label " + filter.label);
    add(filter.actions.help_card, "help card (" + filter.language + ")");
    add(filter.actions.call_moderator, "call a moderator");
    return out;
}

}  // namespace

void try_filters(const filters::FilterSet& filters, std::istream& in, std::ostream& out) {
    std::size_t number = 0;
    std::size_t acted_on = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        const filters::Verdict verdict = filters.judge({.text = line});
        acted_on += verdict.acted.empty() ? 0 : 1;
        for (const filters::Filter* filter : verdict.acted)
            out << "line " << number << ": " << filter->id << ": " << actions_of(*filter) << "\n";
    }
    out << number << " lines; a filter would act on " << acted_on << " of them\n";
}

}  // namespace kindroom::operator_
