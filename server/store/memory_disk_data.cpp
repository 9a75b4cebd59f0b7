// What somebody takes along who asks for all that is kept of them, and what is left when they are gone.
#include <iterator>

#include "store/memory_disk.hpp"
#include "store/wanted_keys.hpp"

namespace kindroom::store {

void MemoryDisk::apply(const EraseAccount& change) {
    const auto account = accounts_.find(change.account);
    if (account == accounts_.end()) return;
    for (const auto& [id, room] : rooms_)
        if (room.memberships.contains(change.account)) erasures_.emplace(id, change.account);
    keys_.erase(account->second.person_key);
    std::erase_if(sessions_, [&](const auto& session) {
        if (session.second.account != change.account) return false;
        by_token_.erase(session.second.token);
        return true;
    });
    matters_.erase(change.account);
    received_.erase(change.account);
    std::erase_if(decisions_, [&](const auto& decision) { return decision.second.account == change.account; });
    by_login_.erase(account->second.login_id);
    accounts_.erase(account);
}

void MemoryDisk::apply(const EndErasure& change) {
    Room& room = rooms_[change.room];
    std::erase_if(room.held, [&](const auto& held) { return held.second.author == change.account; });
    if (const auto found = room.memberships.find(change.account); found != room.memberships.end()) {
        found->second.joined = false;
        found->second.name.box.clear();
    }
    erasures_.erase({change.room, change.account});
}

OwnWords MemoryDisk::read_own_words(const Store::OwnWordsQuery& query) const {
    OwnWords words;
    const Room* found = room(query.room);
    if (!found) return words;
    std::set<DataKeyId> wanted;
    std::uint32_t looked_at = 0;
    for (auto at = found->messages.upper_bound(query.after); at != found->messages.end(); ++at) {
        if (looked_at == query.rows_max) {
            words.further = std::prev(at)->first;
            break;
        }
        ++looked_at;
        const MessageRecord& message = at->second;
        if (message.author != query.author || message.retracted) continue;
        words.messages.push_back(found->as_read(message));
        want(wanted, message.content);
    }
    words.keys = keys_of(wanted);
    return words;
}

std::vector<RoomId> MemoryDisk::rooms_of(AccountId account) const {
    std::vector<RoomId> joined;
    for (const auto& [id, room] : rooms_) {
        const auto membership = room.memberships.find(account);
        if (membership != room.memberships.end() && membership->second.joined) joined.push_back(id);
    }
    return joined;
}

std::vector<MembershipRecord> MemoryDisk::memberships_of(AccountId account) const {
    std::vector<MembershipRecord> memberships;
    for (const auto& [id, room] : rooms_)
        if (const auto found = room.memberships.find(account); found != room.memberships.end())
            memberships.push_back(found->second);
    return memberships;
}

std::vector<Erasure> MemoryDisk::list_erasures() const {
    std::vector<Erasure> erasures;
    for (const auto& [room, account] : erasures_) erasures.push_back({room, account});
    return erasures;
}

}  // namespace kindroom::store
