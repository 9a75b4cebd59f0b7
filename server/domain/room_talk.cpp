// What is said in a room: posts, edits, retractions, and posts that are held for a while.
#include <algorithm>

#include "domain/room.hpp"
#include "domain/texts.hpp"

namespace kindroom::domain {

Result<std::optional<MessageAccepted>> Room::repeated(AccountId author, const PostMessage& command,
                                                      SecretHash digest) const {
    const auto found = accepted_.find({author, command.client_key});
    if (found == accepted_.end()) return std::optional<MessageAccepted>{};
    const AcceptedBefore& before = found->second;
    if (!before.digest.is_nil() && before.digest != digest) return refuse(Errc::idempotency_mismatch);
    return std::optional<MessageAccepted>{{.message = before.message,
                                           .posted_at = before.posted_at,
                                           .appears_at = before.appears_at,
                                           .held = before.held,
                                           .held_until = before.held_until}};
}

Result<void> Room::charge_post(const Asker& asker, TimePoint now) {
    // Whoever has not posted for a while has full buckets and need not be remembered.
    if (pace_.size() > 2 * std::size_t{settings_.seats} + 64)
        std::erase_if(pace_, [&](const auto& pace) {
            return pace.second.posts.is_full(now) && pace.second.slow_mode.is_full(now);
        });
    Pace& pace = pace_[asker.account];
    const Rate rate = asker.is_newcomer
                          ? Rate{.burst = limits_.newcomer_posts_burst, .every = limits_.newcomer_post_every}
                          : Rate{.burst = limits_.posts_burst, .every = limits_.post_every};
    return pace.posts.take(rate, now);
}

Result<void> Room::charge_slow_mode(AccountId author, TimePoint now) {
    if (attendance_.is_on_duty(author, now)) return {};
    if (auto taken = pace_[author].slow_mode.take({.burst = 1, .every = settings_.slow_mode}, now); !taken)
        return refuse_until(Errc::slow_mode, *taken.error().retry_at);
    return {};
}

void Room::restore_pace(AccountId author, TimePoint posted_at, TimePoint now) {
    if (now - posted_at >= settings_.slow_mode) return;
    // Where a later word was there before, this one has nothing to take.
    (void)pace_[author].slow_mode.take({.burst = 1, .every = settings_.slow_mode}, posted_at);
}

void Room::restore_turns(const RoomStep& posted, TimePoint now) {
    if (now - posted.at < limits_.pile_on_window) pile_on_.apply(posted);
}

Result<const Member*> Room::speaking_member(AccountId account, TimePoint now) const {
    const Member* here = member(account);
    if (!here) return refuse(Errc::not_in_room);
    if (auto takes = attendance_.takes_posts(settings_, now); !takes) return takes.error();
    // Whoever looks after the room may always say something in it.
    if (now < here->listens_until && !attendance_.is_on_duty(account, now))
        return refuse_until(Errc::listen_only, here->listens_until);
    return here;
}

Result<void> Room::judge_sanctions(const Sanctions& sanctions, TimePoint now) const {
    if (settings_.kind == RoomKind::direct) {
        const Decision* rests = sanctions.no_contacts(now);
        return rests ? Result<void>(refuse_because_of(*rests, Errc::no_contacts)) : Result<void>();
    }
    if (const Decision* out = sanctions.out_of(id_, now)) return refuse_because_of(*out, Errc::out_of_room);
    if (const Decision* quiet = sanctions.listen_only_in(id_, now)) return refuse_because_of(*quiet, Errc::listen_only);
    return {};
}

// What was decided about them comes before what the room is like: it is the reason that stays.
Result<const Member*> Room::speaking_member(const Asker& asker, TimePoint now) const {
    if (asker.sanctions && member(asker.account) && !is_closed())
        if (auto judged = judge_sanctions(*asker.sanctions, now); !judged) return judged.error();
    return speaking_member(asker.account, now);
}

Result<void> Room::may_speak(const Asker& asker, TimePoint now) const {
    if (const auto here = speaking_member(asker, now); !here) return here.error();
    return {};
}

Result<void> Room::judge_text(std::string_view text) const {
    if (is_blank(text)) return refuse(Errc::text_empty);
    if (count_code_points(text) > limits_.text_code_points_max) return refuse(Errc::text_too_long);
    return {};
}

Result<void> Room::judge_extras(const PostMessage& command) const {
    const auto& labels = settings_.content_labels;
    const bool are_the_rooms = std::all_of(command.labels.begin(), command.labels.end(), [&](const auto& label) {
        return std::find(labels.begin(), labels.end(), label) != labels.end();
    });
    if (!are_the_rooms || command.labels.size() > limits_.message_labels_max) return bad_field("labels");
    if (command.mentions.size() > limits_.mentions_max) return bad_field("mentions");
    if (command.breath < Duration{0} || command.breath > limits_.breath_max) return bad_field("breath_ms");
    return {};
}

std::vector<Mention> Room::mentions_of(const PostMessage& command, const Asker& asker, Horizon horizon,
                                       TimePoint now) const {
    std::vector<Mention> mentions;
    for (const PersonToken token : command.mentions) {
        const auto found = find(token);
        if (!found || !found->member->joined) continue;
        const Sighting sighting{.kind = Sighting::Kind::mention,
                                .author = found->account,
                                .room = id_,
                                .position = next(head_),
                                .at = step_time(now)};
        const Mention mention{.account = found->account, .token = token};
        if (asker.visibility->shows(sighting, horizon) &&
            std::find(mentions.begin(), mentions.end(), mention) == mentions.end())
            mentions.push_back(mention);
    }
    return mentions;
}

Result<Message> Room::judge_post(const PostMessage& command, const Asker& asker, const Person& as, MessageId id,
                                 TimePoint now) const {
    const auto here = speaking_member(asker, now);
    if (!here) return here.error();
    // Both: a role may have been taken away since they came on duty.
    const bool on_duty = attendance_.is_on_duty(asker.account, now);
    if (command.voice == Voice::moderator && (!on_duty || !asker.standing.may_moderate(id_)))
        return refuse(Errc::not_allowed);
    if (auto may = may_say(asker.account, command.voice); !may) return may.error();
    if (auto judged = judge_text(command.text); !judged) return judged.error();
    if (auto judged = judge_extras(command); !judged) return judged.error();
    Message message{
        .id = id, .author_account = asker.account, .author = as, .text = command.text, .labels = command.labels};
    message.mentions = mentions_of(command, asker, horizon(**here), now);
    if (const Spoken* target = command.reply_to ? spoken(*command.reply_to) : nullptr;
        target && asker.visibility->shows({.author = target->author,
                                           .voice = target->voice,
                                           .room = id_,
                                           .position = target->position,
                                           .at = target->posted_at,
                                           .about = target->position,
                                           .about_at = target->posted_at},
                                          horizon(**here)))
        link(message, *command.reply_to);
    if (settings_.kind != RoomKind::direct && !on_duty)
        if (auto may = pile_on_.may_turn_to(message, asker, horizon(**here), now); !may) return may.error();
    return message;
}

void Room::link(Message& message, MessageId target) const {
    const Spoken* answered = spoken(target);
    if (!answered || answered->retracted) {
        message.reply_to.reset();
        return;
    }
    message.reply_to = target;
    message.reply_to_author = answered->author;
    message.reply_to_voice = answered->voice;
    message.reply_to_position = answered->position;
    message.reply_to_posted_at = answered->posted_at;
}

RoomStep Room::step_of(Message message, TimePoint now) const {
    const Position position = next(head_);
    const TimePoint at = step_time(now);
    message.position = position;
    message.posted_at = at;
    return {.room = id_,
            .position = position,
            .author = message.author_account,
            .voice = message.author.voice,
            .about = position,
            .at = at,
            .about_at = at,
            .what = MessagePosted{std::move(message)}};
}

Result<RoomStep> Room::decide_post(const PostMessage& command, const Asker& asker, const Person& as, MessageId id,
                                   TimePoint now) const {
    auto message = judge_post(command, asker, as, id, now);
    if (!message) return message.error();
    return step_of(std::move(*message), now);
}

Result<RoomStep> Room::decide_edit(const EditMessage& command, const Asker& asker, const Message* present,
                                   TimePoint now) const {
    const auto here = speaking_member(asker, now);
    if (!here) return here.error();
    const Spoken* said = spoken(command.message);
    if (!said || said->retracted || said->author != asker.account || !present) return refuse(Errc::message_gone);
    if (now - said->posted_at > limits_.edit_window || present->earlier.size() >= limits_.edits_max)
        return refuse(Errc::edit_too_late);
    if (auto judged = judge_text(command.text); !judged) return judged.error();
    return RoomStep{.room = id_,
                    .position = next(head_),
                    .author = asker.account,
                    .voice = said->voice,
                    .about = said->position,
                    .at = step_time(now),
                    .about_at = said->posted_at,
                    .what = MessageEdited{
                        .message = command.message, .text = command.text, .folded = {}, .labels = present->labels}};
}

Result<std::optional<RoomStep>> Room::decide_retract(const RetractMessage& command, const Asker& asker,
                                                     TimePoint now) const {
    if (!ever_member(asker.account)) return refuse(Errc::not_in_room);
    const Spoken* said = spoken(command.message);
    std::optional<RoomStep> step;
    if (said && !said->retracted && said->author == asker.account) step = retraction_of(command.message, *said, now);
    return step;
}

RoomStep Room::retraction_of(MessageId message, const Spoken& spoken, TimePoint now) const {
    return {.room = id_,
            .position = next(head_),
            .author = spoken.author,
            .voice = spoken.voice,
            .about = spoken.position,
            .at = step_time(now),
            .about_at = spoken.posted_at,
            .what = MessageRetracted{message}};
}

// ---- taking a breath ------------------------------------------------------------------------------------------------

Result<PostHeld> Room::decide_hold(const PostMessage& command, const Asker& asker, const Person& as, MessageId id,
                                   TimePoint now) const {
    auto message = judge_post(command, asker, as, id, now);
    if (!message) return message.error();
    if (command.voice == Voice::moderator) return bad_field("breath_ms");
    return PostHeld{.message = std::move(*message), .due_at = due_at(command, now), .accepted_at = now};
}

Result<RoomStep> Room::decide_release(MessageId message, TimePoint now) const {
    const PostHeld& post = held_.at(message);
    const AccountId author = post.message.author_account;
    if (!member(author)) return refuse(Errc::not_in_room);
    if (auto takes = attendance_.takes_posts(settings_, now); !takes) return takes.error();
    // A moderator who lets it through lets this one speak.
    if (!is_for_review(post.why.cause))
        if (const auto here = speaking_member(author, now); !here) return here.error();
    // What was shared with those who sat together is not for those who gather next.
    if (post.message.author.voice == Voice::unsigned_share && !(circle_ && circle_->is_sitting()))
        return refuse(Errc::not_now);
    Message released = post.message;
    if (released.reply_to) link(released, *released.reply_to);
    return step_of(std::move(released), now);
}

const PostHeld* Room::held(MessageId message) const {
    const auto found = held_.find(message);
    return found == held_.end() ? nullptr : &found->second;
}

std::vector<MessageId> Room::held_by(AccountId author) const {
    std::vector<MessageId> messages;
    for (const auto& [id, post] : held_)
        if (post.message.author_account == author) messages.push_back(id);
    return messages;
}

std::vector<MessageId> Room::due(TimePoint now) const {
    std::vector<std::pair<TimePoint, MessageId>> due;
    for (const auto& [id, post] : held_)
        if (post.due_at <= now) due.emplace_back(post.due_at, id);
    std::sort(due.begin(), due.end());
    std::vector<MessageId> messages;
    for (const auto& [at, id] : due) messages.push_back(id);
    return messages;
}

TimePoint Room::next_due() const {
    TimePoint earliest = never;
    for (const auto& [id, post] : held_) earliest = std::min(earliest, post.due_at);
    return earliest;
}

// ---- what is remembered ---------------------------------------------------------------------------------------------

const Spoken* Room::spoken(MessageId message) const {
    const auto found = spoken_.find(message);
    return found == spoken_.end() ? nullptr : &found->second;
}

void Room::remember(MessageId message, const Spoken& spoken) {
    if (!spoken_.insert_or_assign(message, spoken).second) return;
    spoken_order_.push_back(message);
    if (spoken_order_.size() > std::size_t{limits_.window_steps} + 1) {
        spoken_.erase(spoken_order_.front());
        spoken_order_.pop_front();
    }
}

void Room::remember(AccountId author, ClientKey key, const AcceptedBefore& accepted) {
    accepted_.insert_or_assign({author, key}, accepted);
    accepted_order_.push_back({accepted.posted_at, {author, key}});
}

void Room::forget_old_posts(TimePoint now) {
    while (!accepted_order_.empty() && now - accepted_order_.front().first > limits_.idempotency_kept) {
        accepted_.erase(accepted_order_.front().second);
        accepted_order_.pop_front();
    }
}

void Room::apply(const RoomStep& event) {
    head_ = event.position;
    last_at_ = std::max(last_at_, event.at);
    if (const auto* posted = std::get_if<MessagePosted>(&event.what)) {
        held_.erase(posted->message.id);
        pile_on_.apply(event);
        remember(posted->message.id, Spoken{.author = event.author,
                                            .voice = event.voice,
                                            .position = event.position,
                                            .posted_at = posted->message.posted_at});
        note_heard(event);
        if (const auto author = members_.find(event.author);
            event.voice == Voice::person && author != members_.end() && author->second.passed < Member::passed_max)
            author->second.passed += 1;
    } else if (const auto* retracted = std::get_if<MessageRetracted>(&event.what)) {
        if (const auto found = spoken_.find(retracted->message); found != spoken_.end()) found->second.retracted = true;
    }
}

}  // namespace kindroom::domain
