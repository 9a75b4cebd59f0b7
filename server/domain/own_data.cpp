#include "domain/own_data.hpp"

#include <map>

#include "domain/matters.hpp"

namespace kindroom::domain {
namespace {

// Ids, times, and what surrounds them.
constexpr std::size_t bytes_beside_texts = 96;

std::size_t bytes_of(const std::vector<std::string>& texts) {
    std::size_t bytes = 0;
    for (const auto& text : texts) bytes += text.size();
    return bytes;
}

struct Sizer {
    std::size_t operator()(const OwnAccount& account) const { return account.standing.moderates.size() * RoomId::size; }
    std::size_t operator()(const OwnSession& session) const { return session.device_label.size(); }
    std::size_t operator()(const Mute& mute) const {
        if (const auto* words = std::get_if<Words>(&mute.what)) return bytes_of(words->words);
        return 0;
    }
    std::size_t operator()(const Block& block) const { return block.person.name.size(); }
    std::size_t operator()(const OwnLabelChoice& choice) const { return choice.label.size(); }
    std::size_t operator()(const Away&) const { return 0; }
    std::size_t operator()(const OwnContact& contact) const { return contact.person.name.size(); }
    std::size_t operator()(const OwnOffer& offer) const { return offer.offer.person.name.size(); }
    std::size_t operator()(const Decision& decision) const {
        return decision.rule_text.size() + decision.facts.size() + decision.appeal.size() + decision.reversal.size();
    }
    std::size_t operator()(const OwnRoom& room) const {
        return room.topic.size() + room.you.name.size() + bytes_of(room.former_names);
    }
    std::size_t operator()(const OwnMessage& message) const {
        std::size_t bytes = message.name.size() + message.text.size() + bytes_of(message.labels);
        for (const auto& before : message.earlier) bytes += before.text.size();
        return bytes;
    }
    std::size_t operator()(const OwnReport& report) const {
        return report.words.size() + report.rule_id.size() + report.status.answer.size();
    }
};

}  // namespace

std::size_t size_of(const OwnPiece& piece) { return bytes_beside_texts + std::visit(Sizer{}, piece); }

// As the owner is shown them elsewhere, so that nothing is told here that is not told there.
std::vector<std::pair<MatterId, OwnPiece>> Matters::own_after(MatterId after, TimePoint now) const {
    std::map<MatterId, OwnPiece> own;
    Boundaries set = list(now);
    for (Mute& mute : set.mutes) own.emplace(mute.id, std::move(mute));
    for (Block& block : set.blocks) own.emplace(block.id, std::move(block));
    each<KeptLabelChoice>(kept_, [&](MatterId id, const KeptLabelChoice& kept) {
        own.emplace(id, OwnLabelChoice{.label = kept.label, .choice = kept.choice});
    });
    each<KeptAway>(kept_, [&](MatterId id, const KeptAway& kept) {
        if (now < kept.away.until) own.emplace(id, kept.away);
    });
    Contacts known = list_contacts(now);
    for (Offer& offer : known.made) own.emplace(offer.id, OwnOffer{.offer = std::move(offer), .made = true});
    // Whoever has been shown one keeps it when its maker blocks them; so none is shown here first (PRODUCT X3).
    for (Offer& offer : known.received) {
        if (!kept<KeptOffer>(offer.id)->shown) continue;
        own.emplace(offer.id, OwnOffer{.offer = std::move(offer), .made = false});
    }
    each<KeptContact>(kept_, [&](MatterId id, const KeptContact& kept) {
        for (const Contact& contact : known.contacts)
            if (contact.room == kept.contact.room)
                own.emplace(id, OwnContact{.room = contact.room, .person = contact.person, .other = contact.other});
    });
    each<KeptDecision>(
        kept_, [&](MatterId id, const KeptDecision& kept) { own.emplace(id, as_it_stands(kept.decision, now)); });
    return {own.upper_bound(after), own.end()};
}

}  // namespace kindroom::domain
