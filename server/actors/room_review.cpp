// Moderators looking at what waits before others see it, and authors at what waits of theirs.
//
// It is looked at for what it says: who said it is told to nobody. Nothing is told of what somebody said who blocked
// the person behind the role (PRODUCT X3): it waits for another moderator, as what somebody says does who is not there.
#include "actors/home.hpp"
#include "actors/room_actor.hpp"

namespace kindroom::actors {

using namespace domain;

void RoomActor::tell_waiting(MessageId message) const {
    const PostHeld* post = room_->held(message);
    if (!post) return;
    for (const HeldCard& card : room_->cards_of(post->message.author_account))
        if (card.message == message) tell_on_duty(HeldWaiting{.room = id_, .held = card});
}

void RoomActor::tell_settled(MessageId message, AccountId author) const {
    tell_on_duty(HeldSettled{.room = id_, .message = message, .author = author});
}

void RoomActor::on(const Envelope& envelope, const ListHeld&) {
    const AccountId account = envelope.who->account;
    if (!room_->ever_member(account)) return services_.shards.refuse(envelope.from, refuse(Errc::not_in_room));
    answer_when_durable(envelope.from, HeldMessages{.room = id_, .held = room_->cards_of(account)});
}

void RoomActor::on(const Envelope& envelope, const ListHeldForReview&) {
    const Asker asker = envelope.who->asker(home_.now());
    if (auto may = room_->may_look_after(asker, home_.now()); !may)
        return services_.shards.refuse(envelope.from, may.error());
    answer_when_durable(envelope.from, HeldForReview{.room = id_, .held = room_->for_review(asker, home_.now())});
}

void RoomActor::on(const Envelope& envelope, ReleaseHeld& command, Findings& findings) {
    const Asker asker = envelope.who->asker(home_.now());
    if (auto may = room_->may_look_after(asker, home_.now()); !may)
        return services_.shards.refuse(envelope.from, may.error());
    const PostHeld* post = room_->for_review(command.message, asker, home_.now());
    if (!post) return services_.shards.refuse(envelope.from, refuse(Errc::message_gone));
    // What it answers must be known, so that the link is kept.
    if (post->message.reply_to && look_up_first(envelope, *post->message.reply_to, command, findings)) return;
    release(command.message, &envelope);
}

void RoomActor::on(const Envelope& envelope, const ReturnHeld& command) {
    const Asker asker = envelope.who->asker(home_.now());
    if (auto may = room_->may_look_after(asker, home_.now()); !may)
        return services_.shards.refuse(envelope.from, may.error());
    if (!room_->for_review(command.message, asker, home_.now()))
        return services_.shards.refuse(envelope.from, refuse(Errc::message_gone));
    give_back(command.message, {.cause = ReturnCause::by_moderator, .note = command.note}, &envelope);
}

}  // namespace kindroom::actors
