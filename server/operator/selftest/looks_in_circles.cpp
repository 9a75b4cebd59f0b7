// The look for a silent stretch in a circle.
#include "operator/selftest/looks.hpp"

namespace kindroom::operator_ {

namespace {

constexpr int draws = 6;

struct Circle {
    Stage& stage;
    std::string room;

    template <class Set>
    v1::ErrorCode ask(Someone& who, Set set) const {
        v1::Request request;
        set(request).set_room_id(room);
        return who.refusal(std::move(request));
    }
    bool holds(Someone& who) const {
        return ask(who, [](auto& request) -> auto& { return *request.mutable_get_roster(); }) ==
               v1::ERROR_CODE_UNSPECIFIED;
    }
    void sign_up(Someone& who, const char* name) const {
        if (!holds(who)) who.join(room, name);
        ask(who, [](auto& request) -> auto& { return *request.mutable_sign_up(); });
    }
    v1::ErrorCode draw() const {
        return ask(stage.dora, [](auto& request) -> auto& { return *request.mutable_draw_seats(); });
    }
    void close() const {
        ask(stage.dora, [](auto& request) -> auto& { return *request.mutable_close_circle(); });
    }
};

}  // namespace

Verdict look_at_circle(Stage& stage) {
    const Circle circle{stage, stage.keeper.make_room([](v1::RoomSettings& settings) {
                            settings.set_kind(v1::ROOM_KIND_CIRCLE);
                            settings.set_seats(4);
                        })};
    stage.keeper.make_moderator(stage.dora.login_id());
    stage.dora.join(circle.room, "Dora");
    if (circle.ask(stage.dora, [](auto& request) -> auto& { return *request.mutable_go_on_duty(); }) !=
        v1::ERROR_CODE_UNSPECIFIED)
        return tells("nobody could come on duty");
    stage.ana_blocks_ben();
    int with_ben = 0;
    for (int i = 0; i < draws; ++i) {
        circle.sign_up(stage.ana, "Ana");
        circle.sign_up(stage.ben, "Ben");
        circle.sign_up(stage.cleo, "Cleo");
        if (circle.draw() != v1::ERROR_CODE_UNSPECIFIED) continue;
        const bool ben = circle.holds(stage.ben);
        if (ben && circle.holds(stage.ana)) return tells("the two were seated together");
        with_ben += ben ? 1 : 0;
        circle.close();
        circle.close();
    }
    // A blank ticket is rare: not once in six draws is not luck.
    if (with_ben == 0) return tells("a boundary took his seat from Ben");
    return nothing_tells("never in one sitting, and the seat was Ben's; some tickets are blanks");
}

}  // namespace kindroom::operator_
