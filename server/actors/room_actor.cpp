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
        for (WhenLoaded& then : waiting) then(loaded.error());
        if (devices_.empty() && held_records_.empty() && behind_.empty())
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
        const auto& hall = home_.notice()->rooms;
        const auto hangs = hall.find(id_);
        told_card_ = hangs == hall.end() ? room_->card(false, home_.now()) : hangs->second;
        look_after();
    } else {
        state_ = State::absent;
    }
    for (WhenLoaded& then : waiting) then({});
    if (state_ == State::absent) home_.forget_room(id_);
}

void RoomActor::open(store::LoadedRoom loaded) {
    codec_.emplace(id_, services_);
    codec_->learn(loaded.keys);
    // Words whose time ended while the room was not here must not be shown before their keys are destroyed.
    has_due_keys_ = codec_->expire(home_.now());
    created_at_ = loaded.room.created_at;
    handover_note_ = std::move(loaded.room.handover_note);
    pause_sentence_ = std::move(loaded.room.pause_sentence);
    std::optional<Room> before = std::exchange(room_, std::nullopt);
    room_.emplace(id_, std::move(loaded.room.settings), loaded.room.state, loaded.head, services_.limits,
                  services_.house.time_zone);
    if (loaded.room.state == RoomState::paused) room_->apply(RoomPaused{codec_->open_sentence(pause_sentence_)});
    for (const auto& invite : loaded.invites)
        room_->door().put({.code = invite.code, .uses_left = invite.uses_left, .ends_at = invite.ends_at});
    open_members(loaded.memberships);
    for (const auto& accepted : loaded.accepted) {
        room_->remember(accepted.author, accepted.client_key,
                        {.digest = codec_->show_digest(accepted.request_digest, accepted.message, accepted.place_key,
                                                       accepted.person_key),
                         .message = accepted.message,
                         .posted_at = accepted.posted_at});
        room_->restore_pace(accepted.author, accepted.posted_at, home_.now());
    }
    open_window(loaded.window);
    open_held(std::move(loaded.held));
    shown_up_to_ = loaded.head;
    // Devices that listened before a failed commit listen still, but not those whose coming in was what failed.
    std::vector<AccountId> strangers;
    for (const auto& [device, account] : devices_)
        if (!room_->member(account)) strangers.push_back(account);
    for (const AccountId stranger : strangers) stop_listening(stranger);
    if (before) {
        take_over(*before);
        room_->door().take_over_knocks(before->door());
    }
    for (const auto& [device, account] : devices_) room_->device_came(account, home_.now());
    // One that was taken before a failed commit holds until the next tick, like any other.
    if (ticked_roster_.at == TimePoint{}) ticked_roster_ = {.at = home_.now(), .people = room_->roster(home_.now())};
    open_circle(loaded.room.circle);
    schedule_tick();
    schedule_expiry();
    schedule_release();
}

void RoomActor::open_members(const std::vector<store::MembershipRecord>& memberships) {
    for (const auto& record : memberships) {
        RoomCodec::Names names = codec_->open_names(record);
        room_->restore(record.account, Member{.joined = record.joined,
                                              .joined_after = record.joined_after,
                                              .person = codec_->person(record.account, Voice::person, names.present),
                                              .left_at = record.left_at,
                                              .former_names = std::move(names.former),
                                              .listens_until = record.listens_until,
                                              .listen_cause = record.listen_cause,
                                              .passed = record.passed});
    }
}

void RoomActor::open_window(const std::vector<store::StepRow>& rows) {
    window_.emplace(services_.limits.window_steps);
    place_keys_.clear();
    at_hand_.clear();
    taking_back_.clear();
    if (rows.size() < services_.limits.window_steps)
        window_->begins_here();
    else
        window_->starts_after(Position{static_cast<std::uint64_t>(rows.front().position) - 1});
    for (const auto& row : rows) {
        const auto& message = row.message;
        room_->remember(message.id, {.author = message.author,
                                     .voice = message.voice,
                                     .position = message.position,
                                     .posted_at = message.posted_at,
                                     .retracted = message.retracted});
        room_->restore_last_at(std::max(row.at, message.posted_at));
        place_keys_.insert_or_assign(message.id, message.content.place_key);
        if (auto step = codec_->open(row)) {
            if (std::holds_alternative<MessagePosted>(step->what)) room_->restore_turns(*step, home_.now());
            window_->restore(std::move(*step));
        }
    }
}

