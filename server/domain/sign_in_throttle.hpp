// Slows down guessing of passphrases and codes, per login id and per network, without locking the owner out: a device
// that has a token does not come through here.
#pragma once

#include <list>
#include <string>
#include <unordered_map>

#include "base/ids.hpp"
#include "base/limits.hpp"
#include "domain/rates.hpp"

namespace kindroom::domain {

// Login ids are throttled whether or not there is such an account, so that the answer tells nothing. Remembers at most
// `networks_remembered_max` of either kind; the least recently tried is forgotten first. A login id is remembered for a
// try that failed, not for one that was asked about: nobody can make another one forgotten faster than they may guess.
// Pure.
class SignInThrottle {
  public:
    // Limits are read at each call, so that they must outlive the throttle.
    explicit SignInThrottle(const Limits& limits) : limits_(limits) {}

    // Whether a passphrase or code may be tried now; refuses with rate_limited and when to come back. Charges the
    // network for the try, right or wrong.
    Result<void> may_try(const std::string& login_id, NetworkId network, bool is_loopback, TimePoint now);
    void failed(const std::string& login_id, TimePoint now);
    void succeeded(const std::string& login_id);

    // Somebody tried to appeal with a code that is none: whether that may be said, or the network has tried too often;
    // refuses with rate_limited. A right code is not asked about here, so that no stranger in the same network can shut
    // somebody out of an appeal (PRODUCT X6). Nobody guesses one: a code has more than a hundred bits.
    Result<void> missed_appeal(NetworkId network, bool is_loopback, TimePoint now);

    // Whether one more account may be made from this network now.
    Result<void> may_sign_up(NetworkId network, bool is_loopback, TimePoint now);

  private:
    struct Tries {
        std::uint32_t failures = 0;
        TimePoint next_at{};
    };
    struct Network {
        TokenBucket tries;
        TokenBucket appeals;
        TokenBucket sign_ups;
    };
    // A map that forgets what was used least recently.
    template <class Key, class Value>
    class Recent {
      public:
        // Remembered from now on, where it was not.
        Value& remember(const Key& key, std::size_t most) {
            if (Value* known = find(key)) return *known;
            if (index_.size() >= most && !order_.empty()) {
                index_.erase(order_.back().first);
                order_.pop_back();
            }
            order_.emplace_front(key, Value{});
            index_.emplace(key, order_.begin());
            return order_.front().second;
        }
        // Nothing where it is not remembered; looking does not make it so, but keeps it longer.
        Value* find(const Key& key) {
            const auto found = index_.find(key);
            if (found == index_.end()) return nullptr;
            order_.splice(order_.begin(), order_, found->second);
            return &found->second->second;
        }
        void forget(const Key& key) {
            if (auto found = index_.find(key); found != index_.end()) {
                order_.erase(found->second);
                index_.erase(found);
            }
        }

      private:
        std::list<std::pair<Key, Value>> order_;
        std::unordered_map<Key, typename std::list<std::pair<Key, Value>>::iterator> index_;
    };

    const Limits& limits_;
    Recent<std::string, Tries> tries_;
    Recent<NetworkId, Network> networks_;
};

}  // namespace kindroom::domain
