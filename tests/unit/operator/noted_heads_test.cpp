#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "operator/noted_heads.hpp"
#include "unit/operator/folder.hpp"

namespace kindroom::operator_ {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

NotedHead a_head(std::uint64_t number) {
    NotedHead noted{.at = from_ms(1'795'813'392'000) + std::chrono::hours(number), .head = {.number = number, .hash = {}}};
    noted.head.hash[0] = static_cast<std::byte>(number);
    noted.head.hash[31] = std::byte{0xab};
    return noted;
}

class NotedHeads : public testing::Test {
  protected:
    std::vector<NotedHead> read() const { return std::get<0>(read_noted_heads(file)); }
    std::string trouble() const { return std::get<1>(read_noted_heads(file)); }

    Folder folder;
    const std::filesystem::path file = folder.path() / "heads";
};

TEST_F(NotedHeads, AreAddedOneBehindTheOtherInAFileOfTheOwnersOnly) {
    EXPECT_THAT(read(), IsEmpty());
    EXPECT_EQ(note_head(file, a_head(1)), std::nullopt);
    EXPECT_EQ(note_head(file, a_head(12)), std::nullopt);
    EXPECT_THAT(read(), ElementsAre(a_head(1), a_head(12)));
    EXPECT_TRUE(is_private(file));
}

TEST_F(NotedHeads, AHeadThatIsNotedAlreadyAndThatOfAnEmptyLogMakeNoLine) {
    EXPECT_EQ(note_head(file, NotedHead{}), std::nullopt);
    EXPECT_EQ(note_head(file, a_head(1)), std::nullopt);
    auto later = a_head(1);
    later.at += std::chrono::hours(24);
    EXPECT_EQ(note_head(file, later), std::nullopt);
    EXPECT_THAT(read(), ElementsAre(a_head(1)));
}

TEST_F(NotedHeads, ALineThatIsNoHeadIsToldAndNothingIsWrittenBehindIt) {
    note_head(file, a_head(1));
    folder.write("heads", folder.read("heads") + "2026-11-27T21:03:12Z 2 abc\n");
    EXPECT_THAT(trouble(), HasSubstr("line 2"));
    const auto before = folder.read("heads");
    EXPECT_TRUE(note_head(file, a_head(3)).has_value());
    EXPECT_EQ(folder.read("heads"), before);
}

TEST_F(NotedHeads, AFileThatCannotBeWrittenIsTold) {
    EXPECT_THAT(note_head(folder.path() / "nowhere" / "heads", a_head(1)).value(), HasSubstr("nowhere"));
}

TEST_F(NotedHeads, AHashHasSixtyFourDigits) {
    EXPECT_EQ(chain_hash_from_hex(hex(a_head(3).head.hash)), a_head(3).head.hash);
    EXPECT_FALSE(chain_hash_from_hex("03").has_value());
    EXPECT_FALSE(chain_hash_from_hex(std::string(64, 'g')).has_value());
    EXPECT_FALSE(chain_hash_from_hex(std::string(66, '0')).has_value());
}

}  // namespace
}  // namespace kindroom::operator_
