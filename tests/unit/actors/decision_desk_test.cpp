// Bans of networks: who can make an account from where, over restarts, and until when.
#include <deque>
#include <gtest/gtest.h>

#include "bench.hpp"

namespace kindroom::actors::test {
namespace {

using std::chrono::hours;

template <class Id>
Id id_of(const std::string& bytes) {
    return *Id::from_bytes(std::as_bytes(std::span(bytes)));
}

// Mira looks after the house and bans Ben for two days with his network; Cleo is there already, on the same one.
class NetworkBans : public ::testing::Test {
  protected:
    struct Somebody {
        std::uint8_t network = 0;
        Paper paper{};
        Client* device = nullptr;
        std::string login_id{};
        PersonToken token{};
    };

    NetworkBans() {
        const auto made = by_operator(domain::CreateRoom{{.topic = "Grief", .seats = 12}});
        room = id_of<RoomId>(made.room_card().room().room_id());
        for (Somebody* who : {&mira, &ben, &cleo, &noa}) come_in(*who);
        for (Somebody* who : {&mira, &noa})
            by_operator(domain::SetRole{.login_id = who->login_id, .standing = {.role = domain::Role::moderator}});
        const auto reply = bench.ask(*mira.device, domain::Decide{.room = room,
                                                                  .token = ben.token,
                                                                  .action = domain::DecisionAction::network_ban,
                                                                  .rule_id = "kind",
                                                                  .facts = "Came back under three names.",
                                                                  .lasts = hours{48}});
        EXPECT_TRUE(reply.has_decision_taken()) << reply.ShortDebugString();
        ban = reply.decision_taken().decision();
    }
    v1::Reply by_operator(domain::Command command) {
        Paper paper;
        Client& client = bench.connect(paper, {.format = {}, .network = {}, .is_loopback = true, .is_operator = true});
        bench.on_shard([&] { client.greet(); });
        auto reply = bench.ask(client, std::move(command));
        bench.on_shard([&] { client.on_closed(); });
        return reply;
    }
    void comes(Somebody& who) {
        who.device = &bench.connect(
            who.paper, {.format = {}, .network = network(who.network), .is_loopback = false, .is_operator = false});
        bench.on_shard([&] { who.device->greet(); });
    }
    v1::Reply signs_up(Somebody& who) {
        comes(who);
        auto reply =
            bench.ask(*who.device, domain::CreateAccount{Secret(), Secret("a long enough passphrase"), "device"});
        who.login_id = reply.account_created().login_id();
        return reply;
    }
    void come_in(Somebody& who) {
        EXPECT_TRUE(signs_up(who).has_account_created());
        const auto joined = bench.ask(*who.device, domain::JoinRoom{room, "Somebody"});
        who.token = id_of<PersonToken>(joined.room_joined().you().token());
    }
    static NetworkId network(std::uint8_t number) {
        return NetworkId(std::array<std::uint8_t, NetworkId::size>{number});
    }
    v1::Error stranger_at(std::uint8_t where) {
        Somebody& stranger = strangers.emplace_back(Somebody{.network = where});
        return signs_up(stranger).error();
    }
    void pass(Duration time) {
        bench.server->schedulers().front()->advance(time);
        bench.run();
    }

