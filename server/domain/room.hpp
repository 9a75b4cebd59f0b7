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
#include <set>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "domain/command.hpp"
#include "domain/event.hpp"
#include "domain/presence.hpp"
#include "domain/rates.hpp"
#include "domain/reply.hpp"
#include "domain/visibility.hpp"

namespace kindroom::domain {

// Somebody who asks something of a room, with all that the room needs to know of them.
struct Asker {
    AccountId account;
    Standing standing;
    VisibilityPtr visibility;
    // In the account's first hour everything goes a little slower.
    bool is_newcomer = false;
};

// A name that somebody had in a room before the present one.
struct FormerName {
    std::string name;
    TimePoint until{};
    friend bool operator==(const FormerName&, const FormerName&) = default;
};

// Somebody's place in a room. Stays after leaving, so that a name can still be shown beside older words.
struct Member {
    bool joined = true;
    // They see what follows this position.
    Position joined_after{};
    Person person;
    // When they left; of no meaning while they are in.
    TimePoint left_at{};
    // Oldest first; only those by which somebody still has to know them whom they block (PRODUCT look 12).
    std::vector<FormerName> former_names{};
};

struct MemberJoined {
    AccountId account;
    Member member;
};
struct MemberLeft {
    AccountId account;
    TimePoint at{};
};
struct SettingsChanged {
    RoomSettings settings;
};
struct RoomClosed {};

// A post that was accepted and that nobody sees yet, its author neither, because they wished so (PRODUCT, "Breath").
struct PostHeld {
    // As it will be said; its place and its time it gets when it is shown.
    Message message;
    TimePoint due_at{};
};

// A post that was accepted, as it is remembered for its repetitions.
struct AcceptedBefore {
    SecretHash digest;
    MessageId message;
    TimePoint posted_at{};
    // While it is held.
    std::optional<TimePoint> appears_at{};
};

// What a room remembers of a message in order to judge edits, retractions and replies.
struct Spoken {
    AccountId author;
    Voice voice = Voice::person;
    Position position{};
    TimePoint posted_at{};
    bool retracted = false;
};

// Settings that a room can have that somebody makes, or bad_field. Fills in the defaults; texts are cleaned before.
Result<RoomSettings> judge_settings(RoomSettings settings, const Limits& limits);

class Room {
  public:
    // `limits` must outlive the room.
    Room(RoomId id, RoomSettings settings, RoomState state, Position head, const Limits& limits);

    RoomId id() const { return id_; }
    const RoomSettings& settings() const { return settings_; }
    RoomState state() const { return state_; }
    Position head() const { return head_; }
    // Members only: somebody who has left has no place any more.
    const Member* member(AccountId account) const;
    // Also those who have left; for names beside older words.
    const Member* ever_member(AccountId account) const;
    bool is_on_duty(AccountId account) const { return on_duty_.contains(account); }
    RoomCard card(bool joined) const;
    Presence& presence() { return presence_; }
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

    // Coming in, or taking another name when in already. Refuses with room_unavailable whatever the cause: closed,
    // full, or not for this person. Fullness is judged from the asker's own view (PRODUCT, "Joining"): people hidden
    // from them do not count, up to the hard ceiling of twice the seats. Into a direct room nobody comes by joining.
    Result<MemberJoined> decide_join(const Asker& asker, const Person& person, TimePoint now) const;
    // Listening again to a room one is in. Refuses with not_in_room, or room_unavailable at the hard ceiling.
    Result<void> may_listen(const Asker& asker, TimePoint now) const;
    // Nothing if they are not in it: leaving is never refused.
    std::optional<MemberLeft> decide_leave(AccountId account, TimePoint now) const;
    // Whether somebody is there whom the asker would want to be told of before they go in.
    bool holds_somebody_to_warn_of(const Asker& asker, TimePoint now) const;

    // -- talking --
    // The times of steps follow their order: a clock that was set back moves nothing into an earlier time, so a time of
    // darkness between two people cannot be lit by it.

