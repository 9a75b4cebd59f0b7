// What a house lives through: people talk, read back, look who is there, hear one another, change their words, ask for
// help, mute and block, report and are warned, at a fixed pace of acts and all mixed.
#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <random>

#include "bench/life_book.hpp"
#include "bench/machine.hpp"
#include "bench/scenario.hpp"
#include "bench/scene.hpp"
#include "e2e/support/guest.hpp"

namespace kindroom::bench {

namespace {

constexpr std::size_t remembered_posts = 256;
constexpr std::uint32_t moderated_rooms = 20;

// Ticks and signs come often enough to be part of it.
const test::Settings lively{{"limits.roster_tick", "1s"}, {"limits.heard_every", "1s"}};

class MixedLife final : public Bout {
  public:
    explicit MixedLife(const Options& options)
        : scene_(options, lively), book_(rooms_of(options)), timer_(scene_.around().io) {
        if (options.members < 2) throw WrongUsage("--members: nobody lives alone here");
        scene_.around().on_message = [this](std::uint32_t viewer, Tag tag) { book_.received(viewer, tag); };
        rule_ = scene_.house().ordered({"rules", "show"}).house_rules().rules(0).rule_id();
        for (std::uint32_t room = 0; room < std::min(options.rooms, moderated_rooms); ++room)
            bring_on_duty(scene_.member(room * options.members));
    }

    std::vector<Figures> turn() override {
        times_.clear();
        refused_ = 0;
        for (Row& row : rows_) row.count = 0;
        acts_ = 0;
        acts_max_ = std::uint64_t{scene_.options().rate} * scene_.options().seconds;
        start_ = Clock::now();
        const std::uint64_t before = book_.deliveries();
        const Meter meter(scene_.server());
        arm();
        scene_.until([this] { return acts_ == acts_max_ && under_way_ == 0; }, "the last act");
        scene_.until([this] { return book_.is_complete(); }, "what was said to arrive");

        Figures figures;
        meter.report(figures);
        const auto deliveries = static_cast<double>(book_.deliveries() - before);
        figures.note("acts_per_second_offered", std::uint64_t{scene_.options().rate});
        for (const Row& row : rows_) figures.note(row.name, row.count);
        figures.note("refused", refused_);
        figures.note("deliveries", deliveries);
        figures.measured("acts_per_cpu_second", static_cast<double>(acts_) / meter.server_cpu());
        figures.measured("deliveries_per_cpu_second", deliveries / meter.server_cpu());
        times_.measured(figures, "reply");
        scene_.settle();
        book_.check_order();
        return {figures};
    }

  private:
    using Clock = std::chrono::steady_clock;
    // What somebody does, and how often of a hundred times.
    struct Row {
        const char* name;
        std::uint32_t often;
        void (MixedLife::*act)(Member& who);
        std::uint64_t count = 0;
    };
    struct Said {
        std::string room;
        std::string id;
        std::uint32_t author = 0;
    };

    // The first of a room looks after the house, and after this room now.
    void bring_on_duty(Member& member) {
        bool is_there = false;
        member.on_event = [&](const auto& event) { is_there = is_there || event.has_role_changed(); };
        scene_.house().ordered({"role", member.login_id, "moderator"});
        scene_.until([&] { return is_there; }, "a role");
        member.on_event = {};
        is_there = false;
        v1::Request request;
        request.mutable_go_on_duty()->set_room_id(member.room);
        member.ask(std::move(request), [&](const auto&) { is_there = true; });
        scene_.until([&] { return is_there; }, "a moderator");
        moderators_.push_back(&member);
    }
    bool is_moderator(const Member& who) const { return who.number() % scene_.options().members == 0; }

    void arm() {
        if (acts_ == acts_max_) return;
        timer_.expires_at(due());
        timer_.async_wait([this](auto cancelled) {
            if (cancelled) return;
            for (; acts_ < acts_max_ && due() <= Clock::now(); ++acts_) act();
            arm();
        });
    }
    Clock::time_point due() const {
        const std::chrono::duration<double> after(static_cast<double>(acts_) / scene_.options().rate);
        return start_ + std::chrono::duration_cast<Clock::duration>(after);
    }
    std::uint32_t below(std::size_t bound) { return static_cast<std::uint32_t>(random_() % bound); }

    void act() {
        auto left = below(100);
        for (Row& row : rows_) {
            if (left < row.often) {
                row.count += 1;
                return (this->*row.act)(scene_.member(below(scene_.people())));
            }
            left -= row.often;
        }
    }
    void ask(Member& who, v1::Request request, Member::Then then = {}) {
        under_way_ += 1;
        who.try_to(std::move(request), [this, then = std::move(then), asked = Clock::now()](const auto& reply) {
            times_.add(std::chrono::duration<double, std::milli>(Clock::now() - asked).count());
            under_way_ -= 1;
            refused_ += reply.has_error();
            if (then && !reply.has_error()) then(reply);
        });
    }
    // Somebody else of the same room.
    Member& another(const Member& who) {
        const std::uint32_t members = scene_.options().members;
        const std::uint32_t first = who.number() / members * members;
        return scene_.member(first + (who.number() - first + 1 + below(members - 1)) % members);
    }
    static v1::PersonRef ref_of(const Member& other) {
        v1::PersonRef ref;
        ref.set_room_id(other.room);
        ref.set_token(other.room_token);
        return ref;
    }

