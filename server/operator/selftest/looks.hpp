// The ways in which a blocked person would look for the block (PRODUCT, "How a blocked person would look"), each tried
// with real people over real connections.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "operator/selftest/scene.hpp"

namespace kindroom::operator_ {

// The stage of one look: a fresh room with four people. Ana blocks Ben; Cleo is whoever Ben compares himself with,
// since nobody blocked her; Dora talks with all of them.
struct Stage {
    Stage(const ScratchHouse& at, Keeper& by);
    void ana_blocks_ben() { ana.block({ben.in(room)}); }

    const ScratchHouse& house;
    Keeper& keeper;
    std::string room;
    Someone ana, ben, cleo, dora;
};

struct Verdict {
    // Nothing: the look shows nothing. Otherwise what told.
    std::optional<std::string> tell;
    // What was seen, for people.
    std::string figure;
};

struct Look {
    int number;
    const char* what;
    Verdict (*tried)(Stage& stage);
};

// In the order of their numbers. One is not here: latency (15) is compared by comparing.hpp.
std::span<const Look> looks();

// -- for the files that hold the looks --
inline Verdict nothing_tells(std::string figure) { return {.tell = std::nullopt, .figure = std::move(figure)}; }
inline Verdict tells(std::string what) { return {.tell = std::move(what), .figure = {}}; }

Verdict look_at_ids(Stage& stage);
Verdict look_at_pages(Stage& stage);
Verdict look_at_roster(Stage& stage);
Verdict look_at_leave_lines(Stage& stage);
Verdict look_at_full_room(Stage& stage);
Verdict look_at_replies(Stage& stage);
Verdict look_at_mentions(Stage& stage);
Verdict look_at_edits(Stage& stage);
Verdict look_at_resume(Stage& stage);
Verdict look_at_second_device(Stage& stage);
Verdict look_at_moment(Stage& stage);
Verdict look_at_unblock(Stage& stage);
Verdict look_at_what_one_may(Stage& stage);
Verdict look_at_own_pace(Stage& stage);

Verdict look_at_circle(Stage& stage);

Verdict look_for_fields(Stage& stage);
Verdict look_at_direct(Stage& stage);
Verdict look_at_offers(Stage& stage);
Verdict look_at_old_token(Stage& stage);
Verdict look_at_names(Stage& stage);
Verdict look_at_charges(Stage& stage);
Verdict look_at_invites(Stage& stage);
Verdict look_at_own_list(Stage& stage);
Verdict look_at_receipt(Stage& stage);
Verdict look_at_second_account(Stage& stage);
Verdict look_at_logs(Stage& stage);

}  // namespace kindroom::operator_
