#include "crypto/key_tree.hpp"

#include <algorithm>
#include <cstring>
#include <sodium.h>

namespace kindroom::crypto {
namespace {

constexpr std::uint32_t height_of_the_root = 32;
// The first leaf below it, its height, and the secret itself.
constexpr std::size_t bytes_of_one = 4 + 4 + std::tuple_size_v<Key256>;

enum class Side : unsigned char { left = 0, right = 1 };

DataKey child_of(const DataKey& parent, Side side) {
    Key256 child;
    const auto which = static_cast<unsigned char>(side);
    crypto_generichash(child.data(), child.size(), &which, 1, parent.reveal().data(), parent.reveal().size());
    DataKey made(child);
    sodium_memzero(child.data(), child.size());
    return made;
}

void put(Bytes& into, std::uint32_t number) {
    for (int shift = 0; shift < 32; shift += 8) into.push_back(static_cast<std::byte>(number >> shift & 0xff));
}

std::uint32_t take(std::span<const std::byte>& from) {
    std::uint32_t number = 0;
    for (std::size_t i = 4; i-- > 0;) number = number << 8 | std::to_integer<std::uint32_t>(from[i]);
    from = from.subspan(4);
    return number;
}

}  // namespace

KeyTree KeyTree::make(Random& random) {
    KeyTree tree;
    tree.secrets_.emplace(0, Secret{.height = height_of_the_root, .value = DataKey::make(random)});
    return tree;
}

std::optional<KeyTree> KeyTree::read(std::span<const std::byte> written) {
    if (written.size() % bytes_of_one != 0) return std::nullopt;
    KeyTree tree;
    std::uint64_t end = 0;
    while (!written.empty()) {
        const Leaf begin = take(written);
        const std::uint32_t height = take(written);
        Key256 value;
        std::memcpy(value.data(), written.data(), value.size());
        written = written.subspan(value.size());
        Secret secret{.height = height, .value = DataKey(value)};
        sodium_memzero(value.data(), value.size());
        // In their order, each where one of its height can be, none over another.
        if (height > height_of_the_root || begin < end || begin % (std::uint64_t{1} << height) != 0)
            return std::nullopt;
        end = end_of(begin, secret);
        tree.secrets_.emplace_hint(tree.secrets_.end(), begin, std::move(secret));
    }
    return tree;
}

Bytes KeyTree::written() const {
    Bytes out;
    // Never moved to another place, where its old bytes would be left.
    out.reserve(secrets_.size() * bytes_of_one);
    for (const auto& [begin, secret] : secrets_) {
        put(out, begin);
        put(out, secret.height);
        const auto value = std::as_bytes(std::span(secret.value.reveal()));
        out.insert(out.end(), value.begin(), value.end());
    }
    return out;
}

KeyTree::Secrets::const_iterator KeyTree::at_or_behind(Leaf leaf) const {
    auto found = secrets_.upper_bound(leaf);
    if (found == secrets_.begin()) return found;
    const auto before = std::prev(found);
    return end_of(before->first, before->second) > leaf ? before : found;
}

std::optional<DataKey> KeyTree::key(Leaf leaf) const {
    const auto found = at_or_behind(leaf);
    if (found == secrets_.end() || found->first > leaf) return std::nullopt;
    DataKey value = found->second.value;
    for (std::uint32_t height = found->second.height; height-- > 0;)
        value = child_of(value, (leaf >> height & 1) == 0 ? Side::left : Side::right);
    return value;
}

std::optional<KeyTree::Leaf> KeyTree::first_from(Leaf leaf) const {
    const auto found = at_or_behind(leaf);
    if (found == secrets_.end()) return std::nullopt;
    return std::max(leaf, found->first);
}

bool KeyTree::lacks_only(Leaf leaf) const {
    std::uint64_t there = 0;
    for (const auto& [begin, secret] : secrets_) there += end_of(begin, secret) - begin;
    return there + 1 == std::uint64_t{1} << height_of_the_root && first_from(leaf) != leaf;
}

bool KeyTree::destroy(Leaf first, Leaf last) {
    bool any = false;
    for (auto next = at_or_behind(first); next != secrets_.end() && next->first <= last;) {
        const auto [begin, secret] = *next;
        const std::uint64_t end = end_of(begin, secret);
        // A left half that lies before all of it.
        if (end <= first) {
            ++next;
            continue;
        }
        any = true;
        next = secrets_.erase(next);
        if (begin >= first && end - 1 <= last) continue;
        const std::uint32_t height = secret.height - 1;
        const auto middle = static_cast<Leaf>(begin + (std::uint64_t{1} << height));
        secrets_.emplace(middle, Secret{.height = height, .value = child_of(secret.value, Side::right)});
        next = secrets_.emplace(begin, Secret{.height = height, .value = child_of(secret.value, Side::left)}).first;
    }
    return any;
}

}  // namespace kindroom::crypto
