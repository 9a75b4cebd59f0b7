// One room: who is in it, who may speak, and in which order things were said. Pure: knows no socket, no store, no
// clock.
//
// decide(...) answers whether something may happen and what it would be; it changes nothing. apply(...) makes it so.
// What decide() gave must be applied at once or never: positions follow one another.
#pragma once

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "domain/asker.hpp"
#include "domain/attendance.hpp"
#include "domain/circle.hpp"
#include "domain/command.hpp"
#include "domain/door.hpp"
#include "domain/event.hpp"
#include "domain/first_visits.hpp"
#include "domain/pile_on.hpp"
#include "domain/presence.hpp"
#include "domain/rates.hpp"
#include "domain/reply.hpp"
#include "domain/review.hpp"
#include "domain/room_parts.hpp"

namespace kindroom::domain {

CircleTimes times_of(const RoomSettings& settings, const Limits& limits);

class Room {
  public:
    // `state` as it is stored: open, paused by hand, or closed. `limits` and `zone` must outlive the room.
    Room(RoomId id, RoomSettings settings, RoomState state, Position head, const Limits& limits,
         const TimeZone& zone = utc);

    RoomId id() const { return id_; }
    const RoomSettings& settings() const { return settings_; }
    // Whether it takes words, and who looks after it.
    Attendance& attendance() { return attendance_; }
    const Attendance& attendance() const { return attendance_; }
    // Who knocks, and invites.
    Door& door() { return door_; }
    Position head() const { return head_; }
    // Members only: somebody who has left has no place any more.
    const Member* member(AccountId account) const;
    // Also those who have left; for names beside older words.
    const Member* ever_member(AccountId account) const;
    std::vector<AccountId> ever_members() const;
    RoomCard card(bool joined, TimePoint now) const;
    Presence& presence() { return presence_; }
    void device_came(AccountId account, TimePoint now);
    void device_went(AccountId account, TimePoint now);
    // Who has, or had, this token. Role voices are nobody's.
    struct Found {
        AccountId account;
        const Member* member = nullptr;
    };
    std::optional<Found> find(PersonToken token) const;
    // As they are called by this viewer, who may not learn how they have been called since.
    Person known_as(const Found& found, const Visibility& viewer, TimePoint now) const;
    // Of a direct room: the other one, also when they have left.
    std::optional<AccountId> other_than(AccountId account) const;
    // Whether nobody has said anything for so long that a contact rests; `since` is when the room was made.
    bool is_quiet(TimePoint since, TimePoint now) const;
    // What a member may see of the past.
    Horizon horizon(const Member& member) const;

    // -- coming and going --

    // Coming in, or taking another name when in already. Refuses with out_of_room whoever a decision keeps out, and
    // with room_unavailable whatever the cause: closed, full, or not for this person. Fullness is judged from the
    // asker's own view (PRODUCT, "Joining"): people hidden from them do not count, up to the hard ceiling of twice the
    // seats. Into a direct room nobody comes by joining, and into one that is not open to all only who was let in or
    // has an invite. A first visit begins with listening.
    Result<MemberJoined> decide_join(const Asker& asker, const Person& person, TimePoint now,
                                     std::optional<SecretHash> invite = std::nullopt) const;
    // Whether knocking may lead in: refuses with room_unavailable, judged as joining is.
    Result<void> may_knock(const Asker& asker, TimePoint now) const;
    // Reading what is said in a room one is in. Refuses with not_in_room, and out_of_room.
    Result<const Member*> may_read(const Asker& asker, TimePoint now) const;
    // Listening to it again. Refuses as may_read, and with room_unavailable at the hard ceiling.
    Result<void> may_listen(const Asker& asker, TimePoint now) const;
    // Nothing if they are not in it: leaving is never refused.
    std::optional<MemberLeft> decide_leave(AccountId account, TimePoint now) const;
    // Whether in the roster `here` is somebody whom the asker would want to be told of before they go in.
    bool holds_somebody_to_warn_of(const Asker& asker, const TrueRoster& here) const;

    // -- talking --
    // The times of steps follow their order: a clock that was set back moves nothing into an earlier time, so a time of
    // darkness between two people cannot be lit by it.

