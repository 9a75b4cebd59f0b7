#include "e2e/support/program.hpp"

#include <csignal>
#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <stdexcept>
#include <string_view>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kindroom::test {

namespace {

int checked(int result, const char* what) {
    if (result < 0) throw std::runtime_error(std::string(what) + " failed");
    return result;
}

int memory_file(const std::string& content = {}) {
    const int file = checked(::memfd_create("test", MFD_CLOEXEC), "memfd_create");
    for (std::size_t done = 0; done < content.size();)
        done += static_cast<std::size_t>(
            checked(static_cast<int>(::write(file, content.data() + done, content.size() - done)), "write"));
    checked(static_cast<int>(::lseek(file, 0, SEEK_SET)), "lseek");
    return file;
}

// Through an offset of our own: the child's and ours are one.
std::string content_of(int file) {
    std::string text;
    char piece[4096];
    for (;;) {
        const auto got = ::pread(file, piece, sizeof piece, static_cast<off_t>(text.size()));
        if (got <= 0) return text;
        text.append(piece, static_cast<std::size_t>(got));
    }
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (auto& text : texts) out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

std::vector<std::string> environment_with(const std::map<std::string, std::string>& added) {
    std::vector<std::string> out;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view own(*entry);
        if (!added.contains(std::string(own.substr(0, own.find('='))))) out.emplace_back(own);
    }
    for (const auto& [name, value] : added) out.push_back(name + "=" + value);
    return out;
}

// Where systemd puts the first socket that it hands over, and where the child writes its own id when it has one.
constexpr int first_handed_over = 3;
constexpr std::size_t digits = 10;

// Sockets of this process that nobody marked, Asio's among them, are not the child's: it would keep them open for their
// other end, and have the fewer descriptors itself.
void keep_nothing_but_the_three_streams() { ::close_range(STDERR_FILENO + 1, ~0u, CLOSE_RANGE_CLOEXEC); }

void hand_over(int socket, char* own_id) {
    ::dup2(socket, first_handed_over);
    ::fcntl(first_handed_over, F_SETFD, 0);
    auto left = static_cast<unsigned>(::getpid());
    for (std::size_t i = digits; i-- > 0; left /= 10) own_id[i] = static_cast<char>('0' + left % 10);
}

}  // namespace

Program::Program(const Launch& launch) {
    auto arguments = launch.command;
    auto variables = environment_with(launch.environment);
    std::string own_id = "LISTEN_PID=";
    const std::size_t own_id_at = own_id.size();
    if (launch.listening >= 0) {
        variables.insert(variables.end(), {"LISTEN_FDS=1", "LISTEN_FDNAMES=tls", own_id.append(digits, '0')});
    }
    const auto argv = pointers(arguments);
    const auto envp = pointers(variables);
    const int in = memory_file(launch.input);
    if (launch.log_file.empty()) {
        out_ = memory_file();
        err_ = memory_file();
    } else {
        const int log = ::open(launch.log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        out_ = checked(log, "opening the log");
        err_ = checked(::fcntl(log, F_DUPFD_CLOEXEC, 0), "dup");
    }
    pid_ = checked(::fork(), "fork");
    if (pid_ == 0) {
        // Other threads may hold any lock at this moment: only calls that are safe in a signal handler.
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::dup2(in, STDIN_FILENO);
        ::dup2(out_, STDOUT_FILENO);
        ::dup2(err_, STDERR_FILENO);
        keep_nothing_but_the_three_streams();
        if (launch.listening >= 0) hand_over(launch.listening, variables.back().data() + own_id_at);
        ::execve(argv[0], argv.data(), envp.data());
        ::_exit(127);
    }
    ::close(in);
    pidfd_ = checked(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)), "pidfd_open");
}

Program::~Program() {
    if (!code_) {
        signal(SIGKILL);
        wait_ended(patience);
    }
    ::close(pidfd_);
    ::close(out_);
    ::close(err_);
}

void Program::signal(int number) const {
    if (!code_) ::syscall(SYS_pidfd_send_signal, pidfd_, number, nullptr, 0);
}

std::optional<int> Program::wait_ended(Milliseconds within) {
    if (code_) return code_;
    pollfd end{.fd = pidfd_, .events = POLLIN, .revents = 0};
    if (::poll(&end, 1, static_cast<int>(within.count())) != 1) return std::nullopt;
    int status = 0;
    checked(::waitpid(pid_, &status, 0), "waitpid");
    left_a_core_ = WIFSIGNALED(status) && WCOREDUMP(status);
    code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return code_;
}

std::string Program::out() const { return content_of(out_); }
std::string Program::err() const { return content_of(err_); }

Ran run(const Launch& launch, Milliseconds within) {
    Program program(launch);
    const auto code = program.wait_ended(within);
    if (!code)
        throw std::runtime_error(launch.command.front() + " did not end in time: " + program.out() + program.err());
    return {.code = *code, .out = program.out(), .err = program.err()};
}

const char* server_program() { return KINDROOMD_FILE; }
const char* client_program() { return KINDROOM_FILE; }

}  // namespace kindroom::test
