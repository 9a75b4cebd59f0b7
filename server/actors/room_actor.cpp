#include "actors/room_actor.hpp"

#include <algorithm>

#include "actors/home.hpp"
#include "ops/metrics.hpp"
#include "wire/encode.hpp"

namespace kindroom::actors {

using namespace domain;

RoomActor::RoomActor(RoomId id, Home& home) : id_(id), home_(home), services_(home.services()) {
    idle_since_ = home_.now();
    load();
}

// ---- loading --------------------------------------------------------------------------------------------------------

void RoomActor::load() {
    state_ = State::loading;
    services_.store.load_room({.room = id_,
                               .window_steps = services_.limits.window_steps,
                               .accepted_since = home_.now() - services_.limits.idempotency_kept},
                              home_.scheduler(), [&home = home_, id = id_](auto loaded) {
                                  if (RoomActor* here = home.room_if_here(id)) here->on_loaded(std::move(loaded));
                              });
}

void RoomActor::on_loaded(Result<std::optional<store::LoadedRoom>> loaded) {
    auto waiting = std::exchange(waiting_, {});
    if (!loaded) {
        // The next command tries again.
        for (const Envelope& envelope : waiting) services_.shards.refuse(envelope.from, loaded.error());
        if (devices_.empty())
            home_.forget_room(id_);
        else
            home_.scheduler().after(Duration{1000}, [&home = home_, id = id_] {
                if (RoomActor* here = home.room_if_here(id)) here->load();
            });
        return;
    }
    if (*loaded) {
        open(std::move(**loaded));
        state_ = State::ready;
    } else {
        state_ = State::absent;
    }
    for (Envelope& envelope : waiting) decide(std::move(envelope));
    if (state_ == State::absent) home_.forget_room(id_);
}

void RoomActor::open(store::LoadedRoom loaded) {
    codec_.emplace(id_, services_);
    codec_->learn(loaded.keys);
    // Words whose time ended while the room was not here must not be shown before their keys are destroyed.
    has_due_keys_ = codec_->expire(home_.now());
    created_at_ = loaded.room.created_at;
    handover_note_ = std::move(loaded.room.handover_note);
    room_.emplace(id_, std::move(loaded.room.settings), loaded.room.state, loaded.head, services_.limits);
    for (const auto& record : loaded.memberships)
        room_->restore(record.account,
                       Member{.joined = record.joined,
                              .joined_after = record.joined_after,
                              .person = codec_->person(record.account, Voice::person, codec_->open_name(record))});
    for (const auto& accepted : loaded.accepted)
        room_->remember(
            accepted.author, accepted.client_key,
            {.digest = accepted.request_digest, .message = accepted.message, .posted_at = accepted.posted_at});

    window_.emplace(services_.limits.window_steps);
    place_keys_.clear();
    if (loaded.window.size() < services_.limits.window_steps)
        window_->begins_here();
    else
        window_->starts_after(Position{static_cast<std::uint64_t>(loaded.window.front().position) - 1});
    for (const auto& row : loaded.window) {
        const auto& message = row.message;
        room_->remember(message.id, {.author = message.author,
                                     .voice = message.voice,
                                     .position = message.position,
                                     .posted_at = message.posted_at,
                                     .retracted = message.retracted});
        place_keys_.insert_or_assign(message.id, message.content.place_key);
        if (auto step = codec_->open(row)) window_->add(std::move(*step));
    }
    shown_up_to_ = loaded.head;
    // Devices that listened before a failed commit listen still, but not those whose coming in was what failed.
    std::vector<AccountId> strangers;
    for (const auto& [device, account] : devices_)
        if (!room_->member(account)) strangers.push_back(account);
    for (const AccountId stranger : strangers) stop_listening(stranger);
    for (const auto& [device, account] : devices_) room_->presence().device_came(account);
    ticked_roster_ = room_->roster(home_.now());
    schedule_tick();
    schedule_expiry();
}

void RoomActor::handle(Envelope envelope) {
    idle_since_ = home_.now();
    if (state_ != State::loading) return decide(std::move(envelope));
    if (waiting_.size() >= services_.limits.mailbox_tasks_max)
        return services_.shards.refuse(envelope.from, refuse_until(Errc::unavailable, home_.now() + Duration{1000}));
    waiting_.push_back(std::move(envelope));
}

// ---- durability -----------------------------------------------------------------------------------------------------

void RoomActor::make_durable(Work work) {
    pending_.push_back(std::move(work));
    if (in_flight_.empty()) start_commit();
}

void RoomActor::start_commit() {
    in_flight_ = std::exchange(pending_, {});
    store::Transaction transaction;
    for (Work& work : in_flight_)
        std::move(work.changes.begin(), work.changes.end(), std::back_inserter(transaction.changes));
    services_.store.commit(std::move(transaction), home_.scheduler(), [&home = home_, id = id_](auto result) {
        if (RoomActor* here = home.room_if_here(id)) here->on_committed(result);
    });
}

void RoomActor::on_committed(Result<store::Committed> result) {
    auto done = std::exchange(in_flight_, {});
    if (!result) {
        for (const auto* failed : {&done, &pending_})
            for (const Work& work : *failed) services_.shards.refuse(work.from, result.error());
        pending_.clear();
        return load();
    }
    bus::Publications publications;
    for (Work& work : done) work.on_durable(publications);
    if (!publications.empty()) {
        services_.metrics.add(ops::Counter::events_published, publications.size());
        services_.bus.publish(std::move(publications));
    }
    if (!pending_.empty()) start_commit();
}

void RoomActor::put_room(Work& work) {
    work.changes.push_back(store::PutRoom{{.id = id_,
                                           .settings = room_->settings(),
                                           .state = room_->state(),
                                           .created_at = created_at_,
                                           .handover_note = handover_note_}});
}

// ---- telling --------------------------------------------------------------------------------------------------------

void RoomActor::publish_step(const RoomStep& step, bus::Publications& publications) {
    shown_up_to_ = step.position;
    bus::Publication publication{.room = id_, .what = step};
    publication.frame = wire::encode_event(step, wire::Format::binary, home_.cursors());
    if (const auto* posted = std::get_if<MessagePosted>(&step.what); posted && posted->message.reply_to) {
        RoomStep plain = step;
        std::get<MessagePosted>(plain.what).message.reply_to.reset();
        publication.frame_without_link = wire::encode_event(plain, wire::Format::binary, home_.cursors());
    }
    window_->add(step);
    publications.push_back(std::make_shared<const bus::Publication>(std::move(publication)));
}

void RoomActor::publish_card(bus::Publications& publications) {
    RoomCard card = room_->card(false);
    services_.shards.send(Shards::front, [card](Home& front) { front.house_desk().room_changed(card); });
    card.joined = true;
    publications.push_back(
        std::make_shared<const bus::Publication>(bus::Publication{.room = id_, .what = RoomChanged{card}}));
}

bus::PublicationPtr RoomActor::roster_publication(bool for_duty_only) {
    return std::make_shared<const bus::Publication>(
        bus::Publication{.room = id_,
                         .what = RosterTicked{.room = id_,
                                              .people = for_duty_only ? room_->roster(home_.now()) : ticked_roster_,
                                              .for_duty_only = for_duty_only}});
}

void RoomActor::tell_duty() {
    if (room_->card(true).moderator_on_duty) services_.bus.publish({roster_publication(true)});
}

std::vector<Person> RoomActor::roster_for(const Identity& who) {
    auto people = room_->is_on_duty(who.account) ? room_->roster(home_.now()) : ticked_roster_;
    // Oneself is always there, before the next tick too.
    const auto self = [&](const auto& entry) { return entry.account == who.account; };
    if (const Member* member = room_->member(who.account); member && std::none_of(people.begin(), people.end(), self))
        people.push_back({who.account, member->person});
    return home_.roster_for(who, id_, people);
}

void RoomActor::start_listening(ReturnTo to, const Identity& who, Reply reply, Position seen) {
    const Member* member = room_->member(who.account);
    if (devices_.emplace(to.client, who.account).second) room_->presence().device_came(who.account);
    Subscription subscription{
        .horizon = room_->horizon(*member), .seen = seen, .on_duty = room_->is_on_duty(who.account)};
    if (const auto* joined = std::get_if<RoomJoined>(&reply)) subscription.roster = joined->roster;
    if (const auto* resumed = std::get_if<RoomResumed>(&reply)) subscription.roster = resumed->roster;
    services_.shards.send(to.client.shard, [to, room = id_, account = who.account, reply = std::move(reply),
                                            subscription = std::move(subscription)](Home& home) mutable {
        Client* client = home.client(to.client);
        if (client && client->identity() && client->identity()->account == account) {
            // One that listens already goes on from where it is, under its new name.
            auto* joined = std::get_if<RoomJoined>(&reply);
            if (const Subscription* heard = client->subscription(room); heard && joined)
                joined->at = subscription.seen = heard->seen;
            client->subscribe(room, std::move(subscription));
            client->reply(to.request, std::move(reply));
        } else {
            home.services().shards.send(home.services().shards.home_of(room), [room, device = to.client](Home& there) {
                if (RoomActor* actor = there.room_if_here(room)) actor->device_went(device);
            });
        }
    });
    schedule_tick();
    tell_duty();
}

void RoomActor::stop_listening(AccountId account) {
    std::erase_if(devices_, [&](const auto& device) {
        if (device.second != account) return false;
        services_.shards.send(device.first.shard, [ref = device.first, room = id_](Home& home) {
            if (Client* client = home.client(ref)) client->unsubscribe(room);
        });
        return true;
    });
}

void RoomActor::duty_taken(AccountId account) {
    if (state_ != State::ready || !room_->go_off_duty(account)) return;
    bus::Publications publications;
    publish_card(publications);
    services_.bus.publish(std::move(publications));
}

void RoomActor::device_went(ClientRef device) {
    const auto found = devices_.find(device);
    if (found == devices_.end()) return;
    if (room_) room_->presence().device_went(found->second, home_.now());
    devices_.erase(found);
}

View RoomActor::view(const Identity& who, const Member& member) const {
    return {*who.visibility, id_, room_->horizon(member)};
}

// ---- time -----------------------------------------------------------------------------------------------------------

void RoomActor::schedule_tick() {
    if (is_ticking_) return;
    is_ticking_ = true;
    const Duration wait = services_.limits.roster_tick + home_.random().jitter(services_.limits.roster_tick_jitter);
    home_.scheduler().after(std::max(wait, Duration{1}), [&home = home_, id = id_] {
        if (RoomActor* here = home.room_if_here(id)) here->tick();
    });
}

void RoomActor::tick() {
    is_ticking_ = false;
    if (state_ != State::ready) return schedule_tick();
    const TimePoint now = home_.now();
    room_->presence().forget_absent(now);
    room_->forget_old_posts(now);
    if (place_keys_.size() > 2 * std::size_t{services_.limits.window_steps})
        std::erase_if(place_keys_, [&](const auto& entry) { return !room_->knows(entry.first); });
    bus::Publications publications;
    bool duty_changed = false;
    for (const auto& entry : ticked_roster_)
        if (!room_->presence().is_present(entry.account, now)) duty_changed |= room_->go_off_duty(entry.account);
    if (duty_changed) publish_card(publications);
    auto roster = room_->roster(now);
    const auto same = [](const auto& a, const auto& b) { return a.account == b.account && a.person == b.person; };
    if (!std::equal(roster.begin(), roster.end(), ticked_roster_.begin(), ticked_roster_.end(), same)) {
        ticked_roster_ = std::move(roster);
        publications.push_back(roster_publication(false));
    }
    if (!publications.empty()) services_.bus.publish(std::move(publications));
    // A room that nobody listens to needs no memory; it is loaded again when somebody comes.
    const bool is_idle = devices_.empty() && ticked_roster_.empty() && in_flight_.empty() && pending_.empty();
    if (is_idle && now - idle_since_ > services_.limits.room_idle_max) return home_.forget_room(id_);
    schedule_tick();
}

void RoomActor::schedule_expiry() {
    const TimePoint at = has_due_keys_ ? home_.now() : codec_->next_expiry();
    if (at == never || at >= expiry_scheduled_for_) return;
    expiry_scheduled_for_ = at;
    // Never at once: while the store refuses, this comes round again and again.
    home_.scheduler().after(std::max(at - home_.now(), Duration{1000}), [&home = home_, id = id_] {
        if (RoomActor* here = home.room_if_here(id)) here->expire();
    });
}

void RoomActor::expire() {
    expiry_scheduled_for_ = never;
    if (state_ != State::ready) return;
    const TimePoint now = home_.now();
    if (codec_->expire(now) || std::exchange(has_due_keys_, false)) {
        // From now on nobody is shown these words, whatever the store is doing.
        window_->forget([&](MessageId message) {
            const auto found = place_keys_.find(message);
            return found != place_keys_.end() && !codec_->has_key(found->second);
        });
        make_durable({.from = {}, .changes = {store::ExpireRoom{id_, now}}, .on_durable = [](bus::Publications&) {}});
    }
    schedule_expiry();
}

}  // namespace kindroom::actors
