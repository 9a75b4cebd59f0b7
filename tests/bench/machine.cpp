#include "bench/machine.hpp"

#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

#include "e2e/support/program.hpp"

namespace kindroom::bench {

namespace {

// The value behind "name:" in a file of the kernel's.
std::string line_of(const std::string& path, const std::string& name) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with(name)) continue;
        const auto from = line.find_first_not_of(" \t", line.find(':') + 1);
        return from == line.npos ? std::string{} : line.substr(from);
    }
    return {};
}

std::uint64_t kilobytes_of(const std::string& path, const std::string& name) {
    return std::strtoull(line_of(path, name).c_str(), nullptr, 10) * 1024;
}

std::string git(const std::filesystem::path& folder, const std::vector<std::string>& words) {
    std::vector<std::string> command{"/usr/bin/env", "git", "-C", folder.string()};
    command.insert(command.end(), words.begin(), words.end());
    const auto ran = test::run({.command = std::move(command), .environment = {}, .input = {}, .log_file = {}});
    return ran.code == 0 ? ran.out.substr(0, ran.out.find('\n')) : std::string{};
}

}  // namespace

double cpu_seconds(int pid) {
    clockid_t clock{};
    timespec time{};
    if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &time) != 0)
        throw std::runtime_error("the server's CPU time cannot be read: it has ended");
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

Memory memory_of(int pid) {
    const auto path = "/proc/" + std::to_string(pid) + "/status";
    return {.resident = kilobytes_of(path, "VmRSS"), .anonymous = kilobytes_of(path, "RssAnon")};
}

void describe_machine(Figures& into) {
    std::ifstream load("/proc/loadavg");
    double busy = 0;
    load >> busy;
    into.note("machine", line_of("/proc/cpuinfo", "model name"));
    into.note("cores", static_cast<std::uint64_t>(std::thread::hardware_concurrency()));
    into.note("load", busy);
}

std::string commit_of(const std::string& program) {
    const auto folder = std::filesystem::absolute(program).parent_path();
    const auto commit = git(folder, {"rev-parse", "--short", "HEAD"});
    if (commit.empty()) return "unknown";
    return commit + (git(folder, {"status", "--porcelain", "--untracked-files=no"}).empty() ? "" : "+");
}

void allow_many_files() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

Meter::Meter(int server) : server_(server), server_before_(cpu_seconds(server)), own_before_(cpu_seconds(::getpid())) {}

double Meter::seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

void Meter::report(Figures& into) const {
    const double own = cpu_seconds(::getpid()) - own_before_;
    const double passed = seconds();
    into.note("seconds", passed);
    into.note("server_cpu_seconds", server_cpu());
    into.note("generator_cpu_seconds", own);
    into.note("generator_share", own / passed);
}

}  // namespace kindroom::bench
