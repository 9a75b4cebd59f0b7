// Who is in a room right now, from the devices that listen to it. Pure; not durable: after a restart devices come back.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"

namespace kindroom::domain {

// A person whose last device has gone stays present for `linger`, so that a dropped connection is no event for others.
class Presence {
  public:
    explicit Presence(Duration linger) : linger_(linger) {}

    void device_came(AccountId account);
    void device_went(AccountId account, TimePoint now);
    // All devices at once, because the person left the room.
    void person_left(AccountId account) { people_.erase(account); }

    bool is_present(AccountId account, TimePoint now) const;
    // Whether some device listens, lingering not counted.
    bool has_device(AccountId account) const;
    // In the order of account ids, which is random to people.
    std::vector<AccountId> present(TimePoint now) const;
    // Drops those whose lingering is over.
    void forget_absent(TimePoint now);

  private:
    struct Devices {
        std::uint32_t count = 0;
        TimePoint gone_at{};
    };
    Duration linger_;
    std::map<AccountId, Devices> people_;
};

}  // namespace kindroom::domain
