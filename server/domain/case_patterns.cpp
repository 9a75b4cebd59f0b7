// Several people who keep one away, and what becomes a case of that.
#include <algorithm>
#include <set>

#include "domain/case_book.hpp"
#include "domain/packer.hpp"

namespace kindroom::domain {

std::optional<Case> CaseBook::decide_pattern(AccountId about, const std::vector<AccountId>& linked, CaseId fresh,
                                             TimePoint now, Duration delay) const {
    for (const auto& [id, one] : cases_) {
        if (one.kind != CaseKind::pattern) continue;
        const AccountId other = one.about.front().account;
        if (other != about && std::find(linked.begin(), linked.end(), other) == linked.end()) continue;
        if (!one.decided || now < one.opened_at + limits_.pattern_again) return std::nullopt;
    }
    Case pattern;
    pattern.id = fresh;
    pattern.kind = CaseKind::pattern;
    pattern.thing = Packer('n').id(about).take();
    pattern.about = {{.account = about, .room = {}, .person = {}}};
    pattern.opened_at = now;
    pattern.checked_at = now + delay;
    return pattern;
}

std::vector<const Case*> CaseBook::to_check(TimePoint now) const {
    std::vector<const Case*> due;
    for (const auto& [id, one] : cases_)
        if (one.checked_at <= now) due.push_back(&one);
    return due;
}

std::optional<Case> CaseBook::decide_shown(CaseId id, Acquaintance about, TimePoint now) const {
    const Case* one = find(id);
    if (!one || one->checked_at == never) return std::nullopt;
    Case shown = *one;
    shown.room = about.room;
    shown.about = {std::move(about)};
    shown.opened_at = now;
    shown.checked_at = never;
    return shown;
}

std::optional<Acquaintance> pattern_of(const std::vector<KeptAwayBy>& all, std::uint32_t people_min) {
    // Each group is one person, or people whom a moderator has linked: whoever touches two groups joins them.
    std::vector<std::set<AccountId>> groups;
    for (const KeptAwayBy& one : all) {
        std::set<AccountId> group(one.linked.begin(), one.linked.end());
        group.insert(one.account);
        std::erase_if(groups, [&](const auto& other) {
            const bool touches =
                std::any_of(other.begin(), other.end(), [&](AccountId account) { return group.contains(account); });
            if (touches) group.insert(other.begin(), other.end());
            return touches;
        });
        groups.push_back(std::move(group));
    }
    if (groups.size() < people_min) return std::nullopt;
    std::map<RoomId, std::size_t> rooms;
    const KeptAwayBy* best = nullptr;
    for (const KeptAwayBy& one : all)
        if (const std::size_t known = ++rooms[one.from.room]; !best || known > rooms[best->from.room]) best = &one;
    return best->from;
}

}  // namespace kindroom::domain
