// What is said in a room, changed and taken back: from the command to what is stored and told.
#include "actors/home.hpp"
#include "actors/room_actor.hpp"
#include "ops/metrics.hpp"
#include "text/text.hpp"

namespace kindroom::actors {

using namespace domain;

namespace {

// What a post asks, so that its repetition can be told from another post under the same key. What a post need not have
// counts only where it is there: posts of an older version keep their digest.
SecretHash digest_of_post(const crypto::Names& names, RoomId room, const PostMessage& post) {
    const std::byte voice{static_cast<unsigned char>(post.voice)};
    const MessageId reply_to = post.reply_to.value_or(MessageId{});
    if (post.labels.empty() && post.mentions.empty() && post.breath == Duration{0} && !post.moderator_first)
        return names.digest({room.bytes(), as_bytes(post.text), reply_to.bytes(), std::span(&voice, 1)});
    std::string more = std::to_string(post.breath.count());
    for (const std::string& label : post.labels) more += '\n' + label;
    for (const PersonToken token : post.mentions)
        more.append("\n\n").append(reinterpret_cast<const char*>(token.bytes().data()), PersonToken::size);
    if (post.moderator_first) more += "\n\n\n";
    return names.digest({room.bytes(), as_bytes(post.text), reply_to.bytes(), std::span(&voice, 1), as_bytes(more)});
}

}  // namespace

// ---- what is known of a message -------------------------------------------------------------------------------------

const Message* RoomActor::present(MessageId message, const Findings& findings) const {
    if (const Spoken* said = room_->spoken(message); said && said->retracted) return nullptr;
    if (const auto kept = at_hand_.find(message); kept != at_hand_.end()) return &kept->second.message;
    if (const Message* shown = window_->find(message)) return shown;
    return findings.found && findings.found->id == message ? &*findings.found : nullptr;
}

template <class C>
bool RoomActor::look_up_first(const Envelope& envelope, MessageId message, C& command, Findings& findings) {
    const Identity& who = *envelope.who;
    if (findings.looked_up || (!room_->ever_member(who.account) && !who.standing.may_moderate(id_))) return false;
    let_wait_behind(envelope.from.client);
    services_.store.find_message(
        id_, message, home_.scheduler(),
        [&home = home_, id = id_, message, findings = std::move(findings),
         again = Envelope{envelope.from, envelope.who, std::move(command)}](auto rows) mutable {
            RoomActor* here = home.room_if_here(id);
            if (!here)
                return home.services().shards.refuse(again.from,
                                                     refuse_until(Errc::unavailable, home.now() + Duration{1000}));
            if (!rows) return here->refuse_found(again, rows.error());
            if (here->state_ == State::ready) findings.found = here->take_in(message, *rows);
            findings.looked_up = true;
            here->decide_again(std::move(again), std::move(findings));
        });
    return true;
}

template bool RoomActor::look_up_first(const Envelope&, MessageId, HearMessage&, Findings&);
template bool RoomActor::look_up_first(const Envelope&, MessageId, ReleaseHeld&, Findings&);
template bool RoomActor::look_up_first(const Envelope&, MessageId, RevealMessage&, Findings&);
template bool RoomActor::look_up_first(const Envelope&, MessageId, Decide&, Findings&);

std::optional<Message> RoomActor::take_in(MessageId message, const store::MessageRows& rows) {
    // One that does not exist is remembered like one that is gone.
    Spoken spoken{.author = {}, .voice = Voice::person, .position = {}, .posted_at = {}, .retracted = true};
    std::optional<Message> opened;
    if (!rows.messages.empty()) {
        const auto& record = rows.messages.front();
        spoken = {.author = record.author,
                  .voice = record.voice,
                  .position = record.position,
                  .posted_at = record.posted_at,
                  .retracted = record.retracted || taking_back_.contains(message)};
        codec_->learn(rows.keys);
        place_keys_.insert_or_assign(message, record.content.place_key);
        opened = codec_->open(record);
    }
    if (!room_->knows(message)) room_->remember(message, spoken);
    return opened;
}

// ---- posting --------------------------------------------------------------------------------------------------------

void RoomActor::on(const Envelope& envelope, PostMessage& command, Findings& findings) {
    const Identity& who = *envelope.who;
    const TimePoint now = home_.now();
    const SecretHash digest = digest_of_post(services_.names, id_, command);
    const auto again = room_->repeated(who.account, command, digest);
    if (!again) return services_.shards.refuse(envelope.from, again.error());
    if (*again) return answer_when_durable(envelope.from, **again);
    if (command.reply_to && look_up_first(envelope, *command.reply_to, command, findings)) return;

    const Asker asker = who.asker(now);
    if (auto may = room_->may_speak(asker, now); !may) return turn_down(envelope, may.error());
    // Charged once, and before anything is asked about the other one (PRODUCT look 14).
    if (!findings.rests)
        if (auto charged = room_->charge_post(asker, now); !charged)
            return services_.shards.refuse(envelope.from, charged.error());
    if (room_->settings().kind == RoomKind::direct) {
        if (!findings.rests) {
            let_wait_behind(envelope.from.client);
            return ask_whether_it_rests(
                who.account, [&home = home_, id = id_, findings = std::move(findings),
                              again = Envelope{envelope.from, envelope.who, std::move(command)}](bool rests) mutable {
                    findings.rests = rests;
                    if (RoomActor* here = home.room_if_here(id))
                        here->decide_again(std::move(again), std::move(findings));
                    else
                        home.services().shards.refuse(again.from,
                                                      refuse_until(Errc::unavailable, home.now() + Duration{1000}));
                });
        }
        if (*findings.rests) return services_.shards.refuse(envelope.from, refuse(Errc::connection_resting));
    }
    const bool can_be_reviewed = room_->settings().kind != RoomKind::direct && command.voice == Voice::person;
    if (command.moderator_first && !can_be_reviewed)
        return services_.shards.refuse(envelope.from, bad_field("moderator_first"));
    Screening seen = screen(who, command);
    const bool is_unsigned = command.voice == Voice::unsigned_share;
    // A moderator would see when an unsigned share was said, and so perhaps by whom. The role voice is for what cannot
    // wait.
    if (command.voice != Voice::person && seen.hold) return refuse_words(envelope, std::move(seen));
    if (seen.hold || is_unsigned || command.breath > Duration{0})
        hold(envelope, command, digest, std::move(seen));
    else
        post(envelope, command, digest, std::move(seen));
}

store::MessageRecord RoomActor::record_of(const Message& message, ClientKey key, SecretHash hidden_digest,
                                          store::Sealed content) const {
    return {.room = id_,
            .position = message.position,
            .id = message.id,
            .author = message.author_account,
            .voice = message.author.voice,
            .client_key = key,
            .request_digest = hidden_digest,
            .reply_to = message.reply_to,
            .reply_to_author = message.reply_to_author,
            .reply_to_voice = message.reply_to_voice,
            .reply_to_position = message.reply_to_position,
            .reply_to_posted_at = message.reply_to_posted_at,
            .posted_at = message.posted_at,
            .content = std::move(content)};
}

void RoomActor::post(const Envelope& envelope, const PostMessage& command, SecretHash digest, Screening seen) {
    const Identity& who = *envelope.who;
    const TimePoint now = home_.now();
    const Person as = codec_->person(who.account, command.voice, room_->member(who.account)->person.name);
    auto step = room_->decide_post(command, who.asker(now), as, home_.random().id<MessageId>(), now);
    if (!step) return turn_down(envelope, step.error());
    if (auto charged = room_->charge_slow_mode(who.account, now); !charged)
        return services_.shards.refuse(envelope.from, charged.error());

    Message& message = std::get<MessagePosted>(step->what).message;
    add_labels(message.labels, seen.labels);
    message.folded = text::fold_for_matching(message.text);
    if (command.voice == Voice::person) note_habit(who.account, message.folded);
    room_->apply(*step);
    room_->remember(who.account, command.client_key,
                    {.digest = digest, .message = message.id, .posted_at = message.posted_at});
    at_hand_.insert_or_assign(message.id, AtHand{.message = message, .since = now});
    codec_->learn(*who.key);
    Work work{.from = envelope.from, .changes = {}, .on_durable = {}};
    const DataKeyId place = codec_->place_key(now, room_->settings().retention, work.changes, home_.random());
    place_keys_.insert_or_assign(message.id, place);
    work.changes.push_back(store::InsertMessage{
        record_of(message, command.client_key, codec_->hide_digest(digest, message.id, place, *who.key),
                  codec_->seal(message.id, content_of(message), place, *who.key, home_.random()))});
    if (command.voice == Voice::person) put_passed(who.account, work);
    work.on_durable = [this, to = envelope.from, step = std::move(*step),
                       seen = std::move(seen)](bus::Publications& publications) {
        const Message& said = std::get<MessagePosted>(step.what).message;
        services_.metrics.add(ops::Counter::messages_accepted);
        services_.shards.reply(to, MessageAccepted{.message = said.id, .posted_at = said.posted_at});
        publish_step(step, publications);
        tell_screened(step.author, seen, said.id);
    };
    make_durable(std::move(work));
    schedule_expiry();
}

// ---- changing and taking back ---------------------------------------------------------------------------------------

void RoomActor::on(const Envelope& envelope, EditMessage& command, Findings& findings) {
    const Identity& who = *envelope.who;
    const TimePoint now = home_.now();
    // An edit cannot wait, whatever it is an edit of. What it says is heard all the same (PRODUCT X8).
    if (decided_to_hold(who) && room_->may_speak(who.asker(now), now)) {
        Screening seen = screen(who.account, command.text, {});
        seen.hold = Hold{.cause = HeldFor::decision};
        return refuse_words(envelope, std::move(seen));
    }
    // While it is held it can be cancelled and said anew; nobody has seen it yet.
    const bool is_held = room_->held(command.message) != nullptr;
    if (!is_held && look_up_first(envelope, command.message, command, findings)) return;
    const Message* before = present(command.message, findings);
    auto step = room_->decide_edit(command, who.asker(now), before, now);
    if (!step) return turn_down(envelope, step.error());
    const auto sealed_under = place_keys_.find(command.message);
    if (sealed_under == place_keys_.end() || !codec_->has_key(sealed_under->second))
        return services_.shards.refuse(envelope.from, refuse(Errc::message_gone));
    const DataKeyId place = sealed_under->second;
    auto& edited = std::get<MessageEdited>(step->what);
    Screening seen;
    if (step->voice != Voice::moderator) seen = screen(who.account, command.text, before->labels);
    seen.is_unsigned = step->voice == Voice::unsigned_share;
    if (edit_would_be_held(who.account, seen, *before)) return refuse_words(envelope, std::move(seen));
    edited.folded = text::fold_for_matching(edited.text);
    Message message = *before;
    amend(message, edited, step->position, step->at);
    room_->apply(*step);
    codec_->learn(*who.key);
    Work work{.from = envelope.from, .changes = {}, .on_durable = {}};
    work.changes.push_back(store::EditMessage{
        .room = id_,
        .message = command.message,
        .step = step->position,
        .at = step->at,
        .content = codec_->seal(command.message, content_of(message), place, *who.key, home_.random())});
    at_hand_.insert_or_assign(command.message, AtHand{.message = std::move(message), .since = now});
    work.on_durable = [this, to = envelope.from, step = std::move(*step),
                       seen = std::move(seen)](bus::Publications& publications) {
        services_.shards.reply(to, Done{});
        publish_step(step, publications);
        tell_screened(step.author, seen, message_of(step));
    };
    make_durable(std::move(work));
}

void RoomActor::on(const Envelope& envelope, RetractMessage& command, Findings& findings) {
    if (cancel_held(envelope, command.message)) return;
    if (look_up_first(envelope, command.message, command, findings)) return;
    const TimePoint now = home_.now();
    auto step = room_->decide_retract(command, envelope.who->asker(now), now);
    if (!step) return turn_down(envelope, step.error());
    if (!*step) return answer_when_durable(envelope.from, Done{});
    room_->apply(**step);
    at_hand_.erase(command.message);
    taking_back_.insert(command.message);
    Work work{.from = envelope.from, .changes = {}, .on_durable = {}};
    work.changes.push_back(
        store::RetractMessage{.room = id_, .message = command.message, .step = (*step)->position, .at = (*step)->at});
    work.on_durable = [this, to = envelope.from, message = command.message,
                       step = std::move(**step)](bus::Publications& publications) {
        taking_back_.erase(message);
        services_.shards.reply(to, Done{});
        publish_step(step, publications);
    };
    make_durable(std::move(work));
}

// ---- what an answer rests on ----------------------------------------------------------------------------------------

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

}  // namespace kindroom::actors
