// Reports, and the commands of moderators about their cases.
#include "kindroom/v1/cases.pb.h"
#include "wire/decode_commands.hpp"
#include "wire/fields.hpp"

namespace kindroom::wire {
namespace {

// Commands that say no more than which case.
template <class Wanted>
Read only_case(const std::string& bytes) {
    const auto which = required_id<CaseId>(bytes, "case_id");
    if (!which) return which.error();
    return Wanted{*which};
}

}  // namespace

Read read(v1::Report& report) {
    domain::Report wanted{.what = {},
                          .words = std::move(*report.mutable_words()),
                          .rule_id = std::move(*report.mutable_rule_id())};
    switch (report.what_case()) {
        case v1::Report::kMessage: {
            const auto room = room_of(report.message().room_id());
            if (!room) return room.error();
            const auto message = required_id<MessageId>(report.message().message_id(), "message_id");
            if (!message) return message.error();
            wanted.what = domain::ReportedMessage{.in_room = *room, .message = *message};
            return wanted;
        }
        case v1::Report::kPerson: {
            const auto person = person_of(report.person());
            if (!person) return person.error();
            wanted.what = *person;
            return wanted;
        }
        case v1::Report::WHAT_NOT_SET:
            break;
    }
    return bad_field("what");
}

Read read(v1::GetReports& get) { return domain::GetReports{std::move(*get.mutable_receipt())}; }

Read read(v1::OpenCase& open) {
    const auto which = required_id<CaseId>(open.case_id(), "case_id");
    if (!which) return which.error();
    return domain::OpenCase{.case_id = *which, .show = open.show(), .report = open.report()};
}

Read read(v1::ClaimCase& claim) { return only_case<domain::ClaimCase>(claim.case_id()); }

Read read(v1::ReleaseCase& release) { return only_case<domain::ReleaseCase>(release.case_id()); }

// That there was nothing to be done is said by DismissCase.
Read read(v1::ResolveCase& resolve) {
    const auto which = required_id<CaseId>(resolve.case_id(), "case_id");
    if (!which) return which.error();
    const auto outcome = enumerator<domain::CaseOutcome>(resolve.outcome(), v1::CaseOutcome_IsValid, "outcome");
    if (!outcome) return outcome.error();
    if (*outcome == domain::CaseOutcome::dismissed) return bad_field("outcome");
    return domain::ResolveCase{.case_id = *which,
                               .outcome = *outcome,
                               .note = std::move(*resolve.mutable_note()),
                               .answer = std::move(*resolve.mutable_answer())};
}

Read read(v1::DismissCase& dismiss) {
    const auto which = required_id<CaseId>(dismiss.case_id(), "case_id");
    if (!which) return which.error();
    return domain::DismissCase{.case_id = *which,
                               .note = std::move(*dismiss.mutable_note()),
                               .answer = std::move(*dismiss.mutable_answer())};
}

Read read(v1::Appeal& appeal) {
    return domain::Appeal{.code = appeal.code(), .words = std::move(*appeal.mutable_words())};
}

Read read(v1::GetAppeal& get) { return domain::GetAppeal{get.code()}; }

}  // namespace kindroom::wire
