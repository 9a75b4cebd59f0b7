// A room that is a circle: what its turns mean for those who are in the room.
#include <algorithm>

#include "domain/room.hpp"

namespace kindroom::domain {

CircleTimes times_of(const RoomSettings& settings, const Limits& limits) {
    return {.turn = {.soft = settings.turn_soft, .hard = settings.turn_hard},
            .short_turn = {.soft = limits.short_turn_soft, .hard = limits.short_turn_hard},
            .extension = limits.turn_extension,
            .grace = limits.floor_grace,
            .abandoned_after = limits.circle_abandoned_after};
}

void Room::restore_circle(std::string_view packed, TimePoint now) {
    if (!circle_) return;
    if (auto circle = Circle::unpack(packed, times_of(settings_, limits_), now)) circle_ = std::move(circle);
    // Whoever left in the last moment before the server ended has no seat any more.
    std::vector<AccountId> gone = circle_->signed_up();
    for (const Seat& seat : circle_->seats()) gone.push_back(seat.account);
    std::erase_if(gone, [&](AccountId account) { return member(account) != nullptr; });
    for (const AccountId account : gone)
        if (const auto step = circle_->decide_left(account, now)) circle_->apply(*step);
}

// ---- talking --------------------------------------------------------------------------------------------------------

Result<void> Room::may_say(AccountId account, Voice voice) const {
    const bool is_unsigned = voice == Voice::unsigned_share;
    if (!circle_) return is_unsigned ? Result<void>(bad_field("voice")) : Result<void>();
    return is_unsigned ? circle_->may_share_unsigned(account) : circle_->may_say(account, voice);
}

void Room::note_heard(const RoomStep& posted) {
    // An unsigned share does not count: whoever is told who has not been heard yet would be told whose it was.
    if (!circle_ || posted.voice != Voice::person) return;
    if (const auto step = circle_->decide_heard(posted.author)) circle_->apply(*step);
}

TimePoint Room::due_at(const PostMessage& command, TimePoint now) const {
    if (command.voice != Voice::unsigned_share) return now + command.breath;
    return circle_->floor() ? std::max(now, circle_->floor()->hard_end) : now + limits_.short_turn_soft;
}

// ---- turns ----------------------------------------------------------------------------------------------------------

Result<void> Room::may_see_turns(AccountId account) const {
    if (!member(account)) return refuse(Errc::not_in_room);
    return circle_ ? Result<void>() : refuse(Errc::not_allowed);
}

Result<void> Room::may_take_turns(AccountId account, TimePoint now) const {
    if (!member(account)) return refuse(Errc::not_in_room);
    if (auto takes = attendance_.takes_posts(settings_, now); !takes) return takes;
    return may_see_turns(account);
}

Result<void> Room::may_ask_for_floor(const Asker& asker, TimePoint now) const {
    if (asker.sanctions && member(asker.account) && !is_closed())
        if (auto judged = judge_sanctions(*asker.sanctions, now); !judged) return judged;
    return may_take_turns(asker.account, now);
}

Result<void> Room::may_lead_turns(const Asker& asker, TimePoint now) const {
    if (auto may = may_take_turns(asker.account, now); !may) return may;
    const bool on_duty = attendance_.is_on_duty(asker.account, now);
    if (!on_duty || !asker.standing.may_moderate(id_)) return refuse(Errc::not_allowed);
    return {};
}

Circle::Decided Room::decide_sign_up(const Asker& asker, TimePoint now) const {
    const auto& all = circle_->signed_up();
    const auto is_seen = [&](AccountId one) { return is_shown_to(asker, one, now); };
    const auto seen = std::count_if(all.begin(), all.end(), is_seen);
    const std::size_t most = limits_.sign_ups_max;
    if (!circle_->has_signed_up(asker.account) && (static_cast<std::size_t>(seen) >= most || all.size() >= 2 * most))
        return refuse(Errc::draw_full);
    return circle_->decide_sign_up(asker.account);
}

std::vector<AccountId> Room::drawn_from(TimePoint now) const {
    std::vector<AccountId> accounts = circle_->signed_up();
    std::erase_if(accounts, [&](AccountId account) { return !presence_.is_present(account, now); });
    return accounts;
}

Circle::Decided Room::decide_draw(const std::vector<AccountId>& drawn, TimePoint now) const {
    std::vector<Seat> seats;
    for (const AccountId account : drawn)
        if (member(account)) seats.push_back({.account = account, .here = presence_.has_device(account)});
    return circle_->decide_draw(std::move(seats), now);
}

bool Room::sits_with(AccountId account, AccountId other) const {
    return circle_ && circle_->seat(account) && other != account && member(other);
}

std::vector<AccountId> Room::without_seat(TimePoint now) const {
    std::vector<AccountId> accounts;
    for (const auto& [account, member] : members_)
        if (member.joined && !circle_->seat(account) && !attendance_.is_on_duty(account, now))
            accounts.push_back(account);
    return accounts;
}

TrueCircle Room::true_circle(TimePoint now) const {
    const auto as_seen = [&](AccountId account) { return CirclePerson{account, ever_member(account)->person}; };
    TrueCircle circle{.room = id_, .phase = circle_->phase(), .at = now};
    circle.signed_up = {circle_->signed_up().begin(), circle_->signed_up().end()};
    circle.queue = {circle_->queue().begin(), circle_->queue().end()};
    if (const auto& floor = circle_->floor()) {
        circle.floor = as_seen(floor->holder);
        circle.soft_end = floor->soft_end;
        circle.hard_end = floor->hard_end;
    }
    // Nobody leaves unheard: told while something can still be done about it.
    for (const AccountId account : circle_->unheard())
        if (circle_->phase() >= CirclePhase::reflections || !circle_->seat(account)->here)
            circle.unheard.push_back(as_seen(account));
    return circle;
}

}  // namespace kindroom::domain
