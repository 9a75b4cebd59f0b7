// One room at work: takes commands in order, makes them durable, tells those who may see them.
// Owner: the room's home shard. Order: decide, apply, commit, reply, publish; one commit in flight, the rest wait in
// `pending_`. Failure: a failed commit answers `unavailable` to all who wait and loads the room anew; nothing is
// published that was not durable. Who listens (devices_) is not durable and survives that.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "actors/room_codec.hpp"
#include "actors/services.hpp"
#include "domain/room.hpp"
#include "domain/window.hpp"

namespace kindroom::actors {

class RoomActor {
  public:
    RoomActor(RoomId id, Home& home);

    // Any command that names this room. Answered exactly once.
    void handle(Envelope envelope);
    // A connection that listened to this room has gone.
    void device_went(ClientRef device);
    // The account may not look after this room any more.
    void duty_taken(AccountId account);

  private:
    // What is decided and waits to be durable.
    struct Work {
        ReturnTo from;
        std::vector<store::Change> changes;
        MoveOnlyFunction<void(bus::Publications&)> on_durable;
    };

    // -- loading --
    void load();
    void on_loaded(Result<std::optional<store::LoadedRoom>> loaded);
    void open(store::LoadedRoom loaded);

    // -- commands (room_commands.cpp) --
    void decide(Envelope&& envelope);
    void on(const Envelope& envelope, domain::JoinRoom& command);
    void on(const Envelope& envelope, const domain::LeaveRoom& command);
    void on(const Envelope& envelope, const domain::ResumeRoom& command);
    void on(const Envelope& envelope, const domain::GetRoster& command);
    void on(const Envelope& envelope, const domain::GetHistory& command);
    void on(const Envelope& envelope, domain::PostMessage& command);
    void on(const Envelope& envelope, domain::EditMessage& command);
    void on(const Envelope& envelope, domain::RetractMessage& command);
    void on(const Envelope& envelope, domain::ChangeRoom& command);
    void on(const Envelope& envelope, const domain::CloseRoom& command);
    void on(const Envelope& envelope, const domain::GoOnDuty& command);
    void on(const Envelope& envelope, const domain::GoOffDuty& command);
    // Looks a message up that the room does not remember, then decides again. False: it is remembered, go on.
    template <class C>
    bool look_up_first(const Envelope& envelope, MessageId message, C& command);
    void on_looked_up(Envelope envelope, MessageId message, Result<store::MessageRows> rows);

    // Runs `answer` once everything that was decided before is durable: an answer may rest on it.
    void answer_when_durable(ReturnTo to, Task answer);
    void answer_when_durable(ReturnTo to, domain::Reply reply);
    void set_hears_duty(AccountId account, bool on_duty);

    // -- durability --
    void make_durable(Work work);
    void start_commit();
    void on_committed(Result<store::Committed> result);
    void put_room(Work& work);

    // -- telling --
    void publish_step(const domain::RoomStep& step, bus::Publications& publications);
    void publish_card(bus::Publications& publications);
    bus::PublicationPtr roster_publication(bool for_duty_only);
    void tell_duty();
    void stop_listening(AccountId account);
    void start_listening(ReturnTo to, const Identity& who, domain::Reply reply, Position seen);
    std::vector<domain::Person> roster_for(const Identity& who);

    // -- time --
    void schedule_tick();
    void tick();
    void schedule_expiry();
    void expire();

    domain::View view(const Identity& who, const domain::Member& member) const;

    const RoomId id_;
    Home& home_;
    const Services& services_;

    enum class State { loading, ready, absent };
    State state_ = State::loading;
    std::deque<Envelope> waiting_;

    std::optional<domain::Room> room_;
    std::optional<domain::RoomWindow> window_;
    std::optional<RoomCodec> codec_;
    // The room as it is stored, without what the domain holds.
    TimePoint created_at_{};
    store::Sealed handover_note_;
    // The newest position that is durable, and so may be shown.
    Position shown_up_to_{};
    // Under which day's key each remembered message is sealed: an edit stays under it.
    std::unordered_map<MessageId, DataKeyId> place_keys_;

    std::vector<Work> pending_;
    std::vector<Work> in_flight_;

    std::map<ClientRef, AccountId> devices_;
    std::vector<domain::RosterTicked::Entry> ticked_roster_;
    bool is_ticking_ = false;
    TimePoint idle_since_{};
    TimePoint expiry_scheduled_for_ = never;
    bool has_due_keys_ = false;
};

}  // namespace kindroom::actors