    Bench bench;
    RoomId room;
    Somebody mira{.network = 1};
    Somebody ben{.network = 5};
    Somebody cleo{.network = 5};
    Somebody noa{.network = 2};
    v1::Decision ban;
    std::deque<Somebody> strangers;
};

TEST_F(NetworkBans, NobodyMakesAnAccountFromThereAndWhoeverIsThereNoticesNothing) {
    const auto refused = stranger_at(5);
    EXPECT_EQ(refused.code(), v1::ERROR_CODE_NETWORK_BANNED);
    EXPECT_EQ(refused.retry_at_ms(), ban.ends_at_ms());
    EXPECT_FALSE(refused.has_decision()) << "it is about somebody else";
    EXPECT_EQ(stranger_at(6).code(), v1::ERROR_CODE_UNSPECIFIED);
    EXPECT_TRUE(bench.ask(*cleo.device, domain::GetMe{}).has_me());
}

// Nobody is left without help or a way to object, from wherever they come.
TEST_F(NetworkBans, X6WhoeverIsRefusedThereFindsHelpAndMayAppeal) {
    Somebody& back = strangers.emplace_back(Somebody{.network = 5});
    EXPECT_EQ(signs_up(back).error().code(), v1::ERROR_CODE_NETWORK_BANNED);
    EXPECT_TRUE(bench.ask(*back.device, domain::GetHelp{}).has_help_directory());
    EXPECT_TRUE(bench.ask(*back.device, domain::GetRules{}).has_house_rules());
    const auto signed_in =
        bench.ask(*back.device, domain::SignIn{ben.login_id, Secret("a long enough passphrase"), "device"});
    ASSERT_TRUE(signed_in.has_signed_in()) << "an account that is there already may come in from there";
    const auto mine = bench.ask(*back.device, domain::ListMyDecisions{}).my_decisions();
    ASSERT_EQ(mine.decisions_size(), 1);
    const std::string code = mine.decisions(0).appeal_code();
    Somebody& other = strangers.emplace_back(Somebody{.network = 5});
    comes(other);
    const auto appealed = bench.ask(*other.device, domain::Appeal{.code = code, .words = "It was not me."});
    EXPECT_TRUE(appealed.has_appeal_status()) << appealed.ShortDebugString();
    EXPECT_TRUE(bench.ask(*other.device, domain::GetAppeal{.code = code}).has_appeal_status());
}

TEST_F(NetworkBans, OutliveARestartAndEnd) {
    EXPECT_TRUE(bench.ask(*noa.device, domain::ConfirmDecision{id_of<DecisionId>(ban.decision_id())}).has_done());
    bench.restart(sim::house_texts());
    EXPECT_EQ(stranger_at(5).code(), v1::ERROR_CODE_NETWORK_BANNED);
    EXPECT_EQ(bench.ground.disk->open_decisions().network_bans.size(), 1u);
    pass(hours{48});
    EXPECT_EQ(stranger_at(5).code(), v1::ERROR_CODE_UNSPECIFIED);
    EXPECT_EQ(bench.ground.disk->open_decisions().network_bans.size(), 0u) << "its hash is forgotten, too";
}

TEST_F(NetworkBans, LapseWithTheirDecision) {
    pass(bench.ground.limits.confirm_within - Duration{1});
    EXPECT_EQ(stranger_at(5).code(), v1::ERROR_CODE_NETWORK_BANNED);
    pass(Duration{1});
    EXPECT_EQ(stranger_at(5).code(), v1::ERROR_CODE_UNSPECIFIED);
    bench.restart(sim::house_texts());
    EXPECT_EQ(stranger_at(5).code(), v1::ERROR_CODE_UNSPECIFIED);
}

TEST_F(NetworkBans, LapseWhenWhoeverTheyAreAboutIsGoneAlthoughTheStoreRefusedThatAtFirst) {
    const auto is_gone = [&] { return !bench.ground.disk->find_account(ben.login_id).has_value(); };
    bench.server->store().set_policy([&](store::MemoryStore::Work work) {
        const bool refuses = work == store::MemoryStore::Work::commit && is_gone();
        return refuses ? store::MemoryStore::Outcome::refuse : store::MemoryStore::Outcome::ok;
    });
    bench.ask(*ben.device, domain::EraseAccount{Secret("a long enough passphrase")});
    ASSERT_TRUE(is_gone());
    bench.server->store().set_policy({});
    pass(std::chrono::seconds(10));
    bench.restart(sim::house_texts());
    pass(bench.ground.limits.confirm_within);
    EXPECT_EQ(stranger_at(5).code(), v1::ERROR_CODE_UNSPECIFIED);
}

TEST_F(NetworkBans, LapseWhileTheHouseIsClosed) {
    bench.ground.clock.move_to(bench.ground.clock.now() + bench.ground.limits.confirm_within);
    bench.restart(sim::house_texts());
    EXPECT_EQ(stranger_at(5).code(), v1::ERROR_CODE_UNSPECIFIED);
}

TEST_F(NetworkBans, AreOverWhenTheirDecisionIsLifted) {
    EXPECT_TRUE(by_operator(domain::LiftBan{ben.login_id}).has_done());
    EXPECT_EQ(stranger_at(5).code(), v1::ERROR_CODE_UNSPECIFIED);
    bench.restart(sim::house_texts());
    EXPECT_EQ(stranger_at(5).code(), v1::ERROR_CODE_UNSPECIFIED);
}

}  // namespace
}  // namespace kindroom::actors::test
