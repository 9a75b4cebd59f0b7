#include "store/sqlite/file_lock.hpp"

#include <cstring>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace kindroom::store {
namespace {

constexpr int private_to_its_user = 0600;

std::string system_error(const char* what) { return std::string(what) + ": " + std::strerror(errno); }

}  // namespace

FileLock::~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

std::string FileLock::acquire(const std::string& path) {
    const std::string lock = path + ".lock";
    descriptor_ = ::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, private_to_its_user);
    if (descriptor_ < 0) return lock + " " + system_error("cannot be opened");
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) return path + " is in use by another server";
        return lock + " " + system_error("cannot be locked");
    }
    return {};
}

}  // namespace kindroom::store
