// For moderators, so that a room never runs unattended; and for those who knock at one.
#include <algorithm>
#include <cstdlib>

#include "cli/nearest.hpp"
#include "cli/talk.hpp"
#include "cli/terminal_text.hpp"
#include "lib/opening_hours.hpp"

namespace kindroom::cli {

namespace {

const char* policy_in_words(v1::JoinPolicy policy) {
    switch (policy) {
        case v1::JOIN_POLICY_KNOCK:
            return "Whoever knocks is let in by you; with an invite people come in at once.";
        case v1::JOIN_POLICY_INVITE:
            return "Only who has an invite comes in. /invite makes one.";
        default:
            return "Whoever has an account may walk in.";
    }
}

}  // namespace

// ---- pauses and hours -----------------------------------------------------------------------------------------------

Talk::Task<> Talk::pause(std::string rest) {
    if (!here()) co_return;
    const std::string room_id = current_;
    if (rest.empty()) rest = co_await question("Why, in one sentence for all: ");
    if (quitting_) co_return;
    v1::Request request;
    request.mutable_pause_room()->set_room_id(room_id);
    request.mutable_pause_room()->set_sentence(rest);
    const v1::Reply reply = co_await ask(std::move(request));
    if (!refused(reply)) notice("Paused. /resume lets people talk again.");
}

Talk::Task<> Talk::resume(std::string) {
    if (!here()) co_return;
    v1::Request request;
    request.mutable_resume_talk()->set_room_id(current_);
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return;
    const bool waits = reply.room_card().room().state() == v1::ROOM_STATE_PAUSED;
    notice(waits ? "You do not pause it any more, but it needs a moderator: /duty on." : "People can talk again.");
}

Talk::Task<> Talk::hours(std::string rest) {
    const RoomView* room = here();
    if (!room) co_return;
    v1::RoomSettings settings = room->card.settings();
    if (rest.empty()) {
        notice("Open " + client::hours_in_words(settings) +
               ", by the clocks of the house. To change it: /hours mon-fri 18:00-20:00, sun 19:00-21:00; or /hours "
               "always");
        co_return;
    }
    if (!client::read_hours(rest, settings)) {
        notice("Hours are written so: /hours mon-fri 18:00-20:00, sun 19:00-21:00. Also: daily; and /hours always");
        co_return;
    }
    v1::Request request;
    auto& change = *request.mutable_change_room();
    change.set_room_id(current_);
    if (!settings.opening_hours().empty()) {
        std::string words = co_await question("Said when it opens [" + clean_line(settings.opening_words()) + "] ");
        if (!words.empty()) settings.set_opening_words(words);
        words = co_await question("Said when its hours are over [" + clean_line(settings.closing_words()) + "] ");
        if (!words.empty()) settings.set_closing_words(words);
        if (quitting_) co_return;
    }
    *change.mutable_settings() = settings;
    const v1::Reply reply = co_await ask(std::move(request));
    if (!refused(reply)) notice("Open " + client::hours_in_words(reply.room_card().room().settings()) + ".");
}

// ---- the door -------------------------------------------------------------------------------------------------------

Talk::Task<> Talk::knock(std::string rest) {
    const std::string room_id = co_await which_room(rest);
    if (room_id.empty()) co_return;
    v1::Request request;
    request.mutable_knock()->set_room_id(room_id);
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return;
    notice("You have knocked. If a moderator opens, you are told here. If not, it fades " +
           how_long(reply.knocked().fades_at_ms() - now_ms()) + "; that has many causes, and none is about you.");
}

std::string Talk::knock_letter(const std::string& room_id, const v1::Person& person) {
    const auto known = std::find_if(knocks_.begin(), knocks_.end(), [&](const Somebody& one) {
        return one.room_id == room_id && one.person.token() == person.token();
    });
    if (known != knocks_.end()) return letters(static_cast<std::size_t>(known - knocks_.begin()));
    knocks_.push_back({room_id, person});
    return letters(knocks_.size() - 1);
}

Talk::Task<> Talk::list_knocks(std::string) {
    if (!here()) co_return;
    const std::string room_id = current_;
    v1::Request request;
    request.mutable_list_knocks()->set_room_id(room_id);
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return;
    if (reply.knocks().people().empty()) {
        notice("Nobody knocks just now.");
        co_return;
    }
    std::string out = screen_.strong("Who knocks");
    for (const v1::Person& person : reply.knocks().people())
        out += "\n  " + knock_letter(room_id, person) + "  " + clean_line(person.sign());
    say(out + "\n" + screen_.notice("/let-in and a letter; whom you do not let in is told nothing."));
}

Talk::Task<> Talk::let_in(std::string rest) {
    const bool passes_over = lower(rest).starts_with("not ");
    const auto place = read_letters(passes_over ? trim(rest).substr(4) : trim(rest));
    if (!place || *place >= knocks_.size()) {
        notice("/let-in and a letter from /knocks. /let-in not b takes somebody off the list; they are told nothing.");
        co_return;
    }
    const Somebody who = knocks_[*place];
    v1::Request request;
    auto& answer = *request.mutable_answer_knock();
    answer.set_room_id(who.room_id);
    answer.set_token(who.person.token());
    answer.set_let_in(!passes_over);
    const bool fine = co_await done(std::move(request));
    if (fine) notice(passes_over ? "Off the list. They are told nothing." : "The door is open to them for a while.");
}

Talk::Task<> Talk::invite(std::string rest) {
    if (!here()) co_return;
    const std::string room_id = current_;
    const unsigned long uses = rest.empty() ? 1 : std::strtoul(rest.c_str(), nullptr, 10);
    if (uses == 0) {
        notice("/invite for one person, or /invite and for how many, such as: /invite 5");
        co_return;
    }
    v1::Request request;
    request.mutable_create_room_invite()->set_room_id(room_id);
    request.mutable_create_room_invite()->set_uses(static_cast<std::uint32_t>(uses));
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return;
    say("   " + clean_line(reply.invite_created().code()));
    notice("With this code " + (uses == 1 ? std::string("one person comes") : std::to_string(uses) + " people come") +
           " into " + title(room_id) + ": /join asks for it. It holds until " +
           when(reply.invite_created().ends_at_ms(), now_ms()) + ".");
}

Talk::Task<> Talk::door(std::string rest) {
    const std::string which = lower(rest);
    if (!here()) co_return;
    v1::Request request;
    auto& set = *request.mutable_set_join_policy();
    set.set_room_id(current_);
    if (which == "open") set.set_join_policy(v1::JOIN_POLICY_OPEN);
    if (which == "knock") set.set_join_policy(v1::JOIN_POLICY_KNOCK);
    if (which == "invite") set.set_join_policy(v1::JOIN_POLICY_INVITE);
    if (set.join_policy() == v1::JOIN_POLICY_UNSPECIFIED) {
        notice("/door open, /door knock, or /door invite. Now: " +
               std::string(policy_in_words(here()->card.settings().join_policy())));
        co_return;
    }
    const v1::Reply reply = co_await ask(std::move(request));
    if (!refused(reply)) notice(policy_in_words(reply.room_card().room().settings().join_policy()));
}

// The person it means, or all who only listen.
Talk::Task<> Talk::let_speak(std::string rest) {
    if (!here()) co_return;
    v1::Request request;
    auto& let = *request.mutable_let_speak();
    let.set_room_id(current_);
    if (lower(rest) != "all") {
        const auto people = co_await which_people(rest);
        if (people.size() != 1) {
            if (!quitting_) notice("/let-speak and somebody, or /let-speak all");
            co_return;
        }
        let.set_room_id(people.front().room_id);
        let.set_token(people.front().person.token());
    }
    const bool fine = co_await done(std::move(request));
    if (fine) notice("They may speak.");
}

// ---- what happens by itself -----------------------------------------------------------------------------------------

void Talk::on_knock(const v1::KnockHeard& heard) {
    const std::string letter = knock_letter(heard.room_id(), heard.person());
    notice("Somebody (" + clean_line(heard.person().sign()) + ") knocks at " + title(heard.room_id()) + ". /let-in " +
           letter + "; or leave it.");
}

void Talk::on_door(const v1::DoorOpened& opened) {
    std::string topic = "a room";
    for (const v1::RoomCard& card : listed_)
        if (card.room_id() == opened.room_id()) topic = clean_line(card.settings().topic());
    notice("The door of " + topic + " is open to you for a while: /join takes you in.");
}

void Talk::on_wave(const v1::WaveNoticed& wave) {
    notice("Many people came into " + title(wave.room_id()) +
           " for the first time at once. They only listen for a while. /let-speak all if they are welcome; /door knock "
           "or /door invite if they are not.");
}

void Talk::on_listening(const v1::ListeningChanged& changed) {
    const std::int64_t until = changed.may_speak_at_ms();
    if (until == 0)
        notice("You can speak in " + title(changed.room_id()) + " now.");
    else
        notice(title(changed.room_id()) + ": " + Screen::why_one_listens(changed.listen_cause()) + " You can speak " +
               how_long(until - now_ms()) + ".");
}

}  // namespace kindroom::cli
