#include "sim/case_watch.hpp"

#include <algorithm>

#include "domain/audit.hpp"

namespace kindroom::sim {

using namespace domain;

namespace {

// From the moment when something was judged to that when it leaves, while the store refuses.
constexpr Duration on_its_way{3'000};
// How long a request may wait with its device.
constexpr Duration waiting_with_a_device{10'000};

crypto::Vault::Binding bound_to(CaseId id, std::string_view kind) {
    return {.room = {}, .message = *MessageId::from_bytes(id.bytes()), .kind = kind};
}

bool is_about(const Case& one, AccountId account) {
    return std::any_of(one.about.begin(), one.about.end(), [&](const auto& about) { return about.account == account; });
}

}  // namespace

// ---- what is on the disk --------------------------------------------------------------------------------------------

CaseWatch::OnDisk CaseWatch::read() const {
    const HouseGround& ground = world_.ground();
    const auto loaded = ground.disk->load_cases();
    OnDisk disk;
    disk.keys = ground.opened(loaded.keys);
    for (const auto& record : loaded.cases) {
        const auto key = disk.keys.find(record.content.place_key);
        if (key == disk.keys.end()) continue;
        const auto packed = crypto::Vault::open(record.content.box, &key->second, nullptr, bound_to(record.id, "case"));
        if (auto one = packed ? unpack_case(record.id, *packed) : std::nullopt) disk.cases.emplace(record.id, *one);
    }
    for (const auto& head : loaded.reports) disk.reports.emplace(head.receipt, head);
    return disk;
}

std::optional<ReportContent> CaseWatch::content_of(const store::ReportRecord& head, const OnDisk& disk) const {
    const auto whole = world_.ground().disk->find_report(head.receipt);
    const auto key = whole ? disk.keys.find(whole->content.place_key) : disk.keys.end();
    if (key == disk.keys.end()) return std::nullopt;
    const auto packed =
        crypto::Vault::open(whole->content.box, &key->second, nullptr, bound_to(head.case_id, "report"));
    return packed ? unpack_report(*packed) : std::nullopt;
}

SecretHash CaseWatch::hash_of(const std::string& code) const {
    return world_.ground().names.hash_secret(crypto::tidy_code(code).reveal());
}

// ---- what leaves ----------------------------------------------------------------------------------------------------

void CaseWatch::sees(const Connection& connection, const v1::Batch& batch) {
    for (const auto& event : batch.event()) {
        if (!event.has_reply()) continue;
        const auto asked = connection.unanswered().find(event.reply().request_id());
        if (asked != connection.unanswered().end()) sees(connection, asked->second, event.reply());
    }
}

void CaseWatch::sees(const Connection& connection, const v1::Request& request, const v1::Reply& reply) {
    const std::string& who = connection.login_id;
    if (reply.has_report_received()) is_kept(who, hash_of(reply.report_received().receipt()), request);
    if (reply.has_appeal_status()) {
        const auto appeal = as_bytes(std::string_view("appeal"));
        const auto& code = request.has_appeal() ? request.appeal().code() : request.get_appeal().code();
        // Whoever objects to what was judged before, upon another one's objection, is told of that.
        if (reply.appeal_status().outcome() == v1::CASE_OUTCOME_UNSPECIFIED)
            is_kept({}, world_.ground().names.digest({hash_of(code).bytes(), appeal}), request);
    }
    if (!reply.has_cases() && !reply.has_case_opened() && !reply.has_done()) return;
    const auto is_shown_in = [&](const std::string& id) { is_shown(who, id_from<CaseId>(id), read()); };
    if (reply.has_case_opened()) is_shown_in(request.open_case().case_id());
    if (reply.has_cases()) {
        const OnDisk disk = read();
        for (const auto& card : reply.cases().cases()) is_shown(who, id_from<CaseId>(card.case_id()), disk);
    }
    if (!reply.has_done()) return;
    if (request.has_claim_case()) {
        is_shown_in(request.claim_case().case_id());
        has_claimed(who, id_from<CaseId>(request.claim_case().case_id()));
    }
    if (request.has_resolve_case()) has_decided(who, id_from<CaseId>(request.resolve_case().case_id()));
    if (request.has_dismiss_case()) has_decided(who, id_from<CaseId>(request.dismiss_case().case_id()));
}

void CaseWatch::is_kept(const std::string& login_id, SecretHash receipt, const v1::Request& request) {
    if (known_.contains(receipt)) return;
    const OnDisk disk = read();
    const auto head = disk.reports.find(receipt);
    if (head == disk.reports.end()) return violation("a report or an objection was confirmed before it was durable");
    const auto one = disk.cases.find(head->second.case_id);
    const auto content = content_of(head->second, disk);
    if (one == disk.cases.end() || !content) return violation("a report of which nothing can be read");
    const AccountId by = head->second.reporter;
    if (!login_id.empty() && world_.ground().disk->find_account(login_id) != by) violation("a report of somebody else");
    const std::string& words = request.has_report() ? request.report().words() : request.appeal().words();
    if (!request.has_get_appeal() && request.has_report() && content->words != words)
        violation("a report says something else");
    reports_ += request.has_report();
    known_.emplace(receipt, Known{.by = by, .case_id = head->second.case_id, .content = *content});
    if (request.has_report() && request.report().has_message())
        check_evidence(login_id, request.report().message(), one->second, *content);
}

// What stands in the room, and has been shown to the one who reports, is in the evidence.
void CaseWatch::check_evidence(const std::string& login_id, const v1::ReportedMessage& asked, const Case& one,
                               const ReportContent& content) {
    const auto& disk = *world_.ground().disk;
    const auto room = id_from<RoomId>(asked.room_id());
    const auto message = id_from<MessageId>(asked.message_id());
    const auto rows = disk.find_message(room, message);
    if (rows.messages.empty() || rows.messages.front().retracted) return;
    const auto& row = rows.messages.front();
    const auto reporter = disk.find_account(login_id);
    if (!reporter || decisions_.is_apart(*reporter, row.author)) return;
    const auto loaded = disk.load_room({.room = room, .window_steps = 0, .accepted_since = now()});
    const bool is_seen = std::any_of(loaded->memberships.begin(), loaded->memberships.end(), [&](const auto& member) {
        return member.account == *reporter && member.joined && member.joined_after < row.position;
    });
    // What was shown to them between asking and now is no matter.
    if (!is_seen || now() - row.posted_at < on_its_way) return;
    const auto kept = std::find_if(content.evidence.begin(), content.evidence.end(),
                                   [](const FrozenMessage& frozen) { return frozen.is_reported; });
    if (one.kind != CaseKind::message || kept == content.evidence.end() || kept->id != message)
        return violation("what was reported is not in the evidence");
    if (row.edited) return;
    for (const Told& told : world_.witness().story(room))
        if (told.id == message && told.text != kept->text) violation("the evidence says something else");
}

// ---- who looks at it ------------------------------------------------------------------------------------------------

void CaseWatch::is_shown(const std::string& login_id, CaseId id, const OnDisk& disk) {
    const auto account = world_.ground().disk->find_account(login_id);
    const auto found = disk.cases.find(id);
    if (!account || found == disk.cases.end()) return violation("a case is shown that is not there");
    const Case& one = found->second;
    if (is_about(one, *account)) violation("somebody is shown a case about themselves");
    if (one.dismissed && dismissed_by_[*one.dismissed].contains(*account))
        violation("whoever dismissed a report is shown the objection to that");
    if (!one.decision || one.about.empty()) return;
    for (const KeptDecision& kept : decisions_.decisions_of(one.about.front().account)) {
        if (kept.decision.id != *one.decision) continue;
        if (kept.by == *account) violation("whoever decided something is shown the objection to it");
        const bool has_confirmed = kept.confirmed_by == *account;
        // Whoever had decided the objection before they confirmed did not judge themselves.
        const bool was_first = one.decided && one.decided->by == *account;
        if (has_confirmed && !was_first && decisions_.confirmed_before(*one.decision, now() - on_its_way))
            violation("whoever confirmed something is shown the objection to it");
    }
}

bool CaseWatch::is_taken_by_another(const std::string& login_id, const Case& one) const {
    const auto claim = claims_.find(one.id);
    if (claim == claims_.end() || claim->second.by == login_id || claim->second.until <= now()) return false;
    // Whoever confirms the decision that an objection is about does not judge that, and lets go of it.
    const auto by = world_.ground().disk->find_account(claim->second.by);
    if (by && std::ranges::find(one.closed_to, *by) != one.closed_to.end()) return false;
    const auto gave_back = gave_back_.find(claim->second.by);
    return gave_back == gave_back_.end() || gave_back->second + waiting_with_a_device < claim->second.at;
}

void CaseWatch::has_claimed(const std::string& login_id, CaseId id) {
    const OnDisk disk = read();
    const auto found = disk.cases.find(id);
    if (found == disk.cases.end()) return;
    if (is_taken_by_another(login_id, found->second)) violation("two have claimed one case");
    const auto account = world_.ground().disk->find_account(login_id);
    // It may have ended, or have been given back since.
    if (found->second.claimed_by != account) return;
    claims_.insert_or_assign(id, Claim{.by = login_id, .at = now(), .until = found->second.claim_ends});
}

void CaseWatch::has_decided(const std::string& login_id, CaseId id) {
    const OnDisk disk = read();
    is_shown(login_id, id, disk);
    const auto found = disk.cases.find(id);
    if (found == disk.cases.end()) return;
    const auto account = world_.ground().disk->find_account(login_id);
    // Reopened since, or just that.
    if (found->second.decided && found->second.decided->by == account && is_taken_by_another(login_id, found->second) &&
        found->second.decided->at > claims_.at(id).at)
        violation("a case was decided that somebody else had claimed");
    claims_.erase(id);
}

// ---- what is kept ---------------------------------------------------------------------------------------------------

void CaseWatch::check_kept() {
    const OnDisk disk = read();
    for (const auto& [id, one] : disk.cases)
        if (one.decided && one.decided->outcome == CaseOutcome::dismissed) dismissed_by_[id].insert(one.decided->by);
    for (const auto& [receipt, known] : known_) {
        const auto head = disk.reports.find(receipt);
        if (head == disk.reports.end() || !disk.cases.contains(known.case_id))
            return violation("what was reported is lost");
        if (content_of(head->second, disk) != known.content) return violation("what was reported is not as it was");
    }
}

void CaseWatch::check_at_rest(const v1::Cases& queue) {
    check_kept();
    const OnDisk disk = read();
    check_deciders(disk);
    std::set<CaseId> waiting;
    for (const auto& card : queue.cases()) waiting.insert(id_from<CaseId>(card.case_id()));
    for (const auto& [id, one] : disk.cases) {
        if (!one.decided && one.checked_at == never && !waiting.contains(id))
            violation("a case waits and nobody is shown it");
        if (!one.decided || one.decided->outcome != CaseOutcome::reversed || !one.decision) continue;
        for (const KeptDecision& kept : decisions_.decisions_of(one.about.front().account))
            if (kept.decision.id == *one.decision && kept.decision.state != DecisionState::reversed)
                violation("a decision was said to be wrong and stands");
    }
}

// The audit log says who confirmed before they decided an objection.
void CaseWatch::check_deciders(const OnDisk& disk) {
    std::set<std::pair<AuditRef, AuditName>> confirmed;
    std::map<AuditRef, AuditRef> decision_of;
    for (const auto& [id, one] : disk.cases)
        if (one.decision) decision_of.emplace(audit_ref(id), audit_ref(*one.decision));
    for (const auto& row : world_.ground().disk->read_audit({.after = 0, .limit = UINT32_MAX})) {
        const auto entry = unpack_audit_entry(as_text(row.entry));
        if (!entry) continue;
        if (entry->kind == AuditKind::decision_made || entry->kind == AuditKind::decision_confirmed)
            confirmed.emplace(entry->ref, entry->by);
        const auto appealed = decision_of.find(entry->ref);
        if (entry->kind == AuditKind::appeal_decided && appealed != decision_of.end() &&
            confirmed.contains({appealed->second, entry->by}))
            violation("somebody decided an objection to what they had decided or confirmed");
    }
}

std::size_t CaseWatch::reversals() const {
    const OnDisk disk = read();
    return static_cast<std::size_t>(std::count_if(disk.cases.begin(), disk.cases.end(), [](const auto& one) {
        return one.second.decided && one.second.decided->outcome == CaseOutcome::reversed;
    }));
}

}  // namespace kindroom::sim
