// One circle: sharing in turns. Who has signed up, who is seated, whose turn it is and who waits for one. Pure: knows
// no clock, no store, and not who sees whom.
//
// decide_...(...) answers whether something may happen and what it would be; apply(...) makes it so, and moves the
// floor on where that follows. What nobody does happens by itself: ask for due_at(), and then decide_due().
//
// A sitting goes through check-in (a short turn for each), turns (for those who raise a hand), reflections (short words
// to what was heard, for those who raise a hand) and closing (last words, a short turn for each); then the circle
// gathers for the next one. While people gather everybody may speak. In a sitting there is one floor: either one person
// holds it, or it is free and nobody who is here waits for it.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "domain/circle_view.hpp"
#include "domain/people.hpp"

namespace kindroom::domain {

// How long a turn lasts: after `soft` one should come to an end, after `hard` the floor goes on.
struct TurnLength {
    Duration soft{};
    Duration hard{};
};

// The same for all.
struct CircleTimes {
    // Of the phase of turns.
    TurnLength turn;
    // Of check-in, reflections and closing.
    TurnLength short_turn;
    // What a moderator adds to a turn at once.
    Duration extension{};
    // How long the floor waits for a holder whose devices have gone.
    Duration grace{};
    // After how long a sitting in which nobody is left is over.
    Duration abandoned_after{};
};

struct Seat {
    AccountId account;
    // Some device of theirs is here. Not durable.
    bool here = false;
    // They have said something in this sitting.
    bool heard = false;
    friend bool operator==(const Seat&, const Seat&) = default;
};

struct Floor {
    AccountId holder;
    TimePoint soft_end{};
    TimePoint hard_end{};
    // Since when none of the holder's devices is here.
    std::optional<TimePoint> lost_at{};
    friend bool operator==(const Floor&, const Floor&) = default;
};

struct SignedUp {
    AccountId account;
};
struct SignUpTakenBack {
    AccountId account;
};
struct SeatsDrawn {
    std::vector<Seat> seats;
    TimePoint at{};
};
struct HandRaised {
    AccountId account;
    TimePoint at{};
};
struct HandLowered {
    AccountId account;
};
struct TurnEnded {
    // `lost`: the holder went away in the middle; it is theirs again at the end of the queue.
    enum class Why : std::uint8_t { done, lost };
    Why why = Why::done;
    TimePoint at{};
};
struct TurnExtended {};
struct PhaseBegun {
    CirclePhase phase = CirclePhase::gathering;
    TimePoint at{};
};
struct SeatLeft {
    AccountId account;
    TimePoint at{};
};
struct SeatCame {
    AccountId account;
    TimePoint at{};
};
struct SeatWent {
    AccountId account;
    TimePoint at{};
};
struct SeatHeard {
    AccountId account;
};
// The room is paused, and time with it.
struct CirclePaused {
    TimePoint at{};
};
struct CircleResumed {
    TimePoint at{};
};

using CircleStep = std::variant<SignedUp, SignUpTakenBack, SeatsDrawn, HandRaised, HandLowered, TurnEnded, TurnExtended,
                                PhaseBegun, SeatLeft, SeatCame, SeatWent, SeatHeard, CirclePaused, CircleResumed>;

class Circle {
  public:
    explicit Circle(CircleTimes times) : times_(times) {}

    CirclePhase phase() const { return phase_; }
    bool is_sitting() const { return phase_ != CirclePhase::gathering; }
    // In the order in which they were drawn.
    const std::vector<Seat>& seats() const { return seats_; }
    const Seat* seat(AccountId account) const;
    // In no order that means anything.
    const std::vector<AccountId>& signed_up() const { return signed_up_; }
    bool has_signed_up(AccountId account) const;
    // Nothing: it is free, or nobody is seated.
    const std::optional<Floor>& floor() const { return floor_; }
    bool holds_floor(AccountId account) const { return floor_ && floor_->holder == account; }
    // Those who wait for the floor, the next one first. Those who are not here are passed over and keep their place.
    const std::deque<AccountId>& queue() const { return queue_; }
    bool is_waiting(AccountId account) const;
    bool is_paused() const { return paused_at_.has_value(); }
    // Those who are seated and have not said anything yet (PRODUCT: nobody leaves unheard).
    std::vector<AccountId> unheard() const;

