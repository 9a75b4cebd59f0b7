#include "actors/shown.hpp"

#include <algorithm>

namespace kindroom::actors {

using namespace domain;

void cut_to_shown(TrueRoster& roster, RoomId room, const Visibility& visibility) {
    std::erase_if(roster.people, [&](const RosterEntry& entry) {
        return !visibility.shows(
            {.kind = Sighting::Kind::presence, .author = entry.account, .room = room, .at = roster.at}, Horizon{});
    });
    for (RosterEntry& entry : roster.people) entry.person.is_kept_away = visibility.lifts(entry.account, room);
}

namespace {

// By the time an answer is written the horizon has been judged; it does not move.
View view_of(const Visibility& visibility, RoomId room) { return {visibility, room, Horizon{}}; }

// False: what was asked for is not to be shown any more, or not all of it.
struct Cut {
    const Eyes& eyes;

    template <class Other>
    bool operator()(Other&) const {
        return true;
    }
    bool operator()(RoomJoined& joined) const {
        cut_to_shown(joined.roster, joined.card.room, eyes(joined.card.room));
        return true;
    }
    bool operator()(Roster& roster) const {
        cut_to_shown(roster.roster, roster.room, eyes(roster.room));
        return true;
    }
    bool operator()(RoomResumed& resumed) const {
        cut_to_shown(resumed.roster, resumed.card.room, eyes(resumed.card.room));
        const View view = view_of(eyes(resumed.card.room), resumed.card.room);
        const std::size_t bytes = text_bytes(resumed.steps);
        const bool has_lost = std::erase_if(resumed.steps, [&](const RoomStep& step) { return !view.shows(step); }) > 0;
        for (RoomStep& step : resumed.steps) step = view.seen(std::move(step));
        return !resumed.asked || (!has_lost && text_bytes(resumed.steps) == bytes);
    }
    bool operator()(HistoryPage& page) const {
        const View view = view_of(eyes(page.room), page.room);
        const std::size_t bytes = text_bytes(page.messages);
        const bool has_lost = std::erase_if(page.messages, [&](const Message& one) { return !view.shows(one); }) > 0;
        for (Message& message : page.messages) message = view.seen(std::move(message));
        return !has_lost && text_bytes(page.messages) == bytes;
    }
    bool operator()(HeldForReview& waiting) const {
        std::erase_if(waiting.held, [&](const HeldCard& held) {
            return !eyes(waiting.room).shows_on_duty(said_now(held.author, waiting.room, held.accepted_at));
        });
        return true;
    }
    bool operator()(Knocks& knocks) const {
        std::erase_if(knocks.people, [&](const Knocker& who) {
            return !eyes(knocks.room).shows_on_duty(sighting_of_knock(who.account, knocks.room, who.at));
        });
        return true;
    }
    // What was reported, and what those said whom the case is about, is shown to whoever looks at it: a boundary is no
    // way to be judged by nobody. What others said around it is there for them as it would be in the room (PRODUCT X3).
    bool operator()(CaseOpened& opened) const {
        const auto is_about = [&](const FrozenMessage& one) {
            return std::ranges::any_of(opened.card.about,
                                       [&](const Person& who) { return who.token == one.author.token; });
        };
        const RoomId room = opened.card.room;
        const Visibility on_duty = eyes(room).on_duty();
        std::erase_if(opened.report.evidence, [&](const FrozenMessage& one) {
            return !one.is_reported && !is_about(one) &&
                   !on_duty.shows({.author = one.account,
                                   .voice = one.author.voice,
                                   .room = room,
                                   .position = one.position,
                                   .at = one.at,
                                   .about = one.about,
                                   .about_at = one.posted_at},
                                  Horizon{});
        });
        return true;
    }
    bool operator()(CircleShown& shown) const {
        shown.view = domain::view_of(shown.circle, eyes(shown.circle.room), shown.eye);
        return true;
    }
    bool operator()(MessageRevealed& revealed) const {
        const View view = view_of(eyes(revealed.room), revealed.room);
        if (!view.shows(revealed.message)) return false;
        revealed.message = view.seen(std::move(revealed.message));
        revealed.message.withheld = false;
        return true;
    }
    template <class One>
    bool shows(const One& one) const {
        return eyes(one.room).shows({.kind = Sighting::Kind::contact, .author = one.other, .room = one.room},
                                    Horizon{});
    }
    bool operator()(Contacts& list) const {
        const auto is_hidden = [&](const auto& one) { return !shows(one); };
        std::erase_if(list.contacts, is_hidden);
        std::erase_if(list.received, is_hidden);
        std::erase_if(list.made, is_hidden);
        return true;
    }
    bool operator()(MyData& data) const {
        std::erase_if(data.pieces, [&](const OwnPiece& piece) {
            const auto* contact = std::get_if<OwnContact>(&piece);
            const auto* offer = std::get_if<OwnOffer>(&piece);
            return (contact && !shows(*contact)) || (offer && !shows(offer->offer));
        });
        return true;
    }
    bool operator()(ContactMade& made) const { return shows(made.contact); }
    bool operator()(OfferMade& made) const { return shows(made.offer); }
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
    bool operator()(const HeldForReview&) const { return true; }
    bool operator()(const Knocks&) const { return true; }
    bool operator()(const Contacts&) const { return true; }
    bool operator()(const CircleShown&) const { return true; }
    bool operator()(const CaseOpened&) const { return true; }
    bool operator()(const MyData&) const { return true; }
};

}  // namespace

std::optional<Command> cut_to_shown(Reply& reply, const Eyes& eyes) {
    if (std::visit(Cut{eyes}, reply)) return std::nullopt;
    if (const auto* page = std::get_if<HistoryPage>(&reply)) return page->asked;
    if (const auto* resumed = std::get_if<RoomResumed>(&reply)) return *resumed->asked;
    reply = Refused{
        .error = refuse(std::holds_alternative<MessageRevealed>(reply) ? Errc::message_gone : Errc::person_unknown)};
    return std::nullopt;
}

Sighting sighting_of_knock(AccountId by, RoomId room, TimePoint at) {
    return {.kind = Sighting::Kind::presence, .author = by, .room = room, .at = at};
}

bool shows_people(const Reply& reply) { return std::visit(ShowsPeople{}, reply); }

}  // namespace kindroom::actors
