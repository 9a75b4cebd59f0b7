// Sessions, roles and bans act on the connections that are open, at once.
#include <gtest/gtest.h>
#include <iostream>

#include "e2e/support/guest.hpp"
#include "e2e/support/relay.hpp"

namespace kindroom::test {

namespace {

// A promise of the project: within one process a change reaches open connections in a tenth of a second. The machine
// that tests may be slow; what was measured is printed.
constexpr Milliseconds at_once{2'000};

// Runs the act, and then waits for the guest's connection to be closed because its session ended.
v1::SessionEnded ended_by(Guest& guest, const std::function<void()>& act) {
    act();
    const auto begun = std::chrono::steady_clock::now();
    const auto ending = guest.line().wait_ended(at_once);
    const auto took = std::chrono::steady_clock::now() - begun;
    if (!ending) throw std::runtime_error("the connection is still open");
    EXPECT_EQ(ending->close_code, 4501);
    std::cout << "closed after " << std::chrono::duration<double, std::milli>(took).count() << " ms\n";
    return guest.hear(v1::Event::kSessionEnded).session_ended();
}

v1::Request revoking(const std::string& session) {
    v1::Request asked;
    asked.mutable_revoke_session()->set_session_id(session);
    return asked;
}

v1::Request changing_topic(const v1::RoomCard& room, const std::string& topic) {
    v1::Request asked;
    asked.mutable_change_room()->set_room_id(room.room_id());
    *asked.mutable_change_room()->mutable_settings() = room.settings();
    asked.mutable_change_room()->mutable_settings()->set_topic(topic);
    return asked;
}

v1::Request changing_passphrase(const std::string& from, const std::string& to) {
    v1::Request asked;
    asked.mutable_change_passphrase()->set_current_passphrase(from);
    asked.mutable_change_passphrase()->set_new_passphrase(to);
    asked.mutable_change_passphrase()->set_end_other_sessions(true);
    return asked;
}

v1::Request recovering(const v1::AccountCreated& account, const std::string& passphrase) {
    v1::Request asked;
    asked.mutable_recover_account()->set_login_id(account.login_id());
    asked.mutable_recover_account()->set_recovery_code(account.recovery_code());
    asked.mutable_recover_account()->set_new_passphrase(passphrase);
    return asked;
}

constexpr const char* new_passphrase = "seven slow boats upriver";

// One person, a member in one room, on a telephone and on a laptop.
class Sessions : public testing::Test {
  protected:
    Sessions() {
        laptop.connect();
        laptop_token = laptop.get(signing_in(phone.login_id(), good_passphrase)).signed_in().device_token();
    }
    Guest newcomer() {
        Guest guest(house.options());
        guest.connect();
        return guest;
    }

    House house;
    std::string room = house.make_room("Evening porch");
    Guest phone = member_in(house, room, "Ana");
    Guest laptop{house.options()};
    std::string laptop_token;
};

}  // namespace

TEST_F(Sessions, OneThatIsRevokedElsewhereLosesItsOpenConnectionAndItsToken) {
    const auto sessions = phone.get(request(R"({"listSessions":{}})")).sessions();
    ASSERT_EQ(sessions.sessions_size(), 2);
    const auto& other = sessions.sessions(sessions.sessions(0).current() ? 1 : 0);
    const auto told = ended_by(laptop, [&] { phone.get(revoking(other.session_id())); });
    EXPECT_EQ(told.reason(), v1::SESSION_END_REASON_REVOKED);
    EXPECT_EQ(newcomer().refusal(resuming_session(laptop_token)), v1::ERROR_CODE_SIGN_IN_FAILED);
    EXPECT_TRUE(phone.get(revoking(other.session_id())).has_done());
    phone.post(room, "I am still here.");
}

TEST_F(Sessions, NothingThatIsSaidAfterARevocationWasAnsweredReachesTheRevoked) {
    laptop.resume_room(room);
    const auto sessions = phone.get(request(R"({"listSessions":{}})")).sessions();
    phone.get(revoking(sessions.sessions(sessions.sessions(0).current() ? 1 : 0).session_id()));
    phone.post(room, "Not for the laptop any more.");
    laptop.line().wait_ended(patience);
    while (const auto event = laptop.line().next_event(Milliseconds(0)))
        EXPECT_FALSE(event->has_room_event()) << event->ShortDebugString();
}

TEST_F(Sessions, WhoseLineBreaksBeforeTheGoodbyeStillKnowsThatItIsOver) {
    Relay relay(house.port());
    auto options = house.options();
    options.line.endpoint = relay.url();
    Guest tablet(options);
    tablet.connect();
    tablet.get(signing_in(phone.login_id(), good_passphrase));
    // The house waits in vain for an answer to its close, and hangs up (limits.close_max).
    relay.mute();
    phone.get(request(R"({"revokeAllSessions":{}})"));
    const auto ending = tablet.line().wait_ended(patience);
    ASSERT_TRUE(ending);
    EXPECT_EQ(ending->close_code, 4501) << ending->words;
    EXPECT_FALSE(client::may_come_back(*ending));
}

TEST_F(Sessions, AllOthersCanBeEndedOrAllOfThem) {
    ended_by(laptop, [&] { phone.get(request(R"({"revokeAllSessions":{}})")); });
    phone.post(room, "I am still here.");
    ended_by(phone, [&] { phone.get(request(R"({"revokeAllSessions":{"includeThis":true}})")); });
    EXPECT_EQ(newcomer().refusal(resuming_session(phone.token())), v1::ERROR_CODE_SIGN_IN_FAILED);
    EXPECT_TRUE(newcomer().get(signing_in(phone.login_id(), good_passphrase)).has_signed_in());
}

TEST_F(Sessions, ADeviceSignsInAgainWithItsTokenUntilItSignsOut) {
    laptop.line().drop();
    laptop.connect();
    const auto again = laptop.get(resuming_session(laptop_token)).signed_in();
    EXPECT_EQ(again.me().login_id(), phone.login_id());
    EXPECT_EQ(again.device_token(), "");
    ASSERT_EQ(again.me().rooms_size(), 1);
    EXPECT_EQ(laptop.refusal(resuming_session(laptop_token)), v1::ERROR_CODE_ALREADY_SIGNED_IN);
    ended_by(laptop, [&] { laptop.get(request(R"({"signOut":{}})")); });
    EXPECT_EQ(newcomer().refusal(resuming_session(laptop_token)), v1::ERROR_CODE_SIGN_IN_FAILED);
}

TEST_F(Sessions, AChangedPassphraseEndsTheOthersIfAskedTo) {
    EXPECT_EQ(phone.refusal(changing_passphrase("not the right one", new_passphrase)), v1::ERROR_CODE_SIGN_IN_FAILED);
    ended_by(laptop, [&] { phone.get(changing_passphrase(good_passphrase, new_passphrase)); });
    EXPECT_EQ(newcomer().refusal(signing_in(phone.login_id(), good_passphrase)), v1::ERROR_CODE_SIGN_IN_FAILED);
    EXPECT_TRUE(newcomer().get(signing_in(phone.login_id(), new_passphrase)).has_signed_in());
}

TEST_F(Sessions, TheRecoveryCodeLetsThePersonInOnceAndEverybodyElseOut) {
    Guest found = newcomer();
    v1::AccountRecovered recovered;
    ended_by(laptop, [&] { recovered = found.get(recovering(phone.account(), new_passphrase)).account_recovered(); });
    EXPECT_EQ(phone.line().wait_ended(at_once)->close_code, 4501);
    EXPECT_NE(recovered.recovery_code(), phone.account().recovery_code());
    EXPECT_EQ(newcomer().refusal(recovering(phone.account(), new_passphrase)), v1::ERROR_CODE_SIGN_IN_FAILED);
    EXPECT_EQ(newcomer().refusal(signing_in(phone.login_id(), good_passphrase)), v1::ERROR_CODE_SIGN_IN_FAILED);
    EXPECT_TRUE(newcomer().get(resuming_session(recovered.signed_in().device_token())).has_signed_in());
}

TEST_F(Sessions, ABanClosesEveryConnectionAndStatesItsReasons) {
    const auto rule = phone.get(request(R"({"getRules":{}})")).house_rules().rules(0);
    const auto told = ended_by(phone, [&] {
        house.ordered(
            {"ban", phone.login_id(), "--rule", rule.rule_id(), "--facts", "Threatened Ben.", "--for", "14d"});
    });
    EXPECT_EQ(laptop.line().wait_ended(at_once)->close_code, 4501);
    EXPECT_EQ(told.reason(), v1::SESSION_END_REASON_BANNED);
    Guest banned = newcomer();
    const auto me = banned.get(signing_in(phone.login_id(), good_passphrase)).signed_in().me();
    const auto refused = banned.ask(request(R"({"listRooms":{}})")).error();
    EXPECT_EQ(refused.code(), v1::ERROR_CODE_BANNED);
    for (const auto& decision : {told.decision(), me.ban(), refused.decision()}) {
        EXPECT_EQ(decision.action(), v1::DECISION_ACTION_SERVER_BAN);
        EXPECT_EQ(decision.rule_text(), rule.text());
        EXPECT_EQ(decision.facts(), "Threatened Ben.");
        EXPECT_GT(decision.ends_at_ms(), decision.decided_at_ms());
    }
    // Whoever does not know the passphrase does not learn of the ban.
    EXPECT_EQ(newcomer().refusal(signing_in(phone.login_id(), "not the right one")), v1::ERROR_CODE_SIGN_IN_FAILED);
    house.kill_and_start();
    Guest after(house.options());
    after.connect();
    EXPECT_TRUE(after.get(signing_in(phone.login_id(), good_passphrase)).signed_in().me().has_ban());
    house.ordered({"lift-ban", phone.login_id()});
    EXPECT_TRUE(after.get(request(R"({"listRooms":{}})")).has_rooms());
}

TEST_F(Sessions, AChangeOfRoleActsOnTheOpenConnection) {
    const auto card = phone.get(request(R"({"listRooms":{}})")).rooms().rooms(0);
    EXPECT_EQ(phone.refusal(changing_topic(card, "Mine")), v1::ERROR_CODE_NOT_ALLOWED);
    house.ordered({"role", phone.login_id(), "moderator"});
    EXPECT_TRUE(laptop.get(changing_topic(card, "Night porch")).has_room_card());
    EXPECT_EQ(phone.hear(v1::Event::kRoleChanged).role_changed().role(), v1::ROLE_MODERATOR);
    house.ordered({"role", phone.login_id(), "member"});
    EXPECT_EQ(laptop.refusal(changing_topic(card, "Mine")), v1::ERROR_CODE_NOT_ALLOWED);
    EXPECT_EQ(phone.hear(v1::Event::kRoleChanged).role_changed().role(), v1::ROLE_MEMBER);
}

TEST_F(Sessions, AnAdminsCallsAreForAdminsOnly) {
    Guest admin = newcomer();
    admin.sign_up(house.invite("admin"));
    admin.consent();
    const auto invite = admin.get(request(R"({"createInvite":{"role":"ROLE_MEMBER"}})")).invite_created();
    EXPECT_EQ(phone.refusal(request(R"({"createInvite":{"role":"ROLE_MEMBER"}})")), v1::ERROR_CODE_NOT_ALLOWED);
    Guest guest = newcomer();
    guest.sign_up(invite.code());
    Guest late = newcomer();
    v1::Request again;
    again.mutable_create_account()->set_invite_code(invite.code());
    again.mutable_create_account()->set_passphrase(good_passphrase);
    const auto used_up = late.ask(again);
    EXPECT_EQ(used_up.error().code(), v1::ERROR_CODE_INVITE_INVALID);
    again.mutable_create_account()->set_invite_code("never made");
    auto unknown = late.ask(again);
    EXPECT_EQ(unknown.error().SerializeAsString(), used_up.error().SerializeAsString());
}

}  // namespace kindroom::test
