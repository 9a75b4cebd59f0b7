#include "actors/outbox.hpp"

#include "wire/encode.hpp"

namespace kindroom::actors {

// ---- SharedFrames ---------------------------------------------------------------------------------------------------

SharedFrames::SharedFrames(bus::PublicationPtr publication, wire::Format format, const crypto::CursorSealer& cursors)
    : publication_(std::move(publication)), format_(format), cursors_(cursors) {
    whole_ = format_ == wire::Format::binary && publication_->frame ? publication_->frame
                                                                    : wire::encode_event(step(), format_, cursors_);
}

const wire::Frame& SharedFrames::frame(domain::Variant variant) {
    if (variant.is_whole()) return whole_;
    wire::Frame& frame = others_[variant];
    if (!frame) frame = wire::encode_event(domain::cut_to(variant, step()), format_, cursors_);
    return frame;
}

// ---- Outbox ---------------------------------------------------------------------------------------------------------

namespace {

// About what a person takes in a roster's frame.
constexpr std::size_t roster_entry_bytes = 64;
// About what a circle's frame takes.
constexpr std::size_t circle_bytes = 128;

struct EventBytes {
    std::size_t operator()(const QueuedStep& step) const { return step.frames->whole()->size(); }
    std::size_t operator()(const QueuedRoster& roster) const {
        return roster_entry_bytes * (1 + std::get<domain::RosterTicked>(roster.publication->what).roster.people.size());
    }
    std::size_t operator()(const QueuedSign& sign) const {
        return sign.frame->size() + (sign.otherwise ? sign.otherwise->size() : 0);
    }
    std::size_t operator()(const QueuedReply&) const { return 0; }
    std::size_t operator()(const QueuedFrame& frame) const { return frame.frame->size(); }
    std::size_t operator()(const QueuedCircle& queued) const {
        const auto& circle = std::get<domain::CircleTold>(queued.publication->what).circle;
        return circle_bytes + roster_entry_bytes * circle.unheard.size();
    }
};

}  // namespace

bool Outbox::push(OutboxItem item) {
    const std::size_t bytes = std::visit(EventBytes{}, item);
    if (bytes_ + bytes > bytes_max_ || events_ >= events_max_) return false;
    bytes_ += bytes;
    events_ += 1;
    items_.push_back(std::move(item));
    return true;
}

OutboxItem Outbox::pop() {
    OutboxItem item = std::move(items_.front());
    items_.pop_front();
    if (!std::holds_alternative<QueuedReply>(item)) {
        bytes_ -= std::visit(EventBytes{}, item);
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
