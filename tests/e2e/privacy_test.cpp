// What people say and who they are is not to be found on the disk, nor in the log.
#include <csignal>
#include <filesystem>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "e2e/support/guest.hpp"

namespace kindroom::test {

namespace {

// The paths of the house's files that contain the text.
std::vector<std::string> files_with(const House& house, const std::string& text) {
    std::vector<std::string> out;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(house.file("")))
        if (entry.is_regular_file() && read_file(entry.path()).find(text) != std::string::npos)
            out.push_back(entry.path().filename());
    return out;
}

}  // namespace

TEST(Privacy, NothingThatAPersonWroteIsReadableOnTheDiskOrInTheLog) {
    House house(Settings{{"log.level", "debug"}});
    const auto room = house.make_room("Canary topic");
    // The means of this test find what is readable.
    EXPECT_FALSE(files_with(house, "Canary topic").empty());

    const std::string passphrase = "canary passphrase in the mine";
    Guest ana(house.options());
    ana.connect();
    v1::Request sign_up;
    sign_up.mutable_create_account()->set_invite_code(house.invite("moderator"));
    sign_up.mutable_create_account()->set_passphrase(passphrase);
    sign_up.mutable_create_account()->set_device_label("canary device");
    const auto account = ana.get(sign_up).account_created();
    ana.consent();
    ana.join(room, "Canary name");
    const auto message = ana.post(room, "canary words");
    v1::Request edit;
    edit.mutable_edit_message()->set_room_id(room);
    edit.mutable_edit_message()->set_message_id(message);
    edit.mutable_edit_message()->set_text("canary words, corrected");
    ana.get(edit);
    v1::Request duty;
    duty.mutable_go_on_duty()->set_room_id(room);
    ana.get(duty);
    duty.mutable_go_off_duty()->set_room_id(room);
    duty.mutable_go_off_duty()->set_handover_note("canary note");
    ana.get(duty);
    // Refusals are where a careless log would quote.
    std::string too_long(5'000, 'x');
    too_long += "canary too long";
    ana.refusal(posting(room, too_long));
    Guest eve(house.options());
    eve.connect();
    eve.refusal(signing_in(account.login_id(), "canary wrong passphrase"));
    const auto rule = ana.get(request(R"({"getRules":{}})")).house_rules().rules(0);
    house.ordered({"ban", account.login_id(), "--rule", rule.rule_id(), "--facts", "canary facts"});

    // As it is while it runs, with the write-ahead log; and as it is after a clean end.
    for (const bool runs : {true, false}) {
        if (!runs) house.stop();
        for (const std::string& canary :
             {std::string("canary words"), std::string("canary device"), std::string("Canary name"),
              std::string("canary note"), passphrase, std::string("canary too long"),
              std::string("canary wrong passphrase"), std::string("canary facts"), account.recovery_code(),
              account.signed_in().device_token()})
            EXPECT_EQ(files_with(house, canary), std::vector<std::string>{}) << canary;
        EXPECT_EQ(house.log().find(account.login_id()), std::string::npos);
        EXPECT_EQ(house.log().find("127.0.0.1"), std::string::npos);
    }
}

TEST(Privacy, ACrashLeavesNoImageOfTheMemoryBehindUnlessTheOperatorWantsOne) {
    const auto here = std::filesystem::current_path();
    for (const bool wanted : {false, true}) {
        TemporaryFolder folder;  // an image would be written into it
        std::filesystem::current_path(folder.file(""));
        House house(Settings{{"runtime.core_dumps", wanted ? "true" : "false"}});
        std::filesystem::current_path(here);
        rlimit size{};
        ASSERT_EQ(::prlimit(house.server().id(), RLIMIT_CORE, nullptr, &size), 0);
        size.rlim_cur = size.rlim_max;
        ASSERT_EQ(::prlimit(house.server().id(), RLIMIT_CORE, &size, nullptr), 0);
        house.server().signal(SIGSEGV);
        ASSERT_EQ(house.server().wait_ended(patience), 128 + SIGSEGV);
        EXPECT_EQ(house.server().left_a_core(), wanted);
    }
}

}  // namespace kindroom::test
