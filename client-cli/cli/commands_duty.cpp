#include <cstdlib>

#include "cli/nearest.hpp"
#include "cli/talk.hpp"
#include "cli/terminal_text.hpp"

namespace kindroom::cli {

Talk::Task<> Talk::speak_as_moderator(std::string rest) {
    if (rest.empty()) {
        notice("/voice and your words: they are said by the moderator on duty, not by you as a person.");
        co_return;
    }
    v1::PostMessage words;
    words.set_text(rest);
    words.set_voice(v1::VOICE_MODERATOR);
    if (here()) post_soon(std::move(words));
}

Talk::Task<> Talk::duty(std::string rest) {
    const std::string which = lower(rest);
    if (!here()) co_return;
    if (which == "on") {
        v1::Request request;
        request.mutable_go_on_duty()->set_room_id(current_);
        const v1::Reply reply = co_await ask(std::move(request));
        if (refused(reply)) co_return;
        notice("You are on duty as " + screen_.person(reply.on_duty().role_voice()) + ". /voice speaks so.");
        if (!reply.on_duty().handover_note().empty()) {
            say(screen_.strong("Left for you by the last moderator:") + "\n" +
                screen_.paragraph(reply.on_duty().handover_note()));
        }
        const bool any = co_await fetch_queue();
        if (any) notice("Something waits for a moderator: /queue.");
    } else if (which == "off") {
        const std::string note = co_await question("A note for the next moderator (may be empty): ");
        if (quitting_) co_return;
        v1::Request request;
        request.mutable_go_off_duty()->set_room_id(current_);
        request.mutable_go_off_duty()->set_handover_note(note);
        const bool fine = co_await done(std::move(request));
        if (fine) notice("You are off duty. Thank you.");
    } else {
        notice("/duty on, or /duty off");
    }
}

// Nobody is told, and nothing here takes it back; so it is asked.
Talk::Task<> Talk::link(std::string rest) {
    const auto people = co_await which_people(rest);
    if (people.size() != 2 || people[0].room_id != people[1].room_id) {
        if (!quitting_) notice("/link and two people of one room, such as: /link c, k");
        co_return;
    }
    const bool sure = co_await yes(screen_.person(people[0].person) + " and " + screen_.person(people[1].person) +
                                   " are one person, and who blocked one has blocked both? (yes or no) ");
    if (!sure) co_return;
    v1::Request request;
    auto& link = *request.mutable_link_people();
    link.set_room_id(people[0].room_id);
    link.set_token(people[0].person.token());
    link.set_other_token(people[1].person.token());
    const bool fine = co_await done(std::move(request));
    if (fine) notice("They are linked. Nobody is told.");
}

Talk::Task<> Talk::room(std::string rest) {
    const std::string which = lower(rest);
    if (which == "new") {
        co_await new_room();
    } else if (which == "change") {
        co_await change_room();
    } else if (which == "close") {
        co_await close_room();
    } else {
        notice("/room new makes one; /room change and /room close are about the one you look at.");
    }
}

// Asks for each setting; an empty answer keeps what is there.
Talk::Task<std::optional<v1::RoomSettings>> Talk::ask_settings(v1::RoomSettings settings) {
    say("Enter alone keeps what stands in brackets.");
    const auto now = [](const std::string& value) { return " [" + clean_line(value) + "] "; };
    std::string answer = co_await question("Topic, one line" + now(settings.topic()));
    if (!answer.empty()) settings.set_topic(answer);
    answer = co_await question("Welcome, shown to those who come in" + now(settings.welcome_text()));
    if (!answer.empty()) settings.set_welcome_text(answer);

    std::string labels;
    for (const auto& label : settings.content_labels()) labels += (labels.empty() ? "" : ", ") + label;
    answer = co_await question("What is spoken of that somebody may want to know before, with commas" + now(labels));
    if (!answer.empty()) {
        settings.clear_content_labels();
        for (std::string_view left = answer; !left.empty();) {
            const auto comma = left.find(',');
            if (const auto label = trim(left.substr(0, comma)); !label.empty())
                settings.add_content_labels(std::string(label));
            left = comma == std::string_view::npos ? std::string_view() : left.substr(comma + 1);
        }
    }
    answer = co_await question("Keep words for a day, week or month [as it is; a month in a new room] ");
    answer = lower(answer);
    if (answer == "day") settings.set_retention(v1::RETENTION_HOURS_24);
    if (answer == "week") settings.set_retention(v1::RETENTION_DAYS_7);
    if (answer == "month") settings.set_retention(v1::RETENTION_DAYS_30);
    answer = co_await question("Seconds that one person pauses between messages" +
                               now(std::to_string(settings.slow_mode_ms() / 1000)));
    if (!answer.empty())
        settings.set_slow_mode_ms(static_cast<std::uint32_t>(std::strtoul(answer.c_str(), nullptr, 10) * 1000));
    answer = co_await question("First messages of each person that a moderator looks at before others" +
                               now(std::to_string(settings.hold_first_messages())));
    if (!answer.empty())
        settings.set_hold_first_messages(static_cast<std::uint32_t>(std::strtoul(answer.c_str(), nullptr, 10)));
    answer = co_await question(std::string("May newcomers read what was said before them, yes or no") +
                               now(settings.history_before_joining() ? "yes" : "no"));
    if (!answer.empty()) settings.set_history_before_joining(means_yes(answer));
    answer = co_await question(std::string("Does it pause when no moderator is on duty, yes or no") +
                               now(settings.needs_moderator() ? "yes" : "no"));
    if (!answer.empty()) settings.set_needs_moderator(means_yes(answer));
    // A variable of its own: g++ 12 destroys what a condition has made twice when a coroutine waits beside it.
    const std::string listens =
        settings.has_listen_only_ms() ? std::to_string(settings.listen_only_ms() / 1000) : "as the house has it";
    answer = co_await question("Seconds that somebody listens first who comes in for the first time" + now(listens));
    if (!answer.empty())
        settings.set_listen_only_ms(static_cast<std::uint32_t>(std::strtoul(answer.c_str(), nullptr, 10) * 1000));
    if (quitting_) co_return std::nullopt;
    co_return settings;
}

Talk::Task<> Talk::new_room() {
    const v1::RoomSettings turns = co_await ask_turns({});
    const auto settings = co_await ask_settings(turns);
    if (!settings) co_return;
    v1::Request request;
    *request.mutable_create_room()->mutable_settings() = *settings;
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return;
    listed_.clear();
    say(screen_.room_card(reply.room_card().room(), now_ms()));
    notice("The room is made. /join takes you in.");
}

Talk::Task<> Talk::change_room() {
    const RoomView* room = here();
    if (!room) co_return;
    const std::string room_id = current_;
    const auto settings = co_await ask_settings(room->card.settings());
    if (!settings) co_return;
    v1::Request request;
    request.mutable_change_room()->set_room_id(room_id);
    *request.mutable_change_room()->mutable_settings() = *settings;
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return;
    listed_.clear();
    say(screen_.room_card(reply.room_card().room(), now_ms()));
}

Talk::Task<> Talk::close_room() {
    const RoomView* room = here();
    if (!room) co_return;
    const std::string room_id = current_;
    const std::string topic = clean_line(room->card.settings().topic());
    const bool sure = co_await yes("Close " + topic + " for good? (yes or no) ");
    if (!sure) co_return;
    v1::Request request;
    request.mutable_close_room()->set_room_id(room_id);
    const bool fine = co_await done(std::move(request));
    if (!fine) co_return;
    listed_.clear();
    forget_room(room_id);
    notice(topic + " is closed.");
}

}  // namespace kindroom::cli
