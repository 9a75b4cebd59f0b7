#include "operator/private_file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.hpp"
#include "crypto/durable.hpp"

namespace kindroom::operator_ {

std::optional<std::string> write_private_file(const std::filesystem::path& path, std::string_view text) {
    const auto trouble = [&path](int error) {
        return path.string() + " could not be written: " + std::strerror(error) + ".";
    };
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0) return trouble(errno);
    int error = 0;
    if (!crypto::write_all(file, as_bytes(text)) || fsync(file) != 0) error = errno;
    if (close(file) != 0 && error == 0) error = errno;
    if (error == 0) return std::nullopt;
    // Half a file would only puzzle whoever finds it.
    unlink(path.c_str());
    return trouble(error);
}

}  // namespace kindroom::operator_
