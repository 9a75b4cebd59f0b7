// Stands at the server's door, sees every frame that comes and goes, and compares it with what is on the disk at that
// moment: what PRODUCT promises, written as checks.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "kindroom/v1/frames.pb.h"
#include "sim/server.hpp"

namespace kindroom::sim {

class Connection;

template <class Id>
Id id_from(const std::string& bytes) {
    return Id::from_bytes(as_bytes(bytes)).value_or(Id{});
}
template <class Id>
std::string to_field(const Id& id) {
    return std::string(as_text(id.bytes()));
}

// One message as it is on the disk, opened.
struct Told {
    MessageId id;
    Position position{};
    AccountId author;
    ClientKey client_key;
    std::string text;
    bool edited = false;
    bool retracted = false;
};

class Witness {
  public:
    explicit Witness(HouseGround& ground) : ground_(ground) {}

    // A frame reaches the server, or leaves it.
    void arrives(Connection& connection, const std::string& bytes);
    void leaves(Connection& connection, const v1::Batch& batch);

    // A process begins; the connections of the last one have gone.
    void server_starts() { attended_.clear(), started_at_ = ground_.clock.now(); }
    // The server knows of a connection no more.
    void goes(const Connection& connection);

    // Is told of every batch that leaves the server, in order.
    void set_listener(std::function<void(const Connection&, const v1::Batch&)> listener) {
        listener_ = std::move(listener);
    }

    // Once nothing moves any more: every accepted post is there, once, and no refused one.
    void check_posts(const std::vector<RoomId>& rooms);

    // All messages of a room in its one order, retracted ones too.
    std::vector<Told> story(RoomId room) const;
    // The step at which a cursor stands; a violation if it is none of this room.
    Position position_of(const std::string& room_id, const std::string& cursor);
    // Whether the step at that position is this one.
    void check_step(const v1::RoomEvent& step, Position position);

    void violation(const std::string& what) { violations_.push_back(what); }
    const std::vector<std::string>& violations() const { return violations_; }
    std::uint64_t accepted() const { return accepted_; }

  private:
    struct Post {
        RoomId room;
        std::string text;
        std::uint32_t arrivals = 0;
        std::uint32_t refusals = 0;
        std::optional<MessageId> message;
        // Came over a connection whose session had ended by then.
        bool is_forbidden = false;
        // It was to wait for a moderator.
        bool was_held = false;
    };

    void trace(const Connection& connection, const char* what, const google::protobuf::Message& message) const;
    void leaves(Connection& connection, const v1::Reply& reply);
    void on_done(Connection& connection, const v1::Request& request);
    void on_accepted(const std::string& author, const v1::PostMessage& post, const v1::MessageAccepted& accepted);
    bool is_moderator(const std::string& login_id) const;
    void check_attended(const v1::PostMessage& post, const v1::MessageAccepted& accepted);
    void check_held(const std::string& author, const v1::PostMessage& post, MessageId message);
    bool is_held(RoomId room, MessageId message) const;
    void check_durable(const std::string& room_id, const std::string& message_id, const char* what);
    bool is_silenced(const Connection& connection) const;
    std::optional<SecretHash> token_of(const std::string& login_id, SessionId session) const;

    HouseGround& ground_;
    std::vector<std::string> violations_;
    std::function<void(const Connection&, const v1::Batch&)> listener_;
    // By the author's login id and the client's key.
    std::map<std::pair<std::string, std::string>, Post> posts_;
    // By login id: what somebody took back, or said that they have.
    std::set<std::pair<std::string, MessageId>> taken_back_;
    // Sessions whose end has been confirmed, and accounts whose ban has been.
    std::set<SecretHash> ended_;
    std::set<std::string> banned_;
    // Revocations under way: the token that the session had.
    std::map<std::string, SecretHash> revoking_;
    std::uint64_t accepted_ = 0;
    // Since this process began, per room: who asked to come on duty there, and when the last of their connections was
    // gone. More than the server has to grant: whoever went off duty meanwhile counts while they are connected.
    struct Attended {
        std::set<std::string> on_duty;
        TimePoint until{};
    };
    std::map<std::string, Attended> attended_;
    std::map<std::string, std::set<const Connection*>> connected_;
    TimePoint started_at_{};
};

}  // namespace kindroom::sim
