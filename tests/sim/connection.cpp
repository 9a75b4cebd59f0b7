#include "sim/connection.hpp"

#include "sim/witness.hpp"

namespace kindroom::sim {

// Runs the task on the device's side after a while; what is sent one after the other arrives one after the other.
template <class F>
void Connection::after(TimePoint& last, Duration most, F task) {
    last = std::max(last, now() + around_.chance.between(Duration{0}, most));
    around_.outside.after(last - now(), [self = shared_from_this(), task = std::move(task)]() mutable { task(*self); });
}

void Connection::on_shard(Task task) {
    if (!shard_) return;
    shard_->post([self = shared_from_this(), task = std::move(task)]() mutable { task(); });
}

// ---- the device's half ----------------------------------------------------------------------------------------------

void Connection::open(SimServer& server, std::uint32_t shard, const actors::Peer& peer) {
    shard_ = &server.scheduler(shard);
    after(last_up_, pace_.up, [&server, shard, peer](Connection& self) {
        self.on_shard([&self, &server, shard, peer] {
            if (self.is_cut_ || self.is_over()) return;
            self.client_ = &server.home(shard).admit(self, peer);
            // It may have been sent away at once.
            self.schedule_flush();
            self.after(self.last_down_, self.pace_.down, [](Connection& here) {
                if (here.device_) here.device_->opened();
            });
        });
    });
}

void Connection::send(const v1::Request& request) {
    if (is_over()) return;
    if (!unanswered_.emplace(request.id(), request).second) around_.witness.violation("a request id was used twice");
    after(last_up_, pace_.up, [bytes = request.SerializeAsString()](Connection& self) mutable {
        self.on_shard([&self, bytes = std::move(bytes)]() mutable { self.arrive(std::move(bytes)); });
    });
}

void Connection::cut() {
    if (is_over()) return;
    // What was sent before may still arrive, or not.
    is_cut_ = around_.chance.one_in(2);
    if (shard_)
        shard_->after(around_.chance.between(Duration{0}, Duration{3000}),
                      [self = shared_from_this()] { self->end_at_server(); });
    std::exchange(device_, nullptr)->ended({.kind = client::EndKind::lost, .close_code = 0, .words = {}});
}

void Connection::stall(bool stalled) {
    is_stalled_ = stalled;
    if (!stalled) schedule_flush();
}

void Connection::server_died() {
    around_.witness.goes(*this);
    shard_ = nullptr;
    client_ = nullptr;
    is_cut_ = true;
    if (device_) std::exchange(device_, nullptr)->ended({.kind = client::EndKind::lost, .close_code = 0, .words = {}});
}

// ---- the server's half ----------------------------------------------------------------------------------------------

void Connection::arrive(std::string bytes) {
    if (!client_ || is_cut_ || closing_) return;
    unread_.push_back(std::move(bytes));
    read_on();
}

void Connection::read_on() {
    while (client_ && is_reading_ && !closing_ && !unread_.empty()) {
        const std::string bytes = std::move(unread_.front());
        unread_.pop_front();
        around_.witness.arrives(*this, bytes);
        client_->on_frame(as_bytes(bytes));
    }
}

void Connection::set_reading(bool reading) {
    is_reading_ = reading;
    if (reading) on_shard([this] { read_on(); });
}

void Connection::wake() {
    is_pending_ = true;
    schedule_flush();
}

void Connection::close(actors::CloseCode code) {
    if (closing_) return;
    closing_ = code;
    schedule_flush();
    // A peer that reads nothing would never take the close frame.
    shard_->after(around_.ground.limits.close_max, [self = shared_from_this()] { self->cut(); });
}

void Connection::schedule_flush() {
    if (is_flushing_ || !client_) return;
    is_flushing_ = true;
    shard_->after(around_.chance.between(Duration{0}, pace_.flush), [self = shared_from_this()] {
        self->is_flushing_ = false;
        self->flush();
    });
}

void Connection::flush() {
    if (!client_ || is_stalled_) return;
    if (is_pending_) {
        std::vector<wire::Frame> frames;
        is_pending_ = client_->take(frames, around_.bytes_at_once);
        v1::Batch batch;
        for (const auto& frame : frames)
            if (!batch.MergeFromString(*frame)) around_.witness.violation("a frame that cannot be read");
        around_.witness.leaves(*this, batch);
        if (batch.event_size() > 0)
            after(last_down_, pace_.down, [batch = std::move(batch)](Connection& self) {
                if (!self.device_) return;
                for (const auto& event : batch.event())
                    if (event.has_reply() && self.unanswered_.erase(event.reply().request_id()) == 0)
                        self.around_.witness.violation("a reply that nobody waits for");
                self.device_->received(batch);
            });
        return schedule_flush();
    }
    if (!closing_) return;
    after(last_down_, pace_.down, [code = *closing_](Connection& self) {
        if (!self.device_) return;
        std::exchange(self.device_, nullptr)
            ->ended({.kind = client::EndKind::closed_by_server,
                     .close_code = static_cast<std::uint16_t>(code),
                     .words = {}});
    });
    end_at_server();
}

void Connection::end_at_server() {
    is_cut_ = true;
    around_.witness.goes(*this);
    if (auto* client = std::exchange(client_, nullptr)) client->on_closed();
    // What is still on its way to the server arrives nowhere.
    shard_ = nullptr;
}

}  // namespace kindroom::sim
