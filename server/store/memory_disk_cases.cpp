// What was reported, and the cases of the moderators.
#include "store/memory_disk.hpp"
#include "store/wanted_keys.hpp"

namespace kindroom::store {

void MemoryDisk::apply(const PutReport& change) { reports_[change.report.receipt] = change.report; }

void MemoryDisk::apply(const MarkReportSeen& change) {
    if (const auto found = reports_.find(change.receipt); found != reports_.end()) found->second.seen = true;
}

void MemoryDisk::apply(const PutCase& change) { cases_[change.record.id] = change.record; }

void MemoryDisk::apply(const DeleteCase& change) {
    std::erase_if(reports_, [&](const auto& entry) { return entry.second.case_id == change.case_id; });
    cases_.erase(change.case_id);
}

void MemoryDisk::apply(const DestroyKey& change) { keys_.erase(change.key); }

std::optional<ReportRecord> MemoryDisk::find_report(SecretHash receipt) const {
    const auto found = reports_.find(receipt);
    if (found == reports_.end()) return std::nullopt;
    return found->second;
}

LoadedCases MemoryDisk::load_cases() const {
    LoadedCases loaded;
    std::set<DataKeyId> wanted;
    for (const auto& [id, record] : cases_) {
        loaded.cases.push_back(record);
        want(wanted, record.content);
    }
    for (const auto& [receipt, report] : reports_) {
        loaded.reports.push_back(report);
        if (report.case_id.is_nil())
            want(wanted, report.content);
        else
            loaded.reports.back().content.box.clear();
    }
    loaded.keys = keys_of(wanted);
    return loaded;
}

}  // namespace kindroom::store
