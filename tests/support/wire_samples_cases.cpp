#include "support/wire_samples_cases.hpp"

namespace kindroom::samples {
namespace {

constexpr auto some_end = some_time + Duration{86'400'000};

v1::Request& next(std::vector<CommandSample>& all, const char* name) {
    auto& sample = all.emplace_back(CommandSample{name, {}});
    sample.request.set_id(static_cast<std::uint32_t>(all.size()));
    return sample.request;
}

domain::CaseCard a_card() {
    domain::CaseCard card;
    card.case_id = id_of<CaseId>(0x71);
    card.kind = domain::CaseKind::message;
    card.room = room;
    card.message = samples::message;
    card.about = {person()};
    card.opened_at = some_time;
    card.claim = domain::Claim::yours;
    card.claim_ends = some_end;
    return card;
}

domain::CaseCard a_decided_card() {
    auto card = a_card();
    card.claim = domain::Claim::nobodys;
    card.outcome = domain::CaseOutcome::advised;
    card.note = "We talked.";
    card.decided_at = some_end;
    return card;
}

domain::CaseOpened an_opened_case() {
    domain::FrozenMessage message{.id = samples::message,
                                  .author = person(),
                                  .text = "Go away.",
                                  .labels = {"grief"},
                                  .posted_at = some_time,
                                  .earlier = {{.at = some_time, .text = "Please go away."}},
                                  .is_reported = true};
    return {.card = a_card(),
            .report = {.words = "They would not stop.", .rule_id = "kind", .evidence = {std::move(message)}},
            .next_report = 1};
}

}  // namespace

void add_case_commands(std::vector<CommandSample>& all) {
    auto& report = *next(all, "report").mutable_report();
    report.mutable_message()->set_room_id(bytes_of(0x11));
    report.mutable_message()->set_message_id(bytes_of(0x22));
    report.set_words("They would not stop.");
    report.set_rule_id("kind");
    auto& person = *next(all, "report_of_person").mutable_report();
    person.mutable_person()->set_room_id(bytes_of(0x11));
    person.mutable_person()->set_token(bytes_of(0x55));
    next(all, "get_reports").mutable_get_reports()->set_receipt("ABCD-EFGH");
    next(all, "list_cases").mutable_list_cases();
    auto& open = *next(all, "open_case").mutable_open_case();
    open.set_case_id(bytes_of(0x71));
    open.set_show(true);
    open.set_report(1);
    next(all, "claim_case").mutable_claim_case()->set_case_id(bytes_of(0x71));
    next(all, "release_case").mutable_release_case()->set_case_id(bytes_of(0x71));
    auto& resolve = *next(all, "resolve_case").mutable_resolve_case();
    resolve.set_case_id(bytes_of(0x71));
    resolve.set_outcome(v1::CASE_OUTCOME_ADVISED);
    resolve.set_note("We talked.");
    resolve.set_answer("Thank you for telling us.");
    auto& dismiss = *next(all, "dismiss_case").mutable_dismiss_case();
    dismiss.set_case_id(bytes_of(0x71));
    dismiss.set_note("A misunderstanding.");
    dismiss.set_answer("Thank you for telling us.");
    next(all, "tap_out").mutable_tap_out();
    auto& appeal = *next(all, "appeal").mutable_appeal();
    appeal.set_code("ABCD-EFGH");
    appeal.set_words("It was not me.");
    next(all, "get_appeal").mutable_get_appeal()->set_code("ABCD-EFGH");
}

void add_case_replies(std::vector<ReplySample>& all) {
    const auto add = [&all](const char* name, domain::Reply reply) { all.push_back({name, std::move(reply)}); };
    add("refused_case_claimed", domain::Refused{refuse_until(Errc::case_claimed, some_end)});
    add("report_received", domain::ReportReceived{"ABCD-EFGH"});
    add("reports", domain::Reports{{{.reported_at = some_time,
                                     .outcome = domain::CaseOutcome::acted,
                                     .answer = "Thank you for telling us.",
                                     .answered_at = some_end},
                                    {.reported_at = some_time, .outcome = {}, .answer = {}}}});
    add("cases", domain::Cases{{a_card(), a_decided_card()}});
    add("case_opened", an_opened_case());
    auto appeal = an_opened_case();
    appeal.card.kind = domain::CaseKind::appeal;
    appeal.decision = decision();
    add("case_opened_of_appeal", std::move(appeal));
    add("appeal_status", domain::AppealStatus{.appealed_at = some_time,
                                              .outcome = domain::CaseOutcome::reversed,
                                              .answer = "You were right.",
                                              .answered_at = some_end});
}

void add_case_events(std::vector<EventSample>& all) {
    all.push_back({"case_waiting", domain::CaseWaiting{room, {id_of<AccountId>(private_byte)}}});
    all.push_back({"report_answered", domain::ReportAnswered{some_time}});
    all.push_back({"appeal_answered", domain::AppealAnswered{}});
}

}  // namespace kindroom::samples
