// The other end of a connection, by hand: blocking, and able to say what no well-made client says.
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct ssl_st;

namespace kindroom::net {

// A request that is accepted; tests replace or add lines.
std::string upgrade_request(std::string_view subprotocol = "kindroom.v1", std::string_view more_lines = "");

enum class Opcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };
enum class Part { whole, more_follows };
// As a client sends it, masked.
std::string frame(Opcode opcode, std::string_view payload, Part part = Part::whole);
// A whole message in the binary format.
inline std::string say(std::string_view word) { return frame(Opcode::binary, word); }

// Every read gives up after half a minute and fails the test by what it returns.
class TestClient {
  public:
    static TestClient to_port(std::uint16_t port);
    static TestClient to_path(const std::filesystem::path& path);
    // With a socket made before, so that connecting needs no descriptor.
    static TestClient unconnected();
    void connect(std::uint16_t port);
    TestClient(TestClient&&) noexcept;
    TestClient& operator=(TestClient&&) noexcept;
    ~TestClient();

    // The TLS handshake; whether it succeeded. 0x0303 is TLS 1.2. With the session of an earlier connection it offers to
    // go on with that.
    bool secure(int version_max = 0, const std::string& session = {});
    // Once something was read, for that is how it comes; and whether an earlier one was gone on with.
    std::string session() const;
    bool is_resumed() const;
    std::string server_common_name() const;

    bool send(std::string_view bytes);
    // At least one byte; empty at the end of the connection.
    std::string read_some();
    std::string read_to_end();
    // Up to the empty line of a head.
    std::string read_head();

    // Sends the request and reads the answer; whether it is 101.
    bool upgrade(std::string_view subprotocol = "kindroom.v1");

    struct Frame {
        Opcode opcode;
        std::string payload;
    };
    // Nothing at the end of the connection.
    std::optional<Frame> read_frame();
    // The payload of the next frame, whatever it is; "(gone)" at the end of the connection.
    std::string next();
    // Skips everything up to a close frame and returns its code; 0 if the connection ends without one.
    int close_code();
    // The server's side of the connection, from here on, ends; whether by a reset does not matter.
    bool is_gone();
    // Whether it has ended already. Does not wait, and takes what had come before without looking at it.
    bool has_ended();

    // Asks for another handshake on the connection that there is; whether there was one. TLS 1.2 only.
    bool renegotiate();
    // Changes the keys and asks the server to do so too. TLS 1.3 only.
    bool update_keys();
    // Whatever the server does, its close ends in a reset.
    void end_by_reset();

  private:
    explicit TestClient(int socket);
    bool fill(std::size_t bytes);

    int socket_;
    std::unique_ptr<ssl_st, void (*)(ssl_st*)> tls_;
    std::string pending_;
};

}  // namespace kindroom::net
