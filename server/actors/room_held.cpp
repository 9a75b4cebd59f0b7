// Posts that are accepted and durable at once, and that others see only later: when a breath is over, or when a
// moderator has looked at them. What a moderator did not let through is kept for its author until they say that they
// have it.
#include <algorithm>

#include "actors/audited.hpp"
#include "actors/home.hpp"
#include "actors/room_actor.hpp"
#include "ops/metrics.hpp"
#include "text/text.hpp"

namespace kindroom::actors {

using namespace domain;

SecretHash RoomActor::digest_of(const store::HeldRecord& record) const {
    return codec_->show_digest(record.request_digest, record.id, record.content.place_key, record.content.person_key);
}

void RoomActor::hold(const Envelope& envelope, const PostMessage& command, SecretHash digest, Screening seen) {
    const Identity& who = *envelope.who;
    const TimePoint now = home_.now();
    const Person as = codec_->person(who.account, command.voice, room_->member(who.account)->person.name);
    const auto id = home_.random().id<MessageId>();
    auto post = seen.hold ? room_->decide_review(command, who.asker(now), as, id, *seen.hold, now)
                          : room_->decide_hold(command, who.asker(now), as, id, now);
    if (!post) return turn_down(envelope, post.error());
    if (auto charged = room_->charge_slow_mode(who.account, now); !charged)
        return services_.shards.refuse(envelope.from, charged.error());

    Message& message = post->message;
    add_labels(message.labels, seen.labels);
    message.folded = text::fold_for_matching(message.text);
    codec_->learn(*who.key);
    Work work{.from = envelope.from, .changes = {}, .on_durable = {}};
    const DataKeyId place = codec_->place_key(now, room_->settings().retention, work.changes, home_.random());
    const store::HeldRecord record{
        .room = id_,
        .id = message.id,
        .author = who.account,
        .client_key = command.client_key,
        .request_digest = codec_->hide_digest(digest, message.id, place, *who.key),
        .accepted_at = now,
        .due_at = post->due_at,
        .reply_to = message.reply_to,
        .content = codec_->seal(message.id, content_of(message), place, *who.key, home_.random()),
        .voice = command.voice,
        .cause = post->why.cause,
        .filter_id = post->why.filter_id};
    AcceptedBefore accepted{.digest = digest, .message = id, .posted_at = now};
    if (seen.hold) {
        accepted.held = post->why;
        accepted.held_until = post->due_at;
    } else {
        accepted.appears_at = post->due_at;
    }
    note_habit(who.account, message.folded);
    room_->apply(*post);
    room_->remember(who.account, command.client_key, accepted);
    held_records_.insert_or_assign(id, record);
    work.changes.push_back(store::PutHeld{record});
    work.on_durable = [this, to = envelope.from, account = who.account, accepted,
                       seen = std::move(seen)](bus::Publications&) {
        services_.metrics.add(ops::Counter::messages_accepted);
        services_.shards.reply(to, MessageAccepted{.message = accepted.message,
                                                   .posted_at = accepted.posted_at,
                                                   .appears_at = accepted.appears_at,
                                                   .held = accepted.held,
                                                   .held_until = accepted.held_until});
        if (seen.hold) tell_waiting(accepted.message);
        tell_screened(account, seen, accepted.message);
    };
    make_durable(std::move(work));
    schedule_release();
    schedule_expiry();
}

bool RoomActor::cancel_held(const Envelope& envelope, MessageId message) {
    const PostHeld* post = room_->held(message);
    if (!post || post->message.author_account != envelope.who->account) return false;
    const bool was_for_review = is_for_review(post->why.cause);
    room_->forget_held(message);
    held_records_.erase(message);
    make_durable({.from = envelope.from,
                  .changes = {store::DeleteHeld{.room = id_, .message = message}},
                  .on_durable = [this, to = envelope.from, message, was_for_review,
                                 account = envelope.who->account](bus::Publications&) {
                      services_.shards.reply(to, Done{});
                      if (was_for_review) tell_settled(message, account);
                  }});
    return true;
}

void RoomActor::schedule_release() {
    TimePoint at = room_->next_due();
    if (at == never) return;
    const TimePoint now = home_.now();
    if (at <= now) {
        // What is overdue waits for a message to be looked up, or for a store that refuses: not again at once. What is
        // due meanwhile does not wait with it; its author may not see that there is anything to wait for (PRODUCT X3).
        at = now + Duration{1000};
        for (const auto& [id, held] : held_records_)
            if (held.due_at > now) at = std::min(at, held.due_at);
    }
    if (at >= release_scheduled_for_) return;
    release_scheduled_for_ = at;
    home_.scheduler().after(at - now, [&home = home_, id = id_, at] {
        RoomActor* here = home.room_if_here(id);
        // An earlier one has come before it, and scheduled what follows.
        if (!here || here->release_scheduled_for_ != at) return;
        here->release_scheduled_for_ = never;
        here->release_due();
    });
}

void RoomActor::release_due() {
    if (state_ != State::ready) return;
    for (const MessageId message : room_->due(home_.now())) {
        if (room_->held(message)->why.cause != HeldFor::breath) {
            give_back(message, {.cause = ReturnCause::unreviewed});
            continue;
        }
        const auto reply_to = room_->held(message)->message.reply_to;
        if (!reply_to) {
            release(message);
            continue;
        }
        // Asked whether it is remembered or not, as in look_up_first().
        services_.store.find_message(id_, *reply_to, home_.scheduler(),
                                     [&home = home_, id = id_, message, target = *reply_to](auto rows) {
                                         RoomActor* here = home.room_if_here(id);
                                         if (!here || !rows || here->state_ != State::ready) return;
                                         here->take_in(target, *rows);
                                         const PostHeld* held = here->room_->held(message);
                                         const bool is_due = held && held->due_at <= home.now();
                                         if (is_due && held->why.cause == HeldFor::breath) here->release(message);
                                     });
    }
    schedule_release();
}

void RoomActor::release(MessageId id, const Envelope* by) {
    const ReturnTo to = by ? by->from : ReturnTo{};
    const TimePoint now = home_.now();
    auto step = room_->decide_release(id, now);
    if (!step) {
        // What a room does not take now it may take before the time of this post is over.
        const Errc why = step.error().code;
        if (by && (why == Errc::room_paused || why == Errc::room_out_of_hours))
            return services_.shards.refuse(to, step.error());
        give_back(id, {});
        if (by) services_.shards.refuse(to, refuse(Errc::message_gone));
        return;
    }
    const bool was_for_review = is_for_review(room_->held(id)->why.cause);
    const Message& message = std::get<MessagePosted>(step->what).message;
    const auto held = held_records_.extract(id);
    const store::HeldRecord& record = held.mapped();
    room_->apply(*step);
    room_->remember(record.author, record.client_key,
                    {.digest = digest_of(record), .message = id, .posted_at = message.posted_at});
    at_hand_.insert_or_assign(id, AtHand{.message = message, .since = now});
    place_keys_.insert_or_assign(id, record.content.place_key);
    Work work{.from = to, .changes = {}, .on_durable = {}};
    work.changes.push_back(store::DeleteHeld{.room = id_, .message = id});
    // Sealed already, under the same id and place.
    work.changes.push_back(
        store::InsertMessage{record_of(message, record.client_key, record.request_digest, record.content)});
    put_passed(record.author, work);
    if (by) work.changes.push_back(audited(home_, by->who.get(), {.kind = AuditKind::held_released, .room = id_}));
    work.on_durable = [this, to, was_for_review, is_asked = by != nullptr,
                       step = std::move(*step)](bus::Publications& publications) {
        if (is_asked) services_.shards.reply(to, Done{});
        publish_step(step, publications);
        if (was_for_review) tell_settled(message_of(step), step.author);
    };
    make_durable(std::move(work));
}

// A breath is so short that its author is there to be told; what waited for a moderator is kept until they are.
MessageReturned RoomActor::take_out(MessageId id, Return why, Work& work) {
    const Message message = room_->held(id)->message;
    if (is_for_review(room_->held(id)->why.cause)) {
        store::HeldRecord& record = held_records_.at(id);
        record.cause = HeldFor::returned;
        record.return_cause = why.cause;
        record.due_at = never;
        if (!why.note.empty()) {
            const auto place =
                codec_->place_key(home_.now(), room_->settings().retention, work.changes, home_.random());
            record.note = codec_->seal_note(why.note, place, home_.random());
        }
        room_->give_back(id, why);
        // What is asked again is answered truly: it is not shown.
        room_->remember(record.author, record.client_key,
                        {.digest = digest_of(record),
                         .message = id,
                         .posted_at = record.accepted_at,
                         .appears_at = std::nullopt,
                         .held = Hold{.cause = HeldFor::returned}});
        work.changes.push_back(store::PutHeld{record});
    } else {
        room_->forget_held(id);
        held_records_.erase(id);
        work.changes.push_back(store::DeleteHeld{.room = id_, .message = id});
    }
    return {.room = id_, .message = id, .text = message.text, .why = std::move(why)};
}

void RoomActor::give_back(MessageId id, Return why, const Envelope* by) {
    const ReturnTo to = by ? by->from : ReturnTo{};
    const AccountId author = room_->held(id)->message.author_account;
    Work work{.from = to, .changes = {}, .on_durable = {}};
    const MessageReturned returned = take_out(id, std::move(why), work);
    const bool was_for_review = room_->held(id) != nullptr;
    if (by) work.changes.push_back(audited(home_, by->who.get(), {.kind = AuditKind::held_returned, .room = id_}));
    work.on_durable = [this, to, was_for_review, is_asked = by != nullptr, author, returned](bus::Publications&) {
        if (is_asked) services_.shards.reply(to, Done{});
        tell_account(author, returned);
        if (was_for_review) tell_settled(returned.message, author);
    };
    make_durable(std::move(work));
    schedule_expiry();
}

}  // namespace kindroom::actors
