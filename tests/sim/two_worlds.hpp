// The proof of PRODUCT X3, by comparing worlds. One seed gives a script: who does what at which moment on which device.
// It is played in
//   - `blocks`: at the turn A blocks B and goes on acting as the script says;
//   - `leaves`: at the turn A leaves every room and acts no more, and the words of A that had not reached B by then are
//     not there. Those are learned from the mark that the block left in the other world (what had reached B, room by
//     room) and are then never said here. Nobody can tell this from words that are taken along: until the turn B had
//     not received them, and only B's devices are compared.
//   - `alone`: B has an account and comes to no room.
// What the server sends to B must be the same in `blocks` and in `leaves`, to the millisecond; what it sends to A after
// the block's reply must be the same in `blocks` and in `alone`.
//
// This rests on three things. Chance is a function of who draws and when (Chance by the clock), so that an act which
// one world lacks moves nothing else. The server takes no time, so an act is over in its own millisecond. And the
// roster ticks without jitter, because the server draws it from the generator that also makes ids: which number comes
// next there says nothing about a block, but would make the ticks of the two worlds incomparable. Ids are renamed in
// the order in which a device first sees them, those of one millisecond by what is said of them; cursors are opaque.
// Nothing else is forgiven: times, sizes of pages, what is empty and what is not, and the order of steps are compared
// as they are; only answers that go out in one millisecond may change places, because they come from several shards.
// Where the turn falls between two answers to a device of B that catches up, B's devices are not compared: see
// Play::turned_while_b_caught_up().
// Times before the turn are not compared: nobody has done anything yet that could be told. Where it comes in
// mid-traffic, neither are those until a while after it: a frame that waits just then and is purged had woken the
// connection, and others go along with it a few milliseconds sooner. There A is not compared with `alone`; that nothing
// of B is shown to A is checked everywhere.
//
// In some scripts B blocks A as well, before the turn or after it: B's own act, which is the same in both worlds, and
// from which B keeps asking before going in whether A is there.
//
// Left out of the scripts: that A takes back, after the turn, words which had reached B. They are gone for all then
// (PRODUCT "Messages"), out of B's history too, and somebody who has left a room takes nothing back there.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/asking.hpp"
#include "sim/world.hpp"

namespace kindroom::sim {

// What moderators do, and what members ask of them: see two_worlds_moderation.cpp.
struct HouseAct {
    enum class Kind : std::uint8_t {
        // of moderators
        go_on_duty,
        go_off_duty,
        speak,
        pause,
        resume_talk,
        decide,
        confirm,
        release,
        give_back,
        resolve,
        dismiss,
        uphold,
        reverse,
        answer_knock,
        draw,
        next_turn,
        close_circle,
        // of members
        report_words,
        report_person,
        report_nothing,
        appeal,
        call,
        knock,
        join,
        sign_up,
        raise_hand,
        pass_turn,
        get_circle,
        share,
        list_held,
        get_reports,
        list_decisions,
        list_rooms,
        // of A: words of B whose id A knows from before; before the turn only if B is told of it afterwards
        hear_all_the_same,
    };
    Kind kind = Kind::call;
    // Whom it is about.
    std::optional<std::size_t> person{};
    v1::DecisionAction action = v1::DECISION_ACTION_UNSPECIFIED;
    Duration lasts{};
    bool lets_in = false;
};

struct Act {
    enum class Kind : std::uint8_t {
        say,
        edit,
        retract,
        hear,
        reveal,
        read,
        look_around,
        leave,
        join,
        offer,
        accept,
        say_directly,
        list_contacts,
        ask_for_warning,
        // of B: A
        block_back,
        ping,
        // of the network
        cut,
        go_away,
        come_back,
        stall,
        go_on,
        of_the_house,
    };
    Duration at{};
    Kind kind = Kind::ping;
    std::size_t person = 0;
    std::size_t device = 0;
    std::size_t room = 0;
    // Which act's words this one is about: edited, answered, heard.
    std::optional<std::size_t> about{};
    // Who is mentioned, offered contact, accepted or spoken to in a direct room.
    std::optional<std::size_t> whom{};
    Duration breath{0};
    bool labelled = false;
    bool moderator_first = false;
    // What else is said.
    std::string more{};
    HouseAct house{};
    // Of a page: how many, and whether it goes on where the page before ended.
    std::uint32_t limit = 0;
    bool goes_on = false;

