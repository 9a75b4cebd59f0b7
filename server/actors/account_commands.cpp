// What an account answers to each command: one function a command.
#include <algorithm>

#include "actors/account_actor.hpp"
#include "actors/audited.hpp"
#include "actors/home.hpp"
#include "actors/passphrase_desk.hpp"
#include "domain/content.hpp"
#include "ops/metrics.hpp"

namespace kindroom::actors {

using namespace domain;

namespace {

Error try_again(Home& home) { return refuse_until(Errc::unavailable, home.now() + Duration{2000}); }

}  // namespace

// ---- signing in -----------------------------------------------------------------------------------------------------

void AccountActor::sign_in(ReturnTo from, SignIn command) {
    when_loaded(from, [this, from, command = std::move(command)]() mutable {
        const std::string hash = state_ == State::ready ? record_.passphrase_hash : std::string{};
        const bool taken = services_.passphrases.verify(
            std::move(command.passphrase), hash, home_.scheduler(),
            [&home = home_, id = id_, from, login_id = command.login_id, label = command.device_label](bool fits) {
                home.services().shards.send(Shards::front,
                                            [login_id, fits](Home& front) { front.reception().tried(login_id, fits); });
                AccountActor* here = home.account_if_here(id);
                if (!here || here->state_ != State::ready || !fits)
                    return home.refuse_sign_in(from, {.error = refuse(Errc::sign_in_failed)});
                here->start_session(from, label, std::nullopt, std::nullopt);
            });
        if (!taken) home_.refuse_sign_in(from, {.error = try_again(home_)});
    });
}

void AccountActor::start_session(ReturnTo from, std::string device_label, std::optional<store::AccountRecord> changed,
                                 std::optional<Secret> recovery_code) {
    Secret token = crypto::make_device_token(home_.random());
    Session session{.id = home_.random().id<SessionId>(),
                    .token = services_.names.hash_secret(token.reveal()),
                    .device_label = std::move(device_label)};
    in_turn([this, from, session = std::move(session), token = std::move(token), changed = std::move(changed),
             recovery_code = std::move(recovery_code)]() mutable -> std::optional<Work> {
        auto started = account_->decide_sign_in(std::move(session), home_.now());
        // Whoever recovers an account ends all its other sessions: one of them may be why.
        if (changed)
            for (const Session& other : account_->sessions()) started.ended.push_back(other.id);
        store::SessionRecord stored{.id = started.session.id,
                                    .account = id_,
                                    .token = started.session.token,
                                    .device_label = seal(started.session.device_label, "label"),
                                    .created_at = started.session.created_at,
                                    .last_used_at = started.session.last_used_at};
        Work work{.from = from, .changes = {}, .on_durable = {}};
        for (const SessionId ended : started.ended) work.changes.push_back(store::DeleteSession{ended});
        if (changed) work.changes.push_back(store::PutAccount{*changed});
        work.changes.push_back(store::PutSession{stored});
        work.on_durable = [this, from, started = std::move(started), stored, changed = std::move(changed),
                           token = std::move(token), recovery_code = std::move(recovery_code)]() mutable {
            if (changed) record_ = std::move(*changed);
            account_->start(started);
            session_records_.insert_or_assign(stored.id, stored);
            for (const SessionId ended : started.ended) session_records_.erase(ended);
            MakeReply make_reply = [token = std::move(token),
                                    recovery_code = std::move(recovery_code)](Me me) mutable -> Reply {
                SignedIn signed_in{.device_token = std::move(token), .me = std::move(me)};
                if (!recovery_code) return signed_in;
                return AccountRecovered{.recovery_code = std::move(*recovery_code), .signed_in = std::move(signed_in)};
            };
            // A recovery ends the other sessions; they are over before the new one is told so.
            close_connections(started.ended, {.reason = SessionEndReason::revoked, .decision = {}},
                              [from, id = stored.id, make_reply = std::move(make_reply)](AccountActor& here) mutable {
                                  here.attach(from, id, std::move(make_reply));
                              });
        };
        return work;
    });
}

void AccountActor::resume(ReturnTo from, SecretHash token) {
    when_loaded(from, [this, from, token] {
        if (state_ != State::ready) return home_.refuse_sign_in(from, {.error = refuse(Errc::sign_in_failed)});
        const TimePoint now = home_.now();
        auto session = account_->decide_resume(token, now);
        if (!session) return home_.refuse_sign_in(from, {.error = session.error()});
        if (session->last_used_at != to_the_hour(now))
            in_turn([this, id = session->id, now]() -> std::optional<Work> {
                const auto found = session_records_.find(id);
                if (found == session_records_.end()) return std::nullopt;
                account_->touch(id, now);
                found->second.last_used_at = to_the_hour(now);
                Work work{.from = {}, .changes = {}, .on_durable = [] {}};
                work.changes.push_back(store::PutSession{found->second});
                return work;
            });
        attach(from, session->id, [](Me me) -> Reply { return SignedIn{.device_token = {}, .me = std::move(me)}; });
    });
}

void AccountActor::recover(ReturnTo from, RecoverAccount command) {
    when_loaded(from, [this, from, command = std::move(command)]() mutable {
        const SecretHash code = services_.names.hash_secret(crypto::tidy_code(command.recovery_code.reveal()).reveal());
        const bool fits = state_ == State::ready && code == record_.recovery_code;
        // Hashed whether or not the code fits, so that both take as long.
        const bool taken = services_.passphrases.hash(
            std::move(command.new_passphrase), home_.scheduler(),
            [&home = home_, id = id_, from, fits, login_id = command.login_id,
             label = command.device_label](auto hashed) {
                home.services().shards.send(Shards::front,
                                            [login_id, fits](Home& front) { front.reception().tried(login_id, fits); });
                if (!hashed) return home.refuse_sign_in(from, {.error = try_again(home)});
                AccountActor* here = home.account_if_here(id);
                if (!here || here->state_ != State::ready || !fits)
                    return home.refuse_sign_in(from, {.error = refuse(Errc::sign_in_failed)});
                Secret recovery_code = crypto::make_recovery_code(home.random());
                auto changed = here->record_;
                changed.passphrase_hash = *hashed;
                changed.recovery_code =
                    home.services().names.hash_secret(crypto::tidy_code(recovery_code.reveal()).reveal());
                here->start_session(from, label, std::move(changed), std::move(recovery_code));
            });
        if (!taken) home_.refuse_sign_in(from, {.error = try_again(home_)});
    });
}

void AccountActor::attach_new(ReturnTo from, SessionId session, AccountCreated created) {
    when_loaded(from, [this, from, session, created = std::move(created)]() mutable {
        attach(from, session, [created = std::move(created)](Me me) mutable -> Reply {
            created.signed_in.me = std::move(me);
            return std::move(created);
        });
    });
}

// ---- one's own account ----------------------------------------------------------------------------------------------

void AccountActor::handle(Envelope envelope) {
    const ReturnTo from = envelope.from;
    when_loaded(from, [this, envelope = std::move(envelope)]() mutable {
        if (state_ != State::ready) return services_.shards.refuse(envelope.from, refuse(Errc::sign_in_needed));
        std::visit(
            [&](auto& command) {
                if constexpr (requires { on(envelope, command); })
                    on(envelope, command);
                else
                    services_.shards.refuse(envelope.from, refuse(Errc::unknown_command));
            },
            envelope.command);
    });
}

void AccountActor::on(const Envelope& envelope, const ConsentToRules& command) {
    in_turn([this, from = envelope.from, version = command.version]() -> std::optional<Work> {
        if (account_->facts().rules_consented == version) return services_.shards.reply(from, Done{}), std::nullopt;
        auto changed = record_;
        changed.rules_consented = version;
        Work work{.from = from, .changes = {}, .on_durable = {}};
        work.changes.push_back(store::PutAccount{changed});
        work.on_durable = [this, from, changed = std::move(changed)]() mutable {
            record_ = std::move(changed);
            account_->consent(record_.rules_consented);
            refresh_connections(std::nullopt,
                                [from](AccountActor& here) { here.services_.shards.reply(from, Done{}); });
        };
        return work;
    });
}

void AccountActor::on(const Envelope& envelope, ChangePassphrase& command) {
    const ReturnTo from = envelope.from;
    const auto refuse_busy = [this, from] { services_.shards.refuse(from, try_again(home_)); };
    const bool taken = services_.passphrases.verify(
        std::move(command.current_passphrase), record_.passphrase_hash, home_.scheduler(),
        [&home = home_, id = id_, from, mine = envelope.who->session, others = command.end_other_sessions,
         wanted = std::move(command.new_passphrase)](bool fits) mutable {
            AccountActor* here = home.account_if_here(id);
            if (!here || !fits) return home.services().shards.refuse(from, refuse(Errc::sign_in_failed));
            const bool second = home.services().passphrases.hash(
                std::move(wanted), home.scheduler(), [&home, id, from, mine, others](auto hashed) {
                    AccountActor* still = home.account_if_here(id);
                    if (!still || !hashed) return home.services().shards.refuse(from, try_again(home));
                    still->in_turn([still, from, mine, others, hash = std::move(*hashed)]() -> std::optional<Work> {
                        auto changed = still->record_;
                        changed.passphrase_hash = hash;
                        std::vector<SessionId> ended;
                        if (others)
                            for (const Session& session : still->account_->sessions())
                                if (session.id != mine) ended.push_back(session.id);
                        std::vector<store::Change> changes;
                        changes.push_back(store::PutAccount{changed});
                        still->record_.passphrase_hash = hash;
                        return still->end_sessions(from, std::move(ended), std::move(changes));
                    });
                });
            if (!second) home.services().shards.refuse(from, try_again(home));
        });
    if (!taken) refuse_busy();
}

void AccountActor::on(const Envelope& envelope, const ListSessions&) {
    services_.shards.reply(envelope.from,
                           Sessions{.sessions = account_->session_cards(envelope.who->session, home_.now())});
}

std::optional<AccountActor::Work> AccountActor::end_sessions(ReturnTo from, std::vector<SessionId> ended,
                                                             std::vector<store::Change> changes) {
    for (const SessionId session : ended) changes.push_back(store::DeleteSession{session});
    if (changes.empty()) return services_.shards.reply(from, Done{}), std::nullopt;
    Work work{.from = from, .changes = std::move(changes), .on_durable = {}};
    work.on_durable = [this, from, ended = std::move(ended)] {
        for (const SessionId session : ended) {
            account_->end(session);
            session_records_.erase(session);
        }
        // The answer waits in the outbox behind nothing that could still arrive; the asker's own connection, if it ends
        // as well, is answered first.
        const bool ends_own = std::any_of(devices_.begin(), devices_.end(), [&](const auto& device) {
            return device.first == from.client && std::find(ended.begin(), ended.end(), device.second) != ended.end();
        });
        if (ends_own) services_.shards.reply(from, Done{});
        close_connections(ended, {.reason = SessionEndReason::revoked, .decision = {}},
                          [from, ends_own](AccountActor& here) {
                              if (!ends_own) here.services_.shards.reply(from, Done{});
                          });
    };
    return work;
}

void AccountActor::on(const Envelope& envelope, const RevokeSession& command) {
    in_turn([this, from = envelope.from, session = command.session]() -> std::optional<Work> {
        std::vector<SessionId> ended;
        if (account_->session(session)) ended.push_back(session);
        return end_sessions(from, std::move(ended), {});
    });
}

void AccountActor::on(const Envelope& envelope, const RevokeAllSessions& command) {
    in_turn([this, from = envelope.from, mine = envelope.who->session,
             also_mine = command.include_this]() -> std::optional<Work> {
        std::vector<SessionId> ended;
        for (const Session& session : account_->sessions())
            if (also_mine || session.id != mine) ended.push_back(session.id);
        return end_sessions(from, std::move(ended), {});
    });
}

void AccountActor::on(const Envelope& envelope, const SignOut&) {
    in_turn([this, from = envelope.from, mine = envelope.who->session] { return end_sessions(from, {mine}, {}); });
}

void AccountActor::on(const Envelope& envelope, const GetMe&) {
    services_.store.rooms_of(id_, home_.scheduler(), [&home = home_, id = id_, from = envelope.from](auto rooms) {
        AccountActor* here = home.account_if_here(id);
        if (!here || !rooms) return home.services().shards.refuse(from, rooms ? try_again(home) : rooms.error());
        home.services().shards.reply(from, here->me(std::move(*rooms)));
    });
}

// ---- by an admin ----------------------------------------------------------------------------------------------------

void AccountActor::set_role(ReturnTo from, IdentityPtr who, Standing standing) {
    when_loaded(from, [this, from, who = std::move(who), standing = std::move(standing)]() mutable {
        if (state_ != State::ready) return services_.shards.refuse(from, refuse(Errc::not_found));
        in_turn([this, from, who = std::move(who), standing = std::move(standing)]() -> std::optional<Work> {
            auto changed = record_;
            changed.standing = standing;
            Work work{.from = from, .changes = {}, .on_durable = {}};
            work.changes.push_back(store::PutAccount{changed});
            work.changes.push_back(audited(home_, who.get(),
                                           {.kind = AuditKind::role_set,
                                            .subject = services_.names.audit_name(id_),
                                            .room = room_of(standing),
                                            .role = standing.role}));
            work.on_durable = [this, from, changed = std::move(changed)]() mutable {
                record_ = std::move(changed);
                account_->set_standing(record_.standing);
                refresh_connections(RoleChanged{record_.standing},
                                    [from](AccountActor& here) { here.services_.shards.reply(from, Done{}); });
            };
            return work;
        });
    });
}

}  // namespace kindroom::actors
