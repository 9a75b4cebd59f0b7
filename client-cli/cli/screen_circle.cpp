#include "cli/screen.hpp"
#include "cli/terminal_text.hpp"

namespace kindroom::cli {

namespace {

std::string phase(const v1::CircleView& circle) {
    switch (circle.phase()) {
        case v1::CIRCLE_PHASE_GATHERING:
            return circle.place() == v1::CIRCLE_PLACE_SIGNED_UP
                       ? "The circle gathers, and you have signed up for a seat. /hand down takes it back."
                       : "The circle gathers: everybody may speak. /hand signs you up for a seat.";
        case v1::CIRCLE_PHASE_CHECK_IN:
            return "Check-in: a short turn for each.";
        case v1::CIRCLE_PHASE_TURNS:
            return "Turns: /hand when you would like to speak.";
        case v1::CIRCLE_PHASE_REFLECTIONS:
            return "Reflections: short words to what was heard. /hand when you would like to speak.";
        case v1::CIRCLE_PHASE_CLOSING:
            return "Closing: a last word for each.";
        default:
            return "The circle stands otherwise than this program knows.";
    }
}

std::string place(const v1::CircleView& circle) {
    switch (circle.place()) {
        case v1::CIRCLE_PLACE_WAITING:
            return " Your hand is raised.";
        case v1::CIRCLE_PLACE_NEXT:
            return " Yours is the next turn.";
        default:
            return "";
    }
}

}  // namespace

std::string Screen::circle(const v1::CircleView& circle, std::int64_t now_ms) const {
    std::string out = phase(circle);
    if (circle.phase() != v1::CIRCLE_PHASE_GATHERING) {
        const std::string soft = when(circle.soft_end_ms(), now_ms);
        if (circle.place() == v1::CIRCLE_PLACE_FLOOR)
            out += " It is your turn, until about " + soft + "; at " + when(circle.hard_end_ms(), now_ms) +
                   " the floor goes on. /pass when you are done.";
        else if (circle.has_floor())
            out += " " + person(circle.floor()) + " has the floor, until about " + soft + ".";
        else
            out += " Nobody speaks just now.";
    }
    out += place(circle);
    std::string unheard;
    for (const auto& one : circle.unheard()) unheard += (unheard.empty() ? "" : ", ") + person(one);
    if (!unheard.empty()) out += " Not heard yet: " + unheard + ".";
    return out;
}

}  // namespace kindroom::cli
