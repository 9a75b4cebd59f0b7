#include "support/faulty_vfs.hpp"

#include <algorithm>
#include <atomic>
#include <new>

#include "base/assert.hpp"

namespace kindroom::test {

// SQLite allocates szOsFile bytes for each open file: ours, and behind it that of the VFS below.
struct FaultyVfs::File {
    sqlite3_file base;
    FaultyVfs* vfs;
    sqlite3_file* real;
    // SQLite keeps the name alive as long as the file is open.
    const char* name;
    bool is_log;
};

struct FaultyVfs::Methods {
    static File& ours(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
    static FaultyVfs& ours(sqlite3_vfs* vfs) { return *static_cast<FaultyVfs*>(vfs->pAppData); }
    static sqlite3_file* below(sqlite3_file* file) { return ours(file).real; }

    // -- files --
    static int close(sqlite3_file* file) { return below(file)->pMethods->xClose(below(file)); }
    static int read(sqlite3_file* file, void* data, int size, sqlite3_int64 offset) {
        return below(file)->pMethods->xRead(below(file), data, size, offset);
    }
    static int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
        File& own = ours(file);
        if (own.is_log) own.vfs->wait_while_held();
        if (const int code = own.vfs->before(Call::write); code != SQLITE_OK) return code;
        const auto* start = static_cast<const std::byte*>(data);
        own.vfs->note(
            {.kind = DiskEvent::Kind::write, .file = own.name, .offset = offset, .data = {start, start + size}});
        return own.real->pMethods->xWrite(own.real, data, size, offset);
    }
    static int truncate(sqlite3_file* file, sqlite3_int64 size) {
        File& own = ours(file);
        own.vfs->note({.kind = DiskEvent::Kind::truncate, .file = own.name, .offset = size, .data = {}});
        return own.real->pMethods->xTruncate(own.real, size);
    }
    static int sync(sqlite3_file* file, int flags) {
        File& own = ours(file);
        if (const int code = own.vfs->before(Call::sync); code != SQLITE_OK) return code;
        own.vfs->note({.kind = DiskEvent::Kind::sync, .file = own.name, .offset = 0, .data = {}});
        return own.vfs->skips_syncs_ ? SQLITE_OK : own.real->pMethods->xSync(own.real, flags);
    }
    static int file_size(sqlite3_file* file, sqlite3_int64* size) {
        return below(file)->pMethods->xFileSize(below(file), size);
    }
    static int lock(sqlite3_file* file, int level) { return below(file)->pMethods->xLock(below(file), level); }
    static int unlock(sqlite3_file* file, int level) { return below(file)->pMethods->xUnlock(below(file), level); }
    static int check_reserved_lock(sqlite3_file* file, int* out) {
        return below(file)->pMethods->xCheckReservedLock(below(file), out);
    }
    static int file_control(sqlite3_file* file, int op, void* arg) {
        return below(file)->pMethods->xFileControl(below(file), op, arg);
    }
    static int sector_size(sqlite3_file* file) { return below(file)->pMethods->xSectorSize(below(file)); }
    static int device_characteristics(sqlite3_file* file) {
        return below(file)->pMethods->xDeviceCharacteristics(below(file));
    }
    static int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
        return below(file)->pMethods->xShmMap(below(file), page, size, extend, out);
    }
    static int shm_lock(sqlite3_file* file, int offset, int n, int flags) {
        return below(file)->pMethods->xShmLock(below(file), offset, n, flags);
    }
    static void shm_barrier(sqlite3_file* file) { below(file)->pMethods->xShmBarrier(below(file)); }
    static int shm_unmap(sqlite3_file* file, int remove) {
        return below(file)->pMethods->xShmUnmap(below(file), remove);
    }

