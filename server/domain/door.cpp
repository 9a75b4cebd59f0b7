#include "domain/door.hpp"

#include <algorithm>

namespace kindroom::domain {

// ---- knocks ---------------------------------------------------------------------------------------------------------

void Door::forget_faded(TimePoint now) {
    std::erase_if(callers_, [&](const Caller& caller) { return caller.kept_until() <= now; });
}

Door::Heard Door::knock(AccountId account, const Person& person, TimePoint now) {
    forget_faded(now);
    const TimePoint fades_at = now + limits_.knock_fades;
    const auto found = std::ranges::find(callers_, account, &Caller::account);
    if (found != callers_.end()) return {.fades_at = found->kept_until()};
    if (callers_.size() >= limits_.knocks_max) return {.fades_at = fades_at};
    callers_.push_back({.account = account, .person = person, .fades_at = fades_at});
    return {.fades_at = fades_at, .is_news = true};
}

std::vector<Knocker> Door::waiting(TimePoint now) const {
    std::vector<Knocker> people;
    for (const Caller& caller : callers_)
        if (caller.waits && now < caller.fades_at)
            people.push_back({caller.account, caller.person, caller.fades_at - limits_.knock_fades});
    return people;
}

Door::Caller* Door::waiting_caller(PersonToken token) {
    const auto found = std::ranges::find_if(
        callers_, [&](const Caller& caller) { return caller.waits && caller.person.token == token; });
    return found == callers_.end() ? nullptr : &*found;
}

std::optional<Door::LetIn> Door::let_in(PersonToken token, TimePoint now) {
    forget_faded(now);
    Caller* caller = waiting_caller(token);
    if (!caller || caller->fades_at <= now) return std::nullopt;
    caller->waits = false;
    caller->open_until = now + limits_.knock_opens;
    return LetIn{.account = caller->account, .until = caller->open_until};
}

void Door::pass_over(PersonToken token) {
    if (Caller* caller = waiting_caller(token)) caller->waits = false;
}

bool Door::is_open_to(AccountId account, TimePoint now) const {
    const auto found = std::ranges::find(callers_, account, &Caller::account);
    return found != callers_.end() && now < found->open_until;
}

void Door::take_over_knocks(const Door& before) { callers_ = before.callers_; }

// ---- invites --------------------------------------------------------------------------------------------------------

Result<void> Door::may_invite(TimePoint now) const {
    const auto alive = std::ranges::count_if(invites_, [&](const auto& one) { return now < one.second.ends_at; });
    if (static_cast<std::size_t>(alive) >= limits_.room_invites_max) return refuse(Errc::too_many);
    return {};
}

const RoomInvite* Door::invite(SecretHash code, TimePoint now) const {
    const auto found = invites_.find(code);
    const bool holds = found != invites_.end() && found->second.uses_left > 0 && now < found->second.ends_at;
    return holds ? &found->second : nullptr;
}

RoomInvite Door::spend(SecretHash code) {
    RoomInvite invite = invites_.at(code);
    invite.uses_left -= 1;
    if (invite.uses_left == 0)
        invites_.erase(code);
    else
        invites_.insert_or_assign(code, invite);
    return invite;
}

std::vector<SecretHash> Door::drop_ended(TimePoint now) {
    std::vector<SecretHash> ended;
    for (const auto& [code, invite] : invites_)
        if (invite.ends_at <= now) ended.push_back(code);
    for (const SecretHash& code : ended) invites_.erase(code);
    return ended;
}

}  // namespace kindroom::domain
