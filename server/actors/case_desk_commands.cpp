// What the case desk answers to each command: one function a command.
#include <algorithm>

#include "actors/case_desk.hpp"
#include "actors/home.hpp"

namespace kindroom::actors {

using namespace domain;

namespace {

// Of one's own reports in one answer.
constexpr std::size_t reports_listed_max = 50;

Reviewer reviewer_of(const Identity& who) {
    return {.account = who.account, .standing = who.standing, .linked = who.linked};
}

}  // namespace

void CaseDesk::handle(Envelope envelope) {
    if (turns_.size() >= home_.services().limits.mailbox_tasks_max)
        return home_.services().shards.refuse(envelope.from,
                                              refuse_until(Errc::unavailable, home_.now() + Duration{1000}));
    std::visit(
        [&](const auto& command) {
            if constexpr (requires { on(envelope, command); })
                on(envelope, command);
            else
                home_.services().shards.refuse(envelope.from, refuse(Errc::unknown_command));
        },
        envelope.command);
}

// ---- what became of a report ----------------------------------------------------------------------------------------

void CaseDesk::on(const Envelope& envelope, const GetReports& command) {
    const auto& shards = home_.services().shards;
    const AccountId reporter = envelope.who->account;
    std::vector<SecretHash> receipts;
    if (command.receipt.empty()) {
        receipts = book_.reports_of(reporter);
        std::erase_if(receipts, [&](SecretHash receipt) { return book_.is_appeal(*book_.report(receipt)); });
        if (receipts.size() > reports_listed_max) receipts.resize(reports_listed_max);
    } else {
        receipts.push_back(home_.services().names.hash_secret(crypto::tidy_code(command.receipt).reveal()));
        const ReportHead* head = book_.report(receipts.front());
        if (!head || head->reporter != reporter || book_.is_appeal(*head))
            return shards.refuse(envelope.from, refuse(Errc::not_found));
    }
    Reports answer;
    std::vector<SecretHash> told;
    for (const SecretHash receipt : receipts) {
        const ReportHead& head = *book_.report(receipt);
        answer.reports.push_back(book_.status(head));
        if (answer.reports.back().outcome && !head.seen) told.push_back(receipt);
    }
    shards.reply(envelope.from, std::move(answer));
    if (!told.empty()) mark_seen(told);
}

void CaseDesk::mark_seen(const std::vector<SecretHash>& receipts) {
    in_turn([this, receipts]() -> std::optional<Work> {
        Work work{.changes = {}, .on_durable = {}, .on_failed = {}};
        for (const SecretHash receipt : receipts) work.changes.push_back(store::MarkReportSeen{receipt});
        work.on_durable = [this, receipts] {
            for (const SecretHash receipt : receipts) book_.mark_seen(receipt);
        };
        // They are told once more.
        work.on_failed = [](Error) {};
        return work;
    });
}

// ---- reading cases --------------------------------------------------------------------------------------------------

void CaseDesk::on(const Envelope& envelope, const ListCases&) {
    const Reviewer who = reviewer_of(*envelope.who);
    const TimePoint now = home_.now();
    Cases answer;
    for (const Case* one : book_.queue(who, now)) answer.cases.push_back(book_.card(*one, who, now));
    home_.services().shards.reply(envelope.from, std::move(answer));
}

void CaseDesk::on(const Envelope& envelope, const OpenCase& command) {
    const auto& shards = home_.services().shards;
    const Reviewer who = reviewer_of(*envelope.who);
    const auto found = book_.find(who, command.case_id);
    if (!found) return shards.refuse(envelope.from, found.error());
    CaseOpened answer{.card = book_.card(**found, who, home_.now()), .report = {}, .next_report = 0};
    // Of a pattern there is nothing to show.
    if (!command.show || (*found)->kind == CaseKind::pattern) return shards.reply(envelope.from, std::move(answer));
    const auto page = book_.page(command.case_id, command.report);
    if (!page) return shards.refuse(envelope.from, refuse(Errc::not_found));
    answer.next_report = page->next;
    in_turn([this, from = envelope.from, who = envelope.who, receipt = page->receipt,
             answer = std::move(answer)]() -> std::optional<Work> {
        const Case* one = book_.find(answer.card.case_id);
        if (!one) return home_.services().shards.refuse(from, refuse(Errc::not_found)), std::nullopt;
        Work work = work_for(from);
        work.changes.push_back(noted(AuditKind::evidence_shown, *one, who.get()));
        work.on_durable = [this, from, receipt, answer] { show_report(from, receipt, answer); };
        return work;
    });
}

void CaseDesk::show_report(ReturnTo from, SecretHash receipt, CaseOpened answer) {
    home_.services().store.find_report(
        receipt, home_.scheduler(), [this, from, answer = std::move(answer)](auto report) mutable {
            const auto& shards = home_.services().shards;
            if (!report) return shards.refuse(from, report.error());
            const CaseId id = answer.card.case_id;
            const CaseKey* key = key_of(id);
            const auto packed = key && *report ? crypto::Vault::open((*report)->content.box, &key->key, nullptr,
                                                                     bound_to(id, "report"))
                                               : std::nullopt;
            auto content = packed ? unpack_report(*packed) : std::nullopt;
            // It was over meanwhile.
            if (!content) return shards.refuse(from, refuse(Errc::not_found));
            answer.report = std::move(*content);
            answer_with_decision(from, *book_.find(id), std::move(answer));
        });
}

// ---- looking after cases --------------------------------------------------------------------------------------------

CaseDesk::Work CaseDesk::change(ReturnTo from, Case changed, Task then) {
    Work work = work_for(from);
    work.changes.push_back(put(changed, *key_of(changed.id)));
    work.on_durable = [this, from, changed = std::move(changed), then = std::move(then)]() mutable {
        book_.apply(std::move(changed));
        home_.services().shards.reply(from, Done{});
        then();
    };
    return work;
}

void CaseDesk::on(const Envelope& envelope, const ClaimCase& command) {
    in_turn([this, from = envelope.from, who = envelope.who, id = command.case_id]() -> std::optional<Work> {
        auto claimed = book_.decide_claim(reviewer_of(*who), id, home_.now());
        if (!claimed) return home_.services().shards.refuse(from, claimed.error()), std::nullopt;
        auto entry = noted(AuditKind::case_claimed, *claimed, who.get());
        Work work = change(from, std::move(*claimed), [] {});
        work.changes.push_back(std::move(entry));
        return work;
    });
}

void CaseDesk::on(const Envelope& envelope, const ReleaseCase& command) {
    in_turn([this, from = envelope.from, who = reviewer_of(*envelope.who),
             id = command.case_id]() -> std::optional<Work> {
        const auto& shards = home_.services().shards;
        auto released = book_.decide_release(who, id, home_.now());
        if (!released) return shards.refuse(from, released.error()), std::nullopt;
        if (!*released) return shards.reply(from, Done{}), std::nullopt;
        return change(from, std::move(**released), [this, id] { tell_waiting(*book_.find(id)); });
    });
}

void CaseDesk::on(const Envelope& envelope, const ResolveCase& command) {
    decide(envelope, command.case_id,
           {.outcome = command.outcome, .note = command.note, .answer = command.answer, .by = {}, .at = home_.now()});
}

void CaseDesk::on(const Envelope& envelope, const DismissCase& command) {
    decide(envelope, command.case_id,
           {.outcome = CaseOutcome::dismissed,
            .note = command.note,
            .answer = command.answer,
            .by = {},
            .at = home_.now()});
}

void CaseDesk::decide(const Envelope& envelope, CaseId id, CaseDecided decided) {
    in_turn([this, from = envelope.from, who = envelope.who, id,
             decided = std::move(decided)]() -> std::optional<Work> {
        const auto& shards = home_.services().shards;
        auto closed = book_.decide_outcome(reviewer_of(*who), id, decided);
        if (!closed) return shards.refuse(from, closed.error()), std::nullopt;
        const Case& one = *closed ? **closed : *book_.find(id);
        const bool is_reversal = one.decided->outcome == CaseOutcome::reversed;
        if (!*closed && is_reversal && one.decision) return carry_out(from, who, one), std::nullopt;
        if (!*closed) return shards.reply(from, Done{}), std::nullopt;
        Work work = work_for(from);
        work.changes.push_back(put(one, *key_of(id)));
        const bool is_appeal = one.kind == CaseKind::appeal;
        work.changes.push_back(
            noted(is_appeal ? AuditKind::appeal_decided : AuditKind::case_decided, one, who.get()));
        auto reopened = is_reversal && one.dismissed ? book_.decide_reopen(*one.dismissed) : std::nullopt;
        if (reopened) work.changes.push_back(put(*reopened, *key_of(reopened->id)));
        work.on_durable = [this, from, who, one, is_reversal, reopened = std::move(reopened)] {
            book_.apply(one);
            if (is_reversal && one.decision)
                carry_out(from, who, one);
            else
                home_.services().shards.reply(from, Done{});
            tell_reporters(one.id);
            if (!reopened) return;
            book_.apply(*reopened);
            tell_waiting(*reopened);
        };
        return work;
    });
}

void CaseDesk::tap_out(ReturnTo from, AccountId moderator) {
    in_turn([this, from, moderator]() -> std::optional<Work> {
        auto released = book_.decide_release_all(moderator, home_.now());
        if (released.empty()) return home_.services().shards.reply(from, Done{}), std::nullopt;
        Work work = work_for(from);
        for (const Case& one : released) work.changes.push_back(put(one, *key_of(one.id)));
        work.on_durable = [this, from, released = std::move(released)] {
            for (const Case& one : released) book_.apply(one);
            home_.services().shards.reply(from, Done{});
            for (const Case& one : released) tell_waiting(one);
        };
        return work;
    });
}

}  // namespace kindroom::actors
