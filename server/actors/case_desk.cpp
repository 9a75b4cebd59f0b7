#include "actors/case_desk.hpp"

#include "actors/audited.hpp"
#include "actors/home.hpp"
#include "domain/packer.hpp"

namespace kindroom::actors {

using namespace domain;

namespace {

// What a report of version 2 of the schema said: words, and the people it was about.
std::optional<std::pair<Reported, ReportContent>> read_older(const std::string& packed) {
    Unpacker from(packed);
    std::pair<Reported, ReportContent> read;
    read.second.words = from.text();
    for (auto left = from.count(); left > 0 && from.ok(); --left) {
        Acquaintance who;
        who.account = from.id<AccountId>();
        who.room = from.id<RoomId>();
        who.person.name = from.text();
        who.person.sign = from.text();
        // It counted those whom it did not tell apart.
        if (from.ok()) read.first.about.push_back(std::move(who));
    }
    if (read.first.about.empty()) return std::nullopt;
    read.first.kind = CaseKind::people;
    read.first.room = read.first.about.front().room;
    read.first.thing = thing_of(read.first.about);
    return read;
}

AuditOutcome outcome_in_log(CaseOutcome outcome) {
    switch (outcome) {
        case CaseOutcome::acted:
        case CaseOutcome::advised:
            return AuditOutcome::acted;
        case CaseOutcome::dismissed:
            return AuditOutcome::dismissed;
        case CaseOutcome::upheld:
            return AuditOutcome::upheld;
        case CaseOutcome::reversed:
            return AuditOutcome::reversed;
    }
    return AuditOutcome::none;
}

}  // namespace

crypto::Vault::Binding CaseDesk::bound_to(CaseId id, std::string_view kind) {
    return {.room = {}, .message = *MessageId::from_bytes(id.bytes()), .kind = kind};
}

CaseDesk::CaseDesk(Home& home) : home_(home), book_(home.services().limits) {}

// ---- loading --------------------------------------------------------------------------------------------------------

void CaseDesk::open(MoveOnlyFunction<void(bool)> ready) {
    home_.services().store.load_cases(home_.scheduler(), [this, ready = std::move(ready)](auto loaded) mutable {
        if (!loaded) return ready(false);
        take_in(std::move(*loaded));
        ready(true);
    });
}

void CaseDesk::take_in(store::LoadedCases loaded) {
    std::map<DataKeyId, crypto::DataKey> keys;
    for (const auto& wrapped : loaded.keys)
        if (const auto key = home_.services().vault.unwrap(wrapped.wrapped, wrapped.id)) keys.emplace(wrapped.id, *key);
    for (const auto& record : loaded.cases) {
        const auto key = keys.find(record.content.place_key);
        if (key == keys.end()) continue;
        const auto packed =
            crypto::Vault::open(record.content.box, &key->second, nullptr, bound_to(record.id, "case"));
        auto one = packed ? unpack_case(record.id, *packed) : std::nullopt;
        if (!one) continue;
        keys_.insert_or_assign(record.id, CaseKey{key->first, key->second});
        book_.apply(std::move(*one));
    }
    looked_at_ = home_.now();
    for (const Case* reversed : book_.reversals())
        if (reversed->decision) carry_out({}, nullptr, *reversed);
    for (const Case* appeal : book_.open_appeals()) ask_who_confirmed(*appeal);
    for (const auto& report : loaded.reports) {
        if (report.case_id.is_nil()) {
            adopt(report, loaded.keys);
        } else if (book_.find(report.case_id)) {
            book_.apply(report.receipt, {.case_id = report.case_id,
                                         .reporter = report.reporter,
                                         .reported_at = report.reported_at,
                                         .number = report.number,
                                         .seen = report.seen});
        }
    }
    schedule();
}

void CaseDesk::adopt(const store::ReportRecord& report, const std::vector<store::WrappedKey>& keys) {
    std::optional<std::pair<Reported, ReportContent>> read;
    for (const auto& wrapped : keys) {
        if (wrapped.id != report.content.place_key) continue;
        const auto key = home_.services().vault.unwrap(wrapped.wrapped, wrapped.id);
        const auto packed = key ? crypto::Vault::open(report.content.box, &*key, nullptr,
                                                      {.room = {}, .message = {}, .kind = "report"})
                                : std::nullopt;
        if (packed) read = read_older(*packed);
    }
    if (!read) return;
    read->first.reporter = report.reporter;
    in_turn([this, report, read = std::move(*read)]() -> std::optional<Work> {
        auto filed = book_.decide_file(read.first, home_.random().id<CaseId>(), report.reported_at);
        const CaseKey* known = key_of(filed.into.id);
        CaseKey key = known ? *known
                            : CaseKey{home_.random().id<DataKeyId>(), crypto::DataKey::make(home_.random())};
        Work work{.changes = keep(filed, key, report.receipt, read.second), .on_durable = {}, .on_failed = {}};
        work.changes.push_back(store::DestroyKey{report.content.place_key});
        work.on_durable = [this, filed, key, receipt = report.receipt] {
            keys_.insert_or_assign(filed.into.id, key);
            book_.apply(filed.into);
            book_.apply(receipt, filed.head);
        };
        // It is there as it was, for the next start.
        work.on_failed = [](Error) {};
        return work;
    });
}

// ---- one after the other --------------------------------------------------------------------------------------------

void CaseDesk::in_turn(Judge judge) {
    turns_.push_back(std::move(judge));
    if (!is_committing_) next_turn();
}

void CaseDesk::next_turn() {
    while (!is_committing_ && !turns_.empty()) {
        Judge judge = std::move(turns_.front());
        turns_.pop_front();
        auto work = judge();
        if (!work) continue;
        is_committing_ = true;
        home_.services().store.commit({.changes = std::move(work->changes)}, home_.scheduler(),
                                      [this, then = std::move(work->on_durable),
                                       otherwise = std::move(work->on_failed)](auto result) mutable {
                                          is_committing_ = false;
                                          if (result)
                                              then();
                                          else
                                              otherwise(result.error());
                                          schedule();
                                          next_turn();
                                      });
    }
}

CaseDesk::Work CaseDesk::work_for(ReturnTo from) const {
    return {.changes = {}, .on_durable = {}, .on_failed = [this, from](Error error) {
                home_.services().shards.refuse(from, error);
            }};
}

// ---- reports --------------------------------------------------------------------------------------------------------

const CaseDesk::CaseKey* CaseDesk::key_of(CaseId id) const {
    const auto found = keys_.find(id);
    return found == keys_.end() ? nullptr : &found->second;
}

store::InsertKey CaseDesk::insert(const CaseKey& key) const {
    return {{.id = key.id,
             .room = {},
             .destroy_at = never,
             .wrapped = home_.services().vault.wrap(key.key, key.id, home_.random())}};
}

store::PutCase CaseDesk::put(const Case& one, const CaseKey& key) const {
    return {{.id = one.id,
             .content = {.place_key = key.id,
                         .person_key = {},
                         .box = crypto::Vault::seal(pack(one), &key.key, nullptr, bound_to(one.id, "case"),
                                                    home_.random())}}};
}

store::AppendAudit CaseDesk::noted(AuditKind kind, const Case& one, const Identity* who) const {
    AuditEntry entry{.kind = kind};
    // Who talks with whom is nobody's business: a direct room hangs in no hall.
    if (home_.notice()->rooms.contains(one.room)) entry.room = one.room;
    if (kind != AuditKind::report_taken) entry.ref = audit_ref(one.id);
    if (kind == AuditKind::case_decided || kind == AuditKind::appeal_decided)
        entry.outcome = outcome_in_log(one.decided->outcome);
    return audited(home_, who, std::move(entry));
}

std::vector<store::Change> CaseDesk::keep(const CaseBook::Filed& filed, const CaseKey& key, SecretHash receipt,
                                          const ReportContent& content) const {
    std::vector<store::Change> changes;
    if (filed.is_new) {
        changes.push_back(insert(key));
        changes.push_back(put(filed.into, key));
        if (filed.into.kind != CaseKind::appeal)
            changes.push_back(noted(AuditKind::case_opened, filed.into, nullptr));
    }
    changes.push_back(store::PutReport{
        {.receipt = receipt,
         .reporter = filed.head.reporter,
         .reported_at = filed.head.reported_at,
         .content = {.place_key = key.id,
                     .person_key = {},
                     .box = crypto::Vault::seal(pack(content), &key.key, nullptr, bound_to(filed.into.id, "report"),
                                                home_.random())},
         .case_id = filed.into.id,
         .number = filed.head.number,
         .seen = filed.head.seen}});
    return changes;
}

void CaseDesk::file(Reported reported, ReportContent content, ThenFiled then) {
    if (turns_.size() >= home_.services().limits.mailbox_tasks_max)
        return then(refuse_until(Errc::unavailable, home_.now() + Duration{1000}));
    keep_within(content.evidence, home_.services().limits.evidence_bytes_max);
    in_turn([this, reported = std::move(reported), content = std::move(content),
             then = std::make_shared<ThenFiled>(std::move(then))] { return judge_report(reported, content, then); });
}

std::optional<CaseDesk::Work> CaseDesk::judge_report(const Reported& reported, const ReportContent& content,
                                                     const std::shared_ptr<ThenFiled>& then) {
    const TimePoint now = home_.now();
    if (auto may = book_.may_report(reported.reporter, now); !may) return (*then)(may.error()), std::nullopt;
    auto filed = book_.decide_file(reported, home_.random().id<CaseId>(), now);
    const CaseKey* known = key_of(filed.into.id);
    CaseKey key = known ? *known : CaseKey{home_.random().id<DataKeyId>(), crypto::DataKey::make(home_.random())};
    const Secret code = crypto::make_recovery_code(home_.random());
    const SecretHash receipt = home_.services().names.hash_secret(crypto::tidy_code(code.reveal()).reveal());
    Work work{.changes = keep(filed, key, receipt, content), .on_durable = {}, .on_failed = {}};
    work.changes.push_back(noted(AuditKind::report_taken, filed.into, nullptr));
    work.on_durable = [this, filed, key, receipt, code = std::string(code.reveal()), then] {
        keys_.insert_or_assign(filed.into.id, key);
        book_.apply(filed.into);
        book_.apply(receipt, filed.head);
        (*then)(code);
        if (!filed.into.is_claimed(home_.now())) tell_waiting(filed.into);
    };
    work.on_failed = [then](Error error) { (*then)(error); };
    return work;
}

// ---- telling --------------------------------------------------------------------------------------------------------

void CaseDesk::tell_waiting(const Case& one) const {
    CaseWaiting waiting{.room = one.room, .not_for = {}};
    waiting.not_for = one.closed_to;
    for (const Acquaintance& about : one.about) waiting.not_for.push_back(about.account);
    const auto& shards = home_.services().shards;
    for (std::uint32_t shard = 0; shard < shards.count(); ++shard)
        shards.send(shard, [waiting](Home& there) { there.tell_on_duty(waiting); });
}

Event CaseDesk::answered(const ReportHead& head) const {
    if (book_.is_appeal(head)) return AppealAnswered{};
    return ReportAnswered{head.reported_at};
}

void CaseDesk::tell_reporters(CaseId id) const {
    const auto& shards = home_.services().shards;
    for (const SecretHash receipt : book_.reports_in(id)) {
        const ReportHead& head = *book_.report(receipt);
        shards.send(shards.home_of(head.reporter), [account = head.reporter, answered = answered(head)](Home& there) {
            if (AccountActor* actor = there.account_if_here(account)) actor->tell(answered);
        });
    }
}

void CaseDesk::device_came(AccountId account, ClientRef device) {
    for (const ReportHead& head : book_.unseen_of(account))
        home_.services().shards.send(device.shard, [device, account, answered = answered(head)](Home& there) {
            Client* client = there.client(device);
            if (client && client->identity() && client->identity()->account == account) client->tell(answered);
        });
}

// ---- time -----------------------------------------------------------------------------------------------------------

void CaseDesk::schedule() {
    const TimePoint now = home_.now();
    TimePoint due = book_.next_due(now);
    if (due == never) return;
    // What is overdue is on its way already, or the store refuses: it comes round again.
    if (due <= now) due = now + Duration{1000};
    if (due >= due_at_) return;
    due_at_ = due;
    home_.scheduler().after(due - now, [this, due] {
        if (due_at_ == due) keep_house();
    });
}

void CaseDesk::keep_house() {
    due_at_ = never;
    const TimePoint now = home_.now();
    for (const Case* one : book_.given_back(looked_at_, now)) tell_waiting(*one);
    looked_at_ = now;
    for (const CaseId id : book_.over(now)) destroy(id);
    for (const Case* pattern : book_.to_check(now)) check_pattern(pattern->id, pattern->about.front().account);
    schedule();
}

void CaseDesk::destroy(CaseId id) {
    in_turn([this, id]() -> std::optional<Work> {
        const CaseKey* key = key_of(id);
        if (!key) return std::nullopt;
        Work work{.changes = {}, .on_durable = {}, .on_failed = {}};
        work.changes.push_back(store::DestroyKey{key->id});
        work.changes.push_back(store::DeleteCase{id});
        work.on_durable = [this, id] {
            keys_.erase(id);
            book_.forget(id);
        };
        // It comes round again.
        work.on_failed = [](Error) {};
        return work;
    });
}

// ---- patterns -------------------------------------------------------------------------------------------------------

void CaseDesk::look_for_pattern(AccountId about, std::vector<AccountId> linked) {
    in_turn([this, about, linked = std::move(linked)]() -> std::optional<Work> {
        const Limits& limits = home_.services().limits;
        const auto spread = std::max(limits.pattern_delay_max - limits.pattern_delay_min, Duration{0});
        const Duration delay =
            limits.pattern_delay_min +
            Duration{static_cast<std::int64_t>(home_.random().below(static_cast<std::uint64_t>(spread.count()) + 1))};
        auto pattern = book_.decide_pattern(about, linked, home_.random().id<CaseId>(), home_.now(), delay);
        if (!pattern) return std::nullopt;
        const CaseKey key{home_.random().id<DataKeyId>(), crypto::DataKey::make(home_.random())};
        Work work{.changes = {}, .on_durable = {}, .on_failed = {}};
        work.changes.push_back(insert(key));
        work.changes.push_back(put(*pattern, key));
        work.on_durable = [this, key, pattern = std::move(*pattern)] {
            keys_.insert_or_assign(pattern.id, key);
            book_.apply(pattern);
        };
        // The account says so again when it is loaded anew.
        work.on_failed = [](Error) {};
        return work;
    });
}

void CaseDesk::check_pattern(CaseId id, AccountId about) {
    if (!checking_.insert(id).second) return;
    const auto& shards = home_.services().shards;
    shards.send(shards.home_of(about), [id, about](Home& there) {
        there.account(about).look_for_pattern([id, &there](Result<std::optional<Acquaintance>> found) {
            there.services().shards.send(Shards::front, [id, found = std::move(found)](Home& front) mutable {
                CaseDesk& desk = front.case_desk();
                desk.checking_.erase(id);
                if (found) return desk.on_checked(id, std::move(*found));
                // Its account cannot be read now: it comes round again.
                desk.schedule();
            });
        });
    });
}

void CaseDesk::on_checked(CaseId id, std::optional<Acquaintance> about) {
    if (!about) return destroy(id);
    in_turn([this, id, about = std::move(*about)]() -> std::optional<Work> {
        auto shown = book_.decide_shown(id, about, home_.now());
        if (!shown) return std::nullopt;
        Work work{.changes = {}, .on_durable = {}, .on_failed = {}};
        work.changes.push_back(put(*shown, *key_of(id)));
        work.changes.push_back(noted(AuditKind::case_opened, *shown, nullptr));
        work.on_durable = [this, shown = std::move(*shown)] {
            book_.apply(shown);
            tell_waiting(shown);
        };
        work.on_failed = [](Error) {};
        return work;
    });
}

}  // namespace kindroom::actors
