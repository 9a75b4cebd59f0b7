// One room at work: takes commands in order, makes them durable, tells those who may see them.
// Owner: the room's home shard. Order: decide, apply, commit, reply, publish; one commit in flight, the rest wait in
// `pending_`. Failure: a failed commit answers `unavailable` to all who wait and loads the room anew; nothing is
// published that was not durable. Who listens (devices_) is not durable and survives that.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "actors/findings.hpp"
#include "actors/room_codec.hpp"
#include "actors/screening.hpp"
#include "actors/services.hpp"
#include "actors/verdict.hpp"
#include "domain/heard.hpp"
#include "domain/room.hpp"
#include "domain/window.hpp"
#include "filters/habits.hpp"

namespace kindroom::actors {

class AccountActor;
struct Reading;
struct MissedPart;

class RoomActor {
  public:
    RoomActor(RoomId id, Home& home);

    // Any command that names this room. Answered exactly once.
    void handle(Envelope envelope);
    // A connection that listened to this room has gone.
    void device_went(ClientRef device);
    // The account may not look after this room any more.
    void duty_taken(AccountId account);
    // Somebody whom a token of this room means.
    struct FoundPerson {
        AccountId account;
        domain::Person person;
        bool joined = false;
        // When they left, if they have.
        TimePoint left_at{};
    };
    using FoundPeople = std::vector<std::optional<FoundPerson>>;
    // Whom the tokens mean, in their order; nothing for one that nobody ever had here, and for a role voice, which is
    // nobody's. Whoever never was in the room finds nobody. Refuses with unavailable. `then` runs on this shard, maybe
    // at once.
    void find_people(IdentityPtr asker, std::vector<PersonToken> tokens,
                     MoveOnlyFunction<void(Result<FoundPeople>)> then);
    // What somebody who reports had been shown here, at most: what follows their horizon, until they left. Whoever
    // never was here has been shown nothing. Whom the tokens mean, in their order; here a role voice is the
    // moderator's whose it is. Refuses with unavailable. `then` runs on this shard, maybe at once.
    struct ReportPlace {
        std::optional<domain::Horizon> horizon;
        TimePoint until = never;
        FoundPeople people;
    };
    void find_for_report(IdentityPtr reporter, std::vector<PersonToken> tokens,
                         MoveOnlyFunction<void(Result<ReportPlace>)> then);
    // How somebody is known here, for a case, if it can be found out. `then` runs on this shard, maybe at once.
    void find_known_as(AccountId account, MoveOnlyFunction<void(std::optional<domain::Person>)> then);
    // The account's shift is over.
    void tap_out(AccountId account);
    // For somebody on duty here this member, if they are one, may have gone, or come back.
    void tell_duty_of(AccountId member);
    // Of a direct room: whether what this member says does not reach the other one now, for whatever cause. Asks the
    // other one's account; yes if it cannot be found out. `then` runs on this shard, maybe at once.
    void ask_whether_it_rests(AccountId member, MoveOnlyFunction<void(bool)> then);
    // Somebody of another room needs a moderator, and there is none: those on duty here are told.
    void page(const domain::ModeratorNeeded& needed);
    // Whether they may read anything that was said after this position. `then` runs on this shard, maybe at once.
    void any_news(IdentityPtr who, Position after, MoveOnlyFunction<void(bool)> then);
    // Puts into a page what was told since it was asked for of its messages. False: that is not known any more.
    bool bring_up_to_date(domain::HistoryPage& page, const Reading& reading) const;
    // Somebody is about to keep this other one away. If they have a seat in a circle, they leave it, and are told so;
    // the next draw does not seat the two together. Refuses with unavailable. `then` runs on this shard, maybe at once.
    void part(AccountId account, std::shared_ptr<const PersonKey> key, AccountId other,
              MoveOnlyFunction<void(Result<void>)> then);
    // Likewise, for a block that nobody asked for now: nobody leaves. Yes if it cannot be found out.
    void ask_whether_they_sit_together(AccountId account, AccountId other, MoveOnlyFunction<void(bool)> then);
    // Gives back what somebody had said with a breath and nobody has seen, where they may not speak any more.
    void give_back_of(AccountId author, const domain::SanctionsPtr& sanctions);
    // Shows what somebody had said and only these decisions held, which were wrong.
    void let_go_of(AccountId author, const domain::SanctionsPtr& sanctions, const std::vector<domain::Decision>& wrong);
    // Their account is gone: they leave, and all that they said here is taken back. `key`: theirs, if it is known.
    void erase(AccountId account, DataKeyId key);

