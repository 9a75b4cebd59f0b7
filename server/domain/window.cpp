#include "domain/window.hpp"

#include <algorithm>
#include <unordered_set>

#include "domain/reply.hpp"

namespace kindroom::domain {

// ---- View -----------------------------------------------------------------------------------------------------------

bool View::shows(const RoomStep& step) const {
    if (const auto* posted = std::get_if<MessagePosted>(&step.what)) return shows(posted->message);
    Sighting sighting{.author = step.author,
                      .voice = step.voice,
                      .room = room,
                      .position = step.position,
                      .at = step.at,
                      .about = step.about,
                      .about_at = step.about_at};
    if (const auto* edited = std::get_if<MessageEdited>(&step.what)) {
        sighting.labels = edited->labels;
        sighting.folded = edited->folded;
    } else {
        // Words that are taken back go from every screen that shows them, as those of somebody who has left do too.
        sighting.position = step.about;
        sighting.at = step.about_at;
    }
    return visibility.shows(sighting, horizon);
}

bool View::shows_version(const Message& message, Position position, TimePoint at) const {
    return visibility.shows({.author = message.author_account,
                             .voice = message.author.voice,
                             .room = room,
                             .position = position,
                             .at = at,
                             .about = message.position,
                             .about_at = message.posted_at},
                            horizon);
}

std::optional<std::size_t> View::hidden_versions(const Message& message) const {
    const bool is_first = !message.edited;
    if (shows_version(message, is_first ? message.position : message.edited_at_position,
                      is_first ? message.posted_at : message.edited_at))
        return 0;
    std::size_t hidden = 1;
    for (auto version = message.earlier.rbegin(); version != message.earlier.rend(); ++version, ++hidden)
        if (shows_version(message, version->position, version->at)) return hidden;
    return std::nullopt;
}

bool View::shows(const Message& message) const {
    const auto hidden = hidden_versions(message);
    if (!hidden) return false;
    const bool is_first = !message.edited;
    Sighting sighting{.author = message.author_account,
                      .voice = message.author.voice,
                      .room = room,
                      .position = is_first ? message.position : message.edited_at_position,
                      .at = is_first ? message.posted_at : message.edited_at,
                      .about = message.position,
                      .about_at = message.posted_at,
                      .labels = message.labels,
                      .folded = message.folded};
    if (*hidden > 0) {
        const Version& version = message.earlier[message.earlier.size() - *hidden];
        sighting.position = version.position;
        sighting.at = version.at;
        sighting.folded = version.folded;
    }
    return visibility.shows(sighting, horizon);
}

bool View::shows_link_of(const Message& message) const {
    return message.reply_to && visibility.shows({.author = message.reply_to_author,
                                                 .voice = message.reply_to_voice,
                                                 .room = room,
                                                 .position = message.reply_to_position,
                                                 .at = message.reply_to_posted_at,
                                                 .about = message.reply_to_position,
                                                 .about_at = message.reply_to_posted_at},
                                                horizon);
}

bool View::shows_mention(const Message& message, const Mention& mention) const {
    return visibility.shows({.kind = Sighting::Kind::mention,
                             .author = mention.account,
                             .room = room,
                             .position = message.position,
                             .at = message.posted_at},
                            horizon);
}

namespace {

// What it said before the newest of its edits.
void take_edit_back(Message& message) {
    Version version = std::move(message.earlier.back());
    message.earlier.pop_back();
    message.text = std::move(version.text);
    message.folded = std::move(version.folded);
    message.edited = version.position != message.position;
    message.edited_at_position = message.edited ? version.position : Position{};
    message.edited_at = message.edited ? version.at : TimePoint{};
}

}  // namespace

Message View::seen(Message message) const {
    if (!shows_link_of(message)) message.reply_to.reset();
    std::erase_if(message.mentions, [&](const Mention& mention) { return !shows_mention(message, mention); });
    for (auto hidden = hidden_versions(message).value_or(0); hidden > 0; --hidden) take_edit_back(message);
    message.withheld = visibility.withholds(message.author_account, message.labels);
    return message;
}

RoomStep View::seen(RoomStep step) const {
    if (auto* posted = std::get_if<MessagePosted>(&step.what))
        posted->message = seen(std::move(posted->message));
    else if (auto* edited = std::get_if<MessageEdited>(&step.what))
        edited->withheld = visibility.withholds(step.author, edited->labels);
    return step;
}

void amend(Message& message, const MessageEdited& edited, Position position, TimePoint at) {
    message.earlier.push_back({.position = message.edited ? message.edited_at_position : message.position,
                               .at = message.edited ? message.edited_at : message.posted_at,
                               .text = std::move(message.text),
                               .folded = std::move(message.folded)});
    message.text = edited.text;
    message.folded = edited.folded;
    message.edited = true;
    message.edited_at_position = position;
    message.edited_at = at;
}

void drop_link_to(MessageId gone, Message& message) {
    if (message.reply_to == gone) message.reply_to.reset();
}

void drop_all_of(MessageId gone, std::vector<RoomStep>& steps) {
    std::erase_if(steps, [gone](const RoomStep& step) { return message_of(step) == gone; });
    for (RoomStep& step : steps)
        if (auto* posted = std::get_if<MessagePosted>(&step.what)) drop_link_to(gone, posted->message);
}

void rewind(Message& message, Position to) {
    while (message.edited && message.edited_at_position > to && !message.earlier.empty()) take_edit_back(message);
}

MessageId message_of(const RoomStep& step) {
    struct {
        MessageId operator()(const MessagePosted& posted) const { return posted.message.id; }
        MessageId operator()(const MessageEdited& edited) const { return edited.message; }
        MessageId operator()(const MessageRetracted& retracted) const { return retracted.message; }
    } visitor;
    return std::visit(visitor, step.what);
}

std::size_t text_bytes(const RoomStep& step) {
    const auto* posted = std::get_if<MessagePosted>(&step.what);
    return posted ? posted->message.text.size() : 0;
}

std::size_t text_bytes(const std::vector<RoomStep>& steps) {
    std::size_t bytes = 0;
    for (const RoomStep& step : steps) bytes += text_bytes(step);
    return bytes;
}

std::size_t text_bytes(const std::vector<Message>& messages) {
    std::size_t bytes = 0;
    for (const Message& message : messages) bytes += message.text.size();
    return bytes;
}

// ---- PageBuilder ----------------------------------------------------------------------------------------------------

bool PageBuilder::add(Message message, const View& view) {
    if (!view.shows(message)) return true;
    message = view.seen(std::move(message));
    const bool is_full = page_.messages.size() >= query_.limit ||
                         (!page_.messages.empty() && bytes_ + message.text.size() > query_.bytes_max);
    if (is_full) {
        more_ = true;
        return false;
    }
    bytes_ += message.text.size();
    page_.messages.push_back(std::move(message));
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

void RoomWindow::add(RoomStep step) {
    if (const auto* edited = std::get_if<MessageEdited>(&step.what)) {
        // Earlier edits stay as they are: there may be somebody who is not to see the later one.
        for (Entry& entry : steps_)
            if (auto* posted = entry.about == edited->message ? std::get_if<MessagePosted>(&entry.step.what) : nullptr)
                amend(posted->message, *edited, step.position, step.at);
    } else if (const auto* retracted = std::get_if<MessageRetracted>(&step.what)) {
        forget([&](MessageId message) { return message == retracted->message; });
        for (Entry& entry : steps_)
            if (auto* posted = std::get_if<MessagePosted>(&entry.step.what))
                drop_link_to(retracted->message, posted->message);
    }
    push(std::move(step));
}

void RoomWindow::restore(RoomStep step) { push(std::move(step)); }

void RoomWindow::push(RoomStep step) {
    const MessageId about = message_of(step);
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
    std::unordered_set<MessageId> told_edits;
    for (auto entry = steps_.rbegin(); entry != steps_.rend() && entry->position > after; ++entry) {
        if (entry->is_void || !view.shows(entry->step)) continue;
        // Of a message that is new to them they see the present words, and nothing if it is gone.
        const bool is_new = entry->step.about > after;
        if (is_new && !std::holds_alternative<MessagePosted>(entry->step.what)) continue;
        if (std::holds_alternative<MessageEdited>(entry->step.what) && !told_edits.insert(entry->about).second)
            continue;
        steps.push_back(view.seen(entry->step));
    }
    std::reverse(steps.begin(), steps.end());
    return steps;
}

const Message* RoomWindow::find(MessageId message) const {
    for (auto entry = steps_.rbegin(); entry != steps_.rend(); ++entry) {
        if (entry->about != message) continue;
        // Whatever became of it last is the newest entry about it.
        if (entry->is_void || std::holds_alternative<MessageRetracted>(entry->step.what)) return nullptr;
        if (const auto* posted = std::get_if<MessagePosted>(&entry->step.what)) return &posted->message;
    }
    return nullptr;
}

void RoomWindow::bring_up_to_date(HistoryPage& page, Position after, const View& view) const {
    for (const Entry& entry : steps_) {
        if (entry.position <= after || entry.is_void || !view.shows(entry.step)) continue;
        const bool is_gone = std::holds_alternative<MessageRetracted>(entry.step.what);
        if (is_gone)
            for (Message& message : page.messages) drop_link_to(entry.about, message);
        const auto shown = std::ranges::find(page.messages, entry.about, &Message::id);
        if (shown == page.messages.end()) continue;
        if (is_gone)
            page.messages.erase(shown);
        else if (const auto* edited = std::get_if<MessageEdited>(&entry.step.what))
            amend(*shown, *edited, entry.position, entry.step.at);
    }
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
