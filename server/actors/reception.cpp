#include "actors/reception.hpp"

#include "actors/home.hpp"
#include "actors/passphrase_desk.hpp"
#include "ops/metrics.hpp"

namespace kindroom::actors {

using namespace domain;

Reception::Reception(Home& home) : home_(home), throttle_(home.services().limits) {}

Result<void> Reception::missed_appeal(const Peer& peer) {
    return throttle_.missed_appeal(peer.network, peer.is_loopback, home_.now());
}

void Reception::tried(const std::string& login_id, bool succeeded) {
    if (succeeded)
        throttle_.succeeded(login_id);
    else
        throttle_.failed(login_id, home_.now());
}

// ---- signing in -----------------------------------------------------------------------------------------------------

template <class Command>
void Reception::to_account(ReturnTo from, const Peer& peer, Command command,
                           void (*deliver)(AccountActor&, ReturnTo, Command)) {
    if (auto may = throttle_.may_try(command.login_id, peer.network, peer.is_loopback, home_.now()); !may)
        return home_.refuse_sign_in(from, {.error = may.error()});
    const std::string login_id = command.login_id;
    home_.services().store.find_account(
        login_id, home_.scheduler(), [&home = home_, from, command = std::move(command), deliver](auto found) mutable {
            if (!found) return home.refuse_sign_in(from, {.error = found.error()});
            // Nobody has this login id: then an account that does not exist is asked, on the same way and at the same
            // cost.
            const AccountId account = *found ? **found : home.random().template id<AccountId>();
            const auto& shards = home.services().shards;
            shards.send(shards.home_of(account),
                        [from, account, command = std::move(command), deliver](Home& there) mutable {
                            deliver(there.account(account), from, std::move(command));
                        });
        });
}

void Reception::sign_in(ReturnTo from, const Peer& peer, SignIn command) {
    to_account<SignIn>(from, peer, std::move(command),
                       [](AccountActor& account, ReturnTo to, SignIn asked) { account.sign_in(to, std::move(asked)); });
}

void Reception::recover(ReturnTo from, const Peer& peer, RecoverAccount command) {
    to_account<RecoverAccount>(
        from, peer, std::move(command),
        [](AccountActor& account, ReturnTo to, RecoverAccount asked) { account.recover(to, std::move(asked)); });
}

// ---- making an account ----------------------------------------------------------------------------------------------

void Reception::create_account(ReturnTo from, const Peer& peer, CreateAccount command) {
    const Secret tidy = crypto::tidy_code(command.invite_code.reveal());
    const bool needs_invite = !tidy.empty() || !home_.services().house.open_registration;
    if (auto may = throttle_.may_sign_up(peer.network, peer.is_loopback, home_.now()); !may)
        return home_.refuse_sign_in(from, {.error = may.error()});
    if (auto may = home_.decision_desk().may_sign_up(peer.network, home_.now()); !may)
        return home_.refuse_sign_in(from, {.error = may.error()});
    SignUp sign_up{.from = from,
                   .invite = home_.services().names.hash_secret(tidy.reveal()),
                   .needs_invite = needs_invite,
                   .device_label = std::move(command.device_label),
                   .passphrase_hash = {},
                   .login_id = {}};
    const bool taken = home_.services().passphrases.hash(
        std::move(command.passphrase), home_.scheduler(),
        [this, sign_up = std::move(sign_up)](std::optional<std::string> hashed) mutable {
            if (!hashed)
                return home_.refuse_sign_in(sign_up.from,
                                            {.error = refuse_until(Errc::unavailable, home_.now() + Duration{2000})});
            sign_up.passphrase_hash = std::move(*hashed);
            sign_ups_.push_back(std::move(sign_up));
            if (sign_ups_.size() == 1) take_turn();
        });
    if (!taken) home_.refuse_sign_in(from, {.error = refuse_until(Errc::unavailable, home_.now() + Duration{2000})});
}

void Reception::take_turn() { pick_login_id(); }

void Reception::end_turn() {
    sign_ups_.pop_front();
    if (!sign_ups_.empty()) take_turn();
}

void Reception::refuse(Error error) {
    home_.refuse_sign_in(sign_ups_.front().from, {.error = error});
    end_turn();
}

void Reception::pick_login_id() {
    std::string login_id = crypto::make_login_id(home_.random());
    home_.services().store.find_account(login_id, home_.scheduler(), [this, login_id](auto found) {
        if (!found) return refuse(found.error());
        if (*found) return pick_login_id();
        sign_ups_.front().login_id = login_id;
        if (!sign_ups_.front().needs_invite) return make_account(std::nullopt);
        use_invite();
    });
}

void Reception::use_invite() {
    home_.services().store.find_invite(sign_ups_.front().invite, home_.scheduler(), [this](auto invite) {
        if (!invite) return refuse(invite.error());
        if (!*invite || (*invite)->uses_left == 0 || (*invite)->ends_at <= home_.now())
            return refuse(kindroom::refuse(Errc::invite_invalid));
        (*invite)->uses_left -= 1;
        make_account(std::move(*invite));
    });
}

void Reception::make_account(std::optional<store::InviteRecord> invite) {
    const SignUp& sign_up = sign_ups_.front();
    auto& random = home_.random();
    const auto& services = home_.services();
    const TimePoint now = home_.now();

    const PersonKey key{.id = random.id<DataKeyId>(), .key = crypto::DataKey::make(random)};
    Secret recovery_code = crypto::make_recovery_code(random);
    Secret token = crypto::make_device_token(random);
    const store::AccountRecord account{
        .id = random.id<AccountId>(),
        .login_id = sign_up.login_id,
        .passphrase_hash = sign_up.passphrase_hash,
        .recovery_code = services.names.hash_secret(crypto::tidy_code(recovery_code.reveal()).reveal()),
        .standing = invite ? invite->standing : Standing{},
        .created_at = now,
        .person_key = key.id};
    const store::SessionRecord session{
        .id = random.id<SessionId>(),
        .account = account.id,
        .token = services.names.hash_secret(token.reveal()),
        .device_label = {.place_key = {},
                         .person_key = key.id,
                         .box = crypto::Vault::seal(sign_up.device_label, nullptr, &key.key,
                                                    {.room = {}, .message = {}, .kind = "label"}, random)},
        .created_at = now,
        .last_used_at = to_the_hour(now)};

    store::Transaction transaction;
    auto& changes = transaction.changes;
    changes.push_back(store::InsertKey{
        {.id = key.id, .room = {}, .destroy_at = never, .wrapped = services.vault.wrap(key.key, key.id, random)}});
    changes.push_back(store::PutAccount{account});
    changes.push_back(store::PutSession{session});
    if (invite) changes.push_back(store::PutInvite{std::move(*invite)});

    AccountCreated created{.login_id = sign_up.login_id,
                           .recovery_code = std::move(recovery_code),
                           .signed_in = {.device_token = std::move(token), .me = {}}};
    services.store.commit(
        std::move(transaction), home_.scheduler(),
        [this, account = account.id, session = session.id, created = std::move(created)](auto result) mutable {
            if (!result) return refuse(result.error());
            home_.services().metrics.add(ops::Counter::accounts_created);
            const auto& shards = home_.services().shards;
            shards.send(shards.home_of(account), [from = sign_ups_.front().from, account, session,
                                                  created = std::move(created)](Home& there) mutable {
                there.account(account).attach_new(from, session, std::move(created));
            });
            end_turn();
        });
}

}  // namespace kindroom::actors
