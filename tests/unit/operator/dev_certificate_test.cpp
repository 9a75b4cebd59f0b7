#include "operator/dev_certificate.hpp"

#include <cstdio>
#include <ctime>
#include <gtest/gtest.h>
#include <memory>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "unit/operator/folder.hpp"

namespace kindroom::operator_ {

namespace {

struct Free {
    void operator()(std::FILE* file) const { std::fclose(file); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509_STORE* store) const { X509_STORE_free(store); }
    void operator()(X509_STORE_CTX* context) const { X509_STORE_CTX_free(context); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

Owned<X509> certificate_in(const std::filesystem::path& path) {
    const Owned<std::FILE> file{std::fopen(path.c_str(), "r")};
    return Owned<X509>{PEM_read_X509(file.get(), nullptr, nullptr, nullptr)};
}

DevCertificate made_in(const Folder& folder) {
    auto made = make_dev_certificate(folder.path());
    if (const auto* trouble = std::get_if<std::string>(&made)) ADD_FAILURE() << *trouble;
    return std::get<DevCertificate>(std::move(made));
}

// What OpenSSL says to the certificate `days` from now; X509_V_OK if it is trusted.
int verdict(const DevCertificate& made, int days) {
    const auto authority = certificate_in(made.authority);
    const auto leaf = certificate_in(made.certificate);
    const Owned<X509_STORE> store{X509_STORE_new()};
    X509_STORE_add_cert(store.get(), authority.get());
    const Owned<X509_STORE_CTX> context{X509_STORE_CTX_new()};
    X509_STORE_CTX_init(context.get(), store.get(), leaf.get(), nullptr);
    X509_STORE_CTX_set_time(context.get(), 0, std::time(nullptr) + days * 86'400);
    X509_STORE_CTX_set_purpose(context.get(), X509_PURPOSE_SSL_SERVER);
    X509_verify_cert(context.get());
    return X509_STORE_CTX_get_error(context.get());
}

}  // namespace

TEST(DevCertificate, IsTrustedThroughItsAuthorityForNinetyDays) {
    const Folder folder;
    const DevCertificate made = made_in(folder);
    EXPECT_EQ(verdict(made, 0), X509_V_OK);
    EXPECT_EQ(verdict(made, 89), X509_V_OK);
    EXPECT_EQ(verdict(made, 91), X509_V_ERR_CERT_HAS_EXPIRED);
}

TEST(DevCertificate, NamesThisMachineAndNoOther) {
    const Folder folder;
    const auto leaf = certificate_in(made_in(folder).certificate);
    EXPECT_EQ(X509_check_host(leaf.get(), "localhost", 0, 0, nullptr), 1);
    EXPECT_EQ(X509_check_ip_asc(leaf.get(), "127.0.0.1", 0), 1);
    EXPECT_EQ(X509_check_ip_asc(leaf.get(), "::1", 0), 1);
    EXPECT_EQ(X509_check_host(leaf.get(), "rooms.example", 0, 0, nullptr), 0);
    EXPECT_EQ(X509_check_ip_asc(leaf.get(), "10.0.0.1", 0), 0);
}

TEST(DevCertificate, ItsAuthorityIsLimitedToTheseNames) {
    const Folder folder;
    const auto authority = certificate_in(made_in(folder).authority);
    EXPECT_NE(X509_get_ext_by_NID(authority.get(), NID_name_constraints, -1), -1);
    EXPECT_EQ(X509_get_pathlen(authority.get()), 0);
}

TEST(DevCertificate, KeyAndCertificateFitAndOnlyTheOwnerReadsThem) {
    const Folder folder;
    const DevCertificate made = made_in(folder);
    const auto leaf = certificate_in(made.certificate);
    const Owned<std::FILE> file{std::fopen(made.key.c_str(), "r")};
    const Owned<EVP_PKEY> key{PEM_read_PrivateKey(file.get(), nullptr, nullptr, nullptr)};
    EXPECT_EQ(X509_check_private_key(leaf.get(), key.get()), 1);
    for (const auto& path : {made.authority, made.certificate, made.key}) EXPECT_TRUE(is_private(path)) << path;
    EXPECT_EQ(made.fingerprint.size(), 32u * 3 - 1);
}

TEST(DevCertificate, IsNeverWrittenOverAnother) {
    const Folder folder;
    made_in(folder);
    const std::string before = folder.read("server.key");
    EXPECT_TRUE(std::holds_alternative<std::string>(make_dev_certificate(folder.path())));
    EXPECT_EQ(folder.read("server.key"), before);
}

}  // namespace kindroom::operator_