    bool makes_a_step() const {
        return kind == Kind::say || kind == Kind::say_directly || kind == Kind::edit || kind == Kind::retract;
    }
};

// At a quiet moment, when all that was said has arrived where somebody listens; or in the middle of the traffic.
enum class Turn { settled, racing };

struct Script {
    // Of every room: the settings in which they differ.
    struct Place {
        bool history_before_joining = false;
        // Of a moderated house: one that needs a moderator, one at whose door one knocks, and a circle.
        enum class Kind : std::uint8_t { plain, night, knocking, circle } kind = Kind::plain;
        // Nobody comes into it at first but those who look after the house.
        bool is_empty_at_first = false;
    };
    // A and B are the first two.
    static constexpr std::size_t a = 0;
    static constexpr std::size_t b = 1;

    std::uint64_t seed = 0;
    Turn kind = Turn::settled;
    std::uint32_t shards = 1;
    Limits limits{};
    Pace pace{};
    std::vector<Place> rooms;
    // How many devices each person has.
    std::vector<std::size_t> people;
    // No two at the same moment.
    std::vector<Act> acts;
    // When A's first device blocks B, or leaves.
    Duration turn{};
    // In which room A names B.
    std::size_t named_in = 0;
    Duration length{};
    // Of a moderated house: what it looks for, and who looks after it.
    filters::FilterSetPtr filters{};
    std::set<std::size_t> moderators{};

    bool is_moderated() const { return !moderators.empty(); }
    // Whether rooms remember all that is said in them. Where they do not, an act about old words waits until they have
    // been looked up; of two acts of one moment the second may then be over first. How much a room remembers depends on
    // all that is said in it, hidden or not: the order within one millisecond is not compared there.
    bool has_large_windows() const { return limits.window_steps >= 1'000; }
};

Script script_of(std::uint64_t seed, Turn turn);
// A quiet script in a house that is looked after.
Script moderated_script_of(std::uint64_t seed);
// Scenes around its turn: see two_worlds_scenes.cpp.
void add_scenes(Script& script, Chance& chance);

// One thing that left the server for a device: when, and what, with ids renamed.
struct Heard {
    TimePoint at{};
    std::string what;
    friend bool operator==(const Heard&, const Heard&) = default;
};
using HeardByDevice = std::vector<std::vector<Heard>>;

// A script, played in one of the worlds.
class Play {
  public:
    enum class World { blocks, leaves, alone };
    // `sent_elsewhere`: the acts for which a device sent something in `blocks`.
    Play(const Script& script, World world, std::set<std::size_t> left_out = {},
         std::set<std::size_t> sent_elsewhere = {});

    // What went to each of a person's devices.
    HeardByDevice heard_by(std::size_t person) const;
    // Only what came later than the reply at the turn, and as if B had never been in a roster.
    HeardByDevice heard_after_the_turn_by_a() const;
    // In `blocks`: the acts of A that `leaves` does not have, because what they made had not reached B.
    std::set<std::size_t> not_received() const;
    // In `blocks`: what broke a promise by itself, whatever the other worlds do.
    std::vector<std::string> broken() const;
    // In `blocks`: acts by which A took back what had reached B, when that could not reach B any more.
    std::set<std::size_t> taken_back_too_late() const;
    // In `blocks`: whether, just before the turn, a device of B was told a part of what it had missed, and that there
    // was more, where in `leaves` the same part was all. The more were words of A: until the turn they were there to be
    // fetched, in PRODUCT's world too, where A takes them along then. As they are never said in `leaves`, B's device
    // asks once more in this world only, and what it says meanwhile is sent later.
    bool turned_while_b_caught_up(const Play& leaves) const;
    std::size_t said() const { return said_.size(); }
    const std::set<std::size_t>& sent_acts() const { return sent_acts_; }

