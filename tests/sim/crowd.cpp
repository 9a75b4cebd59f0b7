#include "sim/crowd.hpp"

namespace kindroom::sim {

using Outcome = store::MemoryStore::Outcome;

Crowd::Crowd(SimWorld& world, Options options) : world_(world), chance_(world.chance()), options_(options) {
    operator_ = &world_.operators_device();
    operator_->begin();
    for (std::uint32_t i = 0; i < options_.rooms; ++i) {
        auto request = create_room("Room " + std::to_string(i));
        request.mutable_create_room()->mutable_settings()->set_history_before_joining(chance_.one_in(3));
        request.mutable_create_room()->mutable_settings()->set_needs_moderator(chance_.one_in(2));
        rooms_.push_back(world_.ask(*operator_, std::move(request)).room_card().room().room_id());
    }
    for (std::uint32_t i = 0; i < options_.people; ++i) {
        Person& person = people_.emplace_back();
        person.name = std::string(1, static_cast<char>('A' + i));
        const auto devices = chance_.between(1, 2);
        for (std::uint64_t d = 0; d < devices; ++d) {
            person.devices.push_back(&world_.new_device());
            person.devices.back()->begin();
            act_later(person, *person.devices.back());
        }
    }
}

void Crowd::live(Duration time) {
    if (options_.fault_every > Duration{0}) fault_later();
    world_.pass(time);
    is_over_ = true;
    world_.set_store_policy({});
    for (auto& device : world_.devices()) device->stall(false);
    const bool rests = world_.pass_until(
        [&] {
            for (auto& device : world_.devices())
                if (!device->has_given_up() &&
                    (!device->is_connected() || device->waiting() + device->unanswered() > 0))
                    return false;
            return true;
        },
        Duration{120'000});
    if (!rests && world_.witness().violations().empty())
        world_.witness().violation("something is never answered, or somebody never comes back");
    world_.pass(Duration{1000});
}

// ---- acts -----------------------------------------------------------------------------------------------------------

void Crowd::act_later(Person& person, Device& device) {
    world_.outside().after(chance_.between(Duration{1}, 2 * options_.act_every), [this, &person, &device] {
        if (is_over_) return;
        act(person, device);
        act_later(person, device);
    });
}

void Crowd::act(Person& person, Device& device) {
    // Nobody types faster than they are answered, by much.
    if (device.waiting() > 6) return;
    if (device.has_given_up()) {
        if (!person.is_banned) device.begin();
        return;
    }
    if (!device.is_signed_in()) return come_in(person, device);
    const std::string room = chance_.any_of(rooms_);
    if (!device.screen(room).is_in) {
        device.ask(join(room, person.name), {});
        return;
    }
    if (device.rules_consented() == 0 || chance_.one_in(40)) device.ask(consent(1));
    in_room(person, device, room);
}

void Crowd::come_in(Person& person, Device& device) {
    if (device.waiting() > 0) return;
    if (!person.login_id.empty()) return device.ask(sign_in(person.login_id));
    if (person.is_signing_up) return;
    person.is_signing_up = true;
    device.ask(create_account(), [&person](const v1::Reply* reply) {
        person.is_signing_up = false;
        if (reply && reply->has_account_created()) person.login_id = reply->account_created().login_id();
    });
}

void Crowd::in_room(Person& person, Device& device, const std::string& room) {
    const auto dice = chance_.below(100);
    if (dice < 62) return talk(person, device, room);
    if (dice < 70) return read_a_page(device, room);
    if (dice < 74) return device.ask(roster(room));
    if (dice < 77) return leave_room(person, device, room);
    if (dice < 80) return device.ask(join(room, person.name + person.name));
    if (dice < 83) return device.ask(go_on_duty(room));
    if (dice < 85) return end_a_session(device);
    if (dice < 88) return look_after_the_house();
    if (dice < 89) return device.ask(go_off_duty(room));
    if (dice < 91) return change_attendance(device, room);
    if (dice < 96) return review(device, room);
    device.ask(ping());
}

void Crowd::talk(Person&, Device& device, const std::string& room) {
    const auto dice = chance_.below(10);
    if (dice == 0 && !refused_.empty()) {
        // With the same key, perhaps from another person's device: then it is another post.
        device.ask(chance_.any_of(refused_));
    } else if (dice == 1 && !said_.empty()) {
        const Mine& mine = chance_.any_of(said_);
        device.ask(edit(mine.room, mine.message, some_text()));
    } else if (dice == 2 && !said_.empty()) {
        const Mine& mine = chance_.any_of(said_);
        device.ask(retract(mine.room, mine.message));
    } else {
        auto request = post(room, some_key(chance_), some_text());
        if (!said_.empty() && chance_.one_in(4))
            request.mutable_post_message()->set_reply_to(chance_.any_of(said_).message);
        if (chance_.one_in(10))
            request.mutable_post_message()->set_voice(v1::VOICE_MODERATOR);
        else if (chance_.one_in(10))
            request.mutable_post_message()->set_moderator_first(true);
        device.ask(request, [this, request, room](const v1::Reply* reply) {
            if (reply && reply->has_message_accepted()) said_.push_back({room, reply->message_accepted().message_id()});
            if (reply && reply->message_accepted().has_held()) held_.push_back(said_.back());
            if (reply && reply->error().code() == v1::ERROR_CODE_UNAVAILABLE && refused_.size() < 5)
                refused_.push_back(request);
        });
    }
}

void Crowd::leave_room(Person& person, Device& device, const std::string& room) {
    device.ask(leave(room), [this, &person, &device](const v1::Reply* reply) {
        // The answer was lost: whether they left is not known to any device. They all look anew.
        if (!reply)
            return world_.outside().post([&person] {
                for (Device* one : person.devices) one->begin();
            });
        if (!reply->has_done()) return;
        // The person knows that they left; what their other devices hold of the room is worth nothing now.
        for (Device* other : person.devices)
            if (other != &device) other->begin();
    });
}

void Crowd::read_a_page(Device& device, const std::string& room) {
    const auto limit = static_cast<std::uint32_t>(chance_.between(1, 7));
    const auto request = history(room, limit);
    device.ask(request, [this, request, limit](const v1::Reply* reply) {
        if (reply && reply->has_history_page()) check_page(request.get_history(), reply->history_page(), limit);
    });
}

void Crowd::end_a_session(Device& device) {
    device.ask(list_sessions(), [this, &device](const v1::Reply* reply) {
        if (!reply || reply->sessions().sessions().empty()) return;
        const auto& sessions = reply->sessions().sessions();
        const auto& chosen = sessions.at(static_cast<int>(chance_.below(static_cast<std::uint64_t>(sessions.size()))));
        device.ask(revoke_session(chosen.session_id()));
    });
}

void Crowd::look_after_the_house() {
    Person& person = people_[chance_.below(people_.size())];
    if (operator_is_busy_ || person.login_id.empty()) return;
    operator_is_busy_ = true;
    const auto ends = [this](const v1::Reply*) { operator_is_busy_ = false; };
    const auto dice = chance_.below(4);
    if (dice > 1)
        return operator_->ask(set_role(person.login_id, dice == 2 ? v1::ROLE_MODERATOR : v1::ROLE_MEMBER), ends);
    if (dice == 1 && !person.is_banned) {
        person.is_banned = true;
        return operator_->ask(ban(person.login_id), ends);
    }
    operator_->ask(lift_ban(person.login_id), [&person, ends](const v1::Reply* reply) {
        ends(reply);
        if (reply && reply->has_done()) person.is_banned = false;
    });
}

// Refused to whoever is not on duty.
void Crowd::review(Device& device, const std::string& room) {
    v1::Request request;
    const auto dice = chance_.below(4);
    if (held_.empty() || dice == 0) {
        request.mutable_call_moderator()->set_room_id(room);
    } else if (dice == 1) {
        request.mutable_list_held_for_review()->set_room_id(room);
    } else {
        const Mine& waiting = chance_.any_of(held_);
        if (dice == 2) {
            request.mutable_release_held()->set_room_id(waiting.room);
            request.mutable_release_held()->set_message_id(waiting.message);
        } else {
            request.mutable_return_held()->set_room_id(waiting.room);
            request.mutable_return_held()->set_message_id(waiting.message);
            request.mutable_return_held()->set_note("Another time.");
        }
    }
    device.ask(std::move(request));
}

// Refused to whoever is no moderator.
void Crowd::change_attendance(Device& device, const std::string& room) {
    if (chance_.one_in(2)) return device.ask(pause_room(room, "A break."));
    device.ask(resume_talk(room));
}

std::string Crowd::some_text() {
    std::string text = "words " + std::to_string(++words_);
    if (chance_.one_in(12)) text += std::string(chance_.between(50, 400), 'x');
    if (chance_.one_in(10)) text += " https://example.org";
    if (chance_.one_in(20)) text += " I want to die";
    return text;
}

// ---- faults ---------------------------------------------------------------------------------------------------------

void Crowd::fault_later() {
    world_.outside().after(chance_.between(Duration{1}, 2 * options_.fault_every), [this] {
        if (is_over_) return;
        fault();
        fault_later();
    });
}

void Crowd::fault() {
    Device& device = *world_.devices()[chance_.below(world_.devices().size())];
    switch (chance_.below(8)) {
        case 0:
        case 1:
        case 2:
            return device.cut();
        case 3: {
            device.stall(true);
            return world_.outside().after(chance_.between(Duration{100}, Duration{15'000}),
                                          [&device] { device.stall(false); });
        }
        case 4:
        case 5:
            // The next few calls are refused.
            return world_.set_store_policy([left = chance_.between(1, 3)](auto) mutable {
                return left > 0 && left-- > 0 ? Outcome::refuse : Outcome::ok;
            });
        case 6:
            return world_.set_store_policy(
                [left = chance_.between(0, 3), after = chance_.one_in(2)](auto work) mutable {
                    if (work != store::MemoryStore::Work::commit || left-- > 0) return Outcome::ok;
                    return after ? Outcome::crash_after : Outcome::crash_before;
                });
        default:
            return world_.outside().post([this] { world_.kill_server(chance_.between(Duration{10}, Duration{3000})); });
    }
}

}  // namespace kindroom::sim
