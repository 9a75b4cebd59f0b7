// One account at work: its sessions, its consent, its standing, and the connections that are signed in with it.
// Owner: the account's home shard. Order: judge, commit, apply, tell the open connections, reply; one commit at a time,
// the rest wait. So a session that was ended, a role that was taken or a ban acts on sockets that are open before the
// one who asked is answered, and behind a fence: nothing that those sockets had sent before is still on its way.
#pragma once

#include <list>
#include <map>
#include <optional>
#include <set>

#include "actors/client.hpp"
#include "actors/evidence.hpp"
#include "actors/identity.hpp"
#include "actors/people.hpp"
#include "actors/services.hpp"
#include "actors/verdict.hpp"
#include "domain/account.hpp"
#include "domain/matters.hpp"
#include "domain/rates.hpp"

namespace kindroom::actors {

class Home;
struct OwnDataReading;

class AccountActor {
  public:
    AccountActor(AccountId id, Home& home);

    // Any command of somebody signed in that concerns their own account. Answered exactly once.
    void handle(Envelope envelope);

    // -- signing in; `login_id` is told to the throttle --
    void sign_in(ReturnTo from, domain::SignIn command);
    void resume(ReturnTo from, SecretHash token);
    void recover(ReturnTo from, domain::RecoverAccount command);
    // For an account that was made just now: the session is stored already.
    void attach_new(ReturnTo from, SessionId session, domain::AccountCreated created);

    // -- by an admin --
    void set_role(ReturnTo from, IdentityPtr who, domain::Standing standing);

    // `reached`: how far each room's story had got to the device.
    void device_went(ClientRef device, const Reached& reached);

    // -- for other actors --
    // Says something to all devices of the account; each judges for itself what its viewer may see of it.
    void tell(domain::Event event);

    // -- boundaries (account_boundaries.cpp) --
    // `report`: what is to be told to the moderators with it.
    void block(ReturnTo from, NamedPeople people, std::optional<FrozenReport> report);
    void mute(ReturnTo from, domain::AddMute command, std::optional<NamedPerson> person);

    // -- boundaries that another account sets or ends (account_met.cpp) --
    // What becomes of this account's matters by that, ready to be stored with the other one's.
    struct Met {
        AccountId account;
        domain::MatterChange change;
        store::MatterRecord stored;
        // Accounts of the same person.
        std::vector<AccountId> linked;
    };
    // Somebody is about to block this account: nothing that shows them is written to any of its devices until met() or
    // never_met(). Nothing is given if there is no such account any more; refuses with unavailable.
    using ThenMet = MoveOnlyFunction<void(Result<std::optional<Met>>)>;
    void prepare_met(AccountId by, ThenMet then);
    void prepare_met_end(AccountId by, TimePoint until, ThenMet then);
    // It is durable. `then` runs here, once every device sees it so.
    void met(AccountId by, domain::MatterChange change, Task then);
    void never_met(AccountId by);

    // Where this account is known to those who keep it away, if they are several and unrelated to each other. Refuses
    // with unavailable. `then` runs here.
    using ThenPattern = MoveOnlyFunction<void(Result<std::optional<domain::Acquaintance>>)>;
    void look_for_pattern(ThenPattern then);
    // How this account knows one that it blocks; nothing if it does not.
    void tell_how_known(AccountId other, MoveOnlyFunction<void(std::optional<domain::KeptAwayBy>)> then);

    // Says that this account and the other are one person's: who blocks one of them blocks the other as well.
    void link(ReturnTo from, AccountId other, Task then);
    // By a moderator: two people whom they named.
    void link_others(ReturnTo from, const NamedPeople& two);
    // The account named in `because_of`, which this one blocks, has another account.
    void block_also(AccountId other, AccountId because_of);

