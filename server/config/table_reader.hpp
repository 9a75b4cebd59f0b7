// Reads the members of one table of a file that the operator wrote; what is missing or odd becomes a mistake, so that
// all are told at once.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "config/document.hpp"
#include "config/mistake.hpp"

namespace kindroom::config {

enum class Need { required, optional };

class Reader {
  public:
    Reader(const std::string& file, std::string context, Value value, std::vector<Mistake>& mistakes);
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    void allow_only(std::initializer_list<std::string_view> names);
    std::string text(std::string_view name, Need need);
    std::vector<std::string> texts(std::string_view name);
    // From 1 on.
    std::uint32_t count(std::string_view name, std::uint32_t most);
    Duration duration(std::string_view name, Duration most);
    // The items of an array of tables; each is read by a Reader of its own.
    std::vector<Value> items(std::string_view name);
    Where where() const { return value_.where; }
    bool has(std::string_view name) const { return table_ && table_->find(name); }
    // A mistake at this member, or where the table begins if it is not there.
    void blame(std::string_view name, std::string value, std::string remedy);
    void add(Where where, std::string_view name, std::string value, std::string remedy);

  private:
    const std::string& file_;
    std::string context_;
    Value value_;
    const Table* table_ = nullptr;
    std::vector<Mistake>& mistakes_;
};

// Small letters, digits and hyphens, 64 at most.
bool is_stable_id(std::string_view id);

}  // namespace kindroom::config
