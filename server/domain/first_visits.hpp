// Who came into a room for the first time a moment ago, and whether so many came at once that they only listen for a
// while (PRODUCT, "Raid controls").
//
// A wave is judged for each newcomer from their own view, as admission is: somebody who is hidden from them does not
// count, so that nobody becomes silent because of a person they are not to notice (PRODUCT X3, look 30).
#pragma once

#include <vector>

#include "base/limits.hpp"
#include "domain/asker.hpp"

namespace kindroom::domain {

class FirstVisits {
  public:
    // `limits` must outlive it.
    explicit FirstVisits(const Limits& limits) : limits_(limits) {}

    struct Coming {
        // Those who came lately and whom the newcomer may see; between two people that is mutual.
        std::vector<AccountId> seen;
        // Of them and the newcomer, those who came in a wave.
        std::vector<AccountId> wave;
        // All who came lately, the newcomer among them: what they are to a moderator is judged from that one's view.
        std::vector<AccountId> lately;
    };
    // What it would be if they came now.
    Coming decide(const Asker& newcomer, RoomId room, TimePoint now) const;
    void apply(AccountId newcomer, const std::vector<AccountId>& seen, TimePoint now);
    // Whoever has left counts for nobody, like somebody who is hidden; but coming back is no way around it.
    void went(AccountId account) { set_here(account, false); }
    void came_back(AccountId account) { set_here(account, true); }

  private:
    struct Visit {
        AccountId account;
        TimePoint at{};
        // When others came whom this one sees, in either order of coming.
        std::vector<TimePoint> others;
        bool is_here = true;
    };
    void set_here(AccountId account, bool is_here);
    std::size_t others_lately(const Visit& visit, TimePoint now) const;

    const Limits& limits_;
    // In order; those of the last wave_window, and not many more than make a wave.
    std::vector<Visit> visits_;
};

}  // namespace kindroom::domain
