#include "domain/room.hpp"

#include <algorithm>

namespace kindroom::domain {

namespace {

// Why a place may be refused is nobody's business (PRODUCT: one answer for closed, over the ceiling, and not for you).
Error room_unavailable() { return refuse(Errc::room_unavailable); }

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

}  // namespace

std::size_t count_code_points(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

Result<RoomSettings> judge_settings(RoomSettings settings, const Limits& limits) {
    if (settings.seats == 0) settings.seats = limits.seats_default;
    if (is_blank(settings.topic) || count_code_points(settings.topic) > limits.topic_code_points_max)
        return bad_field("settings.topic");
    if (count_code_points(settings.welcome_text) > limits.welcome_code_points_max)
        return bad_field("settings.welcome_text");
    if (settings.content_labels.size() > limits.labels_max) return bad_field("settings.content_labels");
    for (const auto& label : settings.content_labels)
        if (is_blank(label) || count_code_points(label) > limits.name_code_points_max)
            return bad_field("settings.content_labels");
    if (settings.seats > limits.seats_max) return bad_field("settings.seats");
    if (settings.slow_mode > std::chrono::hours{24}) return bad_field("settings.slow_mode_ms");
    return settings;
}

Room::Room(RoomId id, RoomSettings settings, RoomState state, Position head, const Limits& limits)
    : id_(id),
      settings_(std::move(settings)),
      state_(state),
      head_(head),
      limits_(limits),
      presence_(limits.presence_linger) {}

const Member* Room::ever_member(AccountId account) const {
    const auto found = members_.find(account);
    return found == members_.end() ? nullptr : &found->second;
}

const Member* Room::member(AccountId account) const {
    const Member* member = ever_member(account);
    return member && member->joined ? member : nullptr;
}

RoomCard Room::card(bool joined) const {
    return {
        .room = id_, .settings = settings_, .state = state_, .moderator_on_duty = !on_duty_.empty(), .joined = joined};
}

Horizon Room::horizon(const Member& member) const {
    return settings_.history_before_joining ? Horizon{} : Horizon{member.joined_after};
}

// ---- coming and going -----------------------------------------------------------------------------------------------

std::size_t Room::present_for(const Asker& asker, TimePoint now) const {
    const auto roster_now = roster(now);
    return static_cast<std::size_t>(std::count_if(roster_now.begin(), roster_now.end(), [&](const auto& entry) {
        return entry.account != asker.account &&
               asker.visibility->shows({.kind = Sighting::Kind::presence, .author = entry.account, .room = id_},
                                       Horizon{});
    }));
}

bool Room::is_over_ceiling(AccountId account, TimePoint now) const {
    return !presence_.is_present(account, now) && roster(now).size() >= std::size_t{settings_.seats} * 2;
}

Result<MemberJoined> Room::decide_join(const Asker& asker, const Person& person, TimePoint now) const {
    if (state_ == RoomState::closed) return room_unavailable();
    if (const Member* already = member(asker.account)) {
        Member renamed = *already;
        renamed.person = person;
        return MemberJoined{asker.account, std::move(renamed)};
    }
    // Whoever looks after the room always gets in.
    if (!asker.standing.may_moderate(id_) &&
        (present_for(asker, now) >= settings_.seats || is_over_ceiling(asker.account, now)))
        return room_unavailable();
    return MemberJoined{asker.account, Member{.joined = true, .joined_after = head_, .person = person}};
}

Result<void> Room::may_listen(const Asker& asker, TimePoint now) const {
    if (!member(asker.account)) return refuse(Errc::not_in_room);
    if (!asker.standing.may_moderate(id_) && is_over_ceiling(asker.account, now)) return room_unavailable();
    return {};
}

std::optional<MemberLeft> Room::decide_leave(AccountId account) const {
    if (!member(account)) return std::nullopt;
    return MemberLeft{account};
}

void Room::apply(const MemberJoined& event) { members_[event.account] = event.member; }

void Room::apply(const MemberLeft& event) {
    members_[event.account].joined = false;
    presence_.person_left(event.account);
    on_duty_.erase(event.account);
}

std::vector<RosterTicked::Entry> Room::roster(TimePoint now) const {
    std::vector<RosterTicked::Entry> people;
    for (const AccountId account : presence_.present(now))
        if (const Member* here = member(account)) people.push_back({account, here->person});
    return people;
}

// ---- talking --------------------------------------------------------------------------------------------------------

Result<std::optional<MessageAccepted>> Room::repeated(AccountId author, const PostMessage& command,
                                                      SecretHash digest) const {
    const auto found = accepted_.find({author, command.client_key});
    if (found == accepted_.end()) return std::optional<MessageAccepted>{};
    if (found->second.digest != digest) return refuse(Errc::idempotency_mismatch);
    return std::optional<MessageAccepted>{{.message = found->second.message, .posted_at = found->second.posted_at}};
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
    if (auto taken = pace.posts.take(rate, now); !taken) return taken;
    if (is_on_duty(asker.account)) return {};
    if (auto taken = pace.slow_mode.take({.burst = 1, .every = settings_.slow_mode}, now); !taken)
        return refuse_until(Errc::slow_mode, *taken.error().retry_at);
    return {};
}

Result<const Member*> Room::speaking_member(AccountId account) const {
    const Member* here = member(account);
    if (!here) return refuse(Errc::not_in_room);
    if (state_ == RoomState::closed) return room_unavailable();
    if (state_ == RoomState::paused) return refuse(Errc::room_paused);
    return here;
}

Result<void> Room::judge_text(std::string_view text) const {
    if (is_blank(text)) return refuse(Errc::text_empty);
    if (count_code_points(text) > limits_.text_code_points_max) return refuse(Errc::text_too_long);
    return {};
}

Result<RoomStep> Room::decide_post(const PostMessage& command, const Asker& asker, const Person& as, MessageId id,
                                   TimePoint now) const {
    const auto here = speaking_member(asker.account);
    if (!here) return here.error();
    // Both: a role may have been taken away since they came on duty.
    if (command.voice == Voice::moderator && (!is_on_duty(asker.account) || !asker.standing.may_moderate(id_)))
        return refuse(Errc::not_allowed);
    if (auto judged = judge_text(command.text); !judged) return judged.error();

    Message message{.id = id,
                    .position = next(head_),
                    .author_account = asker.account,
                    .author = as,
                    .text = command.text,
                    .posted_at = now};
    if (command.reply_to) {
        const auto target = spoken_.find(*command.reply_to);
        if (target != spoken_.end() && !target->second.retracted &&
            asker.visibility->shows({.author = target->second.author,
                                     .voice = target->second.voice,
                                     .room = id_,
                                     .position = target->second.position},
                                    horizon(**here))) {
            message.reply_to = command.reply_to;
            message.reply_to_author = target->second.author;
            message.reply_to_voice = target->second.voice;
            message.reply_to_position = target->second.position;
        }
    }
    return RoomStep{.room = id_,
                    .position = message.position,
                    .author = asker.account,
                    .voice = command.voice,
                    .about = message.position,
                    .what = MessagePosted{std::move(message)}};
}

Result<RoomStep> Room::decide_edit(const EditMessage& command, const Asker& asker, TimePoint now) const {
    const auto here = speaking_member(asker.account);
    if (!here) return here.error();
    const auto found = spoken_.find(command.message);
    if (found == spoken_.end() || found->second.retracted || found->second.author != asker.account)
        return refuse(Errc::message_gone);
    if (now - found->second.posted_at > limits_.edit_window) return refuse(Errc::edit_too_late);
    if (auto judged = judge_text(command.text); !judged) return judged.error();
    return RoomStep{.room = id_,
                    .position = next(head_),
                    .author = asker.account,
                    .voice = found->second.voice,
                    .about = found->second.position,
                    .what = MessageEdited{command.message, command.text}};
}

Result<std::optional<RoomStep>> Room::decide_retract(const RetractMessage& command, const Asker& asker) const {
    const Member* here = ever_member(asker.account);
    if (!here) return refuse(Errc::not_in_room);
    const auto found = spoken_.find(command.message);
    if (found == spoken_.end() || found->second.retracted || found->second.author != asker.account)
        return std::optional<RoomStep>{};
    return std::optional<RoomStep>{RoomStep{.room = id_,
                                            .position = next(head_),
                                            .author = asker.account,
                                            .voice = found->second.voice,
                                            .about = found->second.position,
                                            .what = MessageRetracted{command.message}}};
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
    if (const auto* posted = std::get_if<MessagePosted>(&event.what)) {
        remember(posted->message.id, Spoken{.author = event.author,
                                            .voice = event.voice,
                                            .position = event.position,
                                            .posted_at = posted->message.posted_at});
    } else if (const auto* retracted = std::get_if<MessageRetracted>(&event.what)) {
        if (const auto found = spoken_.find(retracted->message); found != spoken_.end()) found->second.retracted = true;
    }
}

// ---- looking after it -----------------------------------------------------------------------------------------------

Result<SettingsChanged> Room::decide_change(const RoomSettings& settings, const Standing& standing) const {
    if (!standing.may_moderate(id_)) return refuse(Errc::not_allowed);
    if (state_ == RoomState::closed) return room_unavailable();
    auto judged = judge_settings(settings, limits_);
    if (!judged) return judged.error();
    return SettingsChanged{std::move(*judged)};
}

Result<RoomClosed> Room::decide_close(const Standing& standing) const {
    if (!standing.may_moderate(id_)) return refuse(Errc::not_allowed);
    if (state_ == RoomState::closed) return room_unavailable();
    return RoomClosed{};
}

Result<void> Room::may_go_on_duty(const Asker& asker) const {
    if (!member(asker.account)) return refuse(Errc::not_in_room);
    if (!asker.standing.may_moderate(id_)) return refuse(Errc::not_allowed);
    return {};
}

}  // namespace kindroom::domain
