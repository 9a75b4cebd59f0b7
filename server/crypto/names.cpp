#include "crypto/names.hpp"

#include <cstring>
#include <sodium.h>

#include "base/assert.hpp"
#include "crypto/words.hpp"

namespace kindroom::crypto {

namespace {

// What a hash is for is hashed first, so that two uses never meet.
enum class Use : unsigned char { person_token = 1, role_token, sign, role_voice, secret, digest, network, audit_name };

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

std::string_view pick(const WordList& words, std::uint64_t number) { return words[number % words.size()]; }

// Nothing here looks like anything else on paper (not B, O, S, Z beside 8, 0, 5, 2), and without vowels no words arise.
constexpr std::string_view code_letters = "23456789CDFGHJKMNPQRTVWXY";

Secret make_code(Random& random, int groups, int letters_each) {
    std::string code;
    code.reserve(static_cast<std::size_t>(groups * (letters_each + 1)));
    for (int group = 0; group < groups; ++group) {
        if (group > 0) code += '-';
        for (int i = 0; i < letters_each; ++i) code += code_letters[random.below(code_letters.size())];
    }
    Secret made(code);
    sodium_memzero(code.data(), code.size());
    return made;
}

// How many bytes of a blank or hyphen a text begins with. Keyboards of telephones like to write longer dashes and
// other blanks than were meant: U+2000 to U+2015, U+2212 and U+00A0 count too.
std::size_t blank_or_hyphen(std::string_view text) {
    if (std::string_view("- \t\r\n").find(text.front()) != std::string_view::npos) return 1;
    if (text.starts_with("\xc2\xa0")) return 2;
    if (text.starts_with("\xe2\x88\x92")) return 3;
    const bool is_general_punctuation = text.size() >= 3 && text.starts_with("\xe2\x80");
    return is_general_punctuation && static_cast<unsigned char>(text[2]) <= 0x95 ? 3 : 0;
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
    return "Moderator · " + std::string(pick(login_creatures(), numbers[0]));
}

AuditName Names::audit_name(AccountId account) const {
    return AuditName(KeyedHash(key_, Use::audit_name).add(account.bytes()).finish());
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
    KINDROOM_ASSERT(address.size() == 4 || address.size() == 16);
    constexpr unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (address.size() == 16)
        address = std::memcmp(address.data(), mapped, sizeof mapped) == 0 ? address.subspan(12) : address.first(8);
    return NetworkId(KeyedHash(key_, Use::network).add(address).finish());
}

std::string make_login_id(Random& random) {
    std::string id(pick(login_colours(), random.below(login_colours().size())));
    id += '-';
    id += pick(login_creatures(), random.below(login_creatures().size()));
    id += '-';
    for (int i = 0; i < 4; ++i) id += static_cast<char>('0' + random.below(10));
    return id;
}

// 25 letters carry 4.64 bits each: 25 of them 116 bits, 20 of them 92.
Secret make_recovery_code(Random& random) { return make_code(random, 5, 5); }
Secret make_invite_code(Random& random) { return make_code(random, 4, 5); }

Secret tidy_code(std::string_view typed) {
    std::string tidy;
    tidy.reserve(typed.size());
    for (std::size_t at = 0; at < typed.size(); ++at) {
        const char c = typed[at];
        if (const auto length = blank_or_hyphen(typed.substr(at)); length > 0)
            at += length - 1;
        else
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
