// Packing of what is sealed.
#include "domain/content.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kindroom::domain {
namespace {

Decision some_decision() {
    return {.action = DecisionAction::server_ban,
            .rule_id = "kind",
            .rule_text = "Be kind.",
            .facts = "Was not.",
            .decided_at = from_ms(5),
            .ends_at = never,
            .appeal = "write to us"};
}

RC_GTEST_PROP(Content, ComesBackAsItWasPacked, (const std::string& name, const std::string& text)) {
    const Content content{name, text};
    RC_ASSERT(unpack_content(pack(content)) == content);
}

RC_GTEST_PROP(Content, ArbitraryBytesAreRefusedOrReadWithoutHarm, (std::string bytes)) {
    if (const auto content = unpack_content(bytes)) RC_ASSERT(pack(*content) == bytes);
    bytes.insert(0, 1, '\1');
    if (const auto content = unpack_content(bytes)) RC_ASSERT(pack(*content) == bytes);
    (void)unpack_decision(bytes);
}

TEST(Content, NothingCutOrLengthenedIsRead) {
    const std::string packed = pack(Content{"Ana", "hello"});
    for (std::size_t size = 0; size < packed.size(); ++size) EXPECT_FALSE(unpack_content(packed.substr(0, size)));
    EXPECT_FALSE(unpack_content(packed + "x"));
    EXPECT_FALSE(unpack_content("\2" + packed.substr(1))) << "another version";
}

TEST(Content, ADecisionComesBackWhole) {
    const std::string packed = pack(some_decision());
    EXPECT_EQ(unpack_decision(packed), some_decision());
    for (std::size_t size = 0; size < packed.size(); ++size) EXPECT_FALSE(unpack_decision(packed.substr(0, size)));
    EXPECT_FALSE(unpack_decision(packed + "x"));
}

}  // namespace
}  // namespace kindroom::domain
