// What a Keeper does with replies: its own, and those to its user.
#include <algorithm>
#include <set>

#include "lib/keeper.hpp"
#include "lib/line.hpp"

namespace kindroom::client {

void Keeper::on_own_reply(const v1::Reply& reply, Actions& out) {
    const std::uint32_t id = reply.request_id();
    if (id == own_greeting_) {
        own_greeting_ = 0;
        if (reply.has_error()) {
            out.emplace_back(HangUp{});
        } else {
            after_greeting(out);
        }
        return;
    }
    if (id == own_sign_in_) {
        own_sign_in_ = 0;
        if (reply.has_signed_in()) {
            const auto& in = reply.signed_in().me().rooms();
            const std::set<std::string> now(in.begin(), in.end());
            for (auto room = rooms_.begin(); room != rooms_.end();) {
                if (now.contains(room->first)) {
                    ++room;
                    continue;
                }
                out.emplace_back(RoomGone{room->first});
                room = rooms_.erase(room);
            }
            resume_rooms(out);
        } else if (reply.error().retry_at_ms() != 0) {
            out.emplace_back(HangUp{});  // the backoff is the wait
        } else {
            v1::Event event;
            *event.mutable_reply() = reply;
            out.emplace_back(Deliver{std::move(event)});
            give_up({EndKind::closed_by_server, 0, "this device is signed out"}, out);
        }
        return;
    }
    const auto resume = own_resumes_.find(id);
    if (resume == own_resumes_.end()) return;
    const std::string room_id = resume->second;
    own_resumes_.erase(resume);
    if (!rooms_.contains(room_id)) return go_live_if_caught_up(out);
    if (reply.has_room_resumed()) {
        on_room_resumed(room_id, reply, out);
    } else {
        on_resume_refused(room_id, reply.error(), out);
    }
}

void Keeper::on_room_resumed(const std::string& room_id, const v1::Reply& reply, Actions& out) {
    const v1::RoomResumed& resumed = reply.room_resumed();
    Room& room = rooms_[room_id];
    for (const auto& step : resumed.events()) {
        v1::Event event;
        *event.mutable_room_event() = step;
        out.emplace_back(Deliver{std::move(event)});
    }
    room.cursor = resumed.cursor();
    if (!resumed.caught_up()) return resume_room(room_id, out);
    room.catching_up = false;
    room.away = false;
    if (!room.told) {
        room.told = true;
        v1::Event event;
        *event.mutable_reply() = reply;
        event.mutable_reply()->mutable_room_resumed()->clear_events();
        out.emplace_back(Deliver{std::move(event)});
    } else {
        v1::Event event;
        event.mutable_roster_changed()->set_room_id(room_id);
        *event.mutable_roster_changed()->mutable_people() = resumed.roster();
        out.emplace_back(Deliver{std::move(event)});
    }
    go_live_if_caught_up(out);
}

void Keeper::on_resume_refused(const std::string& room_id, const v1::Error& error, Actions& out) {
    Room& room = rooms_[room_id];
    // It may be hours until the return, and help, block and leave must not wait for it.
    const bool is_kept_out = error.code() == v1::ERROR_CODE_OUT_OF_ROOM || error.code() == v1::ERROR_CODE_BANNED;
    if (error.code() == v1::ERROR_CODE_STEPPED_AWAY || (is_kept_out && error.retry_at_ms() != 0)) {
        keep_away(room_id, error.retry_at_ms(), out);
        return go_live_if_caught_up(out);
    }
    if (error.retry_at_ms() != 0) {
        Actions again;
        resume_room(room_id, again);
        out.emplace_back(SendAt{std::get<Send>(again.front()).request, error.retry_at_ms()});
        return;
    }
    if (error.code() == v1::ERROR_CODE_CURSOR_INVALID && !room.cursor.empty()) {
        room.cursor.clear();
        out.emplace_back(RoomGap{room_id});
        return resume_room(room_id, out);
    }
    rooms_.erase(room_id);
    out.emplace_back(RoomGone{room_id});
    go_live_if_caught_up(out);
}

void Keeper::on_user_reply(const v1::Event& event, Actions& out) {
    const v1::Reply& reply = event.reply();
    if (greeting_ && !greeted_ && reply.request_id() == greeting_->request.id()) {
        greeted_ = true;
        out.emplace_back(Deliver{event});
        after_greeting(out);
        return;
    }
    const auto asked = std::find_if(pending_.begin(), pending_.end(), [&](const Pending& pending) {
        return pending.sent && pending.request.id() == reply.request_id();
    });
    // Answered already, or never asked: no server that is well does that, and nobody waits for it.
    if (asked == pending_.end()) return;
    out.emplace_back(Deliver{event});
    const v1::Request request = std::move(asked->request);
    pending_.erase(asked);
    learn(request, reply, out);
}

void Keeper::learn(const v1::Request& request, const v1::Reply& reply, Actions& out) {
    if (reply.has_account_created()) return learn_signed_in(reply.account_created().signed_in(), out);
    if (reply.has_account_recovered()) return learn_signed_in(reply.account_recovered().signed_in(), out);
    if (reply.has_signed_in()) {
        v1::SignedIn signed_in = reply.signed_in();
        if (request.has_resume_session()) signed_in.set_device_token(request.resume_session().device_token());
        return learn_signed_in(signed_in, out);
    }
    if (reply.has_room_joined()) {
        // A new name in a room one is in: where one stands has not changed.
        rooms_.try_emplace(request.join_room().room_id(), Room{.cursor = reply.room_joined().cursor()});
        return;
    }
    if (reply.has_room_resumed()) {
        const bool caught_up = reply.room_resumed().caught_up();
        rooms_[request.resume_room().room_id()] =
            Room{.cursor = reply.room_resumed().cursor(), .driver = caught_up ? Driver::keeper : Driver::user};
        return;
    }
    if (reply.has_stepped_away()) return learn_away(reply.stepped_away().away(), out);
    if (reply.has_boundaries()) {
        for (const auto& away : reply.boundaries().away()) learn_away(away, out);
        return;
    }
    if (reply.has_returned()) return return_to(request.return_from_away().room_id(), out);
    if (reply.has_contact_made()) return follow(reply.contact_made().contact().room_id(), out);
    // The other one may have accepted, which no event tells.
    if (reply.has_contacts()) {
        for (const auto& contact : reply.contacts().contacts()) follow(contact.room_id(), out);
        return;
    }
    if (!reply.has_done()) return;
    if (request.has_leave_room()) rooms_.erase(request.leave_room().room_id());
    if (request.has_disconnect()) rooms_.erase(request.disconnect().room_id());
    if (request.has_close_room()) rooms_.erase(request.close_room().room_id());
    if (request.has_sign_out()) signed_out_ = true;
    if (request.has_revoke_all_sessions() && request.revoke_all_sessions().include_this()) signed_out_ = true;
}

void Keeper::learn_signed_in(const v1::SignedIn& signed_in, Actions& out) {
    token_ = signed_in.device_token();
    for (const auto& room_id : signed_in.me().rooms()) follow(room_id, out);
}

// Listens to a room that the account is in and the user has not asked about.
void Keeper::follow(const std::string& room_id, Actions& out) {
    if (!options_.follow_rooms || rooms_.contains(room_id)) return;
    rooms_[room_id].told = false;
    resume_room(room_id, out);
}

void Keeper::learn_away(const v1::Away& away, Actions& out) {
    for (const auto& [room_id, room] : rooms_) {
        if (away.room_id().empty() || away.room_id() == room_id) keep_away(room_id, away.until_ms(), out);
    }
}

// Another device may return for this one, and no event tells; so, where no time is known, it asks now and then.
void Keeper::keep_away(const std::string& room_id, std::int64_t until_ms, Actions& out) {
    Room& room = rooms_[room_id];
    room.catching_up = false;
    room.away = true;
    if (!options_.follow_rooms) {
        room.driver = Driver::user;
        return;
    }
    room.told = false;
    room.cursor.clear();
    room.plan = ++last_plan_;
    out.emplace_back(DueAt{room_id, room.plan, until_ms});
}

// The server has stopped sending what is said in a room that somebody is taken out of; where that ends by itself, it is
// listened to again then.
void Keeper::on_decision(const v1::Decision& decision, Actions& out) {
    const bool keeps_out =
        decision.action() == v1::DECISION_ACTION_OUT_OF_ROOM || decision.action() == v1::DECISION_ACTION_ROOM_BAN;
    if (!keeps_out && decision.action() != v1::DECISION_ACTION_REMOVE) return;
    if (!rooms_.contains(decision.room_id())) return;
    if (keeps_out && decision.ends_at_ms() != 0) return keep_away(decision.room_id(), decision.ends_at_ms(), out);
    rooms_.erase(decision.room_id());
    out.emplace_back(RoomGone{decision.room_id()});
}

void Keeper::return_to_room(const std::string& room_id, Actions& out) {
    if (!room_id.empty()) return_to(room_id, out);
}

void Keeper::return_to(const std::string& room_id, Actions& out) {
    if (!options_.follow_rooms) return;
    for (const auto& [id, room] : rooms_) {
        if (room.away && (room_id.empty() || room_id == id)) resume_room(id, out);
    }
}

}  // namespace kindroom::client
