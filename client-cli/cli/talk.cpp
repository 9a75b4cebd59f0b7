#include "cli/talk.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <cstdlib>
#include <unistd.h>

#include "cli/nearest.hpp"
#include "cli/terminal_text.hpp"

namespace kindroom::cli {

namespace asio = boost::asio;
using std::chrono::steady_clock;

namespace {

bool wants_colour(Colour colour) {
    if (colour == Colour::always) return true;
    if (colour == Colour::never || !::isatty(STDOUT_FILENO)) return false;
    const char* none = std::getenv("NO_COLOR");
    const char* term = std::getenv("TERM");
    return !(none && *none) && !(term && std::string_view(term) == "dumb");
}

client::SteadyOptions steady(const Settings& settings) {
    client::SteadyOptions options;
    options.line = settings.line;
    options.follow_rooms = true;
    return options;
}

}  // namespace

std::int64_t now_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

std::pair<std::string, std::string> split_word(std::string_view text) {
    text = trim(text);
    const auto end = text.find_first_of(" \t");
    if (end == std::string_view::npos) return {std::string(text), {}};
    return {std::string(text.substr(0, end)), std::string(trim(text.substr(end)))};
}

Exit talk(const Settings& settings) { return Talk(settings).run(); }

Talk::Talk(const Settings& settings)
    : settings_(settings),
      terminal_(io_, {settings.passphrase_fd, settings.history_file}),
      screen_({wants_colour(settings.colour), terminal_.columns()}),
      line_(io_, steady(settings), *this),
      signals_(io_),
      wake_(io_),
      profile_(settings.profile) {}

Exit Talk::run() {
    watch_signals();
    asio::co_spawn(io_, work(), [this](std::exception_ptr failed) {
        io_.stop();
        if (failed) std::rethrow_exception(failed);
    });
    io_.run();
    return exit_;
}

void Talk::watch_signals() {
    boost::system::error_code ignored;
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGWINCH}) signals_.add(number, ignored);
    signals_.async_wait([this](boost::system::error_code failed, int number) {
        if (failed) return;
        if (number == SIGWINCH) {
            terminal_.resized();
            screen_.set_columns(terminal_.columns());
        } else {
            quit();
        }
        watch_signals();
    });
}

Talk::Task<> Talk::work() {
    const bool connected = co_await connect();
    if (!connected) {
        if (exit_ == Exit::done) exit_ = Exit::connection;
        co_return;
    }
    while (!signed_in_ && !quitting_) co_await front_door();
    if (!quitting_) co_await settle_in();
    if (!quitting_) co_await main_loop();
    const bool wanted = !over_;
    if (!over_) {
        line_.close();
        wake_.expires_after(std::chrono::seconds(3));
        co_await wake_.async_wait(asio::as_tuple(asio::use_awaitable));
    }
    if (wanted) terminal_.wipe();
}

Talk::Task<bool> Talk::connect() {
    line_.open();
    while (!open_ && !over_) {
        wake_.expires_at(steady_clock::time_point::max());
        co_await wake_.async_wait(asio::as_tuple(asio::use_awaitable));
    }
    if (over_) co_return false;
    v1::Request hello;
    hello.mutable_hello()->set_protocol_version(1);
    hello.mutable_hello()->set_client("kindroom 0.1");
    const v1::Reply welcome = co_await ask(std::move(hello));
    if (refused(welcome)) co_return false;
    welcome_ = welcome.welcome();
    say(screen_.strong(welcome_.house_name().empty() ? "Kindroom" : clean_line(welcome_.house_name())));
    v1::Request help;
    help.mutable_get_help();
    const v1::Reply directory = co_await ask(std::move(help));
    if (directory.has_help_directory()) help_ = directory.help_directory();

    if (!settings_.elsewhere.empty()) notice(clean_line(settings_.elsewhere));
    if (profile_.device_token.empty()) co_return !over_;
    v1::Request resume;
    resume.mutable_resume_session()->set_device_token(profile_.device_token);
    const v1::Reply back_again = co_await ask(std::move(resume));
    if (back_again.has_signed_in()) {
        signed_in(back_again.signed_in());
    } else if (back_again.error().code() == v1::ERROR_CODE_SIGN_IN_FAILED) {
        notice("This device is signed out. Sign in again with /signin.");
        profile_.device_token.clear();
        keep_profile();
    } else {
        refused(back_again);
    }
    co_return !over_;
}

