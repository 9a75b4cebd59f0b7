#include "actors/home.hpp"

#include "ops/metrics.hpp"

namespace kindroom::actors {

using namespace domain;

Home::Home(Services& services, Scheduler& scheduler, crypto::Random random)
    : services_(services),
      scheduler_(scheduler),
      shard_(services.shards.count()),
      random_(std::move(random)),
      cursors_(services.master),
      dispatcher_(*this),
      hub_(cursors_, services.metrics) {
    services_.shards.add(scheduler_, *this);
    services_.bus.listen(scheduler_, [this](const bus::Publications& publications) {
        for (const auto& publication : publications)
            if (const auto* rules = std::get_if<RulesChanged>(&publication->what))
                for (auto& [number, client] : clients_)
                    if (client->identity()) client->tell(*rules);
        hub_.deliver(publications);
    });
    if (shard_ == Shards::front) {
        reception_ = std::make_unique<Reception>(*this);
        house_desk_ = std::make_unique<HouseDesk>(*this);
        decision_desk_ = std::make_unique<DecisionDesk>(*this);
        case_desk_ = std::make_unique<CaseDesk>(*this);
    }
}

Home::~Home() {
    // One that comes after it with the same counts begins with none.
    services_.metrics.change(ops::Gauge::rooms_loaded, -static_cast<std::int64_t>(rooms_.size()));
    services_.metrics.change(ops::Gauge::accounts_loaded, -static_cast<std::int64_t>(accounts_.size()));
}

// ---- clients --------------------------------------------------------------------------------------------------------

namespace {

// Whoever has typed a passphrase is not cut off while it is looked at: of a new account they would lose the recovery
// code, which nobody can look up for them.
void expect_sign_in(Home& home, ClientRef ref) {
    home.scheduler().after(home.services().limits.sign_in_max, [&home, ref] {
        Client* late = home.client(ref);
        if (!late || late->identity()) return;
        if (late->is_signing_in()) return expect_sign_in(home, ref);
        late->close(CloseCode::signed_in_too_late);
    });
}

}  // namespace

Client& Home::admit(Transport& transport, const Peer& peer) {
    KINDROOM_ASSERT(scheduler_.is_here());
    const ClientRef ref{.shard = shard_, .number = next_client_++};
    auto [place, is_new] = clients_.emplace(ref.number, std::make_unique<Client>(ref, transport, peer, *this));
    Client& client = *place->second;
    if (peer.is_operator) {
        client.set_identity(std::make_shared<const Identity>(Identity{
            .account = {}, .session = {}, .standing = {.role = Role::admin, .moderates = {}}, .is_operator = true}));
        return client;
    }
    strangers_ += 1;
    services_.metrics.change(ops::Gauge::connections_before_sign_in, 1);
    if (strangers_ > services_.limits.connections_before_sign_in_max / services_.shards.count())
        client.close(CloseCode::too_many_connections);
    else if (is_saying_goodbye_)
        client.say_goodbye(Duration{1000});
    expect_sign_in(*this, ref);
    return client;
}

void Home::signed_in(Client& client, IdentityPtr identity) {
    if (!client.identity()) {
        strangers_ -= 1;
        services_.metrics.change(ops::Gauge::connections_before_sign_in, -1);
    }
    services_.metrics.add(ops::Counter::sign_ins);
    client.set_identity(std::move(identity));
}

void Home::refuse_sign_in(const ReturnTo& to, Refused refused) {
    services_.metrics.add(ops::Counter::sign_ins_failed);
    services_.shards.send(to.client.shard, [to, refused = std::move(refused)](Home& there) mutable {
        Client* client = there.client(to.client);
        if (!client) return;
        client->set_signing_in(false);
        client->reply(to.request, std::move(refused));
    });
}

Client* Home::client(ClientRef ref) {
    const auto found = clients_.find(ref.number);
    return found == clients_.end() ? nullptr : found->second.get();
}

void Home::forget_client(Client& client) {
    const ClientRef ref = client.ref();
    for (const auto& [room, subscription] : client.subscriptions()) {
        hub_.stop_listening(room, client);
        tell_room_of_going(room, ref);
    }
    if (!client.identity()) {
        strangers_ -= 1;
        services_.metrics.change(ops::Gauge::connections_before_sign_in, -1);
    } else if (!client.identity()->is_operator) {
        services_.shards.send(services_.shards.home_of(client.identity()->account),
                              [id = client.identity()->account, ref, reached = client.reached()](Home& there) {
                                  there.account(id).device_went(ref, reached);
                              });
    }
    clients_.erase(ref.number);
}

void Home::tell_room_of_going(RoomId room, ClientRef device) {
    services_.shards.send(services_.shards.home_of(room), [room, device](Home& there) {
        if (RoomActor* actor = there.room_if_here(room)) actor->device_went(device);
    });
}

void Home::tell_account_of_offer(AccountId account, MatterId offer) {
    services_.shards.send(services_.shards.home_of(account), [account, offer](Home& there) {
        if (AccountActor* actor = there.account_if_here(account)) actor->offer_reached(offer);
    });
}

void Home::say_goodbye() {
    is_saying_goodbye_ = true;
    for (auto& [number, client] : clients_) {
        // Each is told another time, so that they do not all come back at once.
        const auto spread = static_cast<std::uint64_t>(services_.limits.come_back_spread.count()) + 1;
        client->say_goodbye(Duration{static_cast<std::int64_t>(random_.below(spread))});
    }
}

// ---- actors ---------------------------------------------------------------------------------------------------------

namespace {

template <class Map, class Id>
auto& find_or_make(Map& map, Id id, Home& home, ops::Gauge loaded) {
    auto& place = map[id];
    if (!place) {
        place = std::make_unique<typename Map::mapped_type::element_type>(id, home);
        home.services().metrics.change(loaded, 1);
    }
    return *place;
}

template <class Map, class Id>
void forget(Map& map, Id id, ops::Metrics& metrics, ops::Gauge loaded) {
    if (map.erase(id) > 0) metrics.change(loaded, -1);
}

template <class Map, class Id>
auto* find(Map& map, Id id) {
    const auto found = map.find(id);
    return found == map.end() ? nullptr : found->second.get();
}

}  // namespace

RoomActor& Home::room(RoomId id) { return find_or_make(rooms_, id, *this, ops::Gauge::rooms_loaded); }
RoomActor* Home::room_if_here(RoomId id) { return find(rooms_, id); }
AccountActor& Home::account(AccountId id) { return find_or_make(accounts_, id, *this, ops::Gauge::accounts_loaded); }
AccountActor* Home::account_if_here(AccountId id) { return find(accounts_, id); }

void Home::forget_room(RoomId id) { forget(rooms_, id, services_.metrics, ops::Gauge::rooms_loaded); }
void Home::forget_account(AccountId id) { forget(accounts_, id, services_.metrics, ops::Gauge::accounts_loaded); }

Reception& Home::reception() {
    KINDROOM_ASSERT(reception_);
    return *reception_;
}

HouseDesk& Home::house_desk() {
    KINDROOM_ASSERT(house_desk_);
    return *house_desk_;
}

DecisionDesk& Home::decision_desk() {
    KINDROOM_ASSERT(decision_desk_);
    return *decision_desk_;
}

CaseDesk& Home::case_desk() {
    KINDROOM_ASSERT(case_desk_);
    return *case_desk_;
}

void Home::tell_on_duty(const CaseWaiting& waiting) {
    for (auto& [number, client] : clients_)
        if (client->identity() && client->looks_after(waiting)) client->tell(waiting);
}

void Home::tap_out(AccountId account) {
    for (auto& [id, room] : rooms_) room->tap_out(account);
}

void Home::fence(Task then) {
    // From here to every shard, from each of them to every shard, and back: whatever was posted before is run by then,
    // because posts between two shards keep their order.
    struct Fence {
        std::uint32_t awaited;
        Task then;
    };
    const std::uint32_t count = services_.shards.count();
    auto fence = std::make_shared<Fence>(Fence{count * count, std::move(then)});
    const auto arrive = [fence](Home&) {
        if (--fence->awaited == 0) fence->then();
    };
    for (std::uint32_t first = 0; first < count; ++first)
        services_.shards.send(first, [arrive, count, back = shard_](Home& there) {
            for (std::uint32_t second = 0; second < count; ++second)
                there.services().shards.send(
                    second, [arrive, back](Home& beyond) { beyond.services().shards.send(back, arrive); });
        });
}

}  // namespace kindroom::actors
