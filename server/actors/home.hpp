// All that lives on one shard: its clients, the rooms and accounts that have their home here, and what they share.
// Owner: the shard's thread; only the constructor and the destructor run elsewhere, when nothing of it runs there.
#pragma once

#include <memory>
#include <unordered_map>

#include "actors/account_actor.hpp"
#include "actors/case_desk.hpp"
#include "actors/client.hpp"
#include "actors/decision_desk.hpp"
#include "actors/dispatcher.hpp"
#include "actors/house_desk.hpp"
#include "actors/hub.hpp"
#include "actors/notice.hpp"
#include "actors/reception.hpp"
#include "actors/room_actor.hpp"
#include "actors/services.hpp"
#include "crypto/cursor.hpp"
#include "crypto/random.hpp"

namespace kindroom::actors {

class Home {
  public:
    // Registers itself with services.shards as the next shard, and with the bus.
    Home(Services& services, Scheduler& scheduler, crypto::Random random);
    ~Home();

    // ---- for net/ ----

    // A device has connected (its WebSocket handshake is done). `transport` lives until after the client's on_closed().
    Client& admit(Transport& transport, const Peer& peer);
    // Graceful stop: every client is invited back after a jittered delay, and closed with server_restarts.
    void say_goodbye();

    // ---- for the actors ----

    Services& services() { return services_; }
    Scheduler& scheduler() { return scheduler_; }
    std::uint32_t shard() const { return shard_; }
    TimePoint now() const { return services_.clock.now(); }
    crypto::Random& random() { return random_; }
    const crypto::CursorSealer& cursors() const { return cursors_; }
    Dispatcher& dispatcher() { return dispatcher_; }
    Hub& hub() { return hub_; }

    const NoticePtr& notice() const { return notice_; }
    void set_notice(NoticePtr notice) { notice_ = std::move(notice); }

    // The client, unless it has gone.
    Client* client(ClientRef ref);
    void forget_client(Client& client);
    // The connection belongs to somebody from now on.
    void signed_in(Client& client, IdentityPtr identity);
    // Answers a command that would have signed somebody in; any shard's connection.
    void refuse_sign_in(const ReturnTo& to, domain::Refused refused);

    // The room's actor; loads the room when it is not here yet. Only on the room's home shard.
    RoomActor& room(RoomId id);
    RoomActor* room_if_here(RoomId id);
    void forget_room(RoomId id);
    AccountActor& account(AccountId id);
    AccountActor* account_if_here(AccountId id);
    void forget_account(AccountId id);
    // Only on the front shard.
    Reception& reception();
    HouseDesk& house_desk();
    DecisionDesk& decision_desk();
    CaseDesk& case_desk();

    // Tells the moderators on duty whose it is to look after it.
    void tell_on_duty(const domain::CaseWaiting& waiting);
    // The shift of this account is over in every room that is here.
    void tap_out(AccountId account);
    // A device has stopped listening to a room.
    void tell_room_of_going(RoomId room, ClientRef device);
    // A device of the account was written an offer of contact.
    void tell_account_of_offer(AccountId account, MatterId offer);

    // Runs `then` on this shard once every task that any shard has posted to any shard before the call has been run.
    void fence(Task then);

  private:
    Services& services_;
    Scheduler& scheduler_;
    const std::uint32_t shard_;
    crypto::Random random_;
    const crypto::CursorSealer cursors_;
    Dispatcher dispatcher_;
    Hub hub_;
    NoticePtr notice_ = std::make_shared<Notice>();
    std::uint64_t next_client_ = 1;
    std::uint32_t strangers_ = 0;
    std::unordered_map<std::uint64_t, std::unique_ptr<Client>> clients_;
    std::unordered_map<RoomId, std::unique_ptr<RoomActor>> rooms_;
    std::unordered_map<AccountId, std::unique_ptr<AccountActor>> accounts_;
    std::unique_ptr<Reception> reception_;
    std::unique_ptr<HouseDesk> house_desk_;
    std::unique_ptr<DecisionDesk> decision_desk_;
    std::unique_ptr<CaseDesk> case_desk_;
    bool is_saying_goodbye_ = false;
};

}  // namespace kindroom::actors
