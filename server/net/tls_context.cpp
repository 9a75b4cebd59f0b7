#include "net/tls_context.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/ssl/context.hpp>
#include <ctime>
#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <string_view>

namespace kindroom::net {
namespace {

std::string openssl_reason() {
    const auto code = ERR_peek_last_error();
    const char* const reason = ERR_reason_error_string(code);
    ERR_clear_error();
    return reason ? reason : "unknown reason";
}

// A client that offers ALPN must offer HTTP/1.1; one that does not offer ALPN speaks it anyhow.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* offered,
                    unsigned int offered_length, void*) {
    static constexpr std::string_view ours = "\x08http/1.1";
    unsigned char* found = nullptr;
    if (SSL_select_next_proto(&found, length, reinterpret_cast<const unsigned char*>(ours.data()), ours.size(), offered,
                              offered_length) != OPENSSL_NPN_NEGOTIATED) {
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    }
    *chosen = found;
    return SSL_TLSEXT_ERR_OK;
}

// Otherwise OpenSSL would ask on the terminal for the passphrase of a key that has one.
int no_passphrase(char*, int, int, void*) { return 0; }

bool set_up(SSL_CTX* context) {
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                     SSL_OP_PRIORITIZE_CHACHA | SSL_OP_CLEANSE_PLAINTEXT);
    // An idle connection gives its record buffers back: 34 KB each.
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    // Sessions live in tickets at the client's, so that strangers cannot fill a cache of ours.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 1);
    SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
    SSL_CTX_set_default_passwd_cb(context, no_passphrase);
    static constexpr std::array<unsigned char, 8> session_context = {'k', 'i', 'n', 'd', 'r', 'o', 'o', 'm'};
    return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION) == 1 &&
           SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1 &&
           SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384") == 1 &&
           SSL_CTX_set_session_id_context(context, session_context.data(), session_context.size()) == 1;
}

}  // namespace

std::variant<TlsContext, std::string> load_tls_context(const std::filesystem::path& certificate,
                                                       const std::filesystem::path& key) {
    ERR_clear_error();
    auto made = std::make_shared<boost::asio::ssl::context>(boost::asio::ssl::context::tls_server);
    SSL_CTX* const context = made->native_handle();
    if (!set_up(context)) return "TLS cannot be set up with this OpenSSL: " + openssl_reason() + ".";
    if (SSL_CTX_use_certificate_chain_file(context, certificate.c_str()) != 1) {
        return "The certificate " + certificate.string() + " cannot be used (" + openssl_reason() +
               "). It has to be a readable PEM file: the server's certificate, then the intermediate ones.";
    }
    if (X509_cmp_current_time(X509_get0_notAfter(SSL_CTX_get0_certificate(context))) <= 0) {
        return "The certificate " + certificate.string() + " has expired. Get a new one.";
    }
    if (SSL_CTX_use_PrivateKey_file(context, key.c_str(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_check_private_key(context) != 1) {
        return "The key " + key.string() + " cannot be used (" + openssl_reason() +
               "). It has to be a readable PEM file without a passphrase that belongs to the certificate " +
               certificate.string() + ".";
    }
    return made;
}

TimePoint end_of_certificate(boost::asio::ssl::context& context) {
    std::tm end{};
    const auto* const written = X509_get0_notAfter(SSL_CTX_get0_certificate(context.native_handle()));
    if (ASN1_TIME_to_tm(written, &end) != 1) return {};
    return TimePoint{std::chrono::seconds(::timegm(&end))};
}

TlsContext with_new_tickets(boost::asio::ssl::context& old) {
    // OpenSSL makes the keys of tickets with the context.
    auto made = std::make_shared<boost::asio::ssl::context>(boost::asio::ssl::context::tls_server);
    SSL_CTX* const from = old.native_handle();
    SSL_CTX* const to = made->native_handle();
    STACK_OF(X509)* chain = nullptr;
    const bool is_good = set_up(to) && SSL_CTX_use_certificate(to, SSL_CTX_get0_certificate(from)) == 1 &&
                         SSL_CTX_get0_chain_certs(from, &chain) == 1 && SSL_CTX_set1_chain(to, chain) == 1 &&
                         SSL_CTX_use_PrivateKey(to, SSL_CTX_get0_privatekey(from)) == 1;
    ERR_clear_error();
    return is_good ? made : nullptr;
}

}  // namespace kindroom::net
