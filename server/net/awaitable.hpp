// The Asio types of this folder. The executor is spelled out everywhere, since the type-erased one that Asio takes by
// default costs memory in each connection.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace kindroom::net {

using Executor = boost::asio::io_context::executor_type;
using ErrorCode = boost::system::error_code;
// TCP or Unix: what lies above need not care, and is compiled once for both.
using Socket = boost::asio::basic_stream_socket<boost::asio::generic::stream_protocol, Executor>;

// What a coroutine of ours takes is a reference, a pointer or a number, never an object that owns something: g++ 12
// destroys an aggregate twice that is made inside of a co_await expression and passed by value.
template <class T>
using Awaitable = boost::asio::awaitable<T, Executor>;
inline constexpr boost::asio::use_awaitable_t<Executor> use_awaitable;

}  // namespace kindroom::net
