// Counts for the operator, read by Prometheus from /metrics. They tell how the server is, never who is in it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/errc.hpp"
#include "base/time.hpp"

namespace kindroom::ops {

// What is counted. A new one is an enumerator here and a row in metrics.cpp; labels are fixed there, so that nothing
// which comes from a person can become one (and so that their number is known beforehand).
enum class Counter : std::uint8_t {
    connections_accepted,
    connections_refused_too_many,
    connections_refused_handshake,
    connections_closed_by_client,
    connections_closed_server_restarts,
    connections_closed_too_slow,
    connections_closed_idle,
    connections_closed_signed_in_too_late,
    connections_closed_too_many,
    connections_closed_malformed,
    connections_closed_session_ended,
    connections_closed_limit_broken,
    bytes_received,
    bytes_sent,
    frames_received,
    frames_sent,
    frames_malformed,
    reading_paused,
    commands,
    messages_accepted,
    events_published,
    events_delivered,
    sign_ins,
    sign_ins_failed,
    accounts_created,
    rooms_created,
    decisions_made,
    store_commits,
    store_commits_failed,
    store_records,
    data_keys_destroyed,
    reloads,
    reloads_failed,
    pages_sent,
    pages_dropped,
    count_,  // not one of them: how many there are
};

enum class Gauge : std::uint8_t {
    connections,
    connections_before_sign_in,
    rooms_loaded,
    accounts_loaded,
    passphrases_waiting,
    store_transactions_waiting,
    store_works,
    key_ring_works,
    ready,
    certificate_expires_at_seconds,
    started_at_seconds,
    count_,
};

enum class Timing : std::uint8_t {
    post_to_reply,
    store_commit,
    passphrase_check,
    count_,
};

// Every member may be called from any thread; each costs a few atomic operations, so a loop counts for itself and adds
// once at its end.
class Metrics {
  public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    void add(Counter counter, std::uint64_t by = 1);
    // A command was refused; the label is the code's name. Codes that tell of a boundary between two people are left
    // out: nobody shall see in a curve when somebody met one.
    void add_refusal(Errc code);
    void set(Gauge gauge, std::int64_t value);
    // By how much it rises or falls.
    void change(Gauge gauge, std::int64_t by);
    void observe(Timing timing, std::chrono::nanoseconds duration);

    // All of it in Prometheus' text format (version 0.0.4).
    std::string exposition() const;

  private:
    struct Registered;
    std::unique_ptr<Registered> registered_;
};

}  // namespace kindroom::ops
