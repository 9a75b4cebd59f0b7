#include "operator/audit.hpp"

#include <algorithm>
#include <ostream>
#include <span>

#include "crypto/names.hpp"
#include "operator/audit_words.hpp"
#include "operator/moments.hpp"
#include "operator/transparency_words.hpp"
#include "store/sqlite/audit_file.hpp"

namespace kindroom::operator_ {

namespace {

constexpr int all_is_well = 0;
constexpr int not_true = 1;
constexpr int cannot_be_looked_at = 2;

// One order being carried out on an open file.
class Auditor {
  public:
    Auditor(const config::Config& config, const crypto::MasterKey& master, store::AuditFile& file, std::ostream& out,
            std::ostream& err)
        : config_(config), master_(master), file_(file), out_(out), err_(err) {}

    int operator()(const VerifyAudit& order) {
        const auto& path = config_.store.audit_heads_file;
        const auto read = path.empty() ? std::vector<NotedHead>{} : read_noted_heads(path);
        if (const auto* trouble = std::get_if<std::string>(&read)) return tell(*trouble);
        const auto& noted = std::get<std::vector<NotedHead>>(read);
        const auto walk = [this](const auto& each) { return file_.walk(each); };
        const auto verdict = verify(walk, crypto::ChainKey(master_), noted, order.head);
        if (verdict.first_bad != 0) {
            out_ << "Row " << verdict.first_bad << " of the audit log is the first bad one: " << verdict.why << '\n'
                 << verdict.head.number << " rows before it are true.\n";
            return not_true;
        }
        out_ << verdict.head.number << " entries checked, all true.\nHead: " << hex(verdict.head.hash) << '\n';
        if (!noted.empty())
            out_ << "It agrees with every head noted in " << path.string() << ", the last of "
                 << moment(noted.back().at) << ".\n";
        else if (!order.head)
            out_ << "No head was noted elsewhere, so an end that was cut off could not be seen.\n";
        return all_is_well;
    }

    int operator()(const ShowAudit& order) {
        AuditName wanted;
        if (!order.login_id.empty()) {
            const auto account = file_.find_account(order.login_id);
            if (!account) return tell("There is no account with this login id.");
            wanted = crypto::Names(master_).audit_name(*account);
        }
        const bool whole = file_.walk([&](const store::AuditRow& row) {
            const auto entry = domain::unpack_audit_entry(as_text(row.entry));
            if (wanted.is_nil() || (entry && (entry->by == wanted || entry->subject == wanted)))
                out_ << in_words(row.number, entry) << '\n';
            return true;
        });
        return whole ? all_is_well : tell("The rest cannot be read: `kindroomd audit verify` says from where on.");
    }

    int operator()(const MakeTransparencyReport& order) {
        if (order.period.until <= order.period.from) return tell("The period ends before it begins.");
        std::vector<domain::AuditEntry> entries;
        const crypto::ChainKey key(master_);
        store::AuditCheck check(key);
        const bool whole = file_.walk([&](const store::AuditRow& row) {
            check.take(row);
            if (auto entry = domain::unpack_audit_entry(as_text(row.entry))) entries.push_back(std::move(*entry));
            return true;
        });
        // Numbers from a log that somebody has changed are not for the public.
        if (!whole || check.is_broken())
            return tell("The audit log is not true, so nothing is counted: `kindroomd audit verify` says where.");
        const auto report = domain::make_transparency_report(entries, order.period);
        out_ << (order.json ? in_json(report, order.period) : in_words(report, order.period));
        return all_is_well;
    }

  private:
    int tell(const std::string& sentence) {
        err_ << sentence << '\n';
        return cannot_be_looked_at;
    }

    const config::Config& config_;
    const crypto::MasterKey& master_;
    store::AuditFile& file_;
    std::ostream& out_;
    std::ostream& err_;
};

}  // namespace

int look_at_audit(const AuditOrder& order, const config::Config& config, std::ostream& out, std::ostream& err) {
    const auto refuse = [&err](const std::string& sentence) {
        err << sentence << '\n';
        return cannot_be_looked_at;
    };
    if (config.store.kind != "sqlite") return refuse("This house keeps nothing, so it has no audit log: see store.kind.");
    const auto master = crypto::MasterKey::read_file(config.keys.master_key_file);
    if (const auto* trouble = std::get_if<std::string>(&master)) return refuse(*trouble);
    auto file = store::AuditFile::open(config.store.path.string());
    if (const auto* trouble = std::get_if<std::string>(&file)) return refuse(*trouble);
    Auditor auditor(config, std::get<crypto::MasterKey>(master), std::get<store::AuditFile>(file), out, err);
    return std::visit(auditor, order);
}

AuditVerdict verify(const WalkAudit& walk, const crypto::ChainKey& key, const std::vector<NotedHead>& noted,
                    const std::optional<crypto::ChainHash>& head) {
    store::AuditCheck check(key);
    bool met_head = !head;
    // A noted head that this log does not have.
    auto other = noted.end();
    const bool whole = walk([&](const store::AuditRow& row) {
        if (!check.take(row)) return false;
        met_head = met_head || check.head().hash == *head;
        other = std::ranges::find_if(noted, [&](const NotedHead& one) {
            return one.head.number == row.number && one.head != check.head();
        });
        return other == noted.end();
    });
    AuditVerdict verdict{.head = check.head(), .first_bad = 0, .why = {}};
    const auto bad = [&verdict](std::uint64_t row, std::string why) {
        verdict.first_bad = row;
        verdict.why = std::move(why);
        return verdict;
    };
    const std::uint64_t next = verdict.head.number + 1;
    if (other != noted.end()) {
        // What was noted earlier agrees, so up to there it is the same log.
        std::uint64_t same_up_to = 0;
        for (const NotedHead& earlier : std::span(noted.begin(), other))
            if (earlier.head.number < other->head.number) same_up_to = std::max(same_up_to, earlier.head.number);
        verdict.head.number = same_up_to;
        return bad(same_up_to + 1, "row " + std::to_string(other->head.number) + " is not the one that was noted on " +
                                       moment(other->at) + ", so rows were cut off and others put in their place.");
    }
    if (check.is_broken()) return bad(next, "it was changed, or a row before it is missing.");
    if (!whole) return bad(next, "the file is damaged there and cannot be read.");
    const auto last = std::ranges::max_element(noted, {}, [](const NotedHead& one) { return one.head.number; });
    if (last != noted.end() && last->head.number >= next)
        return bad(next, "it is missing; on " + moment(last->at) + " there were " + std::to_string(last->head.number) +
                             " rows.");
    if (!met_head) return bad(next, "no row has the head that was given, so it is missing, or the log is another one.");
    return verdict;
}

}  // namespace kindroom::operator_
