#include "crypto/master_key.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "base/assert.hpp"
#include "crypto/descriptor.hpp"
#include "crypto/durable.hpp"
#include "crypto/start.hpp"

namespace kindroom::crypto {
namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string_view without_blanks(std::string_view text) {
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// 64 digits, with blanks around them.
bool read_hex(std::string_view text, Key256& key) {
    text = without_blanks(text);
    return text.size() == 2 * key.size() &&
           sodium_hex2bin(key.data(), key.size(), text.data(), text.size(), nullptr, nullptr, nullptr) == 0;
}

// One line for both, or one for each.
bool read_keys(std::string_view text, Key256& wrapping, Key256& house) {
    text = without_blanks(text);
    const auto end = text.find('\n');
    if (!read_hex(text.substr(0, end), wrapping)) return false;
    if (end == std::string_view::npos) return house = wrapping, true;
    return read_hex(text.substr(end), house);
}

Key256 derived(const Key256& key, std::string_view purpose) {
    start_sodium();
    std::array<char, crypto_kdf_CONTEXTBYTES> context{};
    KINDROOM_ASSERT(purpose.size() <= context.size());
    std::memcpy(context.data(), purpose.data(), purpose.size());
    Key256 out;
    crypto_kdf_derive_from_key(out.data(), out.size(), 1, context.data(), key.data());
    return out;
}

std::array<std::byte, 16> print_of(const Key256& key, std::string_view purpose) {
    const Key256 out = derived(key, purpose);
    std::array<std::byte, 16> print;
    std::memcpy(print.data(), out.data(), print.size());
    return print;
}

}  // namespace

MasterKey::MasterKey(MasterKey&& other) noexcept : wrapping_(other.wrapping_), house_(other.house_) {
    sodium_memzero(other.wrapping_.data(), other.wrapping_.size());
    sodium_memzero(other.house_.data(), other.house_.size());
}

MasterKey::~MasterKey() {
    sodium_memzero(wrapping_.data(), wrapping_.size());
    sodium_memzero(house_.data(), house_.size());
}

std::variant<MasterKey, std::string> MasterKey::read_file(const std::filesystem::path& path) {
    const std::string name = path.string();
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.get() < 0 && errno == EACCES)
        return "the master key " + name + " cannot be read by this user: give it to the user that runs kindroomd";
    struct stat status {};
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode))
        return "the master key " + name +
               " cannot be read: put the key back there; without it the database stays sealed";
    // Asked of the open file, so that nobody can put another in its place meanwhile.
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return "the master key " + name + " can be read by others: chmod 600 " + name;
    std::array<char, 256> text{};
    const auto size = ::read(file.get(), text.data(), text.size());
    Key256 wrapping{};
    Key256 house{};
    const bool is_key = size >= 0 && size < static_cast<ssize_t>(text.size()) &&
                        read_keys({text.data(), static_cast<std::size_t>(size)}, wrapping, house);
    sodium_memzero(text.data(), text.size());
    if (!is_key) return "the master key " + name + " is not 64 hexadecimal digits: put the right file there";
    MasterKey master(wrapping, house);
    sodium_memzero(wrapping.data(), wrapping.size());
    sodium_memzero(house.data(), house.size());
    return master;
}

std::variant<MasterKey, std::string> MasterKey::create_file(const std::filesystem::path& path, Random& random) {
    Key256 key;
    random.fill(std::as_writable_bytes(std::span(key)));
    MasterKey made(key);
    sodium_memzero(key.data(), key.size());
    return write_file(path, std::move(made));
}

std::variant<MasterKey, std::string> MasterKey::create_successor(const std::filesystem::path& path,
                                                                 Random& random) const {
    Key256 key;
    random.fill(std::as_writable_bytes(std::span(key)));
    MasterKey made(key, house_);
    sodium_memzero(key.data(), key.size());
    return write_file(path, std::move(made));
}

std::variant<MasterKey, std::string> MasterKey::write_file(const std::filesystem::path& path, MasterKey key) {
    const std::string name = path.string();
    constexpr std::size_t line_bytes = 2 * sizeof(Key256) + 1;
    // Each line ends where hex ends its text.
    std::array<char, 2 * line_bytes> text{};
    sodium_bin2hex(text.data(), line_bytes, key.wrapping_.data(), key.wrapping_.size());
    sodium_bin2hex(text.data() + line_bytes, line_bytes, key.house_.data(), key.house_.size());
    text[line_bytes - 1] = text[2 * line_bytes - 1] = '\n';
    const std::size_t lines = key.wrapping_ == key.house_ ? 1 : 2;
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (file.get() < 0 && errno == EEXIST)
        return "the master key " + name + " exists already: it is kept; move it away if a new one is wanted";
    if (file.get() < 0)
        return "the master key " + name + " cannot be made: check that its folder exists and can be written";
    const bool written =
        write_all(file.get(), std::as_bytes(std::span(text).first(lines * line_bytes))) && ::fsync(file.get()) == 0;
    sodium_memzero(text.data(), text.size());
    // The name is as important as the bytes: the folder is synced too.
    if (!written || !sync_folder_of(path)) {
        ::unlink(path.c_str());
        return "the master key " + name + " cannot be written: is the disk full?";
    }
    return key;
}

Key256 MasterKey::derive(std::string_view purpose) const { return derived(house_, purpose); }

Key256 MasterKey::wrapping_key() const { return derived(wrapping_, "wrapping"); }

std::array<std::byte, 16> MasterKey::fingerprint() const { return print_of(wrapping_, "print"); }

std::array<std::byte, 16> MasterKey::house_print() const { return print_of(house_, "house"); }

}  // namespace kindroom::crypto
