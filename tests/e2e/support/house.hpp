// A house for one test: its own folder, certificate and ports, and the real server in it.
#pragma once

#include <cstdint>
#include <functional>
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
    // Whose the listening socket is. One that the house keeps for its server stays open while there is none, as with
    // systemd: whoever connects waits for the next one.
    enum class Socket { servers_own, kept };
    // `settings` over these. Serves already. `program`: the server, where it is not the one of this build.
    explicit House(const Settings& settings = {}, Socket socket = Socket::servers_own,
                   std::string program = server_program());
    ~House();
    House(const House&) = delete;
    House& operator=(const House&) = delete;

    // Starts the server and waits until it listens. Its port may be another each time.
    void start();
    // Pulls the plug, and waits until the server is gone.
    void kill();
    enum class Reloaded { done, refused };
    // SIGHUP; waits until the log says how it went.
    Reloaded reload();
    // SIGTERM; the exit code.
    int stop();
    void kill_and_start() {
        kill();
        start();
    }
    Program& server() { return *server_; }
    // From the next start on.
    void set(const std::string& name, const std::string& value) { settings_[name] = value; }
    // More variables for the server, and for no command, from its next start on.
    void surround(std::map<std::string, std::string> variables) { surroundings_ = std::move(variables); }

    std::string port() const { return port_; }
    // Of the listener without TLS; where there is none, empty.
    std::string plain_port() const { return plain_port_; }
    std::string url() const { return "wss://127.0.0.1:" + port_; }
    std::string authority_file() const { return file("tls/ca.pem"); }
    std::string file(const std::string& name) const { return folder_.file("house/" + name); }
    std::string log() const;
    // For a connection over TLS that trusts the house's certificate.
    client::ConnectionOptions options() const;

    // A command of the server's program in this house, as {"audit", "verify"}: the exit code and what it printed.
    Ran command(std::vector<std::string> words) const;
    // An operator's command, as {"room", "list"}, with its answer as JSON.
    Ran order(std::vector<std::string> words) const;
    // The server's reply to it. Throws where it was refused.
    v1::Reply ordered(std::vector<std::string> words) const;
    std::string invite(const std::string& role = "member");
    // Returns the id of the room.
    std::string make_room(const std::string& topic, std::vector<std::string> options = {});

  private:
    std::map<std::string, std::string> environment() const;
    // Until it holds, whenever a file of the folder has changed. False: the time was over, or the server has ended.
    bool wait_for(const std::function<bool()>& holds) const;

    TemporaryFolder folder_;
    std::string program_;
    Settings settings_;
    std::map<std::string, std::string> surroundings_;
    std::string port_;
    std::string plain_port_;
    int listening_ = -1;
    std::unique_ptr<Program> server_;
};

std::string read_file(const std::string& path);
void write_file(const std::string& path, const std::string& text);

}  // namespace kindroom::test
