#include "contract/store_contents.hpp"

#include <algorithm>

namespace kindroom::test {

Contents::Room sorted(store::LoadedRoom loaded) {
    std::ranges::sort(loaded.memberships, {}, &store::MembershipRecord::account);
    std::ranges::sort(loaded.accepted, {}, &store::AcceptedPost::message);
    std::ranges::sort(loaded.keys, {}, &store::WrappedKey::id);
    return {.record = std::move(loaded.room),
            .head = loaded.head,
            .memberships = std::move(loaded.memberships),
            .steps = std::move(loaded.window),
            .accepted = std::move(loaded.accepted),
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
        auto loaded = world.load_account(account);
        if (!loaded) continue;
        std::ranges::sort(loaded->sessions, {}, &store::SessionRecord::id);
        std::ranges::sort(loaded->keys, {}, &store::WrappedKey::id);
        contents.accounts.push_back({std::move(loaded->account), std::move(loaded->sessions), std::move(loaded->keys)});
    }
    contents.invite = world.find_invite(named.invite);
    contents.rules = world.load_rules();
    contents.meta = world.read_meta(named.meta);
    return contents;
}

}  // namespace kindroom::test
