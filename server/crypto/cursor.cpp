#include "crypto/cursor.hpp"

#include <cstring>
#include <openssl/evp.h>
#include <sodium.h>

#include "base/assert.hpp"

namespace kindroom::crypto {

namespace {

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

Context make_context(const Key256& key, int encrypt) {
    Context context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    // A cursor is exactly one block, so the bare block cipher is what is wanted here; there is nothing to pad or chain.
    KINDROOM_ASSERT(context != nullptr);
    KINDROOM_ASSERT(EVP_CipherInit_ex(context.get(), EVP_aes_256_ecb(), nullptr, key.data(), nullptr, encrypt) == 1);
    EVP_CIPHER_CTX_set_padding(context.get(), 0);
    return context;
}

Cursor run(EVP_CIPHER_CTX* context, const Cursor& in) {
    Cursor out;
    int length = 0;
    const int done = EVP_CipherUpdate(context, reinterpret_cast<unsigned char*>(out.data()), &length,
                                      reinterpret_cast<const unsigned char*>(in.data()), static_cast<int>(in.size()));
    KINDROOM_ASSERT(done == 1);
    KINDROOM_ASSERT(length == static_cast<int>(out.size()));
    return out;
}

}  // namespace

struct CursorSealer::Ciphers {
    Context seal;
    Context open;
    Key256 room_key;

    // Eight bytes that only this room has.
    std::uint64_t tag_of(RoomId room) const {
        std::uint64_t tag;
        std::array<unsigned char, crypto_shorthash_BYTES> hash;
        static_assert(sizeof tag == crypto_shorthash_BYTES);
        crypto_shorthash(hash.data(), reinterpret_cast<const unsigned char*>(room.bytes().data()), RoomId::size,
                         room_key.data());
        std::memcpy(&tag, hash.data(), sizeof tag);
        return tag;
    }
};

CursorSealer::CursorSealer(const MasterKey& master) {
    const Key256 key = master.derive("cursor");
    ciphers_ = std::make_unique<Ciphers>(Ciphers{make_context(key, 1), make_context(key, 0), master.derive("roomtag")});
}

CursorSealer::~CursorSealer() = default;
CursorSealer::CursorSealer(CursorSealer&&) noexcept = default;

Cursor CursorSealer::seal(RoomId room, Position position) const {
    const std::uint64_t parts[2] = {ciphers_->tag_of(room), static_cast<std::uint64_t>(position)};
    Cursor plain;
    std::memcpy(plain.data(), parts, sizeof parts);
    return run(ciphers_->seal.get(), plain);
}

std::optional<Position> CursorSealer::open(RoomId room, std::span<const std::byte> cursor) const {
    Cursor sealed;
    if (cursor.size() != sealed.size()) return std::nullopt;
    std::memcpy(sealed.data(), cursor.data(), sealed.size());
    const Cursor plain = run(ciphers_->open.get(), sealed);
    std::uint64_t parts[2];
    std::memcpy(parts, plain.data(), sizeof parts);
    if (parts[0] != ciphers_->tag_of(room)) return std::nullopt;
    return Position{parts[1]};
}

}  // namespace kindroom::crypto
