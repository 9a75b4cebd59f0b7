// What the pieces tell of themselves, bound to the counts for the operator.
#pragma once

#include "ops/metrics.hpp"
#include "store/watch.hpp"

namespace kindroom {

// `metrics` outlives the store that it is handed to.
inline store::Watch counted_in(ops::Metrics& metrics) {
    return {
        .on_committed =
            [&metrics](const store::CommittedGroup& group) {
                metrics.add(ops::Counter::store_commits, group.transactions);
                metrics.add(ops::Counter::store_records, group.records);
                if (group.keys_destroyed > 0) metrics.add(ops::Counter::data_keys_destroyed, group.keys_destroyed);
                metrics.observe(ops::Timing::store_commit, group.took);
            },
        .on_refused =
            [&metrics](std::uint64_t transactions) { metrics.add(ops::Counter::store_commits_failed, transactions); },
        .on_waiting =
            [&metrics](std::uint64_t transactions) {
                metrics.set(ops::Gauge::store_transactions_waiting, static_cast<std::int64_t>(transactions));
            }};
}

}  // namespace kindroom
