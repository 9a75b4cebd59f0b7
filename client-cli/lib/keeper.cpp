#include "lib/keeper.hpp"

#include <algorithm>
#include <set>

#include "lib/line.hpp"

namespace kindroom::client {

bool may_repeat(const v1::Request& request) {
    switch (request.command_case()) {
        // Each of these makes something new, or uses up the secret that it carries.
        case v1::Request::kCreateAccount:
        case v1::Request::kRecoverAccount:
        case v1::Request::kChangePassphrase:
        case v1::Request::kSignOut:
        case v1::Request::kCreateRoom:
        case v1::Request::kCreateInvite:
        case v1::Request::kPublishRules:
        case v1::Request::kBanAccount:
        case v1::Request::COMMAND_NOT_SET:
            return false;
        case v1::Request::kPostMessage:
            return !request.post_message().client_key().empty();
        case v1::Request::kRevokeAllSessions:
            return !request.revoke_all_sessions().include_this();
        case v1::Request::kHello:
        case v1::Request::kPing:
        case v1::Request::kGetRules:
        case v1::Request::kGetDataPolicy:
        case v1::Request::kGetHelp:
        case v1::Request::kSignIn:
        case v1::Request::kResumeSession:
        case v1::Request::kConsentToRules:
        case v1::Request::kGetMe:
        case v1::Request::kListSessions:
        case v1::Request::kRevokeSession:
        case v1::Request::kListRooms:
        case v1::Request::kGetRoom:
        case v1::Request::kJoinRoom:
        case v1::Request::kLeaveRoom:
        case v1::Request::kResumeRoom:
        case v1::Request::kGetRoster:
        case v1::Request::kEditMessage:
        case v1::Request::kRetractMessage:
        case v1::Request::kGetHistory:
        case v1::Request::kChangeRoom:
        case v1::Request::kCloseRoom:
        case v1::Request::kGoOnDuty:
        case v1::Request::kGoOffDuty:
        case v1::Request::kSetRole:
        case v1::Request::kLiftBan:
            return true;
    }
    return false;
}

Keeper::Keeper(Options options) : options_(std::move(options)), backoff_(options_.backoff) {}

std::uint32_t Keeper::own_id() {
    last_own_id_ = std::max(last_own_id_ + 1, own_ids_from);
    return last_own_id_;
}

Keeper::Actions Keeper::ask(const v1::Request& request) {
    Actions out;
    if (phase_ == Phase::over) {
        out.emplace_back(Unanswered{request.id()});
        return out;
    }
    if (request.has_hello() && !greeting_ && pending_.empty()) {
        greeting_ = Pending{request, phase_ != Phase::offline};
        if (phase_ != Phase::offline) {
            phase_ = Phase::greeting;
            out.emplace_back(Send{request});
        }
        return out;
    }
    const bool now = phase_ == Phase::live;
    pending_.push_back({request, now});
    if (now) out.emplace_back(Send{request});
    return out;
}

Keeper::Actions Keeper::opened() {
    Actions out;
    if (phase_ != Phase::offline) return out;
    if (!greeting_) {
        after_greeting(out);
        return out;
    }
    phase_ = Phase::greeting;
    v1::Request hello = greeting_->request;
    if (greeted_) {
        own_greeting_ = own_id();
        hello.set_id(own_greeting_);
    }
    out.emplace_back(Send{std::move(hello)});
    return out;
}

void Keeper::after_greeting(Actions& out) {
    if (token_.empty()) {
        phase_ = Phase::catching_up;
        go_live_if_caught_up(out);
        return;
    }
    phase_ = Phase::signing_in;
    v1::Request request;
    own_sign_in_ = own_id();
    request.set_id(own_sign_in_);
    request.mutable_resume_session()->set_device_token(token_);
    out.emplace_back(Send{std::move(request)});
}

bool Keeper::user_is_resuming(const std::string& room_id) const {
    return std::any_of(pending_.begin(), pending_.end(), [&](const Pending& pending) {
        return pending.request.has_resume_room() && pending.request.resume_room().room_id() == room_id;
    });
}

void Keeper::resume_rooms(Actions& out) {
    phase_ = Phase::catching_up;
    for (const auto& [room_id, room] : rooms_) {
        // The user's own call, repeated later, continues from where the user stands.
        if (room.driver == Driver::keeper && !user_is_resuming(room_id)) resume_room(room_id, out);
    }
    go_live_if_caught_up(out);
}

void Keeper::resume_room(const std::string& room_id, Actions& out) {
    Room& room = rooms_[room_id];
    room.catching_up = true;
    v1::Request request;
    request.set_id(own_id());
    request.mutable_resume_room()->set_room_id(room_id);
    request.mutable_resume_room()->set_cursor(room.cursor);
    own_resumes_[request.id()] = room_id;
    out.emplace_back(Send{std::move(request)});
}

void Keeper::go_live_if_caught_up(Actions& out) {
    if (phase_ != Phase::catching_up) return;
    if (std::any_of(rooms_.begin(), rooms_.end(), [](const auto& entry) { return entry.second.catching_up; })) return;
    phase_ = Phase::live;
    waited_ = {};
    backoff_.reset();
    if (was_live_) out.emplace_back(Back{});
    was_live_ = true;
    for (Pending& pending : pending_) {
        pending.sent = true;
        out.emplace_back(Send{pending.request});
    }
}

Keeper::Actions Keeper::received(const v1::Event& event) {
    Actions out;
    switch (event.kind_case()) {
        case v1::Event::kReply:
            if (event.reply().request_id() >= own_ids_from) {
                on_own_reply(event.reply(), out);
            } else {
                on_user_reply(event, out);
            }
            return out;
        case v1::Event::kRoomEvent:
            if (const auto room = rooms_.find(event.room_event().room_id()); room != rooms_.end()) {
                room->second.cursor = event.room_event().cursor();
            }
            break;
        case v1::Event::kRoomChanged:
            if (event.room_changed().room().state() == v1::ROOM_STATE_CLOSED) {
                rooms_.erase(event.room_changed().room().room_id());
            }
            break;
        case v1::Event::kSessionEnded:
            signed_out_ = true;
            break;
        case v1::Event::kComeBack:
            invited_back_after_ = std::chrono::milliseconds(event.come_back().after_ms());
            break;
        case v1::Event::kRosterChanged:
        case v1::Event::kRulesChanged:
        case v1::Event::kRoleChanged:
            break;
        case v1::Event::KIND_NOT_SET:
            return out;
    }
    out.emplace_back(Deliver{event});
    return out;
}

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
    out.emplace_back(Deliver{event});
    if (greeting_ && !greeted_ && reply.request_id() == greeting_->request.id()) {
        greeted_ = true;
        after_greeting(out);
        return;
    }
    const auto asked = std::find_if(pending_.begin(), pending_.end(), [&](const Pending& pending) {
        return pending.sent && pending.request.id() == reply.request_id();
    });
    if (asked == pending_.end()) return;
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
        rooms_.try_emplace(request.join_room().room_id(),
                           Room{reply.room_joined().cursor(), Driver::keeper, false, true});
        return;
    }
    if (reply.has_room_resumed()) {
        const bool caught_up = reply.room_resumed().caught_up();
        rooms_[request.resume_room().room_id()] =
            Room{reply.room_resumed().cursor(), caught_up ? Driver::keeper : Driver::user, false, true};
        return;
    }
    if (!reply.has_done()) return;
    if (request.has_leave_room()) rooms_.erase(request.leave_room().room_id());
    if (request.has_close_room()) rooms_.erase(request.close_room().room_id());
    if (request.has_sign_out()) signed_out_ = true;
    if (request.has_revoke_all_sessions() && request.revoke_all_sessions().include_this()) signed_out_ = true;
}

