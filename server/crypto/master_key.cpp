#include "crypto/master_key.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <fstream>

namespace kindroom::crypto {

MasterKey::MasterKey(MasterKey&& other) noexcept : key_(other.key_) {
    sodium_memzero(other.key_.data(), other.key_.size());
}

MasterKey::~MasterKey() { sodium_memzero(key_.data(), key_.size()); }

std::variant<MasterKey, std::string> MasterKey::read_file(const std::filesystem::path& path) {
    const std::string name = path.string();
    struct stat status;
    if (::stat(path.c_str(), &status) != 0)
        return "the master key " + name + " cannot be read: put the key back there; without it the database stays sealed";
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return "the master key " + name + " can be read by others: chmod 600 " + name;
    std::ifstream file(path);
    std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (!file) return "the master key " + name + " cannot be read by this user: give it to the user that runs kindroomd";
    Key256 key;
    std::size_t length = 0;
    const char* end = nullptr;
    const bool is_hex = sodium_hex2bin(key.data(), key.size(), text.data(), text.size(), " \t\r\n", &length, &end) == 0 &&
                        length == key.size() && end == text.data() + text.size();
    sodium_memzero(text.data(), text.size());
    if (!is_hex) return "the master key " + name + " is not 64 hexadecimal digits: put the right file there";
    MasterKey master(key);
    sodium_memzero(key.data(), key.size());
    return master;
}

std::variant<MasterKey, std::string> MasterKey::create_file(const std::filesystem::path& path, Random& random) {
    const std::string name = path.string();
    Key256 key;
    random.fill(std::as_writable_bytes(std::span(key)));
    std::array<char, 66> text{};
    sodium_bin2hex(text.data(), text.size(), key.data(), key.size());
    text[64] = '\n';
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return "the master key " + name + " cannot be made: check that its folder exists and can be written";
    const bool written = ::write(file, text.data(), 65) == 65 && ::fsync(file) == 0;
    ::close(file);
    sodium_memzero(text.data(), text.size());
    // The name is as important as the bytes: the folder is synced too.
    const auto parent = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    const int folder = ::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool named = folder >= 0 && ::fsync(folder) == 0;
    if (folder >= 0) ::close(folder);
    if (!written || !named) {
        ::unlink(path.c_str());
        return "the master key " + name + " cannot be written: is the disk full?";
    }
    MasterKey master(key);
    sodium_memzero(key.data(), key.size());
    return master;
}

Key256 MasterKey::derive(std::string_view purpose) const {
    std::array<char, crypto_kdf_CONTEXTBYTES> context{};
    std::memcpy(context.data(), purpose.data(), std::min(purpose.size(), context.size()));
    Key256 derived;
    crypto_kdf_derive_from_key(derived.data(), derived.size(), 1, context.data(), key_.data());
    return derived;
}

std::array<std::byte, 16> MasterKey::fingerprint() const {
    const Key256 derived = derive("print");
    std::array<std::byte, 16> print;
    std::memcpy(print.data(), derived.data(), print.size());
    return print;
}

}  // namespace kindroom::crypto
