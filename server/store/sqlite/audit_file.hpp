// The audit log of a database file, for whoever looks at it from outside; a server may have it open meanwhile.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "base/ids.hpp"
#include "store/audit.hpp"

namespace kindroom::store {

class Database;

// Changes nothing in the file. One thread.
class AuditFile {
  public:
    // Refuses with one sentence for the operator.
    static std::variant<AuditFile, std::string> open(const std::string& path);
    AuditFile(AuditFile&&) noexcept;
    ~AuditFile();

    // Every row in the order of the numbers, all of one moment, until `each` says false. Returns false if a row could not
    // be read: the file is damaged at the one that follows the last given.
    bool walk(const std::function<bool(const AuditRow&)>& each);
    std::optional<AccountId> find_account(const std::string& login_id);

  private:
    explicit AuditFile(std::unique_ptr<Database> database);

    std::unique_ptr<Database> database_;
};

}  // namespace kindroom::store
