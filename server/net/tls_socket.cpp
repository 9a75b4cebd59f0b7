#include "net/tls_socket.hpp"

#include <boost/asio/error.hpp>
#include <cerrno>
#include <new>
#include <openssl/bio.h>
#include <openssl/err.h>

namespace kindroom::net {
namespace {

bool is_not_yet(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

PacedSocket& socket_of(BIO* bio) { return *static_cast<PacedSocket*>(BIO_get_data(bio)); }

int read_from_socket(BIO* bio, char* into, int bytes) {
    BIO_clear_retry_flags(bio);
    const auto got = socket_of(bio).read_now(into, static_cast<std::size_t>(bytes));
    if (got < 0 && is_not_yet(errno)) BIO_set_retry_read(bio);
    return static_cast<int>(got);
}

int write_to_socket(BIO* bio, const char* from, int bytes) {
    BIO_clear_retry_flags(bio);
    const auto put = socket_of(bio).write_now(from, static_cast<std::size_t>(bytes));
    if (put < 0 && is_not_yet(errno)) BIO_set_retry_write(bio);
    return static_cast<int>(put);
}

// Nothing is held back here, so there is nothing to flush.
long answer_question(BIO*, int question, long, void*) { return question == BIO_CTRL_FLUSH ? 1 : 0; }

// Made once and kept: what OpenSSL does to read and to write.
const BIO_METHOD* through_socket() {
    static const BIO_METHOD* const method = [] {
        BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket");
        if (!made) throw std::bad_alloc();
        BIO_meth_set_read(made, read_from_socket);
        BIO_meth_set_write(made, write_to_socket);
        BIO_meth_set_ctrl(made, answer_question);
        return made;
    }();
    return method;
}

}  // namespace

TlsSocket::TlsSocket(PacedSocket socket, SSL_CTX* context) : socket_(std::move(socket)), ssl_(SSL_new(context)) {
    BIO* const bio = ssl_ ? BIO_new(through_socket()) : nullptr;
    if (!bio) throw std::bad_alloc();
    BIO_set_data(bio, &socket_);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl_.get(), bio, bio);
    SSL_set_accept_state(ssl_.get());
    // What could not be written is asked for again with the same bytes at another place.
    SSL_set_mode(ssl_.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    socket_.make_non_blocking();
}

TlsSocket::Tried TlsSocket::what_came_of(int result) const {
    switch (SSL_get_error(ssl_.get(), result)) {
        case SSL_ERROR_NONE:
            return {};
        case SSL_ERROR_WANT_READ:
            return {.wants = Wants::to_read};
        case SSL_ERROR_WANT_WRITE:
            return {.wants = Wants::to_write};
        case SSL_ERROR_ZERO_RETURN:
            return {.error = boost::asio::error::eof};
        default:
            // Of what a peer did wrong nothing is told but that it is gone.
            return {.error = boost::asio::error::connection_reset};
    }
}

TlsSocket::Tried TlsSocket::handshake() {
    ERR_clear_error();
    return what_came_of(SSL_do_handshake(ssl_.get()));
}

TlsSocket::Tried TlsSocket::say_goodbye() {
    ERR_clear_error();
    const int result = SSL_shutdown(ssl_.get());
    // Zero: said, and the peer has not said it yet.
    return result >= 0 ? Tried{} : what_came_of(result);
}

TlsSocket::Tried TlsSocket::read(void* into, std::size_t bytes) {
    ERR_clear_error();
    std::size_t got = 0;
    const int result = SSL_read_ex(ssl_.get(), into, bytes, &got);
    return result == 1 ? Tried{.bytes = got} : what_came_of(result);
}

TlsSocket::Tried TlsSocket::write(const void* from, std::size_t bytes) {
    ERR_clear_error();
    std::size_t put = 0;
    const int result = SSL_write_ex(ssl_.get(), from, bytes, &put);
    return result == 1 ? Tried{.bytes = put} : what_came_of(result);
}

std::size_t TlsSocket::write_now(std::string_view head, std::string_view body) {
    std::array<char, record_bytes_max> record;
    const std::size_t bytes = head.size() + body.size();
    for (std::size_t written = 0; written < bytes;) {
        std::size_t filled = 0;
        for (const auto part :
             {head.substr(std::min(written, head.size())), body.substr(written - std::min(written, head.size()))}) {
            const std::size_t some = part.copy(record.data() + filled, record.size() - filled);
            filled += some;
        }
        const Tried tried = write(record.data(), filled);
        if (tried.bytes == 0) return written;
        written += tried.bytes;
    }
    return bytes;
}

}  // namespace kindroom::net
