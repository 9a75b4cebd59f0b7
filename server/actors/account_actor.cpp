#include "actors/account_actor.hpp"

#include <algorithm>

#include "actors/home.hpp"
#include "actors/passphrase_desk.hpp"
#include "domain/content.hpp"

namespace kindroom::actors {

using namespace domain;

AccountActor::AccountActor(AccountId id, Home& home) : id_(id), home_(home), services_(home.services()) {
    idle_since_ = home_.now();
    load();
    schedule_housekeeping();
}

namespace {

// Refuses a command, or a sign-in: then the connection may try another one.
void refuse_any(Home& home, ReturnTo from, Error error) {
    if (from.client.number == 0) return;
    home.services().shards.send(from.client.shard, [from, error](Home& there) {
        Client* client = there.client(from.client);
        if (!client) return;
        client->set_signing_in(false);
        client->reply(from.request, Refused{.error = error});
    });
}

}  // namespace

// ---- loading --------------------------------------------------------------------------------------------------------

void AccountActor::load() {
    state_ = State::loading;
    services_.store.load_account(id_, home_.scheduler(), [&home = home_, id = id_](auto loaded) {
        if (AccountActor* here = home.account_if_here(id)) here->on_loaded(std::move(loaded));
    });
}

void AccountActor::on_loaded(Result<std::optional<store::LoadedAccount>> loaded) {
    auto waiting = std::exchange(waiting_, {});
    if (!loaded) {
        state_ = State::unreadable;
        for (auto& [from, task] : waiting) {
            // What no client asked for judges for itself what it means that this account cannot be read.
            if (from.client.number == 0)
                task();
            else
                refuse_any(home_, from, loaded.error());
        }
        return home_.forget_account(id_);
    }
    state_ = *loaded ? State::ready : State::absent;
    if (*loaded) open(std::move(**loaded));
    for (auto& [from, task] : waiting) task();
}

void AccountActor::open(store::LoadedAccount loaded) {
    record_ = std::move(loaded.account);
    for (const auto& wrapped : loaded.keys)
        if (wrapped.id == record_.person_key)
            if (auto key = services_.vault.unwrap(wrapped.wrapped, wrapped.id))
                key_ = std::make_shared<const PersonKey>(PersonKey{wrapped.id, *key});
    // Without its key nothing of this account can be read or written any more: it has been erased.
    if (!key_) {
        state_ = State::absent;
        return;
    }
    const auto reveal = [&](const store::Sealed& sealed, std::string_view kind) {
        return sealed.box.empty()
                   ? std::nullopt
                   : crypto::Vault::open(sealed.box, nullptr, &key_->key, {.room = {}, .message = {}, .kind = kind});
    };
    std::vector<Session> sessions;
    for (auto& session : loaded.sessions) {
        sessions.push_back({.id = session.id,
                            .token = session.token,
                            .device_label = reveal(session.device_label, "label").value_or(""),
                            .created_at = session.created_at,
                            .last_used_at = session.last_used_at});
        session_records_.emplace(session.id, std::move(session));
    }
    account_.emplace(Account::Facts{.id = id_,
                                    .login_id = record_.login_id,
                                    .standing = record_.standing,
                                    .rules_consented = record_.rules_consented,
                                    .created_at = record_.created_at},
                     std::move(sessions), services_.limits);
    matters_.emplace(id_, services_.limits);
    for (const auto& record : loaded.matters)
        if (const auto packed = reveal(record.content, "matter"))
            if (auto matter = unpack_matter(*packed)) matters_->restore(record.id, std::move(*matter));
    matters_->ready();
    if (const auto packed = reveal(record_.ban, "ban"))
        if (const auto ban = unpack_decision(*packed)) take_over_ban(*ban);
    visibility_ = matters_->visibility(home_.now());
    sanctions_ = matters_->sanctions(home_.now());
    for (const auto& record : loaded.received) reached_[record.room] = record.position;
    report_pattern();
    let_blocks_follow_after_all();
    schedule_housekeeping();
}

void AccountActor::when_loaded(ReturnTo from, Task task) {
    idle_since_ = home_.now();
    if (state_ != State::loading) return task();
    // What other actors ask is always answered; there is as much of it as those who wait have asked for.
    if (from.client.number != 0 && waiting_.size() >= services_.limits.mailbox_tasks_max)
        return refuse_any(home_, from, refuse_until(Errc::unavailable, home_.now() + Duration{1000}));
    waiting_.emplace_back(from, std::move(task));
}

// ---- one after the other --------------------------------------------------------------------------------------------

void AccountActor::in_turn(Judge judge) {
    turns_.push_back(std::move(judge));
    if (!is_committing_) next_turn();
}

void AccountActor::next_turn() {
    while (!is_committing_ && !turns_.empty()) {
        Judge judge = std::move(turns_.front());
        turns_.pop_front();
        auto work = judge();
        if (!work) continue;
        // Erased before its turn came: nothing of this account may be written any more.
        if (state_ != State::ready) {
            refuse_any(home_, work->from, refuse(Errc::sign_in_needed));
            if (work->on_failed) work->on_failed();
            continue;
        }
        is_committing_ = true;
        services_.store.commit({.changes = std::move(work->changes)}, home_.scheduler(),
                               [&home = home_, id = id_, from = work->from, then = std::move(work->on_durable),
                                otherwise = std::move(work->on_failed)](auto result) mutable {
                                   AccountActor* here = home.account_if_here(id);
                                   if (!result) refuse_any(home, from, result.error());
                                   if (!here) return;
                                   here->is_committing_ = false;
                                   if (result)
                                       then();
                                   else if (otherwise)
                                       otherwise();
                                   here->next_turn();
                               });
    }
}

store::Sealed AccountActor::seal(const std::string& text, std::string_view kind) const {
    return {.place_key = {},
            .person_key = key_->id,
            .box = crypto::Vault::seal(text, nullptr, &key_->key, {.room = {}, .message = {}, .kind = kind},
                                       home_.random())};
}

// ---- the connections that are signed in -----------------------------------------------------------------------------

IdentityPtr AccountActor::identity(SessionId session) const {
    const bool looks_after_rooms = account_->facts().standing.role != Role::member;
    return std::make_shared<const Identity>(
        Identity{.account = id_,
                 .session = session,
                 .standing = account_->facts().standing,
                 .rules_consented = account_->facts().rules_consented,
                 .newcomer_until = account_->facts().created_at + services_.limits.newcomer_for,
                 .visibility = visibility_,
                 .on_duty_view =
                     looks_after_rooms ? std::make_shared<const Visibility>(visibility_->on_duty()) : VisibilityPtr{},
                 .away = matters_->away(home_.now()),
                 .sanctions = sanctions_,
                 .key = key_,
                 .linked = matters_->linked()});
}

Me AccountActor::me(std::vector<RoomId> rooms) const {
    const Decision* ban = sanctions_->ban(home_.now());
    return {.login_id = account_->facts().login_id,
            .standing = account_->facts().standing,
            .rules_consented = account_->facts().rules_consented,
            .rooms = std::move(rooms),
            .ban = ban ? std::optional(*ban) : std::nullopt};
}

void AccountActor::attach(ReturnTo from, SessionId session, MakeReply make_reply) {
    services_.store.rooms_of(
        id_, home_.scheduler(),
        [&home = home_, id = id_, from, session, make_reply = std::move(make_reply)](auto rooms) mutable {
            AccountActor* here = home.account_if_here(id);
            if (!rooms) return refuse_any(home, from, rooms.error());
            if (!here || here->state_ != State::ready || !here->account_->session(session))
                return refuse_any(home, from, refuse(Errc::sign_in_failed));
            here->devices_.insert_or_assign(from.client, session);
            here->schedule_housekeeping();
            const std::vector<AccountId> held(here->held_.begin(), here->held_.end());
            home.services().shards.send(from.client.shard,
                                        [from, id, who = here->identity(session), held,
                                         reply = make_reply(here->me(std::move(*rooms)))](Home& there) mutable {
                                            Client* client = there.client(from.client);
                                            if (client) {
                                                client->set_signing_in(false);
                                                for (const AccountId other : held) client->hold(other);
                                                there.signed_in(*client, std::move(who));
                                                client->reply(from.request, std::move(reply));
                                                return there.services().shards.send(
                                                    Shards::front, [id, device = from.client](Home& front) {
                                                        front.case_desk().device_came(id, device);
                                                    });
                                            }
                                            const auto& shards = there.services().shards;
                                            shards.send(shards.home_of(id), [id, device = from.client](Home& back) {
                                                if (AccountActor* actor = back.account_if_here(id))
                                                    actor->device_went(device, {});
                                            });
                                        });
        });
}

void AccountActor::device_went(ClientRef device, const Reached& reached) {
    when_loaded({}, [this, device, reached] {
        devices_.erase(device);
        idle_since_ = home_.now();
        if (state_ == State::ready) keep_reached(reached);
    });
}

void AccountActor::tell(Event event) {
    for (const auto& [device, session] : devices_)
        services_.shards.send(device.shard, [device = device, event](Home& there) {
            Client* client = there.client(device);
            if (client && client->identity()) client->tell(event);
        });
}

void AccountActor::behind_a_fence(Then then) {
    // Nobody forgets an account that somebody waits for.
    awaited_fences_ += 1;
    home_.fence([this, then = std::move(then)]() mutable {
        awaited_fences_ -= 1;
        then(*this);
    });
}

void AccountActor::refresh_connections(std::optional<Event> event, Then then) {
    for (const auto& [device, session] : devices_)
        services_.shards.send(device.shard, [device = device, who = identity(session), event](Home& there) {
            Client* client = there.client(device);
            if (!client || !client->identity()) return;
            // Said first: it comes before whatever it means.
            if (event) client->tell(*event);
            client->set_identity(who);
        });
    behind_a_fence(std::move(then));
}

void AccountActor::close_connections(const std::vector<SessionId>& sessions, const SessionEnded& ended, Then then) {
    for (const auto& [device, session] : devices_)
        if (std::find(sessions.begin(), sessions.end(), session) != sessions.end())
            services_.shards.send(device.shard, [device = device, ended](Home& there) {
                if (Client* client = there.client(device)) client->end_session(ended);
            });
    behind_a_fence(std::move(then));
}

// ---- keeping house --------------------------------------------------------------------------------------------------

void AccountActor::schedule_housekeeping() {
    const TimePoint now = home_.now();
    TimePoint at = now + services_.limits.account_idle_max;
    const bool is_ready = state_ == State::ready;
    if (is_ready) at = std::min({at, account_->next_expiry(), matters_->next_due()});
    if (is_ready && (!unkept_.empty() || !devices_.empty()))
        at = std::min(at, now + services_.limits.received_kept_every);
    // What is overdue is on its way already, or the store refuses: it comes round again.
    if (at <= now) at = now + Duration{1000};
    if (at >= housekeeping_at_) return;
    housekeeping_at_ = at;
    home_.scheduler().after(at - now, [&home = home_, id = id_, at] {
        AccountActor* here = home.account_if_here(id);
        if (here && here->housekeeping_at_ == at) here->keep_house();
    });
}

void AccountActor::keep_house() {
    housekeeping_at_ = never;
    const TimePoint now = home_.now();
    const bool is_idle = devices_.empty() && waiting_.empty() && turns_.empty() && !is_committing_ && !is_loading() &&
                         awaited_fences_ == 0 && held_.empty() && errands_ == 0 &&
                         (unkept_.empty() || state_ != State::ready);
    if (is_idle && now - idle_since_ >= services_.limits.account_idle_max) return home_.forget_account(id_);
    if (state_ == State::ready) {
        let_matters_end();
        ask_devices_how_far();
    }
    if (state_ == State::ready)
        if (auto expired = account_->expired_sessions(now); !expired.empty())
            in_turn([this, expired]() -> std::optional<Work> {
                Work work{.from = {}, .changes = {}, .on_durable = {}};
                for (const SessionId session : expired) work.changes.push_back(store::DeleteSession{session});
                work.on_durable = [this, expired] {
                    for (const SessionId session : expired) account_->end(session);
                    close_connections(expired, {.reason = SessionEndReason::expired, .decision = {}},
                                      [](AccountActor&) {});
                };
                return work;
            });
    schedule_housekeeping();
}

}  // namespace kindroom::actors
