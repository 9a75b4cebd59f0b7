// Reports and cases, line by line.
#include "cli/screen.hpp"
#include "cli/terminal_text.hpp"

namespace kindroom::cli {

namespace {

const char* in_words(v1::CaseOutcome outcome) {
    switch (outcome) {
        case v1::CASE_OUTCOME_ACTED:
            return "something was done about it";
        case v1::CASE_OUTCOME_ADVISED:
            return "there was a talk with those whom it concerns";
        case v1::CASE_OUTCOME_DISMISSED:
            return "nothing was to be done";
        case v1::CASE_OUTCOME_UPHELD:
            return "it stands";
        case v1::CASE_OUTCOME_REVERSED:
            return "it was wrong, and is undone";
        default:
            return "it is not decided yet";
    }
}

}  // namespace

std::string Screen::reports(const v1::Reports& reports) const {
    if (reports.reports().empty()) return notice("No report of yours is kept. /report tells the moderators.");
    std::string out = strong("What became of your reports");
    for (const auto& report : reports.reports()) {
        out += "\n  reported " + when(report.reported_at_ms(), 0) + ": " + in_words(report.outcome());
        if (report.outcome() == v1::CASE_OUTCOME_DISMISSED) out += " (/appeal and its receipt: somebody else looks again)";
        if (!report.answer().empty()) out += "\n    " + wrap(clean_text(report.answer()), look_.columns - 5, "    ");
    }
    return out;
}

std::string Screen::appeal(const v1::AppealStatus& status) const {
    std::string out =
        strong("Your appeal") + " from " + when(status.appealed_at_ms(), 0) + ": " + in_words(status.outcome());
    if (!status.answer().empty()) out += "\n  " + wrap(clean_text(status.answer()), look_.columns - 3, "  ");
    return out;
}

std::string Screen::case_about(const v1::CaseCard& card) const {
    std::string people;
    for (const auto& one : card.about()) people += (people.empty() ? "" : ", ") + person(one);
    switch (card.kind()) {
        case v1::CASE_KIND_MESSAGE:
            return "a message by " + people;
        case v1::CASE_KIND_PEOPLE:
            return people;
        case v1::CASE_KIND_PATTERN:
            return people + ": several people who have nothing to do with each other keep away";
        case v1::CASE_KIND_APPEAL:
            return people.empty() ? "an appeal of a dismissed report" : "an appeal by " + people;
        default:
            return "something that could not be found";
    }
}

std::string Screen::cases(const std::vector<v1::CaseCard>& cases, const RoomName& name) const {
    std::string out = strong("What waits (/case and a letter opens one)");
    for (std::size_t i = 0; i < cases.size(); ++i) {
        std::string mark = letters(i);
        mark.resize(4, ' ');
        out += "\n  " + mark + case_about(cases[i]) + ", ";
        if (!cases[i].room_id().empty()) out += "in " + name(cases[i].room_id()) + ", ";
        out += "since " + when(cases[i].opened_at_ms(), 0);
        if (cases[i].claim() == v1::CASE_CLAIM_YOURS) out += dyed("2", "  (yours)");
        if (cases[i].claim() == v1::CASE_CLAIM_SOMEBODY_ELSES) out += dyed("2", "  (somebody looks at it)");
    }
    return out;
}

std::string Screen::case_card(const v1::CaseCard& card, const RoomName& name) const {
    std::string out = strong("Case: " + case_about(card)) + "\n  ";
    if (!card.room_id().empty()) out += "in " + name(card.room_id()) + ", ";
    out += "since " + when(card.opened_at_ms(), 0);
    if (card.claim() == v1::CASE_CLAIM_YOURS) out += "\n  yours until " + when(card.claim_ends_at_ms(), 0);
    if (card.claim() == v1::CASE_CLAIM_SOMEBODY_ELSES)
        out += "\n  another moderator looks at it, until " + when(card.claim_ends_at_ms(), 0);
    if (card.decided_at_ms() != 0) {
        out += "\n  decided: " + std::string(in_words(card.outcome()));
        if (!card.note().empty()) out += "\n  note: " + wrap(clean_text(card.note()), look_.columns - 9, "        ");
    }
    return out;
}

std::string Screen::case_keys(const v1::CaseCard& card) const {
    const bool is_open = card.decided_at_ms() == 0;
    std::string keys = card.kind() == v1::CASE_KIND_PATTERN ? "  " : "  s: show what was said   ";
    if (card.claim() == v1::CASE_CLAIM_SOMEBODY_ELSES) return keys;
    if (is_open) keys += "c: claim it   g: give it back";
    if (is_open && card.kind() == v1::CASE_KIND_APPEAL) return keys + "\n  u: uphold the decision   v: reverse it";
    if (card.kind() != v1::CASE_KIND_APPEAL && card.about_size() > 0) {
        keys += "\n  w: warn   h: see first what they write   t: timeout\n  o: out of the room   b: ban";
        if (!card.message_id().empty()) keys += "   x: take the message back";
    }
    return is_open ? keys + "\n  r: resolve the case   d: dismiss it" : keys;
}

std::string Screen::case_people(const v1::CaseCard& card) const {
    std::string out;
    for (int i = 0; i < card.about_size(); ++i)
        out += "\n  " + letters(static_cast<std::size_t>(i)) + "  " + person(card.about(i));
    return strong("About whom?") + out;
}

std::string Screen::case_report(const v1::CaseOpened& opened) const {
    const v1::CaseReport& report = opened.report();
    std::string out = strong("Reported");
    out += report.words().empty() ? " without words"
                                  : ":\n  " + wrap(clean_text(report.words()), look_.columns - 3, "  ");
    if (opened.has_decision()) out += "\n" + decision(opened.decision());
    if (!report.rule_id().empty()) out += "\n  Rule: " + clean_line(report.rule_id());
    for (const auto& message : report.evidence()) {
        const std::string sign = message.reported() ? "\n  > " : "\n    ";
        for (const auto& earlier : message.earlier())
            out += sign + person(message.author()) + ", before an edit: " +
                   wrap(clean_text(earlier.text()), look_.columns - 5, "    ");
        out += sign + person(message.author()) + ", " + when(message.posted_at_ms(), 0) + ": " +
               wrap(clean_text(message.text()), look_.columns - 5, "    ");
    }
    return out;
}

}  // namespace kindroom::cli
