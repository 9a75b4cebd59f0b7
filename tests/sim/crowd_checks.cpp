// What must be true once the crowd has come to rest.
#include <algorithm>

#include "sim/crowd.hpp"

namespace kindroom::sim {

namespace {

bool has_cursor(const std::string& cursor) { return !cursor.empty(); }

}  // namespace

void Crowd::check() {
    Witness& witness = world_.witness();
    if (!witness.violations().empty()) return;
    std::vector<RoomId> rooms;
    for (const auto& room : rooms_) rooms.push_back(id_from<RoomId>(room));
    witness.check_posts(rooms);
    check_screens();
    for (Person& person : people_)
        for (Device* device : person.devices)
            for (auto& [room, screen] : device->screens())
                if (device->is_signed_in() && screen.is_in) check_history(*device, room);
}

void Crowd::check_screens() {
    for (const auto& room : rooms_) {
        const auto story = world_.witness().story(id_from<RoomId>(room));
        for (Person& person : people_)
            for (Device* device : person.devices) {
                if (!device->is_signed_in() || !device->screen(room).is_in) continue;
                const Screen& screen = device->screen(room);
                std::map<std::string, std::string> expected;
                for (const Told& told : story)
                    if (told.position > screen.from && !told.retracted) expected.emplace(to_field(told.id), told.text);
                if (screen.texts == expected) continue;
                const bool lacks = std::any_of(expected.begin(), expected.end(), [&](const auto& message) {
                    return !screen.texts.contains(message.first);
                });
                const bool has_gone = std::any_of(screen.texts.begin(), screen.texts.end(), [&](const auto& message) {
                    return !expected.contains(message.first);
                });
                world_.witness().violation("the screen of " + person.name + " differs from the story: " +
                                           (lacks      ? "lacks a message"
                                            : has_gone ? "shows what is gone"
                                                       : "old words"));
            }
    }
}

void Crowd::check_page(const v1::GetHistory& asked, const v1::HistoryPage& page, std::uint32_t limit) {
    Witness& witness = world_.witness();
    const auto size = static_cast<std::uint32_t>(page.messages_size());
    if (size > limit) witness.violation("a page longer than was asked for");
    std::size_t bytes = 0;
    Position before{};
    for (const auto& message : page.messages()) {
        bytes += message.text().size();
        const auto rows = world_.ground().disk->find_message(id_from<RoomId>(asked.room_id()),
                                                             id_from<MessageId>(message.message_id()));
        if (rows.messages.empty() || rows.messages.front().position <= before)
            return witness.violation("a page out of order");
        before = rows.messages.front().position;
    }
    const bool has_further = has_cursor(asked.has_after() ? page.later() : page.earlier());
    const bool is_long = bytes + 450 > world_.ground().limits.history_page_bytes_max;
    if (has_further && size < std::min(limit, world_.ground().limits.history_page_max) && !is_long)
        witness.violation("a short page that is not the last one");
}

std::vector<std::pair<std::string, std::string>> Crowd::read_all(Device& device, const std::string& room, bool back) {
    std::vector<std::vector<std::pair<std::string, std::string>>> pages;
    const auto limit = static_cast<std::uint32_t>(chance_.between(1, 9));
    auto request = history(room, limit);
    if (!back) {
        const Position beginning{};
        const auto cursor = world_.ground().cursors.seal(id_from<RoomId>(room), beginning);
        request.mutable_get_history()->set_after(std::string(as_text(cursor)));
    }
    while (true) {
        const auto reply = world_.ask(device, request);
        if (!reply.has_history_page()) {
            world_.witness().violation("history was refused: " + reply.ShortDebugString());
            break;
        }
        const auto& page = reply.history_page();
        check_page(request.get_history(), page, limit);
        auto& texts = pages.emplace_back();
        for (const auto& message : page.messages()) texts.emplace_back(message.message_id(), message.text());
        const std::string& further = back ? page.earlier() : page.later();
        if (!has_cursor(further) || !world_.witness().violations().empty()) break;
        if (back)
            request.mutable_get_history()->set_before(further);
        else
            request.mutable_get_history()->set_after(further);
    }
    if (back) std::reverse(pages.begin(), pages.end());
    std::vector<std::pair<std::string, std::string>> all;
    for (auto& page : pages) all.insert(all.end(), page.begin(), page.end());
    return all;
}

void Crowd::check_history(Device& device, const std::string& room) {
    const auto loaded =
        world_.ground().disk->load_room({.room = id_from<RoomId>(room), .window_steps = 0, .accepted_since = {}});
    const auto account = world_.ground().disk->find_account(device.login_id());
    Position horizon{};
    for (const auto& member : loaded->memberships)
        if (member.account == account && !loaded->room.settings.history_before_joining) horizon = member.joined_after;
    std::vector<std::pair<std::string, std::string>> expected;
    for (const Told& told : world_.witness().story(id_from<RoomId>(room)))
        if (told.position > horizon && !told.retracted) expected.emplace_back(to_field(told.id), told.text);
    if (read_all(device, room, true) != expected) world_.witness().violation("reading back gives another story");
    if (read_all(device, room, false) != expected) world_.witness().violation("reading on gives another story");
}

}  // namespace kindroom::sim