    // The answer to a post that was accepted before under the same key, if it was; idempotency_mismatch if what is
    // asked differs. Asked before anything is charged or judged, so that a repetition is answered alike in every state.
    Result<std::optional<MessageAccepted>> repeated(AccountId author, const PostMessage& command,
                                                    SecretHash digest) const;
    // Takes from the author's rate in this room; refuses with rate_limited or slow_mode, both with retry_at.
    Result<void> charge_post(const Asker& asker, TimePoint now);
    // Whether the author may post now, and the step it would be. `as` is how they are seen in this voice. The link to
    // another message is kept where the author can see that message, and dropped without a word where not; so is the
    // mention of a person. Refuses with not_in_room, not_allowed (the role voice is for those on duty), room_paused,
    // text_empty, text_too_long, and bad_field for labels that the room does not have, too many of them or of mentions,
    // or a breath that is too long. Boundaries between people are never a ground: they change who sees, not who may
    // speak (PRODUCT X4).
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

    // -- taking a breath --

    // As decide_post, for a post that is accepted now and shown when its breath is over. The role voice takes none: it
    // belongs to those who are on duty at that moment.
    Result<PostHeld> decide_hold(const PostMessage& command, const Asker& asker, const Person& as, MessageId id,
                                 TimePoint now) const;
    // When its time has come: the step that it is, at the newest place. The message that it answers must have been
    // remembered. Refuses with not_in_room, room_paused or room_unavailable: then it goes back to its author.
    Result<RoomStep> decide_release(MessageId message, TimePoint now) const;
    const PostHeld* held(MessageId message) const;
    std::vector<MessageId> held_by(AccountId author) const;
    // Those whose time has come, in that order.
    std::vector<MessageId> due(TimePoint now) const;
    // When the next one is due; `never` for none.
    TimePoint next_due() const;
    // It was taken back or given back.
    void forget_held(MessageId message) { held_.erase(message); }

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
    Result<SettingsChanged> decide_change(const RoomSettings& settings, const Standing& standing) const;
    Result<RoomClosed> decide_close(const Standing& standing) const;
    // Refuses with not_in_room or not_allowed. A role voice cannot be blocked, so there is none between two contacts.
    Result<void> may_go_on_duty(const Asker& asker) const;
    // Duty is not durable: a moderator who is not connected looks after nobody. Each returns whether it changed
    // anything.
    bool go_on_duty(AccountId account) { return on_duty_.insert(account).second; }
    bool go_off_duty(AccountId account) { return on_duty_.erase(account) > 0; }

    void apply(const MemberJoined& event);
    void apply(const MemberLeft& event);
    void apply(const RoomStep& event);
    void apply(const PostHeld& event) { held_.insert_or_assign(event.message.id, event); }
    void apply(const SettingsChanged& event) { settings_ = event.settings; }
    void apply(const RoomClosed&) { state_ = RoomState::closed; }
    // For one that is loaded from the store.
    void restore(AccountId account, Member member) { members_[account] = std::move(member); }
    void restore_last_at(TimePoint at) { last_at_ = std::max(last_at_, at); }

    // -- the roster --

    // The true roster now: joined and present. Each viewer's own view of it is made through Visibility.
    std::vector<RosterEntry> roster(TimePoint now) const;

  private:
    Result<const Member*> speaking_member(AccountId account) const;
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
    std::size_t present_for(const Asker& asker, TimePoint now) const;
    bool is_over_ceiling(AccountId account, TimePoint now) const;

    RoomId id_;
    RoomSettings settings_;
    RoomState state_;
    Position head_;
    // When the newest step happened.
    TimePoint last_at_{};
    const Limits& limits_;
    std::map<AccountId, Member> members_;
    Presence presence_;
    std::set<AccountId> on_duty_;
    // Bounded by the authors' rates and breath_max.
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

// How many Unicode code points valid UTF-8 holds.
std::size_t count_code_points(std::string_view utf8);
// Nothing but blanks; texts are cleaned before, so none but ASCII's are left alone.
bool is_blank(std::string_view text);

}  // namespace kindroom::domain
