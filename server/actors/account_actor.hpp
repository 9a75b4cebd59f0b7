// One account at work: its sessions, its consent, its standing, and the connections that are signed in with it.
// Owner: the account's home shard. Order: judge, commit, apply, tell the open connections, reply; one commit at a time,
// the rest wait. So a session that was ended, a role that was taken or a ban acts on sockets that are open before the
// one who asked is answered, and behind a fence: nothing that those sockets had sent before is still on its way.
#pragma once

#include <deque>
#include <map>
#include <optional>

#include "actors/identity.hpp"
#include "actors/services.hpp"
#include "domain/account.hpp"

namespace kindroom::actors {

class Home;

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
    void set_role(ReturnTo from, domain::Standing standing);
    void ban(ReturnTo from, domain::Decision decision);
    void lift_ban(ReturnTo from);

    void device_went(ClientRef device);

  private:
    // A transaction and what follows once it is durable. `judge` runs when it is this work's turn, on the state that
    // the work before left; it answers a refusal by itself and then returns no work.
    struct Work {
        ReturnTo from;
        std::vector<store::Change> changes;
        Task on_durable;
    };
    using Judge = MoveOnlyFunction<std::optional<Work>()>;

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

    void start_session(ReturnTo from, std::string device_label, std::optional<store::AccountRecord> changed,
                       std::optional<Secret> recovery_code);
    std::optional<Work> end_sessions(ReturnTo from, std::vector<SessionId> ended, std::vector<store::Change> changes);
    void refuse_sign_in(ReturnTo from, Error error);

    // Signs the connection in and answers. `make_reply` is given the account as it sees itself.
    using MakeReply = MoveOnlyFunction<domain::Reply(domain::Me)>;
    void attach(ReturnTo from, SessionId session, MakeReply make_reply);
    IdentityPtr identity(SessionId session) const;
    // Gives every open connection a new snapshot of who it is, then runs `then`, behind a fence.
    using Then = MoveOnlyFunction<void(AccountActor&)>;
    void refresh_connections(std::optional<domain::Event> event, Then then);
    void close_connections(const std::vector<SessionId>& sessions, const domain::SessionEnded& ended, Then then);
    void behind_a_fence(Then then);
    domain::Me me(std::vector<RoomId> rooms) const;
    store::AccountRecord record() const { return record_; }
    store::Sealed seal(const std::string& text, std::string_view kind) const;
    void schedule_housekeeping();
    void keep_house();
    bool is_loading() const { return state_ == State::loading; }

    const AccountId id_;
    Home& home_;
    const Services& services_;

    enum class State { loading, ready, absent };
    State state_ = State::loading;
    std::deque<std::pair<ReturnTo, Task>> waiting_;

    // As stored; the domain's view of it is account_.
    store::AccountRecord record_;
    std::map<SessionId, store::SessionRecord> session_records_;
    std::optional<domain::Account> account_;
    std::shared_ptr<const PersonKey> key_;
    domain::VisibilityPtr visibility_;

    bool is_committing_ = false;
    std::uint32_t awaited_fences_ = 0;
    std::deque<Judge> turns_;
    std::map<ClientRef, SessionId> devices_;
    TimePoint idle_since_{};
    bool is_housekeeping_ = false;
};

}  // namespace kindroom::actors
