#include "operator/private_file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kindroom::operator_ {

std::optional<std::string> write_private_file(const std::filesystem::path& path, std::string_view text) {
    const auto trouble = [&path](int error) {
        return path.string() + " could not be written: " + std::strerror(error) + ".";
    };
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0) return trouble(errno);
    int error = 0;
    while (!text.empty() && error == 0) {
        const ssize_t written = write(file, text.data(), text.size());
        if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
        if (written < 0 && errno != EINTR) error = errno;
    }
    if (error == 0 && fsync(file) != 0) error = errno;
    if (close(file) != 0 && error == 0) error = errno;
    if (error == 0) return std::nullopt;
    // Half a file would only puzzle whoever finds it.
    unlink(path.c_str());
    return trouble(error);
}

}  // namespace kindroom::operator_
