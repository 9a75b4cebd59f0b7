#include "operator/carry_out.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

#include "operator/dev_certificate.hpp"
#include "unit/operator/folder.hpp"

namespace kindroom::operator_ {

TEST(CarryOut, WithoutAServerSaysWhatToDo) {
    const Folder folder;
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    const Setting setting{folder.path() / "operator.sock", Limits{}, false, in, out, err};
    EXPECT_EQ(carry_out(ListRooms{}, setting), Exit::connection);
    EXPECT_THAT(err.str(), testing::HasSubstr("No server runs with this configuration: there is no operator's socket"));
    EXPECT_EQ(out.str(), "");
}

TEST(CarryOut, ASocketThatNobodyListensToIsToldApart) {
    const Folder folder;
    folder.write("operator.sock", "");
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    const Setting setting{folder.path() / "operator.sock", Limits{}, false, in, out, err};
    EXPECT_EQ(carry_out(ListRooms{}, setting), Exit::connection);
    EXPECT_THAT(err.str(), testing::HasSubstr("or you may not open the operator's socket"));
}

TEST(PortForClients, IsTheOneInUse) {
    const Folder folder;
    config::Config::Listen listen;
    listen.address = "[::]:8443";
    EXPECT_EQ(port_for_clients(listen), "8443");
    listen.port_file = folder.path() / "ports";
    EXPECT_EQ(port_for_clients(listen), "8443") << "no server has noted another yet";
    folder.write("ports", "plain 8080\ntls 40123\n");
    EXPECT_EQ(port_for_clients(listen), "40123");
}

// A certificate that the client's machine does not know is named by its fingerprint, or nobody gets in.
TEST(WayIn, WithACertificateOfOnesOwnNamesThePinAndWhatKeepsOthersOut) {
    const Folder folder;
    const auto made = std::get<DevCertificate>(make_dev_certificate(folder.path()));
    config::Config::Listen listen;
    listen.certificate = made.certificate;
    listen.address = "127.0.0.1:7443";
    EXPECT_THAT(way_in(listen),
                testing::HasSubstr("  kindroom --server wss://YOUR-HOUSE:7443 --pin " + made.fingerprint + "\n"));
    EXPECT_THAT(way_in(listen), testing::HasSubstr("set listen.address to 0.0.0.0:7443 first"));
    listen.address = "0.0.0.0:7443";
    EXPECT_THAT(way_in(listen), testing::Not(testing::HasSubstr("listen.address")));
    listen.certificate = made.authority;
    EXPECT_THAT(way_in(listen), testing::HasSubstr("--pin")) << "signed by itself";
}

TEST(WayIn, WithAnyOtherCertificateLeavesTrustToTheSystem) {
    const Folder folder;
    config::Config::Listen listen;
    listen.address = "0.0.0.0:7443";
    for (const auto& certificate : {folder.path() / "none.pem", folder.path()}) {
        listen.certificate = certificate;
        EXPECT_THAT(way_in(listen), testing::StartsWith("  kindroom --server wss://YOUR-HOUSE:7443\n"));
    }
}

TEST(PortForClients, IsNotGuessed) {
    config::Config::Listen listen;
    for (const char* address : {"0.0.0.0:0", ""}) {
        listen.address = address;
        EXPECT_EQ(port_for_clients(listen), "PORT") << address;
    }
}

}  // namespace kindroom::operator_
