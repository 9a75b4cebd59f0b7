#include "runtime/signals.hpp"

#include <boost/asio/post.hpp>
#include <csignal>

namespace kindroom::runtime {

Signals::Signals() {
    std::signal(SIGPIPE, SIG_IGN);
    set_.emplace(context_, SIGTERM, SIGINT, SIGHUP);
    listen();
}

void Signals::listen() {
    set_->async_wait([this](const boost::system::error_code& error, int number) {
        if (error) return;
        request_ = number == SIGHUP ? Request::reload : Request::stop;
        listen();
    });
}

Request Signals::wait() {
    request_.reset();
    // One at a time: what comes behind waits in the context for the next call.
    while (!request_) context_.run_one();
    if (request_ == Request::stop) set_.reset();
    return *request_;
}

void Signals::stop() {
    boost::asio::post(context_, [this] { request_ = Request::stop; });
}

}  // namespace kindroom::runtime
