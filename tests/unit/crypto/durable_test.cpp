#include "crypto/durable.hpp"

#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <gtest/gtest.h>

#include "base/bytes.hpp"
#include "crypto/descriptor.hpp"
#include "support/temporary_folder.hpp"

namespace kindroom::crypto {
namespace {

TEST(Durable, WhatAFullDiskDoesNotTakeIsSaid) {
    const Descriptor full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
    ASSERT_GE(full.get(), 0);
    EXPECT_FALSE(write_all(full.get(), as_bytes("words")));
    EXPECT_EQ(errno, ENOSPC);
}

TEST(Durable, ASecondNameIsNotGivenOverAFileThatHasIt) {
    const test::TemporaryFolder folder;
    std::ofstream(folder.file("one")) << "one";
    std::ofstream(folder.file("two")) << "another";
    EXPECT_FALSE(link_durably(folder.file("one"), folder.file("two")));
    EXPECT_EQ(std::filesystem::file_size(folder.file("two")), 7u);
    EXPECT_TRUE(link_durably(folder.file("one"), folder.file("three")));
    EXPECT_TRUE(std::filesystem::equivalent(folder.file("one"), folder.file("three")));
}

}  // namespace
}  // namespace kindroom::crypto
