#include "net/door.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "config/address.hpp"

namespace kindroom::net {
namespace {

using boost::asio::ip::tcp;
using boost::asio::local::stream_protocol;

// Whether a server is listening there.
bool is_in_use(const stream_protocol::endpoint& endpoint) {
    boost::asio::io_context context;
    stream_protocol::socket socket(context);
    ErrorCode error;
    socket.connect(endpoint, error);
    return !error;
}

}  // namespace

bool SpareDescriptor::give_up() {
    if (descriptor_ < 0) return false;
    ::close(std::exchange(descriptor_, -1));
    return true;
}

void SpareDescriptor::take() {
    if (descriptor_ < 0) descriptor_ = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}

ErrorCode Door::listen(const Endpoint& endpoint) {
    ErrorCode error;
    acceptor_.open(endpoint.protocol(), error);
    // A restart must not wait for connections of the server before to be forgotten.
    if (!error) acceptor_.set_option(Acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    // Before listen(), so that nobody can have connected while the file still had other permissions.
    if (!error && !path_.empty() && ::chmod(path_.c_str(), S_IRUSR | S_IWUSR) != 0) {
        error.assign(errno, boost::system::system_category());
    }
    if (!error) acceptor_.listen(Acceptor::max_listen_connections, error);
    return error;
}

Door::Opened Door::open_tcp(boost::asio::io_context& context, Kind kind, std::string_view address) {
    const auto parsed = config::parse_address(address);
    if (!parsed) return "The address " + std::string(address) + " cannot be read; write it like 127.0.0.1:7443.";
    ErrorCode error;
    const auto host = boost::asio::ip::make_address(parsed->host, error);
    std::unique_ptr<Door> door(new Door(context, kind));
    if (!error) error = door->listen(tcp::endpoint(host, parsed->port));
    if (error) return "Cannot listen on " + std::string(address) + ": " + error.message() + ".";
    return door;
}

Door::Opened Door::open_handed_in(boost::asio::io_context& context, Kind kind, int descriptor) {
    int listens = 0;
    socklen_t size = sizeof listens;
    sockaddr_storage address{};
    socklen_t address_size = sizeof address;
    const bool is_good = ::getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) == 0 && listens != 0 &&
                         ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &address_size) == 0 &&
                         (address.ss_family == AF_INET || address.ss_family == AF_INET6);
    if (!is_good) return "The socket that was handed to the server is not one that listens for TCP.";
    ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    std::unique_ptr<Door> door(new Door(context, kind));
    ErrorCode error;
    door->acceptor_.assign({address.ss_family, IPPROTO_TCP}, descriptor, error);
    if (error) return "Cannot listen on the socket that was handed to the server: " + error.message() + ".";
    return door;
}

Door::Opened Door::open_unix(boost::asio::io_context& context, const std::filesystem::path& path) {
    const auto cannot = [&](const std::string& why) { return "Cannot listen on " + path.string() + ": " + why + "."; };
    if (path.native().size() >= sizeof(sockaddr_un::sun_path)) return cannot("the path is longer than 107 bytes");
    const stream_protocol::endpoint endpoint(path.native());
    std::error_code ignored;
    const auto status = std::filesystem::symlink_status(path, ignored);
    if (std::filesystem::exists(status)) {
        if (!std::filesystem::is_socket(status)) return cannot("there is a file of this name that is not a socket");
        if (is_in_use(endpoint)) return cannot("another server is listening there");
        std::filesystem::remove(path, ignored);
    }
    std::unique_ptr<Door> door(new Door(context, Kind::operators));
    door->path_ = path;
    if (const auto error = door->listen(endpoint)) {
        return cannot(error.message());
    }
    return door;
}

std::uint16_t Door::port() const {
    ErrorCode error;
    const auto endpoint = acceptor_.local_endpoint(error);
    if (error || kind_ == Kind::operators) return 0;
    // Both families keep the port at the same place.
    sockaddr_in address{};
    std::memcpy(&address, endpoint.data(), sizeof address);
    return ntohs(address.sin_port);
}

void Door::accept(boost::asio::io_context& where, OnAccepted on_accepted) {
    is_accepting_ = true;
    acceptor_.async_accept(where, peer_,
                           [this, on_accepted = std::move(on_accepted)](const ErrorCode& error, Socket socket) mutable {
                               // Closing the door is the last that happens to it: it may be gone by now.
                               if (error == boost::asio::error::operation_aborted) return;
                               is_accepting_ = false;
                               on_accepted(error, std::move(socket));
                           });
}

void Door::turn_one_away() {
    if (!spare_.give_up()) return spare_.take();
    const int refused = ::accept4(acceptor_.native_handle(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (refused >= 0) ::close(refused);
    spare_.take();
}

void Door::close() {
    ErrorCode ignored;
    acceptor_.close(ignored);
    if (!path_.empty()) {
        std::error_code gone_already;
        std::filesystem::remove(std::exchange(path_, {}), gone_already);
    }
}

}  // namespace kindroom::net
