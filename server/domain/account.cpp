#include "domain/account.hpp"

#include <algorithm>

namespace kindroom::domain {

TimePoint to_the_hour(TimePoint time) { return std::chrono::floor<std::chrono::hours>(time); }

Account::Account(Facts facts, std::vector<Session> sessions, const Limits& limits)
    : facts_(std::move(facts)), sessions_(std::move(sessions)), limits_(limits) {}

const Session* Account::session(SessionId id) const {
    const auto found = std::find_if(sessions_.begin(), sessions_.end(), [&](const Session& s) { return s.id == id; });
    return found == sessions_.end() ? nullptr : &*found;
}

TimePoint Account::expiry(const Session& session) const {
    const Duration age =
        facts_.standing.may_moderate_the_house() ? limits_.staff_session_age_max : limits_.session_age_max;
    // last_used_at is rounded down to the hour; the device is given that hour.
    return std::min(session.created_at + age, session.last_used_at + limits_.session_idle_max + std::chrono::hours{1});
}

std::vector<SessionId> Account::expired_sessions(TimePoint now) const {
    std::vector<SessionId> expired;
    for (const Session& session : sessions_)
        if (expiry(session) <= now) expired.push_back(session.id);
    return expired;
}

TimePoint Account::next_expiry() const {
    TimePoint earliest = never;
    for (const Session& session : sessions_) earliest = std::min(earliest, expiry(session));
    return earliest;
}

SessionStarted Account::decide_sign_in(Session session, TimePoint now) const {
    session.created_at = now;
    session.last_used_at = to_the_hour(now);
    SessionStarted started{.session = std::move(session), .ended = {}};
    std::vector<const Session*> by_use;
    for (const Session& existing : sessions_) by_use.push_back(&existing);
    std::stable_sort(by_use.begin(), by_use.end(), [](const Session* a, const Session* b) {
        return std::pair(a->last_used_at, a->created_at) < std::pair(b->last_used_at, b->created_at);
    });
    for (std::size_t i = 0; by_use.size() - i >= limits_.sessions_per_account_max && i < by_use.size(); ++i)
        started.ended.push_back(by_use[i]->id);
    return started;
}

Result<Session> Account::decide_resume(SecretHash token, TimePoint now) const {
    const auto found =
        std::find_if(sessions_.begin(), sessions_.end(), [&](const Session& s) { return s.token == token; });
    if (found == sessions_.end() || expiry(*found) <= now) return refuse(Errc::sign_in_failed);
    return *found;
}

std::vector<SessionCard> Account::session_cards(SessionId current, TimePoint now) const {
    std::vector<SessionCard> cards;
    for (const Session& session : sessions_)
        if (expiry(session) > now)
            cards.push_back({.session = session.id,
                             .device_label = session.device_label,
                             .created_at = session.created_at,
                             .last_used_at = session.last_used_at,
                             .current = session.id == current});
    return cards;
}

void Account::start(const SessionStarted& started) {
    for (const SessionId ended : started.ended) end(ended);
    sessions_.push_back(started.session);
}

void Account::touch(SessionId id, TimePoint now) {
    for (Session& session : sessions_)
        if (session.id == id) session.last_used_at = to_the_hour(now);
}

void Account::end(SessionId id) {
    std::erase_if(sessions_, [&](const Session& session) { return session.id == id; });
}

}  // namespace kindroom::domain
