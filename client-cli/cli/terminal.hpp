// The person's terminal: a line being typed, and lines above it that may come at any moment without tearing it.
// Owner: the thread that runs the io_context. There can be one only, since the line editor is a global thing.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>
#include <string>

#include "cli/line_reader.hpp"

namespace kindroom::cli {

class Terminal {
  public:
    struct Options {
        // Where secrets come from instead of the keyboard.
        std::optional<int> passphrase_fd;
        // Typed lines are read from and written to this file; empty: they stay in memory.
        std::string history_file;
    };

    Terminal(boost::asio::io_context& io, Options options);
    ~Terminal();
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    // The next line that the person types; nothing at the end of input, or after interrupt().
    boost::asio::awaitable<std::optional<std::string>> line(std::string prompt);
    // The same without showing it and without history.
    boost::asio::awaitable<std::optional<std::string>> secret(std::string prompt);
    // Shows text, which may be several lines, above the line being typed.
    void print(const std::string& text);
    // Lets the line be called back with the arrow keys.
    void remember(const std::string& line);
    // Wipes the screen and what can be scrolled back to.
    void wipe();
    // Ends the waiting for a line, now and later.
    void interrupt();
    void resized();

    bool is_terminal() const { return edited_; }
    std::size_t columns() const;

  private:
    static void on_line(char* line);
    boost::asio::awaitable<std::optional<std::string>> edited_line(const std::string& prompt);
    void lift_line();

    const Options options_;
    const bool edited_;  // whether both ends are a terminal
    LineReader keyboard_;
    std::optional<LineReader> secrets_;
    std::string prompt_;
    bool editing_ = false;
    bool interrupted_ = false;
    bool line_done_ = false;
    std::optional<std::string> typed_;
};

}  // namespace kindroom::cli
