#include "runtime/timers.hpp"

#include <algorithm>
#include <utility>

namespace kindroom::runtime {

bool Timers::later(const Entry& a, const Entry& b) { return a.due != b.due ? a.due > b.due : a.order > b.order; }

void Timers::add(Instant due, Task task) {
    heap_.push_back({due, added_++, std::move(task)});
    std::push_heap(heap_.begin(), heap_.end(), later);
}

std::optional<Timers::Instant> Timers::next() const {
    if (heap_.empty()) return std::nullopt;
    return heap_.front().due;
}

Task Timers::take_due(Instant now) {
    if (heap_.empty() || heap_.front().due > now) return nullptr;
    std::pop_heap(heap_.begin(), heap_.end(), later);
    Task task = std::move(heap_.back().task);
    heap_.pop_back();
    return task;
}

void Timers::clear() {
    // A task's destructor may add another; it must not find the heap half gone.
    const auto dropped = std::exchange(heap_, {});
}

}  // namespace kindroom::runtime