    // -- decisions about this account (account_decisions.cpp) --
    // Gives the decision its id and its appeal code. `who` decides. Refuses with unavailable, too_many, and
    // person_unknown if there is no such account any more.
    void prepare_decision(IdentityPtr who, domain::KeptDecision kept, MoveOnlyFunction<void(Result<Verdict>)> then);
    // It is durable. Tells all devices but those that were told before; `then` runs here once it acts on each of them.
    void decided(std::vector<domain::MatterChange> changes, std::vector<ClientRef> told, Task then);
    // Decides about the whole house, and answers with `reply`, or if there is none with the decision.
    enum class Confirmation { if_needed, given };
    // By login id. The operator is the last to ask and needs nobody to confirm it; an admin does.
    void ban(const Act& act, domain::KeptDecision kept);
    void decide(Act act, domain::KeptDecision kept, Confirmation confirmation, std::optional<domain::Reply> reply);
    void confirm(Act act, DecisionId decision);
    // Undoes what it does from now on, and says so to the one whom it concerns. `why`: what is said about it; may be
    // empty. `more` is stored in the same transaction. Answered with Done, also if it had been reversed before.
    void reverse(Act act, DecisionId decision, std::string why, std::vector<store::Change> more) {
        undo(std::move(act), domain::AuditKind::decision_reversed, decision, std::move(why), std::move(more));
    }
    void lift_bans(Act act);
    // What nobody confirmed in time has lapsed.
    void let_lapse();
    // With who decided it; nothing if there is no such decision. Refuses with unavailable. `then` runs on this
    // account's shard.
    using ThenDecision = MoveOnlyFunction<void(Result<std::optional<domain::KeptDecision>>)>;
    void find_decision(DecisionId decision, ThenDecision then);
    // A room was loaded in which something waits because of a decision about this account: it may have been reversed when
    // the room was not there, or in the moment before a crash.
    void let_go_of_held_in(RoomId room);
    // Whether this account has blocked the other: then it does not judge them (PRODUCT, "Recusal"). `then` runs here.
    void has_blocked(AccountId other, MoveOnlyFunction<void(Result<bool>)> then);

    // Tells whom of these this account keeps away from itself. Nothing: it cannot be found out. `then` runs on this
    // account's shard.
    using Avoided = std::optional<std::set<AccountId>>;
    void find_avoided(std::vector<AccountId> others, MoveOnlyFunction<void(Avoided)> then);

    // -- contacts (account_contacts.cpp) --
    // `two`: whom the offer is for, and this account's own person in that room.
    void offer_contact(ReturnTo from, NamedPeople two);
    // Tells whether what `other` says in their direct room does not reach this account now, for whatever cause on this
    // account's side. `then` runs on this account's shard.
    void rests_for(AccountId other, RoomId room, MoveOnlyFunction<void(bool rests)> then);

    // -- contacts that another account begins --
    // This account's part in it, ready to be stored with the other one's. What is new is the last of the changes.
    struct Part {
        std::vector<domain::MatterChange> changes;
        std::vector<store::Change> stored;
    };
    // Nothing is given if there is no such account any more; refuses with unavailable.
    using ThenPart = MoveOnlyFunction<void(Result<std::optional<Part>>)>;
    void prepare_offered(MatterId id, domain::KeptOffer offer, ThenPart then);
    void prepare_contact(domain::KeptContact contact, const std::string& own_name, ThenPart then);
    // It is durable.
    void begun(AccountId with, std::vector<domain::MatterChange> changes);
    // A device was written an offer that this account was made.
    void offer_reached(MatterId offer);

  private:
    // A transaction and what follows once it is durable. `judge` runs when it is this work's turn, on the state that
    // the work before left; it answers a refusal by itself and then returns no work.
    struct Work {
        ReturnTo from;
        std::vector<store::Change> changes;
        Task on_durable;
        Task on_failed{};
    };
    using Judge = MoveOnlyFunction<std::optional<Work>()>;
    using Then = MoveOnlyFunction<void(AccountActor&)>;

    void load();
    void on_loaded(Result<std::optional<store::LoadedAccount>> loaded);
    void open(store::LoadedAccount loaded);
    // Runs the task once the account is loaded, or refuses `from` if it cannot be.
    void when_loaded(ReturnTo from, Task task);

    void in_turn(Judge judge);
    void next_turn();

    void on(const Envelope& envelope, const domain::ConsentToRules& command);
    void on(const Envelope& envelope, domain::ChangePassphrase& command);
    void on(const Envelope& envelope, const domain::ListSessions& command);
    void on(const Envelope& envelope, const domain::RevokeSession& command);
    void on(const Envelope& envelope, const domain::RevokeAllSessions& command);
    void on(const Envelope& envelope, const domain::SignOut& command);
    void on(const Envelope& envelope, const domain::GetMe& command);
    void on(const Envelope& envelope, const domain::Unmute& command);
    void on(const Envelope& envelope, const domain::Unblock& command);
    void on(const Envelope& envelope, const domain::ListBoundaries& command);
    void on(const Envelope& envelope, domain::SetLabelChoice& command);
    void on(const Envelope& envelope, const domain::StepAway& command);
    void on(const Envelope& envelope, const domain::ReturnFromAway& command);

