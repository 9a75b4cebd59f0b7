// The newest steps of a room, kept so that they need not be opened anew for each one who asks. Pure.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <vector>

#include "domain/event.hpp"
#include "domain/reply.hpp"
#include "domain/visibility.hpp"

namespace kindroom::domain {

// How one member looks at a room: with their boundaries, from where they came in.
struct View {
    const Visibility& visibility;
    RoomId room;
    Horizon horizon;

    bool shows(const RoomStep& step) const;
    // Whether any version of it may be shown, and the newest of those is not muted.
    bool shows(const Message& message) const;
    // Whether the link to the message that this one answers may be shown.
    bool shows_link_of(const Message& message) const;
    bool shows_mention(const Message& message, const Mention& mention) const;
    // The message as this member sees it, who may see it: the newest of its versions that is not hidden, without its
    // link where that is hidden, without those it mentions who are (PRODUCT looks 6, 7, 8), and withheld where they
    // wish so. What is seen of what is seen is the same; under boundaries that have grown since, it is less.
    Message seen(Message message) const;
    RoomStep seen(RoomStep step) const;

  private:
    // How many of the newest versions are hidden; nothing: all.
    std::optional<std::size_t> hidden_versions(const Message& message) const;
    bool shows_version(const Message& message, Position position, TimePoint at) const;
};

// The message that a step is about.
MessageId message_of(const RoomStep& step);

// What of an answer's bytes these take: the texts of messages, as they are given.
std::size_t text_bytes(const RoomStep& step);
std::size_t text_bytes(const std::vector<RoomStep>& steps);
std::size_t text_bytes(const std::vector<Message>& messages);

// The present words give way to those of the edit, and are kept among the earlier ones.
void amend(Message& message, const MessageEdited& edited, Position position, TimePoint at);

// What answers something that was retracted answers nothing any more.
void drop_link_to(MessageId gone, Message& message);
// Of what was read for somebody before it was retracted: its words go, and so do the links to it.
void drop_all_of(MessageId gone, std::vector<RoomStep>& steps);

// As it stood at this position of its room.
void rewind(Message& message, Position to);

// Which messages of a page: towards older ones or towards newer ones, nearest to `from` first.
struct PageQuery {
    enum class Direction { back, on };
    Direction direction = Direction::back;
    // Not included. Back from "the end" is the highest position there is.
    Position from{};
    std::uint32_t limit = 0;
    // A page is also over when its texts are this long; at least one message is in it.
    std::uint32_t bytes_max = 0;
};

// Collects a page from messages that come nearest first, whatever they come from. Filled from what can be seen: hidden
// messages take no place in it.
class PageBuilder {
  public:
    PageBuilder(const PageQuery& query, RoomId room) : query_(query) { page_.room = room; }

    // Returns whether more are wanted.
    bool add(Message message, const View& view);
    // The page, in room order. `at_end`: there were no more messages in that direction.
    HistoryPage finish(bool at_end);

  private:
    PageQuery query_;
    HistoryPage page_;
    std::size_t bytes_ = 0;
    bool more_ = false;
};

class RoomWindow {
  public:
    explicit RoomWindow(std::uint32_t steps_max) : steps_max_(steps_max) {}

    // Steps come in order, without holes.
    void add(RoomStep step);
    // One that is loaded: a message that was posted is given with all that it says by now.
    void restore(RoomStep step);
    // The story of the room begins with the first step in here, or with the next one to come.
    void begins_here() { before_first_ = Position{0}; }
    // The first step added will follow this position.
    void starts_after(Position position) { before_first_ = position; }
    // Drops what is said of these messages: their words are gone for good.
    void forget(const std::function<bool(MessageId)>& is_gone);

    // Position of the newest step.
    Position head() const { return steps_.empty() ? before_first_ : steps_.back().position; }
    // Whether every step after this position is in here.
    bool covers(Position after) const { return after >= before_first_; }

    // What somebody missed who has seen all up to `after`; covers(after) holds. A message is given as it is now, and
    // once; of its edits they get the newest one that they may see. If not covered, what is in here of that.
    std::vector<RoomStep> missed(Position after, const View& view) const;
    // A page of history, or nothing if the window does not reach far enough to fill it.
    std::optional<HistoryPage> page(const PageQuery& query, const View& view) const;
    // What became of a page's messages since it was read, when the room's story ended at `after`; covers(after) holds.
    // Only what the viewer sees.
    void bring_up_to_date(HistoryPage& page, Position after, const View& view) const;
    // A message as it stands, if it was posted within the window and has not gone. Valid until the next change.
    const Message* find(MessageId message) const;

  private:
    std::uint32_t steps_max_;
    // Of steps about a message that was retracted only the retraction keeps meaning; the others are blank.
    struct Entry {
        Position position{};
        RoomStep step;
        MessageId about;
        bool is_void = false;
    };
    void push(RoomStep step);

    std::deque<Entry> steps_;
    Position before_first_{};
};

}  // namespace kindroom::domain
