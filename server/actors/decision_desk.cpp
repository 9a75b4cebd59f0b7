#include "actors/decision_desk.hpp"

#include <algorithm>

#include "actors/home.hpp"
#include "actors/recusal.hpp"

namespace kindroom::actors {

using namespace domain;

namespace {

// Until what the store refused is tried again.
constexpr Duration again_after{1'000};

bool may_confirm(const Identity& who, const std::optional<RoomId>& room) {
    return room ? who.standing.may_moderate(*room) : who.standing.may_moderate_the_house();
}

}  // namespace

void DecisionDesk::open(MoveOnlyFunction<void(bool)> ready) {
    home_.services().store.open_decisions(home_.scheduler(), [this, ready = std::move(ready)](auto open) mutable {
        if (!open) return ready(false);
        for (const auto& record : open->unconfirmed)
            waiting_.insert_or_assign(
                record.id, Waiting{.account = record.account, .room = record.room, .confirm_by = record.confirm_by});
        network_bans_ = std::move(open->network_bans);
        schedule();
        ready(true);
    });
}

// ---- what waits -----------------------------------------------------------------------------------------------------

void DecisionDesk::changed(const Decision& decision, AccountId account) {
    if (decision.state == DecisionState::stands && decision.confirm_by != never)
        waiting_.insert_or_assign(
            decision.id, Waiting{.account = account, .room = decision.room, .confirm_by = decision.confirm_by});
    else
        waiting_.erase(decision.id);
    if (decision.state != DecisionState::stands)
        std::erase_if(network_bans_, [&](const auto& ban) { return ban.decision == decision.id; });
    schedule();
}

void DecisionDesk::forget(AccountId account) {
    std::erase_if(waiting_, [&](const auto& one) {
        const auto& [decision, waiting] = one;
        if (waiting.account != account) return false;
        // Nobody can confirm it any more, so what it keeps out comes in again when it would have lapsed.
        for (auto& ban : network_bans_)
            if (ban.decision == decision) ban.ends_at = std::min(ban.ends_at, waiting.confirm_by);
        keep_networks_of(decision);
        return true;
    });
    schedule();
}

// The decision itself is gone, so nothing else tells the next start when this ends: what the store refuses is asked
// again, unless it is over meanwhile.
void DecisionDesk::keep_networks_of(DecisionId decision) {
    store::Transaction transaction;
    for (const auto& ban : network_bans_)
        if (ban.decision == decision) transaction.changes.push_back(store::PutNetworkBan{ban});
    if (transaction.changes.empty()) return;
    home_.services().store.commit(std::move(transaction), home_.scheduler(), [this, decision](const auto& kept) {
        if (!kept) home_.scheduler().after(again_after, [this, decision] { keep_networks_of(decision); });
    });
}

void DecisionDesk::schedule() {
    TimePoint next = never;
    for (const auto& [id, waiting] : waiting_) next = std::min(next, waiting.confirm_by);
    for (const auto& ban : network_bans_) next = std::min(next, ban.ends_at);
    if (next == never) return;
    // What is overdue is on its way, or the store refuses: it comes round again.
    const TimePoint now = home_.now();
    const TimePoint at = next > now ? next : now + again_after;
    if (at >= scheduled_for_) return;
    scheduled_for_ = at;
    home_.scheduler().after(at - now, [this, at] {
        if (scheduled_for_ != at) return;
        scheduled_for_ = never;
        forget_networks();
        let_lapse();
    });
}

// What it imposed was over by the clock already. Here somebody who is not connected gets it written down, too.
void DecisionDesk::let_lapse() {
    const auto& shards = home_.services().shards;
    for (auto it = waiting_.begin(); it != waiting_.end();) {
        const auto& [id, waiting] = *it;
        if (waiting.confirm_by > home_.now()) {
            ++it;
            continue;
        }
        shards.send(shards.home_of(waiting.account),
                    [account = waiting.account](Home& there) { there.account(account).let_lapse(); });
        std::erase_if(network_bans_, [lapsed = id](const auto& ban) { return ban.decision == lapsed; });
        it = waiting_.erase(it);
    }
    schedule();
}

// ---- confirming -----------------------------------------------------------------------------------------------------

void DecisionDesk::confirm(const Act& act, DecisionId decision) {
    home_.services().store.find_decision(decision, home_.scheduler(), [&home = home_, act, decision](auto found) {
        const auto& shards = home.services().shards;
        if (!found) return shards.refuse(act.from, found.error());
        if (!*found) return shards.refuse(act.from, refuse(Errc::not_found));
        if (!may_confirm(*act.who, (*found)->room)) return shards.refuse(act.from, refuse(Errc::not_allowed));
        unless_recused(home, act, (*found)->account, Urgency::can_wait,
                       [act, decision](AccountActor& subject) { subject.confirm(act, decision); });
    });
}

struct DecisionDesk::Listing {
    ReturnTo from;
    AccountId by;
    std::size_t awaited = 0;
    std::vector<UnconfirmedDecision> found{};

