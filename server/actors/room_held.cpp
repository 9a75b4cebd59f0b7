// Posts that take a breath: accepted and durable at once, seen by nobody until their time has come.
#include <algorithm>

#include "actors/home.hpp"
#include "actors/room_actor.hpp"
#include "ops/metrics.hpp"
#include "text/text.hpp"

namespace kindroom::actors {

using namespace domain;

void RoomActor::hold(const Envelope& envelope, const PostMessage& command, SecretHash digest) {
    const Identity& who = *envelope.who;
    const TimePoint now = home_.now();
    const Person as = codec_->person(who.account, command.voice, room_->member(who.account)->person.name);
    auto post = room_->decide_hold(command, who.asker(now), as, home_.random().id<MessageId>(), now);
    if (!post) return turn_down(envelope, post.error());

    Message& message = post->message;
    message.folded = text::fold_for_matching(message.text);
    codec_->learn(*who.key);
    Work work{.from = envelope.from, .changes = {}, .on_durable = {}};
    const DataKeyId place = codec_->place_key(now, room_->settings().retention, work.changes, home_.random());
    const store::HeldRecord record{
        .room = id_,
        .id = message.id,
        .author = who.account,
        .client_key = command.client_key,
        .request_digest = digest,
        .accepted_at = now,
        .due_at = post->due_at,
        .reply_to = message.reply_to,
        .content = codec_->seal(message.id, content_of(message), place, *who.key, home_.random()),
        .voice = command.voice};
    room_->apply(*post);
    room_->remember(who.account, command.client_key,
                    {.digest = digest, .message = record.id, .posted_at = now, .appears_at = record.due_at});
    held_records_.insert_or_assign(record.id, record);
    work.changes.push_back(store::PutHeld{record});
    work.on_durable = [this, to = envelope.from, id = record.id, now, due_at = record.due_at](bus::Publications&) {
        services_.metrics.add(ops::Counter::messages_accepted);
        services_.shards.reply(to, MessageAccepted{.message = id, .posted_at = now, .appears_at = due_at});
    };
    make_durable(std::move(work));
    schedule_release();
    schedule_expiry();
}

bool RoomActor::cancel_held(const Envelope& envelope, MessageId message) {
    const PostHeld* post = room_->held(message);
    if (!post || post->message.author_account != envelope.who->account) return false;
    room_->forget_held(message);
    held_records_.erase(message);
    make_durable(
        {.from = envelope.from,
         .changes = {store::DeleteHeld{.room = id_, .message = message}},
         .on_durable = [this, to = envelope.from](bus::Publications&) { services_.shards.reply(to, Done{}); }});
    return true;
}

void RoomActor::schedule_release() {
    const TimePoint due = room_->next_due();
    if (due == never) return;
    // What is overdue waits for a message to be looked up, or for a store that refuses: not again at once.
    const TimePoint now = home_.now();
    const TimePoint at = due > now ? due : now + Duration{1000};
    if (at >= release_scheduled_for_) return;
    release_scheduled_for_ = at;
    home_.scheduler().after(at - now, [&home = home_, id = id_] {
        RoomActor* here = home.room_if_here(id);
        if (!here) return;
        here->release_scheduled_for_ = never;
        here->release_due();
    });
}

void RoomActor::release_due() {
    if (state_ != State::ready) return;
    for (const MessageId message : room_->due(home_.now())) {
        const auto reply_to = room_->held(message)->message.reply_to;
        if (!reply_to || room_->knows(*reply_to)) {
            release(message);
            continue;
        }
        services_.store.find_message(id_, *reply_to, home_.scheduler(),
                                     [&home = home_, id = id_, target = *reply_to](auto rows) {
                                         RoomActor* here = home.room_if_here(id);
                                         if (!here || !rows || here->state_ != State::ready) return;
                                         here->take_in(target, *rows);
                                         here->release_due();
                                     });
    }
    schedule_release();
}

void RoomActor::release(MessageId id) {
    const TimePoint now = home_.now();
    auto step = room_->decide_release(id, now);
    if (!step) return give_back(id);
    const Message& message = std::get<MessagePosted>(step->what).message;
    const auto held = held_records_.extract(id);
    const store::HeldRecord& record = held.mapped();
    room_->apply(*step);
    room_->remember(record.author, record.client_key,
                    {.digest = record.request_digest, .message = id, .posted_at = message.posted_at});
    at_hand_.insert_or_assign(id, AtHand{.message = message, .since = now});
    place_keys_.insert_or_assign(id, record.content.place_key);
    Work work{.from = {}, .changes = {}, .on_durable = {}};
    work.changes.push_back(store::DeleteHeld{.room = id_, .message = id});
    // Sealed already, under the same id and place.
    work.changes.push_back(
        store::InsertMessage{record_of(message, record.client_key, record.request_digest, record.content)});
    work.on_durable = [this, step = std::move(*step)](bus::Publications& publications) {
        publish_step(step, publications);
    };
    make_durable(std::move(work));
}

void RoomActor::give_back(MessageId id) {
    const Message message = room_->held(id)->message;
    room_->forget_held(id);
    held_records_.erase(id);
    make_durable({.from = {},
                  .changes = {store::DeleteHeld{.room = id_, .message = id}},
                  .on_durable = [this, account = message.author_account,
                                 returned = MessageReturned{.room = id_, .message = id, .text = message.text}](
                                    bus::Publications&) { tell_account(account, returned); }});
}

}  // namespace kindroom::actors
