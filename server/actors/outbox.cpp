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

// The same whoever is in them: what waits is shared by all.
constexpr std::size_t roster_bytes = 256;
constexpr std::size_t circle_bytes = 256;
// For which there is room from the first one on.
constexpr std::size_t usual_items = 8;

struct EventBytes {
    std::size_t operator()(const QueuedStep& step) const { return step.frames->frame(step.variant)->size(); }
    std::size_t operator()(const QueuedRoster&) const { return roster_bytes; }
    std::size_t operator()(const std::unique_ptr<QueuedSign>& sign) const {
        return sign->frame->size() + (sign->otherwise ? sign->otherwise->size() : 0);
    }
    std::size_t operator()(const QueuedReply&) const { return 0; }
    std::size_t operator()(const QueuedFrame& frame) const { return frame.frame->size(); }
    std::size_t operator()(const QueuedCircle&) const { return circle_bytes; }
};

}  // namespace

bool Outbox::push(OutboxItem item) {
    const std::size_t bytes = std::visit(EventBytes{}, item);
    if (bytes_ + bytes > bytes_max_ || events_ >= events_max_) return false;
    bytes_ += bytes;
    events_ += 1;
    add(std::move(item));
    return true;
}

void Outbox::add(OutboxItem item) {
    if (items_.capacity() == 0) items_.reserve(usual_items);
    items_.push_back(std::move(item));
}

void Outbox::push_front(QueuedReply reply) {
    if (first_ > 0)
        items_[--first_] = std::move(reply);
    else
        items_.insert(items_.begin(), std::move(reply));
}

OutboxItem Outbox::pop() {
    OutboxItem item = std::move(items_[first_++]);
    if (!std::holds_alternative<QueuedReply>(item)) {
        bytes_ -= std::visit(EventBytes{}, item);
        events_ -= 1;
    }
    // Once they are the greater part, so that each item is moved up once on average.
    if (first_ == items_.size() || (first_ >= usual_items && 2 * first_ >= items_.size())) forget_taken();
    return item;
}

void Outbox::forget_taken() {
    if (first_ == items_.size())
        items_ = std::vector<OutboxItem>();
    else
        items_.erase(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
}

void Outbox::keep_only_acknowledgements() {
    forget_taken();
    std::erase_if(items_, [](const OutboxItem& item) {
        const auto* queued = std::get_if<QueuedReply>(&item);
        return !queued || !(std::holds_alternative<domain::Done>(*queued->reply) ||
                            std::holds_alternative<domain::Refused>(*queued->reply));
    });
    bytes_ = 0;
    events_ = 0;
}

void Outbox::clear() {
    items_ = std::vector<OutboxItem>();
    first_ = 0;
    bytes_ = 0;
    events_ = 0;
}

}  // namespace kindroom::actors