void RoomActor::open_held(std::vector<store::HeldRecord> records) {
    held_records_.clear();
    std::set<AccountId> decided;
    for (auto& record : records) {
        // Words that nobody can read any more appear nowhere.
        auto message = codec_->open(record);
        if (!message) continue;
        AcceptedBefore accepted{.digest = digest_of(record), .message = record.id, .posted_at = record.accepted_at};
        Hold why = hold_of(record);
        if (record.cause == HeldFor::breath) {
            accepted.appears_at = record.due_at;
        } else {
            accepted.held = why;
            if (is_for_review(record.cause)) accepted.held_until = record.due_at;
        }
        room_->remember(record.author, record.client_key, accepted);
        room_->apply(PostHeld{.message = std::move(*message),
                              .due_at = record.due_at,
                              .why = std::move(why),
                              .back = {.cause = record.return_cause, .note = codec_->open_note(record.note)},
                              .accepted_at = record.accepted_at});
        if (record.cause == HeldFor::decision) decided.insert(record.author);
        held_records_.insert_or_assign(record.id, std::move(record));
    }
    for (const AccountId author : decided)
        services_.shards.send(services_.shards.home_of(author),
                              [author, room = id_](Home& there) { there.account(author).let_go_of_held_in(room); });
}

void RoomActor::when_loaded(WhenLoaded then) {
    idle_since_ = home_.now();
    if (state_ != State::loading) return then({});
    if (waiting_.size() >= services_.limits.mailbox_tasks_max)
        return then(refuse_until(Errc::unavailable, home_.now() + Duration{1000}));
    waiting_.push_back(std::move(then));
}

void RoomActor::handle(Envelope envelope) {
    when_loaded([this, envelope = std::move(envelope)](const Result<void>& loaded) mutable {
        if (!loaded) return services_.shards.refuse(envelope.from, loaded.error());
        if (const auto ahead = behind_.find(envelope.from.client); ahead != behind_.end())
            return ahead->second.push_back(std::move(envelope));
        decide(std::move(envelope), {});
    });
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
        auto waiting = std::exchange(pending_, {});
        load();
        for (auto* failed : {&done, &waiting})
            for (Work& work : *failed)
                if (work.on_failed) work.on_failed();
        return;
    }
    bus::Publications publications;
    for (Work& work : done) work.on_durable(publications);
    if (!publications.empty()) {
        services_.metrics.add(ops::Counter::events_published, publications.size());
        services_.bus.publish(std::move(publications));
    }
    // What became durable may have begun the next one already.
    if (!pending_.empty() && in_flight_.empty()) start_commit();
    look_after();
}

void RoomActor::put_room(Work& work) {
    work.puts_room = true;
    work.changes.push_back(store::PutRoom{{.id = id_,
                                           .settings = room_->settings(),
                                           .state = room_->attendance().stored(),
                                           .created_at = created_at_,
                                           .handover_note = handover_note_,
                                           .pause_sentence = pause_sentence_,
                                           .circle = circle_kept_}});
}

// ---- telling --------------------------------------------------------------------------------------------------------

void RoomActor::publish_step(const RoomStep& step, bus::Publications& publications) {
    shown_up_to_ = step.position;
    bus::Publication publication{.room = id_, .what = step};
    publication.frame = wire::encode_event(step, wire::Format::binary, home_.cursors());
    window_->add(step);
    // What the window has as it now stands need not be kept beside it.
    const MessageId about = message_of(step);
    const Message* shown = window_->find(about);
    const auto kept = at_hand_.find(about);
    if (shown && kept != at_hand_.end() && kept->second.message == *shown) at_hand_.erase(kept);
    if (std::holds_alternative<MessageRetracted>(step.what))
        for (auto& [id, answer] : at_hand_) drop_link_to(about, answer.message);
    publications.push_back(std::make_shared<const bus::Publication>(std::move(publication)));
    for (auto& [device, since] : coming_back_) since.push_back(publications.back());
}

