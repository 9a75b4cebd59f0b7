// Taking one's data along: the pieces that lie in rooms and at the moderators' desk.
#pragma once

#include <memory>
#include <vector>

#include "actors/identity.hpp"
#include "domain/own_data.hpp"
#include "store/records.hpp"

namespace kindroom::actors {

class Home;

// One answer on its way. Lives by itself until it has answered; runs on the home shard of the account.
struct OwnDataReading {
    ReturnTo to;
    AccountId account;
    std::shared_ptr<const PersonKey> key;
    std::size_t bytes_max = 0;
    // Gone with it, however it ends: so the account knows that it may begin another one.
    std::shared_ptr<const bool> is_under_way = std::make_shared<const bool>(true);
    domain::MyData data{};
    std::size_t bytes = 0;
    std::vector<store::MembershipRecord> memberships{};

    bool is_full() const { return bytes >= bytes_max; }
    void add(domain::OwnPiece piece) {
        bytes += domain::size_of(piece);
        data.pieces.push_back(std::move(piece));
    }
};

// Fills the answer with rooms, words and reports from behind this place on, and gives it. How many answers it takes
// depends on nothing but one's own words: what others say in a room is read over (PRODUCT X7, look 20).
void read_own_data(Home& home, std::unique_ptr<OwnDataReading> reading, domain::ExportPlace from);

}  // namespace kindroom::actors
