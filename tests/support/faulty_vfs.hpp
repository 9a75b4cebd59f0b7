// A disk for SQLite that fails when it is told to, and remembers what was written and what was synced.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <sqlite3.h>
#include <string>
#include <vector>

#include "base/bytes.hpp"

namespace kindroom::test {

// What reached the disk, in order, and what was acknowledged by then.
struct DiskEvent {
    enum class Kind { write, truncate, sync, remove };
    Kind kind = Kind::write;
    std::string file;
    // The new size of a truncation; of a removal, whether the folder is synced (1) or not (0).
    std::int64_t offset = 0;
    Bytes data;
    std::uint64_t acknowledged = 0;
};

// A layer over the system's own VFS. Any thread may use it; it must outlive every connection that does.
class FaultyVfs {
  public:
    FaultyVfs();
    FaultyVfs(const FaultyVfs&) = delete;
    FaultyVfs& operator=(const FaultyVfs&) = delete;
    ~FaultyVfs();

    // For SqliteOptions::vfs.
    const std::string& name() const { return name_; }

    enum class Call { write, sync };
    // The n-th call of this kind from now (0 is the next) answers `code` and does nothing; with `lasting`, so do all
    // later ones until heal().
    enum class Lasting { once, until_healed };
    void fail(Call call, std::uint64_t n, int code, Lasting lasting = Lasting::once);
    void heal();
    // Whether a call has failed since fail().
    bool has_failed() const;

    // Between hold() and release(), a commit waits at its first write to the write-ahead log. Nothing else does.
    void hold();
    // Returns when one waits there.
    void wait_until_held();
    void release();

    // Syncs succeed at once and do nothing: for opening many copies quickly.
    void skip_syncs();

    // From now on every write, truncation, sync and removal is kept. `acknowledged` is asked at each.
    void record(std::function<std::uint64_t()> acknowledged);
    std::vector<DiskEvent> take_record();

  private:
    struct File;
    struct Methods;
    friend struct Methods;

    void wait_while_held();
    // SQLITE_OK, or what this call has to answer instead of being done.
    int before(Call call);
    void note(DiskEvent event);

    std::string name_;
    sqlite3_vfs* real_;
    std::unique_ptr<sqlite3_vfs> vfs_;

    // A store is already at work when it is set.
    std::atomic<bool> skips_syncs_ = false;

    // Guards what follows.
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool held_ = false;
    bool one_waits_ = false;
    Call failing_ = Call::write;
    std::uint64_t calls_until_failure_ = std::numeric_limits<std::uint64_t>::max();
    int code_ = SQLITE_OK;
    Lasting lasting_ = Lasting::once;
    bool has_failed_ = false;
    std::function<std::uint64_t()> acknowledged_;
    std::vector<DiskEvent> record_;
};

}  // namespace kindroom::test
