// Requests of moderators as a test writes them, and a scene with two of them.
#pragma once

#include "sim/boundaries.hpp"

namespace kindroom::sim {

inline v1::Decide about(const Somebody& person, v1::DecisionAction action, Duration lasts = Duration{0}) {
    v1::Decide decide;
    decide.set_room_id(person.room);
    decide.set_token(person.token);
    decide.set_action(action);
    decide.set_rule_id("kind");
    decide.set_facts("told Cleo to leave");
    decide.set_lasts_ms(lasts.count());
    return decide;
}
inline v1::Request request(v1::Decide decide) {
    v1::Request request;
    *request.mutable_decide() = std::move(decide);
    return request;
}
inline v1::Request take_back(const std::string& room, const std::string& message) {
    v1::Decide decide = about({room, {}}, v1::DECISION_ACTION_RETRACT);
    decide.set_message_id(message);
    return request(std::move(decide));
}
inline v1::Request list_my_decisions() {
    v1::Request request;
    request.mutable_list_my_decisions();
    return request;
}
inline v1::Request list_unconfirmed() {
    v1::Request request;
    request.mutable_list_unconfirmed();
    return request;
}
inline v1::Request confirm(const std::string& decision) {
    v1::Request request;
    request.mutable_confirm_decision()->set_decision_id(decision);
    return request;
}

inline v1::Request publish_rule(const std::string& id, const std::string& text) {
    v1::Request request;
    auto* rule = request.mutable_publish_rules()->add_rules();
    rule->set_rule_id(id);
    rule->set_text(text);
    return request;
}

// Mia and Noa look after the house; mostly Mia decides about Ben.
class Deciding : public Boundaries {
  protected:
    void begin() {
        Limits limits = quick();
        // Some of these dialogues take days.
        limits.staff_session_age_max = limits.session_age_max;
        open(limits);
        come_in();
        mia_ = &moderator("Mia");
        noa_ = &moderator("Noa");
        tick();
    }
    v1::Decision decides(Device& moderator, const v1::Decide& decide) {
        const auto reply = world_->ask(moderator, request(decide));
        EXPECT_TRUE(reply.has_decision_taken()) << reply.ShortDebugString();
        settle();
        return reply.decision_taken().decision();
    }
    v1::Decision decides(v1::DecisionAction action, Duration lasts = Duration{0}) {
        return decides(*mia_, about(person(*ben_), action, lasts));
    }
    v1::ErrorCode refused(Device& moderator, const v1::Decide& decide) {
        return world_->ask(moderator, request(decide)).error().code();
    }
    v1::MyDecisions decisions_of(Device& device) { return world_->ask(device, list_my_decisions()).my_decisions(); }
    v1::Unconfirmed waiting_for(Device& moderator) { return world_->ask(moderator, list_unconfirmed()).unconfirmed(); }
    v1::Error error_of(Device& device, const v1::Request& asked) { return world_->ask(device, asked).error(); }
    static std::vector<v1::Event::KindCase> kinds(const std::vector<v1::Event>& events) {
        std::vector<v1::Event::KindCase> kinds;
        for (const auto& event : events) kinds.push_back(event.kind_case());
        return kinds;
    }
    // What the device was told of decisions, in the order of arrival.
    static std::vector<v1::Event::KindCase> told(const Device& device) {
        std::vector<v1::Event::KindCase> told;
        for (const auto& event : device.heard)
            if (event.has_decision_made() || event.has_decision_confirmed() || event.has_decision_lapsed() ||
                event.has_decision_reversed())
                told.push_back(event.kind_case());
        return told;
    }
    TimePoint now() { return world_->ground().clock.now(); }

    Device* mia_ = nullptr;
    Device* noa_ = nullptr;
};

}  // namespace kindroom::sim
