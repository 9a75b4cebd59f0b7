// How a room is looked after: its settings, its end, and the moderators on duty.
#include "actors/audited.hpp"
#include "actors/home.hpp"
#include "actors/room_actor.hpp"
#include "domain/texts.hpp"

namespace kindroom::actors {

using namespace domain;

void RoomActor::on(const Envelope& envelope, ChangeRoom& command) {
    auto changed = room_->decide_change(command.settings, envelope.who->standing, home_.now());
    if (!changed) return services_.shards.refuse(envelope.from, changed.error());
    change(envelope, *changed);
}

void RoomActor::change(const Envelope& envelope, const SettingsChanged& changed) {
    if (changed.settings.retention != room_->settings().retention) codec_->end_day();
    room_->apply(changed);
    put_room_and_answer_with_card(envelope, AuditKind::room_changed);
}

void RoomActor::on(const Envelope& envelope, const CloseRoom&) {
    auto closed = room_->decide_close(envelope.who->standing);
    if (!closed) return services_.shards.refuse(envelope.from, closed.error());
    room_->apply(*closed);
    Work work{.from = envelope.from,
              .changes = {},
              .on_durable = [this, to = envelope.from](bus::Publications& publications) {
                  services_.shards.reply(to, Done{});
                  publish_card(publications);
              }};
    put_room(work);
    work.changes.push_back(audited(home_, envelope.who.get(), {.kind = AuditKind::room_closed, .room = id_}));
    make_durable(std::move(work));
}

void RoomActor::set_hears_duty(AccountId account, bool on_duty) {
    for (const auto& [device, owner] : devices_) {
        if (owner != account) continue;
        services_.shards.send(device.shard, [ref = device, room = id_, on_duty](Home& home) {
            if (Client* client = home.client(ref)) client->set_on_duty(room, on_duty);
        });
    }
}

void RoomActor::tap_out(AccountId account) {
    if (state_ != State::ready || !room_->attendance().go_off_duty(account, home_.now())) return;
    set_hears_duty(account, false);
    look_after();
}

void RoomActor::on(const Envelope& envelope, const GoOnDuty&) {
    const Identity& who = *envelope.who;
    if (auto may = room_->may_go_on_duty(who.asker(home_.now())); !may)
        return services_.shards.refuse(envelope.from, may.error());
    const bool is_news = room_->attendance().go_on_duty(who.account, home_.now());
    set_hears_duty(who.account, true);
    services_.shards.reply(envelope.from, OnDuty{.handover_note = codec_->open_note(handover_note_),
                                                 .role_voice = codec_->person(who.account, Voice::moderator, "")});
    if (is_news) look_after();
    tell_duty();
    show_circle();
}

void RoomActor::on(const Envelope& envelope, const GoOffDuty& command) {
    const Identity& who = *envelope.who;
    if (!room_->member(who.account)) return services_.shards.refuse(envelope.from, refuse(Errc::not_in_room));
    if (count_code_points(command.handover_note) > services_.limits.note_code_points_max)
        return services_.shards.refuse(envelope.from, refuse(Errc::text_too_long));
    const bool is_news = room_->attendance().go_off_duty(who.account, home_.now());
    set_hears_duty(who.account, false);
    // Only somebody who was on duty leaves a note for the next.
    if (!is_news || command.handover_note.empty()) {
        services_.shards.reply(envelope.from, Done{});
        return look_after();
    }
    Work work{.from = envelope.from,
              .changes = {},
              .on_durable = [this, to = envelope.from](bus::Publications& publications) {
                  services_.shards.reply(to, Done{});
                  publish_card(publications);
              }};
    const DataKeyId place = codec_->place_key(home_.now(), room_->settings().retention, work.changes, home_.random());
    handover_note_ = codec_->seal_note(command.handover_note, place, home_.random());
    put_room(work);
    make_durable(std::move(work));
}

}  // namespace kindroom::actors
