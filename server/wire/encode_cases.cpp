// Cases as moderators are shown them, and reports as those who made them.
#include "kindroom/v1/cases.pb.h"
#include "wire/encode_parts.hpp"

namespace kindroom::wire {
namespace {

void put(const domain::FrozenMessage& from, v1::FrozenMessage& to) {
    to.set_message_id(from.id.bytes().data(), MessageId::size);
    wire::put(from.author, *to.mutable_author());
    to.set_text(from.text);
    for (const auto& label : from.labels) to.add_labels(label);
    to.set_posted_at_ms(to_ms(from.posted_at));
    for (const auto& earlier : from.earlier) {
        auto& words = *to.add_earlier();
        words.set_at_ms(to_ms(earlier.at));
        words.set_text(earlier.text);
    }
    to.set_reported(from.is_reported);
}

}  // namespace

void put(const domain::ReportStatus& from, v1::ReportStatus& to) {
    to.set_reported_at_ms(to_ms(from.reported_at));
    if (!from.outcome) return;
    to.set_outcome(static_cast<v1::CaseOutcome>(*from.outcome));
    to.set_answer(from.answer);
    to.set_answered_at_ms(to_ms(from.answered_at));
}

void put(const domain::CaseCard& from, v1::CaseCard& to) {
    to.set_case_id(from.case_id.bytes().data(), CaseId::size);
    to.set_kind(static_cast<v1::CaseKind>(from.kind));
    if (!from.room.is_nil()) to.set_room_id(from.room.bytes().data(), RoomId::size);
    if (from.message) to.set_message_id(from.message->bytes().data(), MessageId::size);
    for (const auto& person : from.about) put(person, *to.add_about());
    to.set_opened_at_ms(to_ms(from.opened_at));
    to.set_claim(static_cast<v1::CaseClaim>(from.claim));
    if (from.claim != domain::Claim::nobodys) to.set_claim_ends_at_ms(to_ms(from.claim_ends));
    if (!from.outcome) return;
    to.set_outcome(static_cast<v1::CaseOutcome>(*from.outcome));
    to.set_note(from.note);
    to.set_decided_at_ms(to_ms(from.decided_at));
}

void put(const domain::CaseOpened& from, v1::CaseOpened& to) {
    put(from.card, *to.mutable_card());
    to.mutable_report()->set_words(from.report.words);
    to.mutable_report()->set_rule_id(from.report.rule_id);
    for (const auto& message : from.report.evidence) put(message, *to.mutable_report()->add_evidence());
    to.set_next_report(from.next_report);
    if (from.decision) put(*from.decision, *to.mutable_decision());
}

void put(const domain::AppealStatus& from, v1::AppealStatus& to) {
    to.set_appealed_at_ms(to_ms(from.appealed_at));
    if (!from.outcome) return;
    to.set_outcome(static_cast<v1::CaseOutcome>(*from.outcome));
    to.set_answer(from.answer);
    to.set_answered_at_ms(to_ms(from.answered_at));
}

}  // namespace kindroom::wire
