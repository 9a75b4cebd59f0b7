// An image of the server's memory, as a crash leaves it where the operator wants one: what is over or erased is not in
// it.
#include "e2e/support/image.hpp"

#include <csignal>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "e2e/support/faults.hpp"
#include "e2e/support/guest.hpp"

namespace kindroom::test {

// A sanitizer keeps what was given back, to find who still uses it.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

// And not to somewhere else, or to a program.
bool kernel_writes_images_where_a_process_is() {
    const auto pattern = read_file("/proc/sys/kernel/core_pattern");
    return !pattern.empty() && pattern.front() != '|' && pattern.front() != '/';
}

std::string content_of_the_file_in(const fs::path& folder) {
    for (const auto& one : fs::directory_iterator(folder)) return read_file(one.path());
    return {};
}

}  // namespace

TEST(Image, P12ACrashShowsNothingOfWordsWhoseTimeIsOverOrOfSomebodyWhoWasErased) {
    Faults faults;
    const TemporaryFolder here;  // where an image is written to
    House house(Settings{{"runtime.core_dumps", "true"}, {"limits.account_idle_max", "1s"}});
    house.stop();
    house.surround(faults.environment());
    const auto back = fs::current_path();
    fs::current_path(here.path());
    house.start();
    fs::current_path(back);
    const int server = house.server().id();
    const auto room = house.make_room("Porch", {"--retention", "24h"});
    const std::string over = "canary words whose time is over";
    const std::string erased = "canary words of somebody erased";
    const std::string stand = "canary words that stand";
    {
        Guest ana = member_in(house, room, "Ana");
        Guest ben = member_in(house, room, "Ben");
        ben.hear_up_to(room, ana.post(room, over));
    }
    EXPECT_THAT(in_memory(server, {over}), ElementsAre(over)) << "the means of this test find what is there";
    // The day on which they were said, and the day for which they are kept.
    faults.let_pass(std::chrono::hours(72));
    Guest cleo = member_in(house, room, "Cleo");
    {
        Guest dora = member_in(house, room, "Dora");
        const auto words = dora.post(room, erased);
        cleo.hear_up_to(room, words);
        v1::Request erase;
        erase.mutable_erase_account()->set_passphrase(good_passphrase);
        EXPECT_TRUE(dora.get(erase).has_done());
        cleo.hear([&](const v1::Event& event) { return event.room_event().retracted().message_id() == words; },
                  "that the words were taken back");
    }
    cleo.post(room, stand);
    EXPECT_THAT(left_in_memory(server, {over, erased}), IsEmpty());
    EXPECT_THAT(texts(cleo.history_backwards(room)), ElementsAre(stand));

    rlimit size{};
    ASSERT_EQ(::prlimit(server, RLIMIT_CORE, nullptr, &size), 0);
    size.rlim_cur = size.rlim_max;
    ASSERT_EQ(::prlimit(server, RLIMIT_CORE, &size, nullptr), 0);
    house.server().signal(SIGSEGV);
    ASSERT_EQ(house.server().wait_ended(patience), 128 + SIGSEGV);
    // Elsewhere, what was read above has to do.
    if (!kernel_writes_images_where_a_process_is()) return;
    ASSERT_TRUE(house.server().left_a_core());
    const auto image = content_of_the_file_in(here.path());
    EXPECT_NE(image.find(stand), image.npos);
    EXPECT_EQ(image.find(over), image.npos);
    EXPECT_EQ(image.find(erased), image.npos);
}

#endif

}  // namespace kindroom::test
