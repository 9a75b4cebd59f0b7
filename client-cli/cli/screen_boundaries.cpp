#include "cli/screen.hpp"
#include "cli/terminal_text.hpp"

namespace kindroom::cli {

namespace {

std::string lettered(const std::string& mark, const std::string& words) {
    return "\n  " + mark + std::string(mark.size() < 2 ? 3 : 2, ' ') + words;
}

std::string quoted(const v1::Words& words) {
    std::string out;
    for (const auto& word : words.word()) out += (out.empty() ? "\"" : ", \"") + clean_line(word) + "\"";
    return out;
}

}  // namespace

std::string Screen::block(const v1::Block& block, const RoomName& name) const {
    std::string out = person(block.person());
    if (!block.room_id().empty()) out += ", from " + name(block.room_id());
    if (block.ends_at_ms() != 0) out += ", ends at " + when(block.ends_at_ms(), 0);
    return out;
}

std::string Screen::mute(const v1::Mute& mute, const RoomName& name) const {
    std::string out;
    switch (mute.what_case()) {
        case v1::Mute::kPerson:
            out = person(mute.person());
            break;
        case v1::Mute::kRoom:
            out = "all of the room";
            break;
        case v1::Mute::kWords:
            out = "what says " + quoted(mute.words());
            break;
        case v1::Mute::kLabel:
            out = "words about " + clean_line(mute.label());
            break;
        case v1::Mute::WHAT_NOT_SET:
            out = "something";
            break;
    }
    out += mute.room_id().empty() ? ", everywhere" : ", in " + name(mute.room_id());
    return out + (mute.ends_at_ms() == 0 ? ", until you end it" : ", until " + when(mute.ends_at_ms(), 0));
}

std::string Screen::away(const v1::Away& away, const RoomName& name) const {
    std::string out = "from " + (away.room_id().empty() ? "everywhere" : name(away.room_id()));
    out += away.until_ms() == 0 ? ", until you say /back" : ", until " + when(away.until_ms(), 0);
    if (away.firm()) out += ", and not before";
    return out;
}

std::string Screen::blocks(const v1::Boundaries& boundaries, const RoomName& name) const {
    std::string out = strong("Those you blocked");
    std::size_t place = 0;
    for (const auto& each : boundaries.blocks()) out += lettered(letters(place++), block(each, name));
    return out;
}

std::string Screen::mutes(const v1::Boundaries& boundaries, const RoomName& name) const {
    std::string out = strong("What you muted");
    std::size_t place = 0;
    for (const auto& each : boundaries.mutes()) out += lettered(letters(place++), mute(each, name));
    return out;
}

std::string Screen::boundaries(const v1::Boundaries& boundaries, const RoomName& name) const {
    std::string out;
    const auto head = [&](const char* words) { out += (out.empty() ? "" : "\n") + strong(words); };
    if (!boundaries.away().empty()) head("Away (/back ends it)");
    for (const auto& each : boundaries.away()) out += "\n  " + away(each, name);
    if (!boundaries.blocks().empty()) head("Blocked (/unblock ends one)");
    for (const auto& each : boundaries.blocks()) out += "\n  " + block(each, name);
    if (!boundaries.mutes().empty()) head("Muted (/unmute ends one)");
    for (const auto& each : boundaries.mutes()) out += "\n  " + mute(each, name);
    if (!boundaries.labels().empty()) head("Labels (/label changes one)");
    for (const auto& each : boundaries.labels()) {
        const bool shown = each.choice() == v1::LABEL_CHOICE_SHOW;
        out += "\n  " + clean_line(each.label()) + (shown ? ": shown at once" : ": held back until you ask");
    }
    if (out.empty()) out = "You have set no boundaries.";
    return out + "\n" + notice("Nobody else can see this, moderators included.");
}

std::string Screen::choice(const std::vector<v1::Person>& people) const {
    std::string out = "That can be:";
    for (std::size_t i = 0; i < people.size(); ++i) out += lettered(letters(i), person(people[i]));
    return out;
}

std::string Screen::contacts(const v1::Contacts& contacts, const RoomName& name,
                             const std::function<std::string(const std::string& id)>& mark) const {
    std::string out;
    const auto head = [&](const char* words) { out += (out.empty() ? "" : "\n") + strong(words); };
    if (!contacts.contacts().empty()) head("Your contacts (/talk and a letter or name goes to one)");
    for (const auto& each : contacts.contacts()) {
        out += lettered(mark(each.room_id()), person(each.person()) + (each.resting() ? "  (rests)" : ""));
    }
    if (!contacts.received().empty()) head("Offered to you (/accept or /decline and a letter; or leave it)");
    for (const auto& each : contacts.received()) {
        out += lettered(mark(each.offer_id()), person(each.person()) + ", from " + name(each.room_id()) + ", until " +
                                                   when(each.fades_at_ms(), 0));
    }
    if (!contacts.made().empty()) head("Offered by you");
    for (const auto& each : contacts.made()) {
        out += "\n  " + person(each.person()) + ", from " + name(each.room_id()) + ", open until " +
               when(each.fades_at_ms(), 0);
    }
    if (!contacts.open()) {
        out += (out.empty() ? "" : "\n") + notice(
                                               "Contacts are switched off: all rest, and no offer is shown. "
                                               "/contacts on switches them on.");
    }
    if (out.empty()) out = notice("You have no contacts. /contact and a name offers somebody to be one.");
    return out;
}

std::string Screen::direct_room(const std::string& title, bool resting) const {
    return strong(title) + "\n" + (resting ? "This contact rests." : "Only the two of you are here.");
}

}  // namespace kindroom::cli
