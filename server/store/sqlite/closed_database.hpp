// A database that no server has open, for what an operator does to it as a whole.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "crypto/vault.hpp"
#include "store/sqlite/key_ring.hpp"

namespace kindroom::store {

class Database;

// Whoever opens it has seen to it that no server does. When it goes, all is in the one file and on the disk.
class ClosedDatabase {
  public:
    // Brings it to the newest schema. Refuses with a sentence.
    static std::variant<ClosedDatabase, std::string> open(const std::string& path, const std::filesystem::path& ring);
    ClosedDatabase(ClosedDatabase&&) noexcept;
    ~ClosedDatabase();

    // Wraps all data keys anew, in one transaction: either all are under the new master key, or none is. Nothing, or a
    // sentence.
    std::optional<std::string> rewrap(const crypto::MasterKey& from, const crypto::MasterKey& to);
    // Accounts whose keys are destroyed in the ring, since they were erased after this copy was made: erased again.
    // Nothing, or a sentence.
    std::optional<std::string> erase_again();
    // The last leaf of the ring that it knows to be given out.
    KeyRing::Leaf last_leaf();
    // Leaves that were given out after this copy was made hang keys in other copies: destroyed with a key of today,
    // they would take those along. So it passes over all up to this one, and some millions behind it, as nobody may
    // know how many there were. Nothing, or a sentence.
    std::optional<std::string> pass_over_leaves(KeyRing::Leaf known);

  private:
    ClosedDatabase(std::unique_ptr<KeyRing> ring, std::unique_ptr<Database> database);

    std::unique_ptr<KeyRing> ring_;
    std::unique_ptr<Database> database_;
};

// The print of the master key that a database was written with; a server may have it open. Nothing where there is no
// database, or none that has a print.
std::optional<Bytes> master_print(const std::string& path);

}  // namespace kindroom::store
