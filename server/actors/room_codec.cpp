#include "actors/room_codec.hpp"

#include <algorithm>

#include "domain/packer.hpp"
#include "text/text.hpp"

namespace kindroom::actors {

using domain::Voice;

namespace {

// A name alone is packed as itself, as it always was. What begins with a control character is no name, because those
// are cleaned away.
constexpr char with_former_names = 1;

std::string pack(const RoomCodec::Names& names) {
    if (names.former.empty()) return names.present;
    domain::Packer packer(with_former_names);
    packer.text(names.present).number(static_cast<std::int64_t>(names.former.size()));
    for (const auto& former : names.former) packer.text(former.name).time(former.until);
    return packer.take();
}

RoomCodec::Names unpack_names(const std::string& packed) {
    if (packed.empty() || packed.front() != with_former_names) return {.present = packed, .former = {}};
    domain::Unpacker unpacker(packed);
    RoomCodec::Names names{.present = unpacker.text(), .former = {}};
    for (auto count = unpacker.count(); count > 0; --count) {
        std::string name = unpacker.text();
        names.former.push_back({.name = std::move(name), .until = unpacker.time()});
    }
    return names;
}

}  // namespace

void RoomCodec::learn(const std::vector<store::WrappedKey>& keys) {
    for (const store::WrappedKey& wrapped : keys) {
        if (keys_.contains(wrapped.id)) continue;
        auto key = services_.vault.unwrap(wrapped.wrapped, wrapped.id);
        if (!key) continue;
        keys_.emplace(wrapped.id, *key);
        if (wrapped.destroy_at != never) destroy_at_.emplace(wrapped.id, wrapped.destroy_at);
    }
}

const crypto::DataKey* RoomCodec::key(DataKeyId id) const {
    const auto found = keys_.find(id);
    return found == keys_.end() ? nullptr : &found->second;
}

domain::Person RoomCodec::person(AccountId account, Voice voice, const std::string& name) const {
    if (voice == Voice::unsigned_share) return {.token = {}, .name = {}, .sign = {}, .voice = voice};
    const bool in_role = voice == Voice::moderator;
    return {.token = services_.names.person_token(account, room_, in_role),
            .name = in_role ? services_.names.role_voice_name(account, room_) : name,
            .sign = in_role ? std::string{} : services_.names.sign(account, room_),
            .voice = voice};
}

std::optional<domain::Message> RoomCodec::open(MessageId id, AccountId author, Voice voice,
                                               const store::Sealed& sealed) const {
    const auto* place_key = key(sealed.place_key);
    const auto* author_key = key(sealed.person_key);
    if (!place_key || !author_key) return std::nullopt;
    const auto packed =
        crypto::Vault::open(sealed.box, place_key, author_key, {.room = room_, .message = id, .kind = "content"});
    if (!packed) return std::nullopt;
    auto content = domain::unpack_content(*packed);
    if (!content) return std::nullopt;
    for (domain::Version& version : content->earlier) version.folded = text::fold_for_matching(version.text);
    domain::Message message{.id = id,
                            .author_account = author,
                            .author = person(author, voice, content->name),
                            .text = std::move(content->text),
                            .labels = std::move(content->labels),
                            .mentions = std::move(content->mentions),
                            .earlier = std::move(content->earlier),
                            .edited_at_position = content->edited_at_position,
                            .edited_at = content->edited_at};
    message.folded = text::fold_for_matching(message.text);
    return message;
}

std::optional<domain::Message> RoomCodec::open(const store::MessageRecord& record) const {
    if (record.retracted) return std::nullopt;
    auto message = open(record.id, record.author, record.voice, record.content);
    if (!message) return std::nullopt;
    message->position = record.position;
    message->reply_to = record.reply_to;
    message->reply_to_author = record.reply_to_author;
    message->reply_to_voice = record.reply_to_voice;
    message->reply_to_position = record.reply_to_position;
    message->reply_to_posted_at = record.reply_to_posted_at;
    message->posted_at = record.posted_at;
    message->edited = record.edited;
    return message;
}

std::optional<domain::Message> RoomCodec::open(const store::HeldRecord& record) const {
    auto message = open(record.id, record.author, record.voice, record.content);
    if (message) message->reply_to = record.reply_to;
    return message;
}

namespace {

// What an edit at this position brought. Edits that an older version wrote do not know theirs, and of those only the
// last one's words are left.
std::optional<domain::MessageEdited> edit_at(const domain::Message& message, Position position) {
    domain::MessageEdited edited{
        .message = message.id, .text = message.text, .folded = message.folded, .labels = message.labels};
    for (const Position wanted : {position, Position{}}) {
        if (message.edited && message.edited_at_position == wanted) return edited;
        for (const domain::Version& version : message.earlier) {
            if (version.position != wanted) continue;
            edited.text = version.text;
            edited.folded = version.folded;
            return edited;
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<domain::RoomStep> RoomCodec::open(const store::StepRow& row) const {
    domain::RoomStep step{.room = room_,
                          .position = row.position,
                          .author = row.message.author,
                          .voice = row.message.voice,
                          .about = row.message.position,
                          // An older version did not write down when something was edited or retracted.
                          .at = row.at == TimePoint{} ? row.message.posted_at : row.at,
                          .about_at = row.message.posted_at,
                          .what = domain::MessageRetracted{row.message.id}};
    if (row.kind == store::StepKind::retracted) return step;
    auto message = open(row.message);
    if (!message) return std::nullopt;
    if (row.kind == store::StepKind::posted) {
        step.what = domain::MessagePosted{std::move(*message)};
        return step;
    }
    auto edited = edit_at(*message, row.position);
    if (!edited) return std::nullopt;
    step.what = std::move(*edited);
    return step;
}

RoomCodec::Names RoomCodec::open_names(const store::MembershipRecord& record) const {
    const auto* person = key(record.name.person_key);
    if (!person) return {};
    const auto packed =
        crypto::Vault::open(record.name.box, nullptr, person, {.room = room_, .message = {}, .kind = "name"});
    return packed ? unpack_names(*packed) : Names{};
}

std::string RoomCodec::open_text(const store::Sealed& text, const char* kind) const {
    const auto* place = text.box.empty() ? nullptr : key(text.place_key);
    if (!place) return {};
    return crypto::Vault::open(text.box, place, nullptr, {.room = room_, .message = {}, .kind = kind}).value_or("");
}

std::string RoomCodec::open_note(const store::Sealed& note) const { return open_text(note, "note"); }

std::string RoomCodec::open_sentence(const store::Sealed& sentence) const { return open_text(sentence, "pause"); }

store::Sealed RoomCodec::seal(MessageId message, const domain::Content& content, DataKeyId place,
                              const PersonKey& person, crypto::Random& random) const {
    return {.place_key = place,
            .person_key = person.id,
            .box = crypto::Vault::seal(domain::pack(content), key(place), &person.key,
                                       {.room = room_, .message = message, .kind = "content"}, random)};
}

SecretHash RoomCodec::hide_digest(SecretHash digest, MessageId message, DataKeyId place,
                                  const PersonKey& person) const {
    return crypto::Vault::hide(digest, key(place), &person.key, {.room = room_, .message = message, .kind = "request"});
}

SecretHash RoomCodec::show_digest(SecretHash hidden, MessageId message, DataKeyId place, DataKeyId person) const {
    const auto* place_key = key(place);
    const auto* person_key = key(person);
    if (hidden.is_nil() || !place_key || !person_key) return {};
    return crypto::Vault::hide(hidden, place_key, person_key, {.room = room_, .message = message, .kind = "request"});
}

store::Sealed RoomCodec::seal_names(const Names& names, const PersonKey& person, crypto::Random& random) const {
    return {.place_key = {},
            .person_key = person.id,
            .box = crypto::Vault::seal(pack(names), nullptr, &person.key,
                                       {.room = room_, .message = {}, .kind = "name"}, random)};
}

store::Sealed RoomCodec::seal_text(const std::string& text, const char* kind, DataKeyId place,
                                   crypto::Random& random) const {
    return {
        .place_key = place,
        .person_key = {},
        .box = crypto::Vault::seal(text, key(place), nullptr, {.room = room_, .message = {}, .kind = kind}, random)};
}

store::Sealed RoomCodec::seal_note(const std::string& note, DataKeyId place, crypto::Random& random) const {
    return seal_text(note, "note", place, random);
}

store::Sealed RoomCodec::seal_sentence(const std::string& sentence, DataKeyId place, crypto::Random& random) const {
    return seal_text(sentence, "pause", place, random);
}

DataKeyId RoomCodec::place_key(TimePoint now, domain::Retention retention, std::vector<store::Change>& changes,
                               crypto::Random& random) {
    const auto day = std::chrono::floor<std::chrono::days>(now);
    if (today_ && today_->day == day) return today_->key;
    const auto id = random.id<DataKeyId>();
    const auto made = crypto::DataKey::make(random);
    const TimePoint destroy_at = TimePoint{day + std::chrono::days{1}} + domain::length_of(retention);
    changes.push_back(store::InsertKey{
        {.id = id, .room = room_, .destroy_at = destroy_at, .wrapped = services_.vault.wrap(made, id, random)}});
    keys_.emplace(id, made);
    destroy_at_.emplace(id, destroy_at);
    today_ = Today{day, id};
    return id;
}

TimePoint RoomCodec::next_expiry() const {
    TimePoint earliest = never;
    for (const auto& [id, at] : destroy_at_) earliest = std::min(earliest, at);
    return earliest;
}

bool RoomCodec::expire(TimePoint now) {
    std::vector<DataKeyId> due;
    for (const auto& [id, at] : destroy_at_)
        if (at <= now) due.push_back(id);
    for (const DataKeyId id : due) {
        keys_.erase(id);
        destroy_at_.erase(id);
        if (today_ && today_->key == id) today_.reset();
    }
    return !due.empty();
}

}  // namespace kindroom::actors