    void on(const Envelope& envelope, const domain::AnswerOffer& command);
    void on(const Envelope& envelope, const domain::ListContacts& command);
    void on(const Envelope& envelope, const domain::Disconnect& command);
    void on(const Envelope& envelope, const domain::SetContactsOpen& command);

    void on(const Envelope& envelope, const domain::ListMyDecisions& command);

    // -- one's own data (account_data.cpp) --
    void on(const Envelope& envelope, const domain::ExportMyData& command);
    void on(const Envelope& envelope, domain::EraseAccount& command);
    void add_own_account(OwnDataReading& reading) const;
    std::optional<Work> erasure(ReturnTo from);
    void let_rooms_forget();

    // -- decisions --
    // What is kept beside a decision among the matters, so that it is found; nothing for other matters.
    void store_whereabouts(const domain::MatterChange& change, std::vector<store::Change>& into) const;
    Result<Verdict> make_verdict(const IdentityPtr& who, domain::KeptDecision kept, Confirmation confirmation) const;
    std::optional<Work> judge_decision(Act act, domain::KeptDecision kept, Confirmation confirmation,
                                       std::optional<domain::Reply> reply, const std::set<NetworkId>& networks);
    void undo(Act act, domain::AuditKind kind, DecisionId decision, std::string why, std::vector<store::Change> more);
    store::AppendAudit noted(const Identity* who, domain::AuditKind kind, const domain::Decision& decision) const;
    void ask_devices_where_they_are(MoveOnlyFunction<void(std::set<NetworkId>)> then);
    void enforce(const domain::KeptDecision& kept, Then then);
    void tell_desk(const domain::KeptDecision& kept, const std::set<NetworkId>& networks = {}) const;
    void let_rooms_know() const;
    // What waits because of this decision alone need not, once it was wrong.
    void let_go_of_held(const domain::Decision& decision) const;
    void tell_wrong_holds(RoomId room, std::vector<domain::Decision> wrong) const;
    // A change of one decision that is told by this event; answered once it acts everywhere.
    template <class Told>
    Work change_decision(const Act& act, domain::AuditKind kind, domain::MatterChange change);
    void take_over_ban(const domain::Decision& ban);

    // -- blocking: ask all others, commit once, tell all others --
    struct Blocking;
    void prepare_next(std::unique_ptr<Blocking> blocking);
    void find_circles(std::unique_ptr<Blocking> blocking);
    // Gives up the seats that this account has in circles, or, where a block follows, asks whether it has any beside
    // the one who is to be prepared for next.
    void leave_sittings(std::unique_ptr<Blocking> blocking);
    // `left_over`: where that could not be done, or where they sit together.
    void on_sittings_left(std::unique_ptr<Blocking> blocking, const std::vector<RoomId>& left_over);
    // Lets a block follow later.
    void put_off(AccountId other, AccountId because_of);
    // Nothing has become of it.
    void give_up(const Blocking& blocking, Error error);
    void commit_block(std::unique_ptr<Blocking> blocking);
    std::optional<Work> judge_block(std::unique_ptr<Blocking> blocking);
    void answer_block(const Blocking& blocking);
    FrozenReport reported_with(const Blocking& blocking) const;
    void tell_never_met(AccountId other);
    // `by`, who blocks this account, blocks this other account of the same person as well.
    void let_block_follow(AccountId by, AccountId other);
    void let_blocks_follow(AccountId other);
    // To all accounts of this person: what was on its way, or waited, when a server died.
    void let_blocks_follow_after_all();
    void ask_how_known(std::vector<AccountId> left, std::vector<domain::KeptAwayBy> known, ThenPattern then);
    void report_pattern();
    void end_block(MatterId block, AccountId other);
    void commit_end_of_block(MatterId block, Result<std::optional<Met>> met);

