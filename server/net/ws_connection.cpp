#include "net/ws_connection.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <new>
#include <string>
#include <utility>

namespace kindroom::net {
namespace {

// Most messages of a chat fit; a longer one makes the buffer grow while it is being read.
constexpr std::size_t usual_message_bytes = 512;

}  // namespace

WsConnection::WsConnection(const Surroundings& around, std::unique_ptr<WsStream> stream, const Guest& guest,
                           Task on_greeted, OnGone on_gone, OnIntroduced on_introduced)
    : around_(around),
      stream_(std::move(stream)),
      guest_(guest),
      on_greeted_(std::move(on_greeted)),
      on_gone_(std::move(on_gone)),
      on_introduced_(std::move(on_introduced)) {
    stream_->observe(*this);
}

void WsConnection::start() {
    around_.shard.assert_here();
    if (!on_introduced_) return secure();
    enter_stage(Stage::introducing, around_.limits.handshake_max);
    spawn(hear_introduction());
}

void WsConnection::secure() {
    enter_stage(Stage::securing, around_.limits.handshake_max);
    spawn(greet());
}

// -- Transport --

void WsConnection::close(actors::CloseCode code) {
    around_.shard.assert_here();
    try {
        begin_close(ending_of(code));
    } catch (const std::bad_alloc&) {
        // Nothing would look at the time that a goodbye may take.
        drop();
    }
}

void WsConnection::set_reading(bool reading) {
    around_.shard.assert_here();
    if (may_read_ == reading) return;
    may_read_ = reading;
    if (!reading) return around_.metrics.add(ops::Counter::reading_paused);
    // Nobody could be heard while nobody listened.
    heard_at_ = Instant::clock::now();
    around_.shard.post([self = shared_from_this()] { self->start_reading(); });
}

void WsConnection::drop_unless_admitted() {
    if (!client_) drop();
}

void WsConnection::turn_away() {
    counts_as_ = ops::Counter::connections_refused_too_many;
    drop();
}

void WsConnection::drop() {
    around_.shard.assert_here();
    // Again, if it is said again: for want of memory the end may not have come.
    if (stage_ != Stage::over) {
        stage_ = Stage::over;
        stream_->drop();
        end_greeting();
    }
    // No loop may be there to notice it, and the caller may be one.
    around_.shard.post([self = shared_from_this()] { self->end_if_idle(); });
}

// -- The life of the loops --

void WsConnection::spawn(Awaitable<void> loop) {
    ++loops_;
    try {
        boost::asio::co_spawn(around_.shard.context().get_executor(), std::move(loop),
                              [self = shared_from_this()](std::exception_ptr failure) { self->on_loop_end(failure); });
    } catch (const std::bad_alloc&) {
        --loops_;
        throw;
    }
}

void WsConnection::on_loop_end(std::exception_ptr failure) {
    --loops_;
    if (failure) {
        // Want of memory costs this connection and no other; anything else is a mistake of ours.
        try {
            std::rethrow_exception(failure);
        } catch (const std::bad_alloc&) {
            drop();
        }
    }
    end_if_idle();
}

void WsConnection::end_if_idle() {
    if (stage_ != Stage::over || loops_ > 0 || has_ended_) return;
    has_ended_ = true;
    count_end();
    if (client_) std::exchange(client_, nullptr)->on_closed();
    on_gone_(*this);
}

void WsConnection::count_end() {
    if (was_open_) around_.metrics.change(ops::Gauge::connections, -1);
    if (counts_as_) around_.metrics.add(*counts_as_);
}

// -- Before it is a WebSocket --

Awaitable<void> WsConnection::greet() {
    if (co_await stream_->secure()) co_return drop();
    if (stage_ == Stage::over) co_return;
    enter_stage(Stage::greeting, around_.limits.handshake_max);

    HeadReader reader(around_.limits.head_bytes_max);
    std::array<char, 2048> bytes;
    auto state = HeadReader::State::needs_more;
    while (state == HeadReader::State::needs_more) {
        const auto raw = co_await stream_->read_raw(bytes);
        if (raw.error) co_return drop();
        state = reader.feed({bytes.data(), raw.bytes});
    }
    Verdict verdict = Refusal{state == HeadReader::State::too_large ? 431u : 400u};
    if (state == HeadReader::State::complete) {
        const bool is_local = guest_.is_loopback || guest_.is_operator;
        verdict = judge_head(reader.head(), {.origins = around_.origins, .is_local = is_local});
    }
    if (const auto* const upgrade = std::get_if<Upgrade>(&verdict)) {
        co_await enter(*upgrade);
    } else {
        if (std::holds_alternative<PageRequest>(verdict)) counts_as_.reset();
        const auto text = answer_to(verdict);
        co_await answer(text);
    }
}

std::string WsConnection::answer_to(const Verdict& verdict) const {
    const auto* const wanted = std::get_if<PageRequest>(&verdict);
    if (wanted) return written_answer(page(wanted->page), wanted->wants_body, https_only());
    return written_answer({.status = std::get<Refusal>(verdict).status, .body = ""}, true, https_only());
}

// RFC 6797, 7.2: never without TLS, where anybody could have written it.
std::string_view WsConnection::https_only() const {
    return guest_.is_over_tls ? std::string_view(around_.https_only) : std::string_view();
}

HttpAnswer WsConnection::page(Page page) const {
    switch (page) {
        case Page::healthz:
            return around_.pages.healthz();
        case Page::readyz:
            return around_.pages.readyz();
        case Page::metrics:
            return around_.pages.metrics();
    }
    return {};
}

Awaitable<void> WsConnection::answer(const std::string& text) {
    enter_stage(Stage::answering, around_.limits.close_max);
    const auto error = co_await stream_->write_raw(text);
    if (!error) co_await stream_->finish();
    drop();
}

Awaitable<void> WsConnection::enter(const Upgrade& upgrade) {
    format_ = upgrade.format;
    const auto error = co_await stream_->accept(upgrade, https_only());
    if (error || stage_ == Stage::over) co_return drop();
    stage_ = Stage::open;
    was_open_ = true;
    counts_as_ = ops::Counter::connections_closed_by_client;
    around_.metrics.add(ops::Counter::connections_accepted);
    around_.metrics.change(ops::Gauge::connections, 1);
    end_greeting();
    heard_at_ = pinged_at_ = Instant::clock::now();
    if (guest_.is_too_many) co_return close(actors::CloseCode::too_many_connections);
    look_again_at(heard_at_ + around_.limits.ping_every);
    client_ = &around_.home.admit(*this, {.format = format_,
                                          .network = guest_.network,
                                          .is_loopback = guest_.is_loopback,
                                          .is_operator = guest_.is_operator});
    start_reading();
}

void WsConnection::end_greeting() {
    if (on_greeted_) std::exchange(on_greeted_, nullptr)();
}

// -- Reading --

void WsConnection::start_reading() {
    if (is_reading_ || !may_read_ || stage_ != Stage::open) return;
    is_reading_ = true;
    spawn(read_loop());
}

Awaitable<void> WsConnection::read_loop() {
    while (stage_ == Stage::open && may_read_) {
        if (!message_waits_) message_waits_ = co_await read_message();
        if (!message_waits_ || !may_read_ || stage_ != Stage::open) break;
        client_->on_frame(message_);
        forget_message();
    }
    is_reading_ = false;
}

// Whether there is a whole message now. If not, the connection is closing or over.
Awaitable<bool> WsConnection::read_message() {
    std::size_t size = 0;
    for (std::uint32_t fragments = 1;; ++fragments) {
        if (size == message_.size()) message_.resize(std::max(usual_message_bytes, 2 * size));
        const auto piece = co_await stream_->read(std::span(message_).subspan(size));
        if (piece.error && stage_ != Stage::closing) drop();
        if (stage_ != Stage::open) co_return false;
        heard_at_ = Instant::clock::now();
        size += piece.bytes;
        if (piece.is_text != (format_ == wire::Format::json)) {
            begin_close(wrong_kind_of_frames);
            co_return false;
        }
        if (piece.ends_message) break;
        if (fragments >= around_.limits.fragments_max) {
            close(actors::CloseCode::limit_broken);
            co_return false;
        }
    }
    message_.resize(size);
    around_.metrics.add(ops::Counter::frames_received);
    around_.metrics.add(ops::Counter::bytes_received, size);
    co_return true;
}

void WsConnection::forget_message() {
    message_waits_ = false;
    // Not `= {}`, which keeps the memory.
    if (message_.capacity() > usual_message_bytes) message_ = std::vector<std::byte>();
    message_.clear();
}

void WsConnection::on_control_frame() {
    const auto now = Instant::clock::now();
    heard_at_ = now;
    if (now - control_window_ >= around_.limits.control_frames_window) {
        control_window_ = now;
        control_frames_ = 0;
    }
    if (++control_frames_ > around_.limits.control_frames_max) close(actors::CloseCode::limit_broken);
}

void WsConnection::begin_close(const Ending& ending) {
    if (stage_ != Stage::open) return;
    ending_ = ending;
    counts_as_ = ending.counted_as;
    // Not by the wake that is on its way: a write loop that runs already would say goodbye before the last words.
    is_pending_ = true;
    enter_stage(Stage::closing, around_.limits.close_max);
    wake();
}

void WsConnection::on_farewell() {
    // Beast is failing the WebSocket for a breach of the protocol, or the peer has closed it. The read that says so
    // returns only when the peer has gone, so its time is bounded from here.
    if (stage_ == Stage::open) enter_stage(Stage::leaving, around_.limits.close_max);
}

// -- Time --

void WsConnection::enter_stage(Stage stage, Duration patience) {
    stage_ = stage;
    stage_ends_ = Instant::clock::now() + patience;
    look_again_at(stage_ends_);
}

void WsConnection::look_again_at(Instant when) {
    if (when >= looks_at_) return;
    looks_at_ = when;
    const auto delay = std::chrono::ceil<Duration>(when - Instant::clock::now());
    around_.shard.after(std::max(delay, Duration::zero()), [weak = weak_from_this(), look = ++looks_] {
        const auto self = weak.lock();
        // A later look has replaced it otherwise.
        if (self && self->looks_ == look) self->on_time();
    });
}

void WsConnection::on_time() {
    looks_at_ = Instant::max();
    try {
        check_time();
    } catch (const std::bad_alloc&) {
        // Nobody would look again.
        drop();
    }
}

void WsConnection::check_time() {
    const auto now = Instant::clock::now();
    if (stage_ == Stage::over) return;
    if (stage_ == Stage::open) {
        check_silence(now);
    } else if (now >= stage_ends_) {
        drop();
    } else {
        look_again_at(stage_ends_);
    }
}

void WsConnection::check_silence(Instant now) {
    const auto& limits = around_.limits;
    // A peer that does not take what we write would not take a close frame either.
    if (writing_since_ && now >= *writing_since_ + limits.idle_max) {
        counts_as_ = ops::Counter::connections_closed_too_slow;
        return drop();
    }
    if (may_read_ && now >= heard_at_ + limits.idle_max) return close(actors::CloseCode::idle);
    if (now >= std::max(heard_at_, pinged_at_) + limits.ping_every) {
        pinged_at_ = now;
        ping_is_due_ = true;
        start_writing();
    }
    auto next = std::max(heard_at_, pinged_at_) + limits.ping_every;
    if (may_read_) next = std::min(next, heard_at_ + limits.idle_max);
    if (writing_since_) next = std::min(next, *writing_since_ + limits.idle_max);
    look_again_at(next);
}

}  // namespace kindroom::net
