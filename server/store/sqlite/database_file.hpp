// The file of the database: private to its user, opened with the settings that our promises need.
#pragma once

#include <string>

#include "store/sqlite/database.hpp"

namespace kindroom::store {

// Opens the writer's connection, makes the file if there is none (readable by its owner only), and brings it to the
// newest schema. Returns an empty string, or what is wrong, as the end of a sentence that begins with the path.
std::string open_for_writing(Database& database, const std::string& path, const std::string& vfs);

// Opens a reader's connection to a database that a writer has open. Returns as above.
std::string open_for_reading(Database& database, const std::string& path, const std::string& vfs);

// Opens a database that stands in a file by itself and that nobody writes into. Returns as above.
std::string open_unchanging(Database& database, const std::string& path);

// Opens a database from outside the server, which may have it open, and can change nothing in it. Returns as above.
std::string open_to_look(Database& database, const std::string& path);

}  // namespace kindroom::store