void RoomActor::publish_card(bus::Publications& publications) {
    RoomCard card = told_card_ = room_->card(false, home_.now());
    services_.shards.send(Shards::front, [card](Home& front) { front.house_desk().room_changed(card); });
    card.joined = true;
    publications.push_back(
        std::make_shared<const bus::Publication>(bus::Publication{.room = id_, .what = RoomChanged{card}}));
}

// Not as of a tick, which still has whoever began to keep away in that millisecond: who leaves is gone from it at once.
TrueRoster RoomActor::true_roster() const {
    return {.at = home_.now() + Duration{1}, .people = room_->roster(home_.now())};
}

bus::PublicationPtr RoomActor::roster_publication(bool for_duty_only) {
    TrueRoster roster = ticked_roster_;
    if (for_duty_only) roster = true_roster();
    return std::make_shared<const bus::Publication>(bus::Publication{
        .room = id_, .what = RosterTicked{.room = id_, .roster = std::move(roster), .for_duty_only = for_duty_only}});
}

void RoomActor::tell_duty() {
    if (room_->attendance().has_duty(home_.now())) services_.bus.publish({roster_publication(true)});
}

void RoomActor::tell_duty_of(AccountId member) {
    if (state_ == State::ready && room_->member(member)) tell_duty();
}

TrueRoster RoomActor::roster_for(const Identity& who) {
    TrueRoster roster = ticked_roster_;
    if (is_on_duty(who)) roster = true_roster();
    // Oneself is always there, before the next tick too.
    const auto self = [&](const RosterEntry& entry) { return entry.account == who.account; };
    if (const Member* member = room_->member(who.account);
        member && std::none_of(roster.people.begin(), roster.people.end(), self))
        roster.people.push_back({who.account, member->person});
    return roster;
}

void RoomActor::start_listening(ReturnTo to, const Identity& who, Reply reply, Position seen, bus::Publications since) {
    const Member* member = room_->member(who.account);
    if (devices_.emplace(to.client, who.account).second) room_->device_came(who.account, home_.now());
    Subscription subscription{.horizon = room_->horizon(*member), .seen = seen, .on_duty = is_on_duty(who)};
    services_.shards.send(to.client.shard, [to, room = id_, account = who.account, reply = std::move(reply),
                                            subscription = std::move(subscription),
                                            since = std::move(since)](Home& home) mutable {
        Client* client = home.client(to.client);
        if (client && client->identity() && client->identity()->account == account) {
            // One that listens already goes on from where it is, under its new name.
            if (const Subscription* heard = client->subscription(room)) {
                subscription.seen = std::max(subscription.seen, heard->seen);
                if (auto* joined = std::get_if<RoomJoined>(&reply)) joined->at = subscription.seen = heard->seen;
            }
            client->subscribe(room, std::move(subscription));
            client->reply(to.request, std::move(reply));
            for (const auto& publication : since)
                client->deliver(std::make_shared<SharedFrames>(publication, client->format(), home.cursors()));
        } else {
            home.services().shards.send(home.services().shards.home_of(room), [room, device = to.client](Home& there) {
                if (RoomActor* actor = there.room_if_here(room)) actor->device_went(device);
            });
        }
    });
    schedule_tick();
    look_after();
    tell_duty();
    circle_came(who.account);
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
    if (state_ != State::ready || !room_->attendance().go_off_duty(account, home_.now())) return;
    look_after();
}

void RoomActor::device_went(ClientRef device) {
    const auto found = devices_.find(device);
    if (found == devices_.end()) return;
    const AccountId account = found->second;
    if (room_) room_->device_went(account, home_.now());
    devices_.erase(found);
    circle_went(account);
    look_after();
}

View RoomActor::view(const Identity& who, const Member& member) const {
    return {*who.visibility, id_, room_->horizon(member)};
}

}  // namespace kindroom::actors
