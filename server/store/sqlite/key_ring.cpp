#include "store/sqlite/key_ring.hpp"

#include <algorithm>
#include <array>
#include <sys/stat.h>

#include "base/assert.hpp"
#include "crypto/digest.hpp"
#include "crypto/secret_file.hpp"

namespace kindroom::store {
namespace {

// The file: these words, the id, the tree, and a checksum over all of it.
constexpr std::string_view heading = "Kindroom ring 1\n";
constexpr std::size_t checksum_bytes = std::tuple_size_v<crypto::Digest>;
// Some hundred thousand erasures.
constexpr std::size_t file_bytes_max = 256u * 1024 * 1024;

bool is_private(const std::filesystem::path& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

// A key that was moved to the row of another does not open there.
std::string bound_to(DataKeyId id) { return "ring" + std::string(as_text(id.bytes())); }

constexpr std::size_t at_hand_max = 4'096;
// A server replaces the file while another process may read it, and overwrites what it replaces.
constexpr int tries_max = 3;

struct Read {
    RingId id;
    crypto::KeyTree tree;
};

std::optional<Read> read_ring(std::span<const std::byte> content) {
    constexpr std::size_t least = heading.size() + RingId::size + checksum_bytes;
    if (content.size() < least || as_text(content.first(heading.size())) != heading) return std::nullopt;
    const auto checked = content.first(content.size() - checksum_bytes);
    if (!std::ranges::equal(crypto::digest_of(checked), content.last(checksum_bytes))) return std::nullopt;
    auto tree = crypto::KeyTree::read(checked.subspan(heading.size() + RingId::size));
    if (!tree) return std::nullopt;
    return Read{*RingId::from_bytes(content.subspan(heading.size(), RingId::size)), std::move(*tree)};
}

}  // namespace

KeyRing::KeyRing(std::filesystem::path path, RingId id, crypto::KeyTree tree)
    : path_(std::move(path)), id_(id), random_(crypto::Random::from_system()), tree_(std::move(tree)) {}

KeyRing::KeyRing(KeyRing&& other) noexcept
    : path_(std::move(other.path_)),
      id_(other.id_),
      random_(std::move(other.random_)),
      is_kept_(other.is_kept_),
      tree_(std::move(other.tree_)) {}

std::variant<KeyRing, std::string> KeyRing::open(const std::filesystem::path& path) {
    std::optional<Read> read;
    for (int tries = 0; tries < tries_max && !read; ++tries) {
        auto content = crypto::read_secret_file(path, file_bytes_max);
        if (!content) return "cannot be read: put its newest copy there; without it the database stays sealed";
        read = read_ring(*content);
        crypto::wipe(*content);
    }
    if (!read) return "is no key ring of Kindroom, or damaged: put its newest copy there";
    if (!is_private(path)) return "can be read by others: chmod 600 " + path.string();
    KeyRing ring(path, read->id, std::move(read->tree));
    ring.is_kept_ = true;
    return ring;
}

std::variant<KeyRing, std::string> KeyRing::create(const std::filesystem::path& path) {
    auto random = crypto::Random::from_system();
    const auto id = random.id<RingId>();
    KeyRing ring(path, id, crypto::KeyTree::make(random));
    // So that no leaf means "none".
    ring.destroy(no_leaf, no_leaf);
    if (!ring.keep()) return "cannot be written: check that its folder exists and can be written";
    return ring;
}

Bytes KeyRing::written() const {
    Bytes tree;
    {
        const std::lock_guard lock(mutex_);
        tree = tree_.written();
    }
    Bytes out;
    out.reserve(heading.size() + RingId::size + tree.size() + checksum_bytes);
    const auto add = [&out](std::span<const std::byte> bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); };
    add(as_bytes(heading));
    add(id_.bytes());
    add(tree);
    add(crypto::digest_of(out));
    crypto::wipe(tree);
    return out;
}

bool KeyRing::copy_to(const std::filesystem::path& path) const {
    Bytes content = written();
    const bool done = crypto::replace_secret_file(path, content);
    crypto::wipe(content);
    return done;
}

bool KeyRing::keep() {
    is_kept_ = is_kept_ || copy_to(path_);
    return is_kept_;
}

KeyRing::Leaf KeyRing::last_day(TimePoint now) {
    const auto day = std::chrono::floor<std::chrono::days>(now).time_since_epoch().count();
    return static_cast<Leaf>(std::clamp<std::int64_t>(day, 0, first_single - 1));
}

KeyRing::Leaf KeyRing::leaf_for(const WrappedKey& key, Leaf free_from) const {
    if (key.destroy_at != never) {
        const Leaf day = last_day(key.destroy_at);
        // All that hang from a day's leaf are due at its beginning. A day that is gone already, after a clock was set
        // back, has no leaf any more.
        if (std::chrono::floor<std::chrono::days>(key.destroy_at) == key.destroy_at && has(day)) return day;
    }
    return single_leaf(free_from);
}

KeyRing::Leaf KeyRing::single_leaf(Leaf free_from) const {
    const std::lock_guard lock(mutex_);
    const auto leaf = tree_.first_from(std::max(free_from, first_single));
    KINDROOM_ASSERT(leaf);
    return *leaf;
}

std::optional<crypto::DataKey> KeyRing::key_at(Leaf leaf) const {
    const std::lock_guard lock(mutex_);
    if (const auto known = at_hand_.find(leaf); known != at_hand_.end()) return known->second;
    auto key = tree_.key(leaf);
    if (!key) return std::nullopt;
    if (at_hand_.size() >= at_hand_max) at_hand_.clear();
    at_hand_.emplace(leaf, *key);
    return key;
}

Bytes KeyRing::wrap(const WrappedKey& key, Leaf leaf) {
    const auto under = key_at(leaf);
    KINDROOM_ASSERT(under);
    return crypto::Vault::seal(as_text(key.wrapped), &*under, nullptr,
                               {.room = {}, .message = {}, .kind = bound_to(key.id)}, random_);
}

std::optional<Bytes> KeyRing::unwrap(DataKeyId id, std::span<const std::byte> wrapped, Leaf leaf) const {
    if (leaf == no_leaf) return Bytes(wrapped.begin(), wrapped.end());
    const auto under = key_at(leaf);
    if (!under) return std::nullopt;
    const auto opened =
        crypto::Vault::open(wrapped, &*under, nullptr, {.room = {}, .message = {}, .kind = bound_to(id)});
    return opened ? std::optional(to_bytes(*opened)) : std::nullopt;
}

bool KeyRing::has(Leaf leaf) const {
    const std::lock_guard lock(mutex_);
    return tree_.first_from(leaf) == leaf;
}

bool KeyRing::is_untouched() const {
    const std::lock_guard lock(mutex_);
    return tree_.lacks_only(no_leaf);
}

void KeyRing::destroy(Leaf first, Leaf last) {
    const std::lock_guard lock(mutex_);
    at_hand_.clear();
    if (tree_.destroy(first, last)) is_kept_ = false;
}

}  // namespace kindroom::store