    // The answer to a post that was accepted before under the same key, if it was; idempotency_mismatch if what is
    // asked differs. Asked before anything is charged or judged, so that a repetition is answered alike in every state.
    Result<std::optional<MessageAccepted>> repeated(AccountId author, const PostMessage& command,
                                                    SecretHash digest) const;
    // Whether anything that they say is taken now. Refuses with not_in_room, room_unavailable, room_paused,
    // room_out_of_hours or listen_only (both with retry_at), and before these, where a decision imposes it, with
    // out_of_room, listen_only, or, of a direct room, no_contacts. Asked before anything is charged, so that a refusal
    // costs nothing but time.
    Result<void> may_speak(const Asker& asker, TimePoint now) const;
    // Takes from the author's rate in this room, whatever becomes of the post; refuses with rate_limited and retry_at.
    Result<void> charge_post(const Asker& asker, TimePoint now);
    // Once nothing else keeps it from being taken: the author's slot of the slow mode. Refuses with slow_mode and
    // retry_at.
    Result<void> charge_slow_mode(AccountId author, TimePoint now);
    // Whether the author may post now, and the step it would be. `as` is how they are seen in this voice. The link to
    // another message is kept where the author can see that message, and dropped without a word where not; so is the
    // mention of a person. Refuses with what may_speak() says, not_allowed (the role voice is for those on duty),
    // text_empty, text_too_long, bad_field for labels that the room does not have, too many of them or of mentions, or
    // a breath that is too long, and many_to_one where so many turn to one person. Boundaries between people are
    // never a ground: they change who sees, not who may speak (PRODUCT X4).
    Result<RoomStep> decide_post(const PostMessage& command, const Asker& asker, const Person& as, MessageId id,
                                 TimePoint now) const;
    // `present` is the message as it stands, or null if its words are gone. Refuses with not_in_room, message_gone
    // (unknown, retracted or somebody else's: one answer), edit_too_late (also after edits_max edits), text_empty,
    // text_too_long. The message must have been remembered if it is old: see knows().
    Result<RoomStep> decide_edit(const EditMessage& command, const Asker& asker, const Message* present,
                                 TimePoint now) const;
    // Nothing: it is gone already, or was never one's own to take back and is not visible; both read as done.
    Result<std::optional<RoomStep>> decide_retract(const RetractMessage& command, const Asker& asker,
                                                   TimePoint now) const;
    // The step that takes back words of which enough is known, whoever asked for it.
    RoomStep retraction_of(MessageId message, const Spoken& spoken, TimePoint now) const;

    // Whether a decision keeps them from speaking here. Refuses with out_of_room, listen_only and no_contacts.
    Result<void> judge_sanctions(const Sanctions& sanctions, TimePoint now) const;

    // -- a circle (room_circle.cpp) --

    // Null in a room of another kind. What is decided there is made so by apply(CircleStep).
    const Circle* circle() const { return circle_ ? &*circle_ : nullptr; }
    // Refuses with not_in_room, and with not_allowed in a room that is no circle.
    Result<void> may_see_turns(AccountId account) const;
    // Likewise, and with what refuses every post in the room.
    Result<void> may_take_turns(AccountId account, TimePoint now) const;
    // Likewise, and with what was decided about them: the floor is for those who may speak.
    Result<void> may_ask_for_floor(const Asker& asker, TimePoint now) const;
    // As may_take_turns, and with not_allowed whoever is not on duty.
    Result<void> may_lead_turns(const Asker& asker, TimePoint now) const;
    // As Circle does; also refuses with draw_full. How many have signed up is judged from the asker's own view, up to a
    // hard ceiling, as coming in is.
    Circle::Decided decide_sign_up(const Asker& asker, TimePoint now) const;
    // Those who have signed up and are here.
    std::vector<AccountId> drawn_from(TimePoint now) const;
    // Seats for these; refuses as Circle does.
    Circle::Decided decide_draw(const std::vector<AccountId>& drawn, TimePoint now) const;
    // Whether they are seated in a sitting at which this other one is as well, be it to look after it.
    bool sits_with(AccountId account, AccountId other) const;
    // Those who have no place in a sitting: neither seated nor on duty.
    std::vector<AccountId> without_seat(TimePoint now) const;
    TrueCircle true_circle(TimePoint now) const;
    // Once members are restored. Whoever is not one any more has no seat either.
    void restore_circle(std::string_view packed, TimePoint now);

    // -- taking a breath --

