// One connected device: who is signed in on it, which rooms it listens to, and what waits to be written to it.
// Owner: the shard it lives on; every call is made on that shard's thread.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "actors/identity.hpp"
#include "actors/outbox.hpp"
#include "actors/told.hpp"
#include "actors/transport.hpp"
#include "domain/rates.hpp"
#include "domain/window.hpp"
#include "ops/stopwatch.hpp"

namespace kindroom::actors {

class Home;

// What a device hears of one room.
struct Subscription {
    domain::Horizon horizon;
    // Everything up to here has been handed over already.
    Position seen{};
    // Sees the true roster at once.
    bool on_duty = false;
    Told<std::vector<domain::Person>> roster{};
    Told<domain::CircleView> circle{};
    // Until then a moderator knows of a wave of newcomers.
    TimePoint wave_told_until{};
};

// Per room, how far its story has been written to a device.
using Reached = std::map<RoomId, Position>;

class Client {
  public:
    Client(ClientRef ref, Transport& transport, const Peer& peer, Home& home);

    // ---- for net/ ----

    // One whole WebSocket message. May call Transport::wake, close and set_reading.
    void on_frame(std::span<const std::byte> bytes);
    // Moves what is pending, in order, into `into`: about max_bytes at most, at least one frame if there is one.
    // Visibility is asked again here where it may have changed. Returns whether more is pending.
    bool take(std::vector<wire::Frame>& into, std::size_t max_bytes);
    // The connection is gone: the last call. Destroys the client.
    void on_closed();
    wire::Format format() const { return peer_.format; }

    // ---- for the actors ----

    ClientRef ref() const { return ref_; }
    const Peer& peer() const { return peer_; }
    // Null until signed in.
    const IdentityPtr& identity() const { return identity_; }
    bool has_greeted() const { return has_greeted_; }
    void greet() { has_greeted_ = true; }
    // Whether a command that signs in is on its way; a second one is refused meanwhile.
    bool is_signing_in() const { return is_signing_in_; }
    void set_signing_in(bool signing_in) { is_signing_in_ = signing_in; }

    // Answers a request. Every request is answered once.
    void reply(std::uint32_t request, domain::Reply reply);
    // Tells something that concerns this account or the house; what people did, if they may be seen.
    void tell(const domain::Event& event);
    // A step of a room this device listens to.
    void deliver(const std::shared_ptr<SharedFrames>& frames);
    // The roster of such a room. `publication` holds a RosterTicked.
    void tell_roster(const bus::PublicationPtr& publication);
    // The circle in such a room. `publication` holds a CircleTold.
    void tell_circle(const bus::PublicationPtr& publication);

    // Signs in, or replaces the snapshot of who is signed in. Listening ends where the account has stepped away or is
    // kept out.
    void set_identity(IdentityPtr identity);
    // Goes off duty in each room that the account may not look after any more.
    void end_duties();
    // Says why, and closes.
    void end_session(domain::SessionEnded ended);
    void say_goodbye(Duration come_back_after);
    void close(CloseCode code) { transport_.close(code); }
    // It does not read, or has missed something: nothing more is written, and it comes back for all that.
    void too_slow();

    // While somebody's block of this account is becoming durable, nothing that shows them is written: what had reached
    // the device when it began is what the block lets it keep. Tells how far that is. Each hold is ended by a release.
    Reached hold(AccountId other);
    void release(AccountId other);
    const Reached& reached() const { return reached_; }

    void subscribe(RoomId room, Subscription subscription);
    void unsubscribe(RoomId room);
    const Subscription* subscription(RoomId room) const;
    // Whether the one who is signed in is on duty there: their view of all that waits changes by it.
    void set_on_duty(RoomId room, bool on_duty);
    // Whether the one who is signed in is on duty, and the case is one for them.
    bool looks_after(const domain::CaseWaiting& waiting) const;
    const std::map<RoomId, Subscription>& subscriptions() const { return subscriptions_; }

    // What is left of this connection's rates: of commands in general, and of coming into rooms.
    domain::TokenBucket& commands() { return commands_; }
    domain::TokenBucket& joins() { return joins_; }

  private:
    const domain::Visibility& eyes(RoomId room) const;
    const domain::Visibility& eyes(const Subscription& heard) const { return *identity_->eyes(heard.on_duty); }
    void wake();
    void push(OutboxItem item);
    void push(QueuedSign sign);
    bool shows(const QueuedSign& sign) const;
    void tell_of_wave(const domain::WaveNoticed& wave);
    bool must_wait(const OutboxItem& item) const;
    bool concerns_held(const domain::RoomStep& step) const;
    void append(QueuedStep&& step, std::vector<wire::Frame>& into);
    void append(QueuedRoster&& roster, std::vector<wire::Frame>& into);
    void append(std::unique_ptr<QueuedSign>&& sign, std::vector<wire::Frame>& into);
    void append(QueuedReply&& reply, std::vector<wire::Frame>& into);
    void append(QueuedFrame&& frame, std::vector<wire::Frame>& into);
    void append(QueuedCircle&& circle, std::vector<wire::Frame>& into);
    std::vector<domain::Person> view_of(domain::TrueRoster roster, RoomId room) const;
    domain::CircleView view_of(const domain::CircleTold& told, const Subscription& heard) const;
    void note_roster(const domain::Reply& answer);
    void note_reached(RoomId room, Position position);
    // Words as they stand, with their newest edit.
    void note_reached(RoomId room, const domain::Message& message);
    void stop_where_absent();
    Subscription* heard_in(RoomId room);

    const ClientRef ref_;
    Transport& transport_;
    const Peer peer_;
    Home& home_;

    bool has_greeted_ = false;
    bool is_signing_in_ = false;
    bool is_closing_ = false;
    // Nothing may follow what has been said last: the session is over, or the device reads too slowly.
    bool is_silent_ = false;
    IdentityPtr identity_;
    std::map<RoomId, Subscription> subscriptions_;
    // Moves on whenever something may be hidden, or shown otherwise, that was shown before: with who is signed in and
    // what they see, with the rooms that are listened to, and with duty.
    std::uint32_t outlook_ = 0;
    Reached reached_;
    std::multiset<AccountId> held_;
    Outbox outbox_;
    // An answer that had been filled under other boundaries is being filled anew; this is what has remained of it. All
    // else waits, so that the order of the answers tells nothing.
    std::optional<QueuedReply> filling_again_;
    bool is_woken_ = false;
    std::uint32_t in_flight_ = 0;
    // Posts that wait for their answer, by request: since when. No more than may be in flight.
    std::map<std::uint32_t, ops::Stopwatch> posts_;
    std::uint32_t malformed_frames_ = 0;
    domain::TokenBucket commands_;
    domain::TokenBucket joins_;
};

}  // namespace kindroom::actors