  private:
    // What is decided and waits to be durable.
    struct Work {
        ReturnTo from;
        std::vector<store::Change> changes;
        MoveOnlyFunction<void(bus::Publications&)> on_durable;
        // Its card is told when that is durable, and not before.
        bool puts_room = false;
        Task on_failed{};
    };

    // -- loading --
    using WhenLoaded = MoveOnlyFunction<void(const Result<void>&)>;
    // Runs `then` once the room is here or known not to exist, at once if it is; or with why it cannot be loaded.
    void when_loaded(WhenLoaded then);
    void load();
    void on_loaded(Result<std::optional<store::LoadedRoom>> loaded);
    void open(store::LoadedRoom loaded);
    void open_members(const std::vector<store::MembershipRecord>& memberships);
    void open_window(const std::vector<store::StepRow>& rows);
    void open_held(std::vector<store::HeldRecord> records);
    void open_circle(const Bytes& packed);

    // -- coming and going (room_commands.cpp) --
    void decide(Envelope&& envelope, Findings findings);
    // Something is being found out for a command of this device; its next ones are decided after that.
    void let_wait_behind(ClientRef device);
    // After something was found out; the room may have been loaded anew meanwhile.
    void decide_again(Envelope envelope, Findings findings);
    // After it could not be found out.
    void refuse_found(const Envelope& envelope, Error error);
    // Nothing is being found out for this device any more.
    void go_on_behind(ClientRef device);
    void decide_behind(ClientRef device, std::deque<Envelope> behind);
    void on(const Envelope& envelope, domain::JoinRoom& command);
    void on(const Envelope& envelope, const domain::LeaveRoom& command);
    void on(const Envelope& envelope, const domain::ResumeRoom& command);
    void on(const Envelope& envelope, const domain::GetRoom& command);
    void on(const Envelope& envelope, const domain::GetRoster& command);
    void on(const Envelope& envelope, const domain::GetHistory& command);
    store::PutMembership put_membership(AccountId account, const PersonKey& key) const;
    // The next piece of the words that somebody takes along who leaves: those before this position.
    struct TakingWords {
        ReturnTo to;
        AccountId account;
        bool ends_erasure = false;  // their account is gone
    };
    void take_words_along(TakingWords taking, Position before);
    void on_words_to_take(TakingWords taking, Result<store::MessageRows> rows);
    domain::RoomResumed resumed_by(const Identity& who, const domain::Member& member);
    // Goes on once it is read what somebody missed who comes back; what is told meanwhile is kept for them.
    MoveOnlyFunction<void(Result<MissedPart>)> when_read(const Envelope& envelope, Position up_to);
    void on_missed(const Envelope& envelope, Result<MissedPart> read, Position up_to);
    void catch_up(const Envelope& envelope, const Reading& reading,
                  std::optional<std::vector<domain::RoomStep>> at_hand);

    // -- talking (room_talk.cpp) --
    void on(const Envelope& envelope, domain::PostMessage& command, Findings& findings);
    void on(const Envelope& envelope, domain::EditMessage& command, Findings& findings);
    void on(const Envelope& envelope, domain::RetractMessage& command, Findings& findings);
    void post(const Envelope& envelope, const domain::PostMessage& command, SecretHash digest, Screening seen);
    // Looks a message up, then decides again. False: it is done, or not for them; go on. Which messages the room
    // remembers depends on all that is said in it, hidden or not, so the store is asked about each (PRODUCT X3).
    template <class C>
    bool look_up_first(const Envelope& envelope, MessageId message, C& command, Findings& findings);
    // What was read of a message; gives it back with its words, if they are there.
    std::optional<domain::Message> take_in(MessageId message, const store::MessageRows& rows);
    // The message as it stands with all that has been decided, or null if it is gone or not at hand.
    const domain::Message* present(MessageId message, const Findings& findings) const;
    store::MessageRecord record_of(const domain::Message& message, ClientKey key, SecretHash hidden_digest,
                                   store::Sealed content) const;