    // As decide_post, for a post that is accepted now and shown when its breath is over. The role voice takes none: it
    // belongs to those who are on duty at that moment. An unsigned share waits until the turn is over in which it was
    // made, so that it does not interrupt it, and the moment does not tell whose it is.
    Result<PostHeld> decide_hold(const PostMessage& command, const Asker& asker, const Person& as, MessageId id,
                                 TimePoint now) const;
    // When its time has come, or a moderator lets it through: the step that it is, at the newest place. The message
    // that it answers must have been remembered. Refuses with not_in_room, room_unavailable, room_paused,
    // room_out_of_hours or listen_only: then it goes back to its author, at once or when nobody lets it through in
    // time.
    Result<RoomStep> decide_release(MessageId message, TimePoint now) const;
    const PostHeld* held(MessageId message) const;
    std::vector<MessageId> held_by(AccountId author) const;
    // Those whose time has come, in that order.
    std::vector<MessageId> due(TimePoint now) const;
    // When the next one is due; `never` for none.
    TimePoint next_due() const;
    // It was taken back or given back.
    void forget_held(MessageId message) { held_.erase(message); }

    // -- holding for review (room_review.cpp) --

    // Whether a moderator is to see it first because it is one of the author's first messages here.
    bool is_among_first_messages(AccountId author) const;
    // As decide_post, for a post that is accepted now and waits for a moderator. Refuses with too_many where so many of
    // this person wait already, or came back and were not taken. In a direct room, and in the role voice, nothing
    // waits.
    Result<PostHeld> decide_review(const PostMessage& command, const Asker& asker, const Person& as, MessageId id,
                                   Hold why, TimePoint now) const;
    // What only a moderator on duty does: looking at what waits, answering the door, letting those speak who listen.
    // Refuses with not_in_room, or not_allowed for whoever is not on duty or may not moderate any more.
    Result<void> may_look_after(const Asker& asker, TimePoint now) const;
    // One that this moderator is to look at: not their own, nor of somebody who blocked the person behind the role.
    // Else null.
    const PostHeld* for_review(MessageId message, const Asker& asker, TimePoint now) const;
    std::vector<HeldCard> for_review(const Asker& asker, TimePoint now) const;
    std::vector<HeldCard> cards_of(AccountId author) const;
    // It went back and waits with its author until they take it.
    void give_back(MessageId message, Return back);
    // No moderator needs to look at it any more: it is as if its author had taken a breath, which is over now.
    void let_go(MessageId message, TimePoint now);
    // Whether anything is still to be shown or looked at.
    bool has_waiting() const;

    // Whether enough is known of a message to judge what concerns it; if not, look it up and remember() it.
    bool knows(MessageId message) const { return spoken_.contains(message); }
    const Spoken* spoken(MessageId message) const;
    void remember(MessageId message, const Spoken& spoken);
    void remember(AccountId author, ClientKey key, const AcceptedBefore& accepted);
    // Forgets repetitions that are older than idempotency_kept.
    void forget_old_posts(TimePoint now);

    // -- looking after it --

    // Refuse with not_allowed, or room_unavailable once it is closed. Nobody looks after a direct room: it is as
    // unavailable as one that does not exist.
    Result<SettingsChanged> decide_change(const RoomSettings& settings, const Standing& standing, TimePoint now) const;
    Result<SettingsChanged> decide_policy(JoinPolicy policy, const Standing& standing, TimePoint now) const;
    Result<RoomClosed> decide_close(const Standing& standing) const;
    // Also refuses with text_empty and text_too_long: whoever pauses a room says why.
    Result<RoomPaused> decide_pause(std::string sentence, const Standing& standing) const;
    Result<TalkResumed> decide_resume(const Standing& standing) const;
    Result<RoomInvite> decide_invite(const CreateRoomInvite& command, SecretHash code, const Standing& standing,
                                     TimePoint now) const;
    // Until when they only listen, and why. Nothing: they may speak, as far as that goes.
    std::optional<Listening> listening(const Asker& asker, TimePoint now) const;
    // Those who may speak from now on: this one, or all who only listen.
    std::vector<AccountId> listeners(std::optional<PersonToken> token, TimePoint now) const;
    void let_speak(AccountId account) { members_[account].listens_until = TimePoint{}; }
    // Whether nobody else is who looks after the room, as far as this moderator is shown (PRODUCT X3): that somebody
    // who is hidden from them does must not be told by what they may decide.
    bool is_alone_on_duty(const Asker& asker, TimePoint now) const;
    // Of somebody whose account is gone.
    void forget_names(AccountId account) {
        members_[account].person.name.clear();
        members_[account].former_names.clear();
    }
    // Refuses with not_in_room or not_allowed. A role voice cannot be blocked, so there is none between two contacts.
    Result<void> may_go_on_duty(const Asker& asker) const;
    void apply(const MemberJoined& event);
    void apply(const MemberLeft& event);
    void apply(const RoomStep& event);
    void apply(const PostHeld& event) { held_.insert_or_assign(event.message.id, event); }
    void apply(const SettingsChanged& event);
    void apply(const CircleStep& event) { circle_->apply(event); }
    void apply(const RoomClosed&) { attendance_.close(); }
    void apply(const RoomPaused& event) { attendance_.pause(event.sentence); }
    void apply(const TalkResumed&) { attendance_.resume(); }
    // For one that is loaded from the store.
    void restore(AccountId account, Member member) { members_[account] = std::move(member); }
    void restore_last_at(TimePoint at) { last_at_ = std::max(last_at_, at); }
    // A restart makes nobody faster, and lets no crowd turn to one person.
    void restore_pace(AccountId author, TimePoint posted_at, TimePoint now);
    void restore_turns(const RoomStep& posted, TimePoint now);

