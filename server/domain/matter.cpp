#include "domain/matter.hpp"

#include <utility>

#include "domain/packer.hpp"

namespace kindroom::domain {

namespace {

constexpr char version_1 = 1;

// ---- parts ----------------------------------------------------------------------------------------------------------

void put(Packer& to, const Person& person) {
    to.id(person.token).text(person.name).text(person.sign).number(static_cast<std::int64_t>(person.voice));
}
void put(Packer& to, const Acquaintance& other) {
    to.id(other.account).id(other.room);
    put(to, other.person);
}
void put(Packer& to, const std::optional<RoomId>& room) { to.id(room.value_or(RoomId{})); }
void put(Packer& to, const Decision& decision) {
    to.id(decision.id).number(static_cast<std::int64_t>(decision.action));
    put(to, decision.room);
    to.id(decision.message.value_or(MessageId{})).text(decision.rule_id).text(decision.rule_text);
    to.number(decision.rules_version).text(decision.facts).number(static_cast<std::int64_t>(decision.source));
    to.number(decision.automated).time(decision.decided_at).time(decision.ends_at).time(decision.confirm_by);
    to.text(decision.appeal).text(decision.appeal_code).number(static_cast<std::int64_t>(decision.state));
    to.time(decision.settled_at).text(decision.reversal);
}

Person take_person(Unpacker& from) {
    Person person;
    person.token = from.id<PersonToken>();
    person.name = from.text();
    person.sign = from.text();
    person.voice = from.one_of(Voice::person, Voice::moderator);
    return person;
}
Acquaintance take_acquaintance(Unpacker& from) {
    Acquaintance other;
    other.account = from.id<AccountId>();
    other.room = from.id<RoomId>();
    other.person = take_person(from);
    return other;
}
std::optional<RoomId> take_room(Unpacker& from) {
    const auto room = from.id<RoomId>();
    return room.is_nil() ? std::nullopt : std::optional(room);
}

Decision take_decision(Unpacker& from) {
    Decision decision;
    decision.id = from.id<DecisionId>();
    decision.action = from.one_of(DecisionAction::server_ban, DecisionAction::hold);
    decision.room = take_room(from);
    if (const auto message = from.id<MessageId>(); !message.is_nil()) decision.message = message;
    decision.rule_id = from.text();
    decision.rule_text = from.text();
    decision.rules_version = static_cast<std::uint32_t>(from.number());
    decision.facts = from.text();
    decision.source = from.one_of(DecisionSource::own, DecisionSource::rule);
    decision.automated = from.one_of(0, 1) == 1;
    decision.decided_at = from.time();
    decision.ends_at = from.time();
    decision.confirm_by = from.time();
    decision.appeal = from.text();
    decision.appeal_code = from.text();
    decision.state = from.one_of(DecisionState::stands, DecisionState::lapsed);
    decision.settled_at = from.time();
    decision.reversal = from.text();
    return decision;
}

// ---- each kind ------------------------------------------------------------------------------------------------------

struct Writer {
    Packer& to;

