// What a moderator of the room decides about somebody in it. The way of a decision: the room judges it and finds out
// whom it is about; the moderator's own account, whether they may judge that person; the account that it concerns makes
// it and keeps it. Where it does something to this room, the room stores that in the same transaction.
#include <algorithm>

#include "actors/home.hpp"
#include "actors/recusal.hpp"
#include "actors/room_actor.hpp"
#include "domain/decide.hpp"

namespace kindroom::actors {

using namespace domain;

// A decision on its way.
struct RoomActor::Deciding {
    Act act;
    AccountId subject;
    KeptDecision kept;
    // Where the message stands that is to be taken back.
    Spoken spoken{};
};

Result<AccountId> RoomActor::subject_of(const Decide& command) const {
    if (command.token) {
        const auto found = room_->find(*command.token);
        return found ? Result<AccountId>(found->account) : refuse(Errc::person_unknown);
    }
    const Spoken* said = room_->spoken(*command.message);
    const bool is_gone =
        !said || said->author.is_nil() || (said->retracted && command.action == DecisionAction::retract);
    return is_gone ? Result<AccountId>(refuse(Errc::message_gone)) : said->author;
}

void RoomActor::on(const Envelope& envelope, Decide& command, Findings& findings) {
    const Identity& by = *envelope.who;
    // Nobody looks after a direct room.
    if (room_->settings().kind == RoomKind::direct)
        return services_.shards.refuse(envelope.from, refuse(Errc::room_unavailable));
    auto decision = judge_decision(command, by.standing, home_.notice()->rules, services_.limits, home_.now());
    if (!decision) return services_.shards.refuse(envelope.from, decision.error());
    if (command.message && look_up_first(envelope, *command.message, command, findings)) return;
    const auto subject = subject_of(command);
    if (!subject) return services_.shards.refuse(envelope.from, subject.error());
    if (*subject == by.account) return services_.shards.refuse(envelope.from, refuse(Errc::not_allowed));
    // Whose an unsigned share is must not be found out by an act: it can be taken back, and its author told why. All
    // else takes a case.
    const bool is_unsigned = command.message && room_->spoken(*command.message)->voice == Voice::unsigned_share;
    if (is_unsigned && command.action != DecisionAction::retract && command.action != DecisionAction::warn)
        return services_.shards.refuse(envelope.from, refuse(Errc::not_allowed));
    const Member* member = is_unsigned ? nullptr : room_->ever_member(*subject);
    auto deciding = std::make_unique<Deciding>(Deciding{
        .act = {.from = envelope.from, .who = envelope.who},
        .subject = *subject,
        .kept = {.decision = std::move(*decision), .by = by.account, .subject = member ? member->person : Person{}}});
    if (command.message) deciding->spoken = *room_->spoken(*command.message);
    const bool is_urgent = command.urgent && room_->is_alone_on_duty(by.asker(home_.now()), home_.now());
    const Act act = deciding->act;
    // Nobody judges differently whom they do not know; and whoever is recused would know whose it is.
    unless_recused(home_, act, *subject, is_urgent || is_unsigned ? Urgency::urgent : Urgency::can_wait,
                   [room = id_, &shards = services_.shards, deciding = std::move(deciding)](auto& there) mutable {
                       hand_over(there, shards, room, std::move(deciding));
                   });
}

void RoomActor::hand_over(AccountActor& subject, const Shards& shards, RoomId room,
                          std::unique_ptr<Deciding> deciding) {
    const Act act = deciding->act;
    KeptDecision kept = std::move(deciding->kept);
    if (!kept.decision.room)
        return subject.decide(act, std::move(kept), AccountActor::Confirmation::if_needed, std::nullopt);
    subject.prepare_decision(
        act.who, std::move(kept), [&shards, room, deciding = std::move(deciding)](Result<Verdict> verdict) mutable {
            if (!verdict) return shards.refuse(deciding->act.from, verdict.error());
            shards.send(shards.home_of(room),
                        [room, deciding = std::move(deciding), verdict = std::move(*verdict)](Home& back) mutable {
                            back.room(room).carry_out(std::move(deciding), std::move(verdict));
                        });
        });
}

void RoomActor::carry_out(std::unique_ptr<Deciding> deciding, Verdict verdict) {
    when_loaded(
        [this, deciding = std::move(deciding), verdict = std::move(verdict)](const Result<void>& loaded) mutable {
            const ReturnTo from = deciding->act.from;
            if (!loaded) return services_.shards.refuse(from, loaded.error());
            if (state_ != State::ready)
                return services_.shards.refuse(from, refuse_until(Errc::unavailable, home_.now() + Duration{1000}));
            const Decision& decision = verdict.kept().decision;
            Work work{.from = from, .changes = std::move(verdict.stored), .on_durable = {}};
            std::optional<RoomStep> step;
            if (decision.action == DecisionAction::retract) {
                // Taken back by its author while the decision was on its way: there is nothing left to decide about.
                const Spoken* said = room_->spoken(*decision.message);
                if ((said && said->retracted) || taking_back_.contains(*decision.message))
                    return services_.shards.refuse(from, refuse(Errc::message_gone));
                step = take_back(*decision.message, deciding->spoken, work);
            }
            const bool was_on_duty = room_->attendance().is_on_duty(deciding->subject, home_.now());
            if (decision.action == DecisionAction::remove) put_out(deciding->subject, *verdict.key, work);
            const auto returned = take_held_of(deciding->subject, decision, work);
            work.on_durable = [this, from, subject = deciding->subject, step = std::move(step), returned, was_on_duty,
                               verdict = std::move(verdict)](bus::Publications& publications) mutable {
                // First they are told, then it acts: what is sent from here to a device arrives in this order. One that
                // came meanwhile listens here already, or is told by the account.
                for (const auto& [device, account] : devices_)
                    if (account == subject && std::ranges::find(verdict.devices, device) == verdict.devices.end())
                        verdict.devices.push_back(device);
                for (const ClientRef device : verdict.devices)
                    services_.shards.send(device.shard, [device, decision = verdict.kept().decision](Home& there) {
                        Client* client = there.client(device);
                        if (client && client->identity()) client->tell(DecisionMade{decision});
                    });
                if (keep_out(subject, verdict.kept().decision) && was_on_duty) publish_card(publications);
                if (step) {
                    taking_back_.erase(std::get<MessageRetracted>(step->what).message);
                    publish_step(*step, publications);
                }
                for (const MessageReturned& one : returned) {
                    tell_account(subject, one);
                    if (room_->held(one.message)) tell_settled(one.message, subject);
                }
                tell_decided(from, subject, std::move(verdict));
            };
            make_durable(std::move(work));
        });
}

// ---- what it does to the room ---------------------------------------------------------------------------------------

RoomStep RoomActor::take_back(MessageId message, const Spoken& spoken, Work& work) {
    RoomStep step = room_->retraction_of(message, spoken, home_.now());
    room_->apply(step);
    at_hand_.erase(message);
    taking_back_.insert(message);
    work.changes.push_back(
        store::RetractMessage{.room = id_, .message = message, .step = step.position, .at = step.at});
    return step;
}

void RoomActor::put_out(AccountId subject, const PersonKey& key, Work& work) {
    const auto left = room_->decide_leave(subject, home_.now());
    if (!left) return;
    room_->apply(*left);
    work.changes.push_back(put_membership(subject, key));
}

// What came back to them before stays with them.
std::vector<MessageId> RoomActor::waiting_of(AccountId author) const {
    std::vector<MessageId> waiting = room_->held_by(author);
    std::erase_if(waiting, [&](MessageId id) { return room_->held(id)->why.cause == HeldFor::returned; });
    return waiting;
}

std::vector<MessageReturned> RoomActor::take_held_of(AccountId author, const Decision& decision, Work& work) {
    std::vector<MessageReturned> returned;
    const Sanctions sanctions({decision});
    const bool may_speak = room_->judge_sanctions(sanctions, home_.now()).has_value();
    const bool waits = sanctions.held_in(id_, home_.now()) != nullptr;
    if (may_speak && room_->member(author) && !waits) return returned;
    for (const MessageId held : waiting_of(author))
        // What waits for a moderator already goes on waiting for one.
        if (!waits || room_->held(held)->why.cause == HeldFor::breath) returned.push_back(take_out(held, {}, work));
    return returned;
}

void RoomActor::let_go_of(AccountId author, const SanctionsPtr& sanctions, const std::vector<Decision>& wrong) {
    const TimePoint now = home_.now();
    const auto was_held_by = [](const PostHeld& post, const Decision& decision) {
        return decision.decided_at <= post.accepted_at && post.accepted_at < decision.ends_at;
    };
    if (state_ != State::ready || sanctions->ban(now) || sanctions->held_in(id_, now)) return;
    if (!room_->judge_sanctions(*sanctions, now) || !room_->attendance().takes_posts(room_->settings(), now)) return;
    for (const MessageId held : waiting_of(author)) {
        const PostHeld& post = *room_->held(held);
        if (post.why.cause != HeldFor::decision) continue;
        if (std::ranges::none_of(wrong, [&](const Decision& one) { return was_held_by(post, one); })) continue;
        room_->let_go(held, now);
        tell_settled(held, author);
    }
    release_due();
}

void RoomActor::give_back_of(AccountId author, const SanctionsPtr& sanctions) {
    if (state_ != State::ready) return;
    if (!sanctions->ban(home_.now()) && room_->judge_sanctions(*sanctions, home_.now())) return;
    for (const MessageId held : waiting_of(author)) give_back(held, {});
}

bool RoomActor::keep_out(AccountId subject, const Decision& decision) {
    const bool leaves = decision.action == DecisionAction::remove;
    if (!leaves && !Sanctions({decision}).out_of(id_, home_.now())) return false;
    stop_listening(subject);
    // For others an ordinary leaving, seen at the next tick.
    room_->presence().person_left(subject);
    room_->attendance().go_off_duty(subject, home_.now());
    circle_went(subject);
    tell_duty();
    return true;
}

void RoomActor::tell_decided(ReturnTo from, AccountId subject, Verdict verdict) {
    Decision answer = for_moderators(verdict.kept().decision);
    services_.shards.send(services_.shards.home_of(subject), [from, subject, changes = std::move(verdict.changes),
                                                              told = std::move(verdict.devices),
                                                              answer = std::move(answer)](Home& there) mutable {
        there.account(subject).decided(std::move(changes), std::move(told), [&there, from, answer] {
            there.services().shards.reply(from, DecisionTaken{answer});
        });
    });
}

}  // namespace kindroom::actors
