#include "e2e/support/crowd.hpp"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <charconv>
#include <future>
#include <stdexcept>
#include <vector>

#include "e2e/support/guest.hpp"
#include "e2e/support/own_thread.hpp"
#include "lib/link.hpp"

namespace kindroom::test {

namespace {

namespace asio = boost::asio;
using Instant = std::chrono::steady_clock::time_point;

constexpr Milliseconds each_talks_every{2'000};
constexpr Milliseconds visits_every{250};

double milliseconds_since(Instant then) {
    return std::chrono::duration<double, std::milli>(Instant::clock::now() - then).count();
}

double quantile(std::vector<double>& sorted, double q) {
    if (sorted.empty()) return 0;
    return sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(q * static_cast<double>(sorted.size())))];
}

v1::Request hello() {
    v1::Request request;
    request.mutable_hello()->set_protocol_version(1);
    return request;
}

}  // namespace

// All members are its own, and touched by `thread_` only once it runs.
class Crowd::Engine {
  public:
    Engine(House& house, std::uint32_t members, std::uint32_t free_seats);
    ~Engine();

    void come_in();
    void begin();
    Figures end();

    std::string room_;
    std::string login_id_;

  private:
    // Somebody on a connection who has signed in by a token.
    class Person : public client::LineObserver {
      public:
        Person(Engine& engine, const client::LineOptions& options, std::string token)
            : engine_(engine), link_(engine.thread_.io(), options, *this), token_(std::move(token)) {}
        void send(v1::Request request) {
            request.set_id(++last_id_);
            link_.send(request);
        }
        void opened() override {
            send(hello());
            send(resuming_session(token_));
        }

        Engine& engine_;
        client::Link link_;
        const std::string token_;
        std::uint32_t last_id_ = 0;
    };

    class Member final : public Person {
      public:
        Member(Engine& engine, const client::LineOptions& options, std::string token, std::size_t number)
            : Person(engine, options, std::move(token)), number_(number) {}
        void event(const v1::Event& event) override {
            if (event.has_room_event()) engine_.heard(number_, event.room_event().posted().message().text());
            if (!event.has_reply()) return;
            const auto& reply = event.reply();
            if (reply.has_error()) engine_.refused(reply.error());
            if (reply.has_signed_in()) {
                v1::Request listen;
                listen.mutable_resume_room()->set_room_id(engine_.room_);
                send(listen);
            }
            if (reply.has_room_resumed()) engine_.one_is_ready();
        }
        void ended(const client::Ending& ending) override { engine_.disconnected(ending); }

      private:
        const std::size_t number_;
    };

    class Visitor final : public Person {
      public:
        using Person::Person;
        void come() {
            came_ = Instant::clock::now();
            is_in_ = false;
            link_.open();
        }
        void event(const v1::Event& event) override {
            if (!event.reply().has_signed_in()) return;
            is_in_ = true;
            engine_.visited(milliseconds_since(came_));
            link_.close();
        }
        void ended(const client::Ending& ending) override {
            if (!is_in_) engine_.visited_in_vain(ending);
            engine_.visit_later();
        }

      private:
        Instant came_;
        bool is_in_ = false;
    };

    // One thing that was said.
    struct Word {
        std::size_t by;
        Instant at;
        std::size_t heard_by = 0;
    };

    void on_thread(std::function<void()> task) { thread_.carry_out(std::move(task)); }
    void talk_later();
    void talk();
    void visit_later();
    void heard(std::size_t listener, const std::string& text);
    void one_is_ready();
    void refused(const v1::Error& error) {
        figures_.refused += 1;
        note("refused: " + error.ShortDebugString());
    }
    void disconnected(const client::Ending& ending) {
        figures_.disconnected += 1;
        note("disconnected with " + std::to_string(ending.close_code) + ": " + ending.words);
        look_whether_done();
    }
    void visited(double took) {
        figures_.visits += 1;
        figures_.longest_visit = std::max(figures_.longest_visit, took);
    }
    void visited_in_vain(const client::Ending& ending) {
        if (!is_talking_) return;
        figures_.visits_in_vain += 1;
        note("a visitor did not get in: " + std::to_string(ending.close_code) + ": " + ending.words);
    }
    void note(const std::string& trouble) {
        if (figures_.trouble.empty()) figures_.trouble = trouble;
    }
    bool all_is_heard() const {
        return std::ranges::all_of(words_, [&](const Word& word) { return word.heard_by + 1 >= members_.size(); });
    }
    void look_whether_done() {
        if (!is_talking_ && done_ && (all_is_heard() || figures_.disconnected > 0)) {
            done_->set_value();
            done_ = nullptr;
        }
    }

