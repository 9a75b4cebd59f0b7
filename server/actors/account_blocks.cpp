// Blocking and unblocking. A block concerns two accounts and has six steps: whoever sits in a circle gives up their
// seat, before anything else, so that the other one never sits before a turn that they do not see. They do so whether
// the other one sits there or not: else it would tell them who is one person with whom, and who is hidden from them and
// not gone (PRODUCT X3). Where a block follows to an account that nobody named, it waits for the sitting to end. Then
// the other one's devices are asked to hold back what shows this one, and tell how far they are; both accounts' matters
// become durable in one transaction; both get new snapshots of what they see; every device has swapped; and only then
// the reply.
#include <algorithm>

#include "actors/account_actor.hpp"
#include "actors/home.hpp"

namespace kindroom::actors {

using namespace domain;

namespace {

// When it is asked again whether two sit together between whom there is to be a block.
constexpr Duration follows_again_after{60'000};

// Gives up a seat as soon as its circle can be asked for it.
void part_in_time(Home& home, RoomId circle, AccountId account, const std::shared_ptr<const PersonKey>& key,
                  AccountId other) {
    home.scheduler().after(Duration{1000}, [&home, circle, account, key, other] {
        home.room(circle).part(account, key, other, [&home, circle, account, key, other](const Result<void>& parted) {
            if (!parted) part_in_time(home, circle, account, key, other);
        });
    });
}

}  // namespace

// ---- block ----------------------------------------------------------------------------------------------------------

// One call that blocks people, on its way.
struct AccountActor::Blocking {
    ReturnTo from;
    // Somebody to block, and which account of the same person was named, if it is not this one.
    struct One {
        Acquaintance other;
        std::optional<AccountId> because_of;
        std::optional<Met> met{};
        // It was in force when the call came: nobody was asked to hold anything back.
        bool is_in_force = false;
        // This account sits in no circle any more where they could notice it.
        bool is_parted = false;
    };
    std::vector<One> all;
    // None of them was named now: an earlier block follows to other accounts of the same person.
    bool follows = false;
    // Circles that could not be asked to give up the seat, and for whose sake.
    std::vector<std::pair<RoomId, AccountId>> unparted;
    // The circles in which this account is, once that is known.
    std::optional<std::vector<RoomId>> circles;
    std::vector<AccountId> named;
    std::size_t prepared = 0;
    std::optional<FrozenReport> report;

