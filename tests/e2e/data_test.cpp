// What is kept, as its people and its operator meet it: taken along, forgotten, copied, brought back, under a new key.
#include <algorithm>
#include <csignal>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

#include "e2e/support/guest.hpp"
#include "e2e/support/image.hpp"
#include "support/environment.hpp"

namespace kindroom::test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

int kills_wanted() { return static_cast<int>(from_environment("KINDROOM_ROUNDS").value_or(50)) / 5 + 1; }

v1::Request erasing(const std::string& passphrase) {
    v1::Request request;
    request.mutable_erase_account()->set_passphrase(passphrase);
    return request;
}

class Data : public testing::Test {
  protected:
    std::vector<v1::OwnPiece> taken_along(Guest& guest) const {
        std::vector<v1::OwnPiece> pieces;
        v1::Request request;
        request.mutable_export_my_data();
        do {
            const auto data = guest.get(request).my_data();
            pieces.insert(pieces.end(), data.pieces().begin(), data.pieces().end());
            request.mutable_export_my_data()->set_cursor(data.next());
        } while (!request.export_my_data().cursor().empty());
        return pieces;
    }
    std::vector<std::string> files_with(const std::string& text) const {
        std::vector<std::string> found;
        for (const auto& entry : fs::recursive_directory_iterator(house.file("")))
            if (entry.is_regular_file() && read_file(entry.path()).find(text) != std::string::npos)
                found.push_back(entry.path().filename());
        return found;
    }
    std::string backup(const std::string& name) {
        fs::create_directories(house.file("copies"));
        const auto file = house.file("copies/" + name);
        const auto made = house.command({"backup", file});
        EXPECT_EQ(made.code, 0) << made.out << made.err;
        return file;
    }
    // What stands on the client's screen for these lines, from a first start on.
    std::string shown(const std::string& typed, const TemporaryFolder& home) const {
        return run({.command = {client_program(), "--server", house.url(), "--ca", house.authority_file(), "--home",
                                home.file("home"), "--room", "Porch", "--name", "Cleo"},
                    .environment = {},
                    .input = typed,
                    .log_file = {}})
            .out;
    }

    House house;
    std::string room = house.make_room("Porch");
};

// ---- people ---------------------------------------------------------------------------------------------------------

TEST_F(Data, SomebodyTakesAlongWhatIsTheirsAndIsForgotten) {
    Guest ana = member_in(house, room, "Ana canary");
    Guest ben = member_in(house, room, "Ben");
    const auto words = ana.post(room, "canary words");
    ben.hear_up_to(room, words);
    const auto login_id = ana.login_id();

    const auto pieces = taken_along(ana);
    EXPECT_TRUE(
        std::ranges::any_of(pieces, [](const auto& piece) { return piece.message().text() == "canary words"; }));
    EXPECT_TRUE(std::ranges::any_of(pieces, [&](const auto& piece) { return piece.account().login_id() == login_id; }));

    EXPECT_EQ(ana.refusal(erasing("another passphrase, and long")), v1::ERROR_CODE_SIGN_IN_FAILED);
    EXPECT_TRUE(ana.get(erasing(good_passphrase)).has_done());
    EXPECT_EQ(ana.hear(v1::Event::kSessionEnded).session_ended().reason(), v1::SESSION_END_REASON_ERASED);
    ben.hear([&](const v1::Event& event) { return event.room_event().retracted().message_id() == words; },
             "that the words were taken back");
    EXPECT_THAT(texts(ben.history_backwards(room)), IsEmpty());
    Guest stranger(house.options());
    stranger.connect();
    EXPECT_EQ(stranger.refusal(signing_in(login_id, good_passphrase)), v1::ERROR_CODE_SIGN_IN_FAILED);
    for (const bool runs : {true, false}) {
        if (!runs) house.stop();
        EXPECT_THAT(files_with("canary words"), IsEmpty());
        EXPECT_THAT(files_with("Ana canary"), IsEmpty());
    }
    // Not in the log after a clean end either; the backup test below looks at copies.
    EXPECT_THAT(files_with(login_id), IsEmpty());
}

