#include "cli/asked.hpp"
#include "cli/talk.hpp"
#include "cli/terminal_text.hpp"

namespace kindroom::cli {

Talk::Task<> Talk::away(std::string rest) {
    const AwayAsked asked = read_away(rest);
    const std::int64_t most = welcome_.limits().firm_ms_max();
    if (!asked.unreadable.empty()) {
        notice("\"" + clean_line(asked.unreadable) +
               "\" is not a time. /away, or with a time: /away 30m, 2h, 3d. With \"firm\" "
               "you cannot come back before that; with \"room\", only from this room.");
        co_return;
    }
    if (asked.firm && (asked.lasts_ms == 0 || (most > 0 && asked.lasts_ms > most))) {
        notice("Firm needs a time, such as /away 8h firm; " + std::to_string(most / 3'600'000) + " hours at most.");
        co_return;
    }
    if (asked.room && !here()) co_return;
    v1::Request request;
    auto& step = *request.mutable_step_away();
    if (asked.room) step.set_room_id(current_);
    step.set_lasts_ms(asked.lasts_ms);
    step.set_firm(asked.firm);
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return;
    const v1::Away& away = reply.stepped_away().away();
    see_away(away);
    notice("You are away " + screen_.away(away, titles()) +
           ". Nothing reaches you; others see that you are not there. /help, /block and /leave work all the while.");
}

void Talk::see_away(const v1::Away& away) {
    for (auto& [room_id, room] : rooms_) {
        if (away.room_id().empty() || away.room_id() == room_id) room.away = true;
    }
}

// Ends every stepping away that is on record; a house that cannot list them now is asked for the whole.
Talk::Task<> Talk::back(std::string) {
    std::vector<std::string> from;
    v1::Request request;
    request.mutable_list_boundaries();
    const v1::Reply reply = co_await ask(std::move(request));
    for (const auto& away : reply.boundaries().away()) from.push_back(away.room_id());
    if (from.empty()) from.emplace_back();
    bool something_new = false;
    for (std::size_t i = 0; i < from.size(); ++i) {
        const bool fine = co_await return_from(from[i], &something_new);
        if (!fine) co_return;
    }
    notice("You are back.");
    if (!something_new) co_return;
    if (current_.empty()) {
        notice("Something was said meanwhile; /join a room shows the newest of it.");
        co_return;
    }
    const bool wanted = co_await yes("Something was said meanwhile. See the newest of it? (yes or no) ");
    if (wanted) co_await enter(current_);
}

Talk::Task<bool> Talk::return_from(std::string room_id, bool* something_new) {
    v1::Request request;
    request.mutable_return_from_away()->set_room_id(room_id);
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return false;
    *something_new = *something_new || reply.returned().something_new();
    for (auto& [id, room] : rooms_) {
        if (room_id.empty() || room_id == id) room.away = false;
    }
    co_return true;
}

// On signing in: what one would want to know of before anything else. A house that cannot tell is not asked again.
Talk::Task<> Talk::look_around() {
    v1::Request ask_boundaries;
    ask_boundaries.mutable_list_boundaries();
    const v1::Reply mine = co_await ask(std::move(ask_boundaries));
    for (const auto& away : mine.boundaries().away()) {
        see_away(away);
        notice("You are away " + screen_.away(away, titles()) + ".");
    }
    v1::Request ask_contacts;
    ask_contacts.mutable_list_contacts();
    const v1::Reply people = co_await ask(std::move(ask_contacts));
    if (!people.has_contacts()) co_return;
    contacts_ = people.contacts();
    if (!contacts_.received().empty()) notice("Somebody offers to be your contact. /contacts shows it.");
}

}  // namespace kindroom::cli
