#include "crypto/names.hpp"

#include <sodium.h>

#include <cstring>

#include "crypto/words.hpp"

namespace kindroom::crypto {

namespace {

// What a hash is for is hashed first, so that two uses never meet.
enum class Use : unsigned char { person_token = 1, role_token, sign, role_voice, secret, digest, network };

class KeyedHash {
  public:
    KeyedHash(const Key256& key, Use use) {
        crypto_generichash_init(&state_, key.data(), key.size(), 16);
        const auto byte = static_cast<unsigned char>(use);
        crypto_generichash_update(&state_, &byte, 1);
    }
    KeyedHash& add(std::span<const std::byte> bytes) {
        crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
        return *this;
    }
    std::array<std::uint8_t, 16> finish() {
        std::array<std::uint8_t, 16> hash;
        crypto_generichash_final(&state_, hash.data(), hash.size());
        return hash;
    }
    // Two independent numbers, for picking words.
    std::array<std::uint64_t, 2> numbers() {
        const auto hash = finish();
        std::array<std::uint64_t, 2> parts;
        std::memcpy(parts.data(), hash.data(), hash.size());
        return parts;
    }

  private:
    crypto_generichash_state state_;
};

std::string_view pick(std::span<const std::string_view> words, std::uint64_t number) { return words[number % words.size()]; }

// Crockford's alphabet without the letters that are read as digits: nothing here looks like anything else.
constexpr std::string_view code_letters = "ABCDEFGHJKMNPQRSTVWXYZ23456789";

Secret make_code(Random& random, int groups, int letters_each) {
    std::string code;
    for (int group = 0; group < groups; ++group) {
        if (group > 0) code += '-';
        for (int i = 0; i < letters_each; ++i) code += code_letters[random.below(code_letters.size())];
    }
    Secret made(code);
    sodium_memzero(code.data(), code.size());
    return made;
}

}  // namespace

Names::Names(const MasterKey& master) : key_(master.derive("names")) {}

PersonToken Names::person_token(AccountId account, RoomId room, bool role_voice) const {
    return PersonToken(KeyedHash(key_, role_voice ? Use::role_token : Use::person_token)
                           .add(account.bytes())
                           .add(room.bytes())
                           .finish());
}

std::string Names::sign(AccountId account, RoomId room) const {
    const auto [first, second] = KeyedHash(key_, Use::sign).add(account.bytes()).add(room.bytes()).numbers();
    return std::string(pick(sign_adjectives(), first)) + ' ' + std::string(pick(sign_nouns(), second));
}

std::string Names::role_voice_name(AccountId account, RoomId room) const {
    const auto numbers = KeyedHash(key_, Use::role_voice).add(account.bytes()).add(room.bytes()).numbers();
    return "Moderator · " + std::string(pick(animals(), numbers[0]));
}

SecretHash Names::hash_secret(std::string_view secret) const {
    return SecretHash(KeyedHash(key_, Use::secret).add(as_bytes(secret)).finish());
}

SecretHash Names::digest(std::initializer_list<std::span<const std::byte>> parts) const {
    KeyedHash hash(key_, Use::digest);
    for (const auto part : parts) {
        const std::uint64_t size = part.size();
        hash.add(std::as_bytes(std::span(&size, 1))).add(part);
    }
    return SecretHash(hash.finish());
}

NetworkId Names::network(std::span<const std::byte> address) const {
    constexpr unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (address.size() == 16)
        address = std::memcmp(address.data(), mapped, sizeof mapped) == 0 ? address.subspan(12) : address.first(8);
    return NetworkId(KeyedHash(key_, Use::network).add(address).finish());
}

std::string make_login_id(Random& random) {
    std::string id(pick(login_colours(), random.below(login_colours().size())));
    id += '-';
    id += pick(animals(), random.below(animals().size()));
    id += '-';
    for (int i = 0; i < 4; ++i) id += static_cast<char>('0' + random.below(10));
    return id;
}

// 30 letters carry 4.9 bits each: 24 of them 117 bits, 18 of them 88.
Secret make_recovery_code(Random& random) { return make_code(random, 6, 4); }
Secret make_invite_code(Random& random) { return make_code(random, 3, 6); }

Secret tidy_code(std::string_view typed) {
    std::string tidy;
    for (const char c : typed) {
        if (c == '-' || c == ' ' || c == '\t') continue;
        tidy += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    Secret made(tidy);
    sodium_memzero(tidy.data(), tidy.size());
    return made;
}

Secret make_device_token(Random& random) {
    std::array<std::byte, 32> token;
    random.fill(token);
    Secret made(as_text(token));
    sodium_memzero(token.data(), token.size());
    return made;
}

}  // namespace kindroom::crypto
