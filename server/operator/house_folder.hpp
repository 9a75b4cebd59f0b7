// The folder of a new house: configuration, master key, texts, and a certificate where one is wanted.
#pragma once

#include <filesystem>
#include <iosfwd>

namespace kindroom::operator_ {

enum class Certificate { none, development };

// Makes what is missing and says what it did and what to do next; what is there already stays as it is. False, with a
// sentence on `err`, when something could not be made; what was made until then stays.
bool make_house_folder(const std::filesystem::path& folder, Certificate certificate, std::ostream& out,
                       std::ostream& err);

}  // namespace kindroom::operator_
