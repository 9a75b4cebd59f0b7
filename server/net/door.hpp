// An address on which connections are accepted.
#pragma once

#include <boost/asio/basic_socket_acceptor.hpp>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "base/task.hpp"
#include "net/awaitable.hpp"

namespace kindroom::net {

// A file descriptor kept for the moment when there are none left: given up, it lets one connection be accepted.
class SpareDescriptor {
  public:
    SpareDescriptor() { take(); }
    ~SpareDescriptor() { give_up(); }
    SpareDescriptor(const SpareDescriptor&) = delete;
    SpareDescriptor& operator=(const SpareDescriptor&) = delete;

    // Whether there was one.
    bool give_up();
    // Does nothing while there is one, or none to be had.
    void take();

  private:
    int descriptor_ = -1;
};

// Owner: the shard of its io_context, once opened.
class Door {
  public:
    enum class Kind { tls, plain, operators };
    using Endpoint = boost::asio::generic::stream_protocol::endpoint;
    using OnAccepted = MoveOnlyFunction<void(ErrorCode, Socket)>;

    // On trouble: one sentence for the operator.
    using Opened = std::variant<std::unique_ptr<Door>, std::string>;
    // `address` as in the configuration: "127.0.0.1:7443", "[::]:7443"; port 0 is any free one.
    static Opened open_tcp(boost::asio::io_context& context, Kind kind, std::string_view address);
    // One that listens already and that somebody else keeps open beyond our end. It is ours to close.
    static Opened open_handed_in(boost::asio::io_context& context, Kind kind, int descriptor);
    // A socket that only its owner may use. The file of a server that is gone is replaced; one that is in use is not.
    static Opened open_unix(boost::asio::io_context& context, const std::filesystem::path& path);
    ~Door() { close(); }

    Kind kind() const { return kind_; }
    // The one in use; 0 for a Unix socket.
    std::uint16_t port() const;

    // One connection, on `where`. Not again before it has come; is_accepting() says so.
    void accept(boost::asio::io_context& where, OnAccepted on_accepted);
    bool is_accepting() const { return is_accepting_; }
    // Of the connection that came last.
    const Endpoint& peer() const { return peer_; }

    // For want of descriptors: gives the spare one up to accept the connection that waits longest, and drops it.
    void turn_one_away();
    SpareDescriptor& spare() { return spare_; }

    // Nothing is accepted any more; a Unix socket's file is removed.
    void close();

  private:
    using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::generic::stream_protocol, Executor>;
    Door(boost::asio::io_context& context, Kind kind) : kind_(kind), acceptor_(context) {}
    ErrorCode listen(const Endpoint& endpoint);

    const Kind kind_;
    Acceptor acceptor_;
    Endpoint peer_;
    SpareDescriptor spare_;
    bool is_accepting_ = false;
    std::filesystem::path path_;  // of a Unix socket; empty otherwise, and once closed
};

}  // namespace kindroom::net
