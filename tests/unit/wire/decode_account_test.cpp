#include "unit/wire/reading.hpp"

namespace kindroom::wire {
namespace {

TEST(DecodeAccount, HelloSaysVersionAndProgram) {
    expect_read<domain::Hello>(sample("hello"), [](const domain::Hello& hello) {
        EXPECT_EQ(hello.protocol_version, 1u);
        EXPECT_EQ(hello.client, "kindroom-cli 0.1");
    });
}

TEST(DecodeAccount, GetHelpSaysWhereAndInWhichLanguage) {
    expect_read<domain::GetHelp>(sample("get_help"), [](const domain::GetHelp& get) {
        EXPECT_EQ(get.country, "DE");
        EXPECT_EQ(get.language, "de");
    });
}

TEST(DecodeAccount, CreateAccountBringsInviteAndPassphrase) {
    expect_read<domain::CreateAccount>(sample("create_account"), [](const domain::CreateAccount& create) {
        EXPECT_EQ(create.invite_code.reveal(), "ABCD-EFGH-JKLM-NPQR");
        EXPECT_EQ(create.passphrase.reveal(), "four quiet words here");
        EXPECT_EQ(create.device_label, "kitchen laptop");
    });
}

TEST(DecodeAccount, SignInBringsIdAndPassphrase) {
    expect_read<domain::SignIn>(sample("sign_in"), [](const domain::SignIn& sign_in) {
        EXPECT_EQ(sign_in.login_id, "amber-heron-4127");
        EXPECT_EQ(sign_in.passphrase.reveal(), "four quiet words here");
        EXPECT_EQ(sign_in.device_label, "telephone");
    });
}

TEST(DecodeAccount, ResumeSessionBringsTheToken) {
    expect_read<domain::ResumeSession>(sample("resume_session"), [](const domain::ResumeSession& resume) {
        EXPECT_EQ(resume.device_token.reveal(), std::string(32, '\x7f'));
    });
}

TEST(DecodeAccount, RecoverAccountBringsCodeAndNewPassphrase) {
    expect_read<domain::RecoverAccount>(sample("recover_account"), [](const domain::RecoverAccount& recover) {
        EXPECT_EQ(recover.login_id, "amber-heron-4127");
        EXPECT_EQ(recover.recovery_code.reveal(), "WXYZ-2345-6789-ABCD");
        EXPECT_EQ(recover.new_passphrase.reveal(), "another four quiet words");
        EXPECT_EQ(recover.device_label, "library");
    });
}

TEST(DecodeAccount, ConsentNamesTheVersion) {
    expect_read<domain::ConsentToRules>(sample("consent_to_rules"),
                                        [](const domain::ConsentToRules& consent) { EXPECT_EQ(consent.version, 3u); });
}

TEST(DecodeAccount, ChangePassphraseBringsBothAndWhatBecomesOfOthers) {
    expect_read<domain::ChangePassphrase>(sample("change_passphrase"), [](const domain::ChangePassphrase& change) {
        EXPECT_EQ(change.current_passphrase.reveal(), "four quiet words here");
        EXPECT_EQ(change.new_passphrase.reveal(), "another four quiet words");
        EXPECT_TRUE(change.end_other_sessions);
    });
}

TEST(DecodeAccount, SessionsAreRevokedByIdOrAllTogether) {
    expect_read<domain::RevokeSession>(sample("revoke_session"), [](const domain::RevokeSession& revoke) {
        EXPECT_EQ(revoke.session, samples::id_of<SessionId>(0x33));
    });
    expect_read<domain::RevokeAllSessions>(sample("revoke_all_sessions"), [](const domain::RevokeAllSessions& revoke) {
        EXPECT_TRUE(revoke.include_this);
    });
}

TEST(DecodeAccount, ASessionIdHasSixteenBytes) {
    auto request = sample("revoke_session");
    request.mutable_revoke_session()->set_session_id("short");
    EXPECT_EQ(refusal(request), bad("session_id"));
}

TEST(DecodeAccount, ACommandWithoutFieldsIsItsKindAlone) {
    const auto nothing = [](const auto&) {};
    expect_read<domain::Ping>(sample("ping"), nothing);
    expect_read<domain::GetRules>(sample("get_rules"), nothing);
    expect_read<domain::GetDataPolicy>(sample("get_data_policy"), nothing);
    expect_read<domain::SignOut>(sample("sign_out"), nothing);
    expect_read<domain::GetMe>(sample("get_me"), nothing);
    expect_read<domain::ListSessions>(sample("list_sessions"), nothing);
    expect_read<domain::ListRooms>(sample("list_rooms"), nothing);
}

TEST(DecodeAccount, ARequestWithoutIdIsMalformed) {
    auto request = sample("ping");
    request.set_id(0);
    EXPECT_EQ(refusal(request), "1 id");
}

TEST(DecodeAccount, ARequestWithoutCommandIsUnknown) {
    v1::Request request;
    request.set_id(9);
    EXPECT_EQ(refusal(request), "3 ");
}

TEST(DecodeAccount, ACommandOfALaterVersionIsUnknownAndKeepsItsId) {
    // Field 99 of Request, an empty message; in JSON, "bakeBread".
    const auto binary = decode(std::string("\x08\x09\x9a\x06\x00", 5));
    EXPECT_EQ(refusal(binary), "3 ");
    EXPECT_EQ(std::get<Unreadable>(binary).id, 9u);
    const auto json = decode(R"({"id":9,"bakeBread":{}})", Format::json);
    EXPECT_EQ(refusal(json), "3 ");
    EXPECT_EQ(std::get<Unreadable>(json).id, 9u);
}

TEST(DecodeAccount, AFieldOfALaterVersionIsSkipped) {
    // Sign-out with an unknown field 5 = "x" inside, and unknown field 90 = 1 behind it.
    const auto binary = decode(std::string("\x08\x0a\x5a\x03\x2a\x01x\xd0\x05\x01", 10));
    ASSERT_EQ(refusal(binary), "");
    EXPECT_TRUE(std::holds_alternative<domain::SignOut>(std::get<Request>(binary).command));
    EXPECT_EQ(refusal(decode(R"({"id":9,"later":[1,{"a":2}],"signOut":{"why":"tired"}})", Format::json)), "");
}

TEST(DecodeAccount, OfTwoCommandsInOneFrameTheLastCounts) {
    auto bytes = sample("ping").SerializeAsString() + sample("get_rules").SerializeAsString();
    const auto decoded = decode(bytes);
    ASSERT_EQ(refusal(decoded), "");
    EXPECT_TRUE(std::holds_alternative<domain::GetRules>(std::get<Request>(decoded).command));
}

}  // namespace
}  // namespace kindroom::wire
