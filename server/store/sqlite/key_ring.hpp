// The part of every data key that is in no database and in no copy of one.
#pragma once

#include <filesystem>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <variant>

#include "crypto/key_tree.hpp"
#include "store/records.hpp"

namespace kindroom::store {

// Names one ring and the database that belongs to it.
using RingId = Id128<struct RingTag>;

// A small file beside the database. Each data key, wrapped under the master key already, is wrapped once more under a
// leaf of a tree of keys before it goes into the database; what is destroyed here can then be read in no copy of the
// database, however old, not even with the master key. Keys that are due on the same day share a leaf, since they go
// together; every other key has one of its own. The file changes only when something is destroyed, so a copy of it that
// is some days old opens all that has come since, and also what has gone since: only the newest may be kept.
// Any thread.
class KeyRing {
  public:
    using Leaf = crypto::KeyTree::Leaf;
    // Not under the ring: written by a version that had none.
    static constexpr Leaf no_leaf = 0;

    // Both refuse with the end of a sentence that begins with the path.
    static std::variant<KeyRing, std::string> open(const std::filesystem::path& path);
    static std::variant<KeyRing, std::string> create(const std::filesystem::path& path);
    KeyRing(KeyRing&& other) noexcept;

    RingId id() const { return id_; }

    // The leaf that this key is to hang from: its day's, or the first that is free from `free_from` on.
    Leaf leaf_for(const WrappedKey& key, Leaf free_from) const;
    Leaf single_leaf(Leaf free_from) const;
    Bytes wrap(const WrappedKey& key, Leaf leaf);
    // Nothing: destroyed, or it was changed.
    std::optional<Bytes> unwrap(DataKeyId id, std::span<const std::byte> wrapped, Leaf leaf) const;
    bool has(Leaf leaf) const;
    // Nothing has been destroyed in it yet.
    bool is_untouched() const;

    // From here on nothing under these leaves can be unwrapped; keep() makes it last. False: the disk refuses, and what
    // was destroyed comes back with the next start, unless it is destroyed again then.
    void destroy(Leaf first, Leaf last);
    bool keep();
    // A copy of it in another place, over an older copy.
    bool copy_to(const std::filesystem::path& path) const;

    // Leaves of days lie before those of single keys.
    static constexpr Leaf first_single = Leaf{1} << 31;
    static bool is_single(Leaf leaf) { return leaf >= first_single; }
    // The leaves of all days up to this moment.
    static Leaf last_day(TimePoint now);

  private:
    KeyRing(std::filesystem::path path, RingId id, crypto::KeyTree tree);
    Bytes written() const;
    std::optional<crypto::DataKey> key_at(Leaf leaf) const;

    std::filesystem::path path_;
    RingId id_;
    // Of the writer only.
    crypto::Random random_;
    // The file says what the tree does.
    bool is_kept_ = false;
    // Guards the tree, which the writer changes while readers unwrap, and what is at hand.
    mutable std::mutex mutex_;
    crypto::KeyTree tree_;
    // Keys of leaves that were asked for: each takes 32 hashes. Emptied whenever something is destroyed.
    mutable std::unordered_map<Leaf, crypto::DataKey> at_hand_;
};

}  // namespace kindroom::store
