#include "domain/decision.hpp"

namespace kindroom::domain {

ActKind kind_of(DecisionAction action) {
    using Span = ActKind::Span;
    using Scope = ActKind::Scope;
    switch (action) {
        case DecisionAction::warn:
            return {Span::moment, Scope::room};
        case DecisionAction::retract:
            return {Span::moment, Scope::room};
        case DecisionAction::remove:
            return {Span::moment, Scope::room};
        case DecisionAction::listen_only:
            return {Span::timeout, Scope::either};
        case DecisionAction::out_of_room:
        case DecisionAction::hold:
            return {Span::timeout, Scope::room};
        case DecisionAction::no_contacts:
            return {Span::timeout, Scope::house};
        case DecisionAction::room_ban:
            return {Span::ban, Scope::room};
        case DecisionAction::server_ban:
            return {Span::ban, Scope::house};
        case DecisionAction::network_ban:
            return {Span::ban, Scope::house};
    }
    return {};
}

DecisionState state_of(const Decision& decision, TimePoint now) {
    if (decision.state != DecisionState::stands) return decision.state;
    // Nobody can confirm what has ended: which of the two came first is what it is.
    if (decision.confirm_by <= now && decision.confirm_by < decision.ends_at) return DecisionState::lapsed;
    return decision.ends_at <= now ? DecisionState::ended : DecisionState::stands;
}

Decision as_it_stands(Decision decision, TimePoint now) {
    const DecisionState state = state_of(decision, now);
    if (state == DecisionState::lapsed && decision.state != state) decision.settled_at = decision.confirm_by;
    decision.state = state;
    return decision;
}

bool is_in_force(const Decision& decision, TimePoint now) {
    return kind_of(decision.action).span != ActKind::Span::moment && state_of(decision, now) == DecisionState::stands;
}

Decision for_moderators(Decision decision) {
    decision.appeal_code.clear();
    return decision;
}

Error refuse_because_of(const Decision& decision, Errc code) {
    return decision.ends_at == never ? refuse(code) : refuse_until(code, decision.ends_at);
}

// ---- what follows ---------------------------------------------------------------------------------------------------

template <class Fits>
const Decision* Sanctions::last_of(TimePoint now, Fits fits) const {
    const Decision* last = nullptr;
    for (const Decision& decision : decisions_)
        if (is_in_force(decision, now) && fits(decision) && (!last || decision.ends_at > last->ends_at))
            last = &decision;
    return last;
}

const Decision* Sanctions::ban(TimePoint now) const {
    return last_of(now, [](const Decision& decision) {
        return decision.action == DecisionAction::server_ban || decision.action == DecisionAction::network_ban;
    });
}

const Decision* Sanctions::out_of(RoomId room, TimePoint now) const {
    return last_of(now, [&](const Decision& decision) {
        return decision.room == room &&
               (decision.action == DecisionAction::out_of_room || decision.action == DecisionAction::room_ban);
    });
}

const Decision* Sanctions::listen_only_in(RoomId room, TimePoint now) const {
    return last_of(now, [&](const Decision& decision) {
        return decision.action == DecisionAction::listen_only && (!decision.room || decision.room == room);
    });
}

const Decision* Sanctions::no_contacts(TimePoint now) const {
    return last_of(now, [](const Decision& decision) { return decision.action == DecisionAction::no_contacts; });
}

const Decision* Sanctions::held_in(RoomId room, TimePoint now) const {
    return last_of(now, [&](const Decision& decision) {
        return decision.action == DecisionAction::hold && decision.room == room;
    });
}

const Decision* Sanctions::behind(Errc refusal, std::optional<RoomId> room, TimePoint now) const {
    if (refusal == Errc::banned) return ban(now);
    if (refusal == Errc::no_contacts) return no_contacts(now);
    if (room && refusal == Errc::out_of_room) return out_of(*room, now);
    if (room && refusal == Errc::listen_only) return listen_only_in(*room, now);
    if (room && refusal == Errc::would_be_held) return held_in(*room, now);
    return nullptr;
}

}  // namespace kindroom::domain
