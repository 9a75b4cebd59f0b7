#include "operator/selftest/scratch_house.hpp"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <poll.h>
#include <sstream>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "operator/house_folder.hpp"

namespace kindroom::operator_ {

namespace fs = std::filesystem;

namespace {

constexpr int look_every_ms = 20;
constexpr int start_within_ms = 30'000;
constexpr int stop_within_ms = 15'000;

// What keeps people from hurrying is set aside, what would take days passes in milliseconds, and all else is as it is.
const std::map<std::string, std::string> settings{
    {"LISTEN__ADDRESS", "127.0.0.1:0"},
    {"LISTEN__PORT_FILE", "ports"},
    {"HOUSE__OPEN_REGISTRATION", "true"},
    {"RUNTIME__PASSPHRASE_PASSES", "1"},
    {"RUNTIME__PASSPHRASE_MEMORY_BYTES", "8 KiB"},
    {"LIMITS__POSTS_BURST", "1000000"},
    {"LIMITS__NEWCOMER_POSTS_BURST", "1000000"},
    {"LIMITS__COMMANDS_BURST", "1000000"},
    {"LIMITS__JOINS_BURST", "1000000"},
    {"LIMITS__READ_BYTES_PER_SECOND", "1 GiB"},
    {"LIMITS__READ_BURST_BYTES", "1 GiB"},
    {"LIMITS__ROSTER_TICK", "200ms"},
    {"LIMITS__ROSTER_TICK_JITTER", "20ms"},
    {"LIMITS__PRESENCE_LINGER", "0ms"},
    {"LIMITS__UNBLOCK_DELAY", "300ms"},
    {"LIMITS__HEARD_EVERY", "100ms"},
    {"LIMITS__OFFER_FADES", "1s"},
    {"LIMITS__OFFER_AGAIN", "1s"},
    {"LIMITS__OFFERS_MAX", "10000"},
    {"LIMITS__LISTEN_ONLY_DEFAULT", "0ms"},
    {"LIMITS__WAVE_JOINS_MAX", "10000"},
    {"LIMITS__PILE_ON_PEOPLE_MAX", "10000"},
};

}  // namespace

ScratchHouse::ScratchHouse(const fs::path& program, unsigned shards) {
    std::string name = (fs::temp_directory_path() / "kindroom-selftest-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("No scratch folder could be made below " + name + ".");
    folder_ = name;
    std::ostringstream told;
    std::ostringstream trouble;
    if (!make_house_folder(folder_, Certificate::development, told, trouble)) throw std::runtime_error(trouble.str());
    serve(program, shards);
    port_ = wait_for_port();
}

ScratchHouse::~ScratchHouse() {
    if (pid_ > 0) {
        ::kill(pid_, SIGTERM);
        pollfd ended{.fd = pidfd_, .events = POLLIN, .revents = 0};
        if (::poll(&ended, 1, stop_within_ms) < 1) ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
        ::close(pidfd_);
    }
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

void ScratchHouse::serve(const fs::path& program, unsigned shards) {
    std::vector<std::string> arguments{program.string(), "--config", (folder_ / "kindroomd.toml").string()};
    std::vector<std::string> variables;
    for (const auto& [key, value] : settings)
        variables.push_back("kindroomd__" + key + "=" +
                            (key == "LISTEN__PORT_FILE" ? (folder_ / value).string() : value));
    variables.push_back("kindroomd__RUNTIME__SHARDS=" + std::to_string(shards));
    const auto pointers = [](std::vector<std::string>& texts) {
        std::vector<char*> out;
        for (auto& text : texts) out.push_back(text.data());
        out.push_back(nullptr);
        return out;
    };
    const auto argv = pointers(arguments);
    const auto envp = pointers(variables);
    const std::string log = (folder_ / "log").string();
    pid_ = ::fork();
    if (pid_ < 0) throw std::runtime_error("The server could not be started.");
    if (pid_ == 0) {
        // Only calls that are safe here: another thread may have held any lock at this moment.
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        std::FILE* out = std::freopen(log.c_str(), "a", stderr);
        if (out) ::dup2(::fileno(out), STDOUT_FILENO);
        ::execve(argv[0], argv.data(), envp.data());
        ::_exit(127);
    }
    pidfd_ = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
}

std::string ScratchHouse::wait_for_port() const {
    for (int waited = 0; waited < start_within_ms; waited += look_every_ms) {
        std::ifstream ports(folder_ / "ports");
        for (std::string kind, port; ports >> kind >> port;)
            if (kind == "tls") return port;
        pollfd ended{.fd = pidfd_, .events = POLLIN, .revents = 0};
        if (::poll(&ended, 1, look_every_ms) > 0) break;
    }
    std::ifstream log(folder_ / "log");
    std::ostringstream said;
    said << log.rdbuf();
    throw std::runtime_error("The server did not start:\n" + said.str());
}

client::ConnectionOptions ScratchHouse::options() const {
    client::ConnectionOptions options;
    options.line.endpoint = "wss://127.0.0.1:" + port_;
    options.line.ca_file = (folder_ / "tls" / "ca.pem").string();
    return options;
}

}  // namespace kindroom::operator_