    // Whether they may say something in this voice now. Refuses with floor_taken whoever does not hold the floor;
    // an unsigned share with not_seated, and with not_now outside of turns and reflections. It needs no floor, for then
    // the floor would be its name. The role voice is always heard.
    Result<void> may_say(AccountId account, Voice voice) const;
    Result<void> may_share_unsigned(AccountId account) const;

    // -- members --
    // Nothing to do reads as done. Refuse with not_now or not_seated.
    using Decided = Result<std::optional<CircleStep>>;
    Decided decide_sign_up(AccountId account) const;
    Decided decide_raise_hand(AccountId account, TimePoint now) const;
    // Takes back a hand, or while people gather, a sign-up.
    Decided decide_lower_hand(AccountId account) const;
    // Ends one's own turn, or lowers the hand of somebody who waits.
    Decided decide_pass(AccountId account, TimePoint now) const;

    // -- moderators --
    // Refuse with not_now; the draw also with nobody_drawn.
    Decided decide_draw(std::vector<Seat> drawn, TimePoint now) const;
    Decided decide_next(TimePoint now) const;
    Decided decide_extend() const;
    Decided decide_reflections(TimePoint now) const;
    // Last words first; in the closing, the end of it.
    Decided decide_close(TimePoint now) const;

    // -- what happens to people and by itself --
    // Nothing: it makes no difference to the circle.
    std::optional<CircleStep> decide_came(AccountId account, TimePoint now) const;
    std::optional<CircleStep> decide_went(AccountId account, TimePoint now) const;
    std::optional<CircleStep> decide_left(AccountId account, TimePoint now) const;
    std::optional<CircleStep> decide_heard(AccountId account) const;
    // When the floor goes on by itself, or a sitting that everybody has gone from is over; `never` for neither.
    TimePoint due_at() const;
    std::optional<CircleStep> decide_due(TimePoint now) const;

    void apply(const CircleStep& step);
    // For settings that changed: of turns that begin afterwards.
    void set_times(CircleTimes times) { times_ = times; }

    // -- durable --
    // Whatever must outlive a restart: all but who is here, and the ends of a turn.
    std::string pack() const;
    // Nobody is here yet. A turn that was interrupted begins anew, and waits for its holder as for one who has just
    // gone. Nothing for bytes that were not packed here.
    static std::optional<Circle> unpack(std::string_view packed, CircleTimes times, TimePoint now);

  private:
    void apply_one(const SignedUp& step) { signed_up_.push_back(step.account); }
    void apply_one(const SignUpTakenBack& step) { std::erase(signed_up_, step.account); }
    void apply_one(const SeatsDrawn& step);
    void apply_one(const HandRaised& step);
    void apply_one(const HandLowered& step) { std::erase(queue_, step.account); }
    void apply_one(const TurnEnded& step);
    void apply_one(const TurnExtended&);
    void apply_one(const PhaseBegun& step);
    void apply_one(const SeatLeft& step);
    void apply_one(const SeatCame& step);
    void apply_one(const SeatWent& step);
    void apply_one(const SeatHeard& step);
    void apply_one(const CirclePaused& step) { paused_at_ = step.at; }
    void apply_one(const CircleResumed& step);

    Seat* seat(AccountId account);
    void begin(CirclePhase phase, TimePoint at);
    void gather();
    void give_floor(AccountId account, TimePoint at);
    bool is_anybody_here() const;
    void note_who_is_here(TimePoint at);
    // To the next one who is here; if there is none, to nobody, and a round of all is over.
    void go_on(TimePoint at);
    TurnLength length() const;

    CircleTimes times_;
    CirclePhase phase_ = CirclePhase::gathering;
    std::vector<AccountId> signed_up_;
    std::vector<Seat> seats_;
    std::deque<AccountId> queue_;
    std::optional<Floor> floor_;
    std::optional<TimePoint> paused_at_;
    // Since when nobody who is seated is here.
    std::optional<TimePoint> empty_since_;
};

}  // namespace kindroom::domain
