// What somebody has reported, for themselves to take along.
#include <algorithm>

#include "actors/case_desk.hpp"
#include "actors/home.hpp"

namespace kindroom::actors {

using namespace domain;

struct CaseDesk::Gathering {
    // Those that are left, the next one last.
    std::vector<SecretHash> receipts;
    std::size_t bytes_max = 0;
    ThenOwnReports then;
    OwnReports found{};
    std::size_t bytes = 0;
};

void CaseDesk::own_reports(AccountId reporter, SecretHash after, std::size_t bytes_max, ThenOwnReports then) {
    auto receipts = book_.reports_of(reporter);
    std::erase_if(receipts, [&](SecretHash receipt) { return receipt <= after; });
    std::ranges::sort(receipts, std::ranges::greater{});
    gather(std::make_unique<Gathering>(
        Gathering{.receipts = std::move(receipts), .bytes_max = bytes_max, .then = std::move(then)}));
}

void CaseDesk::gather(std::unique_ptr<Gathering> gathering) {
    if (gathering->receipts.empty() || gathering->bytes >= gathering->bytes_max) {
        if (gathering->receipts.empty()) gathering->found.further.reset();
        return gathering->then(std::move(gathering->found));
    }
    const SecretHash receipt = gathering->receipts.back();
    gathering->receipts.pop_back();
    gathering->found.further = receipt;
    home_.services().store.find_report(
        receipt, home_.scheduler(), [this, receipt, gathering = std::move(gathering)](auto report) mutable {
            if (!report) return gathering->then(report.error());
            const ReportHead* head = book_.report(receipt);
            const CaseKey* key = head ? key_of(head->case_id) : nullptr;
            const auto packed = key && *report ? crypto::Vault::open((*report)->content.box, &key->key, nullptr,
                                                                     bound_to(head->case_id, "report"))
                                               : std::nullopt;
            // Its case is over, and what it held is destroyed.
            if (auto content = packed ? unpack_report(*packed) : std::nullopt) {
                OwnReport own{.status = book_.status(*head),
                              .words = std::move(content->words),
                              .rule_id = std::move(content->rule_id)};
                gathering->bytes += size_of(own);
                gathering->found.reports.push_back(std::move(own));
            }
            gather(std::move(gathering));
        });
}

}  // namespace kindroom::actors
