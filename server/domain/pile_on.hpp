// Whom the words of a room have turned to lately, so that not everybody turns to one person at once.
//
// Each author is held to what they themselves can see of it: words and links that are hidden from them do not count.
// What a hidden person does thus makes nobody slower (PRODUCT X3, looks 14 and 30).
#pragma once

#include <map>
#include <vector>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "domain/asker.hpp"
#include "domain/event.hpp"

namespace kindroom::domain {

class PileOn {
  public:
    // `limits` must outlive it.
    explicit PileOn(const Limits& limits) : limits_(limits) {}

    // Whether the author may answer or mention those whom this message answers and mentions. Refuses with many_to_one
    // and says when fewer others will have turned to that person lately. Oneself, and a role voice, can always be
    // answered.
    Result<void> may_turn_to(const Message& message, const Asker& author, Horizon horizon, TimePoint now) const;
    void apply(const RoomStep& posted);

  private:
    struct Turn {
        AccountId author;
        TimePoint at{};
        // The words themselves, and in them the link or mention.
        Sighting words;
        Sighting towards;
    };
    Result<void> may_turn_to(AccountId person, const Asker& author, Horizon horizon, TimePoint now) const;
    void note(AccountId person, Turn turn);

    const Limits& limits_;
    // Of the last pile_on_window, and no more than a few of each author.
    std::map<AccountId, std::vector<Turn>> turns_;
};

}  // namespace kindroom::domain