    // -- what people do --
    void post(Member& who) {
        auto request = test::posting(who.room, text_of(book_.post(who.number()), scene_.options().body));
        under_way_ += 1;
        // Never refused: what is posted is owed to people.
        who.ask(std::move(request), [this, &who, asked = Clock::now()](const auto& reply) {
            times_.add(std::chrono::duration<double, std::milli>(Clock::now() - asked).count());
            under_way_ -= 1;
            said_.push_back({who.room, reply.message_accepted().message_id(), who.number()});
            if (said_.size() > remembered_posts) said_.pop_front();
        });
    }
    void edit(Member&) {
        if (said_.empty()) return;
        const Said& said = said_[below(said_.size())];
        v1::Request request;
        request.mutable_edit_message()->set_room_id(said.room);
        request.mutable_edit_message()->set_message_id(said.id);
        request.mutable_edit_message()->set_text("said in other words");
        ask(scene_.member(said.author), std::move(request));
    }
    void hear(Member& who) {
        for (const Said& said : said_) {
            if (said.room != who.room || said.author == who.number()) continue;
            v1::Request request;
            request.mutable_hear_message()->set_room_id(said.room);
            request.mutable_hear_message()->set_message_id(said.id);
            return ask(who, std::move(request));
        }
    }
    void read_back(Member& who) { ask(who, test::reading(who.room, 50)); }
    void look_around(Member& who) {
        v1::Request request;
        request.mutable_get_roster()->set_room_id(who.room);
        ask(who, std::move(request));
    }
    void ask_for_help(Member& who) {
        v1::Request request;
        request.mutable_get_help();
        ask(who, std::move(request));
    }
    void report(Member& who) {
        if (said_.empty()) return;
        const Said& said = said_[below(said_.size())];
        if (said.room != who.room) return;
        v1::Request request;
        request.mutable_report()->mutable_message()->set_room_id(said.room);
        request.mutable_report()->mutable_message()->set_message_id(said.id);
        request.mutable_report()->set_words("this was unkind");
        ask(who, std::move(request));
    }
    void look_at_cases(Member&) {
        v1::Request request;
        request.mutable_list_cases();
        ask(*moderators_[below(moderators_.size())], std::move(request));
    }
    void warn(Member&) {
        Member& moderator = *moderators_[below(moderators_.size())];
        const Member& other = another(moderator);
        v1::Request request;
        request.mutable_decide()->set_room_id(other.room);
        request.mutable_decide()->set_token(other.room_token);
        request.mutable_decide()->set_action(v1::DECISION_ACTION_WARN);
        request.mutable_decide()->set_rule_id(rule_);
        request.mutable_decide()->set_facts("told somebody to leave");
        ask(moderator, std::move(request));
    }
    void mute(Member& who) {
        Member& other = another(who);
        // What those on duty see is the room's business and not that of their own boundaries.
        if (is_moderator(who) || is_moderator(other)) return;
        // Nobody twice, or else a mute's answer could come after the end of another.
        if (!book_.is_settled(who.number(), other.number())) return;
        book_.unsettle(who.number(), other.number());
        v1::Request request;
        *request.mutable_add_mute()->mutable_person() = ref_of(other);
        ask(who, std::move(request), [this, viewer = who.number(), author = other.number()](const auto& reply) {
            book_.mute(viewer, author);
            mutes_.push_back({reply.muted().mute_id(), viewer, author});
        });
    }
    void unmute(Member&) {
        if (mutes_.empty()) return;
        const Muted muted = mutes_.front();
        mutes_.pop_front();
        book_.unmute(muted.viewer, muted.author);
        v1::Request request;
        request.mutable_unmute()->set_mute_id(muted.id);
        ask(scene_.member(muted.viewer), std::move(request));
    }
    void block(Member& who) {
        Member& other = another(who);
        if (is_moderator(who) || is_moderator(other)) return;
        book_.unsettle(who.number(), other.number());
        book_.unsettle(other.number(), who.number());
        v1::Request request;
        *request.mutable_block_people()->add_people() = ref_of(other);
        ask(who, std::move(request),
            [this, one = who.number(), two = other.number()](const auto&) { book_.block(one, two); });
    }

    struct Muted {
        std::string id;
        std::uint32_t viewer = 0;
        std::uint32_t author = 0;
    };
    std::vector<Row> rows_{
        {"posts", 48, &MixedLife::post},
        {"history_pages", 15, &MixedLife::read_back},
        {"rosters", 12, &MixedLife::look_around},
        {"heard", 10, &MixedLife::hear},
        {"edits", 4, &MixedLife::edit},
        {"help", 3, &MixedLife::ask_for_help},
        {"mutes", 2, &MixedLife::mute},
        {"unmutes", 1, &MixedLife::unmute},
        {"blocks", 1, &MixedLife::block},
        {"reports", 2, &MixedLife::report},
        {"lists_of_cases", 1, &MixedLife::look_at_cases},
        {"warnings", 1, &MixedLife::warn},
    };
    Scene scene_;
    LifeBook book_;
    boost::asio::steady_timer timer_;
    std::mt19937 random_{11};
    Clock::time_point start_{};
    std::uint64_t acts_ = 0;
    std::uint64_t acts_max_ = 0;
    std::uint64_t under_way_ = 0;
    std::uint64_t refused_ = 0;
    std::deque<Said> said_;
    std::deque<Muted> mutes_;
    std::vector<Member*> moderators_;
    std::string rule_;
    Times times_;
};

}  // namespace

// Boundaries are made as it goes on.
Options lively_house(Options options) {
    options.boundaries = 0;
    return options;
}

std::unique_ptr<Bout> make_mixed_life(const Options& options) { return std::make_unique<MixedLife>(options); }

}  // namespace kindroom::bench