    // -- taking a breath, and waiting for a moderator (room_held.cpp) --
    void hold(const Envelope& envelope, const domain::PostMessage& command, SecretHash digest, Screening seen);
    SecretHash digest_of(const store::HeldRecord& record) const;
    // Cancels one's own post before anybody has seen it. False: there is none.
    bool cancel_held(const Envelope& envelope, MessageId message);
    void schedule_release();
    void release_due();
    // `by` the moderator who asked for it; null: its time has come.
    void release(MessageId message, const Envelope* by = nullptr);
    void give_back(MessageId message, domain::Return why, const Envelope* by = nullptr);
    // Out of what waits, into `work`. What waited for a moderator is kept, as one that is back with its author.
    domain::MessageReturned take_out(MessageId message, domain::Return why, Work& work);

    // -- looking at what waits (room_review.cpp) --
    void on(const Envelope& envelope, const domain::ListHeld& command);
    void on(const Envelope& envelope, const domain::ListHeldForReview& command);
    void on(const Envelope& envelope, domain::ReleaseHeld& command, Findings& findings);
    void on(const Envelope& envelope, const domain::ReturnHeld& command);
    void tell_waiting(MessageId message) const;
    void tell_settled(MessageId message, AccountId author) const;

    // -- filters (room_filters.cpp) --
    void on(const Envelope& envelope, const domain::TryFilters& command);
    Screening screen(AccountId author, const std::string& text, const std::vector<std::string>& labels) const;
    Screening screen(const Identity& who, const domain::PostMessage& command) const;
    // The decision by which a moderator looks first at what they write here; null if there is none.
    const domain::Decision* decided_to_hold(const Identity& who) const;
    bool edit_would_be_held(AccountId author, const Screening& seen, const domain::Message& before) const;
    // The author what acted, and those on duty that they are called. Nothing: the words were not taken.
    void tell_screened(AccountId author, const Screening& seen, std::optional<MessageId> message);
    // Words that would have to wait where nothing can: they are not taken, and their author is told by which filter, or
    // why it was decided.
    void refuse_words(const Envelope& envelope, Screening seen);
    static void add_labels(std::vector<std::string>& labels, const std::vector<std::string>& more);
    void note_habit(AccountId author, const std::string& folded);
    void put_passed(AccountId author, Work& work) const;
    domain::Hold hold_of(const store::HeldRecord& record) const;

    // -- help (room_help.cpp) --
    void on(const Envelope& envelope, const domain::CallModerator& command);
    void on(const Envelope& envelope, const domain::PointToHelp& command);
    // Tells those on duty here, or, where nobody is, in the house. `message`: of this person, that sounds so.
    void need_moderator(std::optional<MessageId> message, AccountId account);
    bool is_anybody_on_duty() const;
    void tell_pointed();

    // -- turns in a circle (room_circle.cpp) --
    void on(const Envelope& envelope, const domain::SignUp& command);
    void on(const Envelope& envelope, const domain::RaiseHand& command);
    void on(const Envelope& envelope, const domain::LowerHand& command);
    void on(const Envelope& envelope, const domain::PassTurn& command);
    void on(const Envelope& envelope, const domain::GetCircle& command);
    void on(const Envelope& envelope, domain::DrawSeats& command, Findings& findings);
    void on(const Envelope& envelope, const domain::NextTurn& command);
    void on(const Envelope& envelope, const domain::ExtendTurn& command);
    void on(const Envelope& envelope, const domain::StartReflections& command);
    void on(const Envelope& envelope, const domain::CloseCircle& command);
    // Whether what asks this may go on; otherwise it has been refused.
    bool is_let_through(const Envelope& envelope, const Result<void>& judged) const;
    bool asks_for_floor(const Envelope& envelope) const;
    bool leads_turns(const Envelope& envelope) const;
    void carry_out(const Envelope& envelope, const domain::Circle::Decided& decided);
    void ask_who_is_apart(const Envelope& envelope, Findings findings);
    void seat(const Envelope& envelope, const std::vector<AccountId>& drawn);
    void part_before_draw(AccountId account, AccountId other);
    void give_up_seat(AccountId account, const PersonKey& key, MoveOnlyFunction<void(Result<void>)> then);
    void answer_parted(Work work, MoveOnlyFunction<void(Result<void>)> then, Task first);
    // Afterwards the circle is on its way to being durable and told as it stands now, whatever changed it.
    void settle_circle();
    void schedule_circle();
    void publish_circle(domain::TrueCircle circle, bus::Publications& publications);
    // To devices that do not know yet how it stands; all others hear nothing new.
    void show_circle();
    void circle_came(AccountId account);
    void circle_went(AccountId account);

