#include "cli/asked.hpp"
#include "cli/nearest.hpp"
#include "cli/talk.hpp"
#include "cli/terminal_text.hpp"

namespace kindroom::cli {

namespace {

constexpr std::uint32_t recent = 20;  // messages that are shown on entering

}  // namespace

Talk::RoomView* Talk::here() {
    const auto room = rooms_.find(current_);
    if (room != rooms_.end()) return &room->second;
    notice("You are in no room. /rooms shows them, /join takes you in.");
    return nullptr;
}

Talk::Task<bool> Talk::fetch_rooms() {
    v1::Request request;
    request.mutable_list_rooms();
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return false;
    listed_.assign(reply.rooms().rooms().begin(), reply.rooms().rooms().end());
    // The room with a contact is among the contacts.
    std::erase_if(listed_, [](const v1::RoomCard& room) { return room.settings().kind() == v1::ROOM_KIND_DIRECT; });
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
    if (!known) {
        const bool wanted = co_await still_wanted(room_id);
        if (!wanted) co_return;
    }
    std::string code;
    if (!known) code = co_await invite_code(room_id);
    if (name.empty()) name = co_await question("Your name in this room (it need not be your own): ");
    if (quitting_) co_return;
    v1::Request request;
    request.mutable_join_room()->set_room_id(room_id);
    request.mutable_join_room()->set_name(name);
    request.mutable_join_room()->set_invite_code(code);
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return;
    RoomView& view = rooms_[room_id];
    view.card = reply.room_joined().room();
    view.you = reply.room_joined().you();
    view.see(reply.room_joined().roster());
    const std::int64_t listens_until = reply.room_joined().may_speak_at_ms();
    const v1::ListenCause cause = reply.room_joined().listen_cause();
    co_await enter(room_id);
    if (listens_until != 0)
        notice(Screen::why_one_listens(cause) + " You can speak " + how_long(listens_until - now_ms()) + ".");
}

// Asked where the room is not open to all. Empty: they were let in, or have none.
Talk::Task<std::string> Talk::invite_code(std::string room_id) {
    v1::JoinPolicy policy = v1::JOIN_POLICY_OPEN;
    for (const v1::RoomCard& card : listed_)
        if (card.room_id() == room_id) policy = card.settings().join_policy();
    if (policy == v1::JOIN_POLICY_OPEN) co_return std::string();
    std::string code = co_await question("An invite to this room, if you have one (else Enter): ");
    co_return code;
}

// Whether somebody goes in who was told that a person they blocked is there. A house that cannot say so is no
// hindrance.
Talk::Task<bool> Talk::still_wanted(std::string room_id) {
    v1::Request request;
    request.mutable_get_heads_up()->set_room_id(room_id);
    const v1::Reply reply = co_await ask(std::move(request));
    if (quitting_) co_return false;
    if (!reply.heads_up().blocked_person_here()) co_return true;
    notice("Somebody you blocked is in there.");
    const bool wanted = co_await yes("Go in all the same? (yes or no) ");
    co_return wanted;
}

Talk::Task<> Talk::enter(std::string room_id) {
    current_ = room_id;
    RoomView& view = rooms_[room_id];
    view.loading = true;
    const bool direct = view.card.settings().kind() == v1::ROOM_KIND_DIRECT;
    say(direct ? screen_.direct_room(title(room_id), rests(room_id)) : screen_.room_card(view.card, now_ms()));
    v1::Request ask_who;
    ask_who.mutable_get_roster()->set_room_id(room_id);
    const v1::Reply roster = co_await ask(std::move(ask_who));
    // Before anything else is asked: who comes meanwhile is told by the server, and must not be forgotten again.
    const auto entered = rooms_.find(room_id);
    if (roster.has_roster() && entered != rooms_.end()) entered->second.see(roster.roster().people());
    v1::Request ask_words;
    ask_words.mutable_get_history()->set_room_id(room_id);
    ask_words.mutable_get_history()->set_limit(recent);
    const v1::Reply history = co_await ask(std::move(ask_words));
    const auto still = rooms_.find(room_id);
    if (still == rooms_.end()) co_return;
    if (roster.has_roster() && !direct)
        say(screen_.roster(title(room_id), roster.roster().people(), still->second.you.token()));
    if (history.has_history_page()) show_page(room_id, history.history_page());
    still->second.loading = false;
    for (const v1::RoomEvent& event : std::exchange(still->second.held, {})) {
        // What is on the page already was held in vain.
        if (event.has_posted() && !marks_.find(event.posted().message().message_id()).empty()) continue;
        show_step(event);
    }
    co_await look_for_held(room_id, Which::all);
}

void Talk::show_page(const std::string& room_id, const v1::HistoryPage& page) {
    RoomView& view = rooms_[room_id];
    view.earlier = page.earlier();
    view.later = page.later();
    for (const v1::Message& message : page.messages()) show_message(room_id, message);
}

// "words" at the end takes one's own words along.
Talk::Task<> Talk::leave(std::string rest) {
    const bool with_words = take_last_word(rest, "words");
    std::string room_id = current_;
    if (!rest.empty()) room_id = co_await which_room(rest);
    if (room_id.empty()) {
        if (rest.empty()) notice("You are in no room.");
        co_return;
    }
    const auto known = rooms_.find(room_id);
    if (known != rooms_.end() && known->second.card.settings().kind() == v1::ROOM_KIND_DIRECT) {
        notice("This room is there as long as the contact is: /disconnect ends it, /join takes you elsewhere.");
        co_return;
    }
    v1::Request request;
    request.mutable_leave_room()->set_room_id(room_id);
    request.mutable_leave_room()->set_take_words_along(with_words);
    const bool fine = co_await done(std::move(request));
    if (!fine) co_return;
    forget_room(room_id);
    notice(with_words ? "You have left, and your words with you." : "You have left.");
}

Talk::Task<> Talk::who(std::string) {
    const RoomView* room = here();
    if (!room) co_return;
    const std::string room_id = current_;
    v1::Request request;
    request.mutable_get_roster()->set_room_id(room_id);
    const v1::Reply reply = co_await ask(std::move(request));
    const auto still = rooms_.find(room_id);
    if (refused(reply) || still == rooms_.end()) co_return;
    still->second.see(reply.roster().people());
    say(screen_.roster(title(room_id), reply.roster().people(), still->second.you.token()));
}

Talk::Task<> Talk::older(std::string) {
    const RoomView* room = here();
    if (!room) co_return;
    if (room->earlier.empty()) {
        notice("There is nothing earlier to show.");
        co_return;
    }
    v1::GetHistory page;
    page.set_before(room->earlier);
    co_await turn_to(std::move(page));
}

Talk::Task<> Talk::newer(std::string) {
    const RoomView* room = here();
    if (!room) co_return;
    if (room->later.empty()) {
        notice("There is nothing later; new words appear by themselves.");
        co_return;
    }
    v1::GetHistory page;
    page.set_after(room->later);
    co_await turn_to(std::move(page));
}

Talk::Task<> Talk::turn_to(v1::GetHistory page) {
    const std::string room_id = current_;
    page.set_room_id(room_id);
    page.set_limit(recent);
    v1::Request request;
    *request.mutable_get_history() = std::move(page);
    const v1::Reply reply = co_await ask(std::move(request));
    if (!refused(reply) && rooms_.contains(room_id)) show_page(room_id, reply.history_page());
}

}  // namespace kindroom::cli
