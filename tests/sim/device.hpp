// A device of a person: the client library's keeper over simulated connections, and what its screen shows of each room.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "lib/keeper.hpp"
#include "sim/connection.hpp"
#include "sim/witness.hpp"

namespace kindroom::sim {

// Makes connections for devices; the world does it, because it knows whether there is a server.
class Doorway {
  public:
    virtual ~Doorway() = default;
    // Null while no server is up.
    virtual std::shared_ptr<Connection> connect(DeviceEnd& device) = 0;
};

// A room as the device shows it.
struct Screen {
    // Not in the room: nothing may arrive.
    bool is_in = false;
    // What follows this was to be received.
    Position from{};
    Position last{};
    // The standing messages, as they read, by id.
    std::map<std::string, std::string> texts;
    std::string my_token;
    // Roster changes, for tests of ticks.
    std::vector<std::pair<TimePoint, std::vector<std::string>>> rosters;
};

class Device final : public DeviceEnd {
  public:
    Device(Doorway& doorway, HouseGround& ground, test::ManualScheduler& outside, Witness& witness, Chance& chance);

    // Starts afresh: a new keeper, which knows nothing.
    void begin();
    // Asks something; `then` is told the answer, or null if the connection was lost and it must not be repeated. Both
    // may come at once.
    using Then = std::function<void(const v1::Reply*)>;
    void ask(v1::Request request, Then then = {});
    // The id of the newest of them.
    std::uint32_t last_request() const { return last_request_; }

    // The network fails.
    void cut();
    void stall(bool stalled);
    // Cut, and out of reach until told otherwise.
    void stay_away(bool away) {
        is_away_ = away;
        if (away) cut();
    }
    void server_died();
    // No connection any more, and none wanted.
    bool is_signed_in() const { return is_signed_in_; }
    bool has_given_up() const { return has_given_up_; }
    bool is_connected() const { return connection_ && !connection_->is_over(); }
    std::size_t waiting() const { return waiting_.size(); }
    std::size_t unanswered() const { return is_connected() ? connection_->unanswered().size() : 0; }
    const std::string& login_id() const { return login_id_; }
    std::uint32_t rules_consented() const { return rules_consented_; }
    std::map<std::string, Screen>& screens() { return screens_; }
    Screen& screen(const std::string& room) { return screens_[room]; }
    Connection* connection() { return connection_.get(); }
    // The account has left the room by another of its devices.
    void left_elsewhere(const std::string& room) { screens_[room] = {}; }

    // Events other than steps of rooms and replies, for tests; and how the last connection ended.
    std::vector<v1::Event> heard;
    client::Ending last_ending;
    // Every step in the order of arrival, as "+text", "~text" or "-", for dialogues.
    std::vector<std::string> log;

    void opened() override;
    void received(const v1::Batch& batch) override;
    void ended(const client::Ending& ending) override;

  private:
    void connect();
    void carry_out(client::Keeper::Actions actions);
    void send(const v1::Request& request);
    void on_event(const v1::Event& event);
    void on_step(const v1::RoomEvent& step);
    void on_reply(const v1::Reply& reply);
    void answered(std::uint32_t id, const v1::Reply* reply);
    void sign_out();

    struct Waiting {
        v1::Request request;
        Then then;
    };

    Doorway& doorway_;
    HouseGround& ground_;
    test::ManualScheduler& outside_;
    Witness& witness_;
    Chance& chance_;
    std::optional<client::Keeper> keeper_;
    // Keepers of before have timers under way.
    std::uint64_t life_ = 0;
    std::shared_ptr<Connection> connection_;
    std::uint32_t last_request_ = 0;
    std::map<std::uint32_t, Waiting> waiting_;
    // Where the keeper asked to resume from.
    std::map<std::string, Position> resuming_from_;
    std::map<std::string, Screen> screens_;
    bool is_signed_in_ = false;
    bool has_given_up_ = false;
    bool is_away_ = false;
    std::string login_id_;
    std::uint32_t rules_consented_ = 0;
};

}  // namespace kindroom::sim
