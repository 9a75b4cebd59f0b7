// Beast's own code and that of Asio's TLS, compiled here once (the rest of Asio: runtime/asio_impl.cpp).
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
