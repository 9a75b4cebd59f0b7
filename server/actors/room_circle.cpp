// A circle at work: sign-ups, the draw, hands and turns, and the time that lets the floor go on by itself.
//
// Whatever changes a circle (a command, somebody who leaves or whose devices have gone, a turn that is over) changes it
// in the domain; settle_circle() then makes it durable and tells it. Boundaries are asked for a draw only, from the
// accounts of those who take part, and are forgotten with it. Whoever sets one in the middle of a sitting gives up
// their seat, whoever it is about: nobody is left before a silence, and it tells nobody who sits there.
#include <algorithm>

#include "actors/home.hpp"
#include "actors/room_actor.hpp"
#include "domain/seating.hpp"

namespace kindroom::actors {

using namespace domain;

// ---- as it is stored and told ---------------------------------------------------------------------------------------

void RoomActor::open_circle(const Bytes& packed) {
    circle_kept_ = packed;
    if (!room_->circle()) return;
    const TimePoint now = home_.now();
    room_->restore_circle(as_text(packed), now);
    // What is read is durable; it was told by whoever was here before.
    circle_told_ = circle_telling_ = room_->true_circle(now);
    for (const auto& [device, account] : devices_)
        if (const auto came = room_->circle()->decide_came(account, now)) room_->apply(*came);
    schedule_circle();
    // Not at once: while the store refuses, this comes round again and again.
    home_.scheduler().after(Duration{1000}, [&home = home_, id = id_] {
        if (RoomActor* here = home.room_if_here(id)) here->settle_circle();
    });
}

void RoomActor::settle_circle() {
    if (state_ != State::ready || !room_->circle()) return;
    const TimePoint now = home_.now();
    const bool is_quiet = !room_->attendance().takes_posts(room_->settings(), now);
    if (is_quiet != room_->circle()->is_paused())
        room_->apply(is_quiet ? CircleStep{CirclePaused{now}} : CircleStep{CircleResumed{now}});
    schedule_circle();
    TrueCircle circle = room_->true_circle(now);
    Bytes packed = to_bytes(room_->circle()->pack());
    if (packed == circle_kept_ && circle.says_the_same_as(circle_telling_)) return;
    circle_telling_ = circle;
    Work work{.from = {}, .changes = {}, .on_durable = {}};
    if (packed != circle_kept_) {
        circle_kept_ = std::move(packed);
        put_room(work);
    }
    work.on_durable = [this, circle = std::move(circle)](bus::Publications& publications) mutable {
        publish_circle(std::move(circle), publications);
    };
    make_durable(std::move(work));
}

void RoomActor::publish_circle(TrueCircle circle, bus::Publications& publications) {
    circle_told_ = std::move(circle);
    publications.push_back(
        std::make_shared<const bus::Publication>(bus::Publication{.room = id_, .what = CircleTold{circle_told_}}));
}

void RoomActor::show_circle() {
    if (!room_->circle()) return;
    bus::Publications publications;
    publish_circle(circle_told_, publications);
    services_.bus.publish(std::move(publications));
}

// ---- members --------------------------------------------------------------------------------------------------------

bool RoomActor::is_let_through(const Envelope& envelope, const Result<void>& judged) const {
    if (!judged) turn_down(envelope, judged.error());
    return judged.has_value();
}

bool RoomActor::asks_for_floor(const Envelope& envelope) const {
    return is_let_through(envelope, room_->may_ask_for_floor(envelope.who->asker(home_.now()), home_.now()));
}

void RoomActor::carry_out(const Envelope& envelope, const Circle::Decided& decided) {
    if (!decided) return services_.shards.refuse(envelope.from, decided.error());
    if (*decided) room_->apply(**decided);
    settle_circle();
    answer_when_durable(envelope.from, Done{});
}

void RoomActor::on(const Envelope& envelope, const SignUp&) {
    const TimePoint now = home_.now();
    if (asks_for_floor(envelope)) carry_out(envelope, room_->decide_sign_up(envelope.who->asker(now), now));
}

void RoomActor::on(const Envelope& envelope, const RaiseHand&) {
    if (asks_for_floor(envelope))
        carry_out(envelope, room_->circle()->decide_raise_hand(envelope.who->account, home_.now()));
}

void RoomActor::on(const Envelope& envelope, const LowerHand&) {
    const AccountId account = envelope.who->account;
    if (is_let_through(envelope, room_->may_see_turns(account)))
        carry_out(envelope, room_->circle()->decide_lower_hand(account));
}

void RoomActor::on(const Envelope& envelope, const PassTurn&) {
    const AccountId account = envelope.who->account;
    if (is_let_through(envelope, room_->may_take_turns(account, home_.now())))
        carry_out(envelope, room_->circle()->decide_pass(account, home_.now()));
}

void RoomActor::on(const Envelope& envelope, const GetCircle&) {
    if (!is_let_through(envelope, room_->may_see_turns(envelope.who->account))) return;
    services_.shards.reply(
        envelope.from,
        CircleShown{.circle = circle_told_,
                    .eye = is_on_duty(*envelope.who) ? CircleEye::on_duty : CircleEye::member});
}

// ---- moderators -----------------------------------------------------------------------------------------------------

bool RoomActor::leads_turns(const Envelope& envelope) const {
    return is_let_through(envelope, room_->may_lead_turns(envelope.who->asker(home_.now()), home_.now()));
}

void RoomActor::on(const Envelope& envelope, const NextTurn&) {
    if (leads_turns(envelope)) carry_out(envelope, room_->circle()->decide_next(home_.now()));
}

void RoomActor::on(const Envelope& envelope, const ExtendTurn&) {
    if (leads_turns(envelope)) carry_out(envelope, room_->circle()->decide_extend());
}

void RoomActor::on(const Envelope& envelope, const StartReflections&) {
    if (leads_turns(envelope)) carry_out(envelope, room_->circle()->decide_reflections(home_.now()));
}

void RoomActor::on(const Envelope& envelope, const CloseCircle&) {
    if (leads_turns(envelope)) carry_out(envelope, room_->circle()->decide_close(home_.now()));
}

// ---- the draw -------------------------------------------------------------------------------------------------------

void RoomActor::on(const Envelope& envelope, DrawSeats&, Findings& findings) {
    if (!leads_turns(envelope)) return;
    if (room_->circle()->is_sitting()) return services_.shards.refuse(envelope.from, refuse(Errc::not_now));
    if (!findings.apart) return ask_who_is_apart(envelope, std::move(findings));
    // Each one's ticket is their own: it does not change by who else takes part.
    const auto salt = home_.random().id<SecretHash>();
    std::vector<DrawnFor> people;
    const std::vector<AccountId> leads = room_->attendance().on_duty(home_.now());
    // Of whom nothing could be found out, or who came too late to be asked, is not drawn.
    for (const AccountId account : room_->drawn_from(home_.now())) {
        const auto found = findings.apart->find(account);
        if (found == findings.apart->end()) continue;
        if (const auto since = parted_.find(account); since != parted_.end())
            found->second.insert(since->second.begin(), since->second.end());
        // Whoever leads the sitting sees its turns, and would see that one is missing.
        if (std::ranges::any_of(leads, [&](AccountId one) { return one != account && found->second.contains(one); }))
            continue;
        people.push_back({.account = account,
                          .ticket = services_.names.digest({salt.bytes(), account.bytes()}).hash(),
                          .apart_from = std::move(found->second)});
    }
    seat(envelope, draw_seats(std::move(people), room_->settings().seats, services_.limits.blank_tickets_per_cent));
}

void RoomActor::ask_who_is_apart(const Envelope& envelope, Findings findings) {
    const std::vector<AccountId> accounts = room_->drawn_from(home_.now());
    findings.apart.emplace();
    if (accounts.empty()) return decide_again({envelope.from, envelope.who, DrawSeats{id_}}, std::move(findings));
    let_wait_behind(envelope.from.client);
    struct Asking {
        std::size_t awaited;
        Envelope again;
        Findings findings;
    };
    auto asking = std::make_shared<Asking>(
        Asking{accounts.size(), {envelope.from, envelope.who, DrawSeats{id_}}, std::move(findings)});
    std::vector<AccountId> others = room_->attendance().on_duty(home_.now());
    others.insert(others.end(), accounts.begin(), accounts.end());
    for (const AccountId account : accounts)
        services_.shards.send(services_.shards.home_of(account), [account, others, room = id_, asking](Home& there) {
            there.account(account).find_avoided(others, [&there, account, room,
                                                         asking](AccountActor::Avoided apart) mutable {
                const auto& shards = there.services().shards;
                shards.send(shards.home_of(room), [account, room, asking,
                                                   apart = std::move(apart)](Home& home) mutable {
                    if (apart) asking->findings.apart->emplace(account, std::move(*apart));
                    if (--asking->awaited > 0) return;
                    if (RoomActor* here = home.room_if_here(room))
                        here->decide_again(std::move(asking->again), std::move(asking->findings));
                    else
                        home.services().shards.refuse(asking->again.from,
                                                      refuse_until(Errc::unavailable, home.now() + Duration{1000}));
                });
            });
        });
}

void RoomActor::seat(const Envelope& envelope, const std::vector<AccountId>& drawn) {
    const TimePoint now = home_.now();
    const auto decided = room_->decide_draw(drawn, now);
    if (!decided) return services_.shards.refuse(envelope.from, decided.error());
    room_->apply(**decided);
    parted_.clear();
    // Those who have no seat are out of the room before anything is said in the sitting.
    Work work{.from = envelope.from, .changes = {}, .on_durable = {}};
    const std::vector<AccountId> without = room_->without_seat(now);
    for (const AccountId account : without) {
        room_->apply(MemberLeft{account, now});
        work.changes.push_back(store::EndMembership{.room = id_, .account = account, .left_at = now});
    }
    work.on_durable = [this, without, to = envelope.from](bus::Publications&) {
        for (const AccountId account : without) {
            stop_listening(account);
            tell_account(account, NotSeated{id_});
        }
        tell_duty();
        services_.shards.reply(to, Done{});
    };
    // In one transaction with the circle itself: as soon as there is a sitting, nobody without a seat is in the room.
    pending_.push_back(std::move(work));
    settle_circle();
    if (in_flight_.empty()) start_commit();
}

// ---- a boundary in the middle of it ---------------------------------------------------------------------------------

void RoomActor::part(AccountId account, std::shared_ptr<const PersonKey> key, AccountId other,
                     MoveOnlyFunction<void(Result<void>)> then) {
    when_loaded([this, account, key = std::move(key), other,
                 then = std::move(then)](const Result<void>& loaded) mutable {
        if (!loaded) return then(loaded);
        if (state_ != State::ready || !room_->circle()) return then({});
        if (!room_->circle()->is_sitting()) part_before_draw(account, other);
        if (room_->circle()->seat(account)) return give_up_seat(account, *key, std::move(then));
        // They may have left it a moment ago, and be there still for everybody else.
        if (in_flight_.empty()) return then({});
        answer_parted({.from = {}, .changes = {}, .on_durable = {}}, std::move(then), [] {});
    });
}

void RoomActor::ask_whether_they_sit_together(AccountId account, AccountId other, MoveOnlyFunction<void(bool)> then) {
    when_loaded([this, account, other, then = std::move(then)](const Result<void>& loaded) mutable {
        if (!loaded) return then(true);
        if (state_ != State::ready || !room_->circle()) return then(false);
        if (!room_->circle()->is_sitting()) part_before_draw(account, other);
        then(room_->sits_with(account, other));
    });
}

// Whoever else has signed up, or not yet: before the block is durable they may do so, and be drawn.
void RoomActor::part_before_draw(AccountId account, AccountId other) {
    std::erase_if(parted_, [&](const auto& one) { return !room_->member(one.first); });
    if (room_->member(account)) parted_[account].insert(other);
}

// Whoever looks after the room stays in it without a seat; everybody else leaves, as whoever was not drawn does.
void RoomActor::give_up_seat(AccountId account, const PersonKey& key, MoveOnlyFunction<void(Result<void>)> then) {
    const TimePoint now = home_.now();
    const bool stays = room_->attendance().is_on_duty(account, now);
    Work work{.from = {}, .changes = {}, .on_durable = {}};
    if (stays) {
        room_->apply(*room_->circle()->decide_left(account, now));
    } else {
        room_->apply(MemberLeft{account, now});
        codec_->learn(key);
        work.changes.push_back(put_membership(account, key));
    }
    answer_parted(std::move(work), std::move(then), [this, account, stays] {
        if (!stays) {
            stop_listening(account);
            tell_account(account, NotSeated{.room = id_, .cause = NoSeat::own_boundary});
        }
        tell_duty();
    });
    // In one transaction with the circle itself, as in a draw.
    settle_circle();
    if (in_flight_.empty()) start_commit();
}

void RoomActor::answer_parted(Work work, MoveOnlyFunction<void(Result<void>)> then, Task first) {
    const auto shared = std::make_shared<MoveOnlyFunction<void(Result<void>)>>(std::move(then));
    work.on_durable = [shared, first = std::move(first)](bus::Publications&) mutable {
        first();
        (*shared)({});
    };
    work.on_failed = [this, shared] { (*shared)(refuse_until(Errc::unavailable, home_.now() + Duration{1000})); };
    pending_.push_back(std::move(work));
}

// ---- time, and devices that come and go -----------------------------------------------------------------------------

void RoomActor::schedule_circle() {
    const TimePoint due = room_->circle()->due_at();
    if (due == never || due >= circle_scheduled_for_) return;
    circle_scheduled_for_ = due;
    home_.scheduler().after(std::max(due - home_.now(), Duration{1}), [&home = home_, id = id_, due] {
        RoomActor* here = home.room_if_here(id);
        // An earlier one has been here since.
        if (!here || here->circle_scheduled_for_ != due) return;
        here->circle_scheduled_for_ = never;
        if (here->state_ != State::ready || !here->room_->circle()) return;
        here->settle_circle();
        if (const auto step = here->room_->circle()->decide_due(home.now())) here->room_->apply(*step);
        here->settle_circle();
    });
}

void RoomActor::circle_came(AccountId account) {
    if (!room_->circle()) return;
    show_circle();
    if (const auto step = room_->circle()->decide_came(account, home_.now())) room_->apply(*step);
    settle_circle();
}

void RoomActor::circle_went(AccountId account) {
    if (state_ != State::ready || !room_->circle() || room_->presence().has_device(account)) return;
    if (const auto step = room_->circle()->decide_went(account, home_.now())) room_->apply(*step);
    settle_circle();
}

}  // namespace kindroom::actors
