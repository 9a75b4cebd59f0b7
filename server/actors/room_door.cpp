// How people come into a room that is not open to all: knocks and invites.
#include "actors/audited.hpp"
#include "actors/home.hpp"
#include "actors/room_actor.hpp"

namespace kindroom::actors {

using namespace domain;

void RoomActor::on(const Envelope& envelope, const Knock&) {
    const Identity& who = *envelope.who;
    const TimePoint now = home_.now();
    if (auto may = room_->may_knock(who.asker(now), now); !may)
        return services_.shards.refuse(envelope.from, may.error());
    const Person person = codec_->person(who.account, Voice::person, "");
    const auto heard = room_->door().knock(who.account, person, now);
    // Before anybody hears of it, so that the answer cannot depend on who does.
    services_.shards.reply(envelope.from, Knocked{heard.fades_at});
    if (heard.is_news) tell_on_duty(KnockHeard{.room = id_, .who = {who.account, person, now}});
}

void RoomActor::on(const Envelope& envelope, const ListKnocks&) {
    if (auto may = room_->may_look_after(envelope.who->asker(home_.now()), home_.now()); !may)
        return services_.shards.refuse(envelope.from, may.error());
    services_.shards.reply(envelope.from, Knocks{id_, room_->door().waiting(home_.now())});
}

// Whoever is on duty answers for the house: what they have set between themselves and others plays no part (PRODUCT,
// "Roles"), and whoever knocked learns nothing of who it was. What others have set against that person holds: a knock
// is not heard by whoever would not see them in the room.
void RoomActor::on(const Envelope& envelope, const AnswerKnock& command) {
    if (auto may = room_->may_look_after(envelope.who->asker(home_.now()), home_.now()); !may)
        return services_.shards.refuse(envelope.from, may.error());
    if (!command.let_in)
        room_->door().pass_over(command.token);
    else if (const auto let_in = room_->door().let_in(command.token, home_.now()))
        tell_account(let_in->account, DoorOpened{.room = id_, .until = let_in->until});
    services_.shards.reply(envelope.from, Done{});
}

store::PutRoomInvite RoomActor::put_invite(const RoomInvite& invite) const {
    return {{.room = id_, .code = invite.code, .uses_left = invite.uses_left, .ends_at = invite.ends_at}};
}

void RoomActor::forget_ended_invites(Work& work) {
    for (const SecretHash& code : room_->door().drop_ended(home_.now()))
        work.changes.push_back(put_invite({.code = code, .uses_left = 0}));
}

void RoomActor::on(const Envelope& envelope, const CreateRoomInvite& command) {
    const Secret code = crypto::make_invite_code(home_.random());
    const SecretHash hash = services_.names.hash_secret(crypto::tidy_code(code.reveal()).reveal());
    const auto invite = room_->decide_invite(command, hash, envelope.who->standing, home_.now());
    if (!invite) return services_.shards.refuse(envelope.from, invite.error());
    Work work{.from = envelope.from,
              .changes = {},
              .on_durable = [this, to = envelope.from, code = std::string(code.reveal()),
                             ends_at = invite->ends_at](bus::Publications&) {
                  services_.shards.reply(to, InviteCreated{.code = code, .ends_at = ends_at});
              }};
    forget_ended_invites(work);
    room_->door().put(*invite);
    work.changes.push_back(put_invite(*invite));
    work.changes.push_back(audited(home_, envelope.who.get(), {.kind = AuditKind::invite_made, .room = id_}));
    make_durable(std::move(work));
}

}  // namespace kindroom::actors
