#include "operator/dev_certificate.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <optional>
#include <span>
#include <stdexcept>

#include "operator/private_file.hpp"

namespace kindroom::operator_ {

namespace {

constexpr const char* authority_name = "Kindroom development authority of this machine";
constexpr long lifetime_s = 90L * 24 * 60 * 60;
constexpr const char* names = "DNS:localhost,IP:127.0.0.1,IP:::1";
constexpr const char* name_limits =
    "critical,permitted;DNS:localhost,permitted;IP:127.0.0.1/255.255.255.255,"
    "permitted;IP:::1/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";

template <auto release>
struct Release {
    template <class T>
    void operator()(T* object) const {
        release(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Release<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Release<X509_EXTENSION_free>>;
using Bio = std::unique_ptr<BIO, Release<BIO_free_all>>;

// OpenSSL says no by returning 0 or null; here that only happens when memory or randomness is missing.
template <class T>
T checked(T result) {
    if (!result) throw std::runtime_error("OpenSSL could not make a certificate.");
    return result;
}

Key make_key() { return Key{checked(EVP_EC_gen("P-256"))}; }

void set_random_serial(X509* certificate) {
    std::array<unsigned char, 8> bytes{};
    checked(RAND_bytes(bytes.data(), bytes.size()) == 1);
    std::uint64_t serial = 1;
    for (const unsigned char byte : bytes) serial = serial << 7 | (byte & 0x7f);
    checked(ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial));
}

void extend(X509* certificate, X509* issuer, int nid, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Extension extension{checked(X509V3_EXT_conf_nid(nullptr, &context, nid, value))};
    checked(X509_add_ext(certificate, extension.get(), -1));
}

Certificate make_certificate(EVP_PKEY* key, const char* common_name, X509* issuer) {
    Certificate certificate{checked(X509_new())};
    X509* x509 = certificate.get();
    checked(X509_set_version(x509, X509_VERSION_3));
    set_random_serial(x509);
    // A minute earlier: two clocks of one machine and a container differ a little.
    checked(X509_gmtime_adj(X509_getm_notBefore(x509), -60));
    checked(X509_gmtime_adj(X509_getm_notAfter(x509), lifetime_s));
    checked(X509_set_pubkey(x509, key));
    checked(X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", MBSTRING_UTF8,
                                       reinterpret_cast<const unsigned char*>(common_name), -1, -1, 0));
    checked(X509_set_issuer_name(x509, X509_get_subject_name(issuer ? issuer : x509)));
    return certificate;
}

Certificate make_authority(EVP_PKEY* key) {
    Certificate authority = make_certificate(key, authority_name, nullptr);
    X509* x509 = authority.get();
    extend(x509, x509, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    extend(x509, x509, NID_key_usage, "critical,keyCertSign,cRLSign");
    extend(x509, x509, NID_subject_key_identifier, "hash");
    extend(x509, x509, NID_name_constraints, name_limits);
    checked(X509_sign(x509, key, EVP_sha256()));
    return authority;
}

Certificate make_leaf(EVP_PKEY* key, X509* authority, EVP_PKEY* authority_key) {
    Certificate leaf = make_certificate(key, "localhost", authority);
    X509* x509 = leaf.get();
    extend(x509, authority, NID_basic_constraints, "critical,CA:FALSE");
    extend(x509, authority, NID_key_usage, "critical,digitalSignature");
    extend(x509, authority, NID_ext_key_usage, "serverAuth");
    extend(x509, authority, NID_subject_key_identifier, "hash");
    extend(x509, authority, NID_authority_key_identifier, "keyid");
    extend(x509, authority, NID_subject_alt_name, names);
    checked(X509_sign(x509, authority_key, EVP_sha256()));
    return leaf;
}

std::string text_of(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string pem_of(X509* certificate) {
    const Bio bio{checked(BIO_new(BIO_s_mem()))};
    checked(PEM_write_bio_X509(bio.get(), certificate));
    return text_of(bio.get());
}

std::string pem_of(EVP_PKEY* key) {
    const Bio bio{checked(BIO_new(BIO_s_secmem()))};
    checked(PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr));
    return text_of(bio.get());
}

std::string fingerprint_of(X509* certificate) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    checked(X509_digest(certificate, EVP_sha256(), digest.data(), &size));
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const unsigned char byte : std::span(digest).first(size)) {
        if (!out.empty()) out += ':';
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

}  // namespace

std::variant<DevCertificate, std::string> make_dev_certificate(const std::filesystem::path& folder) try {
    const Key authority_key = make_key();
    const Certificate authority = make_authority(authority_key.get());
    const Key key = make_key();
    const Certificate leaf = make_leaf(key.get(), authority.get(), authority_key.get());

    DevCertificate made{folder / "ca.pem", folder / "server.pem", folder / "server.key", fingerprint_of(leaf.get())};
    for (const auto& [path, text] :
         {std::pair{made.authority, pem_of(authority.get())}, std::pair{made.certificate, pem_of(leaf.get())},
          std::pair{made.key, pem_of(key.get())}}) {
        if (auto trouble = write_private_file(path, text)) return std::move(*trouble);
    }
    return made;
} catch (const std::runtime_error& error) {
    return std::string{error.what()};
}

std::optional<std::string> pin_to_tell(const std::filesystem::path& certificate) {
    const Bio file{BIO_new_file(certificate.c_str(), "r")};
    const Certificate served{file ? PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr) : nullptr};
    if (!served) return std::nullopt;
    const X509_NAME* issuer = X509_get_issuer_name(served.get());
    std::array<char, 128> name{};
    X509_NAME_get_text_by_NID(const_cast<X509_NAME*>(issuer), NID_commonName, name.data(), name.size());
    const bool is_own = X509_NAME_cmp(issuer, X509_get_subject_name(served.get())) == 0;
    if (!is_own && std::string_view{name.data()} != authority_name) return std::nullopt;
    return fingerprint_of(served.get());
}

}  // namespace kindroom::operator_
