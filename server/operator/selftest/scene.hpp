// People of a self-test, each with a connection of their own, and what each of them received.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kindroom/v1/frames.pb.h"
#include "operator/selftest/scratch_house.hpp"

namespace kindroom::operator_ {

// A device of somebody. Each call that waits has a deadline and throws std::runtime_error when it has passed.
class Someone {
  public:
    // A new account, with consent to the rules.
    explicit Someone(const ScratchHouse& house);
    // Another device of the same account.
    Someone(const ScratchHouse& house, const Someone& same);

    v1::Reply ask(v1::Request request);
    // The same, where a refusal is a mistake of the test.
    v1::Reply get(v1::Request request);
    v1::ErrorCode refusal(v1::Request request) { return ask(std::move(request)).error().code(); }

    void join(const std::string& room, const std::string& name);
    void leave(const std::string& room);
    std::string post(const std::string& room, const std::string& text, const std::string& reply_to = {});
    std::vector<v1::Message> history(const std::string& room);
    std::vector<v1::Person> roster(const std::string& room);
    // Themselves, as others in this room would name them.
    v1::PersonRef in(const std::string& room) const;
    std::vector<v1::Block> block(const std::vector<v1::PersonRef>& people);
    // Accepts an offer of the other one made in this room; the direct room.
    std::string become_contact_of(Someone& other, const std::string& room);

    // Takes in all that the server had for this device.
    void listen();
    const std::vector<v1::Event>& heard() const { return heard_; }
    void forget_heard() { heard_.clear(); }
    // Until such an event has come.
    void wait_for(const std::function<bool(const v1::Event&)>& fits, const char* what);
    const std::string& login_id() const { return login_id_; }

  private:
    void open(const ScratchHouse& house);

    std::unique_ptr<client::Connection> line_;
    std::string login_id_;
    std::map<std::string, v1::PersonRef> selves_;
    std::vector<v1::Event> heard_;
};

// The operator, who makes rooms.
class Keeper {
  public:
    explicit Keeper(const ScratchHouse& house);
    std::string make_room(std::function<void(v1::RoomSettings&)> set = {});
    void make_moderator(const std::string& login_id);

  private:
    v1::Reply get(v1::Request request);
    client::Connection line_;
    int rooms_ = 0;
};

std::string new_key();
v1::Request posting(const std::string& room, const std::string& text, const std::string& reply_to = {});
v1::Request offering(const v1::PersonRef& person);

}  // namespace kindroom::operator_
