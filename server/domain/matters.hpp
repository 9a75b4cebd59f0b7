// All private matters of one account: whom it blocks, mutes and knows, and what the blocks of others mean for it.
// Pure, like Room: decide_...() answers whether something may happen and what it would be; apply() makes it so. What
// belongs to two people is decided here once for each of them; their actors put both into one transaction.
#pragma once

#include <map>
#include <optional>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "domain/command.hpp"
#include "domain/matter.hpp"
#include "domain/own_data.hpp"
#include "domain/reply.hpp"

namespace kindroom::domain {

// What becomes of one matter; nothing: it is forgotten.
struct MatterChange {
    MatterId id;
    std::optional<Matter> matter;
};

// Two people in one room, of whom one offers contact to the other.
struct Encounter {
    struct Stay {
        bool joined = false;
        // When they left, if they have.
        TimePoint left_at{};
    };
    Acquaintance own;
    Stay own_stay;
    Acquaintance other;
    Stay other_stay;
};

class Matters {
  public:
    // `limits` must outlive it.
    Matters(AccountId owner, const Limits& limits) : owner_(owner), limits_(limits) {}

    // For those loaded from the store; then ready() once.
    void restore(MatterId id, Matter matter) { kept_.insert_or_assign(id, std::move(matter)); }
    void ready();
    void apply(const MatterChange& change);

    // How the owner sees everybody, at this time. Anew after each change and whenever next_due() has passed.
    VisibilityPtr visibility(TimePoint now) const;
    // One's own, for oneself (PRODUCT: nobody else can list them).
    Boundaries list(TimePoint now) const;
    const std::map<MatterId, Matter>& all() const { return kept_; }

    // -- mute --
    // The same thing muted again is the same mute, with the new end. `person`: who is meant, if it is somebody. Refuses
    // with too_many.
    Result<MatterChange> decide_mute(const AddMute& command, std::optional<Acquaintance> person, MatterId fresh,
                                     TimePoint now) const;
    // Nothing: it had ended.
    std::optional<MatterChange> decide_unmute(MatterId mute) const;
    // Nothing: it is so already. Refuses with too_many.
    Result<std::optional<MatterChange>> decide_label_choice(const SetLabelChoice& command, MatterId fresh) const;

    // -- block --
    // The block in force of somebody, if there is one. `ends_at` is also that of the block it ends with.
    std::optional<std::pair<MatterId, ChosenBlock>> block_of(AccountId other) const;
    // Never refused for coming often. Nothing if it is in force already; one whose end was asked for stays, if the
    // owner names it and not the house.
    Result<std::optional<MatterChange>> decide_block(const Acquaintance& other, std::optional<AccountId> because_of,
                                                     MatterId fresh, TimePoint now) const;
    // When it takes effect, also if it was asked for before; `now` for one that is over or never was. Refuses with
    // rate_limited.
    struct Unblocking {
        TimePoint takes_effect_at{};
        std::vector<MatterChange> changes;
    };
    Result<Unblocking> decide_unblock(MatterId block, TimePoint now) const;
    // Blocks whose end has come: whom they concern, and when they ended.
    struct Ending {
        MatterId id;
        ChosenBlock block;
    };
    std::vector<Ending> blocks_to_end(TimePoint now) const;
    // Somebody else's block, as it concerns the owner. `reached`: how far each room's words have got to the owner.
    MatterChange met(AccountId by, TimePoint from, std::map<RoomId, Position> reached, MatterId fresh) const;
    // Nothing if that one does not block the owner.
    std::optional<MatterChange> met_ends(AccountId by, TimePoint until) const;
    bool is_blocked_by(AccountId other) const;
    // Who blocks the owner now.
    std::vector<AccountId> blocked_by() const;
    // So many that moderators may have to look at it.
    bool is_kept_away_by_several() const { return blocked_by().size() >= limits_.pattern_people_min; }

    // -- linked accounts --
    std::vector<AccountId> linked() const;
    std::optional<MatterChange> decide_link(AccountId other, MatterId fresh) const;

    // -- stepping away --
    // Refuses with stepped_away (one is away firmly, and this would be less), and with too_many.
    Result<MatterChange> decide_step_away(const StepAway& command, MatterId fresh, TimePoint now) const;
    // Refuses with stepped_away and when it ends. Nothing: not away.
    Result<std::optional<MatterChange>> decide_return(const ReturnFromAway& command, TimePoint now) const;
    std::vector<Away> away(TimePoint now) const;
    // From this room, or from everywhere.
    bool is_away_from(RoomId room, TimePoint now) const;

