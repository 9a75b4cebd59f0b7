#include "sim/hold_watch.hpp"

#include <algorithm>

#include "domain/content.hpp"
#include "filters/filter_set.hpp"

namespace kindroom::sim {

namespace {

// Which filters a post met is known when they had not changed for so long.
constexpr Duration settled_after{1'000};

}  // namespace

// ---- what leaves ----------------------------------------------------------------------------------------------------

void HoldWatch::sees(const Connection& connection, const v1::Batch& batch) {
    for (const auto& event : batch.event()) {
        if (event.has_message_returned()) sees_returned(event.message_returned());
        if (!event.has_reply() || !event.reply().has_message_accepted()) continue;
        const auto asked = connection.unanswered().find(event.reply().request_id());
        if (asked == connection.unanswered().end() || !asked->second.has_post_message()) continue;
        sees_accepted(connection, asked->second.post_message(), event.reply().message_accepted());
    }
}

void HoldWatch::sees_accepted(const Connection& connection, const v1::PostMessage& post,
                              const v1::MessageAccepted& accepted) {
    const TimePoint posted_at = from_ms(accepted.posted_at_ms());
    const bool is_settled = posted_at > changed_at_ + settled_after;
    // A repetition is told what became of the first.
    if (accepted.held().cause() == v1::HELD_FOR_RETURNED) return;
    if (!accepted.has_held()) {
        if (is_settled) check_not_held(connection, post);
        return;
    }
    check_hold(post, accepted.held(), is_settled);
    held_.emplace(id_from<MessageId>(accepted.message_id()), Held{.room = id_from<RoomId>(post.room_id()),
                                                                  .text = post.text(),
                                                                  .until = from_ms(accepted.held().until_ms())});
}

// PRODUCT: an automatic rule says which it is and why, and a cry for help is held for nothing but contact details.
void HoldWatch::check_hold(const v1::PostMessage& post, const v1::Hold& hold, bool is_settled) {
    if (hold.cause() != v1::HELD_FOR_FILTER) return;
    by_filters_ += 1;
    if (hold.filter_id().empty() || hold.says().empty()) return violation("a filter acted without a reason");
    if (!is_settled) return;
    const auto& filters = world_.ground().filters->filters();
    const auto by = std::find_if(filters.begin(), filters.end(),
                                 [&](const filters::Filter& filter) { return filter.id == hold.filter_id(); });
    if (by == filters.end() || !by->actions.hold || by->says != hold.says())
        return violation("a filter acted that is none of the house, or does not hold");
    const std::vector<std::string> labels(post.labels().begin(), post.labels().end());
    const auto verdict = world_.ground().filters->judge({.text = post.text(), .labels = labels});
    if (verdict.help && !filters::is_about_contact_details(by->what))
        violation("a cry for help was held: " + hold.filter_id());
}

void HoldWatch::check_not_held(const Connection& connection, const v1::PostMessage& post) {
    const auto asked = asked_.find(post.client_key());
    // Asked again over another line it may be shown by now.
    if (asked == asked_.end() || asked->second != &connection) return;
    const std::vector<std::string> labels(post.labels().begin(), post.labels().end());
    const auto verdict = world_.ground().filters->judge({.text = post.text(), .labels = labels});
    if (verdict.held_by) violation("a filter did not hold what it looks for: " + verdict.held_by->id);
}

void HoldWatch::sees_returned(const v1::MessageReturned& returned) {
    const auto found = held_.find(id_from<MessageId>(returned.message_id()));
    // A breath, or one whose author was not answered yet.
    if (found == held_.end()) return;
    if (returned.text() != found->second.text) violation("what was held came back with other words");
    if (returned.cause() == v1::RETURN_CAUSE_BY_MODERATOR && returned.note().empty())
        violation("a moderator gave something back without a reason");
    if (returned.cause() == v1::RETURN_CAUSE_UNREVIEWED && world_.ground().clock.now() < found->second.until)
        violation("what was held came back before its time");
}

// ---- what is kept ---------------------------------------------------------------------------------------------------

std::optional<std::string> HoldWatch::text_of(RoomId room, const store::HeldRecord& held,
                                              const std::vector<store::WrappedKey>& keys) const {
    const auto opened = world_.ground().opened(keys);
    const auto key = [&](DataKeyId id) { return opened.contains(id) ? &opened.at(id) : nullptr; };
    const auto packed = crypto::Vault::open(held.content.box, key(held.content.place_key), key(held.content.person_key),
                                            {.room = room, .message = held.id, .kind = "content"});
    const auto content = packed ? domain::unpack_content(*packed) : std::nullopt;
    return content ? std::optional(content->text) : std::nullopt;
}

void HoldWatch::check_kept() {
    std::map<RoomId, store::LoadedRoom> rooms;
    const auto& disk = *world_.ground().disk;
    for (const auto& record : disk.list_rooms())
        rooms.emplace(
            record.id,
            *disk.load_room({.room = record.id, .window_steps = 0, .accepted_since = world_.ground().clock.now()}));
    for (const auto& [message, held] : held_) {
        if (taken_back_.contains(message)) continue;
        const auto& loaded = rooms.at(held.room);
        const auto waits = std::find_if(loaded.held.begin(), loaded.held.end(),
                                        [&](const store::HeldRecord& one) { return one.id == message; });
        const bool is_shown = !disk.find_message(held.room, message).messages.empty();
        if (waits == loaded.held.end() && !is_shown) return violation("what was held is lost");
        if (waits == loaded.held.end()) continue;
        if (is_shown) return violation("what is shown waits as well");
        if (text_of(held.room, *waits, loaded.keys) != held.text) return violation("what was held says something else");
    }
}

}  // namespace kindroom::sim
