// The arrows between folders. Each rule is first shown a small tree that breaks it, then the real one.
#include "arch/layers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kindroom::arch {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

FolderTable small_table() {
    return read_table(file_of("docs/architecture.md",
                              "| folder | may include | holds |\n"
                              "|---|---|---|\n"
                              "| `base` | boost/system | ground |\n"
                              "| `domain` | base | pure |\n"
                              "| `net` | base, domain, boost/beast, posix | sockets |\n"
                              "| `client-cli/lib` | base | client |\n"
                              "\n"
                              "| header | only seen from |\n"
                              "|---|---|\n"
                              "| `boost/beast` | server/net/ws_\\*.cpp |\n"));
}

TEST(FolderTable, IsReadFromThePage) {
    const auto table = small_table();
    EXPECT_THAT(table.may_include.at("net"), ElementsAre("base", "domain", "boost/beast", "posix"));
    EXPECT_THAT(table.seen_from.at("boost/beast"), ElementsAre("server/net/ws_*.cpp"));
}

TEST(Layers, AFolderThatReachesUpIsNamedWithFileAndLine) {
    const SourceTree tree = {file_of("server/domain/room.hpp", "#pragma once\n#include \"net/listener.hpp\"\n"),
                             file_of("server/net/listener.hpp", "#include \"domain/room.hpp\"\n")};
    EXPECT_THAT(check_folders(tree, small_table()),
                ElementsAre("server/domain/room.hpp:2: domain may not include net"));
}

TEST(Layers, ALibraryThatIsNotInTheRowIsNamed) {
    const SourceTree tree = {file_of("server/domain/room.cpp", "#include <boost/beast/core.hpp>\n#include <vector>\n")};
    EXPECT_THAT(check_folders(tree, small_table()),
                ElementsAre("server/domain/room.cpp:1: domain may not include <boost/beast/core.hpp>"));
}

TEST(Layers, ALibraryIsCoveredByWholeNamesOnly) {
    const SourceTree tree = {file_of("server/base/error.hpp", "#include <boost/system_extra/x.hpp>\n"),
                             file_of("server/base/result.hpp", "#include <boost/system/result.hpp>\n")};
    EXPECT_THAT(check_folders(tree, small_table()), ElementsAre(HasSubstr("server/base/error.hpp:1:")));
}

TEST(Layers, TheSystemsOwnHeadersNeedPosixInTheRow) {
    const SourceTree tree = {file_of("server/domain/a.cpp", "#include <sys/stat.h>\n"),
                             file_of("server/net/b.cpp", "#include <sys/stat.h>\n")};
    EXPECT_THAT(check_folders(tree, small_table()), ElementsAre(HasSubstr("server/domain/a.cpp:1:")));
}

TEST(Layers, AHeaderThatDoesNotExistIsNamed) {
    const SourceTree tree = {file_of("server/net/b.cpp", "#include \"net/gone.hpp\"\n")};
    EXPECT_THAT(check_folders(tree, small_table()), ElementsAre(HasSubstr("net may not include <net/gone.hpp>")));
}

TEST(Layers, AFolderThatThePageDoesNotKnowIsNamed) {
    const SourceTree tree = {file_of("server/helpers/x.cpp", "")};
    EXPECT_THAT(check_folders(tree, small_table()), ElementsAre(HasSubstr("does not know")));
}

TEST(HeavyHeaders, AreFoundThroughOtherHeaders) {
    const SourceTree tree = {file_of("server/net/ws_plain.cpp", "#include \"net/stream.hpp\"\n"),
                             file_of("server/net/listener.cpp", "#include \"net/stream.hpp\"\n"),
                             file_of("server/net/stream.hpp", "#include <boost/beast/websocket.hpp>\n")};
    EXPECT_THAT(check_heavy_headers(tree, small_table()), ElementsAre(HasSubstr("server/net/listener.cpp:1: sees")));
}

TEST(Layers, OfThisProjectHold) {
    const auto tree = read_tree(KINDROOM_SOURCE_DIR);
    const auto* page = find(tree, "docs/architecture.md");
    ASSERT_TRUE(page);
    const auto table = read_table(*page);
    ASSERT_GE(table.may_include.size(), 15u);
    ASSERT_GE(table.seen_from.size(), 5u);
    ASSERT_TRUE(find(tree, "server/base/ids.hpp")) << "the tree was not read";
    const auto folders = check_folders(tree, table);
    EXPECT_THAT(folders, IsEmpty()) << joined(folders);
    const auto heavy = check_heavy_headers(tree, table);
    EXPECT_THAT(heavy, IsEmpty()) << joined(heavy);
}

}  // namespace
}  // namespace kindroom::arch
