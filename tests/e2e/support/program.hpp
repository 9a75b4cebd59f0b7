// Programs as a shell would start them: with arguments, an environment, input and output.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kindroom::test {

using Milliseconds = std::chrono::milliseconds;
// How long anything may take that is not the thing being measured. Only ever waited for in full by a test that fails, so
// it is long: a house syncs its disk some forty times before it has let two people in, and while a machine writes out
// what was just built, one of these can take seconds.
inline constexpr Milliseconds patience{60'000};

struct Launch {
    std::vector<std::string> command;                // the program's path first
    std::map<std::string, std::string> environment;  // added to this process's own, or instead of it
    std::string input;                               // on standard input
    std::string log_file;  // standard output and error are appended to it; empty: they are kept in memory
    int listening = -1;    // a socket to be handed over as systemd does it, under the name "tls"
};

// A child process. It does not outlive this object, nor the thread that started it, and inherits no descriptors but its
// three streams.
class Program {
  public:
    explicit Program(const Launch& launch);
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    void signal(int number) const;
    // The exit code, or 128 and the number of the signal that ended it. Nothing while it still runs.
    std::optional<int> wait_ended(Milliseconds within);
    // Whether the kernel wrote an image of its memory when it ended.
    bool left_a_core() const { return left_a_core_; }
    // Becomes readable when the program ends.
    int descriptor() const { return pidfd_; }
    int id() const { return pid_; }

    // What it has written so far, without a log file.
    std::string out() const;
    std::string err() const;

  private:
    int pid_ = -1;
    int pidfd_ = -1;
    int out_ = -1;
    int err_ = -1;
    std::optional<int> code_;
    bool left_a_core_ = false;
};

struct Ran {
    int code = 0;
    std::string out;
    std::string err;
};

// Runs it to its end; throws if that takes too long.
Ran run(const Launch& launch, Milliseconds within = patience);

// Where the build has put them.
const char* server_program();
const char* client_program();

}  // namespace kindroom::test
