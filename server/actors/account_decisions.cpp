// Decisions about an account. It keeps them among its matters, so that what is decided, its statement of reasons and
// what it does become durable in one transaction. Order: durable, then told, then in force on every connection, and
// only then is the moderator answered (PRODUCT: it reaches the subject before or with its effect).
#include <algorithm>

#include "actors/account_actor.hpp"
#include "actors/audited.hpp"
#include "actors/home.hpp"
#include "actors/recusal.hpp"
#include "ops/metrics.hpp"

namespace kindroom::actors {

using namespace domain;

namespace {

bool bans_from_the_house(const Decision& decision) {
    return decision.action == DecisionAction::server_ban || decision.action == DecisionAction::network_ban;
}

AuditSource source_of(const Decision& decision) {
    switch (decision.source) {
        case DecisionSource::own:
            return AuditSource::own;
        case DecisionSource::report:
            return AuditSource::report;
        case DecisionSource::rule:
            return AuditSource::rule;
    }
    return AuditSource::none;
}

}  // namespace

// ---- what is kept ---------------------------------------------------------------------------------------------------

void AccountActor::store_whereabouts(const MatterChange& change, std::vector<store::Change>& into) const {
    if (!change.matter) {
        const auto known = matters_->all().find(change.id);
        if (known == matters_->all().end()) return;
        if (const auto* forgotten = std::get_if<KeptDecision>(&known->second)) {
            into.push_back(store::DeleteDecision{forgotten->decision.id});
            into.push_back(store::DeleteNetworkBans{forgotten->decision.id});
        }
        return;
    }
    const auto* kept = std::get_if<KeptDecision>(&*change.matter);
    if (!kept) return;
    const Decision& decision = kept->decision;
    const bool waits = decision.state == DecisionState::stands;
    into.push_back(store::PutDecision{
        {.id = decision.id,
         .account = id_,
         .room = decision.room,
         .appeal_code = decision.appeal_code.empty()
                            ? SecretHash{}
                            : services_.names.hash_secret(crypto::tidy_code(decision.appeal_code).reveal()),
         .confirm_by = waits ? decision.confirm_by : never}});
}

store::AppendAudit AccountActor::noted(const Identity* who, AuditKind kind, const Decision& decision) const {
    AuditEntry entry{.kind = kind,
                     .subject = services_.names.audit_name(id_),
                     .room = decision.room.value_or(RoomId{}),
                     .ref = audit_ref(decision.id)};
    if (kind == AuditKind::decision_made) {
        entry.rule_id = decision.rule_id;
        entry.rules_version = decision.rules_version;
        entry.act = decision.action;
        entry.source = source_of(decision);
        entry.automated = decision.automated;
    }
    return audited(home_, who, std::move(entry));
}

Result<Verdict> AccountActor::make_verdict(const IdentityPtr& who, KeptDecision kept, Confirmation confirmation) const {
    kept.decision.id = home_.random().id<DecisionId>();
    kept.decision.appeal = services_.house.appeal;
    kept.decision.appeal_code = std::string(crypto::make_recovery_code(home_.random()).reveal());
    auto changes = matters_->decide(std::move(kept));
    if (!changes) return changes.error();
    if (confirmation == Confirmation::given)
        std::get<KeptDecision>(*changes->back().matter).decision.confirm_by = never;
    Verdict verdict{.changes = std::move(*changes), .stored = {}, .devices = {}, .key = key_};
    for (const MatterChange& change : verdict.changes) {
        verdict.stored.push_back(to_store(change));
        store_whereabouts(change, verdict.stored);
    }
    verdict.stored.push_back(noted(who.get(), AuditKind::decision_made, verdict.kept().decision));
    for (const auto& [device, session] : devices_) verdict.devices.push_back(device);
    return verdict;
}

void AccountActor::take_over_ban(const Decision& ban) {
    if (ban.ends_at <= home_.now()) return;
    KeptDecision kept{.decision = ban, .by = {}};
    kept.decision.id = home_.random().id<DecisionId>();
    const MatterChange change{*MatterId::from_bytes(kept.decision.id.bytes()), std::move(kept)};
    matters_->apply(change);
    in_turn([this, change]() -> std::optional<Work> {
        auto changed = record_;
        changed.ban = {};
        changed.ban_ends_at = {};
        Work work{.from = {}, .changes = {to_store(change)}, .on_durable = {}};
        store_whereabouts(change, work.changes);
        work.changes.push_back(store::PutAccount{changed});
        work.on_durable = [this, changed] { record_ = changed; };
        return work;
    });
}

// ---- deciding -------------------------------------------------------------------------------------------------------

void AccountActor::has_blocked(AccountId other, MoveOnlyFunction<void(Result<bool>)> then) {
    when_loaded({}, [this, other, then = std::move(then)]() mutable {
        if (state_ != State::ready) return then(refuse_until(Errc::unavailable, home_.now() + Duration{1000}));
        then(matters_->block_of(other).has_value());
    });
}

void AccountActor::prepare_decision(IdentityPtr who, KeptDecision kept, MoveOnlyFunction<void(Result<Verdict>)> then) {
    when_loaded({}, [this, who = std::move(who), kept = std::move(kept), then = std::move(then)]() mutable {
        if (state_ == State::unreadable) return then(refuse_until(Errc::unavailable, home_.now() + Duration{1000}));
        if (state_ != State::ready) return then(refuse(Errc::person_unknown));
        then(make_verdict(who, std::move(kept), Confirmation::if_needed));
    });
}

void AccountActor::decided(std::vector<MatterChange> changes, std::vector<ClientRef> told, Task then) {
    when_loaded({}, [this, changes = std::move(changes), told = std::move(told), then = std::move(then)]() mutable {
        if (state_ != State::ready) return then();
        services_.metrics.add(ops::Counter::decisions_made);
        apply(changes);
        const KeptDecision kept = std::get<KeptDecision>(*changes.back().matter);
        tell_desk(kept);
        for (const auto& [device, session] : devices_)
            if (std::find(told.begin(), told.end(), device) == told.end())
                services_.shards.send(device.shard, [device = device, decision = kept.decision](Home& there) {
                    Client* client = there.client(device);
                    if (client && client->identity()) client->tell(DecisionMade{decision});
                });
        refresh_connections(std::nullopt, [then = std::move(then)](AccountActor&) mutable { then(); });
    });
}

void AccountActor::ban(const Act& act, KeptDecision kept) {
    const Confirmation confirmation = act.who->is_operator ? Confirmation::given : Confirmation::if_needed;
    unless_recused(home_, act, id_, Urgency::can_wait,
                   [act, kept = std::move(kept), confirmation](AccountActor& here) mutable {
                       here.decide(std::move(act), std::move(kept), confirmation, Done{});
                   });
}

void AccountActor::decide(Act act, KeptDecision kept, Confirmation confirmation, std::optional<Reply> reply) {
    const ReturnTo from = act.from;
    when_loaded(
        from, [this, act = std::move(act), kept = std::move(kept), confirmation, reply = std::move(reply)]() mutable {
            if (state_ != State::ready) return services_.shards.refuse(act.from, refuse(Errc::not_found));
            const bool concerns_networks = kept.decision.action == DecisionAction::network_ban;
            auto judge = [this, act = std::move(act), kept = std::move(kept), confirmation,
                          reply = std::move(reply)](std::set<NetworkId> networks) mutable {
                in_turn([this, act = std::move(act), kept = std::move(kept), confirmation, reply = std::move(reply),
                         networks = std::move(networks)]() mutable {
                    return judge_decision(std::move(act), std::move(kept), confirmation, std::move(reply), networks);
                });
            };
            if (!concerns_networks) return judge({});
            ask_devices_where_they_are(std::move(judge));
        });
}

std::optional<AccountActor::Work> AccountActor::judge_decision(Act act, KeptDecision kept, Confirmation confirmation,
                                                               std::optional<Reply> reply,
                                                               const std::set<NetworkId>& networks) {
    const ReturnTo from = act.from;
    auto verdict = make_verdict(act.who, std::move(kept), confirmation);
    if (!verdict) return services_.shards.refuse(from, verdict.error()), std::nullopt;
    const Decision& decision = verdict->kept().decision;
    Work work{.from = from, .changes = std::move(verdict->stored), .on_durable = {}};
    if (bans_from_the_house(decision))
        for (const Session& session : account_->sessions()) work.changes.push_back(store::DeleteSession{session.id});
    for (const NetworkId network : networks)
        work.changes.push_back(
            store::PutNetworkBan{{.network = network, .decision = decision.id, .ends_at = decision.ends_at}});
    work.on_durable = [this, from, changes = std::move(verdict->changes), reply = std::move(reply),
                       networks]() mutable {
        services_.metrics.add(ops::Counter::decisions_made);
        apply(changes);
        const KeptDecision& made = std::get<KeptDecision>(*changes.back().matter);
        if (!reply) reply = DecisionTaken{for_moderators(made.decision)};
        tell_desk(made, networks);
        enforce(made, [from, reply = std::move(*reply)](AccountActor& here) mutable {
            here.services_.shards.reply(from, std::move(reply));
        });
    };
    return work;
}

void AccountActor::ask_devices_where_they_are(MoveOnlyFunction<void(std::set<NetworkId>)> then) {
    struct Gathering {
        std::size_t awaited;
        MoveOnlyFunction<void(std::set<NetworkId>)> then;
        std::set<NetworkId> networks{};
    };
    auto gathering = std::make_shared<Gathering>(Gathering{devices_.size(), std::move(then)});
    if (devices_.empty()) return gathering->then({});
    errands_ += 1;
    for (const auto& [device, session] : devices_)
        services_.shards.send(device.shard, [device = device, id = id_, back = home_.shard(), gathering](Home& there) {
            std::optional<NetworkId> network;
            // Everybody who comes over a proxy of this machine shares its address.
            if (const Client* client = there.client(device); client && !client->peer().is_loopback)
                network = client->peer().network;
            there.services().shards.send(back, [id, gathering, network](Home& home) {
                if (network) gathering->networks.insert(*network);
                if (--gathering->awaited > 0) return;
                home.account(id).errands_ -= 1;
                gathering->then(std::move(gathering->networks));
            });
        });
}

void AccountActor::enforce(const KeptDecision& kept, Then then) {
    // What they had said with a breath and nobody has seen yet goes back to them.
    let_rooms_know();
    if (!bans_from_the_house(kept.decision)) return refresh_connections(DecisionMade{kept.decision}, std::move(then));
    std::vector<SessionId> ended;
    for (const Session& session : account_->sessions()) ended.push_back(session.id);
    for (const SessionId session : ended) {
        account_->end(session);
        session_records_.erase(session);
    }
    close_connections(ended, {.reason = SessionEndReason::banned, .decision = kept.decision}, std::move(then));
}

void AccountActor::let_rooms_know() const {
    services_.store.rooms_of(id_, home_.scheduler(), [&home = home_, id = id_, now = sanctions_](auto rooms) {
        if (!rooms) return;
        const auto& shards = home.services().shards;
        for (const RoomId room : *rooms)
            shards.send(shards.home_of(room), [room, id, now](Home& there) {
                if (RoomActor* actor = there.room_if_here(room)) actor->give_back_of(id, now);
            });
    });
}

void AccountActor::let_go_of_held(const Decision& decision) const {
    if (decision.action != DecisionAction::hold || decision.state != DecisionState::reversed) return;
    tell_wrong_holds(*decision.room, {decision});
}

void AccountActor::let_go_of_held_in(RoomId room) {
    when_loaded({}, [this, room] {
        if (state_ != State::ready) return;
        auto wrong = matters_->decisions(home_.now());
        std::erase_if(wrong, [&](const Decision& one) {
            return one.action != DecisionAction::hold || one.room != room || one.state != DecisionState::reversed;
        });
        if (!wrong.empty()) tell_wrong_holds(room, std::move(wrong));
    });
}

void AccountActor::tell_wrong_holds(RoomId room, std::vector<Decision> wrong) const {
    services_.shards.send(services_.shards.home_of(room),
                          [room, id = id_, now = sanctions_, wrong = std::move(wrong)](Home& there) {
                              if (RoomActor* actor = there.room_if_here(room)) actor->let_go_of(id, now, wrong);
                          });
}

void AccountActor::tell_desk(const KeptDecision& kept, const std::set<NetworkId>& networks) const {
    services_.shards.send(Shards::front, [decision = kept.decision, by = kept.confirmed_by, account = id_,
                                          networks](Home& front) {
        front.decision_desk().changed(decision, account);
        if (!by.is_nil()) front.case_desk().confirmed(decision.id, by);
        for (const NetworkId network : networks)
            front.decision_desk().ban_network(
                {.network = network, .decision = decision.id, .ends_at = decision.ends_at});
    });
}

// ---- what becomes of it ---------------------------------------------------------------------------------------------

template <class Told>
AccountActor::Work AccountActor::change_decision(const Act& act, AuditKind kind, MatterChange change) {
    Work work{.from = act.from, .changes = {to_store(change)}, .on_durable = {}};
    store_whereabouts(change, work.changes);
    const KeptDecision kept = std::get<KeptDecision>(*change.matter);
    work.changes.push_back(noted(act.who.get(), kind, kept.decision));
    if (kept.decision.state != DecisionState::stands && kept.decision.action == DecisionAction::network_ban)
        work.changes.push_back(store::DeleteNetworkBans{kept.decision.id});
    work.on_durable = [this, from = act.from, change = std::move(change), kept] {
        apply({change});
        tell_desk(kept);
        refresh_connections(Told{as_it_stands(kept.decision, home_.now())},
                            [from, decision = kept.decision](AccountActor& here) {
                                here.let_go_of_held(decision);
                                here.services_.shards.reply(from, Done{});
                            });
    };
    return work;
}

void AccountActor::confirm(Act act, DecisionId decision) {
    const ReturnTo from = act.from;
    when_loaded(from, [this, act = std::move(act), decision]() mutable {
        if (state_ != State::ready) return services_.shards.refuse(act.from, refuse(Errc::not_found));
        in_turn([this, act = std::move(act), decision]() -> std::optional<Work> {
            auto change = matters_->decide_confirm(decision, act.who->account, home_.now());
            if (!change) return services_.shards.refuse(act.from, change.error()), std::nullopt;
            if (!*change) return services_.shards.reply(act.from, Done{}), std::nullopt;
            return change_decision<DecisionConfirmed>(act, AuditKind::decision_confirmed, std::move(**change));
        });
    });
}

void AccountActor::undo(Act act, AuditKind kind, DecisionId decision, std::string why,
                        std::vector<store::Change> more) {
    const ReturnTo from = act.from;
    when_loaded(from,
                [this, act = std::move(act), kind, decision, why = std::move(why), more = std::move(more)]() mutable {
                    if (state_ != State::ready) return services_.shards.refuse(act.from, refuse(Errc::not_found));
                    in_turn([this, act = std::move(act), kind, decision, why = std::move(why),
                             more = std::move(more)]() mutable -> std::optional<Work> {
                        auto change = matters_->decide_reversal(decision, std::move(why), home_.now());
                        if (!change) return services_.shards.reply(act.from, Done{}), std::nullopt;
                        Work work = change_decision<DecisionReversed>(act, kind, std::move(*change));
                        std::move(more.begin(), more.end(), std::back_inserter(work.changes));
                        return work;
                    });
                });
}

void AccountActor::lift_bans(Act act) {
    const ReturnTo from = act.from;
    when_loaded(from, [this, act = std::move(act)] {
        if (state_ != State::ready) return services_.shards.refuse(act.from, refuse(Errc::not_found));
        const TimePoint now = home_.now();
        std::vector<DecisionId> bans;
        for (const Decision& decision : matters_->decisions(now))
            if (bans_from_the_house(decision) && is_in_force(decision, now)) bans.push_back(decision.id);
        if (bans.empty()) return services_.shards.reply(act.from, Done{});
        // Answered with the last one; they follow one another.
        for (std::size_t i = 1; i < bans.size(); ++i)
            undo({.from = {}, .who = act.who}, AuditKind::ban_lifted, bans[i], {}, {});
        undo(act, AuditKind::ban_lifted, bans.front(), {}, {});
    });
}

void AccountActor::let_lapse() {
    when_loaded({}, [this] {
        if (state_ != State::ready || is_letting_lapse_ || matters_->lapsed(home_.now()).empty()) return;
        is_letting_lapse_ = true;
        in_turn([this]() -> std::optional<Work> {
            auto lapsed = matters_->lapsed(home_.now());
            if (lapsed.empty()) return is_letting_lapse_ = false, std::nullopt;
            Work work = change_decision<DecisionLapsed>({}, AuditKind::decision_lapsed, std::move(lapsed.front()));
            work.on_failed = [this] { is_letting_lapse_ = false; };
            work.on_durable = [this, then = std::move(work.on_durable)]() mutable {
                is_letting_lapse_ = false;
                then();
                let_lapse();
            };
            return work;
        });
    });
}

// ---- asked for ------------------------------------------------------------------------------------------------------

void AccountActor::find_decision(DecisionId decision, ThenDecision then) {
    when_loaded({}, [this, decision, then = std::move(then)]() mutable {
        if (state_ == State::unreadable) return then(refuse_until(Errc::unavailable, home_.now() + Duration{1000}));
        const KeptDecision* kept = state_ == State::ready ? matters_->decision(decision) : nullptr;
        if (!kept) return then(std::optional<KeptDecision>{});
        KeptDecision found = *kept;
        found.decision = as_it_stands(std::move(found.decision), home_.now());
        then(std::optional(std::move(found)));
    });
}

void AccountActor::on(const Envelope& envelope, const ListMyDecisions&) {
    services_.shards.reply(envelope.from, MyDecisions{matters_->decisions(home_.now())});
}

}  // namespace kindroom::actors
