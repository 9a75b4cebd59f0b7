// Rooms that never run unattended: pauses, and what changes by itself when moderators come and go and hours pass.
#include <algorithm>

#include "actors/audited.hpp"
#include "actors/home.hpp"
#include "actors/room_actor.hpp"

namespace kindroom::actors {

using namespace domain;

bool RoomActor::is_on_duty(const Identity& who) const {
    return room_->attendance().is_on_duty(who.account, home_.now());
}

void RoomActor::look_as_on_duty(Envelope& envelope) const {
    if (!envelope.who || !envelope.who->on_duty_view || !is_on_duty(*envelope.who)) return;
    // Their devices know already that they look after the room no more; the room may be about to be told.
    if (!envelope.who->standing.may_moderate(id_)) return;
    // To a device that does not listen here it is written with their own eyes (Client::eyes); a page that was read with
    // others would be cut there, and read again, without an end. So would a catch-up that is read anew.
    const auto* resume = std::get_if<ResumeRoom>(&envelope.command);
    const bool is_page = std::holds_alternative<GetHistory>(envelope.command) || (resume && resume->ended_at);
    if (is_page && !devices_.contains(envelope.from.client)) return;
    Identity on_duty = *envelope.who;
    on_duty.visibility = on_duty.on_duty_view;
    envelope.who = std::make_shared<const Identity>(std::move(on_duty));
}

// ---- by hand --------------------------------------------------------------------------------------------------------

void RoomActor::put_room_and_answer_with_card(const Envelope& envelope, AuditKind act, Work work) {
    work.from = envelope.from;
    const bool joined = room_->member(envelope.who->account) != nullptr;
    work.on_durable = [this, to = envelope.from, joined](bus::Publications& publications) {
        services_.shards.reply(to, room_->card(joined, home_.now()));
        publish_card(publications);
    };
    put_room(work);
    work.changes.push_back(audited(home_, envelope.who.get(), {.kind = act, .room = id_}));
    make_durable(std::move(work));
}

void RoomActor::on(const Envelope& envelope, PauseRoom& command) {
    const auto paused = room_->decide_pause(std::move(command.sentence), envelope.who->standing);
    if (!paused) return services_.shards.refuse(envelope.from, paused.error());
    room_->apply(*paused);
    Work work;
    const DataKeyId place = codec_->place_key(home_.now(), room_->settings().retention, work.changes, home_.random());
    pause_sentence_ = codec_->seal_sentence(paused->sentence, place, home_.random());
    put_room_and_answer_with_card(envelope, AuditKind::room_paused, std::move(work));
    schedule_expiry();
}

void RoomActor::on(const Envelope& envelope, const ResumeTalk&) {
    const auto resumed = room_->decide_resume(envelope.who->standing);
    if (!resumed) return services_.shards.refuse(envelope.from, resumed.error());
    room_->apply(*resumed);
    pause_sentence_ = {};
    put_room_and_answer_with_card(envelope, AuditKind::room_resumed);
}

void RoomActor::on(const Envelope& envelope, const SetJoinPolicy& command) {
    const auto changed = room_->decide_policy(command.join_policy, envelope.who->standing, home_.now());
    if (!changed) return services_.shards.refuse(envelope.from, changed.error());
    change(envelope, *changed);
}

// ---- by itself ------------------------------------------------------------------------------------------------------

void RoomActor::look_after() {
    if (state_ != State::ready) return;
    settle_circle();
    const TimePoint now = home_.now();
    const auto puts_room = [](const Work& work) { return work.puts_room; };
    const bool is_being_put = std::ranges::any_of(in_flight_, puts_room) || std::ranges::any_of(pending_, puts_room);
    // What is on its way to the disk is told when it is there.
    if (!is_being_put && room_->card(false, now) != told_card_) {
        bus::Publications publications;
        publish_card(publications);
        services_.bus.publish(std::move(publications));
    }
    const TimePoint at = room_->attendance().next_turn(room_->settings(), now);
    if (at == never || at >= looks_after_at_) return;
    looks_after_at_ = at;
    home_.scheduler().after(std::max(at - now, Duration{1}), [&home = home_, id = id_] {
        RoomActor* here = home.room_if_here(id);
        if (!here) return;
        here->looks_after_at_ = never;
        here->look_after();
    });
}

// After a commit that failed: the moderators are where they were.
void RoomActor::take_over(const Room& before) {
    const TimePoint now = home_.now();
    room_->attendance().take_over_duty(before.attendance());
    for (const AccountId account : room_->attendance().on_duty(now)) {
        const bool is_here =
            std::ranges::any_of(devices_, [&](const auto& device) { return device.second == account; });
        if (!room_->member(account))
            room_->attendance().go_off_duty(account, now);
        else if (!is_here)
            room_->attendance().last_device_went(account, now);
    }
}

// ---- newcomers ------------------------------------------------------------------------------------------------------

void RoomActor::tell_on_duty(const Event& event) const {
    for (const auto& [device, account] : devices_) {
        if (!room_->attendance().is_on_duty(account, home_.now())) continue;
        services_.shards.send(device.shard, [ref = device, event](Home& home) {
            Client* client = home.client(ref);
            if (client && client->identity()) client->tell(event);
        });
    }
}

std::vector<AccountId> RoomActor::told_to_listen(const MemberJoined& joined) const {
    std::vector<AccountId> people;
    for (const AccountId account : joined.wave) {
        const Member* before = room_->ever_member(account);
        if (!before || joined.wave_listens_until - before->listens_until > services_.limits.wave_window)
            people.push_back(account);
    }
    return people;
}

void RoomActor::tell_of_wave(const std::vector<AccountId>& people, WaveNoticed wave) {
    for (const AccountId account : people)
        tell_account(account, ListeningChanged{.room = id_, .listening = Listening{wave.until, ListenCause::wave}});
    tell_on_duty(wave);
}

void RoomActor::on(const Envelope& envelope, const LetSpeak& command) {
    if (auto may = room_->may_look_after(envelope.who->asker(home_.now()), home_.now()); !may)
        return services_.shards.refuse(envelope.from, may.error());
    const std::vector<AccountId> people = room_->listeners(command.token, home_.now());
    Work work{
        .from = envelope.from, .changes = {}, .on_durable = [this, to = envelope.from, people](bus::Publications&) {
            services_.shards.reply(to, Done{});
            for (const AccountId account : people) tell_account(account, ListeningChanged{.room = id_});
        }};
    for (const AccountId account : people) {
        room_->let_speak(account);
        work.changes.push_back(store::PutListening{.room = id_, .account = account, .until = {}});
    }
    make_durable(std::move(work));
}

}  // namespace kindroom::actors
