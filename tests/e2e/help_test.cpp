// Help, and what waits for a moderator, as people meet it: typed into the client, over TLS, with the server's death in
// between; and the page that leaves the house.
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "e2e/support/guest.hpp"

namespace kindroom::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using Tcp = boost::asio::ip::tcp;

constexpr const char* help_text = R"(introduction = "You can call somebody."
[[entry]]
name = "A line"
country = "DE"
languages = ["de"]
contact = "1"
verified_on = "2026-11-01"
[[entry]]
name = "Une ligne"
country = "FR"
languages = ["fr"]
contact = "2"
verified_on = "2001-01-01"
)";

class Helping : public testing::Test {
  protected:
    // What the client shows to somebody who signs up, comes in and types this.
    std::string typed(const std::string& role, const std::string& name, const std::string& lines) {
        const std::string input = "no\n" + house.invite(role) + "\n" + good_passphrase + "\n" + good_passphrase +
                                  "\n\nyes\n" + lines + "/quit\n";
        return run({.command = {client_program(), "--server", house.url(), "--ca", house.authority_file(), "--home",
                                house.file("typing"), "--room", "Porch", "--name", name},
                    .environment = {},
                    .input = input,
                    .log_file = {}})
            .out;
    }
    Guest moderator_on_duty() {
        Guest guest(house.options());
        guest.connect();
        guest.sign_up(house.invite("moderator"));
        guest.consent();
        guest.join(room, "Mira");
        goes_on_duty(guest);
        return guest;
    }
    void goes_on_duty(Guest& guest) const {
        v1::Request duty;
        duty.mutable_go_on_duty()->set_room_id(room);
        guest.get(duty);
    }
    void restart_with(const std::string& name, const std::string& value) {
        house.set(name, value);
        house.stop();
        house.start();
    }

    House house{Settings{{"limits.heard_every", "50ms"}, {"limits.help_stale_after", "3650d"}}};
    std::string room = house.make_room("Porch");
};

TEST_F(Helping, X6PlacesOfACountryAndLanguageAreShownBeforeSigningInAndOldOnesMarked) {
    write_file(house.file("help.toml"), help_text);
    restart_with("house.help_file", house.file("help.toml"));
    EXPECT_THAT(house.log(), HasSubstr("1 of the places to turn to were never verified, or long ago"));
    const auto asked = [&](const std::string& line) {
        return run({.command = {client_program(), "--json", "--server", house.url(), "--ca", house.authority_file(),
                                "--home", house.file("people")},
                    .environment = {},
                    .input = line + "\n",
                    .log_file = {}})
            .out;
    };
    const auto german = asked(R"({"getHelp":{"country":"DE","language":"de"}})");
    EXPECT_THAT(german, HasSubstr("A line"));
    EXPECT_THAT(german, Not(HasSubstr("Une ligne")));
    EXPECT_THAT(german, Not(HasSubstr("doubtful")));
    EXPECT_THAT(asked(R"({"getHelp":{"country":"FR"}})"), HasSubstr("\"doubtful\":true"));
    EXPECT_THAT(typed("member", "Ana", "/help\n"), HasSubstr("not checked lately"));
}

TEST_F(Helping, SomebodyTypesThatAModeratorShallSeeItFirstAndCallsOne) {
    const auto screen = typed("member", "Ana", "/first Is this too much?\n/held\n/call\n");
    EXPECT_THAT(screen, HasSubstr("HELD"));
    EXPECT_THAT(screen, HasSubstr("you would like a moderator to see it first"));
    EXPECT_THAT(screen, HasSubstr("No moderator is on duty now."));
    Guest ben = member_in(house, room, "Ben");
    EXPECT_TRUE(ben.history_backwards(room).empty());
}

TEST_F(Helping, AModeratorTypesWhatIsLetThroughAndWhatIsGivenBack) {
    Guest ben = member_in(house, room, "Ben");
    for (const char* text : {"see https://example.org", "or https://example.com"})
        EXPECT_EQ(ben.get(posting(room, text)).message_accepted().held().filter_id(), "links");
    house.kill_and_start();
    const auto screen = typed("moderator", "Mira",
                              "/duty on\n/held\n/release\n/release a\n/return\n/return b\n\n"
                              "/return b Please without it.\n/held\n/release b\n");
    EXPECT_THAT(screen, HasSubstr("/release and the letter of what waits"));
    EXPECT_THAT(screen, HasSubstr("/return, the letter of what waits, and why"));
    EXPECT_THAT(screen, HasSubstr("Without saying why, nothing is given back."));
    EXPECT_THAT(screen, HasSubstr("Links are looked at by a moderator"));
    EXPECT_THAT(screen, HasSubstr("Shown."));
    EXPECT_THAT(screen, HasSubstr("Given back, with your words."));
    EXPECT_THAT(screen, HasSubstr("Nothing waits for a moderator here."));

    ben.connect(house);
    ben.resume_session();
    ben.resume_room(room);
    EXPECT_EQ(texts(ben.history_backwards(room)), std::vector<std::string>{"see https://example.org"});
    v1::Request list;
    list.mutable_list_held()->set_room_id(room);
    const auto mine = ben.get(list).held_messages();
    ASSERT_EQ(mine.held_size(), 1) << "kept until he has it";
    EXPECT_EQ(mine.held(0).return_cause(), v1::RETURN_CAUSE_BY_MODERATOR);
    EXPECT_EQ(mine.held(0).note(), "Please without it.");
    EXPECT_EQ(mine.held(0).text(), "or https://example.com");
    EXPECT_EQ(house.command({"audit", "verify"}).code, 0);
}

