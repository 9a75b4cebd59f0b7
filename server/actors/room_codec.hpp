// Between what the store keeps of a room and what the domain speaks of: sealing, opening, pseudonyms.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "actors/identity.hpp"
#include "actors/services.hpp"
#include "crypto/random.hpp"
#include "domain/content.hpp"
#include "domain/event.hpp"
#include "store/records.hpp"

namespace kindroom::actors {

// Holds the data keys that one room needs, in the clear. Owner: the room's actor, or one reading of its history.
class RoomCodec {
  public:
    RoomCodec(RoomId room, const Services& services) : room_(room), services_(services) {}

    // Keys that cannot be unwrapped are left out: what they sealed reads as gone.
    void learn(const std::vector<store::WrappedKey>& keys);
    void learn(const PersonKey& key) { keys_.insert_or_assign(key.id, key.key); }
    void forget(DataKeyId key) { keys_.erase(key); }

    // How somebody is seen in this room. In the role voice the name is the house's, not the person's; unsigned, there
    // is none, and no token either.
    domain::Person person(AccountId account, domain::Voice voice, const std::string& name) const;

    // Nothing if the words are gone: retracted, or a key destroyed.
    std::optional<domain::Message> open(const store::MessageRecord& record) const;
    // As it will be once it is shown, but for its place, its time, and all of its link but the id.
    std::optional<domain::Message> open(const store::HeldRecord& record) const;
    // A step whose words are gone is given as a retraction if it is one, else as nothing. An edit is given with the
    // words that it brought, a post with those that the message has now.
    std::optional<domain::RoomStep> open(const store::StepRow& row) const;
    // What somebody is called in this room, and was called before.
    struct Names {
        std::string present;
        std::vector<domain::FormerName> former;
    };
    Names open_names(const store::MembershipRecord& record) const;
    std::string open_note(const store::Sealed& note) const;
    std::string open_sentence(const store::Sealed& sentence) const;

    store::Sealed seal(MessageId message, const domain::Content& content, DataKeyId place, const PersonKey& person,
                       crypto::Random& random) const;
    // What a post asked, to be kept beside its content. Nil if the words are gone.
    SecretHash hide_digest(SecretHash digest, MessageId message, DataKeyId place, const PersonKey& person) const;
    SecretHash show_digest(SecretHash hidden, MessageId message, DataKeyId place, DataKeyId person) const;
    store::Sealed seal_names(const Names& names, const PersonKey& person, crypto::Random& random) const;
    store::Sealed seal_note(const std::string& note, DataKeyId place, crypto::Random& random) const;
    // Why a room is paused.
    store::Sealed seal_sentence(const std::string& sentence, DataKeyId place, crypto::Random& random) const;

    // The key of this room for the day of `now`. A new one is added to `changes`, so that it is stored together with
    // the first thing it seals.
    DataKeyId place_key(TimePoint now, domain::Retention retention, std::vector<store::Change>& changes,
                        crypto::Random& random);
    // The next day's words, or those after the retention was changed, get a new key.
    void end_day() { today_.reset(); }
    // When the first key of this room is to be destroyed; `never` for none.
    TimePoint next_expiry() const;
    // Forgets the keys that are due; returns whether there were any.
    bool expire(TimePoint now);
    bool has_key(DataKeyId id) const { return keys_.contains(id); }

  private:
    const crypto::DataKey* key(DataKeyId id) const;
    // Texts of the house, under the key of the day only.
    std::string open_text(const store::Sealed& text, const char* kind) const;
    store::Sealed seal_text(const std::string& text, const char* kind, DataKeyId place, crypto::Random& random) const;
    std::optional<domain::Message> open(MessageId id, AccountId author, domain::Voice voice,
                                        const store::Sealed& content) const;

    RoomId room_;
    const Services& services_;
    std::unordered_map<DataKeyId, crypto::DataKey> keys_;
    std::unordered_map<DataKeyId, TimePoint> destroy_at_;
    struct Today {
        std::chrono::sys_days day;
        DataKeyId key;
    };
    std::optional<Today> today_;
};

}  // namespace kindroom::actors