void Keeper::learn_signed_in(const v1::SignedIn& signed_in, Actions& out) {
    token_ = signed_in.device_token();
    if (!options_.follow_rooms) return;
    for (const auto& room_id : signed_in.me().rooms()) {
        if (rooms_.contains(room_id)) continue;
        rooms_[room_id].told = false;
        resume_room(room_id, out);
    }
}

Keeper::Actions Keeper::ended(const Ending& ending) {
    Actions out;
    if (phase_ == Phase::over) return out;
    phase_ = Phase::offline;
    own_resumes_.clear();
    own_greeting_ = own_sign_in_ = 0;
    for (auto& [room_id, room] : rooms_) room.catching_up = false;

    if (signed_out_ || !may_come_back(ending)) {
        give_up(ending, out);
        return out;
    }
    std::vector<Pending> kept;
    for (Pending& pending : pending_) {
        if (pending.sent && !may_repeat(pending.request)) {
            out.emplace_back(Unanswered{pending.request.id()});
            continue;
        }
        pending.sent = false;
        kept.push_back(std::move(pending));
    }
    pending_ = std::move(kept);

    auto wait = backoff_.next(options_.chance());
    if (invited_back_after_.count() > 0) wait = std::exchange(invited_back_after_, std::chrono::milliseconds(0));
    waited_ += wait;
    if (options_.give_up_after.count() > 0 && waited_ > options_.give_up_after) {
        give_up(ending, out);
        return out;
    }
    out.emplace_back(ComeBackIn{wait, ending});
    return out;
}

void Keeper::give_up(const Ending& ending, Actions& out) {
    phase_ = Phase::over;
    for (const Pending& pending : pending_) out.emplace_back(Unanswered{pending.request.id()});
    pending_.clear();
    out.emplace_back(GiveUp{ending});
}

}  // namespace kindroom::client
