#include "contract/store_contents.hpp"

#include <algorithm>

namespace kindroom::test {

Contents::Room sorted(store::LoadedRoom loaded) {
    std::ranges::sort(loaded.memberships, {}, &store::MembershipRecord::account);
    std::ranges::sort(loaded.accepted, {}, &store::AcceptedPost::message);
    std::ranges::sort(loaded.held, {}, &store::HeldRecord::id);
    std::ranges::sort(loaded.invites, {}, &store::RoomInviteRecord::code);
    std::ranges::sort(loaded.keys, {}, &store::WrappedKey::id);
    return {.record = std::move(loaded.room),
            .head = loaded.head,
            .memberships = std::move(loaded.memberships),
            .steps = std::move(loaded.window),
            .accepted = std::move(loaded.accepted),
            .held = std::move(loaded.held),
            .invites = std::move(loaded.invites),
            .keys = std::move(loaded.keys)};
}

Contents::Account sorted(store::LoadedAccount loaded) {
    std::ranges::sort(loaded.sessions, {}, &store::SessionRecord::id);
    std::ranges::sort(loaded.matters, {}, &store::MatterRecord::id);
    std::ranges::sort(loaded.received, {}, &store::ReceivedRecord::room);
    std::ranges::sort(loaded.keys, {}, &store::WrappedKey::id);
    return {.record = std::move(loaded.account),
            .sessions = std::move(loaded.sessions),
            .matters = std::move(loaded.matters),
            .received = std::move(loaded.received),
            .keys = std::move(loaded.keys)};
}

Contents read_contents(StoreWorld& world, const Named& named) {
    Contents contents;
    for (const store::RoomRecord& room : world.list_rooms()) {
        auto loaded = world.load_room({.room = room.id, .window_steps = 1'000, .accepted_since = {}});
        contents.rooms.push_back(sorted(std::move(loaded.value())));
    }
    std::ranges::sort(contents.rooms, {}, [](const Contents::Room& room) { return room.record.id; });
    for (const AccountId account : named.accounts) {
        if (auto loaded = world.load_account(account)) contents.accounts.push_back(sorted(std::move(*loaded)));
    }
    contents.invite = world.find_invite(named.invite);
    auto cases = world.load_cases();
    std::ranges::sort(cases.cases, {}, &store::CaseRecord::id);
    std::ranges::sort(cases.reports, {}, &store::ReportRecord::receipt);
    std::ranges::sort(cases.keys, {}, &store::WrappedKey::id);
    contents.cases = std::move(cases.cases);
    contents.reports = std::move(cases.reports);
    contents.keys_of_cases = std::move(cases.keys);
    contents.report = world.find_report(named.report);
    contents.rules = world.load_rules();
    contents.audit = world.read_audit();
    contents.meta = world.read_meta(named.meta);
    return contents;
}

}  // namespace kindroom::test