    // -- between people (room_people.cpp) --
    void on(const Envelope& envelope, domain::HearMessage& command, Findings& findings);
    void on(const Envelope& envelope, domain::RevealMessage& command, Findings& findings);
    void on(const Envelope& envelope, const domain::GetHeadsUp& command);
    bool rests_without(AccountId other) const;
    FoundPeople people_of(const Identity& asker, const std::vector<PersonToken>& tokens) const;
    void tell_heard();
    void tell_account(AccountId account, domain::Event event) const;

    // -- looking after it (room_care.cpp) --
    void on(const Envelope& envelope, domain::ChangeRoom& command);
    void on(const Envelope& envelope, const domain::CloseRoom& command);
    void on(const Envelope& envelope, const domain::GoOnDuty& command);
    void on(const Envelope& envelope, const domain::GoOffDuty& command);
    void change(const Envelope& envelope, const domain::SettingsChanged& changed);
    void set_hears_duty(AccountId account, bool on_duty);

    // -- never unattended (room_attendance.cpp) --
    void on(const Envelope& envelope, domain::PauseRoom& command);
    void on(const Envelope& envelope, const domain::ResumeTalk& command);
    void on(const Envelope& envelope, const domain::SetJoinPolicy& command);
    void on(const Envelope& envelope, const domain::LetSpeak& command);
    void put_room_and_answer_with_card(const Envelope& envelope, domain::AuditKind act, Work work);
    void put_room_and_answer_with_card(const Envelope& envelope, domain::AuditKind act) {
        put_room_and_answer_with_card(envelope, act, Work{});
    }
    // Tells those who are there what has changed by itself, and looks again when more will.
    void look_after();
    void take_over(const domain::Room& before);
    void tell_on_duty(const domain::Event& event) const;
    // Those of the wave who are to be told: a few seconds more are not worth a word.
    std::vector<AccountId> told_to_listen(const domain::MemberJoined& joined) const;
    void tell_of_wave(const std::vector<AccountId>& people, domain::WaveNoticed wave);
    bool is_on_duty(const Identity& who) const;
    // Whoever asks and is on duty sees the room as the moderator that they are.
    void look_as_on_duty(Envelope& envelope) const;

    // -- the door (room_door.cpp) --
    void on(const Envelope& envelope, const domain::Knock& command);
    void on(const Envelope& envelope, const domain::ListKnocks& command);
    void on(const Envelope& envelope, const domain::AnswerKnock& command);
    void on(const Envelope& envelope, const domain::CreateRoomInvite& command);
    void forget_ended_invites(Work& work);
    store::PutRoomInvite put_invite(const domain::RoomInvite& invite) const;

    // -- decisions (room_decisions.cpp) --
    struct Deciding;
    void on(const Envelope& envelope, domain::Decide& command, Findings& findings);
    Result<AccountId> subject_of(const domain::Decide& command) const;
    static void hand_over(AccountActor& subject, const Shards& shards, RoomId room, std::unique_ptr<Deciding> deciding);
    void carry_out(std::unique_ptr<Deciding> deciding, Verdict verdict);
    domain::RoomStep take_back(MessageId message, const domain::Spoken& spoken, Work& work);
    void put_out(AccountId subject, const PersonKey& key, Work& work);
    std::vector<MessageId> waiting_of(AccountId author) const;
    std::vector<domain::MessageReturned> take_held_of(AccountId author, const domain::Decision& decision, Work& work);
    // Whether it puts them out of the room.
    bool keep_out(AccountId subject, const domain::Decision& decision);
    void tell_decided(ReturnTo from, AccountId subject, Verdict verdict);

