#include "operator/selftest/selftest.hpp"

#include <algorithm>
#include <cstdio>
#include <ostream>
#include <stdexcept>

#include "operator/selftest/looks.hpp"
#include "operator/selftest/timing.hpp"

namespace kindroom::operator_ {

namespace {

// At this level no test may tell the two worlds apart. One time in a hundred chance alone reaches it: so what differs is
// timed once more with other people, and it tells if it differs again in the same direction.
constexpr double level = 0.01;

bool tells_again(const Comparison& first, const Comparison& second) {
    const bool same_way = (first.median_a < first.median_b) == (second.median_a < second.median_b);
    return first.p < level && second.p < level && same_way;
}

void print(std::ostream& out, const std::string& name, bool passed, const std::string& figure) {
    out << (passed ? "  pass  " : "  FAIL  ") << name << ": " << figure << std::endl;
}

bool try_look(const Look& look, const ScratchHouse& house, Keeper& keeper, std::ostream& out) {
    const std::string name = "look " + std::to_string(look.number) + ", " + look.what;
    try {
        Stage stage(house, keeper);
        const Verdict verdict = look.tried(stage);
        print(out, name, !verdict.tell, verdict.tell.value_or(verdict.figure));
        return !verdict.tell;
    } catch (const std::runtime_error& trouble) {
        print(out, name, false, trouble.what());
        return false;
    }
}

std::string in_words(const Comparison& comparison) {
    char text[160];
    std::snprintf(text, sizeof text, "median %.0f us blocked, %.0f us left, p = %.3f", comparison.median_a,
                  comparison.median_b, comparison.p);
    return text;
}

bool time_all(const SelftestOptions& options, const ScratchHouse& house, Keeper& keeper, std::ostream& out) {
    bool passed = true;
    const auto first = time_calls(house, keeper, options.pairs);
    std::vector<TimedCall> second;
    for (std::size_t i = 0; i < first.size(); ++i) {
        bool fine = first[i].comparison.p >= level;
        std::string figure = in_words(first[i].comparison);
        if (!fine) {
            if (second.empty()) second = time_calls(house, keeper, options.pairs);
            fine = !tells_again(first[i].comparison, second[i].comparison);
            figure += "; once more: " + in_words(second[i].comparison);
        }
        print(out, "look 15, latency of " + first[i].what, fine,
              figure + ", " + std::to_string(options.pairs) + " pairs");
        passed = passed && fine;
    }
    return passed;
}

}  // namespace

int selftest_boundaries(const SelftestOptions& options, std::ostream& out, std::ostream& err) {
    const auto is_wanted = [&](const Look& look) { return options.look == static_cast<std::uint32_t>(look.number); };
    const bool is_timed = options.pairs > 0 && (options.look == 0 || options.look == 15);
    if (options.look == 15 && !is_timed) {
        // Nothing tried must not read as nothing found.
        err << "Look 15 is how long answers take: it needs --pairs above 0.\n";
        return 2;
    }
    if (options.look != 0 && !is_timed && std::none_of(looks().begin(), looks().end(), is_wanted)) {
        err << "There is no look " << options.look << " to try: 1 to 32.\n";
        return 2;
    }
    try {
        const ScratchHouse house(options.program, 0);
        Keeper keeper(house);
        bool passed = true;
        for (const Look& look : looks())
            if (options.look == 0 || options.look == static_cast<std::uint32_t>(look.number))
                passed = try_look(look, house, keeper, out) && passed;
        if (is_timed) {
            // On one shard: else it shows which of the two worlds has its room and its people on the same one.
            const ScratchHouse even(options.program, 1);
            Keeper keeper_there(even);
            passed = time_all(options, even, keeper_there, out) && passed;
        }
        out << (passed ? "Nothing tells.\n" : "Something tells: do not open the house with this version.\n");
        return passed ? 0 : 1;
    } catch (const std::runtime_error& trouble) {
        err << trouble.what() << '\n';
        return 3;
    }
}

}  // namespace kindroom::operator_