// A sanitizer keeps what was given back, to find who still uses it.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_F(Data, P12TheMemoryHasNothingOfSomebodyWhoWasErased) {
    EXPECT_EQ(house.stop(), 0);
    // Else nobody but root may look into it.
    house.set("runtime.core_dumps", "true");
    house.set("limits.account_idle_max", "1s");
    house.start();
    const std::vector<std::string> canaries{"canary words that Ana said", "the canary named Ana", good_passphrase,
                                            "canary words that Ana mutes"};
    {
        Guest ana = member_in(house, room, canaries[1]);
        Guest ben = member_in(house, room, "Ben");
        const auto words = ana.post(room, canaries[0]);
        ben.hear_up_to(room, words);
        v1::Request mute;
        mute.mutable_add_mute()->mutable_words()->add_word(canaries[3]);
        EXPECT_TRUE(ana.get(mute).has_muted());
        // The means of this test find what is there.
        EXPECT_THAT(in_memory(house.server().id(), {canaries[0]}), ElementsAre(canaries[0]));
        EXPECT_TRUE(ana.get(erasing(good_passphrase)).has_done());
        ben.hear([&](const v1::Event& event) { return event.room_event().retracted().message_id() == words; },
                 "that the words were taken back");
    }
    // Their connections end, and with them what has come in over them.
    Guest cleo(house.options());
    cleo.connect();
    const auto deadline = std::chrono::steady_clock::now() + patience;
    std::vector<std::string> found;
    do {
        cleo.get(request(R"({"ping":{}})"));
        found = in_memory(house.server().id(), canaries);
    } while (!found.empty() && std::chrono::steady_clock::now() < deadline);
    EXPECT_THAT(found, IsEmpty());
}
#endif

TEST_F(Data, APersonAtATerminalTakesTheirDataAlongAndErasesTheirAccount) {
    Guest ben = member_in(house, room, "Ben");
    const TemporaryFolder home;
    shown("no\n" + house.invite() + "\n" + good_passphrase + "\n" + good_passphrase + "\n\nyes\nI said this.\n", home);
    ben.hear_text("I said this.");
    const auto file = home.file("mine.jsonl");
    const auto screen = shown(
        "/export " + file + "\n/export " + file + "\n/erase\nyes\nnot this one\n/erase\nyes\n" + good_passphrase + "\n",
        home);
    EXPECT_THAT(screen, HasSubstr("Nothing was erased; your account is as it was."));
    EXPECT_THAT(screen, HasSubstr("All that is kept of you is in"));
    EXPECT_THAT(screen, HasSubstr("could not be made")) << "it is never written over a file";
    EXPECT_THAT(screen, HasSubstr("You are forgotten here."));
    EXPECT_THAT(read_file(file), HasSubstr("\"text\":\"I said this.\""));
    EXPECT_THAT(read_file(file), HasSubstr("\"loginId\":"));
    EXPECT_THAT(shown("/quit\n", home), HasSubstr("Do you have an account"));
    ben.hear([](const v1::Event& event) { return event.room_event().has_retracted(); }, "that it was taken back");
    EXPECT_THAT(texts(ben.history_backwards(room)), IsEmpty());
}

// ---- the operator ---------------------------------------------------------------------------------------------------

