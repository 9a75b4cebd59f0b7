#include "cli/script.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>
#include <google/protobuf/util/json_util.h>
#include <iostream>
#include <set>
#include <unistd.h>

#include "cli/line_reader.hpp"
#include "cli/script_line.hpp"
#include "lib/link.hpp"
#include "lib/request_id.hpp"
#include "lib/steady_line.hpp"

namespace kindroom::cli {

namespace {

namespace asio = boost::asio;
using Moment = std::chrono::steady_clock::time_point;
using std::chrono::steady_clock;

// One run. Everything happens on the thread that runs io_.
class Script final : public client::LineObserver {
  public:
    explicit Script(const Settings& settings) : settings_(settings), reader_(io_, STDIN_FILENO), wake_(io_) {
        if (settings.reconnect) {
            client::SteadyOptions steady;
            steady.line = settings.line;
            steady.give_up_after = std::chrono::minutes(2);
            line_ = std::make_unique<client::SteadyLine>(io_, steady, *this);
        } else {
            line_ = std::make_unique<client::Link>(io_, settings.line, *this);
        }
    }

    Exit run() {
        asio::co_spawn(io_, work(), asio::detached);
        io_.run();
        return exit_;
    }

  private:
    asio::awaitable<void> work() {
        co_await talk();
        if (!ended_) {
            line_->close();
            co_await until([this] { return ended_; }, steady_clock::now() + std::chrono::seconds(5));
        }
        if (exit_ == Exit::done && refused_) exit_ = Exit::refused;
        io_.stop();
    }

    asio::awaitable<void> talk() {
        line_->open();
        co_await until([this] { return open_ || ended_; }, steady_clock::now() + settings_.line.open_within * 2);
        if (ended_ || !open_) {
            co_return fail(misconfigured_ ? Exit::usage : Exit::connection, "cannot connect: " + ending_words_);
        }
        bool go_on = true;
        if (settings_.hello) go_on = co_await greet();
        if (!go_on) co_return;
        for (;;) {
            const auto line = co_await reader_.next();
            if (!line) break;
            ++line_number_;
            go_on = co_await obey(read_script_line(*line));
            if (!go_on) co_return;
        }
        co_await until([this] { return waiting_.empty() || ended_; }, steady_clock::now() + settings_.reply_timeout);
        if (!waiting_.empty() || (ended_ && !reader_.at_end() && !signed_out_)) {
            co_return fail(Exit::connection, "the connection ended: " + ending_words_);
        }
        if (settings_.stay) {
            const auto end = settings_.timeout ? steady_clock::now() + *settings_.timeout : Moment::max();
            co_await until([this] { return ended_; }, end);
        }
    }

    asio::awaitable<bool> greet() {
        v1::Request hello;
        hello.mutable_hello()->set_protocol_version(1);
        hello.mutable_hello()->set_client("kindroom 0.1 --json");
        const bool welcome = co_await say(std::move(hello), Wait::yes);
        if (!welcome) co_return false;
        if (!settings_.resume) co_return true;
        v1::Request resume;
        resume.mutable_resume_session()->set_device_token(settings_.profile.device_token);
        co_return co_await say(std::move(resume), Wait::yes);
    }

    // Carries out one line; false when the script cannot go on.
    asio::awaitable<bool> obey(ScriptLine line) {
        if (auto* request = std::get_if<v1::Request>(&line)) {
            co_return co_await say(std::move(*request), settings_.wait_for_replies ? Wait::yes : Wait::no);
        }
        if (const auto* wait = std::get_if<WaitFor>(&line)) co_return co_await wait_for(*wait);
        if (const auto* wrong = std::get_if<Wrong>(&line)) {
            fail(Exit::usage, "line " + std::to_string(line_number_) + ": " + wrong->words);
            co_return false;
        }
        if (std::holds_alternative<Drop>(line)) line_->drop();
        co_return true;
    }

    enum class Wait { yes, no };

    asio::awaitable<bool> say(v1::Request request, Wait wait) {
        if (ended_) {
            fail(Exit::connection, "the connection has ended: " + ending_words_);
            co_return false;
        }
        const std::uint32_t id = client::number(request, last_id_, waiting_);
        waiting_.insert(id);
        order_.push_back(id);
        line_->send(request);
        signed_out_ = request.has_sign_out();
        if (wait == Wait::no) co_return true;
        co_await until([&] { return !waiting_.contains(id) || ended_; }, steady_clock::now() + settings_.reply_timeout);
        if (!waiting_.contains(id)) co_return true;
        fail(Exit::connection, ended_ ? "the connection ended before the reply: " + ending_words_ : "no reply in time");
        co_return false;
    }

    asio::awaitable<bool> wait_for(const WaitFor& wait) {
        const auto here = [&] {
            if (wait.what == "closed") return ended_;
            while (!events_.empty()) {
                const bool found = fulfils(wait, events_.front());
                events_.pop_front();
                if (found) return true;
            }
            return false;
        };
        bool found = false;
        co_await until([&] { return (found = found || here()) || ended_; }, steady_clock::now() + wait.timeout);
        if (!found) {
            refused_ = true;
            std::cerr << "kindroom: line " << line_number_ << ": waited in vain for " << wait.what << '\n';
        }
        if (ended_ && wait.what != "closed" && !found) {
            fail(Exit::connection, "the connection ended: " + ending_words_);
            co_return false;
        }
        co_return true;
    }

