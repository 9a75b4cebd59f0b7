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

}  // namespace kindroom::operator_
