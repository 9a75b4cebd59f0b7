// One account: its standing, its consent, its sessions. Pure, like Room: decide(...) judges, apply(...) makes it so.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/ids.hpp"
#include "base/limits.hpp"
#include "domain/people.hpp"
#include "domain/reply.hpp"

namespace kindroom::domain {

// One sign-in of one device.
struct Session {
    SessionId id;
    SecretHash token;
    std::string device_label;
    TimePoint created_at{};
    // Kept to the hour: it shows which device is forgotten, not who was up at night.
    TimePoint last_used_at{};
};

struct SessionStarted {
    Session session;
    // Those that give way, because a person has at most sessions_per_account_max.
    std::vector<SessionId> ended;
};

class Account {
  public:
    struct Facts {
        AccountId id;
        std::string login_id;
        Standing standing;
        std::uint32_t rules_consented = 0;
        TimePoint created_at{};
    };

    // `limits` must outlive the account.
    Account(Facts facts, std::vector<Session> sessions, const Limits& limits);

    const Facts& facts() const { return facts_; }
    bool is_newcomer(TimePoint now) const { return now - facts_.created_at < limits_.newcomer_for; }

    const std::vector<Session>& sessions() const { return sessions_; }
    const Session* session(SessionId id) const;
    // Sessions that are too old, or unused for too long; sooner for those who look after the house.
    std::vector<SessionId> expired_sessions(TimePoint now) const;
    // When the next session expires if none is used meanwhile; `never` for none.
    TimePoint next_expiry() const;

    // Never refused: somebody who is banned can still appeal and take what is theirs (PRODUCT X6).
    SessionStarted decide_sign_in(Session session, TimePoint now) const;
    // The session that a device's token belongs to. Refuses with sign_in_failed (unknown, ended or expired: one
    // answer).
    Result<Session> decide_resume(SecretHash token, TimePoint now) const;
    std::vector<SessionCard> session_cards(SessionId current, TimePoint now) const;

    void start(const SessionStarted& started);
    void touch(SessionId session, TimePoint now);
    void end(SessionId session);
    void consent(std::uint32_t version) { facts_.rules_consented = version; }
    void set_standing(Standing standing) { facts_.standing = std::move(standing); }

  private:
    TimePoint expiry(const Session& session) const;

    Facts facts_;
    std::vector<Session> sessions_;
    const Limits& limits_;
};

// The hour in which a moment lies.
TimePoint to_the_hour(TimePoint time);

}  // namespace kindroom::domain
