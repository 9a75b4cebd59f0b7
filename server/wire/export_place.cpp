#include "wire/export_place.hpp"

namespace kindroom::wire {
namespace {

using Part = domain::ExportPlace::Part;

constexpr std::size_t bytes_of_a_place = 1 + RoomId::size + std::tuple_size_v<crypto::Cursor>;

// Any id in the room's place, so that there is one way to seal.
RoomId id_in(const domain::ExportPlace& place) {
    if (place.part == Part::private_matters) return *RoomId::from_bytes(place.matter.bytes());
    if (place.part == Part::reports) return *RoomId::from_bytes(place.report.bytes());
    return place.room;
}

}  // namespace

Bytes write_place(const domain::ExportPlace& place, const crypto::CursorSealer& cursors) {
    const RoomId id = id_in(place);
    const auto sealed = cursors.seal(id, place.position);
    Bytes out{static_cast<std::byte>(place.part)};
    out.insert(out.end(), id.bytes().begin(), id.bytes().end());
    out.insert(out.end(), sealed.begin(), sealed.end());
    return out;
}

std::optional<domain::ExportPlace> read_place(std::span<const std::byte> bytes, const crypto::CursorSealer& cursors) {
    if (bytes.size() != bytes_of_a_place) return std::nullopt;
    const auto id = *RoomId::from_bytes(bytes.subspan(1, RoomId::size));
    const auto position = cursors.open(id, bytes.subspan(1 + RoomId::size));
    if (!position) return std::nullopt;
    const auto part = static_cast<Part>(bytes[0]);
    switch (part) {
        case Part::private_matters:
            return domain::ExportPlace{.part = part, .matter = *MatterId::from_bytes(id.bytes())};
        case Part::rooms:
            return domain::ExportPlace{.part = part, .room = id};
        case Part::words:
            return domain::ExportPlace{.part = part, .room = id, .position = *position};
        case Part::reports:
            return domain::ExportPlace{.part = part, .report = *SecretHash::from_bytes(id.bytes())};
    }
    return std::nullopt;
}

}  // namespace kindroom::wire
