// What the dialogues about circles have in common.
#pragma once

#include <algorithm>
#include <map>
#include <optional>

#include "sim/boundaries.hpp"

namespace kindroom::sim {

// A circle of four seats with a moderator on duty, and people who come.
class Circles : public Boundaries {
  protected:
    // No blanks, so that a test knows who is drawn; turns of two minutes.
    static Limits sure() {
        Limits limits = quick();
        limits.blank_tickets_per_cent = 0;
        return limits;
    }
    void open_circle(Limits limits = sure(), std::uint32_t seats = 4) {
        open(limits);
        v1::Request create = create_room("In turns");
        auto& settings = *create.mutable_create_room()->mutable_settings();
        settings.set_kind(v1::ROOM_KIND_CIRCLE);
        settings.set_seats(seats);
        settings.set_turn_soft_ms(90'000);
        settings.set_turn_hard_ms(120'000);
        room_ = world_->ask(*operator_, create).room_card().room().room_id();
        mira_ = &moderator("Mira");
        EXPECT_TRUE(world_->ask(*mira_, go_on_duty(room_)).has_on_duty());
    }
    // Ana, Ben and Cleo.
    void gather() {
        come_in();
        for (Device* who : {ana_, ben_, cleo_}) EXPECT_EQ(sign_up(*who), nothing);
    }
    // The check-in is over.
    void gather_in_turns() {
        gather();
        EXPECT_EQ(draw(), nothing);
        for (int i = 0; i < 3; ++i) next();
        settle();
    }

    // Ana, who keeps Ben away, and Cleo sit with somebody who turns out to be Ben as well: a moderator says so. Gives that
    // one.
    Device& sits_with_a_second_account_of_ben() {
        open_circle();
        come_in();
        blocks(*ana_, *ben_);
        const Somebody ben = person(*ben_);
        Device& ben_again = member("Benjamin");
        for (Device* who : {ana_, cleo_, &ben_again}) EXPECT_EQ(sign_up(*who), nothing);
        EXPECT_EQ(draw(), nothing);
        settle();
        EXPECT_TRUE(world_->ask(*mira_, link_people(room_, ben.token, person(ben_again).token)).has_done());
        return ben_again;
    }

    static constexpr v1::ErrorCode nothing = v1::ERROR_CODE_UNSPECIFIED;
    v1::ErrorCode refusal(Device& device, const v1::Request& request) {
        return world_->ask(device, request).error().code();
    }
    template <class Set>
    v1::ErrorCode asks(Device& device, Set set) {
        v1::Request request;
        set(request).set_room_id(room_);
        return refusal(device, request);
    }
    v1::ErrorCode sign_up(Device& device) {
        return asks(device, [](auto& request) -> auto& { return *request.mutable_sign_up(); });
    }
    v1::ErrorCode hand(Device& device) {
        return asks(device, [](auto& request) -> auto& { return *request.mutable_raise_hand(); });
    }
    v1::ErrorCode lower(Device& device) {
        return asks(device, [](auto& request) -> auto& { return *request.mutable_lower_hand(); });
    }
    v1::ErrorCode pass_turn(Device& device) {
        return asks(device, [](auto& request) -> auto& { return *request.mutable_pass_turn(); });
    }
    v1::ErrorCode draw() {
        return asks(*mira_, [](auto& request) -> auto& { return *request.mutable_draw_seats(); });
    }
    v1::ErrorCode next() {
        return asks(*mira_, [](auto& request) -> auto& { return *request.mutable_next_turn(); });
    }
    v1::ErrorCode extend() {
        return asks(*mira_, [](auto& request) -> auto& { return *request.mutable_extend_turn(); });
    }
    v1::ErrorCode reflect() {
        return asks(*mira_, [](auto& request) -> auto& { return *request.mutable_start_reflections(); });
    }
    v1::ErrorCode close() {
        return asks(*mira_, [](auto& request) -> auto& { return *request.mutable_close_circle(); });
    }
    v1::ErrorCode speaks(Device& device, const std::string& text) { return say(device, text).error().code(); }
    v1::Reply share(Device& device, const std::string& text) {
        v1::Request request = post(room_, key(), text);
        request.mutable_post_message()->set_voice(v1::VOICE_UNSIGNED);
        return world_->ask(device, request);
    }

    // As the device sees the circle.
    v1::CircleView circle(Device& device) {
        v1::Request request;
        request.mutable_get_circle()->set_room_id(room_);
        return world_->ask(device, request).circle_shown().circle();
    }
    std::string floor(Device& device) { return circle(device).floor().name(); }
    Device& holder() {
        for (Device* who : {ana_, ben_, cleo_})
            if (circle(*who).place() == v1::CIRCLE_PLACE_FLOOR) return *who;
        ADD_FAILURE() << "nobody has the floor";
        return *ana_;
    }
    bool is_out(Device& device) {
        return refusal(device, roster(room_)) == v1::ERROR_CODE_NOT_IN_ROOM;
    }
    // Why the device was told that it has no seat; nothing: it was not told so.
    static std::optional<v1::NoSeatCause> why_no_seat(const Device& device) {
        const auto told = std::find_if(device.heard.begin(), device.heard.end(),
                                       [](const v1::Event& event) { return event.has_not_seated(); });
        if (told == device.heard.end()) return std::nullopt;
        return told->not_seated().cause();
    }
    static bool was_told_of_no_seat(const Device& device) { return why_no_seat(device).has_value(); }

    Device* mira_ = nullptr;
};

}  // namespace kindroom::sim
