// The operator's dry run: which filters would have acted on these lines.
#pragma once

#include <iosfwd>

#include "filters/filter_set.hpp"

namespace kindroom::operator_ {

// Each line of `in` is taken for a message of its own. Tells the numbers of lines, never what stands in them.
void try_filters(const filters::FilterSet& filters, std::istream& in, std::ostream& out);

}  // namespace kindroom::operator_
