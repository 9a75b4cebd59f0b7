// Any life of a circle, from one seed: whatever people do and whenever the server dies, one floor, and nobody beside
// somebody they are apart from. KINDROOM_SEEDS says how many; KINDROOM_SEED plays one again.
#include <gtest/gtest.h>
#include <set>

#include "sim/circles.hpp"
#include "sim/seeds.hpp"

namespace kindroom::sim {
namespace {

class CircleLife : public Circles {
  protected:
    void begin(std::uint64_t seed) {
        chance_.emplace(seed);
        blocked_.clear();
        people_.clear();
        open_circle(quick());
        for (const char* name : {"Ana", "Ben", "Cleo", "Dora", "Emil", "Fay"}) people_.push_back(&member(name));
    }
    Device& anybody() { return *people_[chance_->below(people_.size())]; }

    void anything_happens() {
        Device& who = anybody();
        switch (chance_->below(16)) {
            case 0:
                if (chance_->below(4) == 0) anybody_blocks();
                break;
            case 1:
            case 2:
                come_back_in();
                break;
            case 3:
                draw();
                break;
            case 4:
            case 5:
                hand(who);
                break;
            case 6:
                pass_turn(who);
                break;
            case 7:
                speaks(who, "words");
                break;
            case 8:
                share(who, "unsigned words");
                break;
            case 9:
                next();
                break;
            case 10:
                if (chance_->below(3) == 0) close();
                break;
            case 11:
                if (chance_->below(3) == 0) reflect();
                break;
            case 12:
                who.cut();
                break;
            case 13:
                the_server_dies();
                break;
            case 14:
                the_server_dies_while(who);
                break;
            default:
                world_->pass(Duration{static_cast<std::int64_t>(chance_->below(90'000))});
                break;
        }
        come_to_rest();
    }
    void come_to_rest() {
        EXPECT_TRUE(world_->pass_until([&] {
            return std::all_of(world_->devices().begin(), world_->devices().end(),
                               [](const auto& device) { return device->is_connected() && device->waiting() == 0; });
        }));
        settle();
    }
    // Who has the floor, and who sits.
    std::pair<Device*, std::set<Device*>> seated() {
        std::pair<Device*, std::set<Device*>> found{};
        if (circle(*mira_).phase() == v1::CIRCLE_PHASE_GATHERING) return found;
        for (Device* who : people_) {
            if (is_out(*who)) continue;
            found.second.insert(who);
            if (circle(*who).place() == v1::CIRCLE_PLACE_FLOOR) found.first = who;
        }
        return found;
    }
    // Whoever was in the middle of a turn has it anew.
    void the_server_dies() {
        const auto before = seated();
        const auto phase = circle(*mira_).phase();
        world_->kill_server(Duration{static_cast<std::int64_t>(chance_->below(3'000))});
        come_to_rest();
        if (chance_->below(4) > 0) world_->ask(*mira_, go_on_duty(room_));
        EXPECT_EQ(circle(*mira_).phase(), phase);
        const auto after = seated();
        EXPECT_EQ(after.second, before.second) << "those who sat sit";
        if (before.first) {
            EXPECT_EQ(after.first, before.first) << "a turn that was interrupted begins anew";
        }
        if (before.first) interrupted_ += 1;
    }
    // Before or after what somebody just did has become durable; whether they are answered nobody can say.
    void the_server_dies_while(Device& who) {
        const auto how = chance_->below(2) == 0 ? Outcome::crash_before : Outcome::crash_after;
        world_->set_store_policy(
            [how](auto work) { return work == store::MemoryStore::Work::commit ? how : Outcome::ok; });
        v1::Request request = post(room_, key(), "words");
        if (chance_->below(3) == 0) request.mutable_pass_turn()->set_room_id(room_);
        if (chance_->below(3) == 0) request.mutable_raise_hand()->set_room_id(room_);
        if (chance_->below(3) == 0) request.mutable_next_turn()->set_room_id(room_);
        (request.has_next_turn() ? *mira_ : who).ask(request);
        settle();
        world_->set_store_policy({});
        come_to_rest();
        world_->ask(*mira_, go_on_duty(room_));
    }
    // While people gather, and in the middle of a sitting.
    void anybody_blocks() {
        Device& one = anybody();
        Device& other = anybody();
        if (&one == &other || is_out(one) || is_out(other)) return;
        if (world_->ask(one, block({person(other)})).has_people_blocked()) blocked_.insert({&one, &other});
    }
    void come_back_in() {
        for (Device* who : people_) {
            if (is_out(*who)) world_->ask(*who, join(room_, "Somebody"));
            sign_up(*who);
        }
    }
    // Asks everybody; whether nothing changed meanwhile.
    bool look(v1::CircleView& as_mira_sees, std::vector<Device*>& in, std::vector<Device*>& holders) {
        as_mira_sees = circle(*mira_);
        for (Device* who : people_) {
            if (is_out(*who)) continue;
            in.push_back(who);
            if (circle(*who).place() == v1::CIRCLE_PLACE_FLOOR) holders.push_back(who);
        }
        return circle(*mira_).SerializeAsString() == as_mira_sees.SerializeAsString();
    }
    void check() {
        v1::CircleView as_mira_sees;
        std::vector<Device*> holders;
        std::vector<Device*> in;
        while (!look(as_mira_sees, in, holders)) {
            in.clear();
            holders.clear();
        }
        if (as_mira_sees.phase() == v1::CIRCLE_PHASE_GATHERING) {
            EXPECT_TRUE(holders.empty());
            return;
        }
        EXPECT_LE(in.size(), 4u);
        EXPECT_LE(holders.size(), 1u);
        EXPECT_EQ(as_mira_sees.has_floor(), !holders.empty()) << "there is one floor";
        for (const auto& [one, other] : blocked_) {
            const bool together = std::count(in.begin(), in.end(), one) + std::count(in.begin(), in.end(), other) > 1;
            EXPECT_FALSE(together) << "two who are apart sit together";
        }
    }

    std::optional<Chance> chance_;
    std::vector<Device*> people_;
    std::set<std::pair<Device*, Device*>> blocked_;
    // Turns in whose middle the server died.
    std::size_t interrupted_ = 0;
};

TEST_F(CircleLife, ThereIsOneFloorAndNobodyIsBesideSomebodyTheyAreApartFrom) {
    const auto played = seeds(30);
    for (const std::uint64_t seed : played) {
        SCOPED_TRACE(play_again(seed, "CircleLife.*"));
        begin(seed);
        for (int step = 0; step < 60; ++step) {
            anything_happens();
            check();
            if (HasFailure()) return;
        }
        for (const auto& violation : world_->witness().violations()) ADD_FAILURE() << violation;
    }
    RecordProperty("interrupted_turns", std::to_string(interrupted_));
    EXPECT_GE(interrupted_, played.size() / 2) << "nothing was interrupted, so nothing is shown by it";
}

}  // namespace
}  // namespace kindroom::sim
