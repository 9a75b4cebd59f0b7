#include "wire/errors_text.hpp"

#include <gtest/gtest.h>
#include <set>
#include <string>

#include "kindroom/v1/errors.pb.h"

namespace kindroom::wire {
namespace {

TEST(ErrorsText, EveryCodeOfTheProtoHasOneSentenceOfItsOwn) {
    const auto* codes = v1::ErrorCode_descriptor();
    std::set<std::string> sentences;
    for (int i = 0; i < codes->value_count(); ++i) {
        if (codes->value(i)->number() == v1::ERROR_CODE_UNSPECIFIED) continue;
        const std::string text = text_of(static_cast<Errc>(codes->value(i)->number()));
        EXPECT_TRUE(text.ends_with('.')) << codes->value(i)->name();
        EXPECT_LE(text.size(), 120u) << codes->value(i)->name();
        EXPECT_TRUE(sentences.insert(text).second) << codes->value(i)->name();
    }
}

// Blocked, disconnected, away, quiet, gone, switched off: the words fit all of them (PRODUCT X2).
TEST(ErrorsText, Look10ARestingContactIsToldTheOneTrueThing) {
    EXPECT_STREQ(text_of(Errc::connection_resting), "What you say does not reach them now; it may later.");
}

}  // namespace
}  // namespace kindroom::wire
