// How a connection writes: at once where the network takes it, by a loop where not.
#include <cstring>
#include <new>
#include <string>
#include <utility>

#include "net/ws_connection.hpp"

namespace kindroom::net {
namespace {

// At once into the socket; what is above is asked for after it, so that visibility is asked late.
constexpr std::size_t write_bytes_max = 32 * 1024;

// What people said does not stay where it was put together (PROMISES P12), nor does memory for the longest of it.
struct Overwritten {
    Scratch& scratch;
    ~Overwritten() {
        scratch.frames.clear();
        ::explicit_bzero(scratch.message.data(), scratch.message.size());
        scratch.message.clear();
        if (scratch.message.capacity() > 2 * write_bytes_max) scratch.message = std::string();
    }
};

}  // namespace

void WsConnection::wake() {
    around_.shard.assert_here();
    // Not at once: whatever else comes into the outbox before the shard is calm goes along in the same message, and a
    // write costs many times what is in it.
    try {
        around_.shard.when_calm([self = shared_from_this()] {
            self->is_pending_ = true;
            try {
                self->write_pending();
            } catch (const std::bad_alloc&) {
                // What was taken from the outbox may be lost: the device comes back for it.
                self->drop();
            }
        });
    } catch (const std::bad_alloc&) {
        // The client believes that it is about to be asked.
        drop();
    }
}

bool WsConnection::may_write() const { return stage_ == Stage::open || stage_ == Stage::closing; }

// Of what is pending a message, or nothing.
void WsConnection::put_together(std::string& message) {
    message.clear();
    auto& frames = around_.scratch.frames;
    frames.clear();
    is_pending_ = false;
    if (client_->take(frames, write_bytes_max)) is_pending_ = true;
    const bool json = format_ == wire::Format::json;
    for (const auto& frame : frames) {
        if (json) message += message.empty() ? wire::json_batch_begin : wire::json_batch_separator;
        message += *frame;
    }
    if (json && !message.empty()) message += wire::json_batch_end;
    frames.clear();
}

// One message, at once where the network takes it; what more there is in its turn, and what cannot be done at once in
// the loop.
void WsConnection::write_pending() {
    if (is_writing_ || !may_write()) return;
    if (is_pending_ && client_) {
        std::string& message = around_.scratch.message;
        const Overwritten after{around_.scratch};
        put_together(message);
        if (!message.empty()) {
            const auto written = stream_->write_now(message);
            if (written == WsStream::Written::nothing) return start_writing(message);
            count_written(message.size());
            if (written == WsStream::Written::part) return start_writing({}, true);
        }
        if (is_pending_) return wake();
    }
    if (stage_ == Stage::closing) start_writing();
}

void WsConnection::start_writing(std::string unwritten, bool has_rest) {
    if (is_writing_ || !may_write()) return;
    is_writing_ = true;
    spawn(write_loop(std::move(unwritten), has_rest));
}

Awaitable<void> WsConnection::write_loop(std::string unwritten, bool has_rest) {
    // Whatever has become of the connection meanwhile: Beast may be waiting for it to be over.
    if (has_rest) {
        note_writing();
        if (co_await stream_->write_rest()) drop();
        writing_since_.reset();
    }
    while (may_write()) {
        ErrorCode error;
        if (!unwritten.empty()) {
            error = co_await write(unwritten);
            unwritten.clear();
        } else if (is_pending_ && client_) {
            put_together(unwritten);
        } else if (stage_ == Stage::closing) {
            error = co_await stream_->close(ending_.code, ending_.reason);
            drop();
        } else if (ping_is_due_) {
            ping_is_due_ = false;
            // A peer that does not take what we write may still send, and so never seem silent.
            note_writing();
            error = co_await stream_->ping();
            writing_since_.reset();
        } else {
            break;
        }
        // While it is leaving, the read loop knows when the peer has gone.
        if (error && stage_ != Stage::leaving) drop();
    }
    is_writing_ = false;
}

Awaitable<ErrorCode> WsConnection::write(const std::string& message) {
    note_writing();
    const auto error = co_await stream_->write(message);
    writing_since_.reset();
    if (!error) count_written(message.size());
    co_return error;
}

void WsConnection::note_writing() {
    writing_since_ = Instant::clock::now();
    look_again_at(*writing_since_ + around_.limits.idle_max);
}

void WsConnection::count_written(std::size_t bytes) {
    around_.metrics.add(ops::Counter::frames_sent);
    around_.metrics.add(ops::Counter::bytes_sent, bytes);
}

}  // namespace kindroom::net
