#include "store/sqlite/backup_note.hpp"

#include <algorithm>

namespace kindroom::store {
namespace {

constexpr std::string_view heading = "Kindroom backup\n";
constexpr std::size_t note_bytes = heading.size() + 4 + 8 + 8 + 16 + 16 + RingId::size;
constexpr std::size_t digest_bytes = std::tuple_size_v<crypto::Digest>;

template <class T>
void put(Bytes& out, T number) {
    for (std::size_t i = 0; i < sizeof number; ++i) out.push_back(static_cast<std::byte>(number >> (8 * i) & 0xff));
}

template <class T>
T take(std::span<const std::byte>& from) {
    T number = 0;
    for (std::size_t i = sizeof number; i-- > 0;) number = static_cast<T>(number << 8 | std::to_integer<T>(from[i]));
    from = from.subspan(sizeof number);
    return number;
}

template <class Array>
Array take_bytes(std::span<const std::byte>& from) {
    Array bytes;
    std::copy_n(from.begin(), bytes.size(), bytes.begin());
    from = from.subspan(bytes.size());
    return bytes;
}

void add(Bytes& out, std::span<const std::byte> bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

}  // namespace

const std::size_t sealed_note_bytes = note_bytes + 2 * digest_bytes;

Bytes pack(const BackupNote& note) {
    Bytes out;
    add(out, as_bytes(heading));
    put(out, note.schema);
    put(out, note.database_bytes);
    put(out, static_cast<std::uint64_t>(to_ms(note.made_at)));
    add(out, note.house);
    add(out, note.master);
    add(out, note.ring.bytes());
    return out;
}

Bytes with_seal(const BackupNote& note, const crypto::Digest& seal) {
    Bytes out = pack(note);
    add(out, seal);
    add(out, crypto::digest_of(out));
    return out;
}

std::optional<SealedNote> read_note(std::span<const std::byte> end) {
    if (end.size() != sealed_note_bytes) return std::nullopt;
    const auto read = end.first(end.size() - digest_bytes);
    if (!std::ranges::equal(crypto::digest_of(read), end.last(digest_bytes))) return std::nullopt;
    if (as_text(end.first(heading.size())) != heading) return std::nullopt;
    end = end.subspan(heading.size());
    SealedNote sealed;
    sealed.note.schema = take<std::uint32_t>(end);
    sealed.note.database_bytes = take<std::uint64_t>(end);
    sealed.note.made_at = from_ms(static_cast<std::int64_t>(take<std::uint64_t>(end)));
    sealed.note.house = take_bytes<BackupNote::Print>(end);
    sealed.note.master = take_bytes<BackupNote::Print>(end);
    const auto ring = take_bytes<BackupNote::Print>(end);
    sealed.note.ring = *RingId::from_bytes(ring);
    sealed.seal = take_bytes<crypto::Digest>(end);
    return sealed;
}

}  // namespace kindroom::store
