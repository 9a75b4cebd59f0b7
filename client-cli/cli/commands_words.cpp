#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <cstdlib>
#include <openssl/rand.h>

#include "cli/asked.hpp"
#include "cli/fitting.hpp"
#include "cli/nearest.hpp"
#include "cli/people.hpp"
#include "cli/talk.hpp"
#include "cli/terminal_text.hpp"

namespace kindroom::cli {

namespace {

std::string random_key() {
    std::string key(16, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(key.data()), 16) != 1)
        throw std::runtime_error("no random numbers");
    return key;
}

}  // namespace

std::optional<Marks::Message> Talk::marked(std::string_view mark) {
    auto message = marks_.read(mark);
    if (!message) notice("No message here has the letter \"" + clean_line(mark) + "\".");
    return message;
}

void Talk::speak(std::string text) {
    v1::PostMessage words;
    words.set_text(std::move(text));
    post_soon(std::move(words));
}

// Posts go out by themselves, so that the next line can be typed while one waits for a slow network.
void Talk::post_soon(v1::PostMessage words) {
    words.set_room_id(current_);
    words.set_client_key(random_key());
    if (words.voice() == v1::VOICE_UNSPECIFIED) words.set_voice(v1::VOICE_PERSON);
    if (const auto room = rooms_.find(current_); room != rooms_.end()) {
        for (const std::string& token :
             mentioned(words.text(), room->second.roster, welcome_.limits().mentions_max())) {
            if (token != room->second.you.token()) words.add_mentions(token);
        }
    }
    boost::asio::co_spawn(io_, post(std::move(words)), boost::asio::detached);
}

Talk::Task<> Talk::post(v1::PostMessage words) {
    v1::Request request;
    *request.mutable_post_message() = words;
    const v1::Reply answer = co_await ask(std::move(request));
    if (quitting_) co_return;
    if (answer.has_error()) {
        // Nothing that somebody brought themselves to say may be lost to a refusal.
        notice("Not sent. " + screen_.refusal(answer.error(), now_ms()));
        say("   You wrote: " + clean_text(words.text()));
        co_return;
    }
    show_accepted(words, answer.message_accepted());
}

// Says so where others do not see it yet.
void Talk::show_accepted(const v1::PostMessage& words, const v1::MessageAccepted& accepted) {
    if (accepted.appears_at_ms() == 0 && !accepted.has_held()) return;
    Marks::Message message{words.room_id(), accepted.message_id()};
    if (const auto room = rooms_.find(words.room_id()); room != rooms_.end()) message.author = room->second.you;
    const std::string mark = marks_.mark(message);
    if (accepted.has_held()) {
        v1::HeldMessage held;
        held.set_text(words.text());
        *held.mutable_hold() = accepted.held();
        say(screen_.held(mark, held, Screen::Whose::own, now_ms()));
    } else {
        say(screen_.waiting(mark, words.text(), accepted.appears_at_ms() - now_ms()));
    }
    notice("Until then, /retract " + mark + " takes it back and nobody knows.");
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
    v1::PostMessage words;
    words.set_text(text);
    words.set_reply_to(message->message_id);
    post_soon(std::move(words));
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
    const auto room = rooms_.find(message->room_id);
    const bool is_own = room != rooms_.end() && message->author.token() == room->second.you.token();
    if (!is_own && message->author.voice() == v1::VOICE_PERSON && may_moderate(me_, message->room_id)) {
        v1::Decide take_back;
        take_back.set_room_id(message->room_id);
        take_back.set_message_id(message->message_id);
        take_back.set_action(v1::DECISION_ACTION_RETRACT);
        co_await decide(std::move(take_back), "It is taken back, and its author was told why.");
        co_return;
    }
    v1::Request request;
    request.mutable_retract_message()->set_room_id(message->room_id);
    request.mutable_retract_message()->set_message_id(message->message_id);
    const bool fine = co_await done(std::move(request));
    if (fine) notice("Taken back.");
}

Talk::Task<> Talk::breath(std::string rest) {
    const auto [seconds, text] = split_word(rest);
    const unsigned most = welcome_.limits().breath_ms_max() / 1000;
    const bool is_number = !seconds.empty() && seconds.size() < 6 &&
                           std::all_of(seconds.begin(), seconds.end(), [](char c) { return c >= '0' && c <= '9'; });
    const unsigned long wanted = is_number ? std::strtoul(seconds.c_str(), nullptr, 10) : 0;
    if (!is_number || wanted == 0 || text.empty()) {
        notice("/breath, how many seconds, and your words, such as: /breath 20 I am not well tonight.");
        co_return;
    }
    if (!here()) co_return;
    if (wanted > most) {
        notice("A breath lasts " + std::to_string(most) + " seconds at most. You wrote: " + clean_text(text));
        co_return;
    }
    v1::PostMessage words;
    words.set_text(text);
    words.set_breath_ms(static_cast<std::uint32_t>(wanted * 1000));
    post_soon(std::move(words));
}

// Says something and what it touches, so that those who are not up to it need not read it.
Talk::Task<> Talk::about(std::string rest) {
    const RoomView* room = here();
    if (!room) co_return;
    const auto& known = room->card.settings().content_labels();
    auto [labels, text] = read_labels(rest, {known.begin(), known.end()});
    if (labels.empty() || text.empty()) {
        std::string names;
        for (const auto& label : known) names += (names.empty() ? "" : ", ") + clean_line(label);
        notice(names.empty() ? "This room has no labels."
                             : "/about, a label of this room (" + names + "), and your words.");
        if (names.empty() || !text.empty()) say("   You wrote: " + clean_text(rest));
        co_return;
    }
    v1::PostMessage words;
    words.set_text(text);
    for (const std::string& label : labels) words.add_labels(label);
    post_soon(std::move(words));
}

Talk::Task<> Talk::show(std::string rest) {
    const auto message = marked(trim(rest));
    if (!message) co_return;
    v1::Request request;
    request.mutable_reveal_message()->set_room_id(message->room_id);
    request.mutable_reveal_message()->set_message_id(message->message_id);
    const v1::Reply reply = co_await ask(std::move(request));
    if (!refused(reply)) show_message(message->room_id, reply.message_revealed().message());
}

Talk::Task<> Talk::heard(std::string rest) {
    const auto message = marked(trim(rest));
    if (!message) co_return;
    v1::Request request;
    request.mutable_hear_message()->set_room_id(message->room_id);
    request.mutable_hear_message()->set_message_id(message->message_id);
    const bool fine = co_await done(std::move(request));
    if (fine) notice("Heard. Nobody learns that it was you.");
}

}  // namespace kindroom::cli
