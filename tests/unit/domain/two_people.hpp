// Two people, each of whom keeps their own matters, so that a test reads as what they offer, answer and set.
#pragma once

#include <algorithm>

#include "domain/matters.hpp"
#include "room_dialogue.hpp"

namespace kindroom::domain::test {

using std::chrono::days;

inline const RoomId direct_room = an_id<RoomId>(70);

// One side of the dialogue.
struct Side {
    Somebody who;
    Limits limits{};
    Matters matters{who.account, limits};
    Encounter::Stay stay{.joined = true};
    bool has_device = true;

    Acquaintance known() const { return {.account = who.account, .room = the_room, .person = who.person()}; }
    void apply(const std::vector<MatterChange>& changes) {
        for (const auto& change : changes) matters.apply(change);
    }
};

// Ana offers contact, Ben is offered it. Decides and applies at once, as their actors do.
struct TwoPeople {
    kindroom::test::VirtualClock clock;
    Side a{ana};
    Side b{ben};
    std::uint64_t ids = 100;

    TimePoint now() const { return clock.now(); }
    MatterId fresh() { return an_id<MatterId>(++ids); }
    void pass(Duration time) {
        clock.move_to(now() + time);
        for (Side* side : {&a, &b}) side->apply(side->matters.ended(now()));
    }

    Result<Offer> offer(Side& from, Side& to) {
        const Encounter encounter{
            .own = from.known(), .own_stay = from.stay, .other = to.known(), .other_stay = to.stay};
        const Matters::OfferIds ids_of_it{fresh(), fresh()};
        auto answer = from.matters.decide_offer(encounter, ids_of_it, now());
        if (!answer) return answer.error();
        const auto* made = std::get_if<Matters::Offering>(&*answer);
        if (!made) return refuse(Errc::invalid_argument);
        if (made->id == ids_of_it.made) {
            from.matters.apply({made->id, made->made});
            KeptOffer received = as_received(*made, from.known());
            const MatterId id = made->made.counterpart;
            to.matters.apply(to.matters.offered(id, std::move(received), now()));
            const auto listed = to.matters.list_contacts(now()).received;
            const bool is_told = to.has_device && !to.matters.is_away_from(the_room, now()) &&
                                 std::ranges::find(listed, id, &Offer::id) != listed.end();
            if (is_told) to.matters.apply(*to.matters.decide_shown(id));
        }
        return as_shown(made->id, made->made);
    }
    Result<Offer> offer() { return offer(a, b); }
    Errc refused_offer() {
        auto answer = offer();
        return answer ? Errc{} : answer.error().code;
    }

    std::vector<Offer> received() { return b.matters.list_contacts(now()).received; }
    Result<Contact> accept(Side& by, Side& maker, MatterId id) {
        auto answer = by.matters.decide_accept(id, now());
        if (!answer) return answer.error();
        if (const auto* already = std::get_if<KeptContact>(&*answer)) return already->contact;
        by.apply(by.matters.begin_contact(contact_with(maker), fresh(), now()));
        maker.apply(maker.matters.begin_contact(contact_with(by), fresh(), now()));
        return contact_with(maker).contact;
    }
    Result<Contact> accept() { return accept(b, a, received().at(0).id); }
    void become_contacts() {
        ASSERT_TRUE(offer());
        ASSERT_TRUE(accept());
    }
    static KeptContact contact_with(const Side& other) {
        return {.other = other.who.account, .contact = {.room = direct_room, .person = other.who.person()}};
    }
    void block(Side& by, Side& other) {
        by.matters.apply(**by.matters.decide_block(other.known(), std::nullopt, fresh(), now()));
        other.matters.apply(other.matters.met(by.who.account, now(), {}, fresh()));
        by.apply(by.matters.parted_by_blocks(other.who.account, now()));
        other.apply(other.matters.parted_by_blocks(by.who.account, now()));
    }
    void switch_contacts(Side& side, bool open) {
        if (auto change = side.matters.decide_contacts_open({.open = open}, fresh())) side.matters.apply(*change);
    }
};

}  // namespace kindroom::domain::test