  private:
    struct Person {
        std::vector<Device*> devices;
        std::string login_id;
        // By whose they are, and whom they are shared with.
        std::map<std::size_t, std::string> offers;
        std::map<std::size_t, std::string> direct_rooms;
        // What each device of theirs listens to.
        std::set<std::pair<std::size_t, std::string>> followed;
        // With which they would object: of the last decision about them, or report.
        std::string code;
    };

    // What left the server. What goes to a line that its device has given up, before the server knows, is heard by
    // nobody.
    struct Sent {
        TimePoint at{};
        std::size_t device = 0;
        bool is_heard = true;
        v1::Event event;
    };

    void move_in();
    void read_disk();
    void turn();
    void perform(std::size_t number);
    void act_out(std::size_t number);
    void say(std::size_t number, const Act& act, Device& device, const std::string& room);
    void point_to_others(const Act& act, v1::PostMessage& words);
    void read(const Act& act, Device& device);
    void meet(const Act& act, const v1::Contact& contact);
    void ask(const Act& act, Device& device, v1::Request request, Device::Then then = {});
    // Of moderated scripts.
    void furnish(v1::RoomSettings& settings, const Script::Place& place) const;
    void appoint();
    void note_codes(const Connection& connection, v1::Event& event);
    void in_house(std::size_t number, const Act& act, Device& device, const std::string& room);
    v1::Request decision_of(const Act& act);
    std::optional<CaseId> case_of(std::size_t number) const;
    void listen(const Connection& connection, const v1::Batch& batch);
    void note_shown(std::size_t device, const v1::Event& event);
    const std::string* words_of(const std::optional<std::size_t>& act) const;
    bool known_to(const Act& act) const;
    bool is_there(std::size_t person) const;
    bool has_turned() const;
    bool is_told_after_the_turn() const;
    std::map<std::string, std::string> names() const;
    TimePoint moment_of(TimePoint at) const;
    bool is_of(const Sent& sent, std::size_t person) const;
    bool is_b(const std::string& token) const;
    std::size_t first_device_of(std::size_t person) const;
    // What had reached B of each room when the block began, as B's account keeps it.
    std::map<RoomId, Position> mark() const;
    // Where the step stands that an act of A made; nothing: it made none.
    using Place = std::pair<RoomId, Position>;
    std::optional<Place> place_of(std::size_t number) const;
    bool had_reached_b(const Place& place) const;

    const Script& script_;
    const World which_;
    const std::set<std::size_t> left_out_;
    const std::set<std::size_t> sent_elsewhere_;
    std::set<std::size_t> sent_acts_;
    SimWorld world_;
    Device* operator_ = nullptr;
    TimePoint begin_{};
    std::deque<Person> people_;
    std::vector<std::string> rooms_;
    // Tokens by room and person, which are the same in all worlds.
    std::map<std::pair<std::size_t, std::size_t>, std::string> tokens_;
    // The message that an act made, once it is accepted.
    std::map<std::size_t, std::string> said_;
    // The code of what an act reported or objected to, and what was decided by one.
    std::map<std::size_t, std::string> codes_;
    std::map<std::size_t, std::string> decisions_;
    // What became of the acts in the end, as it is on the disk: the message, and each step about it.
    struct Words {
        RoomId room;
        MessageId message;
        std::map<store::StepKind, Position> steps;
    };
    std::map<std::size_t, Words> words_;
    // Which messages each device has been shown.
    std::map<std::size_t, std::set<std::string>> shown_;
    // Where the last page ended, by device and room.
    std::map<std::pair<const Device*, std::size_t>, std::string> pages_;
    // In order.
    std::vector<Sent> sent_;
    // Which of them answers what A did at the turn.
    std::uint32_t turning_request_ = 0;
    std::optional<std::size_t> turned_;
};

// Under which key an act posts.
std::string key_of(std::size_t number);

// Where two lists of what was heard part, told in words; nothing: nowhere.
std::optional<std::string> difference(const HeardByDevice& one, const HeardByDevice& other);

}  // namespace kindroom::sim
