// Commands about one's own data.
#include "kindroom/v1/data.pb.h"
#include "wire/decode_commands.hpp"
#include "wire/export_place.hpp"

namespace kindroom::wire {

Read read(v1::ExportMyData& get, const crypto::CursorSealer& cursors) {
    if (get.cursor().empty()) return domain::ExportMyData{};
    const auto place = read_place(as_bytes(get.cursor()), cursors);
    if (!place) return Error{.code = Errc::cursor_invalid, .field = "cursor"};
    return domain::ExportMyData{place};
}

Read read(v1::EraseAccount& erase) { return domain::EraseAccount{Secret{erase.passphrase()}}; }

}  // namespace kindroom::wire
