#include "support/faulty_files.hpp"

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <dlfcn.h>
#include <system_error>
#include <unistd.h>

namespace kindroom::test {
namespace {

std::atomic<FaultyFiles*> in_force = nullptr;

// The call behind this one, by its name.
template <class Call>
Call* behind(const char* name) {
    return reinterpret_cast<Call*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

FaultyFiles::FaultyFiles(std::filesystem::path folder) : folder_(std::filesystem::canonical(folder).string()) {
    in_force = this;
}

FaultyFiles::~FaultyFiles() { in_force = nullptr; }

void FaultyFiles::fail(std::uint64_t n, int error) {
    const std::lock_guard lock(mutex_);
    calls_until_failure_ = n;
    error_ = error;
    has_failed_ = false;
}

bool FaultyFiles::has_failed() const {
    const std::lock_guard lock(mutex_);
    return has_failed_;
}

int FaultyFiles::count(const std::string& path) {
    if (path != folder_ && !path.starts_with(folder_ + "/")) return 0;
    const std::lock_guard lock(mutex_);
    if (calls_until_failure_ == std::numeric_limits<std::uint64_t>::max()) return 0;
    if (calls_until_failure_-- > 0) return 0;
    calls_until_failure_ = std::numeric_limits<std::uint64_t>::max();
    has_failed_ = true;
    return error_;
}

int FaultyFiles::before(const char* path) {
    FaultyFiles* faults = in_force;
    return faults ? faults->count(path) : 0;
}

int FaultyFiles::before(int file) {
    FaultyFiles* faults = in_force;
    if (!faults) return 0;
    std::error_code none;
    return faults->count(std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(file), none).string());
}

}  // namespace kindroom::test

using kindroom::test::FaultyFiles;

extern "C" {

ssize_t write(int file, const void* bytes, std::size_t size) {
    static auto* const real = kindroom::test::behind<decltype(write)>("write");
    if (const int error = FaultyFiles::before(file); error != 0) return errno = error, -1;
    return real(file, bytes, size);
}

int fsync(int file) {
    static auto* const real = kindroom::test::behind<decltype(fsync)>("fsync");
    if (const int error = FaultyFiles::before(file); error != 0) return errno = error, -1;
    return real(file);
}

int rename(const char* from, const char* to) noexcept {
    static auto* const real = kindroom::test::behind<decltype(rename)>("rename");
    if (const int error = FaultyFiles::before(to); error != 0) return errno = error, -1;
    return real(from, to);
}

int link(const char* from, const char* to) noexcept {
    static auto* const real = kindroom::test::behind<decltype(link)>("link");
    if (const int error = FaultyFiles::before(to); error != 0) return errno = error, -1;
    return real(from, to);
}

int unlink(const char* path) noexcept {
    static auto* const real = kindroom::test::behind<decltype(unlink)>("unlink");
    if (const int error = FaultyFiles::before(path); error != 0) return errno = error, -1;
    return real(path);
}
}
