#include "lib/keeper.hpp"

#include <algorithm>
#include <utility>

#include "lib/line.hpp"

namespace kindroom::client {

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
    if (std::exchange(stays_away_, false)) out.emplace_back(OpenAgain{});
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
    if (std::exchange(away_, false)) out.emplace_back(Back{});
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
        case v1::Event::kDecisionMade:
            out.emplace_back(Deliver{event});
            on_decision(event.decision_made().decision(), out);
            return out;
        case v1::Event::kDecisionLapsed:
            out.emplace_back(Deliver{event});
            return_to_room(event.decision_lapsed().decision().room_id(), out);
            return out;
        case v1::Event::kDecisionReversed:
            out.emplace_back(Deliver{event});
            return_to_room(event.decision_reversed().decision().room_id(), out);
            return out;
        case v1::Event::kNotSeated:
            rooms_.erase(event.not_seated().room_id());
            break;
        case v1::Event::kDecisionConfirmed:
        case v1::Event::kCircleChanged:
        case v1::Event::kRosterChanged:
        case v1::Event::kRulesChanged:
        case v1::Event::kRoleChanged:
        case v1::Event::kWordsHeard:
        case v1::Event::kMessageReturned:
        case v1::Event::kContactOffered:
        case v1::Event::kCaseWaiting:
        case v1::Event::kReportAnswered:
        case v1::Event::kAppealAnswered:
        case v1::Event::kKnockHeard:
        case v1::Event::kDoorOpened:
        case v1::Event::kWaveNoticed:
        case v1::Event::kListeningChanged:
        case v1::Event::kHeldWaiting:
        case v1::Event::kHeldSettled:
        case v1::Event::kModeratorNeeded:
        case v1::Event::kHelpOffered:
        case v1::Event::kFiltersActed:
            break;
        case v1::Event::KIND_NOT_SET:
            return out;
    }
    out.emplace_back(Deliver{event});
    return out;
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

    const bool waits_for_nothing = token_.empty() && pending_.empty() && (!greeting_ || greeted_);
    if (nobody_signed_in(ending) && waits_for_nothing) {
        stays_away_ = true;
        out.emplace_back(StayAway{});
        return out;
    }
    away_ = true;
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

Keeper::Actions Keeper::due(const std::string& room_id, unsigned plan) {
    Actions out;
    const auto room = rooms_.find(room_id);
    const bool connected = phase_ == Phase::catching_up || phase_ == Phase::live;
    if (connected && room != rooms_.end() && room->second.away && room->second.plan == plan) resume_room(room_id, out);
    return out;
}

void Keeper::give_up(const Ending& ending, Actions& out) {
    phase_ = Phase::over;
    for (const Pending& pending : pending_) out.emplace_back(Unanswered{pending.request.id()});
    pending_.clear();
    out.emplace_back(GiveUp{ending});
}

}  // namespace kindroom::client
