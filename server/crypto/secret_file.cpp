#include "crypto/secret_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypto/descriptor.hpp"
#include "crypto/durable.hpp"

namespace kindroom::crypto {
namespace {

std::filesystem::path beside(const std::filesystem::path& path, const char* ending) { return path.string() + ending; }

bool is_there(const std::filesystem::path& path) { return ::access(path.c_str(), F_OK) == 0; }

bool is_same_file(const std::filesystem::path& one, const std::filesystem::path& other) {
    struct stat first {};
    struct stat second {};
    return ::stat(one.c_str(), &first) == 0 && ::stat(other.c_str(), &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

}  // namespace

std::optional<Bytes> read_secret_file(const std::filesystem::path& path, std::size_t bytes_max) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status {};
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
    if (static_cast<std::uint64_t>(status.st_size) > bytes_max) return std::nullopt;
    Bytes content(static_cast<std::size_t>(status.st_size));
    std::size_t read = 0;
    while (read < content.size()) {
        const ssize_t more = ::read(file.get(), content.data() + read, content.size() - read);
        if (more < 0 && errno == EINTR) continue;
        if (more <= 0) return std::nullopt;
        read += static_cast<std::size_t>(more);
    }
    return content;
}

bool wipe_secret_file(const std::filesystem::path& path) {
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.get() < 0) return errno == ENOENT;
    const auto size = ::lseek(file.get(), 0, SEEK_END);
    ::lseek(file.get(), 0, SEEK_SET);
    constexpr std::array<std::byte, 4096> nothing{};
    for (off_t left = size; left > 0; left -= static_cast<off_t>(nothing.size()))
        if (!write_all(file.get(), std::span(nothing).first(std::min(nothing.size(), static_cast<std::size_t>(left)))))
            return false;
    return ::fsync(file.get()) == 0 && ::unlink(path.c_str()) == 0 && sync_folder_of(path);
}

bool replace_secret_file(const std::filesystem::path& path, std::span<const std::byte> content) {
    settle_secret_file(path);
    const auto fresh = beside(path, ".new");
    const auto old = beside(path, ".old");
    // A first one that a crash cut short.
    if (!is_there(path)) wipe_secret_file(fresh);
    {
        const Descriptor file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
        if (file.get() < 0) return false;
        if (!write_all(file.get(), content) || ::fsync(file.get()) != 0) {
            wipe_secret_file(fresh);
            return false;
        }
    }
    // The old bytes keep a name until they are overwritten, so that a crash cannot leave them where nobody finds them.
    const bool has_old = ::link(path.c_str(), old.c_str()) == 0;
    if (!has_old && errno != ENOENT) {
        wipe_secret_file(fresh);
        return false;
    }
    if (::rename(fresh.c_str(), path.c_str()) != 0) {
        if (has_old) ::unlink(old.c_str());
        wipe_secret_file(fresh);
        return false;
    }
    // As long as its name is not on the disk, a power cut brings the old one back, which must be whole then.
    return sync_folder_of(path) && (!has_old || wipe_secret_file(old));
}

void settle_secret_file(const std::filesystem::path& path) {
    // Where there is no file, nothing beside it is of our making: somebody has put it there, and it may be the only
    // one.
    if (!is_there(path)) return;
    wipe_secret_file(beside(path, ".new"));
    const auto old = beside(path, ".old");
    // Still the file itself: the new one had not taken its place yet. Otherwise it has, but perhaps not on the disk.
    if (is_same_file(path, old))
        ::unlink(old.c_str());
    else if (is_there(old) && sync_folder_of(path))
        wipe_secret_file(old);
}

}  // namespace kindroom::crypto