    void add(std::optional<KeptDecision> kept) {
        if (!kept || kept->decision.confirm_by == never || kept->decision.state != DecisionState::stands) return;
        found.push_back({.decision = for_moderators(std::move(kept->decision)),
                         .person = std::move(kept->subject),
                         .own = kept->by == by});
    }
    Reply take() {
        std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
            return std::pair(a.decision.confirm_by, a.decision.id) < std::pair(b.decision.confirm_by, b.decision.id);
        });
        return Unconfirmed{std::move(found)};
    }
};

void DecisionDesk::list_unconfirmed(ReturnTo from, const IdentityPtr& who) {
    std::vector<std::pair<TimePoint, DecisionId>> shown;
    for (const auto& [id, waiting] : waiting_)
        if (may_confirm(*who, waiting.room)) shown.emplace_back(waiting.confirm_by, id);
    std::sort(shown.begin(), shown.end());
    if (shown.size() > home_.services().limits.unconfirmed_max) shown.resize(home_.services().limits.unconfirmed_max);
    const auto& shards = home_.services().shards;
    if (shown.empty()) return shards.reply(from, Unconfirmed{});
    auto listing = std::make_shared<Listing>(Listing{.from = from, .by = who->account, .awaited = shown.size()});
    for (const auto& [at, id] : shown) {
        const AccountId account = waiting_.at(id).account;
        shards.send(shards.home_of(account), [listing, id = id, account](Home& there) {
            there.account(account).find_decision(id, [&there, listing](const auto& kept) {
                there.services().shards.send(Shards::front, [listing, kept](Home& front) {
                    listing->add(kept ? *kept : std::nullopt);
                    if (--listing->awaited == 0) front.services().shards.reply(listing->from, listing->take());
                });
            });
        });
    }
}

// ---- networks -------------------------------------------------------------------------------------------------------

void DecisionDesk::ban_network(const store::NetworkBanRecord& ban) {
    network_bans_.push_back(ban);
    schedule();
}

// Not even their hashes are kept longer. What the store refuses to forget it is asked again after the next start.
void DecisionDesk::forget_networks() {
    const auto is_over = [now = home_.now()](const auto& ban) { return ban.ends_at <= now; };
    store::Transaction over;
    for (const auto& ban : network_bans_)
        if (is_over(ban)) over.changes.push_back(store::DeleteNetworkBans{ban.decision});
    std::erase_if(network_bans_, is_over);
    if (!over.changes.empty()) home_.services().store.commit(std::move(over), home_.scheduler(), [](const auto&) {});
}

Result<void> DecisionDesk::may_sign_up(NetworkId network, TimePoint now) const {
    TimePoint until{};
    for (const auto& ban : network_bans_) {
        const auto waiting = waiting_.find(ban.decision);
        const bool has_lapsed = waiting != waiting_.end() && waiting->second.confirm_by <= now;
        if (ban.network == network && !has_lapsed) until = std::max(until, ban.ends_at);
    }
    return until > now ? Result<void>(refuse_until(Errc::network_banned, until)) : Result<void>();
}

}  // namespace kindroom::actors
