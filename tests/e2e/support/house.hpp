// A house for one test: its own folder, certificate and ports, and the real server in it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "e2e/support/program.hpp"
#include "lib/connection.hpp"
#include "support/temporary_folder.hpp"

namespace kindroom::test {

// By full name, as "limits.posts_burst"; values as in the environment, without quotes.
using Settings = std::map<std::string, std::string>;

// Passphrases cost next to nothing, and the bounds on how often somebody may do something are out of the way.
class House {
  public:
    // `settings` over these. Serves already.
    explicit House(const Settings& settings = {});

    // Starts the server and waits until it listens. Its port may be another each time.
    void start();
    // Pulls the plug, and waits until the server is gone.
    void kill();
    // SIGTERM; the exit code.
    int stop();
    void kill_and_start() {
        kill();
        start();
    }
    Program& server() { return *server_; }
    void set(const std::string& name, const std::string& value) { settings_[name] = value; }

    std::string port() const { return port_; }
    std::string url() const { return "wss://127.0.0.1:" + port_; }
    std::string authority_file() const { return file("tls/ca.pem"); }
    std::string file(const std::string& name) const { return folder_.file("house/" + name); }
    std::string log() const;
    // For a connection over TLS that trusts the house's certificate.
    client::ConnectionOptions options() const;

    // An operator's command, as {"room", "list"}: the exit code and what it printed.
    Ran order(std::vector<std::string> words) const;
    // The server's reply to it. Throws where it was refused.
    v1::Reply ordered(std::vector<std::string> words) const;
    std::string invite(const std::string& role = "member");
    // Returns the id of the room.
    std::string make_room(const std::string& topic, std::vector<std::string> options = {});

  private:
    std::map<std::string, std::string> environment() const;
    void wait_for_ports() const;

    TemporaryFolder folder_;
    Settings settings_;
    std::string port_;
    std::unique_ptr<Program> server_;
};

std::string read_file(const std::string& path);
void write_file(const std::string& path, const std::string& text);

}  // namespace kindroom::test
