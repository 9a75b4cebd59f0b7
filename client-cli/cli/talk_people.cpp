// Whom somebody means, and what is kept of people and rooms.
#include <algorithm>

#include "cli/nearest.hpp"
#include "cli/people.hpp"
#include "cli/talk.hpp"
#include "cli/terminal_text.hpp"

namespace kindroom::cli {

// The author of the message with that letter, the contact or whose offer has it, and whoever is called so in the room
// one looks at, there or having spoken. Messages and contacts have letters of their own: where both have this one, it is
// asked who is meant.
std::vector<Talk::Somebody> Talk::candidates(std::string_view typed) const {
    std::vector<Somebody> out;
    const auto add = [&](const std::string& room_id, const v1::Person& person) {
        const auto is_same = [&](const Somebody& one) {
            return one.room_id == room_id && one.person.token() == person.token();
        };
        // What was said unsigned is nobody's here.
        if (!person.token().empty() && std::none_of(out.begin(), out.end(), is_same)) out.push_back({room_id, person});
    };
    if (const auto message = marks_.read(trim(typed))) add(message->room_id, message->author);
    if (const auto place = read_letters(typed); place && *place < lettered_.size()) {
        if (const v1::Contact* contact = contact_in(lettered_[*place])) add(contact->room_id(), contact->person());
        for (const v1::Offer& offer : contacts_.received())
            if (offer.offer_id() == lettered_[*place]) add(offer.room_id(), offer.person());
    }
    if (const auto room = rooms_.find(current_); room != rooms_.end()) {
        std::vector<v1::Person> people = room->second.roster;
        // Whose room it is, though they have not come or spoken yet.
        if (const v1::Contact* contact = contact_in(current_)) people.push_back(contact->person());
        for (v1::Person& author : marks_.authors(current_)) people.push_back(std::move(author));
        for (const v1::Person& person : called(typed, people)) add(current_, person);
    }
    return out;
}

// Commas separate people; blanks do where each word means somebody.
Talk::Task<std::vector<Talk::Somebody>> Talk::which_people(std::string typed) {
    std::vector<std::string> parts;
    for (const std::string& part : parts_of(typed)) {
        std::vector<std::string> words;
        bool all_known = true;
        for (auto [word, rest] = split_word(part); !word.empty(); std::tie(word, rest) = split_word(rest)) {
            all_known = all_known && !candidates(word).empty();
            words.push_back(word);
        }
        if (candidates(part).empty() && all_known) {
            parts.insert(parts.end(), words.begin(), words.end());
        } else {
            parts.push_back(part);
        }
    }
    std::vector<Somebody> people;
    for (std::size_t i = 0; i < parts.size() && !quitting_; ++i) {
        std::vector<Somebody> found = candidates(parts[i]);
        const bool go_on = co_await add_meant(std::move(found), parts[i], &people);
        if (!go_on) break;
    }
    co_return people;
}

// Adds the one of `found` who is meant, and asks by the sign if several can be. False where the asking was broken off.
Talk::Task<bool> Talk::add_meant(std::vector<Somebody> found, std::string typed, std::vector<Somebody>* people) {
    std::size_t place = 0;
    if (found.empty()) {
        // Whoever is blocked is seen nowhere any more, but can still be meant: to block them again before an unblock has
        // taken effect.
        const auto mine = co_await fetch_boundaries();
        if (mine) {
            for (const v1::Block& block : mine->blocks()) {
                if (!called(typed, {block.person()}).empty()) found.push_back({block.room_id(), block.person()});
            }
        }
    }
    if (found.empty() && current_.empty()) {
        notice("You are in no room, so nobody can be named here. /rooms shows them, /join takes you in.");
        co_return false;
    }
    if (found.empty()) {
        notice("Nobody here is called \"" + clean_line(typed) +
               "\", and no message has that letter. /who shows who is here.");
        co_return true;
    }
    if (found.size() > 1) {
        std::vector<v1::Person> persons;
        for (const Somebody& one : found) persons.push_back(one.person);
        say(screen_.choice(persons));
        const auto chosen = co_await choose(found.size());
        if (!chosen) co_return false;
        place = *chosen;
    }
    const Somebody& meant = found[place];
    const auto room = rooms_.find(meant.room_id);
    if (room != rooms_.end() && meant.person.token() == room->second.you.token()) {
        notice("\"" + clean_line(typed) + "\" is you.");
    } else if (meant.person.voice() == v1::VOICE_MODERATOR) {
        notice(
            "A moderator on duty speaks there for the house, and cannot be kept away. The person behind can, where "
            "they "
            "speak for themselves.");
    } else {
        people->push_back(meant);
    }
    co_return true;
}

std::string Talk::in_words(const std::vector<Somebody>& people) const {
    std::string out;
    for (std::size_t i = 0; i < people.size(); ++i) {
        if (i > 0) out += i + 1 == people.size() ? " and " : ", ";
        out += screen_.person(people[i].person);
    }
    return out;
}

std::string Talk::title(const std::string& room_id) const {
    const auto room = rooms_.find(room_id);
    std::string topic = room == rooms_.end() ? std::string() : clean_line(room->second.card.settings().topic());
    for (const v1::RoomCard& card : listed_) {
        if (topic.empty() && card.room_id() == room_id) topic = clean_line(card.settings().topic());
    }
    if (!topic.empty()) return topic;
    if (const v1::Contact* contact = contact_in(room_id)) return screen_.person(contact->person());
    const bool direct = room != rooms_.end() && room->second.card.settings().kind() == v1::ROOM_KIND_DIRECT;
    return direct ? "a contact" : "another room";
}

Screen::RoomName Talk::titles() const {
    return [this](const std::string& room_id) { return title(room_id); };
}

void Talk::forget_people(const std::vector<Somebody>& people) {
    for (const Somebody& one : people) {
        const std::string& token = one.person.token();
        marks_.forget_author(one.room_id, token);
        auto& offers = *contacts_.mutable_received();
        offers.erase(std::remove_if(offers.begin(), offers.end(),
                                    [&](const v1::Offer& offer) {
                                        return offer.room_id() == one.room_id && offer.person().token() == token;
                                    }),
                     offers.end());
        const auto room = rooms_.find(one.room_id);
        if (room == rooms_.end()) continue;
        std::erase_if(room->second.roster, [&](const v1::Person& person) { return person.token() == token; });
        std::erase_if(room->second.held,
                      [&](const v1::RoomEvent& event) { return event.posted().message().author().token() == token; });
    }
}

void Talk::forget_room(const std::string& room_id) {
    rooms_.erase(room_id);
    marks_.forget_room(room_id);
    if (current_ == room_id) current_.clear();
}

}  // namespace kindroom::cli
