// Whether a room takes words: who looks after it, what a moderator has ordered, and its opening hours.
//
// Nothing is switched by a timer here: each answer follows from `now`, so that a clock which is looked at late lets no
// word through. next_turn() says when to look again, to tell those who are there.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/limits.hpp"
#include "base/time_zone.hpp"
#include "domain/settings.hpp"

namespace kindroom::domain {

class Attendance {
  public:
    // As it is loaded: whoever looked after it before has gone long ago, so a room that needs somebody starts paused.
    // `limits` and `zone` must outlive it.
    Attendance(RoomState stored, const Limits& limits, const TimeZone& zone);
    // The same people are on duty as before the room was loaded anew.
    void take_over_duty(const Attendance& before);

    // -- who looks after it: not durable, for a moderator who is not connected looks after nobody --

    // Returns whether they were not on duty before. Ends by itself when their last device has been gone for
    // duty_linger: a short break of a connection is no absence.
    bool go_on_duty(AccountId account, TimePoint now);
    // Returns whether they were on duty.
    bool go_off_duty(AccountId account, TimePoint now);
    void device_came(AccountId account, TimePoint now);
    void last_device_went(AccountId account, TimePoint now);
    bool is_on_duty(AccountId account, TimePoint now) const;
    bool has_duty(TimePoint now) const { return attended_until() > now; }
    std::vector<AccountId> on_duty(TimePoint now) const;
    // From now on it needs somebody: whoever is not there yet gets the same time to come as if they had just gone.
    void begins_to_need(TimePoint now);

    // -- ordered by hand: durable --

    void pause(std::string sentence);
    void resume();
    void close() { stored_ = RoomState::closed; }
    // Open, paused (by hand) or closed.
    RoomState stored() const { return stored_; }
    const std::string& sentence() const { return sentence_; }

    // -- what follows --

    RoomState state(const RoomSettings& settings, TimePoint now) const;
    // Fills in what follows from the time: state, when it pauses, when it opens, who is on duty, the sentence.
    void describe(RoomCard& card, TimePoint now) const;
    // Whether a post is taken. Refuses with room_unavailable, room_paused, or room_out_of_hours with retry_at.
    Result<void> takes_posts(const RoomSettings& settings, TimePoint now) const;
    // When any of this changes by itself; `never` if it does not.
    TimePoint next_turn(const RoomSettings& settings, TimePoint now) const;
    // Whether nobody is on duty and the room does not know yet what comes of it.
    bool is_winding_down(const RoomSettings& settings, TimePoint now) const;

  private:
    // `never` while somebody is here.
    TimePoint attended_until() const;
    TimePoint winds_down_at() const;
    TimePoint pauses_at() const;

    const Limits& limits_;
    const TimeZone& zone_;
    RoomState stored_;
    std::string sentence_;
    // Until when somebody is on duty: `never` while a device of theirs is here.
    std::map<AccountId, TimePoint> duty_;
    // When the last one of them went.
    TimePoint unattended_since_{};
};

// A card that hung in the hall for a while, as it reads now: rooms that nobody visits tell nobody of their hours.
RoomCard card_at(RoomCard card, const TimeZone& zone, TimePoint now);

}  // namespace kindroom::domain