    // Waits until `done`, which is asked again after each thing that happens, or until `end`.
    template <class Done>
    asio::awaitable<void> until(Done done, Moment end) {
        while (!done() && steady_clock::now() < end) {
            wake_.expires_at(end);
            co_await wake_.async_wait(asio::as_tuple(asio::use_awaitable));
        }
    }

    void fail(Exit code, const std::string& words) {
        if (exit_ == Exit::done) exit_ = code;
        std::cerr << "kindroom: " << words << '\n';
    }

    static void print(std::string line) { write_out(STDOUT_FILENO, line += '\n'); }

    static void print_room(const char* what, const std::string& room_id) {
        v1::GetRoom room;
        room.set_room_id(room_id);
        std::string json;
        if (google::protobuf::util::MessageToJsonString(room, &json).ok())
            print(std::string("{\"") + what + "\":" + json + "}");
    }

    void keep_token(const v1::Reply& reply) {
        if (settings_.profile_name.empty()) return;
        const v1::SignedIn* in = reply.has_account_created()     ? &reply.account_created().signed_in()
                                 : reply.has_account_recovered() ? &reply.account_recovered().signed_in()
                                 : reply.has_signed_in()         ? &reply.signed_in()
                                                                 : nullptr;
        if (!in || in->device_token().empty()) return;
        Profile profile{settings_.line.endpoint, settings_.line.ca_file, settings_.line.pin, in->me().login_id(),
                        in->device_token()};
        if (!settings_.profiles.save(settings_.profile_name, profile)) {
            std::cerr << "kindroom: the profile cannot be written\n";
        }
    }

    // A token that opens nothing any more.
    void forget_token() {
        auto profile = settings_.profiles.load(settings_.profile_name);
        if (!profile || profile->device_token.empty()) return;
        profile->device_token.clear();
        settings_.profiles.save(settings_.profile_name, *profile);
    }

    void opened() override {
        open_ = true;
        wake_.cancel();
    }

    void event(const v1::Event& event) override {
        if (event.has_reply()) {
            // An id of 0 answers a frame that could not be read; frames are read in order.
            const std::uint32_t id = event.reply().request_id();
            const auto place = id == 0 ? order_.begin() : std::find(order_.begin(), order_.end(), id);
            if (place != order_.end()) {
                waiting_.erase(*place);
                order_.erase(place);
            }
            if (event.reply().has_error()) refused_ = true;
            keep_token(event.reply());
            if (signed_out_ && event.reply().has_done()) forget_token();
        } else {
            if (event.has_session_ended()) forget_token();
            events_.push_back(event);
            if (events_.size() > 10'000) events_.pop_front();
        }
        print(to_json_line(event));
        wake_.cancel();
    }

    void unanswered(std::uint32_t id) override {
        waiting_.erase(id);
        std::erase(order_, id);
        if (exit_ == Exit::done) exit_ = Exit::connection;
        print("{\"unanswered\":{\"requestId\":" + std::to_string(id) + "}}");
        wake_.cancel();
    }

    void room_gone(const std::string& room_id) override { print_room("roomGone", room_id); }
    void room_gap(const std::string& room_id) override { print_room("roomGap", room_id); }
    void coming_back(std::chrono::milliseconds wait, const client::Ending& ending) override {
        std::cerr << "kindroom: " << ending.words << "; coming back in " << wait.count() << " ms\n";
    }
    void back() override { std::cerr << "kindroom: back\n"; }

    void ended(const client::Ending& ending) override {
        ended_ = true;
        misconfigured_ = ending.kind == client::EndKind::misconfigured;
        ending_words_ = ending.words;
        if (ending.close_code != 0) ending_words_ += " (" + std::to_string(ending.close_code) + ")";
        if (open_ && ending.kind != client::EndKind::closed_by_us) {
            print("{\"closed\":{\"code\":" + std::to_string(ending.close_code) + "}}");
        }
        reader_.cancel();
        wake_.cancel();
    }

    const Settings& settings_;
    asio::io_context io_{1};
    LineReader reader_;
    asio::steady_timer wake_;
    std::unique_ptr<client::Line> line_;
    bool open_ = false;
    bool ended_ = false;
    bool misconfigured_ = false;
    bool refused_ = false;
    bool signed_out_ = false;  // the last request was SignOut: the end of the connection is what was asked for
    Exit exit_ = Exit::done;
    std::string ending_words_ = "no answer in time";
    unsigned line_number_ = 0;
    std::uint32_t last_id_ = 0;
    std::set<std::uint32_t> waiting_;
    std::deque<std::uint32_t> order_;  // the same ids, in the order in which they were sent
    std::deque<v1::Event> events_;     // printed, and not passed by a wait yet
};

}  // namespace

Exit run_script(const Settings& settings) { return Script(settings).run(); }

}  // namespace kindroom::cli
