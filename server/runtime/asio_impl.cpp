// Asio's own code, compiled here once instead of in every file that includes it (TLS: net/boost_impl.cpp).
#include <boost/asio/impl/src.hpp>
#include <boost/version.hpp>

// Installing libboost-dev beside libboost1.81-dev replaces it without asking; what we measured and guard against in
// net/ is true of this version.
static_assert(BOOST_VERSION >= 108100, "Kindroom needs Boost 1.81 or later");
