// `kindroom` for a person: signs in, shows rooms, carries words to and fro.
// Owner: the one thread of the program. What the person does is one coroutine, work(); what the server says by itself
// is shown as it comes, above the line being typed.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "cli/marks.hpp"
#include "cli/options.hpp"
#include "cli/screen.hpp"
#include "cli/terminal.hpp"
#include "lib/steady_line.hpp"

namespace kindroom::cli {

Exit talk(const Settings& settings);

// g++ 12 miscompiles co_await inside of a larger expression or a condition: in this folder it always stands alone, as a
// statement or to the right of one variable.
class Talk final : public client::LineObserver {
  public:
    explicit Talk(const Settings& settings);
    Exit run();

  private:
    template <class T = void>
    using Task = boost::asio::awaitable<T>;

    struct Command {
        const char* name;
        const char* usage;
        const char* about;
        enum class For { everybody, signed_in } who;
        Task<> (Talk::*run)(std::string rest);
    };
    struct RoomView {
        v1::RoomCard card;
        v1::Person you;
        std::string earlier;  // cursors of the page that was shown last
        std::string later;
        bool loading = false;  // history is on its way; what happens meanwhile waits in `held`
        std::vector<v1::RoomEvent> held;
    };
    struct Waiter {
        explicit Waiter(boost::asio::io_context& io) : timer(io) {}
        boost::asio::steady_timer timer;
        std::optional<v1::Reply> reply;
    };

    // -- talk.cpp: the course of things --
    Task<> work();
    Task<bool> connect();
    Task<> main_loop();
    Task<> obey(std::string line);
    Task<v1::Reply> ask(v1::Request request);
    // Asks, and says why if it was refused.
    Task<bool> done(v1::Request request);
    Task<std::string> question(std::string prompt);
    Task<bool> yes(std::string prompt);
    bool refused(const v1::Reply& reply);
    void say(const std::string& text) { terminal_.print(text); }
    void notice(const std::string& words) { say(screen_.notice(words)); }
    std::string prompt() const;
    void quit();
    void watch_signals();

    // -- talk_events.cpp: what the server says by itself --
    void opened() override;
    void event(const v1::Event& event) override;
    void unanswered(std::uint32_t id) override;
    void room_gone(const std::string& room_id) override;
    void room_gap(const std::string& room_id) override;
    void coming_back(std::chrono::milliseconds wait, const client::Ending& ending) override;
    void back() override;
    void ended(const client::Ending& ending) override;
    void on_reply(const v1::Reply& reply);
    void on_room_event(const v1::RoomEvent& event);
    void on_room_changed(const v1::RoomCard& room);
    void show_step(const v1::RoomEvent& event);
    void show_message(const std::string& room_id, const v1::Message& message);
    void answer(std::uint32_t id, v1::Reply reply);
    static v1::Reply no_answer();

    // -- front_door.cpp: until one is signed in and has agreed to the rules --
    Task<> front_door();
    Task<> walk_through();
    Task<> sign_up(std::string rest);
    Task<> sign_in(std::string rest);
    Task<> recover(std::string rest);
    Task<> settle_in();
    Task<std::optional<std::string>> new_passphrase();
    Task<> show_once(std::string login_id, std::string recovery_code);
    void signed_in(const v1::SignedIn& signed_in);
    void keep_profile();

    // -- commands_account.cpp --
    Task<> show_help(std::string rest);
    Task<> show_rules(std::string rest);
    Task<> agree(std::string rest);
    Task<> show_policy(std::string rest);
    Task<> show_sessions(std::string rest);
    Task<> end_session(std::string rest);
    Task<> change_passphrase(std::string rest);
    Task<> sign_out(std::string rest);
    Task<> leave_program(std::string rest);

    // -- commands_room.cpp --
    Task<> list_rooms(std::string rest);
    Task<> join(std::string rest);
    Task<> leave(std::string rest);
    Task<> who(std::string rest);
    Task<> reply(std::string rest);
    Task<> edit(std::string rest);
    Task<> retract(std::string rest);
    Task<> older(std::string rest);
    Task<> newer(std::string rest);
    Task<> enter(std::string room_id);
    Task<> post(std::string text, std::string reply_to, v1::Voice voice);
    void post_soon(std::string text, std::string reply_to, v1::Voice voice);
    Task<bool> fetch_rooms();
    Task<std::string> which_room(std::string typed);
    void show_page(const std::string& room_id, const v1::HistoryPage& page);
    RoomView* here();
    std::optional<Marks::Message> marked(std::string_view mark);

    // -- commands_duty.cpp --
    Task<> speak_as_moderator(std::string rest);
    Task<> duty(std::string rest);
    Task<> room(std::string rest);
    Task<> new_room();
    Task<> change_room();
    Task<> close_room();
    Task<std::optional<v1::RoomSettings>> ask_settings(v1::RoomSettings settings);

    // -- commands.cpp --
    Task<> show_commands(std::string rest);
    static std::span<const Command> commands();
    static const Command* find_command(std::string_view name);

    const Settings& settings_;
    boost::asio::io_context io_{1};
    Terminal terminal_;
    Screen screen_;
    client::SteadyLine line_;
    boost::asio::signal_set signals_;
    boost::asio::steady_timer wake_;
    std::map<std::uint32_t, std::shared_ptr<Waiter>> waiters_;
    std::uint32_t last_id_ = 0;

    v1::Welcome welcome_;
    v1::HelpDirectory help_;  // kept, so that it is there when the connection is not
    v1::Me me_;
    Profile profile_;
    std::uint32_t rules_shown_ = 0;
    std::map<std::string, RoomView> rooms_;
    std::vector<v1::RoomCard> listed_;  // as last shown with letters
    std::vector<v1::Session> listed_sessions_;
    std::string current_;
    Marks marks_;
    bool open_ = false;
    bool away_ = false;
    bool signed_in_ = false;
    bool quitting_ = false;
    bool leaving_ = false;  // by SignOut, after which the server closes
    bool over_ = false;
    Exit exit_ = Exit::done;
};

// Milliseconds since 1970-01-01 UTC.
std::int64_t now_ms();
// The first word, and what follows it.
std::pair<std::string, std::string> split_word(std::string_view text);

}  // namespace kindroom::cli
