#include "sim/decision_watch.hpp"

#include <algorithm>

#include "domain/audit.hpp"

namespace kindroom::sim {

using namespace domain;

namespace {

// From the moment when something was judged to that when it leaves.
constexpr Duration on_its_way{200};
// What is asked while the store is away waits.
constexpr Duration waiting_for_the_store{2'500};

// What is open in every state (PRODUCT X6).
bool is_never_closed(const v1::Request& request) {
    switch (request.command_case()) {
        case v1::Request::kGetHelp:
        case v1::Request::kGetRules:
        case v1::Request::kBlockPeople:
        case v1::Request::kLeaveRoom:
        case v1::Request::kRetractMessage:
        case v1::Request::kListMyDecisions:
        case v1::Request::kListBoundaries:
        case v1::Request::kGetMe:
        case v1::Request::kReport:
        case v1::Request::kGetReports:
        case v1::Request::kCallModerator:
        case v1::Request::kListHeld:
        case v1::Request::kTapOut:
            return true;
        default:
            return false;
    }
}

// Who has left a room has nothing to leave there; and who was never there, nothing that waits.
bool is_about_being_there(const v1::Request& request, v1::ErrorCode code) {
    return code == v1::ERROR_CODE_NOT_IN_ROOM && (request.has_leave_room() || request.has_list_held());
}

// Whoever asks has no session any more, or the store is away.
bool is_nobodys_doing(v1::ErrorCode code) {
    return code == v1::ERROR_CODE_UNAVAILABLE || code == v1::ERROR_CODE_SIGN_IN_NEEDED;
}

bool is_by_decision(const v1::Error& error) {
    const v1::ErrorCode code = error.code();
    // Words would be held by a filter, too.
    if (code == v1::ERROR_CODE_WOULD_BE_HELD) return error.has_decision();
    return code == v1::ERROR_CODE_BANNED || code == v1::ERROR_CODE_OUT_OF_ROOM || code == v1::ERROR_CODE_NO_CONTACTS ||
           code == v1::ERROR_CODE_LISTEN_ONLY;
}

bool is_over(std::int64_t end_ms, TimePoint now) { return end_ms != 0 && from_ms(end_ms) <= now; }

}  // namespace

bool DecisionWatch::is_apart(AccountId one, AccountId other) const {
    return std::any_of(blocks_.begin(), blocks_.end(), [&](const auto& block) {
        const auto by = world_.ground().disk->find_account(block.first);
        return (by == one && block.second == other) || (by == other && block.second == one);
    });
}

bool DecisionWatch::confirmed_before(DecisionId decision, TimePoint then) const {
    const auto found = confirmed_at_.find(decision);
    return found != confirmed_at_.end() && found->second < then;
}

std::vector<KeptDecision> DecisionWatch::decisions_of(AccountId account) const {
    const HouseGround& ground = world_.ground();
    const auto loaded = ground.disk->load_account(account);
    std::vector<KeptDecision> all;
    if (!loaded) return all;
    const auto keys = ground.opened(loaded->keys);
    for (const auto& record : loaded->matters) {
        const auto key = keys.find(record.content.person_key);
        if (key == keys.end()) continue;
        const auto packed = crypto::Vault::open(record.content.box, nullptr, &key->second,
                                                {.room = {}, .message = {}, .kind = "matter"});
        const auto matter = packed ? unpack_matter(*packed) : std::nullopt;
        if (const auto* kept = matter ? std::get_if<KeptDecision>(&*matter) : nullptr) all.push_back(*kept);
    }
    return all;
}

Sanctions DecisionWatch::sanctions_of(AccountId account) const {
    std::vector<Decision> decisions;
    for (const auto& kept : decisions_of(account)) decisions.push_back(kept.decision);
    return Sanctions(std::move(decisions));
}

// ---- what leaves ----------------------------------------------------------------------------------------------------

void DecisionWatch::sees(const Connection& connection, const v1::Batch& batch) {
    for (const auto& event : batch.event()) {
        if (event.has_decision_made()) {
            const auto& decision = event.decision_made().decision();
            told_[&connection].messages.insert(decision.message_id());
            told_[&connection].decisions.insert(decision.decision_id());
            if (!world_.ground().disk->find_decision(id_from<DecisionId>(decision.decision_id())))
                violation("somebody was told of a decision that is not durable");
            if (decision.facts().empty() || decision.rule_text().empty() || decision.appeal_code().empty())
                violation("a statement of reasons without reasons");
        }
        if (event.has_session_ended() && event.session_ended().reason() == v1::SESSION_END_REASON_BANNED &&
            event.session_ended().decision().facts().empty())
            violation("a session was ended by a ban without its reasons");
        if (event.has_room_event() && event.room_event().has_retracted())
            sees_retraction(connection, event.room_event());
        if (event.has_reply()) sees(connection, event.reply());
    }
}

void DecisionWatch::sees_retraction(const Connection& connection, const v1::RoomEvent& step) {
    const std::string& message = step.retracted().message_id();
    const auto rows = world_.ground().disk->find_message(id_from<RoomId>(step.room_id()), id_from<MessageId>(message));
    const bool is_own = !rows.messages.empty() &&
                        rows.messages.front().author == world_.ground().disk->find_account(connection.login_id);
    if (is_own && !own_retractions_.contains(message) && !told_[&connection].messages.contains(message))
        violation("somebody's message was taken back before they were told why");
}

void DecisionWatch::sees(const Connection& connection, const v1::Reply& reply) {
    const auto asked = connection.unanswered().find(reply.request_id());
    if (asked == connection.unanswered().end()) return;
    const v1::Request& request = asked->second;
    if (reply.has_signed_in() || reply.has_account_created())
        told_[&connection] = Told{.messages = {}, .decisions = {}, .since = now()};
    if (reply.has_error()) {
        sees_closed(connection, request, reply.error());
        sees_refusal(connection, reply.error());
    }
    if (reply.has_done() && request.has_confirm_decision())
        confirmed_at_.emplace(id_from<DecisionId>(request.confirm_decision().decision_id()), now());
    if (reply.has_done() && request.has_release_held()) released_.insert(request.release_held().message_id());
    if (reply.has_message_accepted()) sees_accepted(connection, request.post_message(), reply.message_accepted());
    if (!reply.has_decision_taken()) return;
    const auto id = id_from<DecisionId>(reply.decision_taken().decision().decision_id());
    const auto found = world_.ground().disk->find_decision(id);
    if (!found) return violation("a decision was answered that is not durable");
    taken_at_.emplace(id, now());
    if (blocks_.contains({connection.login_id, found->account}) && !request.decide().urgent())
        violation("a moderator decided about somebody whom they have blocked");
}

// PRODUCT X6.
void DecisionWatch::sees_closed(const Connection& connection, const v1::Request& request, const v1::Error& error) {
    const auto refused = [&] {
        violation("what is open in every state was refused: " + request.ShortDebugString() + error.ShortDebugString());
    };
    if (is_never_closed(request) && !is_nobodys_doing(error.code()) && !is_about_being_there(request, error.code()))
        refused();
    // Without a session as well.
    if (request.has_get_help() || (request.has_appeal() && is_code_of_decision(request.appeal().code())))
        if (error.code() != v1::ERROR_CODE_UNAVAILABLE) refused();
    const bool is_out = error.code() == v1::ERROR_CODE_NOT_IN_ROOM;
    if (is_out && request.has_post_message()) sees_not_in_room(connection, request.post_message().room_id());
    if (is_out && request.has_get_history()) sees_not_in_room(connection, request.get_history().room_id());
}

bool DecisionWatch::is_code_of_decision(const std::string& code) const {
    const auto& ground = world_.ground();
    return ground.disk->find_appeal_code(ground.names.hash_secret(crypto::tidy_code(code).reveal())).has_value();
}

void DecisionWatch::sees_not_in_room(const Connection& connection, const std::string& room) {
    const auto account = world_.ground().disk->find_account(connection.login_id);
    // Who left may be put out of where they are not.
    if (!account || leavers_.contains(connection.login_id)) return;
    const Told& told = told_[&connection];
    for (const auto& kept : decisions_of(*account))
        if (kept.decision.action == DecisionAction::remove && kept.decision.room == id_from<RoomId>(room) &&
            kept.decision.decided_at > told.since && !told.decisions.contains(to_field(kept.decision.id)))
            violation("somebody was put out of a room before they were told why");
}

void DecisionWatch::sees_refusal(const Connection& connection, const v1::Error& error) {
    if (!is_by_decision(error)) return;
    const auto& decision = error.decision();
    const auto found = world_.ground().disk->find_decision(id_from<DecisionId>(decision.decision_id()));
    if (!found || found->account != world_.ground().disk->find_account(connection.login_id))
        return violation("a refusal that rests on no decision about who asked: " + error.ShortDebugString());
    const TimePoint judged_at = now() - on_its_way;
    if (is_over(decision.ends_at_ms(), judged_at)) violation("a sanction has outlived its end");
    if (is_over(decision.confirm_by_ms(), judged_at)) violation("a sanction has outlived its missing confirmation");
}

void DecisionWatch::sees_accepted(const Connection& connection, const v1::PostMessage& post,
                                  const v1::MessageAccepted& accepted) {
    const TimePoint posted_at = from_ms(accepted.posted_at_ms());
    const auto account = world_.ground().disk->find_account(connection.login_id);
    if (!account) return;
    // What waited for a room that could not be loaded is judged by what was known when it was asked.
    const auto is_news_to_it = [&](const KeptDecision& kept) {
        const TimePoint to_confirm = kept.decision.decided_at + world_.ground().limits.confirm_within;
        const bool was_confirmed = !kept.confirmed_by.is_nil() && to_confirm <= posted_at;
        return was_confirmed && posted_at < to_confirm + waiting_for_the_store;
    };
    std::vector<Decision> acting;
    for (const auto& kept : decisions_of(*account))
        if (const auto taken = taken_at_.find(kept.decision.id); taken != taken_at_.end())
            if (taken->second + waiting_for_the_store < posted_at && !is_news_to_it(kept))
                acting.push_back(kept.decision);
    const Sanctions sanctions(std::move(acting));
    const auto room = id_from<RoomId>(post.room_id());
    if (sanctions.ban(posted_at) || sanctions.out_of(room, posted_at) || sanctions.listen_only_in(room, posted_at))
        violation("a post was taken against a decision that was in force");
    if (sanctions.held_in(room, posted_at) && !accepted.has_held() && !released_.contains(accepted.message_id()))
        violation("a post was not held against a decision that was in force");
}

// ---- at rest --------------------------------------------------------------------------------------------------------

void DecisionWatch::check_at_rest(const std::vector<std::string>& login_ids) {
    log_.clear();
    for (const auto& row : world_.ground().disk->read_audit({.after = 0, .limit = UINT32_MAX}))
        if (const auto entry = unpack_audit_entry(as_text(row.entry))) ++log_[{entry->ref, entry->kind}];
    for (const auto& login_id : login_ids) {
        const auto account = world_.ground().disk->find_account(login_id);
        if (!account) continue;
        for (const auto& kept : decisions_of(*account)) check_log(kept);
        if (!leavers_.contains(login_id)) check_whereabouts(*account);
    }
}

void DecisionWatch::check_log(const KeptDecision& kept) {
    const auto times = [&](AuditKind kind) { return log_[{audit_ref(kept.decision.id), kind}]; };
    const bool is_confirmed = !kept.confirmed_by.is_nil();
    if (is_confirmed && kept.confirmed_by == kept.by) violation("somebody confirmed their own decision");
    const DecisionState state = state_of(kept.decision, now());
    if (state == DecisionState::lapsed && kept.decision.state != state)
        violation("a decision lapsed and nobody noted it");
    // What has lapsed can still be said to have been wrong.
    const int lapses = times(AuditKind::decision_lapsed);
    const bool has_lapsed_as_it_should =
        state == DecisionState::reversed ? lapses <= 1 : lapses == (state == DecisionState::lapsed);
    if (times(AuditKind::decision_made) != 1 || times(AuditKind::decision_confirmed) != is_confirmed ||
        !has_lapsed_as_it_should ||
        times(AuditKind::decision_reversed) + times(AuditKind::ban_lifted) != (state == DecisionState::reversed))
        violation("the audit log does not tell what became of a decision");
}

void DecisionWatch::check_whereabouts(AccountId account) {
    const auto decisions = decisions_of(account);
    for (const auto& record : world_.ground().disk->list_rooms()) {
        const auto loaded = world_.ground().disk->load_room({.room = record.id, .window_steps = 0});
        for (const auto& member : loaded->memberships) {
            if (member.account != account || member.joined) continue;
            if (std::none_of(decisions.begin(), decisions.end(), [&](const KeptDecision& kept) {
                    return kept.decision.action == DecisionAction::remove && kept.decision.room == record.id;
                }))
                violation("somebody is out of a room without a decision");
        }
    }
}

}  // namespace kindroom::sim
