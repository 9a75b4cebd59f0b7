#include "support/test_client.hpp"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace kindroom::net {

std::string upgrade_request(std::string_view subprotocol, std::string_view more_lines) {
    return "GET /v1 HTTP/1.1\r\nHost: house\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: " +
           std::string(subprotocol) + "\r\n" + std::string(more_lines) + "\r\n";
}

std::string frame(Opcode opcode, std::string_view payload, Part part) {
    std::string bytes;
    bytes += static_cast<char>((part == Part::whole ? 0x80 : 0) | static_cast<int>(opcode));
    const auto size = payload.size();
    if (size < 126) {
        bytes += static_cast<char>(0x80 | size);
    } else {
        bytes += static_cast<char>(0x80 | 126);
        bytes += static_cast<char>(size >> 8);
        bytes += static_cast<char>(size & 0xff);
    }
    const std::string_view mask = "mask";
    bytes += mask;
    for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(payload[i] ^ mask[i % 4]);
    return bytes;
}

TestClient::TestClient(int socket) : socket_(socket), tls_(nullptr, SSL_free) {
    const timeval patience{.tv_sec = 30, .tv_usec = 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

TestClient::TestClient(TestClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), tls_(std::move(other.tls_)), pending_(std::move(other.pending_)) {}

TestClient& TestClient::operator=(TestClient&& other) noexcept {
    std::swap(socket_, other.socket_);
    tls_.swap(other.tls_);
    std::swap(pending_, other.pending_);
    return *this;
}

TestClient::~TestClient() {
    tls_.reset();
    if (socket_ >= 0) ::close(socket_);
}

TestClient TestClient::unconnected() { return TestClient(::socket(AF_INET, SOCK_STREAM, 0)); }

void TestClient::connect(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

TestClient TestClient::to_port(std::uint16_t port) {
    auto client = unconnected();
    client.connect(port);
    return client;
}

TestClient TestClient::to_path(const std::filesystem::path& path) {
    TestClient client(::socket(AF_UNIX, SOCK_STREAM, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    ::connect(client.socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    return client;
}

bool TestClient::secure(int version_max, const std::string& session) {
    // OpenSSL writes with write(2), which would end the test where the server has gone.
    std::signal(SIGPIPE, SIG_IGN);
    const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    SSL_CTX_set_security_level(context.get(), 0);
    SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context.get(), version_max);
    tls_.reset(SSL_new(context.get()));
    SSL_set_fd(tls_.get(), socket_);
    const auto* bytes = reinterpret_cast<const unsigned char*>(session.data());
    const std::unique_ptr<SSL_SESSION, void (*)(SSL_SESSION*)> earlier(
        d2i_SSL_SESSION(nullptr, &bytes, static_cast<long>(session.size())), SSL_SESSION_free);
    if (earlier) SSL_set_session(tls_.get(), earlier.get());
    return SSL_connect(tls_.get()) == 1;
}

std::string TestClient::session() const {
    const std::unique_ptr<SSL_SESSION, void (*)(SSL_SESSION*)> own(SSL_get1_session(tls_.get()), SSL_SESSION_free);
    std::string bytes(static_cast<std::size_t>(i2d_SSL_SESSION(own.get(), nullptr)), ' ');
    auto* into = reinterpret_cast<unsigned char*>(bytes.data());
    i2d_SSL_SESSION(own.get(), &into);
    return bytes;
}

bool TestClient::is_resumed() const { return SSL_session_reused(tls_.get()) == 1; }

std::string TestClient::server_common_name() const {
    const std::unique_ptr<X509, void (*)(X509*)> certificate(SSL_get1_peer_certificate(tls_.get()), X509_free);
    std::array<char, 64> name{};
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, name.data(),
                              static_cast<int>(name.size()));
    return name.data();
}

bool TestClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = tls_ ? SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                               : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

std::string TestClient::read_some() {
    if (!pending_.empty()) return std::exchange(pending_, {});
    std::array<char, 65536> bytes;
    const auto read = tls_ ? SSL_read(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                           : ::recv(socket_, bytes.data(), bytes.size(), 0);
    return read > 0 ? std::string(bytes.data(), static_cast<std::size_t>(read)) : "";
}

std::string TestClient::read_to_end() {
    std::string all;
    for (auto more = read_some(); !more.empty(); more = read_some()) all += more;
    return all;
}

bool TestClient::fill(std::size_t bytes) {
    while (pending_.size() < bytes) {
        auto before = std::exchange(pending_, {});
        const auto more = read_some();
        pending_ = std::move(before);
        if (more.empty()) return false;
        pending_ += more;
    }
    return true;
}

std::string TestClient::read_head() {
    while (pending_.find("\r\n\r\n") == pending_.npos) {
        if (!fill(pending_.size() + 1)) return std::exchange(pending_, {});
    }
    const auto size = pending_.find("\r\n\r\n") + 4;
    auto head = pending_.substr(0, size);
    pending_.erase(0, size);
    return head;
}

bool TestClient::upgrade(std::string_view subprotocol) {
    return send(upgrade_request(subprotocol)) && read_head().starts_with("HTTP/1.1 101 ");
}

std::optional<TestClient::Frame> TestClient::read_frame() {
    if (!fill(2)) return std::nullopt;
    const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(pending_[i])); };
    const auto opcode = static_cast<Opcode>(byte(0) & 0xf);
    std::size_t size = byte(1);
    std::size_t head = 2;
    const std::size_t length_bytes = size == 126 ? 2 : size == 127 ? 8 : 0;
    if (length_bytes > 0) {
        if (!fill(head + length_bytes)) return std::nullopt;
        size = 0;
        for (std::size_t i = 0; i < length_bytes; ++i) size = size << 8 | byte(head + i);
        head += length_bytes;
    }
    if (!fill(head + size)) return std::nullopt;
    Frame read{.opcode = opcode, .payload = pending_.substr(head, size)};
    pending_.erase(0, head + size);
    return read;
}

std::string TestClient::next() {
    const auto read = read_frame();
    return read ? read->payload : "(gone)";
}

int TestClient::close_code() {
    while (const auto read = read_frame()) {
        if (read->opcode != Opcode::close) continue;
        if (read->payload.size() < 2) return 1005;
        return static_cast<unsigned char>(read->payload[0]) << 8 | static_cast<unsigned char>(read->payload[1]);
    }
    return 0;
}

bool TestClient::is_gone() {
    while (!read_some().empty()) {
    }
    return true;
}

bool TestClient::has_ended() {
    std::array<char, 4096> bytes;
    for (;;) {
        const auto read = ::recv(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (read <= 0) return read == 0 || errno != EAGAIN;
    }
}

bool TestClient::renegotiate() {
    if (SSL_renegotiate(tls_.get()) != 1 || SSL_do_handshake(tls_.get()) != 1) return false;
    return SSL_renegotiate_pending(tls_.get()) == 0;
}

bool TestClient::update_keys() {
    return SSL_key_update(tls_.get(), SSL_KEY_UPDATE_REQUESTED) == 1 && SSL_do_handshake(tls_.get()) == 1;
}

void TestClient::end_by_reset() {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

}  // namespace kindroom::net
