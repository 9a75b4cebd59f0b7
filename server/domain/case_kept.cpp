// A case as it is kept: packed, to be sealed.
#include <algorithm>

#include "domain/case_book.hpp"
#include "domain/packer.hpp"

namespace kindroom::domain {

namespace {

constexpr char version_1 = 1;

}  // namespace

std::string thing_of(RoomId room, MessageId message) { return Packer('m').id(room).id(message).take(); }

std::string thing_of(const std::vector<Acquaintance>& about) {
    std::vector<std::pair<AccountId, RoomId>> people;
    for (const Acquaintance& one : about) people.emplace_back(one.account, one.room);
    std::sort(people.begin(), people.end());
    Packer thing('p');
    for (const auto& [account, room] : people) thing.id(account).id(room);
    return thing.take();
}

std::string pack(const Case& one) {
    Packer out(version_1);
    out.number(static_cast<std::int64_t>(one.kind)).id(one.room).text(one.thing).time(one.opened_at);
    out.number(static_cast<std::int64_t>(one.about.size()));
    for (const Acquaintance& who : one.about) {
        out.id(who.account).id(who.room).id(who.person.token).text(who.person.name).text(who.person.sign);
        out.number(static_cast<std::int64_t>(who.person.voice));
    }
    out.number(one.message ? 1 : 0).id(one.message.value_or(MessageId{}));
    out.number(one.decision ? 1 : 0).id(one.decision.value_or(DecisionId{}));
    out.number(one.dismissed ? 1 : 0).id(one.dismissed.value_or(CaseId{})).number(one.goes_first ? 1 : 0);
    out.number(static_cast<std::int64_t>(one.closed_to.size()));
    for (const AccountId account : one.closed_to) out.id(account);
    out.time(one.checked_at).id(one.claimed_by).time(one.claim_ends).number(one.decided ? 1 : 0);
    if (one.decided) {
        out.number(static_cast<std::int64_t>(one.decided->outcome)).text(one.decided->note).text(one.decided->answer);
        out.id(one.decided->by).time(one.decided->at);
    }
    return out.take();
}

std::optional<Case> unpack_case(CaseId id, std::string_view packed) {
    Unpacker from(packed);
    if (from.version() != version_1) return std::nullopt;
    Case one;
    one.id = id;
    one.kind = from.one_of(CaseKind::message, CaseKind::appeal);
    one.room = from.id<RoomId>();
    one.thing = from.text();
    one.opened_at = from.time();
    for (auto left = from.count(); left > 0 && from.ok(); --left) {
        Acquaintance who;
        who.account = from.id<AccountId>();
        who.room = from.id<RoomId>();
        who.person.token = from.id<PersonToken>();
        who.person.name = from.text();
        who.person.sign = from.text();
        who.person.voice = from.one_of(Voice::person, Voice::moderator);
        one.about.push_back(std::move(who));
    }
    const bool has_message = from.number() == 1;
    const auto message = from.id<MessageId>();
    if (has_message) one.message = message;
    const bool has_decision = from.number() == 1;
    const auto decision = from.id<DecisionId>();
    if (has_decision) one.decision = decision;
    const bool has_dismissed = from.number() == 1;
    const auto dismissed = from.id<CaseId>();
    if (has_dismissed) one.dismissed = dismissed;
    one.goes_first = from.number() == 1;
    for (auto left = from.count(); left > 0 && from.ok(); --left) one.closed_to.push_back(from.id<AccountId>());
    one.checked_at = from.time();
    one.claimed_by = from.id<AccountId>();
    one.claim_ends = from.time();
    if (from.number() == 1) {
        CaseDecided decided;
        decided.outcome = from.one_of(CaseOutcome::acted, CaseOutcome::reversed);
        decided.note = from.text();
        decided.answer = from.text();
        decided.by = from.id<AccountId>();
        decided.at = from.time();
        one.decided = std::move(decided);
    }
    if (!from.done()) return std::nullopt;
    return one;
}

}  // namespace kindroom::domain
