// The page that leaves the house: to a listener on loopback.
#include "net/web_hook.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <future>
#include <gtest/gtest.h>
#include <optional>
#include <vector>

namespace kindroom::net {
namespace {

using Tcp = boost::asio::ip::tcp;

// Somebody's pager: takes one connection after the other.
class Pager {
  public:
    Pager() : acceptor_(context_, {boost::asio::ip::make_address("127.0.0.1"), 0}) {}
    config::WebAddress address() const {
        return {.tls = false, .host = "127.0.0.1", .port = acceptor_.local_endpoint().port(), .path = "/page?key=1"};
    }
    // What was sent on the next connection, which is answered with that status.
    std::string next(int status) {
        Tcp::socket socket(context_);
        acceptor_.accept(socket);
        if (answered_at_) rests_.push_back(std::chrono::steady_clock::now() - *answered_at_);
        std::string said;
        boost::asio::read_until(socket, boost::asio::dynamic_buffer(said), "}");
        const std::string answer = "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Length: 0\r\n\r\n";
        answered_at_ = std::chrono::steady_clock::now();
        boost::asio::write(socket, boost::asio::buffer(answer));
        boost::system::error_code ended;
        char more = 0;
        boost::asio::read(socket, boost::asio::buffer(&more, 1), ended);
        return said;
    }
    // Between each answer and the next try.
    const std::vector<std::chrono::nanoseconds>& rests() const { return rests_; }

  private:
    boost::asio::io_context context_;
    Tcp::acceptor acceptor_;
    std::optional<std::chrono::steady_clock::time_point> answered_at_;
    std::vector<std::chrono::nanoseconds> rests_;
};

struct WebHooks : ::testing::Test {
    WebHooks() {
        limits.web_hook_retry_first = limits.web_hook_retry_max = Duration{1};
        shard.start();
    }
    ~WebHooks() override {
        shard.halt();
        shard.join();
    }
    // Once all that was posted to the shard before has run.
    std::string counted() {
        std::promise<void> here;
        shard.post([&here] { here.set_value(); });
        here.get_future().wait();
        return metrics.exposition();
    }
    Limits limits;
    ops::Metrics metrics;
    Pager pager;
    runtime::Shard shard{"web-hook"};
};

TEST_F(WebHooks, APageIsAPostWithoutAWordOfAnybody) {
    WebHook hook(shard, pager.address(), limits, metrics);
    hook.page();
    const std::string said = pager.next(204);
    EXPECT_EQ(said.substr(0, said.find("\r\n")), "POST /page?key=1 HTTP/1.1");
    EXPECT_EQ(said.substr(said.find("\r\n\r\n") + 4), R"({"kind":"moderator_needed"})");
}

TEST_F(WebHooks, WhatDoesNotGetThroughIsTriedAgainInItsOrder) {
    WebHook hook(shard, pager.address(), limits, metrics);
    hook.page();
    hook.page();
    pager.next(500);
    pager.next(404);
    pager.next(200);
    pager.next(200);
    EXPECT_NE(counted().find("kindroom_pages_dropped_total 0"), std::string::npos);
}

// web_hook_tries_max, web_hook_retry_first, web_hook_retry_max
TEST_F(WebHooks, AfterSoManyTriesAPageIsDroppedAndCounted) {
    limits.web_hook_tries_max = 2;
    WebHook hook(shard, pager.address(), limits, metrics);
    hook.page();
    pager.next(500);
    pager.next(500);
    hook.page();
    pager.next(200);
    EXPECT_NE(counted().find("kindroom_pages_dropped_total 1"), std::string::npos);
}

// web_hook_retry_first, web_hook_retry_max: without the latter all tries would take forty seconds.
TEST_F(WebHooks, EachTryWaitsTwiceAsLongAsTheOneBeforeButNeverLongerThanSaid) {
    limits.web_hook_retry_first = Duration{20};
    limits.web_hook_retry_max = Duration{80};
    limits.web_hook_tries_max = 12;
    WebHook hook(shard, pager.address(), limits, metrics);
    hook.page();
    for (int i = 0; i < 11; ++i) pager.next(500);
    pager.next(200);
    EXPECT_GE(pager.rests()[0], Duration{20});
    EXPECT_GE(pager.rests()[1], Duration{40});
    for (std::size_t i = 2; i < 11; ++i) EXPECT_GE(pager.rests()[i], Duration{80});
    EXPECT_LT(pager.rests()[10], Duration{10'000});
}

// web_hook_queue_max
TEST_F(WebHooks, SoManyPagesWaitAndNoMore) {
    limits.web_hook_queue_max = 2;
    WebHook hook(shard, pager.address(), limits, metrics);
    for (int i = 0; i < 5; ++i) hook.page();
    EXPECT_NE(counted().find("kindroom_pages_dropped_total 3"), std::string::npos);
    pager.next(200);
    pager.next(200);
}

// web_hook_try_max
TEST_F(WebHooks, APagerThatDoesNotAnswerHoldsUpNothingForLong) {
    limits.web_hook_try_max = Duration{50};
    limits.web_hook_tries_max = 1;
    // Nobody accepts on it, so the request is taken by the kernel and never answered.
    Pager silent;
    WebHook hook(shard, silent.address(), limits, metrics);
    hook.page();
    while (metrics.exposition().find("kindroom_pages_dropped_total 1") == std::string::npos) counted();
}

TEST_F(WebHooks, OneThatIsStoppedWhileItWaitsEndsQuietly) {
    Pager silent;
    {
        WebHook hook(shard, silent.address(), limits, metrics);
        hook.page();
        counted();
        hook.stop();
    }
    EXPECT_NE(counted().find("kindroom_pages_sent_total 0"), std::string::npos);
}

}  // namespace
}  // namespace kindroom::net
