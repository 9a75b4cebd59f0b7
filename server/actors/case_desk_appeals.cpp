// Objections: found by their code, kept as cases for somebody else, and carried out when they were right.
#include "actors/case_desk.hpp"
#include "actors/home.hpp"

namespace kindroom::actors {

using namespace domain;

namespace {

CaseBook::Appealed appealed_of(AccountId account, const KeptDecision& kept, Duration fast_under) {
    const Decision& decision = kept.decision;
    CaseBook::Appealed appealed{.by = account, .about = {}};
    appealed.about.push_back({.account = account, .room = decision.room.value_or(RoomId{}), .person = kept.subject});
    appealed.decision = decision.id;
    for (const AccountId decider : {kept.by, kept.confirmed_by})
        if (!decider.is_nil()) appealed.closed_to.push_back(decider);
    appealed.decided_at = decision.decided_at;
    appealed.goes_first = decision.ends_at != never && decision.ends_at - decision.decided_at < fast_under;
    return appealed;
}

}  // namespace

// ---- found by a code ------------------------------------------------------------------------------------------------

// Whatever the code is of, what it is not is answered alike. It is looked up before anything is charged: who has a
// right one is heard, whoever else tries wrong ones from the same network (PRODUCT X6).
void CaseDesk::find_appealed(ReturnTo from, const std::string& code, ThenAppealed then) {
    const Services& services = home_.services();
    const SecretHash hash = services.names.hash_secret(crypto::tidy_code(code).reveal());
    const SecretHash key = services.names.digest({hash.bytes(), as_bytes(std::string_view("appeal"))});
    const auto found = [key, then = std::make_shared<ThenAppealed>(std::move(then))](auto appealed) {
        (*then)(key, std::move(appealed));
    };
    services.store.find_appeal_code(hash, home_.scheduler(), [this, hash, from, found](auto record) {
        const auto& shards = home_.services().shards;
        if (!record) return shards.refuse(from, record.error());
        if (!*record) return found(book_.dismissed_by(hash));
        shards.send(shards.home_of((*record)->account), [found, from, record = **record](Home& there) {
            there.account(record.account).find_decision(record.id, [found, from, record, &there](const auto& kept) {
                const auto& onwards = there.services().shards;
                // No miss: the code is right.
                if (!kept) return onwards.refuse(from, kept.error());
                Result<CaseBook::Appealed> appealed = refuse(Errc::appeal_invalid);
                if (*kept) appealed = appealed_of(record.account, **kept, there.services().limits.appeal_fast_under);
                onwards.send(Shards::front,
                             [found, appealed = std::move(appealed)](Home&) mutable { found(std::move(appealed)); });
            });
        });
    });
}

void CaseDesk::refuse_code(ReturnTo from, const Peer& peer, const Error& error) {
    const auto may = home_.reception().missed_appeal(peer);
    home_.services().shards.refuse(from, may ? error : may.error());
}

void CaseDesk::appeal(ReturnTo from, const Peer& peer, Appeal command) {
    find_appealed(from, command.code, [this, from, peer, words = std::move(command.words)](auto key, auto appealed) {
        if (!appealed) return refuse_code(from, peer, appealed.error());
        in_turn([this, from, key, appealed = std::move(*appealed), words] {
            return judge_appeal(from, key, appealed, words);
        });
    });
}

std::optional<CaseDesk::Work> CaseDesk::judge_appeal(ReturnTo from, SecretHash key,
                                                     const CaseBook::Appealed& appealed, const std::string& words) {
    const auto& shards = home_.services().shards;
    auto filed = book_.decide_appeal(appealed, home_.random().id<CaseId>(), home_.now());
    if (!filed) return shards.refuse(from, filed.error()), std::nullopt;
    if (const ReportHead* own = book_.report(key)) return shards.reply(from, book_.appeal_status(*own)), std::nullopt;
    const bool is_decided = !filed->is_new && filed->into.decided;
    if (is_decided) return shards.reply(from, book_.appeal_status(filed->head)), std::nullopt;
    const CaseKey* known = nullptr;
    if (!filed->is_new) {
        filed = book_.decide_joined(filed->into, appealed.by, home_.now());
        known = key_of(filed->into.id);
    }
    const CaseKey case_key = known ? *known
                                   : CaseKey{home_.random().id<DataKeyId>(), crypto::DataKey::make(home_.random())};
    Work work = work_for(from);
    work.changes = keep(*filed, case_key, key, {.words = words, .rule_id = {}, .evidence = {}});
    if (known) work.changes.push_back(put(filed->into, case_key));
    work.changes.push_back(noted(AuditKind::appeal_made, filed->into, nullptr));
    work.on_durable = [this, from, key, case_key, filed = std::move(*filed)] {
        keys_.insert_or_assign(filed.into.id, case_key);
        book_.apply(filed.into);
        book_.apply(key, filed.head);
        home_.services().shards.reply(from, book_.appeal_status(filed.head));
        ask_who_confirmed(filed.into);
        tell_waiting(filed.into);
    };
    return work;
}

void CaseDesk::get_appeal(ReturnTo from, const Peer& peer, GetAppeal command) {
    find_appealed(from, command.code, [this, from, peer](auto key, auto appealed) {
        const auto& shards = home_.services().shards;
        const ReportHead* head = book_.report(key);
        if (!appealed && !head) return refuse_code(from, peer, appealed.error());
        if (!head) return shards.refuse(from, refuse(Errc::not_found));
        const AppealStatus status = book_.appeal_status(*head);
        shards.reply(from, status);
        if (status.outcome && !head->seen) mark_seen({key});
    });
}

// At once, since that it was confirmed is durable; what is kept of it here is asked anew after a restart.
void CaseDesk::confirmed(DecisionId decision, AccountId by) {
    in_turn([this, decision, by]() -> std::optional<Work> {
        auto kept = book_.decide_kept_from(decision, by);
        if (!kept) return std::nullopt;
        book_.apply(*kept);
        Work work{.changes = {}, .on_durable = {}, .on_failed = [](Error) {}};
        work.changes.push_back(put(*kept, *key_of(kept->id)));
        work.on_durable = [this, kept = std::move(*kept)] { tell_waiting(kept); };
        return work;
    });
}

void CaseDesk::ask_who_confirmed(const Case& appeal) const {
    if (!appeal.decision) return;
    const auto& shards = home_.services().shards;
    const AccountId account = appeal.about.front().account;
    shards.send(shards.home_of(account), [account, decision = *appeal.decision](Home& there) {
        there.account(account).find_decision(decision, [&there, decision](const auto& kept) {
            if (!kept || !*kept || (*kept)->confirmed_by.is_nil()) return;
            there.services().shards.send(Shards::front, [decision, by = (*kept)->confirmed_by](Home& front) {
                front.case_desk().confirmed(decision, by);
            });
        });
    });
}

// ---- looked at and carried out --------------------------------------------------------------------------------------

void CaseDesk::answer_with_decision(ReturnTo from, const Case& one, CaseOpened answer) const {
    const auto& shards = home_.services().shards;
    if (!one.decision) return shards.reply(from, std::move(answer));
    const AccountId account = one.about.front().account;
    shards.send(shards.home_of(account), [from, account, decision = *one.decision,
                                          answer = std::move(answer)](Home& there) mutable {
        there.account(account).find_decision(
            decision, [from, &there, answer = std::move(answer)](const auto& kept) mutable {
                if (kept && *kept) answer.decision = for_moderators((*kept)->decision);
                there.services().shards.reply(from, std::move(answer));
            });
    });
}

// Undoing twice is undoing once, so it is begun again whenever it may not have come to its end.
void CaseDesk::carry_out(ReturnTo from, IdentityPtr who, const Case& reversed) const {
    const auto& shards = home_.services().shards;
    const AccountId account = reversed.about.front().account;
    shards.send(shards.home_of(account), [from, who = std::move(who), account, decision = *reversed.decision,
                                          why = reversed.decided->answer](Home& there) {
        there.account(account).reverse({.from = from, .who = who}, decision, why, {});
    });
}

}  // namespace kindroom::actors
