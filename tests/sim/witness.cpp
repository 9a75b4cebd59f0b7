#include "sim/witness.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "domain/content.hpp"
#include "sim/connection.hpp"

namespace kindroom::sim {

namespace {

bool shows_a_room(const v1::Event& event) {
    const auto& reply = event.reply();
    return event.has_room_event() || event.has_roster_changed() || reply.has_room_joined() ||
           reply.has_room_resumed() || reply.has_history_page() || reply.has_roster() || reply.has_rooms();
}

// Whether an event shows anything but the end of the session and what became of a command.
bool shows_something(const v1::Event& event) {
    if (event.has_session_ended() || event.has_come_back()) return false;
    if (!event.has_reply()) return true;
    switch (event.reply().outcome_case()) {
        case v1::Reply::kError:
        case v1::Reply::kDone:
        case v1::Reply::kWelcome:
        case v1::Reply::kHouseRules:
        case v1::Reply::kDataPolicy:
        case v1::Reply::kHelpDirectory:
            return false;
        default:
            return true;
    }
}

}  // namespace

// With KINDROOM_TRACE set, a seed that is played again tells all that happens at the door.
void Witness::trace(const Connection& connection, const char* what, const google::protobuf::Message& message) const {
    static const bool is_wanted = std::getenv("KINDROOM_TRACE") != nullptr;
    if (!is_wanted) return;
    std::fprintf(stderr, "%lld %p %s %s %s\n", static_cast<long long>(to_ms(ground_.clock.now()) % 1'000'000),
                 static_cast<const void*>(&connection), connection.login_id.c_str(), what,
                 message.ShortDebugString().c_str());
}

// ---- what comes -----------------------------------------------------------------------------------------------------

std::optional<SecretHash> Witness::token_of(const std::string& login_id, SessionId session) const {
    const auto account = ground_.disk->find_account(login_id);
    if (!account) return std::nullopt;
    const auto loaded = ground_.disk->load_account(*account);
    for (const auto& record : loaded->sessions)
        if (record.id == session) return record.token;
    return std::nullopt;
}

void Witness::arrives(Connection& connection, const std::string& bytes) {
    v1::Request request;
    if (!request.ParseFromString(bytes)) return;
    trace(connection, "asks", request);
    if (request.has_resume_session())
        connection.token = ground_.names.hash_secret(request.resume_session().device_token());
    if (request.has_lift_ban()) banned_.erase(request.lift_ban().login_id());
    // A ban may be what is said to have been wrong; whose, only the case knows.
    if (request.resolve_case().outcome() == v1::CASE_OUTCOME_REVERSED) banned_.clear();
    if (request.has_revoke_session()) {
        const auto& session = request.revoke_session().session_id();
        if (const auto token = token_of(connection.login_id, id_from<SessionId>(session)))
            revoking_.insert_or_assign(session, *token);
    }
    if (request.has_retract_message())
        taken_back_.emplace(connection.login_id, id_from<MessageId>(request.retract_message().message_id()));
    if (request.has_go_on_duty() && is_moderator(connection.login_id))
        attended_[request.go_on_duty().room_id()].on_duty.insert(connection.login_id);
    if (request.has_post_message()) {
        Post& post = posts_[{connection.login_id, request.post_message().client_key()}];
        post.room = id_from<RoomId>(request.post_message().room_id());
        post.text = request.post_message().text();
        post.arrivals += 1;
        if (is_silenced(connection)) post.is_forbidden = true;
    }
}

// ---- what goes ------------------------------------------------------------------------------------------------------

bool Witness::is_silenced(const Connection& connection) const {
    if (connection.token && ended_.contains(*connection.token)) return true;
    return banned_.contains(connection.login_id) && !connection.is_banned;
}

void Witness::leaves(Connection& connection, const v1::Batch& batch) {
    if (listener_) listener_(connection, batch);
    bool has_ended = false;
    for (const auto& event : batch.event()) {
        trace(connection, "hears", event);
        if (has_ended) violation("something follows the end of the session");
        has_ended = event.has_session_ended();
        if (shows_something(event) && is_silenced(connection))
            violation("a device is shown something after its session was ended: " + event.ShortDebugString());
        if (connection.is_banned && banned_.contains(connection.login_id) && shows_a_room(event))
            violation("somebody who is banned is shown a room: " + event.ShortDebugString());
        if (event.has_room_event() && event.room_event().has_posted())
            check_durable(event.room_event().room_id(), event.room_event().posted().message().message_id(), "live");
        if (event.has_reply()) leaves(connection, event.reply());
    }
}

void Witness::goes(const Connection& connection) {
    auto& others = connected_[connection.login_id];
    if (others.erase(&connection) == 0 || !others.empty()) return;
    for (auto& [room, attended] : attended_)
        if (attended.on_duty.contains(connection.login_id)) attended.until = ground_.clock.now();
}

bool Witness::is_moderator(const std::string& login_id) const {
    const auto account = ground_.disk->find_account(login_id);
    return account && ground_.disk->load_account(*account)->account.standing.role != domain::Role::member;
}

// PRODUCT, "Pause": no room that needs a moderator takes a post later than its winding down.
void Witness::check_attended(const v1::PostMessage& post, const v1::MessageAccepted& accepted) {
    const auto loaded = ground_.disk->load_room({.room = id_from<RoomId>(post.room_id())});
    const TimePoint posted_at = from_ms(accepted.posted_at_ms());
    // A repetition may tell of what an earlier process took.
    if (!loaded || !loaded->room.settings.needs_moderator || posted_at < started_at_) return;
    const Attended& attended = attended_[post.room_id()];
    for (const std::string& moderator : attended.on_duty)
        if (!connected_[moderator].empty()) return;
    const Limits& limits = ground_.limits;
    if (posted_at > attended.until + limits.duty_linger + limits.unattended_grace + limits.winding_down)
        violation("an unattended room took a post after its winding down");
}

void Witness::leaves(Connection& connection, const v1::Reply& reply) {
    const auto asked = connection.unanswered().find(reply.request_id());
    if (asked == connection.unanswered().end()) return;
    const v1::Request& request = asked->second;
    const auto signed_in = [&](const v1::SignedIn& as) {
        connection.login_id = as.me().login_id();
        connected_[connection.login_id].insert(&connection);
        connection.is_banned = as.me().has_ban();
        if (!as.device_token().empty()) connection.token = ground_.names.hash_secret(as.device_token());
    };
    if (reply.has_signed_in()) signed_in(reply.signed_in());
    if (reply.has_account_created()) signed_in(reply.account_created().signed_in());
    if (reply.has_on_duty()) attended_[request.go_on_duty().room_id()].on_duty.insert(connection.login_id);
    if (reply.has_message_accepted()) check_attended(request.post_message(), reply.message_accepted());
    if (reply.has_message_accepted())
        on_accepted(connection.login_id, request.post_message(), reply.message_accepted());
    if (reply.has_done()) on_done(connection, request);
    if (reply.has_error() && request.has_post_message())
        posts_[{connection.login_id, request.post_message().client_key()}].refusals += 1;
    for (const auto& step : reply.room_resumed().events())
        if (step.has_posted()) check_durable(step.room_id(), step.posted().message().message_id(), "resumed");
    for (const auto& message : reply.history_page().messages())
        check_durable(request.get_history().room_id(), message.message_id(), "history");
}

void Witness::on_accepted(const std::string& author, const v1::PostMessage& post, const v1::MessageAccepted& accepted) {
    // With a breath, or unsigned, it is not in the story yet, or was cancelled before its author was told.
    if (accepted.has_held())
        check_held(author, post, id_from<MessageId>(accepted.message_id()));
    else if (post.breath_ms() == 0 && post.voice() != v1::VOICE_UNSIGNED)
        check_durable(post.room_id(), accepted.message_id(), "accepted");
    Post& known = posts_[{author, post.client_key()}];
    const auto message = id_from<MessageId>(accepted.message_id());
    // What was taken back while it waited is forgotten, and may be said anew.
    if (known.message && *known.message != message && !taken_back_.contains({author, *known.message}))
        violation("one post was answered with two messages");
    if (accepted.has_held()) known.was_held = true;
    if (!known.message) accepted_ += 1;
    known.message = message;
}

void Witness::on_done(Connection& connection, const v1::Request& request) {
    if (request.has_retract_message()) {
        const auto& retracted = request.retract_message();
        const auto rows = ground_.disk->find_message(id_from<RoomId>(retracted.room_id()),
                                                     id_from<MessageId>(retracted.message_id()));
        // Somebody else's message stays, and the answer is the same.
        const bool is_own =
            !rows.messages.empty() && rows.messages.front().author == ground_.disk->find_account(connection.login_id);
        if (is_own && !rows.messages.front().retracted) violation("a retraction was answered before it was durable");
    }
    if (request.has_revoke_session()) {
        const auto found = revoking_.find(request.revoke_session().session_id());
        if (found == revoking_.end()) return;
        ended_.insert(found->second);
        if (ground_.disk->find_session(found->second)) violation("a session was said to be over and is on the disk");
    }
    if (request.has_sign_out() && connection.token) ended_.insert(*connection.token);
    if (request.has_ban_account()) banned_.insert(request.ban_account().login_id());
}

bool Witness::is_held(RoomId room, MessageId message) const {
    const auto loaded = ground_.disk->load_room({.room = room, .window_steps = 0, .accepted_since = {}});
    const auto is_it = [&](const store::HeldRecord& held) { return held.id == message; };
    return loaded && std::any_of(loaded->held.begin(), loaded->held.end(), is_it);
}

void Witness::check_held(const std::string& author, const v1::PostMessage& post, MessageId message) {
    const auto room = id_from<RoomId>(post.room_id());
    if (!is_held(room, message) && !taken_back_.contains({author, message}) &&
        ground_.disk->find_message(room, message).messages.empty())
        violation("a post was said to wait before it was durable");
}

void Witness::check_durable(const std::string& room_id, const std::string& message_id, const char* what) {
    const auto rows = ground_.disk->find_message(id_from<RoomId>(room_id), id_from<MessageId>(message_id));
    if (rows.messages.empty()) violation(std::string("a message left before it was durable: ") + what);
}

// ---- what is true ---------------------------------------------------------------------------------------------------

std::vector<Told> Witness::story(RoomId room) const {
    std::vector<Told> story;
    const auto rows = ground_.disk->read_steps({.room = room, .after = Position{0}, .limit = UINT32_MAX});
    const auto keys = ground_.opened(rows.keys);
    const auto key = [&](DataKeyId id) { return keys.contains(id) ? &keys.at(id) : nullptr; };
    for (const auto& row : rows.steps) {
        if (row.kind != store::StepKind::posted) continue;
        const auto& message = row.message;
        Told told{.id = message.id,
                  .position = message.position,
                  .author = message.author,
                  .client_key = message.client_key,
                  .text = {},
                  .edited = message.edited,
                  .retracted = message.retracted};
        const auto& sealed = message.content;
        if (const auto packed = crypto::Vault::open(sealed.box, key(sealed.place_key), key(sealed.person_key),
                                                    {.room = room, .message = message.id, .kind = "content"}))
            if (const auto content = domain::unpack_content(*packed)) told.text = content->text;
        story.push_back(std::move(told));
    }
    return story;
}

Position Witness::position_of(const std::string& room_id, const std::string& cursor) {
    const auto position = ground_.cursors.open(id_from<RoomId>(room_id), as_bytes(cursor));
    if (!position) violation("a cursor that does not open");
    return position.value_or(Position{});
}

void Witness::check_step(const v1::RoomEvent& step, Position position) {
    const auto before = Position{static_cast<std::uint64_t>(position) - 1};
    const auto rows = ground_.disk->read_steps({.room = id_from<RoomId>(step.room_id()), .after = before, .limit = 1});
    if (rows.steps.empty() || rows.steps.front().position != position)
        return violation("a step that is not on the disk");
    const auto& row = rows.steps.front();
    const auto is = [&](store::StepKind kind, const std::string& message) {
        if (row.kind != kind || row.message.id != id_from<MessageId>(message))
            violation("a step out of the one order of its room");
    };
    if (step.has_posted()) is(store::StepKind::posted, step.posted().message().message_id());
    if (step.has_edited()) is(store::StepKind::edited, step.edited().message_id());
    if (step.has_retracted()) is(store::StepKind::retracted, step.retracted().message_id());
}

void Witness::check_posts(const std::vector<RoomId>& rooms) {
    std::map<std::pair<AccountId, ClientKey>, std::vector<Told>> by_key;
    for (const RoomId room : rooms)
        for (auto& told : story(room)) by_key[{told.author, told.client_key}].push_back(std::move(told));
    for (const auto& [key, post] : posts_) {
        const auto author = ground_.disk->find_account(key.first).value_or(AccountId{});
        const auto found = by_key.find({author, id_from<ClientKey>(key.second)});
        const std::size_t times = found == by_key.end() ? 0 : found->second.size();
        if (times > 1) violation("one post became two messages");
        // Nothing that was held is lost: it is shown, or waits, or is kept for its author until they have it.
        const bool is_kept =
            post.was_held && (taken_back_.contains({key.first, *post.message}) || is_held(post.room, *post.message));
        if (post.message && times == 0 && !is_kept) violation("an accepted message is lost");
        if (post.message && times > 0 && is_held(post.room, *post.message)) violation("what is shown waits as well");
        if (post.is_forbidden && times > 0) violation("a post was taken from a session that had ended");
        if (post.arrivals == 1 && post.refusals > 0 && times > 0) violation("a refused post is in the room");
        if (times == 0) continue;
        const Told& told = found->second.front();
        if (post.message && told.id != *post.message) violation("an accepted post has another message");
        if (!told.edited && !told.retracted && told.text != post.text) violation("a message says something else");
    }
}

}  // namespace kindroom::sim
