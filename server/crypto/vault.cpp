#include "crypto/vault.hpp"

#include <cstring>
#include <memory>
#include <new>
#include <openssl/evp.h>
#include <sodium.h>

#include "base/assert.hpp"

namespace kindroom::crypto {

namespace {

constexpr std::byte version_1{1};
constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t tag_bytes = 16;

// One context per thread, with the cipher looked up once: either costs more than sealing a short text.
EVP_CIPHER_CTX* context() {
    thread_local const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> made(EVP_CIPHER_CTX_new(),
                                                                                            EVP_CIPHER_CTX_free);
    if (!made) throw std::bad_alloc();
    return made.get();
}

const EVP_CIPHER* cipher() {
    static const std::unique_ptr<EVP_CIPHER, decltype(&EVP_CIPHER_free)> fetched(
        EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr), EVP_CIPHER_free);
    KINDROOM_ASSERT(fetched != nullptr);
    return fetched.get();
}

const unsigned char* raw(const std::byte* bytes) { return reinterpret_cast<const unsigned char*>(bytes); }
unsigned char* raw(std::byte* bytes) { return reinterpret_cast<unsigned char*>(bytes); }

// The library refuses only what is asked for wrongly.
void must(int result) { KINDROOM_ASSERT(result == 1); }

// version | nonce | ciphertext | tag
Bytes encrypt(std::string_view text, const Key256& key, std::string_view bound_to, Random& random) {
    Bytes box(1 + nonce_bytes + text.size() + tag_bytes);
    box[0] = version_1;
    std::byte* nonce = box.data() + 1;
    random.fill({nonce, nonce_bytes});
    std::byte* out = nonce + nonce_bytes;
    int length = 0;
    EVP_CIPHER_CTX* ctx = context();
    must(EVP_EncryptInit_ex(ctx, cipher(), nullptr, key.data(), raw(nonce)));
    must(EVP_EncryptUpdate(ctx, nullptr, &length, raw(as_bytes(bound_to).data()), static_cast<int>(bound_to.size())));
    must(EVP_EncryptUpdate(ctx, raw(out), &length, raw(as_bytes(text).data()), static_cast<int>(text.size())));
    must(EVP_EncryptFinal_ex(ctx, raw(out) + text.size(), &length));
    must(EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_GET_TAG, tag_bytes, out + text.size()));
    return box;
}

std::optional<std::string> decrypt(std::span<const std::byte> box, const Key256& key, std::string_view bound_to) {
    if (box.size() < 1 + nonce_bytes + tag_bytes || box[0] != version_1) return std::nullopt;
    const std::byte* nonce = box.data() + 1;
    const std::byte* in = nonce + nonce_bytes;
    const std::size_t size = box.size() - 1 - nonce_bytes - tag_bytes;
    std::string text(size, '\0');
    std::array<std::byte, tag_bytes> tag;
    std::memcpy(tag.data(), in + size, tag_bytes);
    int length = 0;
    EVP_CIPHER_CTX* ctx = context();
    must(EVP_DecryptInit_ex(ctx, cipher(), nullptr, key.data(), raw(nonce)));
    must(EVP_DecryptUpdate(ctx, nullptr, &length, raw(as_bytes(bound_to).data()), static_cast<int>(bound_to.size())));
    must(EVP_DecryptUpdate(ctx, reinterpret_cast<unsigned char*>(text.data()), &length, raw(in),
                           static_cast<int>(size)));
    must(EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_SET_TAG, tag_bytes, tag.data()));
    if (EVP_DecryptFinal_ex(ctx, reinterpret_cast<unsigned char*>(text.data()) + size, &length) != 1)
        return std::nullopt;
    return text;
}

// The key that a text is sealed under: a hash of both, so that neither alone opens it.
Key256 combine(const DataKey* place, const DataKey* person) {
    KINDROOM_ASSERT(place != nullptr || person != nullptr);
    Key256 combined;
    crypto_generichash_state state;
    const unsigned char both = static_cast<unsigned char>((place ? 1 : 0) | (person ? 2 : 0));
    crypto_generichash_init(&state, nullptr, 0, combined.size());
    crypto_generichash_update(&state, &both, 1);
    if (place) crypto_generichash_update(&state, place->reveal().data(), place->reveal().size());
    if (person) crypto_generichash_update(&state, person->reveal().data(), person->reveal().size());
    crypto_generichash_final(&state, combined.data(), combined.size());
    return combined;
}

std::string written(const Vault::Binding& binding) {
    std::string bound_to(as_text(binding.room.bytes()));
    bound_to += as_text(binding.message.bytes());
    bound_to += binding.kind;
    return bound_to;
}

}  // namespace

DataKey::~DataKey() { sodium_memzero(key_.data(), key_.size()); }

DataKey DataKey::make(Random& random) {
    Key256 key;
    random.fill(std::as_writable_bytes(std::span(key)));
    DataKey made(key);
    sodium_memzero(key.data(), key.size());
    return made;
}

Vault::Vault(const MasterKey& master) : wrapping_key_(master.wrapping_key()) {}

Bytes Vault::wrap(const DataKey& key, DataKeyId id, Random& random) const {
    return encrypt({reinterpret_cast<const char*>(key.reveal().data()), key.reveal().size()}, wrapping_key_,
                   as_text(id.bytes()), random);
}

std::optional<DataKey> Vault::unwrap(std::span<const std::byte> wrapped, DataKeyId id) const {
    auto text = decrypt(wrapped, wrapping_key_, as_text(id.bytes()));
    if (!text || text->size() != Key256{}.size()) return std::nullopt;
    Key256 key;
    std::memcpy(key.data(), text->data(), key.size());
    std::optional<DataKey> unwrapped(std::in_place, key);
    sodium_memzero(key.data(), key.size());
    sodium_memzero(text->data(), text->size());
    return unwrapped;
}

Bytes Vault::seal(std::string_view text, const DataKey* place, const DataKey* person, const Binding& binding,
                  Random& random) {
    Key256 key = combine(place, person);
    Bytes box = encrypt(text, key, written(binding), random);
    sodium_memzero(key.data(), key.size());
    return box;
}

std::optional<std::string> Vault::open(std::span<const std::byte> box, const DataKey* place, const DataKey* person,
                                       const Binding& binding) {
    Key256 key = combine(place, person);
    auto text = decrypt(box, key, written(binding));
    sodium_memzero(key.data(), key.size());
    return text;
}

SecretHash Vault::hide(SecretHash digest, const DataKey* place, const DataKey* person, const Binding& binding) {
    Key256 key = combine(place, person);
    const std::string bound_to = written(binding);
    std::array<std::uint8_t, SecretHash::size> mask;
    crypto_generichash(mask.data(), mask.size(), raw(as_bytes(bound_to).data()), bound_to.size(), key.data(),
                       key.size());
    sodium_memzero(key.data(), key.size());
    for (std::size_t i = 0; i < mask.size(); ++i) mask[i] ^= std::to_integer<std::uint8_t>(digest.bytes()[i]);
    return SecretHash(mask);
}

}  // namespace kindroom::crypto
