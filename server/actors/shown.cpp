#include "actors/shown.hpp"

namespace kindroom::actors {

using namespace domain;

void cut_to_shown(TrueRoster& roster, RoomId room, const Visibility& visibility) {
    std::erase_if(roster.people, [&](const RosterEntry& entry) {
        return !visibility.shows(
            {.kind = Sighting::Kind::presence, .author = entry.account, .room = room, .at = roster.at}, Horizon{});
    });
}

namespace {

// By the time an answer is written the horizon has been judged; it does not move.
View view_of(const Visibility& visibility, RoomId room) { return {visibility, room, Horizon{}}; }

struct Cut {
    const Visibility& visibility;

    template <class Other>
    bool operator()(Other&) const {
        return true;
    }
    bool operator()(RoomJoined& joined) const {
        cut_to_shown(joined.roster, joined.card.room, visibility);
        return true;
    }
    bool operator()(Roster& roster) const {
        cut_to_shown(roster.roster, roster.room, visibility);
        return true;
    }
    bool operator()(RoomResumed& resumed) const {
        cut_to_shown(resumed.roster, resumed.card.room, visibility);
        const View view = view_of(visibility, resumed.card.room);
        std::erase_if(resumed.steps, [&](const RoomStep& step) { return !view.shows(step); });
        for (RoomStep& step : resumed.steps) step = view.seen(std::move(step));
        return true;
    }
    bool operator()(HistoryPage& page) const {
        const View view = view_of(visibility, page.room);
        for (Message& message : page.messages) {
            if (!view.shows(message)) return false;
            message = view.seen(std::move(message));
        }
        return true;
    }
    bool operator()(MessageRevealed& revealed) const {
        const View view = view_of(visibility, revealed.room);
        if (!view.shows(revealed.message)) return false;
        revealed.message = view.seen(std::move(revealed.message));
        revealed.message.withheld = false;
        return true;
    }
};

struct ShowsPeople {
    template <class Other>
    bool operator()(const Other&) const {
        return false;
    }
    bool operator()(const RoomJoined&) const { return true; }
    bool operator()(const RoomResumed&) const { return true; }
    bool operator()(const Roster&) const { return true; }
    bool operator()(const HistoryPage&) const { return true; }
    bool operator()(const MessageRevealed&) const { return true; }
    bool operator()(const Contacts&) const { return true; }
};

}  // namespace

bool cut_to_shown(Reply& reply, const Visibility& visibility) { return std::visit(Cut{visibility}, reply); }

bool shows_people(const Reply& reply) { return std::visit(ShowsPeople{}, reply); }

}  // namespace kindroom::actors
