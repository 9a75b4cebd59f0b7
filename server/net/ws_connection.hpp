// One client's connection, from the accepted socket to its end.
#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "actors/home.hpp"
#include "actors/transport.hpp"
#include "base/limits.hpp"
#include "net/ending.hpp"
#include "net/guest.hpp"
#include "net/http.hpp"
#include "net/proxy_header.hpp"
#include "net/ws_stream.hpp"
#include "runtime/shard.hpp"

namespace kindroom::net {

// For putting a message together, one at a time on each shard: its memory stays, and is no neighbour of another
// shard's.
struct alignas(64) Scratch {
    std::vector<wire::Frame> frames{};
    std::string message{};
};

// What all connections of one shard have in common. Outlives them.
struct Surroundings {
    runtime::Shard& shard;
    Scratch& scratch;
    actors::Home& home;
    ops::Metrics& metrics;
    const Limits& limits;
    const std::vector<std::string>& origins;
    const Pages& pages;
    // For answers over TLS: the value of Strict-Transport-Security, or nothing.
    const std::string& https_only;
    // This shard's part of handshakes_max.
    std::size_t handshakes_max;
};

// A socket and its two loops; moves bytes and knows no rooms. Owner: the shard of the socket; every call there.
//
// A loop is a coroutine that lives only while it has something to do: the read loop while reading is wanted, the write
// loop while the network does not take at once what is pending, or there is a ping or a goodbye to write. Never are two
// writes under way. Every wait has an end: one timer looks at whatever the connection is waiting for and drops the
// socket when its time is over, which ends all loops. The last loop to end tells the client and then whoever started
// the connection.
class WsConnection final : public actors::Transport,
                           public std::enable_shared_from_this<WsConnection>,
                           private WsObserver {
  public:
    // The last call of a connection, when nothing of it is under way any more.
    using OnGone = MoveOnlyFunction<void(WsConnection&)>;
    // What a proxy has said, for whoever counts those who come, and who then calls come_in() or drop(). Nothing: it has
    // said something else, and is dropped.
    using OnIntroduced = MoveOnlyFunction<void(WsConnection&, const std::optional<Introduction>&)>;

    // `on_greeted`: once, when it has become a WebSocket or will never be one. With `on_introduced` the connection is a
    // proxy's: it begins with whom the proxy brings, and `guest` holds until that is known.
    WsConnection(const Surroundings& around, std::unique_ptr<WsStream> stream, const Guest& guest, Task on_greeted,
                 OnGone on_gone, OnIntroduced on_introduced = nullptr);

    // Once.
    void start();
    // Once it is known who that is. Does nothing if the connection has ended meanwhile.
    void come_in(const Guest& guest);

    void wake() override;
    void close(actors::CloseCode code) override;
    void set_reading(bool reading) override;

    // For the end of the server: whoever is not yet a client is dropped; clients are left to say_goodbye().
    void drop_unless_admitted();
    // One more than may come in, as it turned out once a proxy had said who it is.
    void turn_away();
    // Now and without a word.
    void drop();

  private:
    using Instant = std::chrono::steady_clock::time_point;
    enum class Stage {
        introducing,  // what a proxy says, and waiting for what is thought of it
        securing,     // TLS
        greeting,     // reading the head, answering it
        answering,    // it was a request for a page; writing it, waiting for the peer to go
        open,         // a WebSocket
        closing,      // by us: flushing, then the closing handshake
        leaving,      // closed by the peer or for a breach of the protocol; waiting for the peer to go
        over,         // the socket is dropped, the loops are ending
    };

    // The loops and their parts.
    void spawn(Awaitable<void> loop);
    void on_loop_end(std::exception_ptr failure);
    void end_if_idle();
    void count_end();
    Awaitable<void> hear_introduction();
    void secure();
    Awaitable<void> greet();
    Awaitable<void> answer(const std::string& text);
    std::string answer_to(const Verdict& verdict) const;
    std::string_view https_only() const;
    Awaitable<void> enter(const Upgrade& upgrade);
    HttpAnswer page(Page page) const;
    void start_reading();
    Awaitable<void> read_loop();
    Awaitable<bool> read_message();
    void forget_message();
    bool may_write() const;
    void write_pending();
    void put_together(std::string& message);
    void start_writing(std::string unwritten = {}, bool has_rest = false);
    Awaitable<void> write_loop(std::string unwritten, bool has_rest);
    Awaitable<ErrorCode> write(const std::string& message);
    void note_writing();
    void count_written(std::size_t bytes);

    void end_greeting();

    // Time.
    void enter_stage(Stage stage, Duration patience);
    void look_again_at(Instant when);
    void on_time();
    void check_time();
    void check_silence(Instant now);

    void begin_close(const Ending& ending);
    void on_control_frame() override;
    void on_farewell() override;

    const Surroundings& around_;
    const std::unique_ptr<WsStream> stream_;
    Guest guest_;
    wire::Format format_ = wire::Format::binary;
    Task on_greeted_;
    OnGone on_gone_;
    OnIntroduced on_introduced_;
    actors::Client* client_ = nullptr;

    Stage stage_ = Stage::securing;
    Instant stage_ends_{};  // not while open
    int loops_ = 0;
    bool has_ended_ = false;
    // What its end will be; nothing where a page was all that was wanted.
    std::optional<ops::Counter> counts_as_ = ops::Counter::connections_refused_handshake;
    bool was_open_ = false;

    // Reading.
    bool may_read_ = true;
    bool is_reading_ = false;
    bool message_waits_ = false;  // read whole while may_read_ was taken back
    std::vector<std::byte> message_;
    std::uint32_t control_frames_ = 0;
    Instant control_window_{};
    Instant heard_at_{};

    // Writing.
    bool is_writing_ = false;
    bool is_pending_ = false;  // the outbox has something
    bool ping_is_due_ = false;
    Ending ending_{};  // from closing on
    Instant pinged_at_{};
    std::optional<Instant> writing_since_;

    Instant looks_at_ = Instant::max();
    std::uint32_t looks_ = 0;
};

}  // namespace kindroom::net
