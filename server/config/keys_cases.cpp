// The limits of reports, of cases and of what moderators are told about several people who keep one away.
#include "config/key_rows.hpp"

namespace kindroom::config {

void add_case_limits(std::vector<Key>& keys) {
    using L = Limits;
    Rows{keys, "limits"}
        .heading("Reports and cases")
        .count("reports_per_day", limit<&L::reports_per_day>, {1, 10'000}, "Reports by one account in a day.")
        .count("evidence_neighbours_max", limit<&L::evidence_neighbours_max>, {0, 50},
               "Messages around a reported one that are kept with it: those that the reporter could see.")
        .size("evidence_bytes_max", limit<&L::evidence_bytes_max>, {16 * kib, 1 * mib},
              "Texts kept with one report. Beyond: neighbours and the oldest edits are left out.")
        .count("cases_listed_max", limit<&L::cases_listed_max>, {1, 1'000}, "Cases shown in the moderators' queue.")
        .count("claims_max", limit<&L::claims_max>, {1, 1'000}, "Cases that one moderator can have claimed.")
        .duration("claim_kept", limit<&L::claim_kept>, {1, 7 * day},
                  "How long a case stays with the moderator who claimed it. Then it waits for all again.")
        .count("pattern_people_min", limit<&L::pattern_people_min>, {3, 1'000},
               "Unrelated people who block one person, before moderators are told that there are several.")
        .duration("pattern_delay_min", limit<&L::pattern_delay_min>, {1, 30 * day},
                  "Moderators are told of it after a time that is drawn between this and pattern_delay_max.")
        .duration("pattern_delay_max", limit<&L::pattern_delay_max>, {1, 30 * day},
                  "The longest such time. A wide range keeps the moment from saying whose block it was.")
        .duration("pattern_again", limit<&L::pattern_again>, {1, 10 * year},
                  "How long they are not told again about the same person.")
        .duration("appeal_fast_under", limit<&L::appeal_fast_under>, {0, year},
                  "Appeals of sanctions that are shorter than this come first in the queue.")
        .duration("appeal_window", limit<&L::appeal_window>, {day, 10 * year},
                  "How long an outcome can be appealed. Then the evidence of its case is destroyed.");
}

}  // namespace kindroom::config
