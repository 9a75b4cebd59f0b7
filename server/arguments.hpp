// What `kindroomd` was asked for on its command line. The one file that knows CLI11 is arguments.cpp.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <variant>

#include "operator/audit.hpp"
#include "operator/data_orders.hpp"
#include "operator/order.hpp"

namespace kindroom {

struct Serve {};
// Report every mistake in the configuration and its texts, start nothing.
struct CheckConfiguration {};
struct PrintDefaultConfiguration {};
struct PrintVersion {};
// Make a folder to begin with: operator_::make_house_folder().
struct MakeFolder {
    std::filesystem::path folder;
    bool dev_certificate = false;
};
// Prove that nobody can tell a boundary: operator_::selftest_boundaries().
struct TestBoundaries {
    std::uint32_t pairs = 2'000;
    std::uint32_t look = 0;
};
// Say which filters would act on the lines of a file, start nothing: operator_::try_filters().
struct TryFilters {
    std::filesystem::path file;     // "-": standard input
    std::filesystem::path filters;  // empty: those of the house
};
// Talk to the running server: operator_::carry_out().
struct OperatorOrder {
    operator_::Order order;
    bool json = false;
};

// Look at the audit log: operator_::look_at_audit().
struct LookAtAudit {
    operator_::AuditOrder order;
};

// Copy the data, bring it back, change its key: operator_::look_after_data().
struct LookAfterData {
    operator_::DataOrder order;
};

struct Arguments {
    std::filesystem::path config_file;
    std::variant<Serve, CheckConfiguration, PrintDefaultConfiguration, PrintVersion, MakeFolder, TestBoundaries,
                 TryFilters, OperatorOrder, LookAtAudit, LookAfterData>
        wish;
};

// The arguments, or the code to leave with at once (after --help, or a mistake that has been told): 0 or 2.
std::variant<Arguments, int> read_arguments(int argc, const char* const* argv, std::ostream& out, std::ostream& err);

}  // namespace kindroom