    void operator()(const ChosenBlock& block) const {
        put(to, block.other);
        to.time(block.from).time(block.until).time(block.end_asked_at).time(block.ends_at);
        to.id(block.because_of.value_or(AccountId{}));
    }
    void operator()(const MetBlock& block) const {
        to.id(block.other).time(block.dark.from).time(block.dark.until);
        to.number(static_cast<std::int64_t>(block.dark.received.size()));
        for (const auto& [room, position] : block.dark.received)
            to.id(room).number(static_cast<std::int64_t>(position));
    }
    void operator()(const KeptMute& mute) const {
        put(to, mute.room);
        to.time(mute.ends_at).number(static_cast<std::int64_t>(mute.what.index()));
        if (const auto* person = std::get_if<Acquaintance>(&mute.what)) put(to, *person);
        if (const auto* words = std::get_if<Words>(&mute.what)) {
            to.number(static_cast<std::int64_t>(words->words.size()));
            for (const auto& word : words->words) to.text(word);
        }
        if (const auto* label = std::get_if<Label>(&mute.what)) to.text(label->label);
    }
    void operator()(const KeptLabelChoice& chosen) const {
        to.text(chosen.label).number(static_cast<std::int64_t>(chosen.choice));
    }
    void operator()(const KeptAway& kept) const {
        put(to, kept.away.room);
        to.time(kept.away.until).number(kept.away.firm);
    }
    void operator()(const Linked& linked) const { to.id(linked.account); }
    void operator()(const KeptContact& kept) const {
        to.id(kept.other).id(kept.contact.room).time(kept.ended_at);
        put(to, kept.contact.person);
    }
    void operator()(const KeptOffer& offer) const {
        to.number(static_cast<std::int64_t>(offer.way)).number(static_cast<std::int64_t>(offer.state));
        put(to, offer.other);
        to.time(offer.made_at).time(offer.fades_at).text(offer.own_name).id(offer.counterpart);
        to.number(offer.shown);
    }
    void operator()(const ContactsOff&) const {}
    void operator()(const KeptDecision& kept) const {
        put(to, kept.decision);
        to.id(kept.by).id(kept.confirmed_by);
        put(to, kept.subject);
    }
};

ChosenBlock take_chosen(Unpacker& from) {
    ChosenBlock block;
    block.other = take_acquaintance(from);
    block.from = from.time();
    block.until = from.time();
    block.end_asked_at = from.time();
    block.ends_at = from.time();
    if (const auto other = from.id<AccountId>(); !other.is_nil()) block.because_of = other;
    return block;
}

MetBlock take_met(Unpacker& from) {
    MetBlock block;
    block.other = from.id<AccountId>();
    block.dark.side = Dark::Side::met;
    block.dark.from = from.time();
    block.dark.until = from.time();
    for (auto left = from.count(); left > 0 && from.ok(); --left) {
        const auto room = from.id<RoomId>();
        block.dark.received[room] = Position{static_cast<std::uint64_t>(from.number())};
    }
    return block;
}

KeptMute take_mute(Unpacker& from) {
    KeptMute mute;
    mute.room = take_room(from);
    mute.ends_at = from.time();
    switch (from.number()) {
        case 0:
            mute.what = take_acquaintance(from);
            break;
        case 1:
            mute.what = WholeRoom{};
            break;
        case 2: {
            Words words;
            for (auto left = from.count(); left > 0 && from.ok(); --left) words.words.push_back(from.text());
            mute.what = std::move(words);
            break;
        }
        case 3:
            mute.what = Label{from.text()};
            break;
        default:
            from.fail();
    }
    return mute;
}

KeptContact take_contact(Unpacker& from) {
    KeptContact kept;
    kept.other = from.id<AccountId>();
    kept.contact.room = from.id<RoomId>();
    kept.ended_at = from.time();
    kept.contact.person = take_person(from);
    return kept;
}

KeptOffer take_offer(Unpacker& from) {
    KeptOffer offer;
    offer.way = from.one_of(KeptOffer::Way::made, KeptOffer::Way::received);
    offer.state = from.one_of(KeptOffer::State::open, KeptOffer::State::put_away);
    offer.other = take_acquaintance(from);
    offer.made_at = from.time();
    offer.fades_at = from.time();
    offer.own_name = from.text();
    offer.counterpart = from.id<MatterId>();
    offer.shown = from.number() != 0;
    return offer;
}

KeptLabelChoice take_label_choice(Unpacker& from) {
    KeptLabelChoice chosen;
    chosen.label = from.text();
    chosen.choice = from.one_of(LabelChoice::show, LabelChoice::ask);
    return chosen;
}

KeptAway take_away(Unpacker& from) {
    KeptAway kept;
    kept.away.room = take_room(from);
    kept.away.until = from.time();
    kept.away.firm = from.one_of(0, 1) == 1;
    return kept;
}

KeptDecision take_kept_decision(Unpacker& from) {
    KeptDecision kept;
    kept.decision = take_decision(from);
    kept.by = from.id<AccountId>();
    kept.confirmed_by = from.id<AccountId>();
    kept.subject = take_person(from);
    return kept;
}

// The number of a kind is its place in Matter: kinds are only added at the end.
std::optional<Matter> take(Unpacker& from, std::int64_t kind) {
    switch (kind) {
        case 0:
            return take_chosen(from);
        case 1:
            return take_met(from);
        case 2:
            return take_mute(from);
        case 3:
            return take_label_choice(from);
        case 4:
            return take_away(from);
        case 5:
            return Linked{from.id<AccountId>()};
        case 6:
            return take_contact(from);
        case 7:
            return take_offer(from);
        case 8:
            return ContactsOff{};
        case 9:
            return take_kept_decision(from);
    }
    return std::nullopt;
}

}  // namespace

std::string pack(const Matter& matter) {
    Packer to(version_1);
    to.number(static_cast<std::int64_t>(matter.index()));
    std::visit(Writer{to}, matter);
    return to.take();
}

std::optional<Matter> unpack_matter(std::string_view packed) {
    Unpacker from(packed);
    if (from.version() != version_1) return std::nullopt;
    auto matter = take(from, from.number());
    if (!matter || !from.done()) return std::nullopt;
    return matter;
}

}  // namespace kindroom::domain
