#include "domain/circle.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "domain/packer.hpp"

namespace kindroom::domain {

namespace {

constexpr char packing_version = 1;

const std::optional<CircleStep> nothing_to_do{};

}  // namespace

const Seat* Circle::seat(AccountId account) const {
    const auto found = std::find_if(seats_.begin(), seats_.end(), [&](const Seat& s) { return s.account == account; });
    return found == seats_.end() ? nullptr : &*found;
}

Seat* Circle::seat(AccountId account) { return const_cast<Seat*>(std::as_const(*this).seat(account)); }

bool Circle::has_signed_up(AccountId account) const {
    return std::find(signed_up_.begin(), signed_up_.end(), account) != signed_up_.end();
}

bool Circle::is_waiting(AccountId account) const {
    return std::find(queue_.begin(), queue_.end(), account) != queue_.end();
}

std::vector<AccountId> Circle::unheard() const {
    std::vector<AccountId> accounts;
    for (const Seat& seat : seats_)
        if (!seat.heard) accounts.push_back(seat.account);
    return accounts;
}

Result<void> Circle::may_say(AccountId account, Voice voice) const {
    if (!is_sitting() || voice == Voice::moderator || holds_floor(account)) return {};
    return refuse(Errc::floor_taken);
}

Result<void> Circle::may_share_unsigned(AccountId account) const {
    const bool is_time = phase_ == CirclePhase::turns || phase_ == CirclePhase::reflections;
    if (!seat(account)) return refuse(Errc::not_seated);
    if (!is_time) return refuse(Errc::not_now);
    return {};
}

// ---- members --------------------------------------------------------------------------------------------------------

Circle::Decided Circle::decide_sign_up(AccountId account) const {
    if (is_sitting()) return refuse(Errc::not_now);
    if (has_signed_up(account)) return nothing_to_do;
    return CircleStep{SignedUp{account}};
}

Circle::Decided Circle::decide_raise_hand(AccountId account, TimePoint now) const {
    if (!seat(account)) return refuse(Errc::not_seated);
    if (holds_floor(account) || is_waiting(account)) return nothing_to_do;
    return CircleStep{HandRaised{account, now}};
}

Circle::Decided Circle::decide_lower_hand(AccountId account) const {
    if (has_signed_up(account)) return CircleStep{SignUpTakenBack{account}};
    if (is_waiting(account)) return CircleStep{HandLowered{account}};
    return nothing_to_do;
}

Circle::Decided Circle::decide_pass(AccountId account, TimePoint now) const {
    if (!seat(account)) return refuse(Errc::not_seated);
    if (holds_floor(account)) return CircleStep{TurnEnded{TurnEnded::Why::done, now}};
    return decide_lower_hand(account);
}

// ---- moderators -----------------------------------------------------------------------------------------------------

Circle::Decided Circle::decide_draw(std::vector<Seat> drawn, TimePoint now) const {
    if (is_sitting()) return refuse(Errc::not_now);
    if (drawn.empty()) return refuse(Errc::nobody_drawn);
    return CircleStep{SeatsDrawn{std::move(drawn), now}};
}

Circle::Decided Circle::decide_next(TimePoint now) const {
    if (!is_sitting()) return refuse(Errc::not_now);
    if (!floor_) return nothing_to_do;
    return CircleStep{TurnEnded{TurnEnded::Why::done, now}};
}

Circle::Decided Circle::decide_extend() const {
    if (!is_sitting()) return refuse(Errc::not_now);
    if (!floor_) return nothing_to_do;
    return CircleStep{TurnExtended{}};
}

Circle::Decided Circle::decide_reflections(TimePoint now) const {
    if (phase_ == CirclePhase::reflections) return nothing_to_do;
    if (phase_ != CirclePhase::check_in && phase_ != CirclePhase::turns) return refuse(Errc::not_now);
    return CircleStep{PhaseBegun{CirclePhase::reflections, now}};
}

Circle::Decided Circle::decide_close(TimePoint now) const {
    if (!is_sitting()) return nothing_to_do;
    const bool is_over = phase_ == CirclePhase::closing;
    return CircleStep{PhaseBegun{is_over ? CirclePhase::gathering : CirclePhase::closing, now}};
}

// ---- what happens to people and by itself ---------------------------------------------------------------------------

std::optional<CircleStep> Circle::decide_came(AccountId account, TimePoint now) const {
    const Seat* seated = seat(account);
    if (!seated || seated->here) return std::nullopt;
    return SeatCame{account, now};
}

std::optional<CircleStep> Circle::decide_went(AccountId account, TimePoint now) const {
    const Seat* seated = seat(account);
    if (!seated || !seated->here) return std::nullopt;
    return SeatWent{account, now};
}

std::optional<CircleStep> Circle::decide_left(AccountId account, TimePoint now) const {
    if (has_signed_up(account)) return SignUpTakenBack{account};
    if (seat(account)) return SeatLeft{account, now};
    return std::nullopt;
}

std::optional<CircleStep> Circle::decide_heard(AccountId account) const {
    const Seat* seated = seat(account);
    if (!seated || seated->heard) return std::nullopt;
    return SeatHeard{account};
}

TimePoint Circle::due_at() const {
    if (paused_at_) return never;
    TimePoint due = empty_since_ ? *empty_since_ + times_.abandoned_after : never;
    if (floor_) due = std::min(due, floor_->hard_end);
    if (floor_ && floor_->lost_at) due = std::min(due, *floor_->lost_at + times_.grace);
    return due;
}

std::optional<CircleStep> Circle::decide_due(TimePoint now) const {
    if (now < due_at()) return std::nullopt;
    if (floor_) return TurnEnded{floor_->lost_at ? TurnEnded::Why::lost : TurnEnded::Why::done, now};
    return PhaseBegun{CirclePhase::gathering, now};
}

// ---- making it so ---------------------------------------------------------------------------------------------------

void Circle::apply(const CircleStep& step) {
    std::visit([this](const auto& one) { apply_one(one); }, step);
}

void Circle::apply_one(const SeatsDrawn& step) {
    signed_up_.clear();
    seats_ = step.seats;
    note_who_is_here(step.at);
    begin(CirclePhase::check_in, step.at);
}

void Circle::apply_one(const HandRaised& step) {
    queue_.push_back(step.account);
    if (!floor_) go_on(step.at);
}

void Circle::apply_one(const TurnEnded& step) {
    KINDROOM_ASSERT(floor_.has_value());
    if (step.why == TurnEnded::Why::lost) queue_.push_back(floor_->holder);
    go_on(step.at);
}

void Circle::apply_one(const TurnExtended&) {
    KINDROOM_ASSERT(floor_.has_value());
    floor_->soft_end += times_.extension;
    floor_->hard_end += times_.extension;
}

void Circle::apply_one(const PhaseBegun& step) { begin(step.phase, step.at); }

void Circle::apply_one(const SeatLeft& step) {
    std::erase_if(seats_, [&](const Seat& seat) { return seat.account == step.account; });
    std::erase(queue_, step.account);
    if (seats_.empty()) return gather();
    note_who_is_here(step.at);
    if (holds_floor(step.account)) go_on(step.at);
}

void Circle::apply_one(const SeatCame& step) {
    seat(step.account)->here = true;
    note_who_is_here(step.at);
    if (holds_floor(step.account))
        floor_->lost_at.reset();
    else if (!floor_)
        go_on(step.at);
}

void Circle::apply_one(const SeatWent& step) {
    seat(step.account)->here = false;
    note_who_is_here(step.at);
    if (holds_floor(step.account)) floor_->lost_at = step.at;
}

void Circle::apply_one(const SeatHeard& step) { seat(step.account)->heard = true; }

void Circle::apply_one(const CircleResumed& step) {
    if (!paused_at_) return;
    if (empty_since_) empty_since_ = step.at;
    if (floor_) {
        const Duration lasted = step.at - *paused_at_;
        floor_->soft_end += lasted;
        floor_->hard_end += lasted;
        if (floor_->lost_at) floor_->lost_at = step.at;
    }
    paused_at_.reset();
}

void Circle::begin(CirclePhase phase, TimePoint at) {
    if (phase == CirclePhase::gathering) return gather();
    phase_ = phase;
    // Who waits when the reflections begin waits still.
    if (phase == CirclePhase::check_in || phase == CirclePhase::closing) {
        queue_.clear();
        for (const Seat& seat : seats_) queue_.push_back(seat.account);
    }
    go_on(at);
}

void Circle::gather() {
    phase_ = CirclePhase::gathering;
    seats_.clear();
    queue_.clear();
    floor_.reset();
    empty_since_.reset();
}

bool Circle::is_anybody_here() const {
    return std::any_of(seats_.begin(), seats_.end(), [](const Seat& seat) { return seat.here; });
}

void Circle::note_who_is_here(TimePoint at) {
    if (is_anybody_here())
        empty_since_.reset();
    else if (!empty_since_)
        empty_since_ = at;
}

void Circle::give_floor(AccountId account, TimePoint at) {
    floor_ = Floor{.holder = account, .soft_end = at + length().soft, .hard_end = at + length().hard};
}

void Circle::go_on(TimePoint at) {
    floor_.reset();
    const auto is_here = [&](AccountId account) { return seat(account)->here; };
    if (const auto next = std::find_if(queue_.begin(), queue_.end(), is_here); next != queue_.end()) {
        const AccountId account = *next;
        queue_.erase(next);
        return give_floor(account, at);
    }
    // With nobody here a round waits for them.
    if (!is_anybody_here()) return;
    if (phase_ == CirclePhase::check_in) phase_ = CirclePhase::turns;
    if (phase_ == CirclePhase::closing) gather();
}

TurnLength Circle::length() const { return phase_ == CirclePhase::turns ? times_.turn : times_.short_turn; }

// ---- durable --------------------------------------------------------------------------------------------------------

std::string Circle::pack() const {
    Packer packer(packing_version);
    packer.number(static_cast<std::int64_t>(phase_));
    packer.number(std::ssize(signed_up_));
    for (const AccountId account : signed_up_) packer.id(account);
    packer.number(std::ssize(seats_));
    for (const Seat& seat : seats_) packer.id(seat.account).number(seat.heard ? 1 : 0);
    packer.number(std::ssize(queue_));
    for (const AccountId account : queue_) packer.id(account);
    packer.id(floor_ ? floor_->holder : AccountId{});
    return packer.take();
}

std::optional<Circle> Circle::unpack(std::string_view packed, CircleTimes times, TimePoint now) {
    Unpacker unpacker(packed);
    if (unpacker.version() != packing_version) return std::nullopt;
    Circle circle(times);
    circle.phase_ = unpacker.one_of(CirclePhase::gathering, CirclePhase::closing);
    for (std::size_t left = unpacker.count(); left > 0; --left)
        circle.signed_up_.push_back(unpacker.id<AccountId>());
    for (std::size_t left = unpacker.count(); left > 0; --left) {
        const auto account = unpacker.id<AccountId>();
        circle.seats_.push_back({.account = account, .here = false, .heard = unpacker.number() != 0});
    }
    for (std::size_t left = unpacker.count(); left > 0; --left) {
        const auto account = unpacker.id<AccountId>();
        if (!circle.seat(account)) unpacker.fail();
        circle.queue_.push_back(account);
    }
    const auto holder = unpacker.id<AccountId>();
    if (!unpacker.done() || (!holder.is_nil() && !circle.seat(holder))) return std::nullopt;
    if (circle.is_sitting()) circle.note_who_is_here(now);
    if (holder.is_nil()) return circle;
    circle.give_floor(holder, now);
    circle.floor_->lost_at = now;
    return circle;
}

}  // namespace kindroom::domain
