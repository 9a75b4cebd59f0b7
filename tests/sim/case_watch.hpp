// Stands at the door as well: what was reported or objected to is never lost and stays as it was, and nobody judges a
// case that is about themselves, or an objection to what they decided or confirmed.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "domain/case_book.hpp"
#include "sim/decision_watch.hpp"

namespace kindroom::sim {

class CaseWatch {
  public:
    CaseWatch(SimWorld& world, const DecisionWatch& decisions) : world_(world), decisions_(decisions) {}

    // Somebody may give back what they have claimed: from when they ask it.
    void gives_back(const std::string& login_id) { gave_back_[login_id] = now(); }

    void sees(const Connection& connection, const v1::Batch& batch);
    // Whether all that was taken is there as it was. At any moment.
    void check_kept();
    // Once nothing moves any more: who decided what, and what became of it. `queue`: what a moderator is shown who has
    // nothing to do with any of it.
    void check_at_rest(const v1::Cases& queue);

    std::size_t reports() const { return reports_; }
    std::size_t appeals() const { return known_.size() - reports_; }
    std::size_t reversals() const;

  private:
    // One report or objection that was confirmed to somebody, and what was kept of it then.
    struct Known {
        AccountId by;
        CaseId case_id;
        domain::ReportContent content;
    };
    struct OnDisk {
        std::map<CaseId, domain::Case> cases;
        std::map<SecretHash, store::ReportRecord> reports;
        std::map<DataKeyId, crypto::DataKey> keys;
    };

    OnDisk read() const;
    std::optional<domain::ReportContent> content_of(const store::ReportRecord& head, const OnDisk& disk) const;
    void sees(const Connection& connection, const v1::Request& request, const v1::Reply& reply);
    void is_kept(const std::string& login_id, SecretHash receipt, const v1::Request& request);
    void check_evidence(const std::string& login_id, const v1::ReportedMessage& asked, const domain::Case& one,
                        const domain::ReportContent& content);
    void is_shown(const std::string& login_id, CaseId id, const OnDisk& disk);
    void has_claimed(const std::string& login_id, CaseId id);
    void has_decided(const std::string& login_id, CaseId id);
    bool is_taken_by_another(const std::string& login_id, const domain::Case& one) const;
    void check_deciders(const OnDisk& disk);
    SecretHash hash_of(const std::string& code) const;
    TimePoint now() const { return world_.ground().clock.now(); }
    void violation(const std::string& what) { world_.witness().violation(what); }

    SimWorld& world_;
    const DecisionWatch& decisions_;
    std::map<SecretHash, Known> known_;
    std::size_t reports_ = 0;
    struct Claim {
        std::string by;
        TimePoint at{};
        TimePoint until{};
    };
    std::map<CaseId, Claim> claims_;
    std::map<std::string, TimePoint> gave_back_;
    // Who has dismissed a case, as far as it was seen on the disk.
    std::map<CaseId, std::set<AccountId>> dismissed_by_;
};

}  // namespace kindroom::sim
