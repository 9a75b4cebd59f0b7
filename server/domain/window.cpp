#include "domain/window.hpp"

#include <algorithm>

#include "domain/reply.hpp"

namespace kindroom::domain {

// ---- View -----------------------------------------------------------------------------------------------------------

bool View::shows(const RoomStep& step) const {
    return visibility.shows({.author = step.author, .voice = step.voice, .room = room, .position = step.about},
                            horizon);
}

bool View::shows(const Message& message) const {
    return visibility.shows(
        {.author = message.author_account, .voice = message.author.voice, .room = room, .position = message.position},
        horizon);
}

bool View::shows_link_of(const Message& message) const {
    return message.reply_to && visibility.shows({.author = message.reply_to_author,
                                                 .voice = message.reply_to_voice,
                                                 .room = room,
                                                 .position = message.reply_to_position},
                                                horizon);
}

Message View::seen(Message message) const {
    if (!shows_link_of(message)) message.reply_to.reset();
    return message;
}

RoomStep View::seen(RoomStep step) const {
    if (auto* posted = std::get_if<MessagePosted>(&step.what)) posted->message = seen(std::move(posted->message));
    return step;
}

// ---- PageBuilder ----------------------------------------------------------------------------------------------------

bool PageBuilder::add(Message message, const View& view) {
    if (!view.shows(message)) return true;
    const bool is_full = page_.messages.size() >= query_.limit ||
                         (!page_.messages.empty() && bytes_ + message.text.size() > query_.bytes_max);
    if (is_full) {
        more_ = true;
        return false;
    }
    bytes_ += message.text.size();
    page_.messages.push_back(view.seen(std::move(message)));
    return true;
}

HistoryPage PageBuilder::finish(bool at_end) {
    const bool back = query_.direction == PageQuery::Direction::back;
    if (back) std::reverse(page_.messages.begin(), page_.messages.end());
    if (page_.messages.empty()) return std::move(page_);
    const bool further = more_ || !at_end;
    // The side that the reader came from is known to have something, unless they came from the end.
    const bool from_end = back && query_.from == Position{UINT64_MAX};
    const bool from_beginning = !back && query_.from == Position{0};
    if (back ? further : !from_beginning) page_.earlier = page_.messages.front().position;
    if (back ? !from_end : further) page_.later = page_.messages.back().position;
    return std::move(page_);
}

// ---- RoomWindow -----------------------------------------------------------------------------------------------------

namespace {

MessageId message_of(const RoomStep& step) {
    struct {
        MessageId operator()(const MessagePosted& posted) const { return posted.message.id; }
        MessageId operator()(const MessageEdited& edited) const { return edited.message; }
        MessageId operator()(const MessageRetracted& retracted) const { return retracted.message; }
    } visitor;
    return std::visit(visitor, step.what);
}

}  // namespace

void RoomWindow::add(RoomStep step) {
    const MessageId about = message_of(step);
    if (const auto* edited = std::get_if<MessageEdited>(&step.what)) {
        for (Entry& entry : steps_) {
            if (entry.about != about) continue;
            if (auto* posted = std::get_if<MessagePosted>(&entry.step.what)) {
                posted->message.text = edited->text;
                posted->message.edited = true;
            } else {
                // An earlier edit says nothing any more.
                entry.is_void = true;
                entry.step.what = MessageRetracted{};
            }
        }
    } else if (std::holds_alternative<MessageRetracted>(step.what)) {
        forget([&](MessageId message) { return message == about; });
    }
    const Position position = step.position;
    steps_.push_back({position, std::move(step), about, false});
    while (steps_.size() > steps_max_) {
        before_first_ = steps_.front().position;
        steps_.pop_front();
    }
}

void RoomWindow::forget(const std::function<bool(MessageId)>& is_gone) {
    for (Entry& entry : steps_) {
        if (std::holds_alternative<MessageRetracted>(entry.step.what) || !is_gone(entry.about)) continue;
        entry.is_void = true;
        entry.step.what = MessageRetracted{};
    }
}

std::vector<RoomStep> RoomWindow::missed(Position after, const View& view) const {
    std::vector<RoomStep> steps;
    for (const Entry& entry : steps_) {
        if (entry.position <= after || entry.is_void || !view.shows(entry.step)) continue;
        // Of a message that is new to them they see the present words, and nothing if it is gone.
        const bool is_new = entry.step.about > after;
        if (is_new && !std::holds_alternative<MessagePosted>(entry.step.what)) continue;
        steps.push_back(view.seen(entry.step));
    }
    return steps;
}

std::optional<HistoryPage> RoomWindow::page(const PageQuery& query, const View& view) const {
    PageBuilder builder(query, view.room);
    const auto offer = [&](const Entry& entry) {
        const auto* posted = entry.is_void ? nullptr : std::get_if<MessagePosted>(&entry.step.what);
        return !posted || builder.add(posted->message, view);
    };
    if (query.direction == PageQuery::Direction::on) {
        if (!covers(query.from)) return std::nullopt;
        for (const Entry& entry : steps_)
            if (entry.position > query.from && !offer(entry)) return builder.finish(false);
        return builder.finish(true);
    }
    for (auto entry = steps_.rbegin(); entry != steps_.rend(); ++entry)
        if (entry->position < query.from && !offer(*entry)) return builder.finish(false);
    // Everything that is older than the window is also older than the member's coming in.
    if (before_first_ == Position{0} || before_first_ <= view.horizon.from) return builder.finish(true);
    return std::nullopt;
}

}  // namespace kindroom::domain
