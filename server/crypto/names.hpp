// What the server makes up for people: tokens and signs per room, login ids and codes; and the hashes it keeps of secrets.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/audit_ids.hpp"
#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/secret.hpp"
#include "crypto/master_key.hpp"
#include "crypto/random.hpp"

namespace kindroom::crypto {

// Pseudonyms and hashes keyed to this house. Deterministic, so that nothing has to be stored. Any thread.
class Names {
  public:
    explicit Names(const MasterKey& master);

    // What members of `room` see of a person. Another room or another voice gives another token that cannot be linked.
    PersonToken person_token(AccountId account, RoomId room, bool role_voice) const;
    // A pair of words such as "quiet birch" that tells apart two people of one name in a room; about 65,000 of them.
    std::string sign(AccountId account, RoomId room) const;
    // The name under which a moderator on duty speaks in a room, such as "Moderator · heron".
    std::string role_voice_name(AccountId account, RoomId room) const;

    // What the audit log calls an account.
    AuditName audit_name(AccountId account) const;

    // One-way, keyed: what the store keeps of a device token, a recovery code, an invite code.
    SecretHash hash_secret(std::string_view secret) const;
    // Digest of several parts; each part's length counts, so that two splits of one text differ.
    SecretHash digest(std::initializer_list<std::span<const std::byte>> parts) const;
    // An IPv4 address or the first 64 bits of an IPv6 address (an IPv4-mapped one counts as IPv4), 4 or 16 bytes.
    NetworkId network(std::span<const std::byte> address) const;

  private:
    Key256 key_;
};

// "amber-heron-4127": about 29 bits, drawn again while taken. Says nothing about the person or the time.
std::string make_login_id(Random& random);
// Groups of letters and digits without look-alikes: at least 112 bits for recovery, 80 for an invite.
Secret make_recovery_code(Random& random);
Secret make_invite_code(Random& random);
// What a person typed, in the form in which codes are hashed: blanks and hyphens dropped, upper case.
Secret tidy_code(std::string_view typed);
// 32 random bytes.
Secret make_device_token(Random& random);

}  // namespace kindroom::crypto
