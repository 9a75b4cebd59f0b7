// What a house tells everybody about its moderation, counted from the audit log alone.
#pragma once

#include <span>
#include <vector>

#include "domain/audit.hpp"
#include "domain/suppression.hpp"

namespace kindroom::domain {

struct Period {
    TimePoint from{};
    // No longer in it.
    TimePoint until{};
};

// Columns of TransparencyReport::decisions.
enum class Ground : std::uint8_t {
    own,             // what a moderator saw
    report,          // what somebody reported
    rule,            // a rule of the house's, and a moderator who agreed
    automated_rule,  // a rule of the house's by itself
};
inline constexpr std::size_t grounds = 4;

struct TransparencyReport {
    // What the rows of `decisions` are: each act that was decided, in their order.
    std::vector<DecisionAction> acts;
    ShownTable decisions;
    // Confirmed by a second moderator, or lapsed.
    ShownList confirmations;
    Cell reports;
    // Acted upon, or dismissed.
    ShownList cases;
    // Upheld, changed, or reversed.
    ShownList appeals;
    // From its opening to the decision, for those decided in the period, whole hours rounded up; nothing for fewer than
    // five.
    std::optional<std::chrono::hours> case_takes;
    std::optional<std::chrono::hours> appeal_takes;
};

// `entries`: in the order of the log, from before the period on, since a case may have been opened then.
TransparencyReport make_transparency_report(std::span<const AuditEntry> entries, Period period);

}  // namespace kindroom::domain
