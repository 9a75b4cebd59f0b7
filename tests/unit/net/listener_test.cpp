#include "net/listener.hpp"

#include <fcntl.h>
#include <fstream>
#include <gmock/gmock.h>
#include <sstream>
#include <string>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include "support/test_client.hpp"
#include "test_server.hpp"

namespace kindroom::net {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Optional;

// The answer to the handshake comes a moment before the client is admitted; an echo proves that it is.
void enter(TestClient& client) {
    client.send(say("inside"));
    EXPECT_EQ(client.next(), "inside");
}

std::string content(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

TEST(Listener, WritesThePortsInUseIntoTheFile) {
    TestFolder folder;
    TestServer server([&](auto& config) { config.listen.port_file = folder / "ports"; });
    ASSERT_EQ(server.trouble(), std::nullopt);
    EXPECT_GT(server.port(), 0);
    EXPECT_EQ(content(folder / "ports"),
              "tls " + std::to_string(server.tls_port()) + "\nplain " + std::to_string(server.port()) + "\n");
}

TEST(Listener, APlainAddressThatOthersCanReachHasToBeMeant) {
    TestServer server([](auto& config) { config.listen.plain_address = "0.0.0.0:0"; });
    EXPECT_THAT(server.trouble(), Optional(HasSubstr("plain_beyond_loopback")));
    TestServer meant([](auto& config) {
        config.listen.plain_address = "0.0.0.0:0";
        config.listen.plain_beyond_loopback = true;
    });
    EXPECT_EQ(meant.trouble(), std::nullopt);
}

TEST(Listener, AnAddressInUseIsNamed) {
    TestServer first;
    const auto address = "127.0.0.1:" + std::to_string(first.port());
    TestServer second([&](auto& config) { config.listen.plain_address = address; });
    EXPECT_THAT(second.trouble(), Optional(HasSubstr(address)));
}

TEST(Listener, ASocketThatWasHandedInIsNotLeftAloneWhereThereIsToBeNoTls) {
    TestServer server([](auto& config) { config.listen.address.clear(); }, STDIN_FILENO);
    EXPECT_THAT(server.trouble(), Optional(HasSubstr("listen.address is empty")));
}

TEST(OperatorSocket, IsForItsOwnerAndLetsHimInAsOperator) {
    TestServer server;
    const auto path = server.config().operator_.socket;
    struct stat status {};
    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
    auto client = TestClient::to_path(path);
    ASSERT_TRUE(client.upgrade());
    client.send(say("who"));
    EXPECT_EQ(client.next(), "operator");
}

TEST(OperatorSocket, OfAServerThatRunsIsLeftAlone) {
    TestServer first;
    const auto path = first.config().operator_.socket;
    TestServer second([&](auto& config) { config.operator_.socket = path; });
    EXPECT_THAT(second.trouble(), Optional(HasSubstr("another server is listening")));
    auto client = TestClient::to_path(path);
    EXPECT_TRUE(client.upgrade());
}

TEST(OperatorSocket, OfAServerThatIsGoneIsReplaced) {
    TestFolder folder;
    const auto path = folder / "operator.sock";
    // As a killed server leaves it: a socket on which nobody listens.
    boost::asio::io_context context;
    auto left = Door::open_unix(context, path);
    ASSERT_TRUE(std::holds_alternative<std::unique_ptr<Door>>(left));
    const auto kept = folder / "kept";
    std::filesystem::create_hard_link(path, kept);
    left = std::string();
    std::filesystem::rename(kept, path);

    TestServer server([&](auto& config) { config.operator_.socket = path; });
    EXPECT_EQ(server.trouble(), std::nullopt);
    EXPECT_TRUE(TestClient::to_path(path).upgrade());
}

TEST(OperatorSocket, NeverReplacesAnotherFile) {
    TestFolder folder;
    std::ofstream(folder / "precious") << "content";
    TestServer server([&](auto& config) { config.operator_.socket = folder / "precious"; });
    EXPECT_THAT(server.trouble(), Optional(HasSubstr("not a socket")));
    EXPECT_EQ(content(folder / "precious"), "content");
}

TEST(Listener, AcceptingPausesWhenTheHouseIsFullAndGoesOnWhenSomebodyLeaves) {
    TestServer server([](auto& config) {
        config.limits.connections_max = 2;
        config.listen.address = "";
    });
    std::optional<TestClient> first = server.client();
    auto second = server.client();
    enter(*first);
    enter(second);
    auto third = TestClient::to_port(server.port());
    third.send(upgrade_request());
    // The operator gets in, on either shard, while the third waits.
    for (int i = 0; i < 2; ++i) {
        auto an_operator = TestClient::to_path(server.config().operator_.socket);
        EXPECT_TRUE(an_operator.upgrade());
        an_operator.send(say("who"));
        EXPECT_EQ(an_operator.next(), "operator");
    }
    EXPECT_EQ(server.admitted(), 4u);
    first.reset();
    EXPECT_THAT(third.read_head(), HasSubstr(" 101 "));
    EXPECT_TRUE(server.stop(Duration(0)));
    EXPECT_THAT(server.logged(), HasSubstr(" warning accepting_paused why=connections_max\n"));
}

// Takes all file descriptors but a few that exist.
class NoDescriptors {
  public:
    NoDescriptors() {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        const int next = ::open("/dev/null", O_RDONLY);
        ::close(next);
        const rlimit tight{.rlim_cur = static_cast<rlim_t>(next), .rlim_max = before_.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &tight);
    }
    ~NoDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }
    NoDescriptors(const NoDescriptors&) = delete;
    NoDescriptors& operator=(const NoDescriptors&) = delete;

  private:
    rlimit before_{};
};

// Without a descriptor for its pipe, the undefined-behaviour sanitizer cannot look at memory and takes every object for
// a broken one; so this one is not built with it.
#ifndef __SANITIZE_ADDRESS__
TEST(Listener, WithoutDescriptorsOneIsTurnedAwayTheOthersGoOnAndLaterAllIsWell) {
    TestServer server;
    auto inside = server.client();
    auto unlucky = TestClient::unconnected();
    auto later = TestClient::unconnected();
    {
        const NoDescriptors none;
        unlucky.connect(server.port());
        EXPECT_TRUE(unlucky.is_gone());
        inside.send(say("hello"));
        EXPECT_EQ(inside.next(), "hello");
    }
    later.connect(server.port());
    EXPECT_TRUE(later.upgrade());
    EXPECT_TRUE(server.stop(Duration(0)));
    EXPECT_THAT(server.logged(), HasSubstr(" warning accepting_paused why=descriptors\n"));
}
#endif

TEST(Listener, StopSaysGoodbyeAndWaitsForTheClosingHandshake) {
    TestServer server;
    auto half = TestClient::to_port(server.port());
    half.send("GET /v1");
    auto inside = server.client();
    enter(inside);
    std::thread leaving([client = std::move(inside)]() mutable {
        EXPECT_EQ(client.next(), "come back");
        EXPECT_EQ(client.close_code(), 4000);
        client.send(frame(Opcode::close, std::string("\x0f\xa0", 2)));
        EXPECT_TRUE(client.is_gone());
    });
    EXPECT_TRUE(server.stop(std::chrono::hours(1)));
    leaving.join();
    EXPECT_EQ(server.closed(), 1u);
    EXPECT_TRUE(half.is_gone());
    EXPECT_FALSE(std::filesystem::exists(server.config().operator_.socket));
    EXPECT_FALSE(TestClient::to_port(server.port()).upgrade());
}

TEST(Listener, StopDropsWhoDoesNotGo) {
    TestServer server;
    auto client = server.client();
    enter(client);
    server.let_clients_stay();
    EXPECT_TRUE(server.stop(Duration(20)));
    EXPECT_EQ(server.closed(), 1u);
    EXPECT_TRUE(client.is_gone());
}

// The connections of one shard and a door to them, without a listener.
class OneShard {
  public:
    OneShard(const Guest& guest, std::size_t handshakes_max)
        : guest_(guest),
          connections_({.shard = shard_,
                        .scratch = scratch_,
                        .home = home_,
                        .metrics = metrics_,
                        .limits = limits_,
                        .origins = origins_,
                        .pages = pages_,
                        .https_only = https_only_,
                        .handshakes_max = handshakes_max}) {
        accept();
        shard_.start();
    }
    ~OneShard() {
        std::promise<void> empty;
        shard_.post([&] {
            door_->close();
            connections_.drop_all();
            on_empty_ = [&] { empty.set_value(); };
            if (here_ == 0) on_empty_();
        });
        EXPECT_EQ(empty.get_future().wait_for(std::chrono::seconds(30)), std::future_status::ready);
        shard_.halt();
        shard_.join();
    }
    OneShard(const OneShard&) = delete;
    OneShard& operator=(const OneShard&) = delete;

