#include "domain/attendance.hpp"

#include <algorithm>

namespace kindroom::domain {

namespace {

// Later than anything but `never`, which stays what it is.
TimePoint after(TimePoint at, Duration time) { return at == never ? never : at + time; }

}  // namespace

Attendance::Attendance(RoomState stored, const Limits& limits, const TimeZone& zone)
    : limits_(limits), zone_(zone), stored_(stored) {}

void Attendance::take_over_duty(const Attendance& before) {
    duty_ = before.duty_;
    unattended_since_ = before.unattended_since_;
}

// ---- who looks after it ---------------------------------------------------------------------------------------------

bool Attendance::go_on_duty(AccountId account, TimePoint now) {
    const bool was_on_duty = is_on_duty(account, now);
    duty_.insert_or_assign(account, never);
    return !was_on_duty;
}

bool Attendance::go_off_duty(AccountId account, TimePoint now) {
    const auto found = duty_.find(account);
    if (found == duty_.end()) return false;
    const bool was_on_duty = found->second > now;
    unattended_since_ = std::max(unattended_since_, std::min(found->second, now));
    duty_.erase(found);
    return was_on_duty;
}

// Whoever comes back too late is not on duty any more, until they say so.
void Attendance::device_came(AccountId account, TimePoint now) {
    if (is_on_duty(account, now))
        duty_[account] = never;
    else
        go_off_duty(account, now);
}

void Attendance::last_device_went(AccountId account, TimePoint now) {
    const auto found = duty_.find(account);
    // Whoever is missed once more, because the room was loaded anew, has gone when they were missed first.
    if (found != duty_.end() && found->second == never) found->second = now + limits_.duty_linger;
}

bool Attendance::is_on_duty(AccountId account, TimePoint now) const {
    const auto found = duty_.find(account);
    return found != duty_.end() && found->second > now;
}

std::vector<AccountId> Attendance::on_duty(TimePoint now) const {
    std::vector<AccountId> people;
    for (const auto& [account, until] : duty_)
        if (until > now) people.push_back(account);
    return people;
}

void Attendance::begins_to_need(TimePoint now) { unattended_since_ = std::max(unattended_since_, now); }

TimePoint Attendance::attended_until() const {
    TimePoint until = unattended_since_;
    for (const auto& [account, end] : duty_) until = std::max(until, end);
    return until;
}

TimePoint Attendance::winds_down_at() const { return after(attended_until(), limits_.unattended_grace); }
TimePoint Attendance::pauses_at() const { return after(winds_down_at(), limits_.winding_down); }

// ---- ordered by hand ------------------------------------------------------------------------------------------------

void Attendance::pause(std::string sentence) {
    stored_ = RoomState::paused;
    sentence_ = std::move(sentence);
}

void Attendance::resume() {
    stored_ = RoomState::open;
    sentence_.clear();
}

// ---- what follows ---------------------------------------------------------------------------------------------------

RoomState Attendance::state(const RoomSettings& settings, TimePoint now) const {
    if (stored_ != RoomState::open) return stored_;
    if (!is_open(settings.opening_hours, zone_, now)) return RoomState::out_of_hours;
    if (!settings.needs_moderator || now < winds_down_at()) return RoomState::open;
    return now < pauses_at() ? RoomState::winding_down : RoomState::paused;
}

void Attendance::describe(RoomCard& card, TimePoint now) const {
    card.state = state(card.settings, now);
    card.moderator_on_duty = has_duty(now);
    card.is_paused_by_hand = stored_ == RoomState::paused;
    card.pause_sentence = sentence_;
    card.pauses_at = card.state == RoomState::winding_down ? pauses_at() : never;
    const bool is_shut = card.state == RoomState::out_of_hours;
    card.opens_at = is_shut ? domain::next_turn(card.settings.opening_hours, zone_, now) : never;
}

Result<void> Attendance::takes_posts(const RoomSettings& settings, TimePoint now) const {
    switch (state(settings, now)) {
        case RoomState::open:
        case RoomState::winding_down:
            return {};
        case RoomState::paused:
            return refuse(Errc::room_paused);
        case RoomState::closed:
            return refuse(Errc::room_unavailable);
        case RoomState::out_of_hours: {
            const TimePoint opens = domain::next_turn(settings.opening_hours, zone_, now);
            return opens == never ? refuse(Errc::room_out_of_hours) : refuse_until(Errc::room_out_of_hours, opens);
        }
    }
    return {};
}

TimePoint Attendance::next_turn(const RoomSettings& settings, TimePoint now) const {
    TimePoint next = domain::next_turn(settings.opening_hours, zone_, now);
    const auto consider = [&](TimePoint at) {
        if (at > now) next = std::min(next, at);
    };
    consider(attended_until());
    if (settings.needs_moderator) {
        consider(winds_down_at());
        consider(pauses_at());
    }
    return next;
}

bool Attendance::is_winding_down(const RoomSettings& settings, TimePoint now) const {
    return has_duty(now) || (settings.needs_moderator && now < pauses_at());
}

RoomCard card_at(RoomCard card, const TimeZone& zone, TimePoint now) {
    if (card.state == RoomState::closed || card.is_paused_by_hand || card.settings.opening_hours.empty()) return card;
    if (!is_open(card.settings.opening_hours, zone, now)) {
        card.state = RoomState::out_of_hours;
        card.opens_at = next_turn(card.settings.opening_hours, zone, now);
        card.pauses_at = never;
    } else if (card.state == RoomState::out_of_hours) {
        const bool waits = card.settings.needs_moderator && !card.moderator_on_duty;
        card.state = waits ? RoomState::paused : RoomState::open;
        card.opens_at = never;
    }
    return card;
}

}  // namespace kindroom::domain
