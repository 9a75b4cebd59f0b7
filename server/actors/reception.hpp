// Where people come in: making accounts, signing in, and what slows down guessing.
// Owner: the front shard. Order: throttle, look up, hash, and only then is an invite used, one sign-up after the other.
#pragma once

#include <deque>

#include "actors/identity.hpp"
#include "actors/transport.hpp"
#include "domain/reply.hpp"
#include "domain/sign_in_throttle.hpp"
#include "store/records.hpp"

namespace kindroom::actors {

class Home;

class Reception {
  public:
    explicit Reception(Home& home);

    // Each is answered exactly once. Texts and lengths have been judged before.
    void create_account(ReturnTo from, const Peer& peer, domain::CreateAccount command);
    void sign_in(ReturnTo from, const Peer& peer, domain::SignIn command);
    void recover(ReturnTo from, const Peer& peer, domain::RecoverAccount command);

    // A code of an appeal is none; refuses with rate_limited where that came too often. Passphrases are not slowed by
    // it.
    Result<void> missed_appeal(const Peer& peer);
    // What came of a try that was let through.
    void tried(const std::string& login_id, bool succeeded);

  private:
    struct SignUp {
        ReturnTo from;
        SecretHash invite;
        bool needs_invite = true;
        std::string device_label;
        std::string passphrase_hash;
        std::string login_id;
    };
    template <class Command>
    void to_account(ReturnTo from, const Peer& peer, Command command,
                    void (*deliver)(class AccountActor&, ReturnTo, Command));
    void take_turn();
    void pick_login_id();
    void use_invite();
    void make_account(std::optional<store::InviteRecord> invite);
    void end_turn();
    void refuse(Error error);

    Home& home_;
    domain::SignInThrottle throttle_;
    // The one at the front is at work: so an invite is never used twice for one use.
    std::deque<SignUp> sign_ups_;
};

}  // namespace kindroom::actors
