// A stream that is cut anywhere and resumed equals one that was never cut: a Keeper against a model of the server,
// under random schedules of words, posts, deliveries in both directions and cuts.
#include <deque>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck/gtest.h>
#include <set>

#include "lib/keeper.hpp"
#include "lib/line.hpp"

namespace kindroom::client {
namespace {

// Keeps rooms as lists of words; a cursor is how many of them one has. Pages are short, so that catching up takes
// turns.
class ModelServer {
  public:
    static constexpr std::size_t page = 2;

    std::map<std::string, std::vector<std::string>> rooms{{"attic", {}}, {"cellar", {}}};
    std::deque<v1::Event> on_the_way;

    void cut() {
        on_the_way.clear();
        listening_.clear();
    }

    void say(const std::string& room, const std::string& words) {
        rooms[room].push_back(words);
        if (listening_.contains(room)) on_the_way.push_back(step(room, rooms[room].size()));
    }

    void serve(const v1::Request& request) {
        v1::Event event;
        v1::Reply& reply = *event.mutable_reply();
        reply.set_request_id(request.id());
        if (request.has_hello()) {
            reply.mutable_welcome();
        } else if (request.has_sign_in() || request.has_resume_session()) {
            reply.mutable_signed_in()->set_device_token(request.has_sign_in() ? "token" : "");
            for (const auto& room : joined_) reply.mutable_signed_in()->mutable_me()->add_rooms(room);
        } else if (request.has_join_room()) {
            const std::string& room = request.join_room().room_id();
            joined_.insert(room);
            listening_.insert(room);
            reply.mutable_room_joined()->set_cursor(std::to_string(rooms[room].size()));
        } else if (request.has_resume_room()) {
            resume(request.resume_room(), *reply.mutable_room_resumed());
        } else if (request.has_post_message()) {
            const auto& post = request.post_message();
            reply.mutable_message_accepted()->set_message_id(post.client_key());
            const bool fresh = keys_.insert(post.client_key()).second;
            on_the_way.push_back(event);
            if (fresh) say(post.room_id(), post.client_key());
            return;
        }
        on_the_way.push_back(event);
    }

  private:
    v1::Event step(const std::string& room, std::size_t position) {
        v1::Event event;
        auto& step = *event.mutable_room_event();
        step.set_room_id(room);
        step.set_cursor(std::to_string(position));
        step.mutable_posted()->mutable_message()->set_text(rooms[room][position - 1]);
        return event;
    }

    void resume(const v1::ResumeRoom& from, v1::RoomResumed& out) {
        const auto& words = rooms[from.room_id()];
        std::size_t position = from.cursor().empty() ? words.size() : std::stoul(from.cursor());
        const std::size_t end = std::min(words.size(), position + page);
        while (position < end) *out.add_events() = step(from.room_id(), ++position).room_event();
        out.set_cursor(std::to_string(position));
        out.set_caught_up(position == words.size());
        if (out.caught_up()) listening_.insert(from.room_id());
    }

    std::set<std::string> joined_;
    std::set<std::string> listening_;  // of the one connection there is
    std::set<std::string> keys_;
};

class World {
  public:
    ModelServer server;
    std::map<std::string, std::vector<std::string>> heard;
    std::map<std::uint32_t, int> answers;

    World() {
        v1::Request hello = request();
        hello.mutable_hello();
        ask(hello);
        v1::Request sign_in = request();
        sign_in.mutable_sign_in();
        ask(sign_in);
        for (const auto& [room, words] : server.rooms) {
            v1::Request join = request();
            join.mutable_join_room()->set_room_id(room);
            ask(join);
        }
    }

    v1::Request request() {
        v1::Request made;
        made.set_id(++last_id_);
        return made;
    }
    void ask(const v1::Request& request) {
        asked_.push_back(request.id());
        carry_out(keeper_.ask(request));
    }
    void post(const std::string& room, const std::string& key) {
        v1::Request made = request();
        made.mutable_post_message()->set_room_id(room);
        made.mutable_post_message()->set_client_key(key);
        ask(made);
    }
    void open() {
        if (open_) return;
        open_ = true;
        carry_out(keeper_.opened());
    }
    void cut() {
        if (!open_) return;
        open_ = false;
        to_server_.clear();
        server.cut();
        carry_out(keeper_.ended({EndKind::lost, 0, "lost"}));
    }
    bool serve_one() {
        if (to_server_.empty()) return false;
        const v1::Request request = to_server_.front();
        to_server_.pop_front();
        server.serve(request);
        return true;
    }
    bool deliver_one() {
        if (server.on_the_way.empty()) return false;
        const v1::Event event = server.on_the_way.front();
        server.on_the_way.pop_front();
        carry_out(keeper_.received(event));
        return true;
    }
    void settle() {
        open();
        while (serve_one() || deliver_one()) {
        }
    }
    const std::vector<std::uint32_t>& asked() const { return asked_; }

  private:
    void carry_out(const Keeper::Actions& actions) {
        for (const auto& action : actions) {
            if (const auto* send = std::get_if<Keeper::Send>(&action)) {
                to_server_.push_back(send->request);
            } else if (const auto* told = std::get_if<Keeper::Deliver>(&action)) {
                if (told->event.has_reply()) ++answers[told->event.reply().request_id()];
                if (told->event.has_room_event()) {
                    const auto& step = told->event.room_event();
                    heard[step.room_id()].push_back(step.posted().message().text());
                }
            }
        }
    }

    Keeper keeper_{Keeper::Options{}};
    std::deque<v1::Request> to_server_;
    std::vector<std::uint32_t> asked_;
    std::uint32_t last_id_ = 0;
    bool open_ = false;
};

RC_GTEST_PROP(Keeper, AStreamCutAnywhereAndResumedEqualsOneThatWasNeverCut, ()) {
    World world;
    world.settle();
    int word = 0;
    const auto schedule = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 100));
    for (const int choice : schedule) {
        const std::string room = choice % 2 == 0 ? "attic" : "cellar";
        if (choice < 20) {
            world.server.say(room, "w" + std::to_string(++word));
        } else if (choice < 35) {
            world.post(room, "k" + std::to_string(++word));
        } else if (choice < 45) {
            world.cut();
        } else if (choice < 55) {
            world.open();
        } else if (choice < 78) {
            world.serve_one();
        } else {
            world.deliver_one();
        }
    }
    world.settle();
    for (const auto& [room, words] : world.server.rooms) RC_ASSERT(world.heard[room] == words);
    for (const std::uint32_t id : world.asked()) RC_ASSERT(world.answers[id] == 1);
}

// The same from the very first moment: whatever is lost while signing in and joining is done once in the end.
RC_GTEST_PROP(Keeper, SigningInAndJoiningSurviveCutsToo, ()) {
    World world;
    const auto schedule = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 100));
    for (const int choice : schedule) {
        if (choice < 15) {
            world.cut();
        } else if (choice < 40) {
            world.open();
        } else if (choice < 70) {
            world.serve_one();
        } else {
            world.deliver_one();
        }
    }
    world.settle();
    world.server.say("attic", "now");
    world.settle();
    RC_ASSERT(world.heard["attic"] == std::vector<std::string>{"now"});
    for (const std::uint32_t id : world.asked()) RC_ASSERT(world.answers[id] == 1);
}

}  // namespace
}  // namespace kindroom::client
