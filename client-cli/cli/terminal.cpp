#include "cli/terminal.hpp"

#include <cstdlib>
#include <cwchar>
#include <editline/readline.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

namespace kindroom::cli {

namespace asio = boost::asio;

namespace {

// libedit hands the finished line to a plain function.
Terminal* the_terminal = nullptr;

// Columns that text takes up, as far as the C library knows.
std::size_t width(const char* text, std::size_t bytes) {
    std::mbstate_t state{};
    std::size_t columns = 0;
    for (std::size_t at = 0; at < bytes;) {
        wchar_t c = 0;
        const std::size_t used = std::mbrtowc(&c, text + at, bytes - at, &state);
        if (used == 0 || used > bytes - at) break;
        const int wide = ::wcwidth(c);
        columns += wide > 0 ? static_cast<std::size_t>(wide) : 0;
        at += used;
    }
    return columns;
}

// Switches the terminal's echo off while it lives.
class Unseen {
  public:
    explicit Unseen(int file) : file_(file), active_(::tcgetattr(file, &before_) == 0) {
        if (!active_) return;
        termios hidden = before_;
        hidden.c_lflag &= static_cast<tcflag_t>(~(ECHO | ECHOE | ECHOK));
        hidden.c_lflag |= ICANON | ECHONL;
        ::tcsetattr(file_, TCSAFLUSH, &hidden);
    }
    ~Unseen() {
        if (active_) ::tcsetattr(file_, TCSAFLUSH, &before_);
    }
    Unseen(const Unseen&) = delete;
    Unseen& operator=(const Unseen&) = delete;

  private:
    const int file_;
    termios before_{};
    const bool active_;
};

}  // namespace

Terminal::Terminal(asio::io_context& io, Options options)
    : options_(std::move(options)),
      edited_(::isatty(STDIN_FILENO) && ::isatty(STDOUT_FILENO)),
      keyboard_(io, STDIN_FILENO) {
    if (options_.passphrase_fd) secrets_.emplace(io, *options_.passphrase_fd);
    if (!edited_) return;
    the_terminal = this;
    rl_readline_name = "kindroom";
    rl_catch_signals = 0;
    using_history();
    stifle_history(500);
    if (!options_.history_file.empty()) read_history(options_.history_file.c_str());
}

Terminal::~Terminal() {
    if (!edited_) return;
    if (editing_) rl_callback_handler_remove();
    if (!options_.history_file.empty()) {
        // Made beforehand so that it is nobody else's to read.
        const int file = ::open(options_.history_file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        if (file >= 0) ::close(file);
        write_history(options_.history_file.c_str());
    }
    the_terminal = nullptr;
}

void Terminal::on_line(char* line) {
    rl_callback_handler_remove();
    the_terminal->editing_ = false;
    the_terminal->line_done_ = true;
    if (line) {
        the_terminal->typed_ = line;
        std::free(line);
    } else {
        write_out(STDOUT_FILENO, "\n");
    }
}

asio::awaitable<std::optional<std::string>> Terminal::edited_line(const std::string& prompt) {
    prompt_ = prompt;
    typed_.reset();
    line_done_ = false;
    editing_ = true;
    // libedit leaves it where the last line ended, until the first key.
    rl_point = 0;
    rl_callback_handler_install(prompt_.c_str(), &Terminal::on_line);
    while (!line_done_) {
        const bool readable = co_await keyboard_.ready();
        if (!readable || interrupted_ || keyboard_.hung_up()) break;
        rl_callback_read_char();
    }
    if (editing_) {
        rl_callback_handler_remove();
        editing_ = false;
    }
    if (interrupted_) typed_.reset();
    co_return std::exchange(typed_, std::nullopt);
}

asio::awaitable<std::optional<std::string>> Terminal::line(std::string prompt) {
    if (interrupted_) co_return std::nullopt;
    if (edited_) {
        auto edited = co_await edited_line(prompt);
        co_return edited;
    }
    write_out(STDOUT_FILENO, prompt);
    auto line = co_await keyboard_.next();
    write_out(STDOUT_FILENO, "\n");
    if (interrupted_) line.reset();
    co_return line;
}

asio::awaitable<std::optional<std::string>> Terminal::secret(std::string prompt) {
    if (interrupted_) co_return std::nullopt;
    if (secrets_) {
        auto given = co_await secrets_->next();
        co_return given;
    }
    write_out(STDOUT_FILENO, prompt);
    const Unseen unseen(STDIN_FILENO);
    auto line = co_await keyboard_.next();
    if (interrupted_) line.reset();
    co_return line;
}

// Removes the half-typed line and its prompt from the screen, however many rows they take.
void Terminal::lift_line() {
    const std::size_t before = width(prompt_.data(), prompt_.size()) +
                               width(rl_line_buffer, static_cast<std::size_t>(rl_point > 0 ? rl_point : 0));
    const std::size_t rows = before / columns();
    std::string out = "\r";
    if (rows > 0) out += "\033[" + std::to_string(rows) + "A";
    write_out(STDOUT_FILENO, out + "\033[J");
}

void Terminal::print(const std::string& text) {
    const bool lift = edited_ && editing_;
    if (lift) lift_line();
    write_out(STDOUT_FILENO, text + "\n");
    if (lift) rl_forced_update_display();
}

void Terminal::remember(const std::string& line) {
    if (edited_ && !line.empty()) add_history(line.c_str());
}

void Terminal::wipe() {
    if (edited_) write_out(STDOUT_FILENO, "\033[H\033[2J\033[3J");
}

void Terminal::interrupt() {
    interrupted_ = true;
    keyboard_.cancel();
    if (secrets_) secrets_->cancel();
}

void Terminal::resized() {
    if (edited_ && editing_) rl_resize_terminal();
}

std::size_t Terminal::columns() const {
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return 80;
}

}  // namespace kindroom::cli
