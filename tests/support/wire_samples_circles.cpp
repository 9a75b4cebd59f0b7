#include "support/wire_samples_circles.hpp"

namespace kindroom::samples {
namespace {

constexpr auto soft_end = some_time + Duration{180'000};
constexpr auto hard_end = some_time + Duration{240'000};

v1::Request& next(std::vector<CommandSample>& all, const char* name) {
    auto& sample = all.emplace_back(CommandSample{name, {}});
    sample.request.set_id(static_cast<std::uint32_t>(all.size()));
    return sample.request;
}

domain::Message unsigned_message() {
    auto message = posted_message();
    message.author = {.token = {}, .name = {}, .sign = {}, .voice = domain::Voice::unsigned_share};
    return message;
}

// Whole, with accounts that are never encoded.
domain::TrueCircle true_circle() {
    return {.room = room,
            .phase = domain::CirclePhase::turns,
            .signed_up = {id_of<AccountId>(private_byte)},
            .floor = domain::CirclePerson{id_of<AccountId>(private_byte), person()},
            .soft_end = soft_end,
            .hard_end = hard_end,
            .queue = {id_of<AccountId>(private_byte)},
            .unheard = {{id_of<AccountId>(private_byte), person()}},
            .at = some_time};
}

}  // namespace

domain::CircleView circle_view() {
    return {.room = room,
            .phase = domain::CirclePhase::turns,
            .place = domain::CirclePlace::next,
            .floor = person(),
            .soft_end = soft_end,
            .hard_end = hard_end,
            .unheard = {person()}};
}

void add_circle_commands(std::vector<CommandSample>& all) {
    next(all, "sign_up").mutable_sign_up()->set_room_id(bytes_of(0x11));
    next(all, "raise_hand").mutable_raise_hand()->set_room_id(bytes_of(0x11));
    next(all, "lower_hand").mutable_lower_hand()->set_room_id(bytes_of(0x11));
    next(all, "pass_turn").mutable_pass_turn()->set_room_id(bytes_of(0x11));
    next(all, "get_circle").mutable_get_circle()->set_room_id(bytes_of(0x11));
    next(all, "draw_seats").mutable_draw_seats()->set_room_id(bytes_of(0x11));
    next(all, "next_turn").mutable_next_turn()->set_room_id(bytes_of(0x11));
    next(all, "extend_turn").mutable_extend_turn()->set_room_id(bytes_of(0x11));
    next(all, "start_reflections").mutable_start_reflections()->set_room_id(bytes_of(0x11));
    next(all, "close_circle").mutable_close_circle()->set_room_id(bytes_of(0x11));
    auto& create = *next(all, "create_room_of_circle").mutable_create_room()->mutable_settings();
    create.set_topic("In turns");
    create.set_kind(v1::ROOM_KIND_CIRCLE);
    create.set_seats(6);
    create.set_turn_soft_ms(180'000);
    create.set_turn_hard_ms(240'000);
    auto& share = *next(all, "post_message_unsigned").mutable_post_message();
    share.set_room_id(bytes_of(0x11));
    share.set_client_key(bytes_of(0x44));
    share.set_text("What I could not say");
    share.set_voice(v1::VOICE_UNSIGNED);
}

void add_circle_replies(std::vector<ReplySample>& all) {
    auto circle = card();
    circle.settings.kind = domain::RoomKind::circle;
    circle.settings.turn_soft = Duration{180'000};
    circle.settings.turn_hard = Duration{240'000};
    all.push_back({"room_card_of_circle", std::move(circle)});
    all.push_back({"circle_shown", domain::CircleShown{.circle = true_circle(), .view = circle_view()}});
}

void add_circle_events(std::vector<EventSample>& all) {
    all.push_back({"message_posted_unsigned", step(domain::MessagePosted{unsigned_message()})});
    all.push_back({"circle_changed", domain::CircleChanged{circle_view()}});
    all.push_back({"not_seated", domain::NotSeated{room}});
}

}  // namespace kindroom::samples
