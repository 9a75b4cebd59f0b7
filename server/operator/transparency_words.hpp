// The transparency report as text for people and as JSON for programs.
#pragma once

#include <string>

#include "domain/transparency.hpp"

namespace kindroom::operator_ {

std::string in_words(const domain::TransparencyReport& report, domain::Period period);
// One object in one line; null for what is hidden.
std::string in_json(const domain::TransparencyReport& report, domain::Period period);

}  // namespace kindroom::operator_
