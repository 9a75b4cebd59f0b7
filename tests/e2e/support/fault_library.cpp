// Stands between a program and its system (LD_PRELOAD), and does to it what the test says: a disk that is slow, full or
// read-only, a clock that jumps. Everything else is passed on as it is, by the system's own calls, so that nothing has
// to be looked up while the program starts. No library but libc: the program's own are not its business.
#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <ctime>
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

#include "e2e/support/fault_page.hpp"

namespace {

using kindroom::test::FaultPage;

constexpr long step_ms = 5;
constexpr long ns_per_ms = 1'000'000;

FaultPage* page_of(const char* path) {
    if (path == nullptr) return nullptr;
    const auto file = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC));
    if (file < 0) return nullptr;
    void* const place = ::mmap(nullptr, sizeof(FaultPage), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    ::close(file);
    return place == MAP_FAILED ? nullptr : static_cast<FaultPage*>(place);
}

// Null before the program itself begins.
FaultPage* const page = page_of(std::getenv(kindroom::test::fault_page_variable));

// The standard streams and whatever is no file go on: the log lies elsewhere than the data.
bool is_refused(int file) {
    const int answer = page ? page->writes_answer.load() : 0;
    if (answer == 0) return false;
    struct stat about {};
    if (file <= STDERR_FILENO || ::fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) return false;
    page->writes_refused += 1;
    errno = answer;
    return true;
}

// A full disk has no room for a new name; one that is read-only opens nothing for writing.
bool is_refused(const char* path, int flags) {
    const int answer = page ? page->writes_answer.load() : 0;
    if (answer == 0) return false;
    struct stat about {};
    const bool is_there = ::stat(path, &about) == 0;
    if (is_there && !S_ISREG(about.st_mode)) return false;
    const bool makes = (flags & O_CREAT) != 0 && !is_there;
    const bool changes = (flags & (O_WRONLY | O_RDWR | O_TRUNC)) != 0;
    if (!makes && !(changes && answer == EROFS)) return false;
    page->writes_refused += 1;
    errno = answer;
    return true;
}

bool is_refused_for_a_name() {
    if (!page || page->writes_answer != EROFS) return false;
    page->writes_refused += 1;
    errno = EROFS;
    return true;
}

void be_slow() {
    if (!page) return;
    page->syncs += 1;
    for (long waited = 0; waited < page->sync_takes_ms; waited += step_ms) {
        const timespec moment{.tv_sec = 0, .tv_nsec = step_ms * ns_per_ms};
        ::syscall(SYS_nanosleep, &moment, nullptr);
    }
}

std::int64_t ahead(clockid_t clock) {
    if (!page) return 0;
    switch (clock) {
        case CLOCK_REALTIME:
        case CLOCK_REALTIME_COARSE:
            return page->wall_ahead_s + page->running_longer_s;
        case CLOCK_MONOTONIC:
        case CLOCK_MONOTONIC_COARSE:
        case CLOCK_BOOTTIME:
            return page->running_longer_s;
        default:
            return 0;
    }
}

int open_file(const char* path, int flags, mode_t mode) {
    if (is_refused(path, flags)) return -1;
    return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}

mode_t mode_of(int flags, va_list& more) { return (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0; }

}  // namespace

extern "C" {

// -- the disk --

// As long as the test says, and no longer: what a killed program has written is there without it, and the disk under a
// test may be busy with everything else.
int fsync(int) { return be_slow(), 0; }
int fdatasync(int) { return be_slow(), 0; }

ssize_t write(int file, const void* data, size_t size) {
    return is_refused(file) ? -1 : ::syscall(SYS_write, file, data, size);
}
ssize_t writev(int file, const iovec* pieces, int count) {
    return is_refused(file) ? -1 : ::syscall(SYS_writev, file, pieces, count);
}
ssize_t pwrite(int file, const void* data, size_t size, off_t offset) {
    return is_refused(file) ? -1 : ::syscall(SYS_pwrite64, file, data, size, offset);
}
ssize_t pwrite64(int file, const void* data, size_t size, off64_t offset) { return pwrite(file, data, size, offset); }
int ftruncate(int file, off_t size) noexcept {
    return is_refused(file) ? -1 : static_cast<int>(::syscall(SYS_ftruncate, file, size));
}
int ftruncate64(int file, off64_t size) noexcept { return ftruncate(file, size); }

int open(const char* path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const mode_t mode = mode_of(flags, more);
    va_end(more);
    return open_file(path, flags, mode);
}
int open64(const char* path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const mode_t mode = mode_of(flags, more);
    va_end(more);
    return open_file(path, flags, mode);
}
int rename(const char* from, const char* to) noexcept {
    return is_refused_for_a_name() ? -1 : static_cast<int>(::syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to));
}
int link(const char* from, const char* to) noexcept {
    return is_refused_for_a_name() ? -1 : static_cast<int>(::syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0));
}
int unlink(const char* path) noexcept {
    return is_refused_for_a_name() ? -1 : static_cast<int>(::syscall(SYS_unlinkat, AT_FDCWD, path, 0));
}

// -- the clock --

int clock_gettime(clockid_t clock, timespec* now) noexcept {
    const long done = ::syscall(SYS_clock_gettime, clock, now);
    if (done == 0) now->tv_sec += ahead(clock);
    return static_cast<int>(done);
}
time_t time(time_t* into) noexcept {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    if (into) *into = now.tv_sec;
    return now.tv_sec;
}
int gettimeofday(timeval* into, void*) noexcept {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    *into = {.tv_sec = now.tv_sec, .tv_usec = now.tv_nsec / 1000};
    return 0;
}
// Waits until a moment that was reckoned from the clock above.
int pthread_cond_clockwait(pthread_cond_t* changed, pthread_mutex_t* mutex, clockid_t clock, const timespec* until) {
    using Function = int (*)(pthread_cond_t*, pthread_mutex_t*, clockid_t, const timespec*);
    static const auto real = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "pthread_cond_clockwait"));
    timespec truly = *until;
    truly.tv_sec -= ahead(clock);
    return real(changed, mutex, clock, &truly);
}

}  // extern "C"
