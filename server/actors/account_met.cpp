// What others' boundaries mean for an account: what had reached it, what it is not shown any more, which of its
// accounts are one person's. None of this is ever told to it.
#include <algorithm>

#include "actors/account_actor.hpp"
#include "actors/home.hpp"

namespace kindroom::actors {

using namespace domain;

// ---- what has reached the devices -----------------------------------------------------------------------------------

namespace {

void merge(Reached& into, const Reached& reached) {
    for (const auto& [room, position] : reached) into[room] = std::max(into[room], position);
}

}  // namespace

void AccountActor::keep_reached(const Reached& reached) {
    for (const auto& [room, position] : reached) {
        Position& known = reached_[room];
        if (position <= known) continue;
        known = unkept_[room] = position;
    }
    if (unkept_.empty()) return;
    in_turn([this]() -> std::optional<Work> {
        if (unkept_.empty()) return std::nullopt;
        Work work{.from = {}, .changes = {}, .on_durable = [] {}};
        for (const auto& [room, position] : unkept_)
            work.changes.push_back(store::PutReceived{{.account = id_, .room = room, .position = position}});
        work.on_failed = [this, lost = std::exchange(unkept_, {})] { merge(unkept_, lost); };
        return work;
    });
}

void AccountActor::ask_devices_how_far() {
    for (const auto& [device, session] : devices_)
        services_.shards.send(device.shard, [device = device, id = id_, back = home_.shard()](Home& there) {
            const Client* client = there.client(device);
            if (!client) return;
            there.services().shards.send(back, [id, reached = client->reached()](Home& home) {
                AccountActor* here = home.account_if_here(id);
                if (here && here->state_ == State::ready) here->keep_reached(reached);
            });
        });
}

// ---- being blocked --------------------------------------------------------------------------------------------------

void AccountActor::ask_devices_to_hold(AccountId by, MoveOnlyFunction<void(Reached)> then) {
    held_.insert(by);
    struct Gathering {
        std::size_t awaited;
        Reached reached;
        MoveOnlyFunction<void(Reached)> then;
    };
    auto gathering = std::make_shared<Gathering>(Gathering{devices_.size(), reached_, std::move(then)});
    if (devices_.empty()) return gathering->then(std::move(gathering->reached));
    for (const auto& [device, session] : devices_)
        services_.shards.send(device.shard, [device = device, by, back = home_.shard(), gathering](Home& there) {
            Client* client = there.client(device);
            Reached reached = client ? client->hold(by) : Reached{};
            // One that has just gone has told its account before this arrives: posts keep their order.
            there.services().shards.send(back, [gathering, reached = std::move(reached)](Home&) {
                merge(gathering->reached, reached);
                if (--gathering->awaited == 0) gathering->then(std::move(gathering->reached));
            });
        });
}

void AccountActor::release(AccountId by) {
    if (const auto one = held_.find(by); one != held_.end()) held_.erase(one);
    for (const auto& [device, session] : devices_)
        services_.shards.send(device.shard, [device = device, by](Home& there) {
            if (Client* client = there.client(device)) client->release(by);
        });
}

void AccountActor::prepare_met(AccountId by, ThenMet then) {
    when_loaded({}, [this, by, then = std::move(then)]() mutable {
        if (state_ == State::unreadable) return then(refuse_until(Errc::unavailable, home_.now() + Duration{1000}));
        if (state_ != State::ready) return then(std::optional<Met>{});
        ask_devices_to_hold(by, [this, by, then = std::move(then)](Reached reached) mutable {
            merge(reached, reached_);
            Met met{.account = id_,
                    .change = matters_->met(by, home_.now(), std::move(reached), home_.random().id<MatterId>()),
                    .stored = {},
                    .linked = matters_->linked()};
            met.stored = std::get<store::PutMatter>(to_store(met.change)).matter;
            then(std::optional(std::move(met)));
        });
    });
}

void AccountActor::prepare_met_end(AccountId by, TimePoint until, ThenMet then) {
    when_loaded({}, [this, by, until, then = std::move(then)]() mutable {
        if (state_ == State::unreadable) return then(refuse_until(Errc::unavailable, home_.now() + Duration{1000}));
        const auto change = state_ == State::ready ? matters_->met_ends(by, until) : std::nullopt;
        if (!change) return then(std::optional<Met>{});
        then(std::optional(Met{.account = id_,
                               .change = *change,
                               .stored = std::get<store::PutMatter>(to_store(*change)).matter,
                               .linked = {}}));
    });
}

void AccountActor::met(AccountId by, MatterChange change, Task then) {
    when_loaded({}, [this, by, change = std::move(change), then = std::move(then)]() mutable {
        // Loaded anew meanwhile: then it is in force already.
        if (state_ != State::ready) return then();
        apply({std::move(change)});
        part_if_blocked(by);
        // A link that became durable since a block was prepared: it follows to those accounts too.
        for (const AccountId other : matters_->linked()) let_block_follow(by, other);
        refresh_connections(std::nullopt, [then = std::move(then)](AccountActor&) mutable { then(); });
        release(by);
        report_pattern();
    });
}

void AccountActor::never_met(AccountId by) { release(by); }

// ---- several who keep one away --------------------------------------------------------------------------------------
// Asked anew when it is to be told, so that nothing is kept of who they are.

void AccountActor::report_pattern() {
    if (state_ != State::ready || !matters_->is_kept_away_by_several()) return;
    services_.shards.send(Shards::front, [id = id_, linked = matters_->linked()](Home& front) {
        front.case_desk().look_for_pattern(id, linked);
    });
}

void AccountActor::look_for_pattern(ThenPattern then) {
    when_loaded({}, [this, then = std::move(then)]() mutable {
        if (state_ == State::unreadable) return then(refuse_until(Errc::unavailable, home_.now() + Duration{1000}));
        if (state_ != State::ready || !matters_->is_kept_away_by_several())
            return then(std::optional<Acquaintance>{});
        errands_ += 1;
        ask_how_known(matters_->blocked_by(), {}, std::move(then));
    });
}

void AccountActor::ask_how_known(std::vector<AccountId> left, std::vector<KeptAwayBy> known, ThenPattern then) {
    if (left.empty()) {
        errands_ -= 1;
        return then(pattern_of(known, services_.limits.pattern_people_min));
    }
    const AccountId other = left.back();
    left.pop_back();
    services_.shards.send(services_.shards.home_of(other), [other, me = id_, back = home_.shard(),
                                                            left = std::move(left), known = std::move(known),
                                                            then = std::move(then)](Home& there) mutable {
        there.account(other).tell_how_known(me, [&there, me, back, left = std::move(left), known = std::move(known),
                                                 then = std::move(then)](auto one) mutable {
            if (one) known.push_back(std::move(*one));
            there.services().shards.send(back, [me, left = std::move(left), known = std::move(known),
                                                then = std::move(then)](Home& home) mutable {
                home.account(me).ask_how_known(std::move(left), std::move(known), std::move(then));
            });
        });
    });
}

void AccountActor::tell_how_known(AccountId other, MoveOnlyFunction<void(std::optional<KeptAwayBy>)> then) {
    when_loaded({}, [this, other, then = std::move(then)]() mutable {
        const auto block = state_ == State::ready ? matters_->block_of(other) : std::nullopt;
        if (!block) return then(std::nullopt);
        then(KeptAwayBy{.account = id_, .linked = matters_->linked(), .from = block->second.other});
    });
}

// ---- one person's accounts ------------------------------------------------------------------------------------------

void AccountActor::link(ReturnTo from, AccountId other, Task then) {
    when_loaded(from, [this, from, other, then = std::move(then)]() mutable {
        if (state_ != State::ready) return services_.shards.refuse(from, refuse(Errc::person_unknown));
        in_turn([this, from, other, then = std::move(then)]() mutable -> std::optional<Work> {
            auto change = matters_->decide_link(other, home_.random().id<MatterId>());
            // Linked before: what a crash cut short is made good.
            if (!change) return let_blocks_follow(other), then(), std::nullopt;
            Work work{.from = from, .changes = {to_store(*change)}, .on_durable = {}};
            work.on_durable = [this, other, change = std::move(*change), then = std::move(then)]() mutable {
                apply({std::move(change)});
                let_blocks_follow(other);
                then();
            };
            return work;
        });
    });
}

void AccountActor::let_block_follow(AccountId by, AccountId other) {
    services_.shards.send(services_.shards.home_of(by),
                          [by, other, me = id_](Home& there) { there.account(by).block_also(other, me); });
}

void AccountActor::let_blocks_follow(AccountId other) {
    for (const AccountId by : matters_->blocked_by()) let_block_follow(by, other);
}

void AccountActor::let_blocks_follow_after_all() {
    for (const AccountId other : matters_->linked()) {
        let_blocks_follow(other);
        // Who blocks it is known there alone, and it does the same when it is loaded.
        services_.shards.send(services_.shards.home_of(other), [other](Home& there) { there.account(other); });
    }
}

void AccountActor::link_others(ReturnTo from, const NamedPeople& two) {
    if (!two[0] || !two[1] || two[0]->who.account == two[1]->who.account)
        return services_.shards.refuse(from, refuse(Errc::person_unknown));
    const AccountId first = two[0]->who.account;
    const AccountId second = two[1]->who.account;
    const auto& shards = services_.shards;
    shards.send(shards.home_of(first), [from, first, second](Home& there) {
        there.account(first).link(from, second, [from, first, second, &there] {
            const auto& onwards = there.services().shards;
            onwards.send(onwards.home_of(second), [from, first, second](Home& beyond) {
                beyond.account(second).link(from, first,
                                            [from, &beyond] { beyond.services().shards.reply(from, Done{}); });
            });
        });
    });
}

}  // namespace kindroom::actors
