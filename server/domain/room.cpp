// Who comes, who goes, and who is there.
#include <algorithm>

#include "domain/room.hpp"

namespace kindroom::domain {

namespace {

// Why a place may be refused is nobody's business (PRODUCT: one answer for closed, over the ceiling, and not for you).
Error room_unavailable() { return refuse(Errc::room_unavailable); }

}  // namespace

Room::Room(RoomId id, RoomSettings settings, RoomState state, Position head, const Limits& limits, const TimeZone& zone)
    : id_(id),
      settings_(std::move(settings)),
      head_(head),
      limits_(limits),
      presence_(limits.presence_linger),
      attendance_(state, limits, zone),
      door_(limits),
      first_visits_(limits),
      pile_on_(limits) {
    if (settings_.kind == RoomKind::circle) circle_.emplace(times_of(settings_, limits_));
}

const Member* Room::ever_member(AccountId account) const {
    const auto found = members_.find(account);
    return found == members_.end() ? nullptr : &found->second;
}

std::vector<AccountId> Room::ever_members() const {
    std::vector<AccountId> accounts;
    for (const auto& [account, member] : members_) accounts.push_back(account);
    return accounts;
}

const Member* Room::member(AccountId account) const {
    const Member* member = ever_member(account);
    return member && member->joined ? member : nullptr;
}

RoomCard Room::card(bool joined, TimePoint now) const {
    RoomCard card{.room = id_, .settings = settings_, .joined = joined};
    attendance_.describe(card, now);
    return card;
}

void Room::device_came(AccountId account, TimePoint now) {
    presence_.device_came(account);
    attendance_.device_came(account, now);
}

void Room::device_went(AccountId account, TimePoint now) {
    presence_.device_went(account, now);
    if (!presence_.has_device(account)) attendance_.last_device_went(account, now);
}

Horizon Room::horizon(const Member& member) const {
    return settings_.history_before_joining ? Horizon{} : Horizon{member.joined_after};
}

std::optional<Room::Found> Room::find(PersonToken token) const {
    for (const auto& [account, member] : members_)
        if (member.person.token == token) return Found{account, &member};
    return std::nullopt;
}

std::vector<FormerName> Room::former_names(const Asker& asker, const Person& person, TimePoint now) const {
    const Member* before = ever_member(asker.account);
    if (!before) return {};
    std::vector<FormerName> names = before->former_names;
    if (before->person.name != person.name) names.push_back({before->person.name, now});
    // As many as there are people from whom they keep away, at most: each goes on with the name of that time.
    const auto moments = asker.visibility->kept_away_since();
    TimePoint since{};
    std::erase_if(names, [&](const FormerName& former) {
        const bool is_known = std::any_of(moments.begin(), moments.end(), [&](TimePoint moment) {
            return moment >= since && moment < former.until;
        });
        since = former.until;
        return !is_known;
    });
    return names;
}

Person Room::known_as(const Found& found, const Visibility& viewer, TimePoint now) const {
    const auto shows_since = [&](TimePoint at) {
        return viewer.shows({.kind = Sighting::Kind::presence, .author = found.account, .room = id_, .at = at},
                            Horizon{});
    };
    Person person = found.member->person;
    const auto& former = found.member->former_names;
    if (shows_since(now)) return person;
    for (auto name = former.rbegin(); name != former.rend() && !shows_since(name->until); ++name)
        person.name = name->name;
    return person;
}

std::optional<AccountId> Room::other_than(AccountId account) const {
    for (const auto& [other, member] : members_)
        if (other != account) return other;
    return std::nullopt;
}

bool Room::is_quiet(TimePoint since, TimePoint now) const {
    return now - std::max(since, last_at_) >= limits_.contact_quiet_max;
}

// ---- coming and going -----------------------------------------------------------------------------------------------

std::size_t Room::places() const { return circle_ ? limits_.sign_ups_max : settings_.seats; }

bool Room::is_shown_to(const Asker& asker, AccountId account, TimePoint now) const {
    return asker.visibility->shows({.kind = Sighting::Kind::presence, .author = account, .room = id_, .at = now},
                                   Horizon{});
}

std::size_t Room::present_for(const Asker& asker, TimePoint now) const {
    const auto roster_now = roster(now);
    // Not the roster of a tick, which still has whoever began to keep away in that millisecond: places are as after it.
    const TimePoint at = now + Duration{1};
    return static_cast<std::size_t>(std::count_if(roster_now.begin(), roster_now.end(), [&](const auto& entry) {
        return entry.account != asker.account && is_shown_to(asker, entry.account, at);
    }));
}

bool Room::is_over_ceiling(AccountId account, TimePoint now) const {
    return !presence_.is_present(account, now) && roster(now).size() >= places() * 2;
}

bool Room::has_place_for(const Asker& asker, TimePoint now) const {
    // A sitting is for those who are seated.
    if (circle_ && circle_->is_sitting()) return false;
    return present_for(asker, now) < places() && !is_over_ceiling(asker.account, now);
}

bool Room::may_enter(const Asker& asker, std::optional<SecretHash> invite, TimePoint now) const {
    if (is_closed() || settings_.kind == RoomKind::direct) return false;
    // Whoever looks after the room always gets in.
    if (asker.standing.may_moderate(id_)) return true;
    if (!has_place_for(asker, now)) return false;
    switch (settings_.join_policy) {
        case JoinPolicy::open:
            return true;
        case JoinPolicy::knock:
            return door_.is_open_to(asker.account, now) || (invite && door_.invite(*invite, now));
        case JoinPolicy::invite:
            return invite && door_.invite(*invite, now);
    }
    return false;
}

Member Room::coming_member(const Asker& asker, const Person& person, TimePoint now) const {
    Member coming{.joined = true,
                  .joined_after = head_,
                  .person = person,
                  .former_names = former_names(asker, person, now)};
    if (const Member* before = ever_member(asker.account)) {
        coming.listens_until = before->listens_until;
        coming.listen_cause = before->listen_cause;
        coming.passed = before->passed;
    } else if (const Duration listens = settings_.listen_only.value_or(Duration{0});
               listens > Duration{0} && !asker.standing.may_moderate(id_)) {
        coming.listens_until = now + listens;
    }
    return coming;
}

Result<MemberJoined> Room::decide_join(const Asker& asker, const Person& person, TimePoint now,
                                       std::optional<SecretHash> invite) const {
    if (is_closed()) return room_unavailable();
    if (const Decision* out = asker.sanctions ? asker.sanctions->out_of(id_, now) : nullptr)
        return refuse_because_of(*out, Errc::out_of_room);
    if (const Member* already = member(asker.account)) {
        Member renamed = *already;
        renamed.former_names = former_names(asker, person, now);
        renamed.person = person;
        return MemberJoined{asker.account, std::move(renamed)};
    }
    if (!may_enter(asker, invite, now)) return room_unavailable();
    MemberJoined joined{asker.account, coming_member(asker, person, now)};
    joined.at = now;
    const bool looks_after = asker.standing.may_moderate(id_);
    // One that is not needed stays whole.
    const bool needs_invite = settings_.join_policy != JoinPolicy::open && !door_.is_open_to(asker.account, now);
    if (needs_invite && !looks_after) joined.invite = invite;
    joined.is_first_visit = !ever_member(asker.account) && !looks_after;
    if (!joined.is_first_visit) return joined;
    auto coming = first_visits_.decide(asker, id_, now);
    joined.seen = std::move(coming.seen);
    joined.wave = std::move(coming.wave);
    joined.lately = std::move(coming.lately);
    joined.wave_listens_until = now + limits_.wave_listen_only;
    if (std::ranges::find(joined.wave, asker.account) != joined.wave.end())
        joined.member.listen_in_wave(joined.wave_listens_until);
    return joined;
}

Result<void> Room::may_knock(const Asker& asker, TimePoint now) const {
    const bool is_shut =
        is_closed() || settings_.kind == RoomKind::direct || settings_.join_policy != JoinPolicy::knock;
    return is_shut || !has_place_for(asker, now) ? Result<void>(room_unavailable()) : Result<void>();
}

Result<const Member*> Room::may_read(const Asker& asker, TimePoint now) const {
    const Member* here = member(asker.account);
    if (!here) return refuse(Errc::not_in_room);
    if (const Decision* out = asker.sanctions ? asker.sanctions->out_of(id_, now) : nullptr)
        return refuse_because_of(*out, Errc::out_of_room);
    return here;
}

Result<void> Room::may_listen(const Asker& asker, TimePoint now) const {
    if (auto may = may_read(asker, now); !may) return may.error();
    if (!asker.standing.may_moderate(id_) && is_over_ceiling(asker.account, now)) return room_unavailable();
    return {};
}

std::optional<MemberLeft> Room::decide_leave(AccountId account, TimePoint now) const {
    if (!member(account)) return std::nullopt;
    return MemberLeft{account, now};
}

bool Room::holds_somebody_to_warn_of(const Asker& asker, const TrueRoster& here) const {
    if (is_closed()) return false;
    // Who is in a direct room is nobody else's to ask.
    if (settings_.kind == RoomKind::direct && !member(asker.account)) return false;
    return std::ranges::any_of(here.people, [&](const RosterEntry& entry) {
        return entry.account != asker.account && asker.visibility->warns_of(entry.account, here.at);
    });
}

void Room::apply(const MemberJoined& event) {
    members_[event.account] = event.member;
    if (event.is_first_visit)
        first_visits_.apply(event.account, event.seen, event.at);
    else
        first_visits_.came_back(event.account);
    for (const AccountId account : event.wave) members_[account].listen_in_wave(event.wave_listens_until);
}

void Room::apply(const MemberLeft& event) {
    members_[event.account].joined = false;
    members_[event.account].left_at = event.at;
    first_visits_.went(event.account);
    presence_.person_left(event.account);
    attendance_.go_off_duty(event.account, event.at);
    if (!circle_) return;
    if (const auto step = circle_->decide_left(event.account, event.at)) circle_->apply(*step);
}

std::vector<RosterEntry> Room::roster(TimePoint now) const {
    std::vector<RosterEntry> people;
    for (const AccountId account : presence_.present(now))
        if (const Member* here = member(account)) people.push_back({account, here->person});
    return people;
}

}  // namespace kindroom::domain