    OwnThread thread_;
    asio::steady_timer talk_timer_{thread_.io()};
    asio::steady_timer visit_timer_{thread_.io()};
    std::vector<std::unique_ptr<Member>> members_;
    std::unique_ptr<Visitor> visitor_;
    std::size_t ready_ = 0;
    std::promise<void> all_ready_;
    bool is_talking_ = false;
    bool is_leaving_ = false;
    std::size_t next_ = 0;
    std::vector<Word> words_;
    std::vector<double> times_;
    Figures figures_;
    std::promise<void>* done_ = nullptr;
};

Crowd::Engine::Engine(House& house, std::uint32_t members, std::uint32_t free_seats) {
    room_ = house.make_room("Evening porch", {"--seats", std::to_string(members + free_seats)});
    const auto invite = house.ordered({"invite", "--uses", std::to_string(members)}).invite_created().code();
    const auto options = house.options().line;
    for (std::uint32_t i = 0; i < members; ++i) {
        Guest guest(house.options());
        guest.connect();
        guest.sign_up(invite);
        guest.consent();
        guest.join(room_, "Member " + std::to_string(i));
        members_.push_back(std::make_unique<Member>(*this, options, guest.token(), i));
        if (i > 0) continue;
        login_id_ = guest.login_id();
        visitor_ = std::make_unique<Visitor>(*this, options, guest.token());
    }
}

void Crowd::Engine::come_in() {
    auto ready = all_ready_.get_future();
    for (const auto& member : members_) member->link_.open();
    thread_.start();
    if (ready.wait_for(patience) != std::future_status::ready) throw std::runtime_error("the crowd does not come in");
    on_thread([this] { visitor_->come(); });
}

Crowd::Engine::~Engine() {
    if (!thread_.is_running()) return;
    on_thread([this] {
        is_leaving_ = true;
        talk_timer_.cancel();
        visit_timer_.cancel();
        visitor_.reset();
        members_.clear();
    });
    thread_.stop();
}

void Crowd::Engine::one_is_ready() {
    if (++ready_ == members_.size()) all_ready_.set_value();
}

void Crowd::Engine::begin() {
    on_thread([this] {
        figures_ = {};
        words_.clear();
        times_.clear();
        is_talking_ = true;
        talk();
    });
}

Crowd::Figures Crowd::Engine::end() {
    std::promise<void> done;
    on_thread([this, &done] {
        is_talking_ = false;
        done_ = &done;
        look_whether_done();
    });
    done.get_future().wait_for(patience);
    on_thread([this] {
        done_ = nullptr;
        std::ranges::sort(times_);
        figures_.posts = words_.size();
        figures_.deliveries = times_.size();
        for (const Word& word : words_) figures_.lost += members_.size() - 1 - word.heard_by;
        figures_.median = quantile(times_, 0.5);
        figures_.p99 = quantile(times_, 0.99);
        figures_.worst = times_.empty() ? 0 : times_.back();
    });
    return figures_;
}

void Crowd::Engine::talk_later() {
    talk_timer_.expires_after(each_talks_every / members_.size());
    talk_timer_.async_wait([this](auto error) {
        if (!error && !is_leaving_) talk();
    });
}

void Crowd::Engine::talk() {
    if (!is_talking_) return;
    const std::size_t who = next_++ % members_.size();
    members_[who]->send(posting(room_, std::to_string(words_.size()) + " from " + std::to_string(who)));
    words_.push_back({.by = who, .at = Instant::clock::now()});
    talk_later();
}

void Crowd::Engine::heard(std::size_t listener, const std::string& text) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || number >= words_.size()) return;
    Word& word = words_[number];
    // Others are in the room as well, whose words may begin with a number.
    if (text != std::to_string(number) + " from " + std::to_string(word.by) || listener == word.by) return;
    word.heard_by += 1;
    times_.push_back(milliseconds_since(word.at));
    look_whether_done();
}

void Crowd::Engine::visit_later() {
    if (is_leaving_) return;
    visit_timer_.expires_after(visits_every);
    visit_timer_.async_wait([this](auto error) {
        if (!error && !is_leaving_) visitor_->come();
    });
}

Crowd::Crowd(House& house, std::uint32_t members, std::uint32_t free_seats)
    : engine_(std::make_unique<Engine>(house, members, free_seats)) {
    engine_->come_in();
}
Crowd::~Crowd() = default;

void Crowd::begin() { engine_->begin(); }
Crowd::Figures Crowd::end() { return engine_->end(); }
const std::string& Crowd::room() const { return engine_->room_; }
const std::string& Crowd::login_id() const { return engine_->login_id_; }

}  // namespace kindroom::test