TEST_F(Data, P12ABackupThatWasMadeBeforeHasNothingOfSomebodyWhoWasErased) {
    Guest ana = member_in(house, room, "Ana");
    Guest ben = member_in(house, room, "Ben");
    ana.post(room, "by Ana, before");
    ben.post(room, "by Ben, before");
    const auto file = backup("monday");
    ben.post(room, "by Ben, after");
    EXPECT_TRUE(ana.get(erasing(good_passphrase)).has_done());
    ana.hear(v1::Event::kSessionEnded);

    const auto running = house.command({"restore", file});
    EXPECT_EQ(running.code, 2);
    EXPECT_THAT(running.err, HasSubstr("stop it first"));
    // They are told when it is durable that all of theirs goes; that it has gone follows within moments.
    auto verified = house.command({"restore", "--verify", file});
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (verified.out.find("1 destroyed since") == std::string::npos && std::chrono::steady_clock::now() < deadline)
        verified = house.command({"restore", "--verify", file});
    EXPECT_EQ(verified.code, 0) << verified.err;
    EXPECT_THAT(verified.out, HasSubstr("1 destroyed since"));
    EXPECT_THAT(verified.out, HasSubstr("messages: 1 open, 1 gone for good"));
    EXPECT_EQ(house.stop(), 0);
    const auto restored = house.command({"restore", file});
    EXPECT_EQ(restored.code, 0) << restored.out << restored.err;
    house.start();
    ben.connect(house);
    ben.resume_session();
    EXPECT_THAT(texts(ben.history_backwards(room)), ElementsAre("by Ben, before"));
    Guest stranger(house.options());
    stranger.connect();
    EXPECT_EQ(stranger.refusal(signing_in(ana.login_id(), good_passphrase)), v1::ERROR_CODE_SIGN_IN_FAILED);
}

TEST_F(Data, ABackupThatIsMadeInTheMiddleOfTalkHasAllThatWasAcceptedBeforeItAndNobodyWaits) {
    Guest ana = member_in(house, room, "Ana");
    std::vector<std::string> before;
    for (int i = 0; i < 40; ++i) {
        before.push_back("before " + std::to_string(i));
        ana.post(room, before.back());
    }
    fs::create_directories(house.file("copies"));
    const auto file = house.file("copies/monday");
    Program copying(Launch{.command = {server_program(), "backup", file, "--config", house.file("kindroomd.toml")},
                           .environment = {},
                           .input = {},
                           .log_file = house.file("copying")});
    std::vector<std::string> meanwhile;
    std::optional<int> code;
    while (!code && meanwhile.size() < 10'000) {
        meanwhile.push_back("meanwhile " + std::to_string(meanwhile.size()));
        ana.post(room, meanwhile.back());
        code = copying.wait_ended(Milliseconds(0));
    }
    ASSERT_EQ(code, 0) << read_file(house.file("copying"));
    EXPECT_EQ(house.stop(), 0);
    const auto restored = house.command({"restore", file});
    EXPECT_EQ(restored.code, 0) << restored.out << restored.err;
    house.start();
    ana.connect(house);
    ana.resume_session();
    const auto kept = texts(ana.history_backwards(room));
    ASSERT_GE(kept.size(), before.size());
    auto all = before;
    all.insert(all.end(), meanwhile.begin(), meanwhile.end());
    ASSERT_LE(kept.size(), all.size());
    all.resize(kept.size());
    EXPECT_EQ(kept, all) << "what was said up to one moment, and nothing else";
}

TEST_F(Data, ADamagedBackupIsRefusedAndSaysWhatIsWrong) {
    member_in(house, room, "Ana").post(room, "words");
    const auto file = backup("monday");
    auto content = read_file(file);
    content[content.size() / 3] ^= 1;
    write_file(file, content);
    const auto verified = house.command({"restore", "--verify", file});
    EXPECT_EQ(verified.code, 1);
    EXPECT_THAT(verified.err, HasSubstr("is damaged: some of its bytes are not those that were written"));
    EXPECT_EQ(house.command({"restore", "--verify", house.file("nothing")}).code, 1);
}

