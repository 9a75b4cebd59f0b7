#include "operator/carry_out.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

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

TEST(PortForClients, IsNotGuessed) {
    config::Config::Listen listen;
    for (const char* address : {"0.0.0.0:0", ""}) {
        listen.address = address;
        EXPECT_EQ(port_for_clients(listen), "PORT") << address;
    }
}

}  // namespace kindroom::operator_
