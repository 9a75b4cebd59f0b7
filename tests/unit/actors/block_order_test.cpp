// When a block is answered: only once every device sees it so, on whichever shard. Four shards are run by hand; on the
// last one there is nothing but a device, so that it alone can be kept waiting.
#include <gtest/gtest.h>

#include "bench.hpp"

namespace kindroom::actors::test {
namespace {

template <class Id>
Id id_of(const std::string& bytes) {
    return *Id::from_bytes(std::as_bytes(std::span(bytes)));
}

class BlockOrder : public ::testing::Test {
  protected:
    static constexpr std::uint32_t last = 3;
    static constexpr std::uint32_t shards = last + 1;

    struct Device {
        std::uint32_t shard = 0;
        Paper paper{};
        Client* client = nullptr;
        // All that was written to it.
        v1::Batch heard{};
    };
    struct Somebody {
        AccountId account{};
        std::string login_id;
        PersonToken token{};
    };

    BlockOrder() : server(ground, shards, 1) {
        server.open([](bool ok) { KINDROOM_ASSERT(ok); });
        run();
        Device& keeper = connect(0, {.format = {}, .network = {}, .is_loopback = true, .is_operator = true});
        do {
            const auto made = ask(keeper, domain::CreateRoom{{.topic = "Grief", .seats = 12}});
            room = id_of<RoomId>(made.room_card().room().room_id());
        } while (registry().home_of(room) == last);
    }

    const Shards& registry() { return server.home(0).services().shards; }
    void run(bool with_last = true) {
        for (bool ran = true; ran;) {
            ran = false;
            for (auto* scheduler : server.schedulers())
                if (with_last || scheduler != &server.scheduler(last)) ran |= scheduler->run_until_idle() > 0;
        }
    }
    void run_without_the_store() {
        for (bool ran = true; ran;) {
            ran = false;
            for (std::uint32_t shard = 0; shard < shards; ++shard)
                ran |= server.schedulers()[shard]->run_until_idle() > 0;
        }
    }
    Device& connect(std::uint32_t shard, Peer peer = {.format = {}, .network = {}, .is_loopback = true}) {
        Device& device = devices.emplace_back();
        device.shard = shard;
        server.scheduler(shard).post([this, &device, peer] {
            device.client = &server.home(device.shard).admit(device.paper, peer);
            device.client->greet();
        });
        run();
        return device;
    }
    void send(Device& device, std::uint32_t request, domain::Command command) {
        server.scheduler(device.shard).post([this, &device, request, command = std::move(command)]() mutable {
            server.home(device.shard).dispatcher().dispatch(*device.client, request, std::move(command));
        });
    }
    // Writes what waits for it.
    void listen(Device& device) {
        server.scheduler(device.shard).post([&device] {
            std::vector<wire::Frame> frames;
            while (device.client->take(frames, 1'000'000)) {
            }
            for (const auto& frame : frames) device.heard.MergeFromString(*frame);
        });
        run(false);
    }
    const v1::Reply* answer(const Device& device, std::uint32_t request) {
        for (const auto& event : device.heard.event())
            if (event.has_reply() && event.reply().request_id() == request) return &event.reply();
        return nullptr;
    }
    v1::Reply ask(Device& device, domain::Command command) {
        const std::uint32_t request = ++requests;
        send(device, request, std::move(command));
        run();
        listen(device);
        run();
        const auto* reply = answer(device, request);
        return reply ? *reply : v1::Reply();
    }
    // Somebody in the room whose account does not live on the last shard, with a device on shard 0.
    Device& somebody(Somebody& who, const std::string& name) {
        while (true) {
            Device& device = connect(0);
            const auto made = ask(device, domain::CreateAccount{Secret(), Secret("a long enough passphrase"), "one"});
            who.login_id = made.account_created().login_id();
            who.account = *ground.disk->find_account(who.login_id);
            if (registry().home_of(who.account) == last) continue;
            EXPECT_TRUE(ask(device, domain::ConsentToRules{server.home(0).notice()->rules.version}).has_done());
            const auto joined = ask(device, domain::JoinRoom{room, name});
            who.token = id_of<PersonToken>(joined.room_joined().you().token());
            return device;
        }
    }
    Device& second_device_on_the_last_shard(const Somebody& who) {
        Device& device = connect(last);
        const auto signed_in = ask(device, domain::SignIn{who.login_id, Secret("a long enough passphrase"), "another"});
        EXPECT_TRUE(signed_in.has_signed_in()) << signed_in.ShortDebugString();
        return device;
    }

    // From here on `room` is a circle with a seat for everybody. Gives a device of the operator.
    Device& in_a_circle() {
        ground.limits.blank_tickets_per_cent = 0;
        sim::without_first_visits(ground.limits);
        Device& keeper = connect(0, {.format = {}, .network = {}, .is_loopback = true, .is_operator = true});
        do {
            const auto made =
                ask(keeper, domain::CreateRoom{{.topic = "In turns", .kind = domain::RoomKind::circle, .seats = 4}});
            room = id_of<RoomId>(made.room_card().room().room_id());
        } while (registry().home_of(room) == last);
        return keeper;
    }
    Device& somebody_who_leads(Device& keeper) {
        Somebody mira;
        Device& device = somebody(mira, "Mira");
        EXPECT_TRUE(ask(keeper, domain::SetRole{mira.login_id, {.role = domain::Role::moderator}}).has_done());
        EXPECT_TRUE(ask(device, domain::GoOnDuty{room}).has_on_duty());
        return device;
    }

