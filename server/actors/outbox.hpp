// What waits to be written to one device: frames and answers in the order in which they were given, bounded.
// Owner: its Client. What comes from or speaks of people stands here with whose it is, so that visibility can be asked
// again when it is written: what somebody is not to see any more goes no further than here.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "bus/bus.hpp"
#include "crypto/cursor.hpp"
#include "domain/reply.hpp"
#include "domain/variant.hpp"
#include "wire/frame.hpp"

namespace kindroom::actors {

// A publication encoded for one format on one shard: shared by all who get it. A variant is encoded when the first of
// them needs it.
class SharedFrames {
  public:
    // `cursors` must outlive it.
    SharedFrames(bus::PublicationPtr publication, wire::Format format, const crypto::CursorSealer& cursors);

    const domain::RoomStep& step() const { return std::get<domain::RoomStep>(publication_->what); }
    const wire::Frame& frame(domain::Variant variant);

  private:
    const bus::PublicationPtr publication_;
    const wire::Format format_;
    const crypto::CursorSealer& cursors_;
    wire::Frame whole_;
    std::map<domain::Variant, wire::Frame> others_;
};

// A step of a room, as it was shown to the device when it came in.
struct QueuedStep {
    std::shared_ptr<SharedFrames> frames;
    domain::Variant variant{};
    // Of the Client: while it is the same, nothing can have become hidden.
    std::uint32_t outlook = 0;
};
// A room's roster, whole; the viewer's own is in Told.
struct QueuedRoster {
    bus::PublicationPtr publication;
};
// A circle, whole; likewise.
struct QueuedCircle {
    bus::PublicationPtr publication;
};
// Something that people did towards this account: told if one of them may be seen, or so many.
struct QueuedSign {
    RoomId room;
    std::vector<AccountId> by;
    wire::Frame frame;
    std::size_t seen_min = 1;
    // It is for whoever looks after the room: see Visibility::shows_on_duty.
    bool on_duty = false;
    // It is a knock, made then: see sighting_of_knock().
    std::optional<TimePoint> knocked_at{};
    // It is an offer of contact: the account is told when it is written.
    std::optional<MatterId> offer{};
    // What is told where none of them may be seen; null: nothing.
    wire::Frame otherwise{};
};
// Answers are kept as values and encoded when they are written.
struct QueuedReply {
    QueuedReply(std::uint32_t asked, domain::Reply answer)
        : request(asked), reply(std::make_unique<domain::Reply>(std::move(answer))) {}
    std::uint32_t request;
    // Apart: it is ten times as large as all else that waits, of which there is much more.
    std::unique_ptr<domain::Reply> reply;
};
// Something for this account or house that shows nobody else.
struct QueuedFrame {
    wire::Frame frame;
};
// Small, for most of what waits are steps: what is large stands apart.
using OutboxItem =
    std::variant<QueuedStep, QueuedRoster, std::unique_ptr<QueuedSign>, QueuedReply, QueuedFrame, QueuedCircle>;
static_assert(sizeof(OutboxItem) <= 32);

// Owner: its Client. Replies are bounded by the number of requests in flight; all else by bytes and number. What is
// hidden from the viewer takes no part of that: it would tell by when the device is too slow (PRODUCT look 30).
class Outbox {
  public:
    Outbox(std::uint32_t bytes_max, std::uint32_t events_max) : bytes_max_(bytes_max), events_max_(events_max) {}

    // False: it is full; nothing was added. The connection reads too slowly.
    [[nodiscard]] bool push(OutboxItem item);
    void push(QueuedReply reply) { add(std::move(reply)); }
    // Back where it was.
    void push_front(QueuedReply reply);

    bool empty() const { return items_.empty(); }
    const OutboxItem& front() const { return items_[first_]; }
    OutboxItem pop();
    void clear();
    // Drops all that shows anything; what only says that a command was carried out or refused stays.
    void keep_only_acknowledgements();

  private:
    void add(OutboxItem item);
    void forget_taken();

    const std::uint32_t bytes_max_;
    const std::uint32_t events_max_;
    std::size_t bytes_ = 0;
    std::size_t events_ = 0;
    // Those before `first_` have been taken. Holds no memory while it is empty, as it is on a device that hears
    // nothing.
    std::vector<OutboxItem> items_;
    std::size_t first_ = 0;
};

}  // namespace kindroom::actors
