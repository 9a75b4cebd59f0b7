#include <algorithm>

#include "cli/asked.hpp"
#include "cli/nearest.hpp"
#include "cli/people.hpp"
#include "cli/talk.hpp"
#include "cli/terminal_text.hpp"

namespace kindroom::cli {

std::string Talk::letter_of(const std::string& id) {
    auto place = std::find(lettered_.begin(), lettered_.end(), id);
    if (place == lettered_.end()) place = lettered_.insert(place, id);
    return letters(static_cast<std::size_t>(place - lettered_.begin()));
}

const v1::Contact* Talk::contact_in(const std::string& room_id) const {
    for (const auto& contact : contacts_.contacts()) {
        if (contact.room_id() == room_id) return &contact;
    }
    return nullptr;
}

bool Talk::rests(const std::string& room_id) const {
    const v1::Contact* contact = contact_in(room_id);
    return contact && contact->resting();
}

Talk::Task<bool> Talk::fetch_contacts() {
    v1::Request request;
    request.mutable_list_contacts();
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return false;
    contacts_ = reply.contacts();
    co_return true;
}

// A block also ends the contact, and the reply does not say which one that was.
Talk::Task<> Talk::drop_ended_contacts() {
    v1::Request request;
    request.mutable_list_contacts();
    const v1::Reply reply = co_await ask(std::move(request));
    if (!reply.has_contacts()) co_return;
    contacts_ = reply.contacts();
    std::vector<std::string> ended;
    for (const auto& [room_id, room] : rooms_) {
        const bool direct = room.card.settings().kind() == v1::ROOM_KIND_DIRECT;
        if (direct && !contact_in(room_id)) ended.push_back(room_id);
    }
    for (const std::string& room_id : ended) forget_room(room_id);
}

Talk::Task<> Talk::contact(std::string rest) {
    if (rest.empty()) {
        notice("/contact and the letter of a message, or a name: offers them to be your contact. No words go with it.");
        co_return;
    }
    const auto people = co_await which_people(rest);
    if (people.size() > 1) notice("One person at a time, please.");
    if (people.size() != 1) co_return;
    v1::Request request;
    auto& person = *request.mutable_offer_contact()->mutable_person();
    person.set_room_id(people[0].room_id);
    person.set_token(people[0].person.token());
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return;
    if (reply.has_contact_made()) {
        notice(in_words(people) + " is your contact already: /contacts.");
        co_return;
    }
    notice("Your offer to " + in_words(people) + " is open until " +
           when(reply.offer_made().offer().fades_at_ms(), now_ms()) +
           ". If they say yes, they appear in /contacts. Nothing else is ever told, whatever becomes of it.");
}

Talk::Task<> Talk::contacts(std::string rest) {
    const std::string which = lower(rest);
    if (which == "on" || which == "off") {
        v1::Request request;
        request.mutable_set_contacts_open()->set_open(which == "on");
        const bool fine = co_await done(std::move(request));
        if (!fine) co_return;
        contacts_.set_open(which == "on");
        notice(which == "on"
                   ? "Contacts are switched on."
                   : "Contacts are switched off: all of them rest, and no offer is shown. Nobody is told why.");
        co_return;
    }
    if (!which.empty()) {
        notice("/contacts lists them; /contacts off and /contacts on switch them all off and on.");
        co_return;
    }
    const bool fetched = co_await fetch_contacts();
    if (fetched) say(screen_.contacts(contacts_, titles(), [this](const std::string& id) { return letter_of(id); }));
}

// The offer with that letter; without one, the only offer there is. Only what was shown with its letter: nobody answers
// an offer without having seen whose it is.
const v1::Offer* Talk::offered(std::string_view typed, const char* usage) {
    const auto& offers = contacts_.received();
    const auto place = read_letters(typed);
    for (const auto& offer : offers) {
        const auto shown = std::find(lettered_.begin(), lettered_.end(), offer.offer_id());
        if (shown == lettered_.end()) continue;
        const bool is_only = typed.empty() && offers.size() == 1;
        if (is_only || place == static_cast<std::size_t>(shown - lettered_.begin())) return &offer;
    }
    notice(std::string("No offer to you has that letter. ") + usage);
    return nullptr;
}

Talk::Task<> Talk::accept(std::string rest) {
    const v1::Offer* found = offered(rest, "/contacts lists them; then /accept and a letter.");
    if (!found) co_return;
    const v1::Offer offer = *found;
    v1::Request request;
    request.mutable_answer_offer()->set_offer_id(offer.offer_id());
    request.mutable_answer_offer()->set_accept(true);
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return;
    co_await drop_ended_contacts();
    const v1::Contact& made = reply.contact_made().contact();
    if (!contact_in(made.room_id())) *contacts_.add_contacts() = made;
    const std::string letter = letter_of(made.room_id());
    notice(screen_.person(made.person()) + " is your contact now. /talk " + letter + " goes to the room of you two.");
}

Talk::Task<> Talk::decline(std::string rest) {
    const v1::Offer* found = offered(rest, "/contacts lists them; then /decline and a letter.");
    if (!found) co_return;
    const v1::Offer offer = *found;
    v1::Request request;
    request.mutable_answer_offer()->set_offer_id(offer.offer_id());
    const bool fine = co_await done(std::move(request));
    if (!fine) co_return;
    auto& offers = *contacts_.mutable_received();
    offers.erase(std::remove_if(offers.begin(), offers.end(),
                                [&](const v1::Offer& one) { return one.offer_id() == offer.offer_id(); }),
                 offers.end());
    notice("Declined. They are not told.");
}

// The direct room of the contact with that letter or name; without one, the direct room one looks at. Empty: there is
// none.
Talk::Task<std::string> Talk::which_contact(std::string typed, const char* usage) {
    // No event tells that somebody has accepted an offer.
    co_await fetch_contacts();
    if (typed.empty() && contact_in(current_)) co_return current_;
    const auto letter = read_letters(typed);
    if (letter && *letter < lettered_.size() && contact_in(lettered_[*letter])) co_return lettered_[*letter];
    std::vector<std::string> rooms;
    std::vector<v1::Person> people;
    for (const auto& contact : contacts_.contacts()) {
        if (called(typed, {contact.person()}).empty()) continue;
        rooms.push_back(contact.room_id());
        people.push_back(contact.person());
    }
    std::size_t place = 0;
    if (rooms.size() > 1) {
        say(screen_.choice(people));
        const auto chosen = co_await choose(rooms.size());
        if (!chosen) co_return std::string();
        place = *chosen;
    }
    if (!rooms.empty()) co_return rooms[place];
    notice(std::string("No contact has that letter or name. ") + usage);
    co_return std::string();
}

Talk::Task<> Talk::disconnect(std::string rest) {
    const bool with_words = take_last_word(rest, "words");
    const std::string room_id =
        co_await which_contact(rest, "/contacts lists them; then /disconnect and a letter or name.");
    if (room_id.empty()) co_return;
    const std::string who = title(room_id);
    v1::Request request;
    request.mutable_disconnect()->set_room_id(room_id);
    request.mutable_disconnect()->set_take_words_along(with_words);
    const bool fine = co_await done(std::move(request));
    if (!fine) co_return;
    forget_room(room_id);
    auto& known = *contacts_.mutable_contacts();
    known.erase(std::remove_if(known.begin(), known.end(),
                               [&](const v1::Contact& contact) { return contact.room_id() == room_id; }),
                known.end());
    notice(who + (with_words ? " and your words there are" : " is") +
           " gone from your list. For them the contact rests; no cause is given.");
}

Talk::Task<> Talk::talk_to(std::string rest) {
    const std::string room_id = co_await which_contact(rest, "/contacts lists them; then /talk and a letter or name.");
    if (room_id.empty()) co_return;
    if (!rooms_.contains(room_id)) {
        v1::Request request;
        request.mutable_get_room()->set_room_id(room_id);
        const v1::Reply reply = co_await ask(std::move(request));
        if (refused(reply)) co_return;
        rooms_[room_id].card = reply.room_card().room();
    }
    co_await enter(room_id);
}

}  // namespace kindroom::cli
