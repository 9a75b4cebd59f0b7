// How a database becomes one of this version.
#pragma once

#include <cstdint>
#include <string>

#include "store/sqlite/database.hpp"

namespace kindroom::store {

// In the header of each of our files ("KROM"), so that we never write into somebody else's database.
inline constexpr std::int64_t application_id = 0x4B524F4D;

// The schema that this program writes.
std::int64_t newest_schema();

// That of a database which has one.
std::int64_t schema_of(Database& database);

// Whether this program may use the database: ours, and no newer than this program, or empty. Returns an empty string,
// or what is wrong as the end of a sentence that begins with the path. Changes nothing; errors stay in `database`.
std::string check_schema(Database& database);

// Leaves `database`, which has passed the check, with the newest schema; each step is whole or not at all. Errors stay
// in `database`.
void migrate(Database& database);

}  // namespace kindroom::store
