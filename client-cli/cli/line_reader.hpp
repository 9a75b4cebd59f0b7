// Lines from a file, a pipe or a terminal without blocking the loop and without touching the file's flags: a terminal
// is shared with standard output, and with the shell that started us.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <optional>
#include <string>

namespace kindroom::cli {

class LineReader {
  public:
    LineReader(boost::asio::io_context& io, int file);
    ~LineReader();
    LineReader(const LineReader&) = delete;
    LineReader& operator=(const LineReader&) = delete;

    // The next line without its end; nothing at the end of the file or, after cancel(), where it would have to wait.
    boost::asio::awaitable<std::optional<std::string>> next();
    // Until there is something to read; after cancel(), whether there is. For a terminal whose reading somebody else
    // does.
    boost::asio::awaitable<bool> ready();
    // Whether the terminal is gone (its window was closed): it stays readable for ever, and has nothing to say.
    bool hung_up() const;
    void cancel();
    bool at_end() const { return at_end_ && buffer_.empty(); }

  private:
    const int file_;
    bool always_ready_ = false;  // a regular file, which cannot be waited for
    bool at_end_ = false;
    bool cancelled_ = false;
    std::string buffer_;
    boost::asio::posix::stream_descriptor watched_;
};

// Writes all of it, waiting where the receiver is slow.
void write_out(int file, std::string_view text);

}  // namespace kindroom::cli
