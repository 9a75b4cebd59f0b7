// What waits to be written to one connection. Bounded; every item knows whose it is, so that visibility can be asked
// again when it is written, and a person's words can be purged while they wait.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <variant>

#include "bus/bus.hpp"
#include "domain/reply.hpp"
#include "wire/frame.hpp"

namespace kindroom::actors {

// A publication encoded for one format on one shard: shared by all who get it.
struct SharedFrames {
    bus::PublicationPtr publication;
    wire::Frame frame;
    wire::Frame without_link;  // null: there is no link in it
};

// A step of a room; visibility is asked again at flush.
struct QueuedStep {
    std::shared_ptr<const SharedFrames> frames;
};
// Answers are kept as values and encoded at flush, so that what they show is asked again too.
struct QueuedReply {
    std::uint32_t request = 0;
    domain::Reply reply;
};
// Something for this account or house that shows nobody else.
struct QueuedFrame {
    wire::Frame frame;
};
using OutboxItem = std::variant<QueuedStep, QueuedReply, QueuedFrame>;

// Owner: its Client. Replies are bounded by the number of requests in flight; all else by bytes and number.
class Outbox {
  public:
    Outbox(std::uint32_t bytes_max, std::uint32_t events_max) : bytes_max_(bytes_max), events_max_(events_max) {}

    // False: it is full; nothing was added. The connection reads too slowly.
    [[nodiscard]] bool push(QueuedStep step);
    [[nodiscard]] bool push(QueuedFrame frame);
    void push(QueuedReply reply) { items_.push_back(std::move(reply)); }

    bool empty() const { return items_.empty(); }
    OutboxItem pop();
    void clear();
    // Drops all that shows anything; what only says that a command was carried out or refused stays.
    void keep_only_acknowledgements();

  private:
    bool take_room(std::size_t bytes);

    const std::uint32_t bytes_max_;
    const std::uint32_t events_max_;
    std::size_t bytes_ = 0;
    std::size_t events_ = 0;
    std::deque<OutboxItem> items_;
};

}  // namespace kindroom::actors