Talk::Task<> Talk::main_loop() {
    while (!quitting_) {
        auto line = co_await terminal_.line(prompt());
        if (!line) break;
        co_await obey(std::move(*line));
    }
}

std::string Talk::prompt() const {
    const auto room = rooms_.find(current_);
    if (room == rooms_.end()) return "> ";
    std::string topic = title(current_);
    if (topic.size() > 24) topic = lower(split_word(topic).first);
    return topic + "> ";
}

Talk::Task<> Talk::obey(std::string line) {
    std::string text(trim(line));
    if (text.empty()) co_return;
    if (text[0] != '/' || text.starts_with("//")) {
        terminal_.remember(text);
        if (text.starts_with("//")) text.erase(0, 1);
        if (!signed_in_) {
            notice("You are not signed in yet: /signin or /signup. /help shows places to turn to.");
        } else if (current_.empty()) {
            notice("You are in no room. /rooms shows them, /join takes you in.");
        } else {
            speak(text);
        }
        co_return;
    }
    auto [name, rest] = split_word(text.substr(1));
    const Command* command = find_command(lower(name));
    if (!command) {
        std::vector<std::string> names;
        for (const Command& each : commands()) names.emplace_back(each.name);
        const auto meant = nearest(name, names);
        notice("There is no /" + clean_line(name) + "." + (meant ? " Did you mean /" + *meant + "?" : "") +
               " /commands lists them all.");
        co_return;
    }
    if (command->who == Command::For::signed_in && !signed_in_) {
        notice("For that you need to be signed in: /signin or /signup.");
        co_return;
    }
    // Whom somebody keeps away is not for a file, nor for whoever presses the arrow keys here next.
    const bool is_private = command->part == Command::Part::boundaries || command->part == Command::Part::contacts;
    if (!is_private) terminal_.remember(text);
    co_await (this->*command->run)(std::move(rest));
}

Talk::Task<v1::Reply> Talk::ask(v1::Request request) {
    if (over_ || quitting_) co_return no_answer();
    const std::uint32_t id = ++last_id_;
    request.set_id(id);
    const auto waiter = std::make_shared<Waiter>(io_);
    waiter->timer.expires_at(steady_clock::time_point::max());
    waiters_[id] = waiter;
    if (away_) notice("The connection is away; this is done as soon as it is back.");
    line_.send(request);
    if (!waiter->reply) co_await waiter->timer.async_wait(asio::as_tuple(asio::use_awaitable));
    waiters_.erase(id);
    if (!waiter->reply) waiter->reply = no_answer();
    co_return *waiter->reply;
}

Talk::Task<bool> Talk::done(v1::Request request) {
    const v1::Reply reply = co_await ask(std::move(request));
    co_return !refused(reply);
}

bool Talk::refused(const v1::Reply& reply) {
    if (!reply.has_error()) return false;
    if (!quitting_ && !over_) notice(screen_.refusal(reply.error(), now_ms()));
    return true;
}

// Help and the way out are open in the middle of any question too; after help it is asked again.
Talk::Task<std::string> Talk::question(std::string prompt) {
    for (;;) {
        auto answer = co_await terminal_.line(prompt);
        if (!answer) break;
        std::string words(trim(*answer));
        const std::string meant = lower(words);
        if (meant != "/help" && meant != "/quit") co_return words;
        co_await obey(meant);
        if (quitting_) co_return std::string();
    }
    quitting_ = true;
    co_return std::string();
}

Talk::Task<bool> Talk::yes(std::string prompt) {
    for (;;) {
        const std::string answer = co_await question(prompt);
        if (means_yes(answer)) co_return true;
        if (quitting_ || lower(answer) == "n" || lower(answer) == "no") co_return false;
        say("Please answer yes or no; /help and /quit work here too.");
    }
}

void Talk::quit() {
    quitting_ = true;
    terminal_.interrupt();
    for (const auto& [id, waiter] : waiters_) waiter->timer.cancel();
    wake_.cancel();
}

}  // namespace kindroom::cli
