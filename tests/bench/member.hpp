// One person on one connection, of whom there are many on one thread. What they receive is known by its tag and not
// decoded, so that the generator costs little; answers are. Owner: the thread that runs the io_context.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

#include "bench/tags.hpp"
#include "kindroom/v1/frames.pb.h"
#include "lib/frame_stream.hpp"

namespace kindroom::bench {

// What all members of a house share.
struct Surroundings {
    boost::asio::io_context io{1};
    // Where the house is and how it is spoken to.
    client::StreamOptions stream;
    bool json = false;
    // A message that somebody received, live or by resuming.
    std::function<void(std::uint32_t member, Tag tag)> on_message;
    // Answers so far, and frames.
    std::uint64_t answers = 0;
    std::uint64_t frames = 0;
};

class Member {
  public:
    using Then = std::function<void(const v1::Reply&)>;

    Member(Surroundings& around, std::uint32_t number) : around_(around), number_(number) {}
    ~Member();
    Member(const Member&) = delete;
    Member& operator=(const Member&) = delete;

    // Opens a connection; `then` when it is a WebSocket. Where it ends unasked, on_end is told, or else it throws.
    void connect(std::function<void()> then);
    // And says Hello.
    void open(Then welcomed);
    // And shows the device token; `then` when they are signed in.
    void come_back(std::function<void()> then);
    void show_token(std::function<void()> then);
    // Goes without a word.
    void drop();
    bool is_connected() const { return stream_ != nullptr; }

    // A refusal throws.
    void ask(v1::Request request, Then then = {});
    // A refusal is an answer.
    void try_to(v1::Request request, Then then);
    std::size_t under_way() const { return waiting_.size(); }

    std::uint32_t number() const { return number_; }
    // Takes in the messages of an answer as if they had come live.
    void receive(const v1::RoomResumed& resumed);

    // Instead of where the house is.
    std::unique_ptr<client::Endpoint> detour;
    std::function<void(const client::Ending&)> on_end;
    // What is neither an answer nor a message.
    std::function<void(const v1::Event&)> on_event;

    // -- who they are --
    std::string login_id;
    std::string device_token;
    std::string room;
    std::string room_token;
    std::string cursor;
    // The room in which they know a thousand people, and how those call them there.
    std::string lobby;
    std::string lobby_token;

  private:
    struct Waiting {
        Then then;
        bool may_be_refused = false;
    };
    void send(v1::Request request, Waiting waiting);
    void on_frame(std::string_view bytes);
    void on_binary_event(std::string_view bytes);
    void on_json(std::string_view bytes);
    void on_decoded(const v1::Event& event);
    void on_step(const v1::RoomEvent& step);
    void answer(const v1::Reply& reply);
    void ended(const client::Ending& ending);

    Surroundings& around_;
    const std::uint32_t number_;
    std::shared_ptr<client::FrameStream> stream_;
    // Which connection it is: what an earlier one still has to say is of no interest.
    std::uint32_t connection_ = 0;
    std::uint32_t last_id_ = 0;
    std::unordered_map<std::uint32_t, Waiting> waiting_;
};

}  // namespace kindroom::bench
