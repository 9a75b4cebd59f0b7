// The few pages that are not the conversation.
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <filesystem>
#include <gmock/gmock.h>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "e2e/support/guest.hpp"
#include "store/sqlite/database.hpp"

namespace kindroom::test {

namespace {

struct Answer {
    std::string status;  // "HTTP/1.1 200 OK"
    std::string body;
};

// Asks over the listener without TLS, which is the same server behind it. The house ends the connection.
Answer page(const House& house, const std::string& path, const std::string& header = {}) {
    boost::asio::io_context io;
    boost::asio::ip::tcp::socket socket(io);
    socket.connect(
        {boost::asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(std::stoi(house.plain_port()))});
    const std::string asked = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n";
    boost::asio::write(socket, boost::asio::buffer(asked));
    std::string got;
    boost::system::error_code end;
    boost::asio::read(socket, boost::asio::dynamic_buffer(got), end);
    const auto head = got.find("\r\n\r\n");
    return {.status = got.substr(0, got.find("\r\n")), .body = head == got.npos ? "" : got.substr(head + 4)};
}

// All series but the buckets of timings and the refusals, of which each code has one.
std::map<std::string, double> counted(const House& house) {
    std::map<std::string, double> series;
    std::istringstream lines(page(house, "/metrics").body);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with('#') || line.starts_with("kindroom_refusals_total")) continue;
        const auto end = line.rfind(' ');
        if (end == line.npos || line.find("_bucket{") != line.npos) continue;
        series[line.substr(0, end)] = std::stod(line.substr(end + 1));
    }
    return series;
}

std::string closed_for(const std::string& reason) {
    return "kindroom_connections_closed_total{reason=\"" + reason + "\"}";
}

// What an evening on which all goes well may leave at zero.
const std::set<std::string>& of_other_evenings() {
    static const std::set<std::string> series{
        "kindroom_connections_refused_total{reason=\"too_many\"}",
        closed_for("server_restarts"),
        closed_for("too_slow"),
        closed_for("idle"),
        closed_for("signed_in_too_late"),
        closed_for("too_many"),
        closed_for("malformed"),
        closed_for("session_ended"),
        closed_for("limit_broken"),
        "kindroom_reading_paused_total",
        "kindroom_sign_ins_failed_total",
        "kindroom_decisions_total",
        "kindroom_store_commits_failed_total",
        "kindroom_reloads_failed_total",
        "kindroom_pages_sent_total",
        "kindroom_pages_dropped_total",
        "kindroom_passphrases_waiting",
        "kindroom_store_transactions_waiting",
    };
    return series;
}

std::vector<std::string> silent(const House& house) {
    std::vector<std::string> names;
    for (const auto& [name, value] : counted(house))
        if (value == 0 && !of_other_evenings().contains(name)) names.push_back(name);
    return names;
}

// What is counted behind an answer is there a moment after it.
template <class Condition>
void wait_until(Condition holds) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!holds() && std::chrono::steady_clock::now() < deadline) continue;
}

}  // namespace

TEST(Http, ThePagesForOperatorsAnswerAndEverythingElseIsNotThere) {
    House house(Settings{{"listen.plain_address", "127.0.0.1:0"}});
    EXPECT_EQ(page(house, "/healthz").status, "HTTP/1.1 200 OK");
    EXPECT_EQ(page(house, "/readyz").status, "HTTP/1.1 200 OK");
    for (const char* path : {"/", "/index.html", "/healthz/", "/v2", "/../etc/passwd"}) {
        const auto answer = page(house, path);
        EXPECT_EQ(answer.status, "HTTP/1.1 404 Not Found") << path;
        EXPECT_EQ(answer.body, "") << path;
    }
    EXPECT_EQ(page(house, "/v1").status, "HTTP/1.1 426 Upgrade Required");
}