    // -- names --
    static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
        static const sqlite3_io_methods methods = {2,
                                                   close,
                                                   read,
                                                   write,
                                                   truncate,
                                                   sync,
                                                   file_size,
                                                   lock,
                                                   unlock,
                                                   check_reserved_lock,
                                                   file_control,
                                                   sector_size,
                                                   device_characteristics,
                                                   shm_map,
                                                   shm_lock,
                                                   shm_barrier,
                                                   shm_unmap,
                                                   nullptr,
                                                   nullptr};
        File& own = *new (file) File{};
        own.vfs = &ours(vfs);
        own.real = reinterpret_cast<sqlite3_file*>(reinterpret_cast<std::byte*>(file) + sizeof(File));
        own.name = name ? name : "";
        own.is_log = (flags & SQLITE_OPEN_WAL) != 0;
        const int code = own.vfs->real_->xOpen(own.vfs->real_, name, own.real, flags, out_flags);
        // SQLite closes what has methods, even after a failure.
        own.base.pMethods = own.real->pMethods ? &methods : nullptr;
        return code;
    }
    static int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
        ours(vfs).note({.kind = DiskEvent::Kind::remove, .file = name, .offset = sync_folder, .data = {}});
        return ours(vfs).real_->xDelete(ours(vfs).real_, name, sync_folder);
    }
};

FaultyVfs::FaultyVfs() : real_(sqlite3_vfs_find(nullptr)), vfs_(std::make_unique<sqlite3_vfs>(*real_)) {
    static std::atomic<int> made = 0;
    name_ = "kindroom-faulty-" + std::to_string(++made);
    // A copy of the system's: its remaining functions look at nothing of the struct that differs.
    vfs_->szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
    vfs_->zName = name_.c_str();
    vfs_->pAppData = this;
    vfs_->pNext = nullptr;
    vfs_->xOpen = Methods::open;
    vfs_->xDelete = Methods::remove;
    KINDROOM_ASSERT(sqlite3_vfs_register(vfs_.get(), 0) == SQLITE_OK);
}

FaultyVfs::~FaultyVfs() { sqlite3_vfs_unregister(vfs_.get()); }

void FaultyVfs::fail(Call call, std::uint64_t n, int code, Lasting lasting) {
    const std::lock_guard lock(mutex_);
    failing_ = call;
    calls_until_failure_ = n;
    code_ = code;
    lasting_ = lasting;
    has_failed_ = false;
}

void FaultyVfs::heal() {
    const std::lock_guard lock(mutex_);
    code_ = SQLITE_OK;
}

bool FaultyVfs::has_failed() const {
    const std::lock_guard lock(mutex_);
    return has_failed_;
}

void FaultyVfs::hold() {
    const std::lock_guard lock(mutex_);
    held_ = true;
}

void FaultyVfs::wait_until_held() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return one_waits_; });
}

void FaultyVfs::release() {
    const std::lock_guard lock(mutex_);
    held_ = one_waits_ = false;
    changed_.notify_all();
}

void FaultyVfs::skip_syncs() { skips_syncs_ = true; }

void FaultyVfs::record(std::function<std::uint64_t()> acknowledged) {
    const std::lock_guard lock(mutex_);
    acknowledged_ = std::move(acknowledged);
    record_.clear();
}

std::vector<DiskEvent> FaultyVfs::take_record() {
    const std::lock_guard lock(mutex_);
    acknowledged_ = nullptr;
    return std::move(record_);
}

void FaultyVfs::wait_while_held() {
    std::unique_lock lock(mutex_);
    if (!held_) return;
    one_waits_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return !held_; });
}

int FaultyVfs::before(Call call) {
    const std::lock_guard lock(mutex_);
    if (code_ == SQLITE_OK || call != failing_) return SQLITE_OK;
    if (calls_until_failure_ > 0) {
        --calls_until_failure_;
        return SQLITE_OK;
    }
    has_failed_ = true;
    const int code = code_;
    if (lasting_ == Lasting::once) code_ = SQLITE_OK;
    return code;
}

void FaultyVfs::note(DiskEvent event) {
    const std::lock_guard lock(mutex_);
    if (!acknowledged_) return;
    event.acknowledged = acknowledged_();
    record_.push_back(std::move(event));
}

}  // namespace kindroom::test
