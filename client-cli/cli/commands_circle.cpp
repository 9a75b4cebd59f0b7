#include <cstdlib>

#include "cli/nearest.hpp"
#include "cli/talk.hpp"
#include "cli/terminal_text.hpp"

namespace kindroom::cli {

// ---- what is told of a circle ---------------------------------------------------------------------------------------

void Talk::on_circle(const v1::CircleView& circle) {
    const auto room = rooms_.find(circle.room_id());
    if (room == rooms_.end()) return;
    room->second.circle = circle;
    const std::string where = circle.room_id() == current_ ? "" : title(circle.room_id()) + ": ";
    notice(where + screen_.circle(circle, now_ms()));
}

void Talk::on_not_seated(const v1::NotSeated& told) {
    const std::string room_id = told.room_id();
    if (!rooms_.contains(room_id)) return;
    if (told.cause() == v1::NO_SEAT_CAUSE_OWN_BOUNDARY)
        notice(
            "You sat in " + title(room_id) +
            " when you blocked somebody, so you have left that sitting, whoever it was: whoever sits there could have "
            "told by your turns. Nobody is told why. /join when it gathers again.");
    else
        notice("The seats in " + title(room_id) +
               " were drawn, and you have none this time. It is luck, and there will be another circle: /join when it "
               "gathers again.");
    forget_room(room_id);
}

Talk::RoomView* Talk::circle_here() {
    RoomView* room = here();
    if (!room || room->card.settings().kind() == v1::ROOM_KIND_CIRCLE) return room;
    notice("This room is no circle: people speak here as they like. /rooms says which ones are.");
    return nullptr;
}

// ---- everybody ------------------------------------------------------------------------------------------------------

Talk::Task<> Talk::hand(std::string rest) {
    const RoomView* room = circle_here();
    if (!room) co_return;
    const bool gathers = room->circle.phase() == v1::CIRCLE_PHASE_GATHERING;
    v1::Request request;
    if (lower(rest) == "down")
        request.mutable_lower_hand()->set_room_id(current_);
    else if (gathers)
        request.mutable_sign_up()->set_room_id(current_);
    else
        request.mutable_raise_hand()->set_room_id(current_);
    co_await done(std::move(request));
}

Talk::Task<> Talk::pass_turn(std::string) {
    if (!circle_here()) co_return;
    v1::Request request;
    request.mutable_pass_turn()->set_room_id(current_);
    co_await done(std::move(request));
}

Talk::Task<> Talk::floor(std::string) {
    if (!circle_here()) co_return;
    v1::Request request;
    request.mutable_get_circle()->set_room_id(current_);
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return;
    on_circle(reply.circle_shown().circle());
}

Talk::Task<> Talk::share_unsigned(std::string rest) {
    if (rest.empty()) {
        notice("/unsigned and your words: they are shown without a name when this turn is over.");
        co_return;
    }
    v1::PostMessage words;
    words.set_text(rest);
    words.set_voice(v1::VOICE_UNSIGNED);
    if (here()) post_soon(std::move(words));
}

// ---- moderators on duty ---------------------------------------------------------------------------------------------

Talk::Task<> Talk::draw_seats(std::string) {
    if (!circle_here()) co_return;
    v1::Request request;
    request.mutable_draw_seats()->set_room_id(current_);
    co_await done(std::move(request));
}

Talk::Task<> Talk::next_turn(std::string) {
    if (!circle_here()) co_return;
    v1::Request request;
    request.mutable_next_turn()->set_room_id(current_);
    co_await done(std::move(request));
}

Talk::Task<> Talk::extend_turn(std::string) {
    if (!circle_here()) co_return;
    v1::Request request;
    request.mutable_extend_turn()->set_room_id(current_);
    co_await done(std::move(request));
}

Talk::Task<> Talk::reflect(std::string) {
    if (!circle_here()) co_return;
    v1::Request request;
    request.mutable_start_reflections()->set_room_id(current_);
    co_await done(std::move(request));
}

Talk::Task<> Talk::close_circle(std::string) {
    if (!circle_here()) co_return;
    v1::Request request;
    request.mutable_close_circle()->set_room_id(current_);
    co_await done(std::move(request));
}

// Of a new room: whether it is a circle, and how its turns are.
Talk::Task<v1::RoomSettings> Talk::ask_turns(v1::RoomSettings settings) {
    const bool is_circle = co_await yes("A circle, for sharing in turns? (yes or no) ");
    if (!is_circle) co_return settings;
    settings.set_kind(v1::ROOM_KIND_CIRCLE);
    const std::string seats = co_await question("Seats, 4 to 8 [8] ");
    if (!seats.empty()) settings.set_seats(static_cast<std::uint32_t>(std::strtoul(seats.c_str(), nullptr, 10)));
    const std::string minutes = co_await question("Minutes of a turn [4] ");
    if (!minutes.empty())
        settings.set_turn_hard_ms(static_cast<std::uint32_t>(std::strtoul(minutes.c_str(), nullptr, 10) * 60'000));
    co_return settings;
}

}  // namespace kindroom::cli
