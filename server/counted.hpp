// What the pieces tell of themselves, bound to the counts and the log for the operator.
#pragma once

#include <memory>

#include "ops/health.hpp"
#include "ops/log.hpp"
#include "ops/metrics.hpp"
#include "ops/seldom.hpp"
#include "store/watch.hpp"

namespace kindroom {

inline ops::Literal name_of(store::Refusal why) {
    switch (why) {
        case store::Refusal::disk_full:
            return "disk_full";
        case store::Refusal::disk:
            return "disk";
        case store::Refusal::too_many_waiting:
            return "too_many_waiting";
    }
    return ops::no_name;
}

// Counts, log, and whether the store works, which is taken for so at first. All of them outlive the store.
inline store::Watch told_to(ops::Metrics& metrics, ops::Health& health, ops::Log& log) {
    const auto set = [&metrics, &health](store::Part part, bool works) {
        const bool is_ring = part == store::Part::key_ring;
        health.set(is_ring ? ops::Check::key_ring : ops::Check::store, works);
        metrics.set(is_ring ? ops::Gauge::key_ring_works : ops::Gauge::store_works, works ? 1 : 0);
    };
    for (const auto part : {store::Part::database, store::Part::key_ring}) set(part, true);
    return {
        .on_committed =
            [&metrics](const store::CommittedGroup& group) {
                metrics.add(ops::Counter::store_commits, group.transactions);
                metrics.add(ops::Counter::store_records, group.records);
                if (group.keys_destroyed > 0) metrics.add(ops::Counter::data_keys_destroyed, group.keys_destroyed);
                metrics.observe(ops::Timing::store_commit, group.took);
            },
        .on_refused =
            [&metrics, &log, seldom = std::make_shared<ops::Seldom>()](std::uint64_t transactions, store::Refusal why) {
                metrics.add(ops::Counter::store_commits_failed, transactions);
                if (const auto times = seldom->happened())
                    log.error(ops::LogEvent::store_refused, {{"why", name_of(why)}, {"times", *times}});
            },
        .on_waiting =
            [&metrics](std::uint64_t transactions) {
                metrics.set(ops::Gauge::store_transactions_waiting, static_cast<std::int64_t>(transactions));
            },
        .on_turned =
            [set, &log](store::Part part, bool works) {
                set(part, works);
                const ops::Field what{"part", part == store::Part::key_ring ? ops::Literal("key_ring") : "database"};
                if (works)
                    log.info(ops::LogEvent::store_recovered, {what});
                else
                    log.error(ops::LogEvent::store_trouble, {what});
            }};
}

}  // namespace kindroom
