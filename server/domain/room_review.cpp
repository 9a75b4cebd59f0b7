// What is said in a room and waits for a moderator.
#include <algorithm>

#include "domain/room.hpp"

namespace kindroom::domain {

namespace {

HeldCard card_of(const PostHeld& post) {
    return {.message = post.message.id,
            .text = post.message.text,
            .labels = post.message.labels,
            .why = post.why,
            .back = post.back,
            .accepted_at = post.accepted_at,
            .until = post.due_at,
            .author = post.message.author_account};
}

void sort_by_time(std::vector<HeldCard>& cards) {
    std::sort(cards.begin(), cards.end(), [](const HeldCard& a, const HeldCard& b) {
        return std::pair(a.accepted_at, a.message) < std::pair(b.accepted_at, b.message);
    });
}

}  // namespace

bool Room::is_among_first_messages(AccountId author) const {
    const Member* here = member(author);
    return here && here->passed < settings_.hold_first_messages;
}

Result<PostHeld> Room::decide_review(const PostMessage& command, const Asker& asker, const Person& as, MessageId id,
                                     Hold why, TimePoint now) const {
    auto message = judge_post(command, asker, as, id, now);
    if (!message) return message.error();
    const auto waiting = std::count_if(held_.begin(), held_.end(), [&](const auto& held) {
        return held.second.message.author_account == asker.account && held.second.why.cause != HeldFor::breath;
    });
    if (waiting >= static_cast<std::ptrdiff_t>(limits_.held_for_review_max)) return refuse(Errc::too_many);
    return PostHeld{.message = std::move(*message),
                    .due_at = now + limits_.review_max,
                    .why = std::move(why),
                    .back = {},
                    .accepted_at = now};
}

Result<void> Room::may_look_after(const Asker& asker, TimePoint now) const {
    if (!member(asker.account)) return refuse(Errc::not_in_room);
    if (!attendance_.is_on_duty(asker.account, now) || !asker.standing.may_moderate(id_))
        return refuse(Errc::not_allowed);
    return {};
}

const PostHeld* Room::for_review(MessageId message, const Asker& asker, TimePoint now) const {
    const PostHeld* post = held(message);
    if (!post || !is_for_review(post->why.cause)) return nullptr;
    const Sighting sighting = said_now(post->message.author_account, id_, now);
    return asker.visibility->shows_on_duty(sighting) ? post : nullptr;
}

std::vector<HeldCard> Room::for_review(const Asker& asker, TimePoint now) const {
    std::vector<HeldCard> cards;
    for (const auto& [id, post] : held_)
        if (for_review(id, asker, now)) cards.push_back(card_of(post));
    sort_by_time(cards);
    return cards;
}

std::vector<HeldCard> Room::cards_of(AccountId author) const {
    std::vector<HeldCard> cards;
    for (const auto& [id, post] : held_)
        if (post.message.author_account == author) cards.push_back(card_of(post));
    sort_by_time(cards);
    return cards;
}

void Room::give_back(MessageId message, Return back) {
    const auto found = held_.find(message);
    if (found == held_.end()) return;
    found->second.due_at = never;
    found->second.why.cause = HeldFor::returned;
    found->second.back = std::move(back);
}

void Room::let_go(MessageId message, TimePoint now) {
    const auto found = held_.find(message);
    if (found == held_.end()) return;
    found->second.due_at = now;
    found->second.why = {.cause = HeldFor::breath};
}

bool Room::has_waiting() const {
    return std::any_of(held_.begin(), held_.end(),
                       [](const auto& held) { return held.second.why.cause != HeldFor::returned; });
}

}  // namespace kindroom::domain
