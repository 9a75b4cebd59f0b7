#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <openssl/rand.h>

#include "cli/nearest.hpp"
#include "cli/talk.hpp"
#include "cli/terminal_text.hpp"

namespace kindroom::cli {

namespace {

constexpr std::uint32_t recent = 20;  // messages that are shown on entering

std::string random_key() {
    std::string key(16, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(key.data()), 16) != 1)
        throw std::runtime_error("no random numbers");
    return key;
}

}  // namespace

Talk::RoomView* Talk::here() {
    const auto room = rooms_.find(current_);
    if (room != rooms_.end()) return &room->second;
    notice("You are in no room. /rooms shows them, /join takes you in.");
    return nullptr;
}

std::optional<Marks::Message> Talk::marked(std::string_view mark) {
    auto message = marks_.read(mark);
    if (!message) notice("No message here has the letter \"" + clean_line(mark) + "\".");
    return message;
}

Talk::Task<bool> Talk::fetch_rooms() {
    v1::Request request;
    request.mutable_list_rooms();
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return false;
    listed_.assign(reply.rooms().rooms().begin(), reply.rooms().rooms().end());
    // The server has no order for rooms; a person finds a letter again only where it stays.
    std::sort(listed_.begin(), listed_.end(), [](const v1::RoomCard& a, const v1::RoomCard& b) {
        return std::pair(a.settings().topic(), a.room_id()) < std::pair(b.settings().topic(), b.room_id());
    });
    co_return true;
}

Talk::Task<> Talk::list_rooms(std::string) {
    const bool fetched = co_await fetch_rooms();
    if (fetched) say(screen_.rooms(listed_));
}

Talk::Task<std::string> Talk::which_room(std::string typed) {
    if (listed_.empty()) {
        const bool fetched = co_await fetch_rooms();
        if (!fetched) co_return std::string();
    }
    for (int attempt = 0;; ++attempt) {
        std::vector<std::string> topics;
        for (const v1::RoomCard& room : listed_) topics.push_back(room.settings().topic());
        const Found found = find_topic(typed, topics);
        if (found.kind == Found::Kind::one) co_return listed_[found.index].room_id();
        if (found.kind == Found::Kind::several) {
            notice("Several rooms begin so. Use the letter from /rooms.");
            co_return std::string();
        }
        // It may have been made since.
        if (attempt > 0) break;
        const bool fetched = co_await fetch_rooms();
        if (!fetched) break;
    }
    notice("There is no room \"" + clean_line(typed) + "\". /rooms lists them.");
    co_return std::string();
}

// ROOM and NAME are separated by a blank, or by a line break where the room is more than one word.
Talk::Task<> Talk::join(std::string rest) {
    std::string room = rest;
    std::string name;
    // No variables of an if: g++ 12 destroys them twice when a coroutine waits in their scope.
    const auto split = rest.find('\n');
    const auto words = split_word(rest);
    if (split != std::string::npos) {
        room = rest.substr(0, split);
        name = rest.substr(split + 1);
    } else if (!words.second.empty()) {
        // The whole may be a topic of several words; if not, the first word is the room.
        std::vector<std::string> topics;
        if (listed_.empty()) co_await fetch_rooms();
        for (const v1::RoomCard& card : listed_) topics.push_back(card.settings().topic());
        if (find_topic(rest, topics).kind == Found::Kind::none) std::tie(room, name) = words;
    }
    if (room.empty()) {
        notice("/join and the letter or the beginning of a room, then your name in it, such as: /join a Ana");
        co_return;
    }
    const std::string room_id = co_await which_room(room);
    if (room_id.empty()) co_return;
    const bool known = rooms_.contains(room_id);
    if (known && name.empty()) {
        co_await enter(room_id);
        co_return;
    }
    if (name.empty()) name = co_await question("Your name in this room (it need not be your own): ");
    if (quitting_) co_return;
    v1::Request request;
    request.mutable_join_room()->set_room_id(room_id);
    request.mutable_join_room()->set_name(name);
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return;
    RoomView& view = rooms_[room_id];
    view.card = reply.room_joined().room();
    view.you = reply.room_joined().you();
    co_await enter(room_id);
}

Talk::Task<> Talk::enter(std::string room_id) {
    current_ = room_id;
    RoomView& view = rooms_[room_id];
    view.loading = true;
    say(screen_.room_card(view.card));
    v1::Request ask_who;
    ask_who.mutable_get_roster()->set_room_id(room_id);
    const v1::Reply roster = co_await ask(std::move(ask_who));
    v1::Request ask_words;
    ask_words.mutable_get_history()->set_room_id(room_id);
    ask_words.mutable_get_history()->set_limit(recent);
    const v1::Reply history = co_await ask(std::move(ask_words));
    const auto still = rooms_.find(room_id);
    if (still == rooms_.end()) co_return;
    if (roster.has_roster()) {
        say(screen_.roster(still->second.card.settings().topic(), roster.roster().people(), still->second.you.token()));
    }
    if (history.has_history_page()) show_page(room_id, history.history_page());
    still->second.loading = false;
    for (const v1::RoomEvent& event : std::exchange(still->second.held, {})) {
        // What is on the page already was held in vain.
        if (event.has_posted() && !marks_.find(event.posted().message().message_id()).empty()) continue;
        show_step(event);
    }
}

