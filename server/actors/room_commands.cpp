// What a room answers to each command: one function a command.
#include <algorithm>

#include "actors/history.hpp"
#include "actors/home.hpp"
#include "actors/room_actor.hpp"
#include "ops/metrics.hpp"

namespace kindroom::actors {

using namespace domain;

namespace {

// What a post asks, so that its repetition can be told from another post under the same key.
SecretHash digest_of(const crypto::Names& names, RoomId room, const PostMessage& post) {
    const std::byte voice{static_cast<unsigned char>(post.voice)};
    const MessageId reply_to = post.reply_to.value_or(MessageId{});
    return names.digest({room.bytes(), as_bytes(post.text), reply_to.bytes(), std::span(&voice, 1)});
}

}  // namespace

void RoomActor::decide(Envelope&& envelope) {
    if (state_ == State::absent) {
        // The same two answers as for a room that exists and is not for them.
        const bool asks_for_place = std::holds_alternative<JoinRoom>(envelope.command) ||
                                    std::holds_alternative<ChangeRoom>(envelope.command) ||
                                    std::holds_alternative<CloseRoom>(envelope.command);
        return services_.shards.refuse(envelope.from,
                                       refuse(asks_for_place ? Errc::room_unavailable : Errc::not_in_room));
    }
    if (state_ == State::loading) return handle(std::move(envelope));
    if (pending_.size() >= services_.limits.mailbox_tasks_max)
        return services_.shards.refuse(envelope.from, refuse_until(Errc::unavailable, home_.now() + Duration{1000}));
    std::visit(
        [&](auto& command) {
            if constexpr (requires { on(envelope, command); })
                on(envelope, command);
            else
                services_.shards.refuse(envelope.from, refuse(Errc::unknown_command));
        },
        envelope.command);
}

// ---- coming and going -----------------------------------------------------------------------------------------------

void RoomActor::on(const Envelope& envelope, JoinRoom& command) {
    const Identity& who = *envelope.who;
    const Person person = codec_->person(who.account, Voice::person, command.name);
    auto joined = room_->decide_join(who.asker(home_.now()), person, home_.now());
    if (!joined) return services_.shards.refuse(envelope.from, joined.error());
    const Member* already = room_->member(who.account);
    const bool is_news = !already || already->person != joined->member.person;
    const auto answer = [this, to = envelope.from, who = envelope.who] {
        const Member* member = room_->member(who->account);
        // They left again while the commit was on its way; the leave's own answer follows.
        if (!member) return services_.shards.refuse(to, refuse(Errc::room_unavailable));
        // Where they came in; for one more device, now. Asked only here, so that nothing lies between this and what
        // the device hears next.
        const Position seen = shown_up_to_;
        start_listening(
            to, *who,
            RoomJoined{.card = room_->card(true), .you = member->person, .roster = roster_for(*who), .at = seen}, seen);
    };
    if (!is_news) return answer_when_durable(envelope.from, answer);
    room_->apply(*joined);
    codec_->learn(*who.key);
    Work work{.from = envelope.from, .changes = {}, .on_durable = [answer](bus::Publications&) { answer(); }};
    work.changes.push_back(store::PutMembership{{.room = id_,
                                                 .account = who.account,
                                                 .joined = true,
                                                 .joined_after = joined->member.joined_after,
                                                 .name = codec_->seal_name(command.name, *who.key, home_.random())}});
    make_durable(std::move(work));
}

void RoomActor::on(const Envelope& envelope, const LeaveRoom&) {
    const Identity& who = *envelope.who;
    const auto left = room_->decide_leave(who.account);
    // Leaving a room one is not in is done already (PRODUCT X6: never refused).
    if (!left) return answer_when_durable(envelope.from, Done{});
    const Member before = *room_->member(who.account);
    const bool was_on_duty = room_->is_on_duty(who.account);
    room_->apply(*left);
    // They listen until it is durable: if the store refuses, nothing has happened and nothing was missed.
    Work work{
        .from = envelope.from,
        .changes = {},
        .on_durable = [this, to = envelope.from, account = who.account, was_on_duty](bus::Publications& publications) {
            stop_listening(account);
            services_.shards.reply(to, Done{});
            if (was_on_duty) publish_card(publications);
            tell_duty();
        }};
    work.changes.push_back(
        store::PutMembership{{.room = id_,
                              .account = who.account,
                              .joined = false,
                              .joined_after = before.joined_after,
                              .name = codec_->seal_name(before.person.name, *who.key, home_.random())}});
    make_durable(std::move(work));
}

void RoomActor::on(const Envelope& envelope, const ResumeRoom& command) {
    const Identity& who = *envelope.who;
    if (auto may = room_->may_listen(who.asker(home_.now()), home_.now()); !may)
        return services_.shards.refuse(envelope.from, may.error());
    const Member& member = *room_->member(who.account);
    // A cursor from before they came in starts where they came in; one from the future (the store was set back to an
    // older copy) starts now.
    const Position after = std::min(std::max(command.after.value_or(shown_up_to_), member.joined_after), shown_up_to_);
    RoomResumed resumed{.card = room_->card(true),
                        .you = member.person,
                        .roster = roster_for(who),
                        .steps = {},
                        .at = shown_up_to_,
                        .caught_up = true};
    const View seen_by = view(who, member);
    const auto missed = [&] {
        std::vector<RoomStep> steps = window_->missed(after, seen_by);
        std::size_t bytes = 0;
        for (const RoomStep& step : steps)
            if (const auto* posted = std::get_if<MessagePosted>(&step.what)) bytes += posted->message.text.size();
        return std::pair(std::move(steps), bytes);
    };
    if (window_->covers(after)) {
        auto [steps, bytes] = missed();
        if (bytes <= services_.limits.history_page_bytes_max) {
            resumed.steps = std::move(steps);
            return start_listening(envelope.from, who, std::move(resumed), shown_up_to_);
        }
    }
    resumed.caught_up = false;
    read_missed(home_, {.to = envelope.from, .who = envelope.who, .room = id_, .horizon = seen_by.horizon},
                std::move(resumed), after, shown_up_to_);
}

void RoomActor::on(const Envelope& envelope, const GetRoster&) {
    if (!room_->member(envelope.who->account)) return services_.shards.refuse(envelope.from, refuse(Errc::not_in_room));
    services_.shards.reply(envelope.from, Roster{.people = roster_for(*envelope.who)});
}

void RoomActor::on(const Envelope& envelope, const GetHistory& command) {
    const Member* member = room_->member(envelope.who->account);
    if (!member) return services_.shards.refuse(envelope.from, refuse(Errc::not_in_room));
    const auto most = services_.limits.history_page_max;
    PageQuery query{.direction = command.after ? PageQuery::Direction::on : PageQuery::Direction::back,
                    .from = command.after.value_or(command.before.value_or(Position{UINT64_MAX})),
                    .limit = command.limit == 0 ? most : std::min(command.limit, most),
                    .bytes_max = services_.limits.history_page_bytes_max};
    const View seen_by = view(*envelope.who, *member);
    if (auto page = window_->page(query, seen_by)) return services_.shards.reply(envelope.from, std::move(*page));
    read_history(home_, {.to = envelope.from, .who = envelope.who, .room = id_, .horizon = seen_by.horizon}, query);
}

// ---- talking --------------------------------------------------------------------------------------------------------

template <class C>
bool RoomActor::look_up_first(const Envelope& envelope, MessageId message, C& command) {
    if (room_->knows(message) || !room_->ever_member(envelope.who->account)) return false;
    services_.store.find_message(
        id_, message, home_.scheduler(),
        [&home = home_, id = id_, message,
         again = Envelope{envelope.from, envelope.who, std::move(command)}](auto rows) mutable {
            if (RoomActor* here = home.room_if_here(id))
                here->on_looked_up(std::move(again), message, std::move(rows));
            else
                home.services().shards.refuse(again.from, refuse_until(Errc::unavailable, home.now() + Duration{1000}));
        });
    return true;
}

void RoomActor::on_looked_up(Envelope envelope, MessageId message, Result<store::MessageRows> rows) {
    if (!rows) return services_.shards.refuse(envelope.from, rows.error());
    if (state_ != State::ready) return handle(std::move(envelope));
    // One that does not exist is remembered like one that is gone, so that the question is not asked again.
    Spoken spoken{.author = {}, .voice = Voice::person, .position = {}, .posted_at = {}, .retracted = true};
    if (!rows->messages.empty()) {
        const auto& record = rows->messages.front();
        spoken = {.author = record.author,
                  .voice = record.voice,
                  .position = record.position,
                  .posted_at = record.posted_at,
                  .retracted = record.retracted};
        codec_->learn(rows->keys);
        place_keys_.insert_or_assign(message, record.content.place_key);
    }
    if (!room_->knows(message)) room_->remember(message, spoken);
    decide(std::move(envelope));
}

void RoomActor::on(const Envelope& envelope, PostMessage& command) {
    const Identity& who = *envelope.who;
    const TimePoint now = home_.now();
    const SecretHash digest = digest_of(services_.names, id_, command);
    const auto again = room_->repeated(who.account, command, digest);
    if (!again) return services_.shards.refuse(envelope.from, again.error());
    if (*again) return answer_when_durable(envelope.from, **again);
    if (command.reply_to && look_up_first(envelope, *command.reply_to, command)) return;

    const Asker asker = who.asker(now);
    if (!room_->member(who.account)) return services_.shards.refuse(envelope.from, refuse(Errc::not_in_room));
    if (auto charged = room_->charge_post(asker, now); !charged)
        return services_.shards.refuse(envelope.from, charged.error());
    const Person as = codec_->person(who.account, command.voice, room_->member(who.account)->person.name);
    auto step = room_->decide_post(command, asker, as, home_.random().id<MessageId>(), now);
    if (!step) return services_.shards.refuse(envelope.from, step.error());

    const Message& message = std::get<MessagePosted>(step->what).message;
    room_->apply(*step);
    room_->remember(who.account, command.client_key, {.digest = digest, .message = message.id, .posted_at = now});
    codec_->learn(*who.key);
    Work work{.from = envelope.from, .changes = {}, .on_durable = {}};
    const DataKeyId place = codec_->place_key(now, room_->settings().retention, work.changes, home_.random());
    place_keys_.insert_or_assign(message.id, place);
    work.changes.push_back(
        store::InsertMessage{{.room = id_,
                              .position = message.position,
                              .id = message.id,
                              .author = who.account,
                              .voice = command.voice,
                              .client_key = command.client_key,
                              .request_digest = digest,
                              .reply_to = message.reply_to,
                              .reply_to_author = message.reply_to_author,
                              .reply_to_voice = message.reply_to_voice,
                              .reply_to_position = message.reply_to_position,
                              .posted_at = now,
                              .content = codec_->seal(message.id, {.name = as.name, .text = message.text}, place,
                                                      *who.key, home_.random())}});
    work.on_durable = [this, to = envelope.from, step = std::move(*step)](bus::Publications& publications) {
        const Message& said = std::get<MessagePosted>(step.what).message;
        services_.metrics.add(ops::Counter::messages_accepted);
        services_.shards.reply(to, MessageAccepted{.message = said.id, .posted_at = said.posted_at});
        publish_step(step, publications);
    };
    make_durable(std::move(work));
    schedule_expiry();
}

void RoomActor::answer_when_durable(ReturnTo to, Task answer) {
    // What it rests on may still be on its way to the disk: an empty piece of work waits behind it.
    if (in_flight_.empty()) return answer();
    make_durable({.from = to, .changes = {}, .on_durable = [answer = std::move(answer)](bus::Publications&) mutable {
                      answer();
                  }});
}

void RoomActor::answer_when_durable(ReturnTo to, Reply reply) {
    answer_when_durable(
        to, [this, to, reply = std::move(reply)]() mutable { services_.shards.reply(to, std::move(reply)); });
}

void RoomActor::on(const Envelope& envelope, EditMessage& command) {
    if (look_up_first(envelope, command.message, command)) return;
    const Identity& who = *envelope.who;
    const TimePoint now = home_.now();
    auto step = room_->decide_edit(command, who.asker(now), now);
    if (!step) return services_.shards.refuse(envelope.from, step.error());
    const auto sealed_under = place_keys_.find(command.message);
    if (sealed_under == place_keys_.end() || !codec_->has_key(sealed_under->second))
        return services_.shards.refuse(envelope.from, refuse(Errc::message_gone));
    const DataKeyId place = sealed_under->second;
    room_->apply(*step);
    codec_->learn(*who.key);
    const Person as = codec_->person(who.account, step->voice, room_->member(who.account)->person.name);
    Work work{.from = envelope.from, .changes = {}, .on_durable = {}};
    work.changes.push_back(store::EditMessage{
        .room = id_,
        .message = command.message,
        .step = step->position,
        .content =
            codec_->seal(command.message, {.name = as.name, .text = command.text}, place, *who.key, home_.random())});
    work.on_durable = [this, to = envelope.from, step = std::move(*step)](bus::Publications& publications) {
        services_.shards.reply(to, Done{});
        publish_step(step, publications);
    };
    make_durable(std::move(work));
}

void RoomActor::on(const Envelope& envelope, RetractMessage& command) {
    if (look_up_first(envelope, command.message, command)) return;
    auto step = room_->decide_retract(command, envelope.who->asker(home_.now()));
    if (!step) return services_.shards.refuse(envelope.from, step.error());
    if (!*step) return answer_when_durable(envelope.from, Done{});
    room_->apply(**step);
    Work work{.from = envelope.from, .changes = {}, .on_durable = {}};
    work.changes.push_back(store::RetractMessage{.room = id_, .message = command.message, .step = (*step)->position});
    work.on_durable = [this, to = envelope.from, step = std::move(**step)](bus::Publications& publications) {
        services_.shards.reply(to, Done{});
        publish_step(step, publications);
    };
    make_durable(std::move(work));
}

// ---- looking after it -----------------------------------------------------------------------------------------------

void RoomActor::on(const Envelope& envelope, ChangeRoom& command) {
    auto changed = room_->decide_change(command.settings, envelope.who->standing);
    if (!changed) return services_.shards.refuse(envelope.from, changed.error());
    if (changed->settings.retention != room_->settings().retention) codec_->end_day();
    room_->apply(*changed);
    const bool joined = room_->member(envelope.who->account) != nullptr;
    Work work{.from = envelope.from,
              .changes = {},
              .on_durable = [this, to = envelope.from, joined](bus::Publications& publications) {
                  services_.shards.reply(to, room_->card(joined));
                  publish_card(publications);
              }};
    put_room(work);
    make_durable(std::move(work));
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
    make_durable(std::move(work));
}

void RoomActor::set_hears_duty(AccountId account, bool on_duty) {
    for (const auto& [device, owner] : devices_) {
        if (owner != account) continue;
        services_.shards.send(device.shard, [ref = device, room = id_, on_duty](Home& home) {
            Client* client = home.client(ref);
            if (Subscription* heard = client ? client->subscription(room) : nullptr) heard->on_duty = on_duty;
            if (client) client->end_duties();
        });
    }
}

void RoomActor::on(const Envelope& envelope, const GoOnDuty&) {
    const Identity& who = *envelope.who;
    if (auto may = room_->may_go_on_duty(who.asker(home_.now())); !may)
        return services_.shards.refuse(envelope.from, may.error());
    const bool is_news = room_->go_on_duty(who.account);
    set_hears_duty(who.account, true);
    services_.shards.reply(envelope.from, OnDuty{.handover_note = codec_->open_note(handover_note_),
                                                 .role_voice = codec_->person(who.account, Voice::moderator, "")});
    bus::Publications publications;
    if (is_news) publish_card(publications);
    if (!publications.empty()) services_.bus.publish(std::move(publications));
    tell_duty();
}

void RoomActor::on(const Envelope& envelope, const GoOffDuty& command) {
    const Identity& who = *envelope.who;
    if (!room_->member(who.account)) return services_.shards.refuse(envelope.from, refuse(Errc::not_in_room));
    if (count_code_points(command.handover_note) > services_.limits.note_code_points_max)
        return services_.shards.refuse(envelope.from, refuse(Errc::text_too_long));
    const bool is_news = room_->go_off_duty(who.account);
    set_hears_duty(who.account, false);
    const auto answer = [this, to = envelope.from, is_news](bus::Publications& publications) {
        services_.shards.reply(to, Done{});
        if (is_news) publish_card(publications);
    };
    // Only somebody who was on duty leaves a note for the next.
    if (!is_news || command.handover_note.empty()) {
        bus::Publications publications;
        answer(publications);
        if (!publications.empty()) services_.bus.publish(std::move(publications));
        return;
    }
    Work work{.from = envelope.from, .changes = {}, .on_durable = answer};
    const DataKeyId place = codec_->place_key(home_.now(), room_->settings().retention, work.changes, home_.random());
    handover_note_ = codec_->seal_note(command.handover_note, place, home_.random());
    put_room(work);
    make_durable(std::move(work));
}

}  // namespace kindroom::actors
