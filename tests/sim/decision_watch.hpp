// Stands at the door beside the witness, and holds all that leaves the server against the decisions that are on the
// disk: what PRODUCT promises about due process, written as checks.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "domain/matter.hpp"
#include "sim/world.hpp"

namespace kindroom::sim {

class DecisionWatch {
  public:
    explicit DecisionWatch(SimWorld& world) : world_(world) {}

    // -- what the people do --
    // Their own message: that it goes needs no reasons.
    void takes_back(const std::string& message) { own_retractions_.insert(message); }
    void leaves_a_room(const std::string& login_id) { leavers_.insert(login_id); }
    // Has blocked somebody, and knows that it is in force.
    void has_blocked(const std::string& moderator, AccountId other) { blocks_.emplace(moderator, other); }

    void sees(const Connection& connection, const v1::Batch& batch);

    // Whether one of the two has blocked the other.
    bool is_apart(AccountId one, AccountId other) const;
    // Whether a moderator had been told by then that they confirmed it.
    bool confirmed_before(DecisionId decision, TimePoint then) const;
    // Everything that was decided about an account, as it is on the disk.
    std::vector<domain::KeptDecision> decisions_of(AccountId account) const;
    domain::Sanctions sanctions_of(AccountId account) const;

    // Once nothing moves any more: what became of each decision is on the disk and in the audit log, and whoever is not
    // in a room left it or was removed.
    void check_at_rest(const std::vector<std::string>& login_ids);

  private:
    void sees(const Connection& connection, const v1::Reply& reply);
    void sees_retraction(const Connection& connection, const v1::RoomEvent& step);
    void sees_refusal(const Connection& connection, const v1::Error& error);
    void sees_closed(const Connection& connection, const v1::Request& request, const v1::Error& error);
    bool is_code_of_decision(const std::string& code) const;
    void sees_not_in_room(const Connection& connection, const std::string& room);
    void sees_accepted(const Connection& connection, const v1::PostMessage& post, const v1::MessageAccepted& accepted);
    void check_whereabouts(AccountId account);
    void check_log(const domain::KeptDecision& kept);
    TimePoint now() const { return world_.ground().clock.now(); }
    void violation(const std::string& what) { world_.witness().violation(what); }

    SimWorld& world_;
    // What each connection was told was decided about its owner's messages, and by which decisions; and since when it
    // is signed in.
    struct Told {
        std::set<std::string> messages;
        std::set<std::string> decisions;
        TimePoint since{};
    };
    std::map<const Connection*, Told> told_;
    // When a moderator was answered: from then on it acts.
    std::map<DecisionId, TimePoint> taken_at_;
    std::map<DecisionId, TimePoint> confirmed_at_;
    std::set<std::string> own_retractions_;
    // A moderator let them through: whoever asks about such a post again is told that it waits no more.
    std::set<std::string> released_;
    std::set<std::string> leavers_;
    std::set<std::pair<std::string, AccountId>> blocks_;
    std::map<std::pair<AuditRef, domain::AuditKind>, int> log_;
};

}  // namespace kindroom::sim
