#include "cli/private_lines.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "kindroom/v1/frames.pb.h"
#include "support/temporary_folder.hpp"

namespace kindroom::cli {
namespace {

using test::content_of;

v1::OwnPiece a_piece(const std::string& text) {
    v1::OwnPiece piece;
    piece.mutable_message()->set_text(text);
    return piece;
}

TEST(PrivateLines, AreOneMessageALineAndReadableByTheirOwnerOnly) {
    const test::TemporaryFolder folder;
    {
        PrivateLines lines(folder.file("mine.jsonl"));
        lines.add(a_piece("one"));
        lines.add(a_piece("two\nlines"));
        EXPECT_TRUE(lines.is_well());
    }
    EXPECT_EQ(content_of(folder.file("mine.jsonl")),
              "{\"message\":{\"text\":\"one\"}}\n{\"message\":{\"text\":\"two\\nlines\"}}\n");
    struct stat about {};
    ASSERT_EQ(::stat(folder.file("mine.jsonl").c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777u, 0600u);
}

TEST(PrivateLines, AreNeverWrittenOverAFileThatIsThere) {
    const test::TemporaryFolder folder;
    std::ofstream(folder.file("letter")) << "dear Ben";
    PrivateLines lines(folder.file("letter"));
    EXPECT_FALSE(lines.is_well());
    EXPECT_NE(lines.trouble().find("could not be made"), std::string::npos);
    lines.add(a_piece("one"));
    lines.discard();
    EXPECT_EQ(content_of(folder.file("letter")), "dear Ben");
}

TEST(PrivateLines, ThatWereNotFinishedAreTakenAway) {
    const test::TemporaryFolder folder;
    PrivateLines lines(folder.file("mine.jsonl"));
    lines.add(a_piece("one"));
    lines.discard();
    EXPECT_FALSE(std::filesystem::exists(folder.file("mine.jsonl")));
}

}  // namespace
}  // namespace kindroom::cli
