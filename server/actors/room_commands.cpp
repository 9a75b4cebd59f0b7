// What a room answers to those who come, go, and listen: one function a command.
#include <algorithm>

#include "actors/history.hpp"
#include "actors/home.hpp"
#include "actors/room_actor.hpp"

namespace kindroom::actors {

using namespace domain;

namespace {

// Rows read at once, and words taken back in one transaction, when somebody takes their words along.
constexpr std::uint32_t words_at_once = 100;

constexpr Position previous(Position position) { return Position{static_cast<std::uint64_t>(position) - 1}; }

template <class... C>
bool is_one_of(const Command& command) {
    return (std::holds_alternative<C>(command) || ...);
}

}  // namespace

void RoomActor::decide(Envelope&& envelope, Findings findings) {
    if (state_ == State::absent) {
        // The same answers as for a room that exists and is not for them.
        if (std::holds_alternative<GetHeadsUp>(envelope.command))
            return services_.shards.reply(envelope.from, HeadsUp{});
        if (std::holds_alternative<CallModerator>(envelope.command))
            return services_.shards.send(Shards::front,
                                         [from = envelope.from, account = envelope.who->account](Home& front) {
                                             front.house_desk().call_moderator(from, account, std::nullopt);
                                         });
        const bool asks_for_place = is_one_of<JoinRoom, GetRoom, ChangeRoom, CloseRoom, Decide, PauseRoom, ResumeTalk,
                                              Knock, CreateRoomInvite, SetJoinPolicy>(envelope.command);
        return services_.shards.refuse(envelope.from,
                                       refuse(asks_for_place ? Errc::room_unavailable : Errc::not_in_room));
    }
    if (state_ == State::loading) return handle(std::move(envelope));
    if (pending_.size() >= services_.limits.mailbox_tasks_max)
        return services_.shards.refuse(envelope.from, refuse_until(Errc::unavailable, home_.now() + Duration{1000}));
    look_as_on_duty(envelope);
    std::visit(
        [&](auto& command) {
            if constexpr (requires { on(envelope, command, findings); })
                on(envelope, command, findings);
            else if constexpr (requires { on(envelope, command); })
                on(envelope, command);
            else
                services_.shards.refuse(envelope.from, refuse(Errc::unknown_command));
        },
        envelope.command);
    settle_circle();
}

void RoomActor::turn_down(const Envelope& envelope, const Error& error) const {
    Refused refused = envelope.who->refused(error, id_, home_.now());
    if (error.code == Errc::listen_only)
        if (const auto listening = room_->listening(envelope.who->asker(home_.now()), home_.now()))
            refused.listen_cause = listening->cause;
    services_.shards.reply(envelope.from, std::move(refused));
}

void RoomActor::let_wait_behind(ClientRef device) {
    if (device.number != 0) behind_.try_emplace(device);
}

void RoomActor::decide_again(Envelope envelope, Findings findings) {
    const ClientRef device = envelope.from.client;
    auto behind = behind_.extract(device);
    // What was found of a room that is being loaded anew may not hold any more.
    if (state_ != State::ready)
        handle(std::move(envelope));
    else
        decide(std::move(envelope), std::move(findings));
    if (behind) decide_behind(device, std::move(behind.mapped()));
}

void RoomActor::refuse_found(const Envelope& envelope, Error error) {
    services_.shards.refuse(envelope.from, std::move(error));
    go_on_behind(envelope.from.client);
}

void RoomActor::go_on_behind(ClientRef device) {
    if (auto behind = behind_.extract(device)) decide_behind(device, std::move(behind.mapped()));
}

void RoomActor::decide_behind(ClientRef device, std::deque<Envelope> behind) {
    for (; !behind.empty() && !behind_.contains(device); behind.pop_front()) handle(std::move(behind.front()));
    // There is something else to find out first.
    if (!behind.empty()) behind_[device] = std::move(behind);
}

// ---- coming and going -----------------------------------------------------------------------------------------------

void RoomActor::on(const Envelope& envelope, JoinRoom& command) {
    const Identity& who = *envelope.who;
    const Person person = codec_->person(who.account, Voice::person, command.name);
    std::optional<SecretHash> invite;
    if (!command.invite_code.empty())
        invite = services_.names.hash_secret(crypto::tidy_code(command.invite_code.reveal()).reveal());
    auto joined = room_->decide_join(who.asker(home_.now()), person, home_.now(), invite);
    if (!joined) return turn_down(envelope, joined.error());
    const Member* already = room_->member(who.account);
    const bool is_news = !already || already->person != joined->member.person;
    const auto answer = [this, to = envelope.from, who = envelope.who] {
        const Member* member = room_->member(who->account);
        // They left again while the commit was on its way; the leave's own answer follows.
        if (!member) return services_.shards.refuse(to, refuse(Errc::room_unavailable));
        // Where they came in; for one more device, now. Asked only here, so that nothing lies between this and what
        // the device hears next.
        const Position seen = shown_up_to_;
        start_listening(to, *who,
                        RoomJoined{.card = room_->card(true, home_.now()),
                                   .you = member->person,
                                   .roster = roster_for(*who),
                                   .at = seen,
                                   .listening = room_->listening(who->asker(home_.now()), home_.now())},
                        seen);
    };
    if (!is_news) return answer_when_durable(envelope.from, answer);
    Work work{
        .from = envelope.from,
        .changes = {},
        .on_durable = [this, answer, people = told_to_listen(*joined),
                       wave = WaveNoticed{.room = id_, .until = joined->wave_listens_until, .who = joined->lately}](
                          bus::Publications&) {
            answer();
            if (!people.empty()) tell_of_wave(people, wave);
        }};
    room_->apply(*joined);
    codec_->learn(*who.key);
    work.changes.push_back(put_membership(who.account, *who.key));
    for (const AccountId other : joined->wave) {
        if (other == who.account) continue;
        const Member& member = *room_->ever_member(other);
        work.changes.push_back(store::PutListening{
            .room = id_, .account = other, .until = member.listens_until, .cause = member.listen_cause});
    }
    if (joined->invite) work.changes.push_back(put_invite(room_->door().spend(*joined->invite)));
    make_durable(std::move(work));
}

store::PutMembership RoomActor::put_membership(AccountId account, const PersonKey& key) const {
    const Member& member = *room_->ever_member(account);
    return {{.room = id_,
             .account = account,
             .joined = member.joined,
             .joined_after = member.joined_after,
             .left_at = member.left_at,
             .name = codec_->seal_names({member.person.name, member.former_names}, key, home_.random()),
             .listens_until = member.listens_until,
             .passed = member.passed,
             .listen_cause = member.listen_cause}};
}

void RoomActor::on(const Envelope& envelope, const LeaveRoom& command) {
    const Identity& who = *envelope.who;
    const auto left = room_->decide_leave(who.account, home_.now());
    const bool takes_words = command.take_words_along && room_->ever_member(who.account);
    // Leaving a room one is not in is done already (PRODUCT X6: never refused).
    if (!left && !takes_words) return answer_when_durable(envelope.from, Done{});
    const bool was_on_duty = is_on_duty(who);
    Work work{.from = envelope.from, .changes = {}, .on_durable = {}};
    if (left) {
        room_->apply(*left);
        work.changes.push_back(put_membership(who.account, *who.key));
    }
    if (takes_words) {
        for (const MessageId held : room_->held_by(who.account)) {
            work.changes.push_back(store::DeleteHeld{.room = id_, .message = held});
            room_->forget_held(held);
            held_records_.erase(held);
        }
    }
    // They listen until it is durable: if the store refuses, nothing has happened and nothing was missed.
    work.on_durable = [this, to = envelope.from, account = who.account, has_left = left.has_value(), was_on_duty,
                       takes_words, before = next(room_->head())](bus::Publications& publications) {
        if (has_left) stop_listening(account);
        if (was_on_duty) publish_card(publications);
        tell_duty();
        if (takes_words) return take_words_along({.to = to, .account = account}, before);
        services_.shards.reply(to, Done{});
    };
    make_durable(std::move(work));
}

void RoomActor::take_words_along(TakingWords taking, Position before) {
    const store::Store::MessagesQuery query{
        .room = id_, .from = before, .direction = store::Store::Direction::back, .limit = words_at_once};
    services_.store.read_messages(query, home_.scheduler(), [&home = home_, id = id_, taking](auto rows) {
        if (RoomActor* here = home.room_if_here(id))
            here->on_words_to_take(taking, std::move(rows));
        else
            home.services().shards.refuse(taking.to, refuse_until(Errc::unavailable, home.now() + Duration{1000}));
    });
}

void RoomActor::on_words_to_take(TakingWords taking, Result<store::MessageRows> rows) {
    const ReturnTo to = taking.to;
    const AccountId account = taking.account;
    if (!rows) return services_.shards.refuse(to, rows.error());
    if (state_ != State::ready)
        return services_.shards.refuse(to, refuse_until(Errc::unavailable, home_.now() + Duration{1000}));
    Work work{.from = to, .changes = {}, .on_durable = {}};
    std::vector<RoomStep> steps;
    for (const auto& record : rows->messages) {
        const Spoken* known = room_->spoken(record.id);
        if (record.author != account || (known && known->retracted) || taking_back_.contains(record.id)) continue;
        const Spoken said{
            .author = account, .voice = record.voice, .position = record.position, .posted_at = record.posted_at};
        steps.push_back(room_->retraction_of(record.id, said, home_.now()));
        room_->apply(steps.back());
        at_hand_.erase(record.id);
        taking_back_.insert(record.id);
        work.changes.push_back(store::RetractMessage{
            .room = id_, .message = record.id, .step = steps.back().position, .at = steps.back().at});
    }
    std::optional<Position> further;
    if (rows->messages.size() == words_at_once) further = rows->messages.back().position;
    // One piece at a time, so that nobody else waits long; the answer comes when the last one is durable.
    work.on_durable = [this, taking, further, steps = std::move(steps)](bus::Publications& publications) {
        for (const RoomStep& step : steps) {
            taking_back_.erase(std::get<MessageRetracted>(step.what).message);
            publish_step(step, publications);
        }
        if (further) return take_words_along(taking, *further);
        if (!taking.ends_erasure) return services_.shards.reply(taking.to, Done{});
        make_durable({.from = {},
                      .changes = {store::EndErasure{.room = id_, .account = taking.account}},
                      .on_durable = [](bus::Publications&) {}});
    };
    make_durable(std::move(work));
}

RoomResumed RoomActor::resumed_by(const Identity& who, const Member& member) {
    return {.card = room_->card(true, home_.now()),
            .you = member.person,
            .roster = roster_for(who),
            .steps = {},
            .at = shown_up_to_,
            .caught_up = false,
            .listening = room_->listening(who.asker(home_.now()), home_.now())};
}

void RoomActor::on(const Envelope& envelope, const ResumeRoom& command) {
    const Identity& who = *envelope.who;
    if (auto may = room_->may_listen(who.asker(home_.now()), home_.now()); !may)
        return turn_down(envelope, may.error());
    const Member& member = *room_->member(who.account);
    // A cursor from before they came in starts where they came in; one from the future (the store was set back to an
    // older copy) starts now.
    const Position up_to = std::min(command.ended_at.value_or(shown_up_to_), shown_up_to_);
    const Position after = std::min(std::max(command.after.value_or(up_to), member.joined_after), up_to);
    const View seen_by = view(who, member);
    const Reading reading{.to = envelope.from,
                          .who = envelope.who,
                          .room = id_,
                          .horizon = seen_by.horizon,
                          .up_to = up_to,
                          .seen_already = after};
    // The memory has the room as it is now.
    std::optional<std::vector<RoomStep>> at_hand;
    if (window_->covers(after) && up_to == shown_up_to_) at_hand = window_->missed(after, seen_by);
    if (command.catch_up) return catch_up(envelope, reading, std::move(at_hand));
    // More than one answer may hold is cut where the store is read.
    if (at_hand && text_bytes(*at_hand) > services_.limits.history_page_bytes_max) at_hand.reset();
    read_missed(home_, reading, {.after = after, .from = after, .at_hand = std::move(at_hand)},
                when_read(envelope, up_to));
}

MoveOnlyFunction<void(Result<MissedPart>)> RoomActor::when_read(const Envelope& envelope, Position up_to) {
    const auto& command = std::get<ResumeRoom>(envelope.command);
    let_wait_behind(envelope.from.client);
    coming_back_.try_emplace(envelope.from.client);
    return [&home = home_, id = id_, asked = Envelope{envelope.from, envelope.who, command},
            up_to](Result<MissedPart> read) mutable {
        RoomActor* here = home.room_if_here(id);
        if (!here)
            return home.services().shards.refuse(asked.from,
                                                 refuse_until(Errc::unavailable, home.now() + Duration{1000}));
        here->on_missed(asked, std::move(read), up_to);
        here->go_on_behind(asked.from.client);
    };
}

// They listen from where the answer ends, which is where the room was when they asked: how long the reading took shows
// in nothing but the time.
void RoomActor::on_missed(const Envelope& envelope, Result<MissedPart> read, Position up_to) {
    const Identity& who = *envelope.who;
    const auto& command = std::get<ResumeRoom>(envelope.command);
    auto kept = coming_back_.extract(envelope.from.client);
    if (!read) return services_.shards.refuse(envelope.from, read.error());
    // The room was loaded anew meanwhile: asked again it will do.
    if (state_ != State::ready || kept.empty())
        return services_.shards.refuse(envelope.from, refuse_until(Errc::unavailable, home_.now() + Duration{1000}));
    if (auto may = room_->may_listen(who.asker(home_.now()), home_.now()); !may)
        return turn_down(envelope, may.error());
    // The store has lost by then what was retracted while it was read, the memory had not (PRODUCT X3, look 22).
    for (const auto& publication : kept.mapped())
        if (const auto* step = std::get_if<RoomStep>(&publication->what))
            if (const auto* retracted = std::get_if<MessageRetracted>(&step->what))
                drop_all_of(retracted->message, read->steps);
    RoomResumed resumed = resumed_by(who, *room_->member(who.account));
    resumed.at = read->at;
    resumed.steps = std::move(read->steps);
    resumed.caught_up = resumed.at == up_to;
    // Where they do not listen yet it is written with their own eyes (Client::eyes): read with those of somebody on
    // duty it would be cut there, and asked for anew, without an end.
    const bool is_written_as_read = resumed.caught_up || who.visibility != who.on_duty_view;
    if (read->leaves_out && is_written_as_read) resumed.asked = command;
    // What is told after a catch-up waits behind its first answer: one that is made anew ends where that did.
    if (resumed.asked && command.catch_up) resumed.asked->ended_at = up_to;
    if (!resumed.caught_up || command.ended_at) return services_.shards.reply(envelope.from, std::move(resumed));
    start_listening(envelope.from, who, std::move(resumed), up_to, std::move(kept.mapped()));
}

void RoomActor::catch_up(const Envelope& envelope, const Reading& reading,
                         std::optional<std::vector<RoomStep>> at_hand) {
    const PageQuery newest{.direction = PageQuery::Direction::back,
                           .from = next(reading.up_to),
                           .limit = services_.limits.catch_up_max,
                           .bytes_max = services_.limits.history_page_bytes_max};
    read_page(home_, reading, newest, std::nullopt,
              [&home = home_, reading, at_hand = std::move(at_hand),
               then = when_read(envelope, reading.up_to)](Result<HistoryPage> page) mutable {
                  if (!page) return then(page.error());
                  // With what became of older words since the oldest of these.
                  const Position after = reading.seen_already;
                  const Position from = page->earlier ? previous(page->messages.front().position) : after;
                  if (at_hand) std::erase_if(*at_hand, [from](const RoomStep& step) { return step.position <= from; });
                  read_missed(home, reading,
                              {.after = after,
                               .from = from,
                               .catches_up = true,
                               .leaves_out = page->earlier.has_value(),
                               .at_hand = std::move(at_hand)},
                              std::move(then));
              });
}

void RoomActor::on(const Envelope& envelope, const GetRoom&) {
    if (!room_->member(envelope.who->account))
        return services_.shards.refuse(envelope.from, refuse(Errc::room_unavailable));
    services_.shards.reply(envelope.from, room_->card(true, home_.now()));
}

void RoomActor::on(const Envelope& envelope, const GetRoster&) {
    if (const auto may = room_->may_read(envelope.who->asker(home_.now()), home_.now()); !may)
        return turn_down(envelope, may.error());
    services_.shards.reply(envelope.from, Roster{.room = id_, .roster = roster_for(*envelope.who)});
}

void RoomActor::on(const Envelope& envelope, const GetHistory& command) {
    const auto member = room_->may_read(envelope.who->asker(home_.now()), home_.now());
    if (!member) return turn_down(envelope, member.error());
    const auto most = services_.limits.history_page_max;
    PageQuery query{.direction = command.after ? PageQuery::Direction::on : PageQuery::Direction::back,
                    .from = command.after.value_or(command.before.value_or(Position{UINT64_MAX})),
                    .limit = command.limit == 0 ? most : std::min(command.limit, most),
                    .bytes_max = services_.limits.history_page_bytes_max};
    const View seen_by = view(*envelope.who, **member);
    const Reading reading{.to = envelope.from,
                          .who = envelope.who,
                          .room = id_,
                          .horizon = seen_by.horizon,
                          .up_to = std::min(command.ended_at.value_or(shown_up_to_), shown_up_to_)};
    read_history(home_, reading, query, command.ended_at ? std::nullopt : window_->page(query, seen_by), command);
}

bool RoomActor::bring_up_to_date(HistoryPage& page, const Reading& reading) const {
    if (state_ != State::ready || !window_->covers(reading.up_to)) return false;
    const std::size_t messages = page.messages.size();
    window_->bring_up_to_date(page, reading.up_to, View{*reading.who->visibility, id_, reading.horizon});
    // One of them has gone: another one has its place.
    return page.messages.size() == messages;
}

}  // namespace kindroom::actors
