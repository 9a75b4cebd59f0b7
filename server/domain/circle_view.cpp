#include "domain/circle_view.hpp"

#include <algorithm>

#include "domain/visibility.hpp"

namespace kindroom::domain {

bool TrueCircle::says_the_same_as(const TrueCircle& other) const {
    return room == other.room && phase == other.phase && signed_up == other.signed_up && floor == other.floor &&
           soft_end == other.soft_end && hard_end == other.hard_end && queue == other.queue && unheard == other.unheard;
}

namespace {

struct Onlooker {
    const TrueCircle& circle;
    const Visibility& visibility;

    bool sees(AccountId account) const {
        return visibility.shows(
            {.kind = Sighting::Kind::presence, .author = account, .room = circle.room, .at = circle.at}, Horizon{});
    }
    CirclePlace place() const {
        const AccountId me = visibility.viewer();
        if (circle.floor && circle.floor->account == me) return CirclePlace::floor;
        if (circle.signed_up.contains(me)) return CirclePlace::signed_up;
        const auto mine = std::find(circle.queue.begin(), circle.queue.end(), me);
        if (mine == circle.queue.end()) return CirclePlace::listening;
        const bool is_next = std::none_of(circle.queue.begin(), mine, [&](AccountId other) { return sees(other); });
        return is_next ? CirclePlace::next : CirclePlace::waiting;
    }
};

}  // namespace

CircleView view_of(const TrueCircle& circle, const Visibility& visibility, CircleEye eye) {
    const Onlooker onlooker{circle, visibility};
    CircleView view{.room = circle.room, .phase = circle.phase, .place = onlooker.place()};
    if (circle.floor && onlooker.sees(circle.floor->account)) {
        view.floor = circle.floor->person;
        view.soft_end = circle.soft_end;
        view.hard_end = circle.hard_end;
    }
    if (eye == CircleEye::on_duty)
        for (const CirclePerson& one : circle.unheard)
            if (onlooker.sees(one.account)) view.unheard.push_back(one.person);
    return view;
}

}  // namespace kindroom::domain
