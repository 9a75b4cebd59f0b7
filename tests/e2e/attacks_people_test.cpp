// Attacks by those who want to be somebody, or many.
#include <gtest/gtest.h>

#include "e2e/support/siege.hpp"

namespace kindroom::test {

namespace {

// What passphrases cost in a house that is not a test's.
const Settings costly{{"runtime.passphrase_passes", "2"}, {"runtime.passphrase_memory_bytes", "64 MiB"}};

// Keeps a question under way on each connection; looks at the answers.
template <class Ask, class Look>
void keep_asking(Siege& siege, std::size_t connections, Ask ask, Look look) {
    std::vector<net::TestClient> all;
    for (std::size_t i = 0; i < connections; ++i) all.push_back(siege.greeted());
    std::uint32_t id = 10;
    while (siege.goes_on()) {
        for (auto& client : all) {
            v1::Request question = ask();
            question.set_id(++id);
            client.send(framed(question));
        }
        // A ping is answered at once, and behind it is whatever was answered before; the rest is read next time.
        for (auto& client : all) {
            auto ping = request(R"({"ping":{}})");
            ping.set_id(++id);
            client.send(framed(ping));
            for (bool is_behind = false; !is_behind;) {
                const auto frame = client.read_frame();
                v1::Batch batch;
                if (!frame || frame->opcode == net::Opcode::close) {
                    client = siege.greeted();
                    siege.count("cut off");
                    break;
                }
                if (!batch.ParseFromString(frame->payload)) continue;
                for (const auto& event : batch.event()) {
                    is_behind |= event.reply().request_id() == id;
                    if (event.has_reply() && event.reply().request_id() != id) look(event.reply());
                }
            }
        }
        siege.beat(Milliseconds(1));
    }
}

void count_refusal(Siege& siege, const v1::Reply& reply) {
    siege.count(reply.has_error() ? v1::ErrorCode_Name(reply.error().code()) : "let in");
}

// One account's passphrase, and those of a thousand others.
void guess_passphrases(Siege& siege) {
    std::uint64_t number = 0;
    keep_asking(
        siege, siege.many(8, 64),
        [&] {
            const auto login =
                ++number % 3 == 0 ? siege.crowd().login_id() : "amber-heron-" + std::to_string(1'000 + number % 1'000);
            return signing_in(login, "guess number " + std::to_string(number) + " of many");
        },
        [&](const v1::Reply& reply) {
            EXPECT_TRUE(reply.has_error());
            count_refusal(siege, reply);
        });
    // The owner is not locked out: that the visitor came in all the time, on a device that is known, says so.
}

// What slows down guessing remembers whose passphrase was guessed, for each of many login ids: not if they are none.
void long_login_ids(Siege& siege) {
    std::uint64_t number = 0;
    keep_asking(
        siege, siege.many(8, 64),
        [&] {
            ++number;
            const auto login = std::to_string(number) + std::string(15'000, 'x');
            if (number % 2 == 0) return signing_in(login, "no matter");
            v1::Request recover;
            recover.mutable_recover_account()->set_login_id(login);
            recover.mutable_recover_account()->set_recovery_code("no matter");
            recover.mutable_recover_account()->set_new_passphrase(good_passphrase);
            return recover;
        },
        [&](const v1::Reply& reply) { count_refusal(siege, reply); });
}

void guess_invites(Siege& siege) {
    std::uint64_t number = 0;
    keep_asking(
        siege, siege.many(8, 64),
        [&] {
            v1::Request ask;
            ask.mutable_create_account()->set_invite_code("guess-" + std::to_string(++number) + "-of-many");
            ask.mutable_create_account()->set_passphrase(good_passphrase);
            return ask;
        },
        [&](const v1::Reply& reply) {
            EXPECT_TRUE(reply.has_error());
            count_refusal(siege, reply);
        });
}

// Somebody who has it from a device that was signed out.
void replay_tokens(Siege& siege) {
    auto owner = siege.greeted();
    const auto account = signed_up(owner, siege.house().invite());
    ASSERT_TRUE(account);
    const auto token = account->signed_in().device_token();
    auto thief = siege.greeted();
    ASSERT_TRUE(asked(thief, resuming_session(token))->has_signed_in());
    ASSERT_TRUE(asked(owner, request(R"({"revokeAllSessions":{"includeThis":true}})")));
    // The thief's open connection is over too, and the token will never be good again.
    EXPECT_EQ(thief.close_code(), 4501);
    const auto unknown = new_key() + new_key();
    while (siege.goes_on()) {
        auto client = siege.greeted();
        for (int i = 0; i < 20 && siege.goes_on(); ++i) {
            const auto replayed = asked(client, resuming_session(token));
            const auto made_up = asked(client, resuming_session(unknown));
            ASSERT_TRUE(replayed && made_up);
            EXPECT_TRUE(replayed->has_error());
            const bool is_too_fast = replayed->error().code() == v1::ERROR_CODE_RATE_LIMITED ||
                                     made_up->error().code() == v1::ERROR_CODE_RATE_LIMITED;
            // One cannot be told from the other.
            EXPECT_TRUE(is_too_fast || replayed->SerializeAsString() == made_up->SerializeAsString());
            count_refusal(siege, *replayed);
        }
    }
}

// New accounts by one invite that got about: they come into the crowd's room while there are seats, and talk there as
// fast as they may.
void raid(Siege& siege) {
    const auto size = siege.many(40, 500);
    const auto invite = siege.house().ordered({"invite", "--uses", std::to_string(size)}).invite_created().code();
    v1::Request join;
    join.mutable_join_room()->set_room_id(siege.crowd().room());
    std::vector<net::TestClient> all;
    std::vector<net::TestClient> inside;
    for (std::size_t i = 0; i < size && (siege.goes_on() || inside.empty()); ++i) {
        auto client = siege.greeted();
        if (!signed_up(client, invite)) continue;
        siege.count("accounts");
        join.mutable_join_room()->set_name("Raider " + std::to_string(i));
        const auto joined = asked(client, join);
        const bool is_in = joined && joined->has_room_joined();
        siege.count(is_in ? "in the room" : "found it full");
        (is_in ? inside : all).push_back(std::move(client));
    }
    join.set_id(7);
    const auto knocking = framed(join);
    for (; siege.goes_on(); siege.beat(Milliseconds(100))) {
        for (auto& client : inside) {
            client.send(framed(posting(siege.crowd().room(), std::string(1'000, 'x'))));
            siege.count("posts tried");
        }
        for (auto& client : all) client.send(knocking);
        // Who never reads is closed; these do.
        for (auto& client : inside) client.has_ended();
        for (auto& client : all) client.has_ended();
    }
    EXPECT_LE(inside.size(), 10u);
}

void comes_and_goes(Siege& siege) {
    auto client = siege.greeted();
    ASSERT_TRUE(signed_up(client, siege.house().invite()));
    v1::Request join;
    join.mutable_join_room()->set_room_id(siege.crowd().room());
    join.mutable_join_room()->set_name("Eve");
    v1::Request leave;
    leave.mutable_leave_room()->set_room_id(siege.crowd().room());
    for (std::uint32_t id = 10; siege.goes_on(); id += 2) {
        join.set_id(id);
        leave.set_id(id + 1);
        const auto joined = asked(client, join);
        const auto left = asked(client, leave);
        ASSERT_TRUE(joined && left);
        count_refusal(siege, *joined);
    }
}

}  // namespace

std::vector<Attack> attacks_on_people() {
    return {
        {.name = "GuessesOfPassphrases", .carry_out = guess_passphrases, .settings = costly, .mebibytes_max = 64 + 48},
        {.name = "LoginIdsWithoutEnd",
         .carry_out = long_login_ids,
         .settings = {{"limits.commands_burst", "1000000"},
                      {"limits.read_bytes_per_second", "1 GiB"},
                      {"limits.read_burst_bytes", "1 GiB"}},
         .mebibytes_max = 16},
        {.name = "GuessesOfInvites", .carry_out = guess_invites, .settings = costly, .mebibytes_max = 64 + 48},
        {.name = "ReplayOfARevokedToken", .carry_out = replay_tokens},
        {.name = "ARaidOfNewAccounts", .carry_out = raid, .mebibytes_max = 64},
        {.name = "OneWhoComesInAndLeavesAgain", .carry_out = comes_and_goes},
    };
}

}  // namespace kindroom::test