TEST_F(Helping, SomebodyIsPointedToHelpByNobodyInParticular) {
    Guest ana = member_in(house, room, "Ana");
    Guest ben(house.options());
    ben.connect();
    ben.sign_up(house.invite());
    ben.consent();
    const std::string token = ben.join(room, "Ben").you().token();
    v1::Request point;
    point.mutable_point_to_help()->mutable_person()->set_room_id(room);
    point.mutable_point_to_help()->mutable_person()->set_token(token);
    EXPECT_TRUE(ana.get(point).has_done());
    const auto card = ben.hear(v1::Event::kHelpOffered).help_offered();
    EXPECT_EQ(card.room_id(), room);
    EXPECT_TRUE(card.message_id().empty());
    EXPECT_FALSE(card.introduction().empty());
    EXPECT_EQ(card.ShortDebugString().find("Ana"), std::string::npos);
}

// Somebody's pager outside of the house.
class Pager {
  public:
    std::string url() const {
        return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + "/page";
    }
    // The next page, whole; empty if none comes. It is answered with this.
    std::string next(const std::string& answer = "HTTP/1.1 204 Taken\r\n\r\n") {
        Tcp::socket socket(context_);
        std::string page;
        acceptor_.async_accept(socket, [&](boost::system::error_code error) {
            if (!error)
                boost::asio::async_read_until(socket, boost::asio::dynamic_buffer(page), "}",
                                              [](boost::system::error_code, std::size_t) {});
        });
        context_.restart();
        context_.run_for(patience);
        boost::system::error_code ignored;
        acceptor_.cancel(ignored);
        boost::asio::write(socket, boost::asio::buffer(answer), ignored);
        return page;
    }

  private:
    boost::asio::io_context context_;
    Tcp::acceptor acceptor_{context_, {boost::asio::ip::make_address("127.0.0.1"), 0}};
};

TEST_F(Helping, APageLeavesTheHouseWithoutAWordOfAnybody) {
    Pager pager;
    restart_with("house.web_hook", pager.url());
    Guest mira = moderator_on_duty();
    Guest ana = member_in(house, room, "Ana");
    ana.post(room, "I want to die");
    const auto needed = mira.hear(v1::Event::kModeratorNeeded).moderator_needed();
    EXPECT_EQ(needed.room_id(), room);
    const std::string page = pager.next();
    EXPECT_THAT(page, HasSubstr("POST /page HTTP/1.1"));
    EXPECT_EQ(page.substr(page.find("\r\n\r\n") + 4), R"({"kind":"moderator_needed"})");
}

// docs/filters.md. Before the death both the page that waits for its next try and the call of a moment ago would have
// held up another one.
TEST_F(Helping, APageThatWaitsDiesWithTheServerAndWhoeverCallsAgainPagesAtOnce) {
    Pager pager;
    for (const char* rest : {"limits.web_hook_retry_first", "limits.web_hook_retry_max"}) house.set(rest, "1h");
    restart_with("house.web_hook", pager.url());
    Guest ana = member_in(house, room, "Ana");
    v1::Request call;
    call.mutable_call_moderator()->set_room_id(room);
    EXPECT_FALSE(ana.get(call).moderator_called().moderator_on_duty());
    EXPECT_THAT(pager.next("HTTP/1.1 503 Asleep\r\n\r\n"), HasSubstr("moderator_needed"));

    house.kill_and_start();
    ana.connect(house);
    ana.resume_session();
    EXPECT_FALSE(ana.get(call).moderator_called().moderator_on_duty());
    EXPECT_THAT(pager.next(), HasSubstr("moderator_needed"));
}

TEST_F(Helping, APageThatIsNotTakenComesAgain) {
    Pager pager;
    house.set("limits.web_hook_retry_first", "10ms");
    restart_with("house.web_hook", pager.url());
    member_in(house, room, "Ana").post(room, "I want to die");
    for (const char* answer : {"HTTP/1.1 503 Asleep\r\n\r\n", "", "HTTP/1.1 204 Taken\r\n\r\n"})
        EXPECT_THAT(pager.next(answer), HasSubstr("moderator_needed")) << answer;
}

}  // namespace
}  // namespace kindroom::test