    bool holds(AccountId other) const {
        return std::any_of(all.begin(), all.end(), [&](const One& one) { return one.other.account == other; });
    }
};

void AccountActor::block(ReturnTo from, NamedPeople people, std::optional<FrozenReport> report) {
    when_loaded(from, [this, from, people = std::move(people), report = std::move(report)]() mutable {
        if (state_ != State::ready) return services_.shards.refuse(from, refuse(Errc::sign_in_needed));
        auto blocking = std::make_unique<Blocking>();
        blocking->from = from;
        blocking->report = std::move(report);
        for (auto& person : people) {
            // Oneself cannot be kept away; asking for it is no reason to keep nobody away.
            if (!person || person->who.account == id_ || blocking->holds(person->who.account)) continue;
            blocking->named.push_back(person->who.account);
            // What is refused anyhow is refused before it costs the others anything.
            const auto judged = matters_->decide_block(person->who, std::nullopt, MatterId{}, home_.now());
            if (!judged) return services_.shards.refuse(from, judged.error());
            blocking->all.push_back({.other = std::move(person->who), .because_of = std::nullopt});
        }
        if (blocking->all.empty()) return services_.shards.refuse(from, refuse(Errc::person_unknown));
        errands_ += 1;
        prepare_next(std::move(blocking));
    });
}

void AccountActor::block_also(AccountId other, AccountId because_of) {
    when_loaded({}, [this, other, because_of] {
        if (state_ == State::unreadable) return put_off(other, because_of);
        if (state_ != State::ready || other == id_) return;
        const auto block = matters_->block_of(because_of);
        if (!block || matters_->block_of(other)) return;
        auto blocking = std::make_unique<Blocking>();
        blocking->follows = true;
        Acquaintance linked = block->second.other;
        linked.account = other;
        blocking->all.push_back({.other = std::move(linked), .because_of = because_of});
        errands_ += 1;
        prepare_next(std::move(blocking));
    });
}

void AccountActor::put_off(AccountId other, AccountId because_of) {
    home_.scheduler().after(follows_again_after, [&home = home_, me = id_, other, because_of] {
        home.account(me).block_also(other, because_of);
    });
}

void AccountActor::prepare_next(std::unique_ptr<Blocking> blocking) {
    // Whoever is blocked already is not made to hold still again: that would be a weapon (PRODUCT X4).
    for (; blocking->prepared < blocking->all.size(); blocking->prepared += 1) {
        auto& one = blocking->all[blocking->prepared];
        one.is_in_force = matters_->block_of(one.other.account).has_value();
        if (!one.is_in_force) break;
    }
    if (blocking->prepared == blocking->all.size()) return commit_block(std::move(blocking));
    if (!blocking->circles) return find_circles(std::move(blocking));
    if (!blocking->circles->empty() && !blocking->all[blocking->prepared].is_parted)
        return leave_sittings(std::move(blocking));
    const AccountId other = blocking->all[blocking->prepared].other.account;
    services_.shards.send(services_.shards.home_of(other), [other, me = id_, back = home_.shard(),
                                                            blocking = std::move(blocking)](Home& there) mutable {
        there.account(other).prepare_met(me, [&there, me, back, blocking = std::move(blocking)](auto met) mutable {
            there.services().shards.send(
                back, [me, blocking = std::move(blocking), met = std::move(met)](Home& home) mutable {
                    AccountActor& here = home.account(me);
                    if (!met) return here.give_up(*blocking, met.error());
                    auto& one = blocking->all[blocking->prepared];
                    if (*met) {
                        // Blocks follow the person: their other accounts too (PRODUCT look 24).
                        const AccountId named = one.because_of.value_or(one.other.account);
                        Acquaintance linked = one.other;
                        one.met = std::move(**met);
                        const auto accounts = one.met->linked;
                        for (const AccountId account : accounts) {
                            linked.account = account;
                            if (account != me && !blocking->holds(account))
                                blocking->all.push_back({.other = linked, .because_of = named});
                        }
                    }
                    blocking->prepared += 1;
                    here.prepare_next(std::move(blocking));
                });
        });
    });
}

void AccountActor::give_up(const Blocking& blocking, Error error) {
    errands_ -= 1;
    for (const auto& one : blocking.all)
        if (one.met) tell_never_met(one.other.account);
    if (!blocking.follows) return services_.shards.refuse(blocking.from, std::move(error));
    for (const auto& one : blocking.all) put_off(one.other.account, *one.because_of);
}

void AccountActor::find_circles(std::unique_ptr<Blocking> blocking) {
    const auto is_circle = [](const RoomCard& card) { return card.settings.kind == RoomKind::circle; };
    const auto notice = home_.notice();
    if (std::ranges::none_of(notice->rooms, [&](const auto& entry) { return is_circle(entry.second); })) {
        blocking->circles.emplace();
        return prepare_next(std::move(blocking));
    }
    services_.store.rooms_of(
        id_, home_.scheduler(),
        [&home = home_, me = id_, notice, is_circle, blocking = std::move(blocking)](auto rooms) mutable {
            // If it cannot be found out, it may be any of them: that is no reason to refuse a boundary (PRODUCT X5).
            const auto may_be_in = [&](RoomId room) {
                return !rooms || std::ranges::find(*rooms, room) != rooms->end();
            };
            blocking->circles.emplace();
            for (const auto& [room, card] : notice->rooms)
                if (is_circle(card) && may_be_in(room)) blocking->circles->push_back(room);
            home.account(me).prepare_next(std::move(blocking));
        });
}

void AccountActor::leave_sittings(std::unique_ptr<Blocking> blocking) {
    struct Leaving {
        std::size_t awaited;
        std::unique_ptr<Blocking> blocking;
        std::vector<RoomId> left_over{};
    };
    const std::vector<RoomId> circles = *blocking->circles;
    const AccountId other = blocking->all[blocking->prepared].other.account;
    const bool follows = blocking->follows;
    auto leaving = std::make_shared<Leaving>(Leaving{circles.size(), std::move(blocking)});
    for (const RoomId circle : circles)
        services_.shards.send(services_.shards.home_of(circle), [circle, other, follows, me = id_, key = key_,
                                                                 back = home_.shard(), leaving](Home& there) {
            const auto answer = [&there, circle, me, back, leaving](bool is_parted) {
                there.services().shards.send(back, [circle, me, leaving, is_parted](Home& home) {
                    if (!is_parted) leaving->left_over.push_back(circle);
                    if (--leaving->awaited == 0)
                        home.account(me).on_sittings_left(std::move(leaving->blocking), leaving->left_over);
                });
            };
            if (follows)
                there.room(circle).ask_whether_they_sit_together(me, other, [answer](bool sit) { answer(!sit); });
            else
                there.room(circle).part(me, key, other,
                                        [answer](const Result<void>& parted) { answer(parted.has_value()); });
        });
}

void AccountActor::on_sittings_left(std::unique_ptr<Blocking> blocking, const std::vector<RoomId>& left_over) {
    auto& one = blocking->all[blocking->prepared];
    if (!blocking->follows || left_over.empty()) {
        for (const RoomId circle : left_over) blocking->unparted.emplace_back(circle, one.other.account);
        one.is_parted = true;
        return prepare_next(std::move(blocking));
    }
    put_off(one.other.account, *one.because_of);
    blocking->all.erase(blocking->all.begin() + static_cast<std::ptrdiff_t>(blocking->prepared));
    if (!blocking->all.empty()) return prepare_next(std::move(blocking));
    errands_ -= 1;
}

void AccountActor::tell_never_met(AccountId other) {
    services_.shards.send(services_.shards.home_of(other), [other, me = id_](Home& there) {
        if (AccountActor* actor = there.account_if_here(other)) actor->never_met(me);
    });
}

void AccountActor::commit_block(std::unique_ptr<Blocking> blocking) {
    in_turn([this, blocking = std::move(blocking)]() mutable { return judge_block(std::move(blocking)); });
}

std::optional<AccountActor::Work> AccountActor::judge_block(std::unique_ptr<Blocking> blocking) {
    errands_ -= 1;
    const TimePoint now = home_.now();
    Work work{.from = blocking->from, .changes = {}, .on_durable = {}};
    std::vector<MatterChange> own;
    std::vector<Met> met;
    std::vector<AccountId> never_met;
    for (auto& one : blocking->all) {
        const MatterId fresh = home_.random().id<MatterId>();
        auto change = matters_->decide_block(one.other, one.because_of, fresh, now);
        const bool begins = change && *change && (*change)->id == fresh;
        if (!change || (begins && one.is_in_force)) {
            for (auto& asked : blocking->all)
                if (asked.met) tell_never_met(asked.other.account);
            if (!change) return services_.shards.refuse(blocking->from, change.error()), std::nullopt;
            // It has ended while the call was on its way: once more, from the beginning.
            for (auto& asked : blocking->all) asked.met.reset();
            blocking->prepared = 0;
            errands_ += 1;
            return prepare_next(std::move(blocking)), std::nullopt;
        }
        if (one.met && !begins) never_met.push_back(one.other.account);
        if (!*change) continue;
        work.changes.push_back(to_store(**change));
        own.push_back(std::move(**change));
        for (auto& ended : matters_->parted(one.other.account, Dark::Side::chosen, now)) {
            work.changes.push_back(to_store(ended));
            own.push_back(std::move(ended));
        }
        if (!one.met || !begins) continue;
        work.changes.push_back(store::PutMatter{one.met->stored});
        met.push_back(*one.met);
    }
    for (const AccountId other : never_met) tell_never_met(other);
    std::vector<AccountId> met_by;
    for (const Met& other : met) met_by.push_back(other.account);
    std::vector<std::pair<AccountId, AccountId>> following;
    if (blocking->follows)
        for (const auto& one : blocking->all) following.emplace_back(one.other.account, *one.because_of);
    work.on_failed = [this, met_by, following = std::move(following)] {
        for (const AccountId other : met_by) tell_never_met(other);
        for (const auto& [other, because_of] : following) put_off(other, because_of);
    };
    work.on_durable = [this, own = std::move(own), met = std::move(met), blocking = std::move(blocking)]() mutable {
        apply(own);
        leave_ended(own);
        for (const auto& [circle, other] : blocking->unparted)
            services_.shards.send(services_.shards.home_of(circle),
                                  [circle = circle, other = other, me = id_, key = key_](Home& there) {
                                      part_in_time(there, circle, me, key, other);
                                  });
        // The reply waits for this account's own devices and for those of each of the others.
        auto awaited = std::make_shared<std::size_t>(met.size() + 1);
        auto shared = std::make_shared<const Blocking>(std::move(*blocking));
        errands_ += 1;
        const auto arrive = [awaited, shared](AccountActor& here) {
            if (--*awaited > 0) return;
            here.errands_ -= 1;
            here.answer_block(*shared);
        };
        for (Met& other : met)
            services_.shards.send(services_.shards.home_of(other.account),
                                  [me = id_, back = home_.shard(), account = other.account,
                                   change = std::move(other.change), arrive](Home& there) mutable {
                                      there.account(account).met(me, std::move(change), [&there, me, back, arrive] {
                                          there.services().shards.send(
                                              back, [me, arrive](Home& home) { arrive(home.account(me)); });
                                      });
                                  });
        refresh_connections(std::nullopt, arrive);
    };
    return work;
}

void AccountActor::answer_block(const Blocking& blocking) {
    PeopleBlocked answer;
    for (const AccountId named : blocking.named)
        if (const auto block = matters_->block_of(named))
            answer.blocks.push_back({.id = block->first,
                                     .person = block->second.other.person,
                                     .room = block->second.other.room,
                                     .ends_at = block->second.ends_at});
    if (!blocking.report) return services_.shards.reply(blocking.from, std::move(answer));
    services_.shards.send(Shards::front, [from = blocking.from, report = reported_with(blocking),
                                          answer = std::move(answer)](Home& front) mutable {
        front.case_desk().file(
            std::move(report.what.reported), {std::move(report.words), {}, std::move(report.what.evidence)},
            [from, &front, answer = std::move(answer)](Result<std::string> receipt) mutable {
                // The block holds, whatever becomes of the report; without a receipt there is none.
                if (receipt) answer.report_receipt = std::move(*receipt);
                front.services().shards.reply(from, std::move(answer));
            });
    });
}

FrozenReport AccountActor::reported_with(const Blocking& blocking) const {
    FrozenReport report = *blocking.report;
    Reported& reported = report.what.reported;
    if (!reported.about.empty()) return report;
    // The rooms could not say who they were.
    for (const auto& one : blocking.all)
        if (!one.because_of) reported.about.push_back(one.other);
    reported.reporter = id_;
    reported.kind = CaseKind::people;
    reported.room = reported.about.front().room;
    reported.thing = thing_of(reported.about);
    return report;
}

// ---- unblock --------------------------------------------------------------------------------------------------------

void AccountActor::on(const Envelope& envelope, const Unblock& command) {
    in_turn([this, from = envelope.from, block = command.block]() -> std::optional<Work> {
        auto unblocking = matters_->decide_unblock(block, home_.now());
        if (!unblocking) return services_.shards.refuse(from, unblocking.error()), std::nullopt;
        const UnblockPlanned planned{unblocking->takes_effect_at};
        if (unblocking->changes.empty()) return services_.shards.reply(from, planned), std::nullopt;
        return change_matters(from, std::move(unblocking->changes), planned);
    });
}

void AccountActor::end_block(MatterId block, AccountId other) {
    const auto kept = matters_->block_of(other);
    if (!kept || !ending_blocks_.insert(block).second) return;
    errands_ += 1;
    services_.shards.send(services_.shards.home_of(other), [other, me = id_, back = home_.shard(), block,
                                                            until = kept->second.ends_at](Home& there) {
        there.account(other).prepare_met_end(me, until, [&there, me, back, block](auto met) {
            there.services().shards.send(back, [me, block, met = std::move(met)](Home& home) mutable {
                home.account(me).commit_end_of_block(block, std::move(met));
            });
        });
    });
}

void AccountActor::commit_end_of_block(MatterId block, Result<std::optional<Met>> met) {
    errands_ -= 1;
    // While the store refuses, housekeeping comes round again.
    if (!met || state_ != State::ready) return void(ending_blocks_.erase(block));
    in_turn([this, block, met = std::move(*met)]() mutable -> std::optional<Work> {
        const auto due = matters_->blocks_to_end(home_.now());
        const auto ending = std::find_if(due.begin(), due.end(), [&](const auto& one) { return one.id == block; });
        // Blocked again meanwhile.
        if (ending == due.end()) return ending_blocks_.erase(block), std::nullopt;
        Work work = change_matters({}, {{block, ending->block}}, Done{});
        if (met) work.changes.push_back(store::PutMatter{met->stored});
        work.on_failed = [this, block] { ending_blocks_.erase(block); };
        work.on_durable = [this, block, met = std::move(met), then = std::move(work.on_durable)]() mutable {
            ending_blocks_.erase(block);
            then();
            if (!met) return;
            services_.shards.send(services_.shards.home_of(met->account),
                                  [me = id_, account = met->account, change = std::move(met->change)](Home& there) {
                                      there.account(account).met(me, change, [] {});
                                  });
        };
        return work;
    });
}

}  // namespace kindroom::actors
