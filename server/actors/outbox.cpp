#include "actors/outbox.hpp"

namespace kindroom::actors {

namespace {

std::size_t event_bytes(const OutboxItem& item) {
    if (const auto* step = std::get_if<QueuedStep>(&item)) return step->frames->frame->size();
    if (const auto* frame = std::get_if<QueuedFrame>(&item)) return frame->frame->size();
    return 0;
}

}  // namespace

bool Outbox::take_room(std::size_t bytes) {
    if (bytes_ + bytes > bytes_max_ || events_ >= events_max_) return false;
    bytes_ += bytes;
    events_ += 1;
    return true;
}

bool Outbox::push(QueuedStep step) {
    if (!take_room(step.frames->frame->size())) return false;
    items_.push_back(std::move(step));
    return true;
}

bool Outbox::push(QueuedFrame frame) {
    if (!take_room(frame.frame->size())) return false;
    items_.push_back(std::move(frame));
    return true;
}

OutboxItem Outbox::pop() {
    OutboxItem item = std::move(items_.front());
    items_.pop_front();
    if (!std::holds_alternative<QueuedReply>(item)) {
        bytes_ -= event_bytes(item);
        events_ -= 1;
    }
    return item;
}

void Outbox::keep_only_acknowledgements() {
    std::erase_if(items_, [](const OutboxItem& item) {
        const auto* queued = std::get_if<QueuedReply>(&item);
        return !queued || !(std::holds_alternative<domain::Done>(queued->reply) ||
                            std::holds_alternative<domain::Refused>(queued->reply));
    });
    bytes_ = 0;
    events_ = 0;
}

void Outbox::clear() {
    items_.clear();
    bytes_ = 0;
    events_ = 0;
}

}  // namespace kindroom::actors