    // -- the roster --

    // The true roster now: joined and present. Each viewer's own view of it is made through Visibility.
    std::vector<RosterEntry> roster(TimePoint now) const;

  private:
    Result<const Member*> speaking_member(AccountId account, TimePoint now) const;
    Result<const Member*> speaking_member(const Asker& asker, TimePoint now) const;
    bool is_closed() const { return attendance_.stored() == RoomState::closed; }
    Result<void> may_look_after(const Standing& standing) const;
    bool may_enter(const Asker& asker, std::optional<SecretHash> invite, TimePoint now) const;
    Member coming_member(const Asker& asker, const Person& person, TimePoint now) const;
    // Whether the turns of a circle let them speak; in other rooms there are none, and nothing unsigned.
    Result<void> may_say(AccountId account, Voice voice) const;
    void note_heard(const RoomStep& posted);
    Result<void> judge_text(std::string_view text) const;
    Result<void> judge_extras(const PostMessage& command) const;
    Result<Message> judge_post(const PostMessage& command, const Asker& asker, const Person& as, MessageId id,
                               TimePoint now) const;
    std::vector<Mention> mentions_of(const PostMessage& command, const Asker& asker, Horizon horizon,
                                     TimePoint now) const;
    void link(Message& message, MessageId target) const;
    RoomStep step_of(Message message, TimePoint now) const;
    TimePoint step_time(TimePoint now) const { return std::max(now, last_at_); }
    std::vector<FormerName> former_names(const Asker& asker, const Person& person, TimePoint now) const;
    // How many people make it full for one who would like to come in.
    std::size_t places() const;
    TimePoint due_at(const PostMessage& command, TimePoint now) const;
    bool is_shown_to(const Asker& asker, AccountId account, TimePoint now) const;
    std::size_t present_for(const Asker& asker, TimePoint now) const;
    bool is_over_ceiling(AccountId account, TimePoint now) const;
    bool has_place_for(const Asker& asker, TimePoint now) const;

    RoomId id_;
    RoomSettings settings_;
    Position head_;
    // When the newest step happened.
    TimePoint last_at_{};
    const Limits& limits_;
    std::map<AccountId, Member> members_;
    Presence presence_;
    Attendance attendance_;
    Door door_;
    FirstVisits first_visits_;
    PileOn pile_on_;
    std::optional<Circle> circle_;
    // Bounded by the authors' rates and breath_max; of those who wait for a moderator, by held_for_review_max for each.
    std::map<MessageId, PostHeld> held_;

    // Bounded by window_steps; the oldest is forgotten first and can be looked up in the store.
    std::unordered_map<MessageId, Spoken> spoken_;
    std::deque<MessageId> spoken_order_;
    // Bounded by time and by the authors' rates.
    std::map<std::pair<AccountId, ClientKey>, AcceptedBefore> accepted_;
    std::deque<std::pair<TimePoint, std::pair<AccountId, ClientKey>>> accepted_order_;

    struct Pace {
        TokenBucket posts;
        TokenBucket slow_mode;
    };
    std::map<AccountId, Pace> pace_;
};

}  // namespace kindroom::domain