    // -- contacts: ask the other one, commit once, tell the other one --
    struct Offering;
    struct Accepting;
    template <class Prepare, class Onwards>
    void with_part_of(AccountId other, Prepare prepare, Onwards then);
    void tell_begun(AccountId other, std::vector<domain::MatterChange> changes);
    // The new offer, or nothing: it has been answered.
    std::optional<domain::KeptOffer> judge_offer(const Offering& offering);
    void commit_offer(std::unique_ptr<Offering> offering, Result<std::optional<Part>> part);
    void accept_offer(ReturnTo from, MatterId offer);
    // The offer to say yes to, or nothing: it has been answered.
    std::optional<domain::KeptOffer> judge_accept(const Accepting& accepting);
    void commit_contact(std::unique_ptr<Accepting> accepting, Result<std::optional<Part>> part);
    store::PutMembership membership(const domain::KeptContact& contact, const std::string& own_name) const;
    using ThenResting = MoveOnlyFunction<void(AccountActor&, const std::set<RoomId>& resting)>;
    void ask_who_rests(const std::vector<domain::KeptContact>& contacts, ThenResting then);
    void answer_contact(ReturnTo from, const domain::KeptContact& kept);
    void answer_contacts(ReturnTo from);
    // For a block that came up while something was on its way between the two.
    void part_if_blocked(AccountId other);
    void leave_ended(const std::vector<domain::MatterChange>& changes);
    void leave(Envelope envelope);

    // Changes of matters that concern nobody else; answered once every device sees it so.
    Work change_matters(ReturnTo from, std::vector<domain::MatterChange> changes, domain::Reply reply);
    store::Change to_store(const domain::MatterChange& change) const;
    void apply(const std::vector<domain::MatterChange>& changes);
    // Says whether anything was said meanwhile that they may see, in all their rooms or in one.
    void answer_return(ReturnTo from, std::optional<RoomId> only);
    void let_matters_end();
    void keep_reached(const Reached& reached);
    void ask_devices_how_far();
    void ask_devices_to_hold(AccountId by, MoveOnlyFunction<void(Reached)> then);
    void release(AccountId by);

    void start_session(ReturnTo from, std::string device_label, std::optional<store::AccountRecord> changed,
                       std::optional<Secret> recovery_code);
    std::optional<Work> end_sessions(ReturnTo from, std::vector<SessionId> ended, std::vector<store::Change> changes);

    // Signs the connection in and answers. `make_reply` is given the account as it sees itself.
    using MakeReply = MoveOnlyFunction<domain::Reply(domain::Me)>;
    void attach(ReturnTo from, SessionId session, MakeReply make_reply);
    IdentityPtr identity(SessionId session) const;
    // Gives every open connection a new snapshot of who it is, then runs `then`, behind a fence.
    void refresh_connections(std::optional<domain::Event> event, Then then);
    void close_connections(const std::vector<SessionId>& sessions, const domain::SessionEnded& ended, Then then);
    void behind_a_fence(Then then);
    domain::Me me(std::vector<RoomId> rooms) const;
    store::Sealed seal(const std::string& text, std::string_view kind) const;
    // Makes sure that keep_house() comes in time for whatever ends by itself next.
    void schedule_housekeeping();
    void keep_house();
    bool is_loading() const { return state_ == State::loading; }

    const AccountId id_;
    Home& home_;
    const Services& services_;

    // `absent`: there is none, or it has been erased; what was known of it stays until those have ended who use it.
    // `unreadable`: the store refused; whoever waited is told so, and the next one loads anew.
    enum class State { loading, ready, absent, unreadable };
    State state_ = State::loading;
    // Lists, here and below: an empty one holds no memory, and nearly all are empty nearly always.
    std::list<std::pair<ReturnTo, Task>> waiting_;

    // As stored; the domain's view of it is account_.
    store::AccountRecord record_;
    std::map<SessionId, store::SessionRecord> session_records_;
    std::optional<domain::Account> account_;
    std::shared_ptr<const PersonKey> key_;
    domain::VisibilityPtr visibility_;
    domain::SanctionsPtr sanctions_;

    bool is_committing_ = false;
    std::uint32_t awaited_fences_ = 0;
    std::list<Judge> turns_;
    std::map<ClientRef, SessionId> devices_;
    std::optional<domain::Matters> matters_;
    domain::TokenBucket exports_;
    // While an answer is made of one's own data; expired otherwise.
    std::weak_ptr<const bool> exporting_;
    // How far each room's words have got to this account, on whichever device that is gone or was asked last; and what
    // of that is not written down yet.
    Reached reached_;
    Reached unkept_;
    // Whose blocks of this account are becoming durable.
    std::multiset<AccountId> held_;
    // Work that goes from account to account and comes back here.
    std::uint32_t errands_ = 0;
    bool is_ending_matters_ = false;
    bool is_letting_lapse_ = false;
    std::set<MatterId> ending_blocks_;
    TimePoint idle_since_{};
    TimePoint housekeeping_at_ = never;
};

}  // namespace kindroom::actors