    // -- contacts (matters_contacts.cpp) --
    // An offer as its maker keeps it; new if it bears the id that was given for that.
    struct Offering {
        MatterId id;
        KeptOffer made;
    };
    struct OfferIds {
        MatterId made;
        MatterId received;
    };
    // The offer, new or open since before, or the contact that there is already. Judged by nothing but what the owner
    // may know, so that it is the same whatever the other one has set (PRODUCT look 11). Refuses with no_shared_room,
    // offered_before (with retry_at) and too_many.
    Result<std::variant<KeptContact, Offering>> decide_offer(const Encounter& encounter, const OfferIds& fresh,
                                                             TimePoint now) const;
    // Somebody's offer, as the owner keeps it: put away from the start if it is never to be shown.
    MatterChange offered(MatterId id, KeptOffer offer, TimePoint now) const;
    // Nothing: it is not open.
    std::optional<MatterChange> decide_decline(MatterId offer, TimePoint now) const;
    // The offer to say yes to, or the contact if that was done before. Refuses with person_unknown one that is not
    // open, and with too_many.
    Result<std::variant<KeptContact, KeptOffer>> decide_accept(MatterId offer, TimePoint now) const;
    // The owner's side of a contact that begins, which is the last of these changes. It is over at once if the owner
    // blocks the other by now.
    std::vector<MatterChange> begin_contact(KeptContact contact, MatterId fresh, TimePoint now) const;
    // Nothing: there never was one in this room, or so long ago that it is forgotten.
    std::optional<MatterChange> decide_disconnect(RoomId contact, TimePoint now) const;
    // Nothing: it is so already.
    std::optional<MatterChange> decide_contacts_open(const SetContactsOpen& command, MatterId fresh) const;
    // What a block between the two ends on the owner's side. `chosen`: the owner's block. `met`: the other's; what the
    // owner was shown before stays.
    std::vector<MatterChange> parted(AccountId other, Dark::Side side, TimePoint now) const;
    // The same for a block that is in force already, if there is one.
    std::vector<MatterChange> parted_by_blocks(AccountId other, TimePoint now) const;

    // Those that have not ended.
    std::vector<KeptContact> contacts() const;
    bool contacts_open() const;
    // Resting only by what the owner has set; what the others have set is theirs to say.
    Contacts list_contacts(TimePoint now) const;
    // Marks the offers in that list as shown.
    std::vector<MatterChange> decide_shown(TimePoint now) const;
    // Marks an offer that has reached one of the owner's devices. Nothing: it is so already, or has gone.
    std::optional<MatterChange> decide_shown(MatterId offer) const;
    // Whether what `other` says in their direct room does not reach the owner now: one answer for every cause (PRODUCT
    // look 10). How long nobody spoke there is the room's to know.
    bool rests_for(AccountId other, RoomId room, TimePoint now) const;

    // -- decisions of moderators about the owner (matters_decisions.cpp) --
    const KeptDecision* decision(DecisionId id) const;
    // As they stand, newest first.
    std::vector<Decision> decisions(TimePoint now) const;
    SanctionsPtr sanctions(TimePoint now) const;
    // It is the last of these changes, with the time until which a second moderator must confirm it, if one must: a
    // ban, and a longer timeout that is not the first one. Older ones give way. Refuses with too_many if so many are in
    // force that none can.
    Result<std::vector<MatterChange>> decide(KeptDecision kept) const;
    // Nothing: there is nothing to confirm any more. Refuses with not_found, and needs_another whoever decided it.
    Result<std::optional<MatterChange>> decide_confirm(DecisionId decision, AccountId by, TimePoint now) const;
    // Nothing: there is none, or it has been reversed before.
    std::optional<MatterChange> decide_reversal(DecisionId decision, std::string why, TimePoint now) const;
    // Those that nobody confirmed in time, as they are to be kept.
    std::vector<MatterChange> lapsed(TimePoint now) const;

    // -- taking one's data along (own_data.cpp) --
    // What the owner has set, keeps and was told, in the order of the ids, from behind this one.
    std::vector<std::pair<MatterId, OwnPiece>> own_after(MatterId after, TimePoint now) const;

    // What has ended by itself and is forgotten: decisions long past, mutes, absences, offers and contacts long past.
    std::vector<MatterChange> ended(TimePoint now) const;
    // When something ends by itself next; `never` for nothing.
    TimePoint next_due() const;

  private:
    template <class M>
    const M* kept(MatterId id) const {
        const auto found = kept_.find(id);
        return found == kept_.end() ? nullptr : std::get_if<M>(&found->second);
    }
    std::size_t count_boundaries() const;
    std::size_t count_muted_words() const;
    // When a block in force ends. One because of another has no end of its own: whenever and however that one is ended
    // or goes on, it does too, even if the accounts were linked in between.
    TimePoint end_of(const ChosenBlock& block) const;
    void renew_edge(AccountId other);
    // Whether this stay ended too long ago for an offer, as the owner sees it.
    bool is_long_past(const Encounter::Stay& stay, TimePoint now) const;
    Encounter::Stay as_seen(AccountId other, Encounter::Stay stay) const;
    std::optional<KeptContact> contact_with(AccountId other) const;
    bool lets_offer(AccountId by, TimePoint now) const;
    bool shows_offer(const Visibility& visibility, const KeptOffer& offer) const;
    TimePoint forgotten_at(const KeptOffer& offer) const;
    TimePoint forgotten_at(const KeptContact& contact) const;
    TimePoint forgotten_at(const KeptDecision& kept) const;
    TimePoint next_due_of(const KeptDecision& kept) const;
    bool needs_confirmation(const Decision& decision) const;
    bool may_have_contacts(TimePoint now) const;

    AccountId owner_;
    const Limits& limits_;
    std::map<MatterId, Matter> kept_;
    std::unordered_map<AccountId, EdgePtr> edges_;
};

// The same offer as the one gets it to whom it is made, before they have judged it.
KeptOffer as_received(const Matters::Offering& offering, const Acquaintance& maker);
// An offer of one's own matters, as one is shown it.
Offer as_shown(MatterId id, const KeptOffer& offer);

}  // namespace kindroom::domain