TEST_F(Data, ANewMasterKeyIsNoticedByNobody) {
    Guest ana = member_in(house, room, "Ana");
    const auto before = ana.post(room, "before");
    const auto token = ana.join(room, "Ana").you().token();
    EXPECT_EQ(house.command({"keys", "rotate"}).code, 2) << "the server runs";
    EXPECT_EQ(house.stop(), 0);
    const auto rotated = house.command({"keys", "rotate"});
    EXPECT_EQ(rotated.code, 0) << rotated.out << rotated.err;
    house.start();
    ana.connect(house);
    ana.resume_session();
    // The same cursor, the same token, the same words; and the audit log is still true.
    ana.resume_room(room);
    EXPECT_EQ(ana.join(room, "Ana").you().token(), token);
    EXPECT_THAT(texts(ana.history_backwards(room)), ElementsAre("before"));
    EXPECT_EQ(house.command({"audit", "verify"}).code, 0);
}

TEST_F(Data, ARotationThatIsKilledAtAnyMomentLosesNothing) {
    Guest ana = member_in(house, room, "Ana");
    ana.post(room, "before");
    EXPECT_EQ(house.stop(), 0);
    const int rounds = kills_wanted();
    std::mt19937 chance(20'261'128);
    int killed = 0;
    for (int round = 0; round < rounds; ++round) {
        Program rotation(
            Launch{.command = {server_program(), "keys", "rotate", "--config", house.file("kindroomd.toml")},
                   .environment = {},
                   .input = {},
                   .log_file = house.file("rotations")});
        if (!rotation.wait_ended(Milliseconds(chance() % 40))) {
            rotation.signal(SIGKILL);
            EXPECT_TRUE(rotation.wait_ended(patience));
            ++killed;
        }
        house.start();
        ana.connect(house);
        ana.resume_session();
        ASSERT_THAT(texts(ana.history_backwards(room)), ElementsAre("before")) << "round " << round;
        EXPECT_FALSE(fs::exists(house.file("master.key.new")));
        EXPECT_EQ(house.stop(), 0);
    }
    EXPECT_GT(killed, 0);
}

TEST_F(Data, P12WhoeverErasesThemselvesWhileTheServerIsKilledIsWholeOrGoneAndAllOthersKeepTheirs) {
    Guest ben = member_in(house, room, "Ben");
    const int rounds = kills_wanted();
    std::vector<std::string> by_ben;
    // Sooner where it was too late, and later where it was too soon: around the moment that counts.
    Milliseconds until_killed{8};
    int gone = 0;
    for (int round = 0; round < rounds; ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        Guest ana = member_in(house, room, "Ana");
        by_ben.push_back("by Ben " + std::to_string(round));
        ben.post(room, by_ben.back());
        ana.post(room, "by Ana " + std::to_string(round));
        ana.line().send(erasing(good_passphrase));
        EXPECT_EQ(house.server().wait_ended(until_killed), std::nullopt);
        house.kill_and_start();
        ben.connect(house);
        ben.resume_session();
        Guest again(house.options());
        again.connect();
        if (again.ask(signing_in(ana.login_id(), good_passphrase)).has_signed_in()) {
            EXPECT_TRUE(again.get(erasing(good_passphrase)).has_done());
            until_killed = 2 * until_killed + Milliseconds(1);
        } else {
            ++gone;
            until_killed /= 2;
        }
        // What the kill cut short is gone on with by itself.
        const auto deadline = std::chrono::steady_clock::now() + patience;
        auto kept = texts(ben.history_backwards(room));
        while (kept != by_ben && std::chrono::steady_clock::now() < deadline) kept = texts(ben.history_backwards(room));
        ASSERT_EQ(kept, by_ben);
    }
    EXPECT_GT(gone, 0);
    EXPECT_LT(gone, rounds);
}

TEST_F(Data, WithoutItsKeyRingTheServerDoesNotStartAndSaysWhy) {
    EXPECT_EQ(house.stop(), 0);
    fs::rename(house.file("kindroom.ring"), house.file("away"));
    const auto served = house.command({"serve"});
    EXPECT_EQ(served.code, 1);
    EXPECT_THAT(served.err, HasSubstr("put its newest copy there"));
    fs::rename(house.file("away"), house.file("kindroom.ring"));
    house.start();
    EXPECT_EQ(house.stop(), 0);
}

}  // namespace
}  // namespace kindroom::test
