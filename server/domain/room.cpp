#include "domain/room.hpp"

#include <algorithm>

namespace kindroom::domain {

namespace {

// Why a place may be refused is nobody's business (PRODUCT: one answer for closed, over the ceiling, and not for you).
Error room_unavailable() { return refuse(Errc::room_unavailable); }

}  // namespace

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

std::size_t count_code_points(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

Result<RoomSettings> judge_settings(RoomSettings settings, const Limits& limits) {
    if (settings.seats == 0) settings.seats = limits.seats_default;
    // Direct rooms are made by two who accept one another, and never out of another room.
    if (settings.kind != RoomKind::open) return bad_field("settings.kind");
    if (is_blank(settings.topic) || count_code_points(settings.topic) > limits.topic_code_points_max)
        return bad_field("settings.topic");
    if (count_code_points(settings.welcome_text) > limits.welcome_code_points_max)
        return bad_field("settings.welcome_text");
    if (settings.content_labels.size() > limits.labels_max) return bad_field("settings.content_labels");
    for (const auto& label : settings.content_labels)
        if (is_blank(label) || count_code_points(label) > limits.name_code_points_max)
            return bad_field("settings.content_labels");
    if (settings.seats > limits.seats_max) return bad_field("settings.seats");
    if (settings.slow_mode > std::chrono::hours{24}) return bad_field("settings.slow_mode_ms");
    return settings;
}

Room::Room(RoomId id, RoomSettings settings, RoomState state, Position head, const Limits& limits)
    : id_(id),
      settings_(std::move(settings)),
      state_(state),
      head_(head),
      limits_(limits),
      presence_(limits.presence_linger) {}

const Member* Room::ever_member(AccountId account) const {
    const auto found = members_.find(account);
    return found == members_.end() ? nullptr : &found->second;
}

const Member* Room::member(AccountId account) const {
    const Member* member = ever_member(account);
    return member && member->joined ? member : nullptr;
}

RoomCard Room::card(bool joined) const {
    return {
        .room = id_, .settings = settings_, .state = state_, .moderator_on_duty = !on_duty_.empty(), .joined = joined};
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

std::size_t Room::present_for(const Asker& asker, TimePoint now) const {
    const auto roster_now = roster(now);
    return static_cast<std::size_t>(std::count_if(roster_now.begin(), roster_now.end(), [&](const auto& entry) {
        return entry.account != asker.account &&
               asker.visibility->shows(
                   {.kind = Sighting::Kind::presence, .author = entry.account, .room = id_, .at = now}, Horizon{});
    }));
}

bool Room::is_over_ceiling(AccountId account, TimePoint now) const {
    return !presence_.is_present(account, now) && roster(now).size() >= std::size_t{settings_.seats} * 2;
}

Result<MemberJoined> Room::decide_join(const Asker& asker, const Person& person, TimePoint now) const {
    if (state_ == RoomState::closed) return room_unavailable();
    if (const Member* already = member(asker.account)) {
        Member renamed = *already;
        renamed.former_names = former_names(asker, person, now);
        renamed.person = person;
        return MemberJoined{asker.account, std::move(renamed)};
    }
    if (settings_.kind == RoomKind::direct) return room_unavailable();
    // Whoever looks after the room always gets in.
    if (!asker.standing.may_moderate(id_) &&
        (present_for(asker, now) >= settings_.seats || is_over_ceiling(asker.account, now)))
        return room_unavailable();
    return MemberJoined{asker.account, Member{.joined = true,
                                              .joined_after = head_,
                                              .person = person,
                                              .former_names = former_names(asker, person, now)}};
}

Result<void> Room::may_listen(const Asker& asker, TimePoint now) const {
    if (!member(asker.account)) return refuse(Errc::not_in_room);
    if (!asker.standing.may_moderate(id_) && is_over_ceiling(asker.account, now)) return room_unavailable();
    return {};
}

std::optional<MemberLeft> Room::decide_leave(AccountId account, TimePoint now) const {
    if (!member(account)) return std::nullopt;
    return MemberLeft{account, now};
}

bool Room::holds_somebody_to_warn_of(const Asker& asker, TimePoint now) const {
    if (state_ == RoomState::closed) return false;
    // Who is in a direct room is nobody else's to ask.
    if (settings_.kind == RoomKind::direct && !member(asker.account)) return false;
    const auto here = roster(now);
    return std::any_of(here.begin(), here.end(), [&](const RosterEntry& entry) {
        return entry.account != asker.account && asker.visibility->warns_of(entry.account);
    });
}

void Room::apply(const MemberJoined& event) { members_[event.account] = event.member; }

void Room::apply(const MemberLeft& event) {
    members_[event.account].joined = false;
    members_[event.account].left_at = event.at;
    presence_.person_left(event.account);
    on_duty_.erase(event.account);
}

std::vector<RosterEntry> Room::roster(TimePoint now) const {
    std::vector<RosterEntry> people;
    for (const AccountId account : presence_.present(now))
        if (const Member* here = member(account)) people.push_back({account, here->person});
    return people;
}

// ---- looking after it -----------------------------------------------------------------------------------------------

Result<SettingsChanged> Room::decide_change(const RoomSettings& settings, const Standing& standing) const {
    if (settings_.kind == RoomKind::direct) return room_unavailable();
    if (!standing.may_moderate(id_)) return refuse(Errc::not_allowed);
    if (state_ == RoomState::closed) return room_unavailable();
    auto judged = judge_settings(settings, limits_);
    if (!judged) return judged.error();
    return SettingsChanged{std::move(*judged)};
}

Result<RoomClosed> Room::decide_close(const Standing& standing) const {
    if (settings_.kind == RoomKind::direct) return room_unavailable();
    if (!standing.may_moderate(id_)) return refuse(Errc::not_allowed);
    if (state_ == RoomState::closed) return room_unavailable();
    return RoomClosed{};
}

Result<void> Room::may_go_on_duty(const Asker& asker) const {
    if (!member(asker.account)) return refuse(Errc::not_in_room);
    if (settings_.kind == RoomKind::direct || !asker.standing.may_moderate(id_)) return refuse(Errc::not_allowed);
    return {};
}

}  // namespace kindroom::domain
