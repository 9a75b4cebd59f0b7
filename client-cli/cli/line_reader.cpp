#include "cli/line_reader.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kindroom::cli {

namespace asio = boost::asio;

LineReader::LineReader(asio::io_context& io, int file) : file_(file), watched_(io) {
    struct stat status {};
    if (::fstat(file, &status) != 0 || S_ISREG(status.st_mode)) {
        always_ready_ = true;
        return;
    }
    // Asio makes what it watches non-blocking. A second opening of the same terminal or pipe has flags of its own.
    int watched =
        ::open(("/proc/self/fd/" + std::to_string(file)).c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (watched < 0) watched = ::fcntl(file, F_DUPFD_CLOEXEC, 3);
    boost::system::error_code failed;
    watched_.assign(watched, failed);
    if (failed) {
        always_ready_ = true;
        ::close(watched);
    }
}

LineReader::~LineReader() = default;

asio::awaitable<bool> LineReader::ready() {
    if (always_ready_) co_return true;
    if (!cancelled_) {
        co_await watched_.async_wait(asio::posix::descriptor_base::wait_read, asio::as_tuple(asio::use_awaitable));
    }
    if (!cancelled_) co_return true;
    pollfd now{file_, POLLIN, 0};
    co_return ::poll(&now, 1, 0) > 0;
}

asio::awaitable<std::optional<std::string>> LineReader::next() {
    for (;;) {
        if (const auto end = buffer_.find('\n'); end != std::string::npos) {
            std::string line = buffer_.substr(0, end);
            buffer_.erase(0, end + 1);
            co_return line;
        }
        if (at_end_) {
            if (buffer_.empty()) co_return std::nullopt;
            co_return std::exchange(buffer_, {});
        }
        const bool readable = co_await ready();
        if (!readable) co_return std::nullopt;
        char block[4096];
        const ssize_t got = ::read(file_, block, sizeof block);
        if (got > 0) {
            buffer_.append(block, static_cast<std::size_t>(got));
        } else if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
            at_end_ = true;
        }
    }
}

bool LineReader::hung_up() const {
    pollfd now{file_, POLLIN, 0};
    return ::poll(&now, 1, 0) > 0 && (now.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}

void LineReader::cancel() {
    cancelled_ = true;
    boost::system::error_code ignored;
    watched_.cancel(ignored);
}

void write_out(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written > 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (written < 0 && errno == EAGAIN) {
            pollfd wait{file, POLLOUT, 0};
            ::poll(&wait, 1, -1);
        } else if (written < 0 && errno != EINTR) {
            return;
        }
    }
}

}  // namespace kindroom::cli
