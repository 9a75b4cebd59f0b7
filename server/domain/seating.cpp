#include "domain/seating.hpp"

#include <algorithm>
#include <tuple>

namespace kindroom::domain {

namespace {

bool are_apart(const DrawnFor& one, const DrawnFor& other) {
    return one.apart_from.contains(other.account) || other.apart_from.contains(one.account);
}

// Whom somebody gives way to: those they blocked, those whom these blocked, and so on; themselves included.
std::set<AccountId> gives_way_to(const DrawnFor& person, const std::vector<DrawnFor>& people) {
    std::set<AccountId> found{person.account};
    std::vector<const DrawnFor*> to_ask{&person};
    while (!to_ask.empty()) {
        const DrawnFor& asked = *to_ask.back();
        to_ask.pop_back();
        for (const DrawnFor& other : people)
            if (asked.apart_from.contains(other.account) && found.insert(other.account).second)
                to_ask.push_back(&other);
    }
    return found;
}

bool has_lower_ticket(const DrawnFor& one, const DrawnFor& other) {
    return std::tie(one.ticket, one.account) < std::tie(other.ticket, other.account);
}

// Whoever gives way comes after those they give way to: they give way to all that these do, and to these as well. Only
// two who give way to each other have the same number, and then the ticket decides.
std::vector<const DrawnFor*> in_order_of_giving_way(const std::vector<DrawnFor>& people) {
    std::vector<std::pair<std::size_t, const DrawnFor*>> ranked;
    for (const DrawnFor& person : people) ranked.emplace_back(gives_way_to(person, people).size(), &person);
    std::sort(ranked.begin(), ranked.end(), [](const auto& one, const auto& other) {
        if (one.first != other.first) return one.first < other.first;
        return has_lower_ticket(*one.second, *other.second);
    });
    std::vector<const DrawnFor*> ordered;
    for (const auto& [rank, person] : ranked) ordered.push_back(person);
    return ordered;
}

}  // namespace

bool is_blank_ticket(std::uint64_t ticket, std::uint32_t blanks_per_cent) { return ticket % 100 < blanks_per_cent; }

std::vector<AccountId> draw_seats(std::vector<DrawnFor> people, std::size_t seats, std::uint32_t blanks_per_cent) {
    std::erase_if(people, [&](const DrawnFor& person) { return is_blank_ticket(person.ticket, blanks_per_cent); });
    // By their tickets. A seat that somebody gives up to a lower ticket is never empty again, so that nobody could have
    // been seated who was not.
    std::vector<const DrawnFor*> seated;
    for (const DrawnFor* person : in_order_of_giving_way(people)) {
        const auto is_apart = [&](const DrawnFor* other) { return are_apart(*person, *other); };
        if (std::any_of(seated.begin(), seated.end(), is_apart)) continue;
        const auto before = std::upper_bound(
            seated.begin(), seated.end(), person,
            [](const DrawnFor* one, const DrawnFor* other) { return has_lower_ticket(*one, *other); });
        seated.insert(before, person);
        if (seated.size() > seats) seated.pop_back();
    }
    std::vector<AccountId> accounts;
    for (const DrawnFor* person : seated) accounts.push_back(person->account);
    return accounts;
}

}  // namespace kindroom::domain
