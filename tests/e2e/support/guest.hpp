// Somebody in a test who talks to the house through the client library, in straight lines.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "e2e/support/house.hpp"

namespace kindroom::test {

inline constexpr const char* good_passphrase = "four quiet herons at dusk";

// Every call that waits has a deadline, and throws what was waited for when it has passed; a call that expects a
// certain answer throws the refusal it got instead.
class Guest {
  public:
    explicit Guest(client::ConnectionOptions options);

    // Opens a connection and says Hello.
    void connect();
    // For one whose server has another port now.
    void connect(const House& house);
    client::Connection& line() { return *line_; }

    v1::Reply ask(v1::Request request);
    // The code of the refusal; unspecified where it was none.
    v1::ErrorCode refusal(v1::Request request) { return ask(std::move(request)).error().code(); }
    // The answer, which is not a refusal.
    v1::Reply get(v1::Request request);

    // -- the account --
    void sign_up(const std::string& invite_code, const std::string& passphrase = good_passphrase);
    void consent();
    void resume_session();
    const v1::AccountCreated& account() const { return account_; }
    std::string token() const { return account_.signed_in().device_token(); }
    std::string login_id() const { return account_.login_id(); }

    // -- rooms --
    v1::RoomJoined join(const std::string& room, const std::string& name);
    // Posts and returns the message's id.
    std::string post(const std::string& room, const std::string& text, const std::string& reply_to = {});
    // All that this person can read, oldest first; read backwards or forwards, `page` messages at a time.
    std::vector<v1::Message> history_backwards(const std::string& room, std::uint32_t page = 0);
    std::vector<v1::Message> history_forwards(const std::string& room, std::uint32_t page = 0);

    // -- what the server says by itself --
    // Waits for an event that fits; those before it are kept in heard().
    v1::Event hear(const std::function<bool(const v1::Event&)>& fits, const char* what);
    v1::Event hear(v1::Event::KindCase kind);
    v1::Event hear_text(const std::string& text);
    // Waits until this message has come, and with it all that was before it in the room. A post that was answered may
    // still be on its way to others, so a fence of theirs does not cover it.
    void hear_up_to(const std::string& room, const std::string& message);
    // Takes in everything that the server had for us up to now.
    void listen();
    const std::vector<v1::Event>& heard() const { return heard_; }

    // Calls ResumeRoom from the last cursor until it is caught up.
    void resume_room(const std::string& room);
    std::string cursor(const std::string& room) const;
    // The room as this client knows it, from all that it was told.
    std::vector<v1::Message> story(const std::string& room) const;

  private:
    void take(const v1::Event& event);
    std::string end_of_line() const;

    client::ConnectionOptions options_;
    std::unique_ptr<client::Connection> line_;
    v1::AccountCreated account_;
    std::vector<v1::Event> heard_;
    std::map<std::string, std::string> cursors_;
    std::map<std::string, std::vector<v1::RoomEvent>> steps_;
};

// A member who has signed up, agreed to the rules and joined the room.
Guest member_in(House& house, const std::string& room, const std::string& name);

// -- requests --
std::string new_key();
v1::Request posting(const std::string& room, const std::string& text, const std::string& key = new_key());
v1::Request reading(const std::string& room, std::uint32_t limit = 0);
v1::Request signing_in(const std::string& login_id, const std::string& passphrase);
v1::Request resuming_session(const std::string& token);
// A line of a script that waits for such an event, as patiently as a test.
std::string await_event(const std::string& kind, const std::string& containing = {});
// {"getMe":{}} and the like.
v1::Request request(const std::string& json);

// To compare: one text for each message, with all that can be seen of it.
std::vector<std::string> lines(const std::vector<v1::Message>& messages);
std::vector<std::string> texts(const std::vector<v1::Message>& messages);

}  // namespace kindroom::test