TEST(Http, MetricsAreForThisMachineAndNotForWhoComesThroughAProxy) {
    House house(Settings{{"listen.plain_address", "127.0.0.1:0"}});
    EXPECT_NE(page(house, "/metrics").body.find("kindroom_"), std::string::npos);
    EXPECT_EQ(page(house, "/metrics", "X-Forwarded-For: 192.0.2.1\r\n").status, "HTTP/1.1 404 Not Found");
}

TEST(Http, ReadinessSaysNoWhileTheDiskTakesNothingAndYesAgainByItself) {
    House house(Settings{{"listen.plain_address", "127.0.0.1:0"}});
    const auto room = house.make_room("Evening porch");
    Guest ana = member_in(house, room, "Ana");
    const auto is_ready = [&house] { return page(house, "/readyz").status == "HTTP/1.1 200 OK"; };
    EXPECT_TRUE(is_ready());
    {
        // Busy or full: nothing can be committed.
        store::Database other;
        other.open(house.file("kindroom.db"), "");
        other.execute("BEGIN IMMEDIATE");
        EXPECT_EQ(ana.refusal(posting(room, "Is anybody there?")), v1::ERROR_CODE_UNAVAILABLE);
        EXPECT_FALSE(is_ready());
        EXPECT_EQ(counted(house)["kindroom_store_works"], 0);
        EXPECT_THAT(house.log(), testing::HasSubstr("store_trouble"));
    }
    wait_until(is_ready);
    EXPECT_TRUE(is_ready());
    EXPECT_EQ(counted(house)["kindroom_store_works"], 1);
    EXPECT_THAT(house.log(), testing::HasSubstr("store_recovered"));

    // In the way of the new ring.
    std::filesystem::create_directory(house.file("kindroom.ring.new"));
    v1::Request erasing;
    erasing.mutable_erase_account()->set_passphrase(good_passphrase);
    EXPECT_TRUE(ana.get(erasing).has_done());
    wait_until([&] { return !is_ready(); });
    EXPECT_FALSE(is_ready());
    EXPECT_EQ(counted(house)["kindroom_key_ring_works"], 0);
    std::filesystem::remove(house.file("kindroom.ring.new"));
    wait_until(is_ready);
    EXPECT_TRUE(is_ready());
    EXPECT_EQ(counted(house)["kindroom_key_ring_works"], 1);
}

TEST(Http, NoSeriesStaysSilentOnAnOrdinaryEvening) {
    House house(Settings{{"listen.plain_address", "127.0.0.1:0"}});
    const auto room = house.make_room("Evening porch");
    {
        Guest ana = member_in(house, room, "Ana");
        Guest ben = member_in(house, room, "Ben");
        ben.hear_up_to(room, ana.post(room, "Good evening"));
        v1::Request erasing;
        erasing.mutable_erase_account()->set_passphrase(good_passphrase);
        ben.get(erasing);
        Guest stranger(house.options());
        stranger.connect();
        stranger.line().send_frame("\xFF\xFF\xFF");
        stranger.hear(v1::Event::kReply);
        page(house, "/v2");
        EXPECT_EQ(house.reload(), House::Reloaded::done);
        wait_until([&house] { return silent(house).empty(); });
        EXPECT_THAT(silent(house), testing::IsEmpty());
        const auto series = counted(house);
        EXPECT_GE(series.size(), 45u);
        EXPECT_EQ(series.at("kindroom_ready"), 1);
        EXPECT_EQ(series.at("kindroom_messages_accepted_total"), 1);
        EXPECT_EQ(series.at("kindroom_post_to_reply_seconds_count"), 1);
        EXPECT_EQ(series.at("kindroom_frames_malformed_total"), 1);
    }
    wait_until([&house] { return counted(house)["kindroom_connections"] == 0; });
    EXPECT_EQ(counted(house)["kindroom_connections"], 0);
    EXPECT_EQ(counted(house)["kindroom_connections_before_sign_in"], 0);
}

}  // namespace kindroom::test
