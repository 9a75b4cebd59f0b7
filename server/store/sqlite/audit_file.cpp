#include "store/sqlite/audit_file.hpp"

#include "store/sqlite/database_file.hpp"
#include "store/sqlite/queries.hpp"

namespace kindroom::store {

AuditFile::AuditFile(std::unique_ptr<Database> database) : database_(std::move(database)) {}
AuditFile::AuditFile(AuditFile&&) noexcept = default;
AuditFile::~AuditFile() = default;

std::variant<AuditFile, std::string> AuditFile::open(const std::string& path) {
    auto database = std::make_unique<Database>();
    if (auto trouble = open_to_look(*database, path); !trouble.empty()) return path + " " + trouble;
    Rows log = database->query("SELECT 1 FROM sqlite_schema WHERE name = 'audit_log'");
    if (!log.next()) return path + " has no audit log yet: start this Kindroom with it once";
    return AuditFile(std::move(database));
}

bool AuditFile::walk(const std::function<bool(const AuditRow&)>& each) {
    {
        Rows rows = database_->query("SELECT * FROM audit_log ORDER BY number");
        while (rows.next())
            if (!each(take_audit_row(rows))) break;
    }
    return database_->take_failure() == SQLITE_OK;
}

std::optional<AccountId> AuditFile::find_account(const std::string& login_id) {
    return store::find_account(*database_, login_id);
}

}  // namespace kindroom::store
