// What all actors share: made once by the one who serves (serve.cpp), outlives every shard.
#pragma once

#include <functional>
#include <string>

#include "actors/shards.hpp"
#include "base/clock.hpp"
#include "base/limits.hpp"
#include "base/time_zone.hpp"
#include "bus/bus.hpp"
#include "crypto/master_key.hpp"
#include "crypto/names.hpp"
#include "crypto/vault.hpp"
#include "store/store.hpp"

namespace kindroom::ops {
class Metrics;
}

namespace kindroom::actors {

class PassphraseDesk;

// What the operator has set about the house as a whole.
struct HouseSettings {
    std::string name = "Kindroom";
    bool open_registration = false;
    std::string appeal;
    // Of the rooms' opening hours.
    TimeZone time_zone{};
};

struct Services {
    const Limits& limits;
    const Clock& clock;
    store::Store& store;
    bus::Bus& bus;
    const crypto::MasterKey& master;
    const crypto::Vault& vault;
    const crypto::Names& names;
    PassphraseDesk& passphrases;
    Shards& shards;
    ops::Metrics& metrics;
    HouseSettings house;
    // Pages somebody outside of the chat that help is needed, without a word of it; any thread. Empty: there is nobody.
    std::function<void()> page_outside{};
};

}  // namespace kindroom::actors