void Talk::show_page(const std::string& room_id, const v1::HistoryPage& page) {
    RoomView& view = rooms_[room_id];
    view.earlier = page.earlier();
    view.later = page.later();
    for (const v1::Message& message : page.messages()) show_message(room_id, message);
}

Talk::Task<> Talk::leave(std::string rest) {
    std::string room_id = current_;
    if (!rest.empty()) room_id = co_await which_room(rest);
    if (room_id.empty()) {
        if (rest.empty()) notice("You are in no room.");
        co_return;
    }
    v1::Request request;
    request.mutable_leave_room()->set_room_id(room_id);
    const bool fine = co_await done(std::move(request));
    if (!fine) co_return;
    rooms_.erase(room_id);
    if (current_ == room_id) current_.clear();
    notice("You have left.");
}

Talk::Task<> Talk::who(std::string) {
    const RoomView* room = here();
    if (!room) co_return;
    const std::string topic = room->card.settings().topic();
    const std::string you = room->you.token();
    v1::Request request;
    request.mutable_get_roster()->set_room_id(current_);
    const v1::Reply reply = co_await ask(std::move(request));
    if (!refused(reply)) say(screen_.roster(topic, reply.roster().people(), you));
}

// Posts go out by themselves, so that the next line can be typed while one waits for a slow network.
void Talk::post_soon(std::string text, std::string reply_to, v1::Voice voice) {
    boost::asio::co_spawn(io_, post(std::move(text), std::move(reply_to), voice), boost::asio::detached);
}

Talk::Task<> Talk::post(std::string text, std::string reply_to, v1::Voice voice) {
    v1::Request request;
    auto& post = *request.mutable_post_message();
    post.set_room_id(current_);
    post.set_client_key(random_key());
    post.set_text(text);
    post.set_reply_to(reply_to);
    post.set_voice(voice);
    const v1::Reply answer = co_await ask(std::move(request));
    if (!answer.has_error() || quitting_) co_return;
    // Nothing that somebody brought themselves to say may be lost to a refusal.
    notice("Not sent. " + screen_.refusal(answer.error(), now_ms()));
    say("   You wrote: " + clean_text(text));
}

Talk::Task<> Talk::reply(std::string rest) {
    auto [mark, text] = split_word(rest);
    if (text.empty()) {
        notice("/reply, the letter of a message, and your words, such as: /reply c That helps.");
        co_return;
    }
    const auto message = marked(mark);
    if (!message || !here()) co_return;
    if (message->room_id != current_) {
        notice("That message is in another room; /join that room first.");
        co_return;
    }
    post_soon(std::move(text), message->message_id, v1::VOICE_PERSON);
}

Talk::Task<> Talk::edit(std::string rest) {
    auto [mark, text] = split_word(rest);
    if (text.empty()) {
        notice("/edit, the letter of your message, and the new words.");
        co_return;
    }
    const auto message = marked(mark);
    if (!message) co_return;
    v1::Request request;
    request.mutable_edit_message()->set_room_id(message->room_id);
    request.mutable_edit_message()->set_message_id(message->message_id);
    request.mutable_edit_message()->set_text(text);
    co_await done(std::move(request));
}

Talk::Task<> Talk::retract(std::string rest) {
    const auto message = marked(trim(rest));
    if (!message) co_return;
    v1::Request request;
    request.mutable_retract_message()->set_room_id(message->room_id);
    request.mutable_retract_message()->set_message_id(message->message_id);
    const bool fine = co_await done(std::move(request));
    if (fine) notice("Taken back.");
}

Talk::Task<> Talk::older(std::string) {
    const RoomView* room = here();
    if (!room) co_return;
    if (room->earlier.empty()) {
        notice("There is nothing earlier to show.");
        co_return;
    }
    const std::string room_id = current_;
    v1::Request request;
    request.mutable_get_history()->set_room_id(room_id);
    request.mutable_get_history()->set_before(room->earlier);
    request.mutable_get_history()->set_limit(recent);
    const v1::Reply reply = co_await ask(std::move(request));
    if (!refused(reply) && rooms_.contains(room_id)) show_page(room_id, reply.history_page());
}

Talk::Task<> Talk::newer(std::string) {
    const RoomView* room = here();
    if (!room) co_return;
    if (room->later.empty()) {
        notice("There is nothing later; new words appear by themselves.");
        co_return;
    }
    const std::string room_id = current_;
    v1::Request request;
    request.mutable_get_history()->set_room_id(room_id);
    request.mutable_get_history()->set_after(room->later);
    request.mutable_get_history()->set_limit(recent);
    const v1::Reply reply = co_await ask(std::move(request));
    if (!refused(reply) && rooms_.contains(room_id)) show_page(room_id, reply.history_page());
}

}  // namespace kindroom::cli
