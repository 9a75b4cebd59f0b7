#include "crypto/master_key.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "base/assert.hpp"
#include "crypto/start.hpp"

namespace kindroom::crypto {
namespace {

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    int get() const { return number_; }

  private:
    int number_;
};

// 64 digits, with blanks around them.
bool read_hex(std::string_view text, Key256& key) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return false;
    text = text.substr(first, text.find_last_not_of(blanks) - first + 1);
    return text.size() == 2 * key.size() &&
           sodium_hex2bin(key.data(), key.size(), text.data(), text.size(), nullptr, nullptr, nullptr) == 0;
}

bool write_and_sync(int file, std::string_view text) {
    return ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
}

}  // namespace

MasterKey::MasterKey(MasterKey&& other) noexcept : key_(other.key_) {
    sodium_memzero(other.key_.data(), other.key_.size());
}

MasterKey::~MasterKey() { sodium_memzero(key_.data(), key_.size()); }

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
    Key256 key{};
    const bool is_key = size >= 0 && size < static_cast<ssize_t>(text.size()) &&
                        read_hex({text.data(), static_cast<std::size_t>(size)}, key);
    sodium_memzero(text.data(), text.size());
    if (!is_key) return "the master key " + name + " is not 64 hexadecimal digits: put the right file there";
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
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (file.get() < 0 && errno == EEXIST)
        return "the master key " + name + " exists already: it is kept; move it away if a new one is wanted";
    if (file.get() < 0)
        return "the master key " + name + " cannot be made: check that its folder exists and can be written";
    const bool written = write_and_sync(file.get(), {text.data(), 2 * key.size() + 1});
    sodium_memzero(text.data(), text.size());
    // The name is as important as the bytes: the folder is synced too.
    const auto parent = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    const Descriptor folder(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!written || folder.get() < 0 || ::fsync(folder.get()) != 0) {
        ::unlink(path.c_str());
        return "the master key " + name + " cannot be written: is the disk full?";
    }
    MasterKey master(key);
    sodium_memzero(key.data(), key.size());
    return master;
}

Key256 MasterKey::derive(std::string_view purpose) const {
    start_sodium();
    std::array<char, crypto_kdf_CONTEXTBYTES> context{};
    KINDROOM_ASSERT(purpose.size() <= context.size());
    std::memcpy(context.data(), purpose.data(), purpose.size());
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
