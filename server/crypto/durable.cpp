#include "crypto/durable.hpp"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

#include "crypto/descriptor.hpp"

namespace kindroom::crypto {

bool write_all(int file, std::span<const std::byte> content) {
    while (!content.empty()) {
        const ssize_t written = ::write(file, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        content = content.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

bool sync_folder_of(const std::filesystem::path& path) {
    const auto parent = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    const Descriptor folder(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return folder.get() >= 0 && ::fsync(folder.get()) == 0;
}

bool rename_durably(const std::filesystem::path& from, const std::filesystem::path& to) {
    return ::rename(from.c_str(), to.c_str()) == 0 && sync_folder_of(to);
}

bool link_durably(const std::filesystem::path& from, const std::filesystem::path& to) {
    return ::link(from.c_str(), to.c_str()) == 0 && sync_folder_of(to);
}

}  // namespace kindroom::crypto
