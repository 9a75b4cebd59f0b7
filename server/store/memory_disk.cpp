#include "store/memory_disk.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "store/wanted_keys.hpp"

namespace kindroom::store {
namespace {

template <class Map>
auto value_at(const Map& map, const typename Map::key_type& key) -> std::optional<typename Map::mapped_type> {
    const auto found = map.find(key);
    if (found == map.end()) return std::nullopt;
    return found->second;
}

// The inner map that is kept under `key`; an empty one if there is none.
template <class Map>
const typename Map::mapped_type& all_of(const Map& map, const typename Map::key_type& key) {
    static const typename Map::mapped_type none;
    const auto found = map.find(key);
    return found == map.end() ? none : found->second;
}

}  // namespace

void MemoryDisk::apply(const Transaction& transaction) {
    for (const Change& change : transaction.changes) std::visit([this](const auto& one) { apply(one); }, change);
}

// ---- Changes --------------------------------------------------------------------------------------------------------

void MemoryDisk::apply(const InsertKey& change) {
    const bool inserted = keys_.emplace(change.key.id, change.key).second;
    KINDROOM_ASSERT(inserted);
}

void MemoryDisk::apply(const PutRoom& change) { rooms_[change.room.id].record = change.room; }

void MemoryDisk::apply(const PutMembership& change) {
    rooms_[change.membership.room].memberships[change.membership.account] = change.membership;
}

void MemoryDisk::apply(const EndMembership& change) {
    auto& memberships = rooms_[change.room].memberships;
    const auto found = memberships.find(change.account);
    if (found == memberships.end() || !found->second.joined) return;
    found->second.joined = false;
    found->second.left_at = change.left_at;
}

void MemoryDisk::Room::add_step(Position position, Step step) {
    const bool inserted = steps.emplace(position, step).second;
    KINDROOM_ASSERT(inserted);
    head = std::max(head, position);
}

MessageRecord* MemoryDisk::Room::words_of(MessageId id) {
    const auto found = by_id.find(id);
    if (found == by_id.end()) return nullptr;
    MessageRecord& message = messages.at(found->second);
    return message.retracted ? nullptr : &message;
}

void MemoryDisk::apply(const InsertMessage& change) {
    const MessageRecord& message = change.message;
    Room& room = rooms_[message.room];
    const bool inserted = room.messages.emplace(message.position, message).second &&
                          room.by_id.emplace(message.id, message.position).second;
    KINDROOM_ASSERT(inserted);
    room.add_step(message.position, {StepKind::posted, message.posted_at, message.position});
}

void MemoryDisk::apply(const EditMessage& change) {
    Room& room = rooms_[change.room];
    MessageRecord* message = room.words_of(change.message);
    // Gone between the decision and now: there is nothing left to change, but the position is used up.
    if (!message) {
        room.head = std::max(room.head, change.step);
        return;
    }
    message->content = change.content;
    message->edited = true;
    room.add_step(change.step, {StepKind::edited, change.at, message->position});
}

void MemoryDisk::apply(const RetractMessage& change) {
    Room& room = rooms_[change.room];
    MessageRecord* message = room.words_of(change.message);
    if (!message) {
        room.head = std::max(room.head, change.step);
        return;
    }
    // The keys stay named: retention still has to find the row.
    message->content.box.clear();
    message->request_digest = {};
    message->retracted = true;
    room.add_step(change.step, {StepKind::retracted, change.at, message->position});
}

void MemoryDisk::apply(const PutPassed& change) {
    const auto found = rooms_[change.room].memberships.find(change.account);
    if (found != rooms_[change.room].memberships.end())
        found->second.passed = std::max(found->second.passed, change.passed);
}

void MemoryDisk::apply(const PutHeld& change) { rooms_[change.held.room].held[change.held.id] = change.held; }

void MemoryDisk::apply(const DeleteHeld& change) { rooms_[change.room].held.erase(change.message); }

void MemoryDisk::apply(const PutAccount& change) {
    const AccountRecord& account = change.account;
    if (const auto old = accounts_.find(account.id); old != accounts_.end()) by_login_.erase(old->second.login_id);
    const bool free = by_login_.emplace(account.login_id, account.id).second;
    KINDROOM_ASSERT(free);
    accounts_[account.id] = account;
}

void MemoryDisk::apply(const PutSession& change) {
    const SessionRecord& session = change.session;
    if (const auto old = sessions_.find(session.id); old != sessions_.end()) by_token_.erase(old->second.token);
    const bool free = by_token_.emplace(session.token, session.id).second;
    KINDROOM_ASSERT(free);
    sessions_[session.id] = session;
}

void MemoryDisk::apply(const DeleteSession& change) {
    const auto found = sessions_.find(change.session);
    if (found == sessions_.end()) return;
    by_token_.erase(found->second.token);
    sessions_.erase(found);
}

void MemoryDisk::apply(const PutInvite& change) {
    if (change.invite.uses_left == 0)
        invites_.erase(change.invite.code);
    else
        invites_[change.invite.code] = change.invite;
}

void MemoryDisk::apply(const PutRules& change) { rules_[change.rules.rules.version] = change.rules; }

void MemoryDisk::apply(const ExpireRoom& change) {
    std::set<DataKeyId> due;
    for (const auto& [id, key] : keys_) {
        if (key.room == change.room && key.destroy_at <= change.now) due.insert(id);
    }
    for (const DataKeyId id : due) keys_.erase(id);
    Room& room = rooms_[change.room];
    std::erase_if(room.steps, [&](const auto& step) {
        return due.contains(room.messages.at(step.second.message).content.place_key);
    });
    std::erase_if(room.messages, [&](const auto& entry) {
        if (!due.contains(entry.second.content.place_key)) return false;
        room.by_id.erase(entry.second.id);
        return true;
    });
    std::erase_if(room.held, [&](const auto& entry) { return due.contains(entry.second.content.place_key); });
}

void MemoryDisk::apply(const PutMeta& change) { meta_[change.name] = change.value; }

void MemoryDisk::apply(const PutMatter& change) { matters_[change.matter.account][change.matter.id] = change.matter; }

void MemoryDisk::apply(const DeleteMatter& change) { matters_[change.account].erase(change.id); }

void MemoryDisk::apply(const PutReceived& change) {
    const ReceivedRecord& received = change.received;
    ReceivedRecord& kept = received_[received.account].emplace(received.room, received).first->second;
    kept.position = std::max(kept.position, received.position);
}

void MemoryDisk::apply(const AppendAudit& change) {
    audit_.push_back(next_row(audit_key_, read_audit_head(), change.entry));
}

void MemoryDisk::apply(const PutListening& change) {
    const auto found = rooms_[change.room].memberships.find(change.account);
    if (found == rooms_[change.room].memberships.end()) return;
    found->second.listens_until = change.until;
    found->second.listen_cause = change.cause;
}

void MemoryDisk::apply(const PutRoomInvite& change) {
    const RoomInviteRecord& invite = change.invite;
    auto& invites = rooms_[invite.room].invites;
    if (invite.uses_left == 0)
        invites.erase(invite.code);
    else
        invites[invite.code] = invite;
}

void MemoryDisk::apply(const PutDecision& change) { decisions_[change.decision.id] = change.decision; }

void MemoryDisk::apply(const DeleteDecision& change) { decisions_.erase(change.decision); }

void MemoryDisk::apply(const PutNetworkBan& change) {
    network_bans_[{change.ban.decision, change.ban.network}] = change.ban;
}

void MemoryDisk::apply(const DeleteNetworkBans& change) {
    std::erase_if(network_bans_, [&](const auto& ban) { return ban.first.first == change.decision; });
}

// ---- Reads ----------------------------------------------------------------------------------------------------------

const MemoryDisk::Room* MemoryDisk::room(RoomId id) const {
    const auto found = rooms_.find(id);
    return found == rooms_.end() ? nullptr : &found->second;
}

std::vector<WrappedKey> MemoryDisk::keys_of(const std::set<DataKeyId>& wanted) const {
    std::vector<WrappedKey> keys;
    for (const DataKeyId id : wanted) {
        if (const auto key = value_at(keys_, id)) keys.push_back(*key);
    }
    return keys;
}

MessageRecord MemoryDisk::Room::as_read(MessageRecord message) const {
    const auto answered = messages.find(message.reply_to_position);
    if (answered != messages.end() && answered->second.id == message.reply_to && answered->second.retracted)
        message.reply_to.reset();
    return message;
}

StepRow MemoryDisk::Room::row_of(Position position, const Step& step) const {
    return {.position = position, .kind = step.kind, .at = step.at, .message = as_read(messages.at(step.message))};
}

std::optional<LoadedRoom> MemoryDisk::load_room(const Store::RoomQuery& query) const {
    const Room* found = room(query.room);
    if (!found || !found->record) return std::nullopt;
    LoadedRoom loaded;
    loaded.room = *found->record;
    loaded.head = found->head;
    std::set<DataKeyId> wanted;
    for (const auto& [id, key] : keys_)
        if (key.room == query.room) wanted.insert(id);
    want(wanted, loaded.room.handover_note);
    want(wanted, loaded.room.pause_sentence);
    for (const auto& [code, invite] : found->invites) loaded.invites.push_back(invite);
    for (const auto& [account, membership] : found->memberships) {
        loaded.memberships.push_back(membership);
        want(wanted, membership.name);
    }
    for (auto step = found->steps.rbegin(); step != found->steps.rend(); ++step) {
        if (loaded.window.size() == query.window_steps) break;
        loaded.window.push_back(found->row_of(step->first, step->second));
        want(wanted, loaded.window.back().message.content);
    }
    std::ranges::reverse(loaded.window);
    const auto accept = [&](const auto& post, TimePoint at) {
        if (at < query.accepted_since) return;
        loaded.accepted.push_back({post.author, post.client_key, post.request_digest, post.id, at,
                                   post.content.place_key, post.content.person_key});
        want(wanted, post.content);
    };
    for (const auto& [position, message] : found->messages) accept(message, message.posted_at);
    for (const auto& [id, held] : found->held) {
        loaded.held.push_back(held);
        want(wanted, held.content);
        want(wanted, held.note);
        accept(held, held.accepted_at);
    }
    loaded.keys = keys_of(wanted);
    return loaded;
}

std::vector<RoomRecord> MemoryDisk::list_rooms() const {
    std::vector<RoomRecord> records;
    for (const auto& [id, room] : rooms_) {
        if (room.record) records.push_back(*room.record);
    }
    return records;
}

StepRows MemoryDisk::read_steps(const Store::StepsQuery& query) const {
    StepRows rows;
    const Room* found = room(query.room);
    if (!found) return rows;
    std::set<DataKeyId> wanted;
    for (auto step = found->steps.upper_bound(query.after); step != found->steps.end(); ++step) {
        if (rows.steps.size() == query.limit) break;
        rows.steps.push_back(found->row_of(step->first, step->second));
        want(wanted, rows.steps.back().message.content);
    }
    rows.keys = keys_of(wanted);
    return rows;
}

MessageRows MemoryDisk::read_messages(const Store::MessagesQuery& query) const {
    MessageRows rows;
    const Room* found = room(query.room);
    if (!found) return rows;
    std::set<DataKeyId> wanted;
    const auto take = [&](const MessageRecord& message) {
        if (rows.messages.size() == query.limit) return false;
        if (!message.retracted) {
            rows.messages.push_back(found->as_read(message));
            want(wanted, message.content);
        }
        return true;
    };
    const auto& messages = found->messages;
    if (query.direction == Store::Direction::on) {
        for (auto at = messages.upper_bound(query.from); at != messages.end() && take(at->second);) ++at;
    } else {
        for (auto at = messages.lower_bound(query.from); at != messages.begin() && take((--at)->second);) continue;
    }
    rows.keys = keys_of(wanted);
    return rows;
}

MessageRows MemoryDisk::find_message(RoomId room_id, MessageId message) const {
    MessageRows rows;
    const Room* found = room(room_id);
    if (!found) return rows;
    const auto position = found->by_id.find(message);
    if (position == found->by_id.end()) return rows;
    rows.messages.push_back(found->as_read(found->messages.at(position->second)));
    std::set<DataKeyId> wanted;
    want(wanted, rows.messages.back().content);
    rows.keys = keys_of(wanted);
    return rows;
}

std::optional<LoadedAccount> MemoryDisk::load_account(AccountId account) const {
    auto record = value_at(accounts_, account);
    if (!record) return std::nullopt;
    LoadedAccount loaded;
    loaded.account = std::move(*record);
    std::set<DataKeyId> wanted{loaded.account.person_key};
    want(wanted, loaded.account.ban);
    for (const auto& [id, session] : sessions_) {
        if (session.account != account) continue;
        loaded.sessions.push_back(session);
        want(wanted, session.device_label);
    }
    for (const auto& [id, matter] : all_of(matters_, account)) {
        loaded.matters.push_back(matter);
        want(wanted, matter.content);
    }
    for (const auto& [room, received] : all_of(received_, account)) loaded.received.push_back(received);
    loaded.keys = keys_of(wanted);
    return loaded;
}

std::optional<AccountId> MemoryDisk::find_account(const std::string& login_id) const {
    return value_at(by_login_, login_id);
}

std::optional<AccountId> MemoryDisk::find_session(SecretHash token) const {
    const auto session = value_at(by_token_, token);
    if (!session) return std::nullopt;
    return sessions_.at(*session).account;
}

std::optional<InviteRecord> MemoryDisk::find_invite(SecretHash code) const { return value_at(invites_, code); }

std::vector<AuditRow> MemoryDisk::read_audit(const Store::AuditQuery& query) const {
    std::vector<AuditRow> rows;
    for (const AuditRow& row : audit_)
        if (row.number > query.after && rows.size() < query.limit) rows.push_back(row);
    return rows;
}

AuditHead MemoryDisk::read_audit_head() const { return audit_.empty() ? AuditHead{} : head_of(audit_.back()); }

OpenDecisions MemoryDisk::open_decisions() const {
    OpenDecisions open;
    for (const auto& [id, decision] : decisions_)
        if (decision.confirm_by != never) open.unconfirmed.push_back(decision);
    std::stable_sort(open.unconfirmed.begin(), open.unconfirmed.end(),
                     [](const auto& a, const auto& b) { return a.confirm_by < b.confirm_by; });
    for (const auto& [key, ban] : network_bans_) open.network_bans.push_back(ban);
    return open;
}

std::optional<DecisionRecord> MemoryDisk::find_decision(DecisionId decision) const {
    return value_at(decisions_, decision);
}

std::optional<DecisionRecord> MemoryDisk::find_appeal_code(SecretHash code) const {
    for (const auto& [id, decision] : decisions_)
        if (decision.appeal_code == code) return decision;
    return std::nullopt;
}

std::optional<RulesRecord> MemoryDisk::load_rules() const {
    if (rules_.empty()) return std::nullopt;
    return rules_.rbegin()->second;
}

std::optional<Bytes> MemoryDisk::read_meta(const std::string& name) const { return value_at(meta_, name); }

}  // namespace kindroom::store
