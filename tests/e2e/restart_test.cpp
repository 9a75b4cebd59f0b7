// P14: a restart loses nobody. People talk on while the server is told to end and another one is started behind the
// same socket; they come back by themselves, and nothing that they say is lost, refused or heard twice.
#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <future>
#include <gtest/gtest.h>
#include <iostream>
#include <map>
#include <set>

#include "e2e/support/guest.hpp"
#include "e2e/support/own_thread.hpp"
#include "lib/steady_line.hpp"
#include "support/environment.hpp"

namespace kindroom::test {

namespace {

namespace asio = boost::asio;
using Instant = std::chrono::steady_clock::time_point;

constexpr Milliseconds each_talks_every{1'000};
constexpr std::size_t people_of_a_room = 20;

// Threads: runs one of its own, which all members are touched by once they have begun.
class Talkers {
  public:
    Talkers(House& house, std::size_t people);
    ~Talkers();
    Talkers(const Talkers&) = delete;
    Talkers& operator=(const Talkers&) = delete;

    // All listen when it returns, and talk from then on.
    void begin();
    // Waits until each has been away and is back again as often as this.
    void wait_back(std::size_t times);
    // They fall silent; waits until everything was answered and has reached everybody.
    void finish();

    // -- once finished --
    // What was said in each room, and somebody who was there all the time.
    const std::map<std::string, std::set<std::string>>& said() const { return said_; }
    Guest& reader_of(const std::string& room) { return readers_.at(room); }
    // How long each was away each time, in milliseconds and sorted.
    std::vector<double> times_away() const;
    std::size_t tries_in_vain() const { return tries_in_vain_; }
    const std::vector<std::string>& troubles() const { return troubles_; }

  private:
    class Talker;
    void on_thread(std::function<void()> task) { thread_.carry_out(std::move(task)); }
    void wait_until(std::function<bool()> holds, const char* what);
    void look() {
        if (!holds_ || !holds_()) return;
        holds_ = nullptr;
        held_.set_value();
    }
    void talk();

    OwnThread thread_;
    asio::steady_timer timer_{thread_.io()};
    std::vector<std::unique_ptr<Talker>> all_;
    std::map<std::string, std::set<std::string>> said_;
    std::map<std::string, Guest> readers_;
    std::vector<double> times_away_;
    std::size_t tries_in_vain_ = 0;
    std::vector<std::string> troubles_;
    std::size_t next_ = 0;
    bool is_talking_ = false;
    std::function<bool()> holds_;
    std::promise<void> held_;
};

class Talkers::Talker final : public client::LineObserver {
  public:
    Talker(Talkers& all, const client::SteadyOptions& options, std::string token, std::string room, std::string name)
        : all_(all),
          line_(all.thread_.io(), options, *this),
          token_(std::move(token)),
          room_(std::move(room)),
          name_(std::move(name)) {}

    void come() {
        send(request(R"({"hello":{"protocolVersion":1}})"));
        send(resuming_session(token_));
        line_.open();
    }
    void say() {
        const auto text = name_ + " says " + std::to_string(++words_);
        all_.said_[room_].insert(text);
        send(posting(room_, text));
    }

    bool is_ready() const { return is_ready_; }
    std::size_t times_back() const { return times_back_; }
    // Of what was said in the room, its own included.
    bool has_heard_all() const { return accepted_ == words_ && heard_.size() == all_.said_.at(room_).size() - words_; }

  private:
    void send(v1::Request asked) {
        asked.set_id(++last_id_);
        line_.send(asked);
    }
    void trouble(const std::string& what) { all_.troubles_.push_back(name_ + ": " + what); }

    void event(const v1::Event& event) override {
        if (event.room_event().has_posted()) heard(event.room_event().posted().message().text());
        const auto& reply = event.reply();
        if (reply.has_error()) trouble("refused: " + reply.error().ShortDebugString());
        if (reply.has_signed_in()) listen();
        accepted_ += reply.has_message_accepted();
        is_ready_ |= reply.has_room_resumed();
        all_.look();
    }
    void listen() {
        v1::Request resume;
        resume.mutable_resume_room()->set_room_id(room_);
        send(resume);
    }
    void heard(const std::string& text) {
        if (text.starts_with(name_ + " says ")) return;
        if (!heard_.insert(text).second) trouble("heard twice: " + text);
    }
    void coming_back(std::chrono::milliseconds, const client::Ending& because) override {
        if (away_since_) {
            all_.tries_in_vain_ += 1;
            trouble("a try in vain: " + because.words);
        } else {
            away_since_ = Instant::clock::now();
            if (because.close_code != 4000) trouble("cut: " + because.words);
        }
    }
    void back() override {
        if (!away_since_) return;
        const std::chrono::duration<double, std::milli> away = Instant::clock::now() - *away_since_;
        all_.times_away_.push_back(away.count());
        away_since_.reset();
        times_back_ += 1;
        all_.look();
    }
    void unanswered(std::uint32_t) override { trouble("something was not answered"); }
    void room_gone(const std::string&) override { trouble("the room is gone"); }
    void room_gap(const std::string&) override { trouble("there is a gap"); }
    void ended(const client::Ending& ending) override { trouble("ended for good: " + ending.words); }

    Talkers& all_;
    client::SteadyLine line_;
    const std::string token_;
    const std::string room_;
    const std::string name_;
    std::uint32_t last_id_ = 0;
    bool is_ready_ = false;
    std::size_t words_ = 0;
    std::size_t accepted_ = 0;
    std::set<std::string> heard_;
    std::optional<Instant> away_since_;
    std::size_t times_back_ = 0;
};

Talkers::Talkers(House& house, std::size_t people) {
    const auto invite = house.ordered({"invite", "--uses", std::to_string(people)}).invite_created().code();
    const client::SteadyOptions options{.line = house.options().line, .backoff = {}};
    std::string room;
    for (std::size_t i = 0; i < people; ++i) {
        if (i % people_of_a_room == 0)
            room = house.make_room("Porch " + std::to_string(i), {"--seats", std::to_string(people_of_a_room)});
        const auto name = "Person " + std::to_string(i);
        Guest guest(house.options());
        guest.connect();
        guest.sign_up(invite);
        guest.consent();
        guest.join(room, name);
        all_.push_back(std::make_unique<Talker>(*this, options, guest.token(), room, name));
        guest.line().close();
        if (i % people_of_a_room == 0) readers_.emplace(room, std::move(guest));
    }
}

Talkers::~Talkers() {
    if (!thread_.is_running()) return;
    on_thread([this] {
        timer_.cancel();
        all_.clear();
    });
    thread_.stop();
}

void Talkers::wait_until(std::function<bool()> holds, const char* what) {
    std::future<void> held;
    on_thread([&] {
        held_ = {};
        held = held_.get_future();
        holds_ = std::move(holds);
        look();
    });
    const bool is_so = held.wait_for(2 * patience) == std::future_status::ready;
    if (!is_so) on_thread([this] { holds_ = nullptr; });
    EXPECT_TRUE(is_so) << what;
}

void Talkers::begin() {
    thread_.start();
    on_thread([this] {
        for (const auto& talker : all_) talker->come();
    });
    wait_until([this] { return std::ranges::all_of(all_, &Talker::is_ready); }, "all listen");
    on_thread([this] {
        is_talking_ = true;
        talk();
    });
}

void Talkers::talk() {
    if (!is_talking_) return;
    all_[next_++ % all_.size()]->say();
    timer_.expires_after(std::chrono::duration_cast<std::chrono::microseconds>(each_talks_every) / all_.size());
    timer_.async_wait([this](auto error) {
        if (!error) talk();
    });
}

void Talkers::wait_back(std::size_t times) {
    const auto is_back = [times](const auto& talker) { return talker->times_back() >= times; };
    wait_until([this, is_back] { return std::ranges::all_of(all_, is_back); }, "all are back");
}

void Talkers::finish() {
    on_thread([this] { is_talking_ = false; });
    wait_until([this] { return std::ranges::all_of(all_, &Talker::has_heard_all); }, "all is heard by all");
}

std::vector<double> Talkers::times_away() const {
    auto sorted = times_away_;
    std::ranges::sort(sorted);
    return sorted;
}

unsigned restarts_wanted() {
    return std::max(1u, static_cast<unsigned>(from_environment("KINDROOM_ROUNDS").value_or(50)) / 60);
}

}  // namespace

TEST(Restart, P14NobodyIsLostRefusedOrHeardTwiceAndAllAreBackWithinSeconds) {
    const auto restarts = restarts_wanted();
    const bool is_serious = restarts > 1;
    const std::size_t people = is_serious ? 500 : 40;
    House house({{"limits.come_back_spread", is_serious ? "4s" : "1s"},
                 {"limits.history_page_max", "1000"},
                 {"limits.history_page_bytes_max", "1 MiB"}},
                House::Socket::kept);
    Talkers talkers(house, people);
    talkers.begin();
    for (unsigned round = 1; round <= restarts; ++round) {
        ASSERT_FALSE(house.server().wait_ended(each_talks_every)) << house.log();
        ASSERT_EQ(house.stop(), 0);
        house.start();
        talkers.wait_back(round);
    }
    talkers.finish();

    for (const auto& trouble : talkers.troubles()) ADD_FAILURE() << trouble;
    EXPECT_EQ(talkers.tries_in_vain(), 0u);
    std::size_t words = 0;
    for (const auto& [room, said] : talkers.said()) {
        Guest& reader = talkers.reader_of(room);
        reader.connect();
        reader.resume_session();
        const auto kept = texts(reader.history_backwards(room));
        EXPECT_EQ(kept.size(), said.size());
        EXPECT_EQ(std::set<std::string>(kept.begin(), kept.end()), said);
        words += said.size();
    }
    const auto away = talkers.times_away();
    ASSERT_EQ(away.size(), people * restarts);
    const double p99 = away[away.size() * 99 / 100];
    EXPECT_LE(p99, 5'000);
    std::cout << restarts << " restarts, " << people << " people, " << words << " messages; away "
              << away[away.size() / 2] << " ms in the median, p99 " << p99 << " ms, longest " << away.back() << " ms\n";
}

}  // namespace kindroom::test
