// Whose words were heard in a room, and by whom, until the authors are told. Pure; not durable: it is a kindness, and a
// restart in the same minute may lose it.
#pragma once

#include <map>
#include <set>
#include <utility>

#include "base/ids.hpp"

namespace kindroom::domain {

class HeardWords {
  public:
    // Bounded by the people of the room: whoever hears an author twice is noted once.
    void note(AccountId author, AccountId by) { hearers_[author].insert(by); }
    // The authors to be told, each with those who heard them. Afterwards there are none.
    std::map<AccountId, std::set<AccountId>> take() { return std::exchange(hearers_, {}); }
    bool empty() const { return hearers_.empty(); }

  private:
    std::map<AccountId, std::set<AccountId>> hearers_;
};

}  // namespace kindroom::domain
