#include "lib/trust.hpp"

#include <gtest/gtest.h>

namespace kindroom::client {
namespace {

TEST(Trust, APinIsReadWithAndWithoutColons) {
    const std::string plain(64, 'a');
    EXPECT_EQ(read_pin(plain), std::string(32, '\xaa'));
    std::string colons;
    for (int i = 0; i < 32; ++i) colons += i == 0 ? "AA" : ":AA";
    EXPECT_EQ(read_pin("sha256:" + colons), std::string(32, '\xaa'));
    EXPECT_EQ(show_fingerprint(std::string(32, '\xaa')), colons);
}

TEST(Trust, APinThatIsNotOneIsRefusedInsteadOfTrustingEverything) {
    for (const std::string& text :
         {std::string("x"), std::string(63, 'a'), std::string(66, 'a'), std::string("sha256:")}) {
        EXPECT_TRUE(read_pin(text).empty());
        EXPECT_TRUE(std::holds_alternative<Ending>(make_trust({"", text})));
    }
}

TEST(Trust, AFileWithoutCertificatesIsRefused) {
    EXPECT_TRUE(std::holds_alternative<Ending>(make_trust({"/nonexistent/ca.pem", ""})));
}

}  // namespace
}  // namespace kindroom::client
