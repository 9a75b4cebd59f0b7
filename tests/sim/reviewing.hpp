// What the dialogues about filters, holds for review and help have in common.
#pragma once

#include <memory>

#include "sim/boundaries.hpp"
#include "sim/filters_of_a_house.hpp"

namespace kindroom::sim {

inline v1::Request release(const std::string& room, const std::string& message) {
    v1::Request request;
    request.mutable_release_held()->set_room_id(room);
    request.mutable_release_held()->set_message_id(message);
    return request;
}
inline v1::Request give_back(const std::string& room, const std::string& message, const std::string& note) {
    v1::Request request;
    request.mutable_return_held()->set_room_id(room);
    request.mutable_return_held()->set_message_id(message);
    request.mutable_return_held()->set_note(note);
    return request;
}
inline v1::Request list_for_review(const std::string& room) {
    v1::Request request;
    request.mutable_list_held_for_review()->set_room_id(room);
    return request;
}
inline v1::Request call_moderator(const std::string& room) {
    v1::Request request;
    request.mutable_call_moderator()->set_room_id(room);
    return request;
}
inline v1::Request point_to_help(const Somebody& person) {
    v1::Request request;
    request.mutable_point_to_help()->mutable_person()->set_room_id(person.room);
    request.mutable_point_to_help()->mutable_person()->set_token(person.token);
    return request;
}
inline v1::Request try_filters(const std::string& text) {
    v1::Request request;
    request.mutable_try_filters()->set_text(text);
    return request;
}

inline filters::FilterSetPtr some_filters() {
    using filters::What;
    return filters_of_a_house(
        {links_are_held(),
         {.id = "insults", .says = "No insults.", .what = What::words, .words = {"idiot"}, .actions = {.hold = true}},
         {.id = "anger",
          .says = "Said in anger.",
          .what = What::words,
          .words = {"hate"},
          .actions = {.label = true},
          .label = "anger"},
         a_cry_for_help_is_answered()});
}

// Ana, Ben and Cleo are in a room with a moderator on duty, in a house that looks for a few things.
class Reviewing : public Boundaries {
  protected:
    void open_with_filters(Limits limits = quick(), std::uint32_t first_messages = 0,
                           const filters::FilterSetPtr& filters = some_filters()) {
        open(limits);
        // The house is opened anew with them.
        world_->ground().filters = filters;
        const auto today = std::chrono::floor<std::chrono::days>(world_->ground().clock.now());
        const std::chrono::year_month_day date{today};
        world_->ground().help = {a_place("A line", written(date)), a_place("Another", "2001-01-01")};
        world_->kill_server();
        world_->pass(Duration{5'000});
        if (first_messages > 0) {
            auto settings = create_room("Careful");
            settings.mutable_create_room()->mutable_settings()->set_hold_first_messages(first_messages);
            room_ = world_->ask(*operator_, settings).room_card().room().room_id();
        }
        come_in();
        moderator_ = &moderator("Mona");
        EXPECT_TRUE(world_->ask(*moderator_, go_on_duty(room_)).has_on_duty());
        tick();
        for (Device* device : {ana_, ben_, cleo_, moderator_}) device->log.clear();
    }
    static domain::HelpEntry a_place(const std::string& name, const std::string& verified_on) {
        domain::HelpEntry entry;
        entry.name = name;
        entry.contact = "1";
        entry.verified_on = verified_on;
        return entry;
    }
    static std::string written(std::chrono::year_month_day date) {
        std::string month = std::to_string(100 + static_cast<unsigned>(date.month())).substr(1);
        std::string day = std::to_string(100 + static_cast<unsigned>(date.day())).substr(1);
        return std::to_string(static_cast<int>(date.year())) + "-" + month + "-" + day;
    }
    v1::HeldForReview for_review(Device& device) {
        const auto reply = world_->ask(device, list_for_review(room_));
        EXPECT_TRUE(reply.has_held_for_review()) << reply.ShortDebugString();
        return reply.held_for_review();
    }
    v1::HeldMessages mine(Device& device) {
        v1::Request request;
        request.mutable_list_held()->set_room_id(room_);
        return world_->ask(device, request).held_messages();
    }

    // What a device is told from now on that is neither said in a room nor the room's own affair.
    class Told {
      public:
        explicit Told(Device& device) : device_(device), from_(device.heard.size()) {}
        std::vector<v1::Event> events() const {
            std::vector<v1::Event> all;
            for (std::size_t i = from_; i < device_.heard.size(); ++i)
                if (!device_.heard[i].has_roster_changed() && !device_.heard[i].has_room_changed())
                    all.push_back(device_.heard[i]);
            return all;
        }
        Lines kinds() const {
            Lines names;
            for (const v1::Event& event : events()) {
                std::vector<const google::protobuf::FieldDescriptor*> fields;
                v1::Event::GetReflection()->ListFields(event, &fields);
                names.push_back(fields.front()->name());
            }
            return names;
        }
        v1::Event last() const {
            const auto all = events();
            return all.empty() ? v1::Event{} : all.back();
        }

      private:
        Device& device_;
        const std::size_t from_;
    };

    Device* moderator_ = nullptr;
};

}  // namespace kindroom::sim
