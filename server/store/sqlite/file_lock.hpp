// One server at a time.
#pragma once

#include <string>

namespace kindroom::store {

// Held while a server has the database open, so that two never write into one. The kernel lets go of it when the
// process ends, however it ends.
class FileLock {
  public:
    FileLock() = default;
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    ~FileLock();

    // Locks `path` with ".lock" behind it. Returns an empty string, or the sentence that tells an operator why not.
    std::string acquire(const std::string& path);

  private:
    int descriptor_ = -1;
};

}  // namespace kindroom::store