    TestClient client() const { return TestClient::to_path(folder_ / "socket"); }
    std::size_t admitted() const { return home_.admitted; }

  private:
    void accept() {
        door_->accept(shard_.context(), [this](ErrorCode, Socket socket) {
            ++here_;
            connections_.adopt(std::move(socket), nullptr, guest_, [this] {
                if (--here_ == 0 && on_empty_) on_empty_();
            });
            accept();
        });
    }

    const Guest guest_;
    const Limits limits_;
    runtime::Shard shard_{"test"};
    actors::Home home_;
    ops::Metrics metrics_;
    const std::vector<std::string> origins_;
    const Pages pages_;
    const std::string https_only_;
    Scratch scratch_;
    Connections connections_;
    TestFolder folder_;
    std::unique_ptr<Door> door_ =
        std::get<std::unique_ptr<Door>>(Door::open_unix(shard_.context(), folder_ / "socket"));
    int here_ = 0;
    Task on_empty_;
};

TEST(AtTheDoor, WhoIsOneTooManyFromItsNetworkIsToldSo) {
    OneShard shard({.is_too_many = true}, 2);
    auto client = shard.client();
    EXPECT_TRUE(client.upgrade());
    EXPECT_EQ(client.close_code(), 4004);
    client.send(frame(Opcode::close, std::string("\x0f\xa4", 2)));
    EXPECT_TRUE(client.is_gone());
    EXPECT_EQ(shard.admitted(), 0u);
}

TEST(AtTheDoor, AsManyAsMayBeThereComeIn) {
    OneShard shard({}, 2);
    auto first = shard.client();
    auto second = shard.client();
    EXPECT_TRUE(second.upgrade());
    EXPECT_TRUE(first.upgrade());
}

TEST(AtTheDoor, OneMoreThanMayBeThereDropsWhoCameFirstAndNobodyWhoIsIn) {
    OneShard shard({}, 2);
    auto inside = shard.client();
    ASSERT_TRUE(inside.upgrade());
    enter(inside);
    auto first = shard.client();
    first.send("GET /v1");
    auto second = shard.client();
    auto third = shard.client();
    EXPECT_TRUE(first.is_gone());
    EXPECT_TRUE(third.upgrade());
    enter(third);
    // Of those who are left, the one who came first.
    auto fourth = shard.client();
    auto fifth = shard.client();
    EXPECT_TRUE(second.is_gone());
    EXPECT_TRUE(fourth.upgrade());
    EXPECT_TRUE(fifth.upgrade());
    enter(inside);
    enter(third);
}

TEST(AtTheDoor, TheOperatorIsNotAmongThem) {
    OneShard shard({.is_loopback = true, .is_operator = true}, 1);
    auto first = shard.client();
    auto second = shard.client();
    EXPECT_TRUE(second.upgrade());
    EXPECT_TRUE(first.upgrade());
}

TEST(Listener, DealsThePlacesAtTheDoorOutToItsShards) {
    TestServer server([](auto& config) { config.limits.handshakes_max = 1; });
    auto first = TestClient::to_port(server.port());
    first.send("GET");
    // Whichever shard has the first one, one of these is there too.
    auto second = TestClient::to_port(server.port());
    auto third = TestClient::to_port(server.port());
    auto fourth = TestClient::to_port(server.port());
    EXPECT_TRUE(first.is_gone());
    EXPECT_TRUE(fourth.upgrade());
}

}  // namespace
}  // namespace kindroom::net
