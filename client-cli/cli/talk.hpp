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

#include "cli/asked.hpp"
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
        enum class Part { help, rooms, words, circle, boundaries, contacts, account, duty } part;
    };
    struct RoomView {
        v1::RoomCard card;
        v1::Person you;
        std::string earlier;  // cursors of the page that was shown last
        std::string later;
        bool loading = false;  // history is on its way; what happens meanwhile waits in `held`
        std::vector<v1::RoomEvent> held;
        std::vector<v1::Person> roster;  // as last seen
        v1::CircleView circle;           // as last told, in a circle
        bool away = false;               // stepped away from, alone or with all others
        void see(const google::protobuf::RepeatedPtrField<v1::Person>& people) {
            roster.assign(people.begin(), people.end());
        }
    };
    // Somebody whom the person means, and the room where they are known so.
    struct Somebody {
        std::string room_id;
        v1::Person person;
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
    void on_heard(const std::string& room_id);
    void on_offered(const v1::Offer& offer);
    void on_circle(const v1::CircleView& circle);
    void on_not_seated(const v1::NotSeated& told);
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
    Task<> older(std::string rest);
    Task<> newer(std::string rest);
    Task<> turn_to(v1::GetHistory page);
    Task<> enter(std::string room_id);
    Task<bool> still_wanted(std::string room_id);
    Task<std::string> invite_code(std::string room_id);
    Task<bool> fetch_rooms();
    Task<std::string> which_room(std::string typed);
    void show_page(const std::string& room_id, const v1::HistoryPage& page);
    RoomView* here();

    // -- commands_words.cpp --
    Task<> reply(std::string rest);
    Task<> edit(std::string rest);
    Task<> retract(std::string rest);
    Task<> breath(std::string rest);
    Task<> about(std::string rest);
    Task<> show(std::string rest);
    Task<> heard(std::string rest);
    Task<> post(v1::PostMessage words);
    void show_accepted(const v1::PostMessage& words, const v1::MessageAccepted& accepted);
    // Fills in the room one looks at, the key and whom the text mentions.
    void post_soon(v1::PostMessage words);
    void speak(std::string text);
    std::optional<Marks::Message> marked(std::string_view mark);

    // -- commands_boundaries.cpp --
    Task<> block(std::string rest);
    Task<> unblock(std::string rest);
    Task<> mute(std::string rest);
    std::optional<std::size_t> mute_of(const v1::Boundaries& mine, const std::string& typed) const;
    Task<> unmute(std::string rest);
    Task<> boundaries(std::string rest);
    Task<> label(std::string rest);
    Task<> report(std::vector<Somebody> people);
    Task<std::optional<v1::Boundaries>> fetch_boundaries();
    Task<std::optional<std::size_t>> choose(std::size_t count);

    // -- commands_away.cpp --
    Task<> away(std::string rest);
    Task<> back(std::string rest);
    Task<bool> return_from(std::string room_id, bool* something_new);
    Task<> look_around();
    void see_away(const v1::Away& away);

    // -- commands_contacts.cpp --
    Task<> contact(std::string rest);
    Task<> contacts(std::string rest);
    Task<> accept(std::string rest);
    Task<> decline(std::string rest);
    Task<> disconnect(std::string rest);
    Task<> talk_to(std::string rest);
    Task<bool> fetch_contacts();
    Task<> drop_ended_contacts();
    Task<std::string> which_contact(std::string typed, const char* usage);
    std::string letter_of(const std::string& id);
    const v1::Offer* offered(std::string_view typed, const char* usage);
    const v1::Contact* contact_in(const std::string& room_id) const;
    bool rests(const std::string& room_id) const;

    // -- commands_circle.cpp --
    RoomView* circle_here();
    Task<> hand(std::string rest);
    Task<> pass_turn(std::string rest);
    Task<> floor(std::string rest);
    Task<> share_unsigned(std::string rest);
    Task<> draw_seats(std::string rest);
    Task<> next_turn(std::string rest);
    Task<> extend_turn(std::string rest);
    Task<> reflect(std::string rest);
    Task<> close_circle(std::string rest);
    Task<v1::RoomSettings> ask_turns(v1::RoomSettings settings);
    // -- commands_review.cpp --
    Task<> first(std::string rest);
    Task<> held(std::string rest);
    Task<> release(std::string rest);
    Task<> give_back(std::string rest);
    Task<> call(std::string rest);
    Task<> point(std::string rest);
    // Of one's own that wait or came back.
    enum class Which { all, returned };
    Task<> look_for_held(std::string room_id, Which which);
    void look_for_returned();
    Task<> ask_quietly(v1::Request request);
    void in_passing(Task<> task);
    void show_held(const std::string& room_id, const v1::HeldMessage& held);
    // Lets the server know that words which came back are here.
    void take_returned(const std::string& room_id, const std::string& message_id);
    void on_returned(const v1::MessageReturned& returned);
    void on_waiting(const v1::HeldWaiting& waiting);
    void on_needed(const v1::ModeratorNeeded& needed);
    void on_filters_acted(const v1::FiltersActed& acted);

    // -- talk_people.cpp --
    Task<std::vector<Somebody>> which_people(std::string typed);
    Task<bool> add_meant(std::vector<Somebody> found, std::string typed, std::vector<Somebody>* people);
    std::vector<Somebody> candidates(std::string_view typed) const;
    std::string in_words(const std::vector<Somebody>& people) const;
    // What a room is called: its topic, or who the contact is.
    std::string title(const std::string& room_id) const;
    Screen::RoomName titles() const;
    void forget_people(const std::vector<Somebody>& people);
    void forget_room(const std::string& room_id);

    // -- commands_decisions.cpp --
    Task<> decisions(std::string rest);
    Task<> warn(std::string rest);
    Task<> timeout(std::string rest);
    Task<> remove(std::string rest);
    Task<> ban(std::string rest);
    Task<> confirm(std::string rest);
    Task<> decide_about(std::string typed, v1::Decide decide, std::string what);
    // Whether it was decided.
    Task<bool> decide(v1::Decide decide, std::string done);
    // What somebody typed, and what is said once it is done.
    struct Act {
        v1::Decide decide;
        std::string done;
    };
    static Act act_of(const TimeoutAsked& asked);
    static Act act_of(const BanAsked& asked);
    Task<bool> can_be_decided(v1::Decide decide);
    Task<bool> ask_reasons(v1::Decide* decide);

    // -- commands_data.cpp --
    Task<> export_data(std::string rest);
    Task<> erase_account(std::string rest);

    // -- commands_duty.cpp --
    Task<> speak_as_moderator(std::string rest);
    Task<> duty(std::string rest);
    Task<> link(std::string rest);
    Task<> room(std::string rest);
    Task<> new_room();
    Task<> change_room();
    Task<> close_room();
    Task<std::optional<v1::RoomSettings>> ask_settings(v1::RoomSettings settings);

    // -- commands_attendance.cpp --
    Task<> pause(std::string rest);
    Task<> resume(std::string rest);
    Task<> hours(std::string rest);
    Task<> knock(std::string rest);
    Task<> list_knocks(std::string rest);
    Task<> let_in(std::string rest);
    Task<> invite(std::string rest);
    Task<> door(std::string rest);
    Task<> let_speak(std::string rest);
    std::string knock_letter(const std::string& room_id, const v1::Person& person);
    void on_knock(const v1::KnockHeard& heard);
    void on_door(const v1::DoorOpened& opened);
    void on_wave(const v1::WaveNoticed& wave);
    void on_listening(const v1::ListeningChanged& changed);
    // -- commands_cases.cpp --
    Task<> report_it(std::string rest);
    Task<> reports(std::string rest);
    Task<> appeal(std::string rest);
    Task<> queue(std::string rest);
    Task<> open_case(std::string rest);
    Task<> tap_out(std::string rest);
    // Whether any case waits.
    Task<bool> fetch_queue();
    Task<> look_at(std::string case_id);
    Task<bool> press(v1::CaseCard card, std::string key);
    Task<bool> act_on(v1::CaseCard card, std::string key);
    Task<std::optional<Act>> ask_act(std::string key);
    Task<> show_evidence(std::string case_id);
    Task<bool> close_case(std::string case_id, std::string act);
    void kept(const std::string& receipt);

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
    std::vector<v1::CaseCard> listed_cases_;
    v1::Contacts contacts_;              // as last seen, with the offers that came since
    std::vector<Somebody> knocks_;       // a letter stays theirs until the end
    std::vector<std::string> lettered_;  // contacts and offers; a letter stays theirs until the end
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