    // Refuses, with the statement of reasons, if there is a decision behind it.
    void turn_down(const Envelope& envelope, const Error& error) const;
    // Runs `answer` once everything that was decided before is durable: an answer may rest on it.
    void answer_when_durable(ReturnTo to, Task answer);
    void answer_when_durable(ReturnTo to, domain::Reply reply);

    // -- durability --
    void make_durable(Work work);
    void start_commit();
    void on_committed(Result<store::Committed> result);
    void put_room(Work& work);

    // -- telling --
    void publish_step(const domain::RoomStep& step, bus::Publications& publications);
    void publish_card(bus::Publications& publications);
    domain::TrueRoster true_roster() const;
    bus::PublicationPtr roster_publication(bool for_duty_only);
    void tell_duty();
    void stop_listening(AccountId account);
    // `since`: what has been told after `seen`, to follow the answer.
    void start_listening(ReturnTo to, const Identity& who, domain::Reply reply, Position seen,
                         bus::Publications since = {});
    // Not yet as somebody sees it, but for themselves: oneself is always there.
    domain::TrueRoster roster_for(const Identity& who);

    // -- time (room_time.cpp) --
    void schedule_tick();
    void tick();
    void schedule_expiry();
    void expire();

    domain::View view(const Identity& who, const domain::Member& member) const;

    const RoomId id_;
    Home& home_;
    const Services& services_;

    enum class State { loading, ready, absent };
    State state_ = State::loading;
    std::deque<WhenLoaded> waiting_;

    std::optional<domain::Room> room_;
    std::optional<domain::RoomWindow> window_;
    std::optional<RoomCodec> codec_;
    // The room as it is stored, without what the domain holds.
    TimePoint created_at_{};
    store::Sealed handover_note_;
    store::Sealed pause_sentence_;
    // The newest position that is durable, and so may be shown.
    Position shown_up_to_{};
    // Under which day's key each remembered message is sealed: an edit stays under it.
    std::unordered_map<MessageId, DataKeyId> place_keys_;

    // Messages that were posted or edited a moment ago, as they stand with all that was decided, durable or not.
    // Bounded by the authors' rates: they go when the window has them, or after a while.
    struct AtHand {
        domain::Message message;
        TimePoint since{};
    };
    std::map<MessageId, AtHand> at_hand_;
    // Taken back, but not on the disk yet: the store still has their words. Bounded by what is in flight.
    std::set<MessageId> taking_back_;
    // Of the posts that are held, what the domain does not hold.
    std::map<MessageId, store::HeldRecord> held_records_;
    TimePoint release_scheduled_for_ = never;
    domain::HeardWords heard_;
    // Who was pointed to help, and by whom, until they are told.
    domain::HeardWords pointed_;
    // Per person of the room; what is old or full again is forgotten.
    std::map<AccountId, filters::Habits> habits_;
    std::map<AccountId, TimePoint> called_;
    std::map<AccountId, domain::TokenBucket> points_;

    // What a device asks of a room is decided in the order in which it was asked: commands that wait behind one for
    // which something is being found out. Bounded by requests_in_flight_max for each device.
    std::map<ClientRef, std::deque<Envelope>> behind_;
    // Devices that come back, for which it is being read what they missed: what was told since they asked.
    std::map<ClientRef, bus::Publications> coming_back_;

    // Of a circle: what was given to the store last, what was decided last to be told, and what is durable and told.
    Bytes circle_kept_;
    domain::TrueCircle circle_telling_;
    domain::TrueCircle circle_told_;
    TimePoint circle_scheduled_for_ = never;
    // Of members: whom they began to keep away since the last draw, as their account may not know yet.
    std::map<AccountId, std::set<AccountId>> parted_;

    std::vector<Work> pending_;
    std::vector<Work> in_flight_;

    std::map<ClientRef, AccountId> devices_;
    domain::TrueRoster ticked_roster_;
    // As everybody was told of it; `joined` is false in it.
    domain::RoomCard told_card_;
    TimePoint looks_after_at_ = never;
    bool is_ticking_ = false;
    TimePoint idle_since_{};
    TimePoint expiry_scheduled_for_ = never;
    bool has_due_keys_ = false;
};

}  // namespace kindroom::actors
