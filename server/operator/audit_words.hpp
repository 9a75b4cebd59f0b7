// The audit log in words.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/audit.hpp"

namespace kindroom::operator_ {

std::string_view in_words(domain::DecisionAction act);
std::string_view in_words(domain::AuditKind kind);
std::string_view in_words(domain::AuditSource source);
std::string_view in_words(domain::AuditOutcome outcome);

// One line, without its end. `entry`: nothing for one that a later Kindroom packed.
std::string in_words(std::uint64_t number, const std::optional<domain::AuditEntry>& entry);

}  // namespace kindroom::operator_
