// Commands by which people set something between themselves and others, and those of contacts.
//
// Words and labels are only counted here; what they say, blanks included, is tidied where the limits of the domain are.
#include "kindroom/v1/commands.pb.h"
#include "wire/decode_commands.hpp"
#include "wire/fields.hpp"

namespace kindroom::wire {

Result<domain::PersonRef> person_of(const v1::PersonRef& person) {
    const auto room = room_of(person.room_id());
    if (!room) return room.error();
    const auto token = required_id<PersonToken>(person.token(), "token");
    if (!token) return token.error();
    return domain::PersonRef{.room = *room, .token = *token};
}

namespace {

// Commands that say no more than the id of one matter.
template <class Wanted>
Read only_matter(const std::string& bytes, const char* field) {
    const auto matter = required_id<MatterId>(bytes, field);
    if (!matter) return matter.error();
    return Wanted{*matter};
}

// What is muted, read into `wanted`; or why it cannot be. A mute of nothing would look like a boundary and keep nothing
// away, so each kind has to name its thing.
std::optional<Error> read_what(v1::AddMute& add, const Limits& limits, domain::AddMute& wanted) {
    switch (add.what_case()) {
        case v1::AddMute::kPerson: {
            const auto person = person_of(add.person());
            if (!person) return person.error();
            wanted.what = *person;
            return std::nullopt;
        }
        case v1::AddMute::kRoom:
            if (!add.room()) return bad_field("room");
            if (add.room_id().empty()) return bad_field("room_id");
            wanted.what = domain::WholeRoom{};
            return std::nullopt;
        case v1::AddMute::kWords: {
            const auto& words = add.words().word();
            if (words.empty() || static_cast<std::uint32_t>(words.size()) > limits.muted_words_max)
                return bad_field("words");
            wanted.what = domain::Words{{words.begin(), words.end()}};
            return std::nullopt;
        }
        case v1::AddMute::kLabel:
            wanted.what = domain::Label{std::move(*add.mutable_label())};
            return std::nullopt;
        case v1::AddMute::WHAT_NOT_SET:
            break;
    }
    return bad_field("what");
}

}  // namespace

Read read(v1::AddMute& add, const Limits& limits) {
    domain::AddMute wanted;
    if (const auto trouble = read_what(add, limits, wanted)) return *trouble;
    const auto room = optional_id<RoomId>(add.room_id(), "room_id");
    if (!room) return room.error();
    const auto lasts = duration(add.lasts_ms(), "lasts_ms");
    if (!lasts) return lasts.error();
    wanted.room = *room;
    wanted.lasts = *lasts;
    return wanted;
}

Read read(v1::Unmute& unmute) { return only_matter<domain::Unmute>(unmute.mute_id(), "mute_id"); }

Read read(v1::BlockPeople& block, const Limits& limits) {
    const auto count = static_cast<std::uint32_t>(block.people_size());
    if (count == 0 || count > limits.people_per_command_max) return bad_field("people");
    domain::BlockPeople wanted{.people = {}, .report = std::move(*block.mutable_report())};
    for (const auto& named : block.people()) {
        const auto person = person_of(named);
        if (!person) return person.error();
        wanted.people.push_back(*person);
    }
    return wanted;
}

Read read(v1::Unblock& unblock) { return only_matter<domain::Unblock>(unblock.block_id(), "block_id"); }

// A choice is never taken from silence: it would change what somebody is shown unasked.
Read read(v1::SetLabelChoice& set) {
    const auto choice = enumerator<domain::LabelChoice>(set.choice(), v1::LabelChoice_IsValid, "choice");
    if (!choice) return choice.error();
    return domain::SetLabelChoice{.label = std::move(*set.mutable_label()), .choice = *choice};
}

// Firm without an end, or for very long, would lock somebody out of their own rooms.
Read read(v1::StepAway& step, const Limits& limits) {
    const auto room = optional_id<RoomId>(step.room_id(), "room_id");
    if (!room) return room.error();
    const auto lasts = duration(step.lasts_ms(), "lasts_ms");
    if (!lasts) return lasts.error();
    if (step.firm() && (*lasts < Duration{1} || *lasts > limits.firm_max)) return bad_field("lasts_ms");
    return domain::StepAway{.from_room = *room, .lasts = *lasts, .firm = step.firm()};
}

Read read(v1::ReturnFromAway& come_back) {
    const auto room = optional_id<RoomId>(come_back.room_id(), "room_id");
    if (!room) return room.error();
    return domain::ReturnFromAway{.from_room = *room};
}

Read read(v1::OfferContact& offer) {
    if (!offer.has_person()) return bad_field("person");
    const auto person = person_of(offer.person());
    if (!person) return person.error();
    return domain::OfferContact{.person = *person};
}

Read read(v1::AnswerOffer& answer) {
    const auto offer = required_id<MatterId>(answer.offer_id(), "offer_id");
    if (!offer) return offer.error();
    return domain::AnswerOffer{.offer = *offer, .accept = answer.accept()};
}

Read read(v1::Disconnect& disconnect) {
    const auto contact = room_of(disconnect.room_id());
    if (!contact) return contact.error();
    return domain::Disconnect{.contact = *contact, .take_words_along = disconnect.take_words_along()};
}

Read read(v1::SetContactsOpen& set) { return domain::SetContactsOpen{.open = set.open()}; }

}  // namespace kindroom::wire
