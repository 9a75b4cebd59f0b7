// What it takes to lose a connection without losing a word: the device token, a cursor per room, the requests that are
// not answered yet. Pure: it is told what happened and answers with what is to be done, in order; sockets, timers and
// chance belong to its owner (SteadyLine).
//
// What the user of a Keeper sees: each reply once; each event of a room once and in the room's order, across any number
// of lost connections. Order after a loss: Hello, ResumeSession, ResumeRoom for each room until it is caught up, then
// the unanswered requests in the order in which they were asked.
//
// Stepping away: a room that one is away from is kept, but not listened to, and holds up nothing. With follow_rooms the
// Keeper listens again, from now on, upon the return (its own, or one that it comes to know of); what was missed is
// there to be read, and not poured out unasked. Without, the user calls ResumeRoom.
//
// Reading before signing in: a server does not keep a place for long for somebody who is not signed in. Whoever still
// reads then waits for nothing and is told nothing; the next request connects anew.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kindroom/v1/frames.pb.h"
#include "lib/backoff.hpp"
#include "lib/ending.hpp"

namespace kindroom::client {

class Keeper {
  public:
    struct Options {
        Backoff::Options backoff;
        // Waits that add up to more than this without getting through: give up. 0: never.
        std::chrono::milliseconds give_up_after{0};
        // Whether to listen to all the account's rooms after the first sign-in too, from now on, instead of leaving it
        // to the user to call ResumeRoom.
        bool follow_rooms = false;
        // Uniform in [0, 1).
        std::function<double()> chance = [] { return 0.5; };
    };

    // -- what is to be done --
    struct Send {
        v1::Request request;
    };
    // Send it no sooner than this server time, on this connection only.
    struct SendAt {
        v1::Request request;
        std::int64_t at_ms = 0;
    };
    // Then call due(). At this server time, or in a minute if it is 0; on this connection only.
    struct DueAt {
        std::string room_id;
        unsigned plan = 0;
        std::int64_t at_ms = 0;
    };
    struct Deliver {
        v1::Event event;
    };
    struct Unanswered {
        std::uint32_t request_id = 0;
    };
    struct RoomGone {
        std::string room_id;
    };
    struct RoomGap {
        std::string room_id;
    };
    struct HangUp {};
    struct ComeBackIn {
        std::chrono::milliseconds wait;
        Ending because;
    };
    // There is no connection, and none is to be made before OpenAgain.
    struct StayAway {};
    struct OpenAgain {};
    struct Back {};
    struct GiveUp {
        Ending because;
    };
    using Action = std::variant<Send, SendAt, DueAt, Deliver, Unanswered, RoomGone, RoomGap, HangUp, ComeBackIn,
                                StayAway, OpenAgain, Back, GiveUp>;
    using Actions = std::vector<Action>;

    explicit Keeper(Options options);

    // A request of the user; ids below own_ids_from, not in use. The first Hello is repeated on each new connection.
    Actions ask(const v1::Request& request);
    Actions opened();
    Actions received(const v1::Event& event);
    Actions ended(const Ending& ending);
    // The time of a DueAt has come.
    Actions due(const std::string& room_id, unsigned plan);

  private:
    enum class Phase { offline, greeting, signing_in, catching_up, live, over };
    enum class Driver { keeper, user };  // who calls ResumeRoom for it
    struct Room {
        std::string cursor;
        Driver driver = Driver::keeper;
        bool catching_up = false;
        bool told = true;   // whether the user has seen a RoomJoined or RoomResumed for it
        bool away = false;  // the account has stepped away from it
        unsigned plan = 0;  // the newest DueAt of it; older ones are of no meaning any more
    };
    struct Pending {
        v1::Request request;
        bool sent = false;
    };

    void after_greeting(Actions& out);
    void resume_rooms(Actions& out);
    void resume_room(const std::string& room_id, Actions& out);
    void go_live_if_caught_up(Actions& out);
    void give_up(const Ending& ending, Actions& out);
    void on_own_reply(const v1::Reply& reply, Actions& out);
    void on_room_resumed(const std::string& room_id, const v1::Reply& reply, Actions& out);
    void on_resume_refused(const std::string& room_id, const v1::Error& error, Actions& out);
    void on_user_reply(const v1::Event& event, Actions& out);
    void learn(const v1::Request& request, const v1::Reply& reply, Actions& out);
    void learn_signed_in(const v1::SignedIn& signed_in, Actions& out);
    void follow(const std::string& room_id, Actions& out);
    void learn_away(const v1::Away& away, Actions& out);
    void keep_away(const std::string& room_id, std::int64_t until_ms, Actions& out);
    void on_decision(const v1::Decision& decision, Actions& out);
    void return_to_room(const std::string& room_id, Actions& out);
    void return_to(const std::string& room_id, Actions& out);
    bool user_is_resuming(const std::string& room_id) const;
    std::uint32_t own_id();

    const Options options_;
    Backoff backoff_;
    Phase phase_ = Phase::offline;
    std::optional<Pending> greeting_;
    bool greeted_ = false;     // the user has the answer to the greeting
    bool stays_away_ = false;  // until the user asks for something
    bool away_ = false;        // a connection was lost, and all that was missed is not here yet
    bool signed_out_ = false;  // by the user or by the server: the end of this connection is the end
    std::string token_;
    std::map<std::string, Room> rooms_;
    std::vector<Pending> pending_;                      // of the user, not answered yet, in order
    std::map<std::uint32_t, std::string> own_resumes_;  // request id -> room
    std::uint32_t own_greeting_ = 0;
    std::uint32_t own_sign_in_ = 0;
    std::uint32_t last_own_id_ = 0;
    unsigned last_plan_ = 0;
    std::chrono::milliseconds invited_back_after_{0};  // from ComeBack
    std::chrono::milliseconds waited_{0};              // since it was last live
};

// Whether a request can be sent twice without doing anything twice.
bool may_repeat(const v1::Request& request);

}  // namespace kindroom::client
