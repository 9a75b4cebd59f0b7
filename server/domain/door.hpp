// How somebody gets into a room that is not open to all: those who knock, those who were let in, and invites.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "domain/people.hpp"

namespace kindroom::domain {

// A code that takes people into one room; only its hash is known.
struct RoomInvite {
    SecretHash code;
    std::uint32_t uses_left = 1;
    TimePoint ends_at{};
    friend bool operator==(const RoomInvite&, const RoomInvite&) = default;
};

class Door {
  public:
    // `limits` must outlive it.
    explicit Door(const Limits& limits) : limits_(limits) {}

    // -- knocks: not durable; a knock that nobody answers fades, and so does one that a restart forgets --

    struct Heard {
        TimePoint fades_at{};
        // Those on duty are to be told. Not for a repetition, nor where as many knock already as one can look through.
        bool is_news = false;
    };
    // Somebody knocks, seen as `person`. The answer tells nothing of what becomes of it: the same while the knock
    // stands, whether it waits or was passed over. Whose door is open learns until when.
    Heard knock(AccountId account, const Person& person, TimePoint now);
    // Those who wait for an answer, the earliest first.
    std::vector<Knocker> waiting(TimePoint now) const;
    struct LetIn {
        AccountId account;
        TimePoint until{};
    };
    // Nothing if no such knock waits.
    std::optional<LetIn> let_in(PersonToken token, TimePoint now);
    void pass_over(PersonToken token);
    bool is_open_to(AccountId account, TimePoint now) const;
    // The same people wait as before the room was loaded anew.
    void take_over_knocks(const Door& before);

    // -- invites: durable --

    // Refuses with too_many.
    Result<void> may_invite(TimePoint now) const;
    void put(const RoomInvite& invite) { invites_.insert_or_assign(invite.code, invite); }
    // Null for one that is unknown, used up or over.
    const RoomInvite* invite(SecretHash code, TimePoint now) const;
    // As it stands after one more use.
    RoomInvite spend(SecretHash code);
    // Takes out those that are over, and says which.
    std::vector<SecretHash> drop_ended(TimePoint now);

  private:
    struct Caller {
        AccountId account;
        Person person;
        TimePoint fades_at{};
        bool waits = true;
        // `until` of LetIn; zero if they were not let in.
        TimePoint open_until{};
        TimePoint kept_until() const { return std::max(fades_at, open_until); }
    };
    void forget_faded(TimePoint now);
    Caller* waiting_caller(PersonToken token);

    const Limits& limits_;
    // In the order in which they came; bounded by knocks_max.
    std::vector<Caller> callers_;
    // Bounded by room_invites_max.
    std::map<SecretHash, RoomInvite> invites_;
};

}  // namespace kindroom::domain
