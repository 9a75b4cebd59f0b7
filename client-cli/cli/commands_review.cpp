// What waits for a moderator, calling one, and pointing somebody to help.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "cli/nearest.hpp"
#include "cli/talk.hpp"
#include "cli/terminal_text.hpp"

namespace kindroom::cli {

Talk::Task<> Talk::first(std::string rest) {
    if (rest.empty()) {
        notice("/first and your words: a moderator sees them before others do.");
        co_return;
    }
    v1::PostMessage words;
    words.set_text(rest);
    words.set_moderator_first(true);
    if (here()) post_soon(std::move(words));
}

void Talk::show_held(const std::string& room_id, const v1::HeldMessage& held) {
    const std::string mark = marks_.mark({room_id, held.message_id()});
    say(screen_.held(mark, held, Screen::Whose::of_others, now_ms()));
}

// One's own that wait or came back; taken, once they were shown.
Talk::Task<> Talk::look_for_held(std::string room_id, Which which) {
    v1::Request request;
    request.mutable_list_held()->set_room_id(room_id);
    const v1::Reply reply = co_await ask(std::move(request));
    for (const auto& held : reply.held_messages().held()) {
        if (held.hold().cause() != v1::HELD_FOR_RETURNED) {
            if (which == Which::returned) continue;
            Marks::Message message{room_id, held.message_id()};
            if (const auto room = rooms_.find(room_id); room != rooms_.end()) message.author = room->second.you;
            say(screen_.held(marks_.mark(message), held, Screen::Whose::own, now_ms()));
        } else {
            say(screen_.returned(title(room_id), held.text(), held.return_cause(), held.note()));
            take_returned(room_id, held.message_id());
        }
    }
}

void Talk::take_returned(const std::string& room_id, const std::string& message_id) {
    v1::Request request;
    request.mutable_retract_message()->set_room_id(room_id);
    request.mutable_retract_message()->set_message_id(message_id);
    in_passing(ask_quietly(std::move(request)));
}

Talk::Task<> Talk::ask_quietly(v1::Request request) { co_await ask(std::move(request)); }

void Talk::in_passing(Task<> task) { boost::asio::co_spawn(io_, std::move(task), boost::asio::detached); }

void Talk::look_for_returned() {
    for (const auto& [room_id, room] : rooms_) in_passing(look_for_held(room_id, Which::returned));
}

Talk::Task<> Talk::held(std::string) {
    if (!here()) co_return;
    const std::string room_id = current_;
    co_await look_for_held(room_id, Which::all);
    v1::Request request;
    request.mutable_list_held_for_review()->set_room_id(room_id);
    const v1::Reply reply = co_await ask(std::move(request));
    // Who is not on duty has seen all there is for them.
    if (!reply.has_held_for_review()) co_return;
    if (reply.held_for_review().held().empty()) notice("Nothing waits for a moderator here.");
    for (const auto& one : reply.held_for_review().held()) show_held(room_id, one);
    if (!reply.held_for_review().held().empty())
        notice("/release and its letter lets others see it; /return, its letter and why gives it back.");
}

Talk::Task<> Talk::release(std::string rest) {
    if (rest.empty()) {
        notice("/release and the letter of what waits, such as: /release c. /held shows what does.");
        co_return;
    }
    const auto message = marked(trim(rest));
    if (!message) co_return;
    v1::Request request;
    request.mutable_release_held()->set_room_id(message->room_id);
    request.mutable_release_held()->set_message_id(message->message_id);
    const bool fine = co_await done(std::move(request));
    if (fine) notice("Shown.");
}

Talk::Task<> Talk::give_back(std::string rest) {
    auto [mark, note] = split_word(rest);
    if (mark.empty()) {
        notice("/return, the letter of what waits, and why, such as: /return c Please without the link.");
        co_return;
    }
    const auto message = marked(mark);
    if (!message) co_return;
    if (note.empty()) note = co_await question("Why, for the one who wrote it: ");
    if (quitting_) co_return;
    if (note.empty()) {
        notice("Without saying why, nothing is given back. It still waits.");
        co_return;
    }
    v1::Request request;
    request.mutable_return_held()->set_room_id(message->room_id);
    request.mutable_return_held()->set_message_id(message->message_id);
    request.mutable_return_held()->set_note(note);
    const bool fine = co_await done(std::move(request));
    if (fine) notice("Given back, with your words.");
}

Talk::Task<> Talk::call(std::string) {
    v1::Request request;
    request.mutable_call_moderator()->set_room_id(current_);
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return;
    notice(reply.moderator_called().moderator_on_duty()
               ? "A moderator was called. They are not told who it was: say so in the room when they come, if you like."
               : "No moderator is on duty now. /help names others who are there.");
}

Talk::Task<> Talk::point(std::string rest) {
    const auto people = co_await which_people(rest);
    if (people.size() != 1) {
        if (!quitting_) notice("/point and somebody of this room: they get a card with places to turn to.");
        co_return;
    }
    v1::Request request;
    request.mutable_point_to_help()->mutable_person()->set_room_id(people[0].room_id);
    request.mutable_point_to_help()->mutable_person()->set_token(people[0].person.token());
    const bool fine = co_await done(std::move(request));
    if (fine) notice("They get a kind card from the room within a minute. Nobody learns that it was you.");
}

// ---- what the server says by itself ---------------------------------------------------------------------------------

void Talk::on_returned(const v1::MessageReturned& returned) {
    marks_.forget(returned.message_id());
    say(screen_.returned(title(returned.room_id()), returned.text(), returned.cause(), returned.note()));
    if (returned.cause() != v1::RETURN_CAUSE_UNSPECIFIED) take_returned(returned.room_id(), returned.message_id());
}

void Talk::on_waiting(const v1::HeldWaiting& waiting) {
    notice("Something waits for a moderator in " + title(waiting.room_id()) + ". /release or /return, and its letter.");
    show_held(waiting.room_id(), waiting.held());
}

void Talk::on_needed(const v1::ModeratorNeeded& needed) {
    const std::string mark = marks_.find(needed.message_id());
    std::string words = "Somebody may need a moderator";
    if (needed.room_id().empty()) {
        words += ", outside of the rooms you can see";
    } else {
        words += rooms_.contains(needed.room_id()) ? " in " + title(needed.room_id()) : std::string(" in another room");
    }
    if (!mark.empty()) words += ": look at " + mark;
    say(screen_.strong(words + "."));
}

void Talk::on_filters_acted(const v1::FiltersActed& acted) {
    for (const auto& filter : acted.filters())
        notice(clean_line(filter.says()) + " [" + clean_line(filter.filter_id()) + "]");
    std::string labels;
    for (const auto& label : acted.labels()) labels += (labels.empty() ? "" : ", ") + clean_line(label);
    if (!labels.empty()) notice("Your message was labelled: " + labels + ".");
}

}  // namespace kindroom::cli
