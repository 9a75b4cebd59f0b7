// Contacts: an offer, yes or no to it, the contact that follows, and what makes it rest. Each function decides for one
// of the two people alone; what the one who offers is answered never depends on what the other has set.
#include <algorithm>
#include <utility>

#include "domain/matters.hpp"

namespace kindroom::domain {

namespace {

bool is_open(const KeptOffer& offer, TimePoint now) {
    return offer.state == KeptOffer::State::open && now < offer.fades_at;
}

}  // namespace

Offer as_shown(MatterId id, const KeptOffer& offer) {
    return {.id = id,
            .person = offer.other.person,
            .room = offer.other.room,
            .fades_at = offer.fades_at,
            .other = offer.other.account};
}

KeptOffer as_received(const Matters::Offering& offering, const Acquaintance& maker) {
    KeptOffer received = offering.made;
    received.way = KeptOffer::Way::received;
    received.other = maker;
    received.own_name = offering.made.other.person.name;
    received.counterpart = offering.id;
    return received;
}

// ---- making an offer ------------------------------------------------------------------------------------------------

Encounter::Stay Matters::as_seen(AccountId other, Encounter::Stay stay) const {
    // Whoever has blocked the owner looks as if they had left then, for offers too (PRODUCT X3, look 12).
    each<MetBlock>(kept_, [&](auto, const MetBlock& block) {
        if (block.other != other || !block.dark.is_in_force()) return;
        stay = {.joined = false, .left_at = stay.joined ? block.dark.from : std::min(stay.left_at, block.dark.from)};
    });
    return stay;
}

bool Matters::is_long_past(const Encounter::Stay& stay, TimePoint now) const {
    return !stay.joined && now - stay.left_at > limits_.offer_shared_room;
}

std::optional<KeptContact> Matters::contact_with(AccountId other) const {
    std::optional<KeptContact> found;
    each<KeptContact>(kept_, [&](auto, const KeptContact& kept) {
        if (kept.other == other && kept.ended_at == never) found = kept;
    });
    return found;
}

Result<std::variant<KeptContact, Matters::Offering>> Matters::decide_offer(const Encounter& encounter,
                                                                           const OfferIds& fresh, TimePoint now) const {
    using Answer = std::variant<KeptContact, Offering>;
    const AccountId other = encounter.other.account;
    if (auto contact = contact_with(other)) return Answer(std::move(*contact));
    // They are not there for whoever keeps them away. An offer that stood would end once the other one blocks too, and
    // the next answer would tell.
    if (block_of(other)) return refuse(Errc::person_unknown);
    std::optional<Offering> open;
    std::optional<TimePoint> again_at;
    std::size_t all_open = 0;
    each<KeptOffer>(kept_, [&](MatterId id, const KeptOffer& offer) {
        if (offer.way != KeptOffer::Way::made) return;
        all_open += is_open(offer, now);
        if (offer.other.account != other) return;
        if (is_open(offer, now))
            open = Offering{id, offer};
        else if (const TimePoint at = offer.made_at + limits_.offer_again; now < at)
            again_at = std::max(at, again_at.value_or(at));
    });
    if (open) return Answer(std::move(*open));
    // Asked first: the one who was blocked is answered like the one who was ignored.
    if (again_at) return refuse_until(Errc::offered_before, *again_at);
    if (is_long_past(encounter.own_stay, now) || is_long_past(as_seen(other, encounter.other_stay), now))
        return refuse(Errc::no_shared_room);
    if (all_open >= limits_.offers_max || contacts().size() >= limits_.contacts_max) return refuse(Errc::too_many);
    return Answer(Offering{fresh.made, KeptOffer{.way = KeptOffer::Way::made,
                                                 .other = encounter.other,
                                                 .made_at = now,
                                                 .fades_at = now + limits_.offer_fades,
                                                 .own_name = encounter.own.person.name,
                                                 .counterpart = fresh.received}});
}

// ---- being made one -------------------------------------------------------------------------------------------------

bool Matters::lets_offer(AccountId by, TimePoint now) const {
    if (!contacts_open() || !may_have_contacts(now) || block_of(by) || is_blocked_by(by)) return false;
    bool ended_lately = false;
    each<KeptContact>(kept_, [&](auto, const KeptContact& kept) {
        ended_lately = ended_lately || (kept.other == by && kept.ended_at != never && now < forgotten_at(kept));
    });
    return !ended_lately;
}

bool Matters::shows_offer(const Visibility& visibility, const KeptOffer& offer) const {
    return visibility.shows({.kind = Sighting::Kind::sign,
                             .author = offer.other.account,
                             .room = offer.other.room,
                             .at = offer.shown ? offer.made_at : TimePoint{}},
                            Horizon{});
}

MatterChange Matters::offered(MatterId id, KeptOffer offer, TimePoint now) const {
    if (!lets_offer(offer.other.account, now)) offer.state = KeptOffer::State::put_away;
    return {id, std::move(offer)};
}

std::optional<MatterChange> Matters::decide_decline(MatterId id, TimePoint now) const {
    const auto* offer = kept<KeptOffer>(id);
    if (!offer || offer->way != KeptOffer::Way::received || !is_open(*offer, now)) return std::nullopt;
    KeptOffer declined = *offer;
    declined.state = KeptOffer::State::put_away;
    return MatterChange{id, std::move(declined)};
}

Result<std::variant<KeptContact, KeptOffer>> Matters::decide_accept(MatterId id, TimePoint now) const {
    using Answer = std::variant<KeptContact, KeptOffer>;
    const auto* offer = kept<KeptOffer>(id);
    if (!offer || offer->way != KeptOffer::Way::received) return refuse(Errc::person_unknown);
    if (offer->state == KeptOffer::State::accepted)
        if (auto contact = contact_with(offer->other.account)) return Answer(std::move(*contact));
    if (!is_open(*offer, now)) return refuse(Errc::person_unknown);
    if (contacts().size() >= limits_.contacts_max) return refuse(Errc::too_many);
    return Answer(*offer);
}

// ---- contacts -------------------------------------------------------------------------------------------------------

std::vector<MatterChange> Matters::begin_contact(KeptContact contact, MatterId fresh, TimePoint now) const {
    std::vector<MatterChange> changes;
    if (block_of(contact.other)) {
        contact.ended_at = now;
        return {{fresh, std::move(contact)}};
    }
    // Each may have made the other an offer: one yes answers both.
    each<KeptOffer>(kept_, [&](MatterId id, KeptOffer offer) {
        if (offer.other.account != contact.other || !is_open(offer, now)) return;
        offer.state = KeptOffer::State::accepted;
        changes.push_back({id, std::move(offer)});
    });
    // One that the other had ended has rested since; this one takes its place.
    each<KeptContact>(kept_, [&](MatterId id, const KeptContact& kept) {
        if (kept.other == contact.other && kept.ended_at == never) changes.push_back({id, std::nullopt});
    });
    changes.push_back({fresh, std::move(contact)});
    return changes;
}

std::optional<MatterChange> Matters::decide_disconnect(RoomId room, TimePoint now) const {
    std::optional<MatterChange> change;
    each<KeptContact>(kept_, [&](MatterId id, KeptContact kept) {
        if (kept.contact.room != room) return;
        kept.ended_at = std::min(kept.ended_at, now);
        change = MatterChange{id, std::move(kept)};
    });
    return change;
}

std::optional<MatterChange> Matters::decide_contacts_open(const SetContactsOpen& command, MatterId fresh) const {
    std::optional<MatterChange> change;
    if (command.open)
        each<ContactsOff>(kept_, [&](MatterId id, const ContactsOff&) { change = MatterChange{id, std::nullopt}; });
    else if (contacts_open())
        change = MatterChange{fresh, ContactsOff{}};
    return change;
}

std::vector<MatterChange> Matters::parted(AccountId other, Dark::Side side, TimePoint now) const {
    std::vector<MatterChange> changes;
    const bool chosen = side == Dark::Side::chosen;
    each<KeptOffer>(kept_, [&](MatterId id, KeptOffer offer) {
        if (offer.other.account != other || !is_open(offer, now)) return;
        // The one who was blocked goes on seeing their own offer open until it fades, and one that they were shown.
        if (!chosen && (offer.way == KeptOffer::Way::made || offer.shown)) return;
        offer.state = KeptOffer::State::put_away;
        changes.push_back({id, std::move(offer)});
    });
    each<KeptContact>(kept_, [&](MatterId id, KeptContact kept) {
        if (!chosen || kept.other != other || kept.ended_at != never) return;
        kept.ended_at = now;
        changes.push_back({id, std::move(kept)});
    });
    return changes;
}

std::vector<MatterChange> Matters::parted_by_blocks(AccountId other, TimePoint now) const {
    if (block_of(other)) return parted(other, Dark::Side::chosen, now);
    if (is_blocked_by(other)) return parted(other, Dark::Side::met, now);
    return {};
}

std::vector<KeptContact> Matters::contacts() const {
    std::vector<KeptContact> all;
    each<KeptContact>(kept_, [&](auto, const KeptContact& kept) {
        if (kept.ended_at == never) all.push_back(kept);
    });
    return all;
}

bool Matters::contacts_open() const {
    bool open = true;
    each<ContactsOff>(kept_, [&](auto, const ContactsOff&) { open = false; });
    return open;
}

bool Matters::may_have_contacts(TimePoint now) const {
    const SanctionsPtr standing = sanctions(now);
    return !standing->no_contacts(now) && !standing->ban(now);
}

Contacts Matters::list_contacts(TimePoint now) const {
    Contacts list{.contacts = {}, .received = {}, .made = {}, .open = contacts_open()};
    for (const KeptContact& kept : contacts()) {
        // A yes that was on its way when the block came.
        if (block_of(kept.other)) continue;
        list.contacts.push_back(kept.contact);
        list.contacts.back().other = kept.other;
        list.contacts.back().resting = !list.open || !may_have_contacts(now);
    }
    const VisibilityPtr seen = visibility(now);
    each<KeptOffer>(kept_, [&](MatterId id, const KeptOffer& offer) {
        if (!is_open(offer, now)) return;
        if (offer.way == KeptOffer::Way::made)
            list.made.push_back(as_shown(id, offer));
        else if (list.open && shows_offer(*seen, offer))
            list.received.push_back(as_shown(id, offer));
    });
    return list;
}

std::vector<MatterChange> Matters::decide_shown(TimePoint now) const {
    std::vector<MatterChange> changes;
    for (const Offer& listed : list_contacts(now).received)
        if (auto change = decide_shown(listed.id)) changes.push_back(std::move(*change));
    return changes;
}

std::optional<MatterChange> Matters::decide_shown(MatterId id) const {
    const auto* offer = kept<KeptOffer>(id);
    if (!offer || offer->way != KeptOffer::Way::received || offer->shown) return std::nullopt;
    KeptOffer shown = *offer;
    shown.shown = true;
    return MatterChange{id, std::move(shown)};
}

bool Matters::rests_for(AccountId other, RoomId room, TimePoint now) const {
    if (!contacts_open() || !may_have_contacts(now) || is_away_from(room, now)) return true;
    if (block_of(other) || is_blocked_by(other)) return true;
    bool has_contact = false;
    for (const KeptContact& kept : contacts())
        has_contact = has_contact || (kept.other == other && kept.contact.room == room);
    return !has_contact;
}

// ---- time -----------------------------------------------------------------------------------------------------------

// One that was made counts until another may follow it; one that was received is nothing any more once it has faded.
TimePoint Matters::forgotten_at(const KeptOffer& offer) const {
    if (offer.way == KeptOffer::Way::received) return offer.fades_at;
    return std::max(offer.fades_at, offer.made_at + limits_.offer_again);
}

TimePoint Matters::forgotten_at(const KeptContact& contact) const {
    return contact.ended_at == never ? never : contact.ended_at + limits_.offer_again;
}

}  // namespace kindroom::domain
