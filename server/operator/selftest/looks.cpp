#include "operator/selftest/looks.hpp"

#include <array>

namespace kindroom::operator_ {

Stage::Stage(const ScratchHouse& at, Keeper& by)
    : house(at), keeper(by), room(by.make_room()), ana(at), ben(at), cleo(at), dora(at) {
    ana.join(room, "Ana");
    ben.join(room, "Ben");
    cleo.join(room, "Cleo");
    dora.join(room, "Dora");
}

namespace {

constexpr std::array all{
    Look{1, "gaps in numbers, ids that sort", look_at_ids},
    Look{2, "short pages, a wrong end", look_at_pages},
    Look{3, "roster and counts", look_at_roster},
    Look{4, "a timed disappearance, leave lines", look_at_leave_lines},
    Look{5, "full with a free place", look_at_full_room},
    Look{6, "a third person's reply", look_at_replies},
    Look{7, "mentions", look_at_mentions},
    Look{8, "edits, retractions, heard", look_at_edits},
    Look{9, "typing, presence, last seen", look_for_fields},
    Look{10, "what a direct message is answered", look_at_direct},
    Look{11, "what becomes of an offer", look_at_offers},
    Look{12, "an old token in any call", look_at_old_token},
    Look{13, "a name that is taken", look_at_names},
    Look{14, "what is charged", look_at_charges},
    Look{16, "an invite of theirs", look_at_invites},
    Look{17, "a silent stretch in a circle", look_at_circle},
    Look{18, "unread badges", look_for_fields},
    Look{19, "search", look_for_fields},
    Look{20, "one's own lists", look_at_own_list},
    Look{21, "a report's receipt", look_at_receipt},
    Look{22, "resuming that differs from live", look_at_resume},
    Look{23, "a second device", look_at_second_device},
    Look{24, "a second account", look_at_second_account},
    Look{25, "logs", look_at_logs},
    Look{26, "an error or a cut at that moment", look_at_moment},
    Look{27, "lines of the house that name people", look_for_fields},
    Look{28, "the flicker of an unblock", look_at_unblock},
    Look{29, "being cut off from the others", look_at_what_one_may},
    Look{30, "limits driven by what is hidden", look_at_own_pace},
    Look{31, "retention by number", look_for_fields},
    Look{32, "when a room was last active", look_for_fields},
};

}  // namespace

std::span<const Look> looks() { return all; }

}  // namespace kindroom::operator_