    sim::HouseGround ground{1};
    sim::SimServer server;
    std::deque<Device> devices;
    RoomId room;
    std::uint32_t requests = 0;
    static constexpr std::uint32_t the_block = 1'000'000;
};

TEST_F(BlockOrder, Look23TheReplyWaitsForTheOtherDevicesOfWhoeverBlocks) {
    Somebody ana;
    Somebody ben;
    Device& hers = somebody(ana, "Ana");
    somebody(ben, "Ben");
    second_device_on_the_last_shard(ana);
    send(hers, the_block, domain::BlockPeople{{{room, ben.token}}, ""});
    run(false);
    listen(hers);
    EXPECT_EQ(answer(hers, the_block), nullptr) << "her other device has not swapped yet";
    run();
    listen(hers);
    ASSERT_NE(answer(hers, the_block), nullptr);
    EXPECT_TRUE(answer(hers, the_block)->has_people_blocked());
}

TEST_F(BlockOrder, TheReplyWaitsForTheDevicesOfWhoeverIsBlocked) {
    Somebody ana;
    Somebody ben;
    Device& hers = somebody(ana, "Ana");
    somebody(ben, "Ben");
    second_device_on_the_last_shard(ben);
    send(hers, the_block, domain::BlockPeople{{{room, ben.token}}, ""});
    run(false);
    // His device holds still and tells how far it is; then it is kept waiting.
    server.schedulers()[last]->run_until_idle();
    run(false);
    listen(hers);
    EXPECT_EQ(answer(hers, the_block), nullptr) << "his device has not swapped yet";
    run();
    listen(hers);
    ASSERT_NE(answer(hers, the_block), nullptr);
    EXPECT_TRUE(answer(hers, the_block)->has_people_blocked());
}

// Between the step that leaves sittings and the commit there is time to sign up, and to draw.
TEST_F(BlockOrder, Look17WhoeverSignsUpWhileABlockIsOnItsWayIsNotDrawnBesideWhoeverSetsIt) {
    Device& keeper = in_a_circle();
    Somebody ana;
    Somebody ben;
    Somebody cleo;
    Device& hers = somebody(ana, "Ana");
    Device& his = somebody(ben, "Ben");
    Device& cleos = somebody(cleo, "Cleo");
    Device& leads = somebody_who_leads(keeper);
    for (Device* who : {&hers, &cleos}) EXPECT_TRUE(ask(*who, domain::SignUp{room}).has_done());
    second_device_on_the_last_shard(ben);
    send(hers, the_block, domain::BlockPeople{{{room, ben.token}}, ""});
    run(false);
    // His other device has not been asked yet to hold still.
    send(his, 2'000'000, domain::SignUp{room});
    run(false);
    send(leads, 3'000'000, domain::DrawSeats{room});
    run(false);
    for (Device* who : {&hers, &leads}) listen(*who);
    ASSERT_NE(answer(leads, 3'000'000), nullptr);
    EXPECT_TRUE(answer(leads, 3'000'000)->has_done());
    EXPECT_EQ(answer(hers, the_block), nullptr) << "it is still on its way";
    run();
    // Until now his device held back what comes after a view of the circle.
    listen(his);
    ASSERT_NE(answer(his, 2'000'000), nullptr);
    EXPECT_TRUE(answer(his, 2'000'000)->has_done());
    EXPECT_EQ(ask(hers, domain::GetRoster{room}).error().code(), v1::ERROR_CODE_NOT_IN_ROOM);
    for (Device* who : {&his, &cleos}) EXPECT_TRUE(ask(*who, domain::GetRoster{room}).has_roster());
}

// For everybody else they sit there until that is durable.
TEST_F(BlockOrder, Look17ASeatThatIsBeingLeftIsLeftBeforeTheBlockBegins) {
    Device& keeper = in_a_circle();
    Somebody ana;
    Somebody ben;
    Device& hers = somebody(ana, "Ana");
    Device& his = somebody(ben, "Ben");
    Device& leads = somebody_who_leads(keeper);
    for (Device* who : {&hers, &his}) EXPECT_TRUE(ask(*who, domain::SignUp{room}).has_done());
    EXPECT_TRUE(ask(leads, domain::DrawSeats{room}).has_done());
    std::optional<bool> parted;
    send(hers, 2'000'000, domain::LeaveRoom{room});
    run_without_the_store();
    server.scheduler(registry().home_of(room)).post([&] {
        server.home(registry().home_of(room))
            .room(room)
            .part(ana.account, nullptr, ben.account, [&](const Result<void>& done) { parted = done.has_value(); });
    });
    run_without_the_store();
    EXPECT_FALSE(parted) << "her leave is not durable yet";
    run();
    EXPECT_EQ(parted, true);
    listen(hers);
    ASSERT_NE(answer(hers, 2'000'000), nullptr);
    EXPECT_TRUE(answer(hers, 2'000'000)->has_done());
}

}  // namespace
}  // namespace kindroom::actors::test
