// The file of the database: one server at a time, private to its user, opened with the settings that our promises need.
#pragma once

#include <string>

#include "store/sqlite/database.hpp"

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

// Opens the writer's connection, makes the file if there is none (readable by its owner only), and brings it to the
// newest schema. Returns an empty string, or what is wrong, as the end of a sentence that begins with the path.
std::string open_for_writing(Database& database, const std::string& path, const std::string& vfs);

// Opens a reader's connection to a database that a writer has open. Returns as above.
std::string open_for_reading(Database& database, const std::string& path, const std::string& vfs);

// Opens a database from outside the server, which may have it open, and can change nothing in it. Returns as above.
std::string open_to_look(Database& database, const std::string& path);

}  // namespace kindroom::store
