// Texts of commands are made safe before anybody judges them.
#include "actors/tidy.hpp"

#include <gtest/gtest.h>

namespace kindroom::actors {
namespace {

using namespace domain;

const Limits limits;

template <class C>
Result<C> tidied(C made) {
    Command command = std::move(made);
    if (auto done = tidy(command, limits); !done) return done.error();
    return std::move(std::get<C>(command));
}
template <class C>
Errc refusal(C command) {
    const auto done = tidied(std::move(command));
    return done ? Errc{} : done.error().code;
}

TEST(Tidy, CleansWhatIsSaid) {
    EXPECT_EQ(tidied(PostMessage{.text = "hel\xe2\x80\xaelo"})->text, "hello") << "no tricks with direction";
    EXPECT_EQ(tidied(EditMessage{.text = "a\r\nb"})->text, "a\nb");
}

TEST(Tidy, RefusesNamesOfTheHouse) {
    EXPECT_EQ(refusal(JoinRoom{.name = "Moderator"}), Errc::name_unsuitable);
    EXPECT_EQ(refusal(JoinRoom{.name = " "}), Errc::name_unsuitable);
    EXPECT_EQ(refusal(JoinRoom{.name = std::string(limits.name_code_points_max + 1, 'a')}), Errc::name_unsuitable);
    EXPECT_EQ(tidied(JoinRoom{.name = "  Ana "})->name, "Ana");
}

// Each login id that somebody tried is remembered for a while, whether or not there is such an account.
TEST(Tidy, ALoginIdThatWasNeverMadeIsRefusedLikeAWrongPassphrase) {
    const std::string longest(64, 'x');
    EXPECT_EQ(tidied(SignIn{.login_id = longest})->login_id, longest);
    EXPECT_EQ(refusal(SignIn{.login_id = longest + "x"}), Errc::sign_in_failed);
    EXPECT_EQ(refusal(RecoverAccount{.login_id = longest + "x"}), Errc::sign_in_failed);
}

CreateAccount with_passphrase(const std::string& passphrase) {
    CreateAccount command;
    command.passphrase = Secret(passphrase);
    return command;
}

TEST(Tidy, JudgesPassphrasesByTheirLengthInCodePoints) {
    EXPECT_EQ(refusal(with_passphrase(std::string(limits.passphrase_code_points_min - 1, 'q'))),
              Errc::passphrase_unsuitable);
    EXPECT_EQ(refusal(with_passphrase("eleven quiet birches")), Errc{});
    EXPECT_EQ(refusal(with_passphrase("eleven quiet birches" + std::string(limits.passphrase_code_points_max, 'q'))),
              Errc::passphrase_unsuitable);
}

TEST(Tidy, ASignInWithAnImpossiblePassphraseFailsLikeAWrongOne) {
    SignIn command;
    command.passphrase = Secret(std::string(limits.passphrase_code_points_max + 1, 'q'));
    EXPECT_EQ(refusal(std::move(command)), Errc::sign_in_failed);
}

TEST(Tidy, BoundsLabelsAndClientNames) {
    EXPECT_EQ(refusal(Hello{.client = std::string(limits.client_name_bytes_max + 1, 'c')}), Errc::invalid_argument);
    SignIn command;
    command.device_label = std::string(limits.device_label_bytes_max + 1, 'd');
    EXPECT_EQ(refusal(std::move(command)), Errc::invalid_argument);
}

TEST(Tidy, AReportThatIsTooLongIsRefusedRatherThanCut) {
    Report report{.words = std::string(limits.note_code_points_max, 'w'), .rule_id = std::string(500, 'r')};
    EXPECT_EQ(refusal(report), Errc{});
    report.words += 'w';
    EXPECT_EQ(refusal(report), Errc::text_too_long);
    EXPECT_EQ(refusal(DismissCase{.note = report.words}), Errc::text_too_long);
    EXPECT_EQ(refusal(ResolveCase{.answer = report.words}), Errc::text_too_long);
    EXPECT_EQ(refusal(GetReports{.receipt = report.words}), Errc::not_found);
}

TEST(Tidy, RulesAndDecisionsNeedWords) {
    EXPECT_EQ(refusal(PublishRules{}), Errc::invalid_argument);
    EXPECT_EQ(refusal(PublishRules{{{.rule_id = "kind", .text = ""}}}), Errc::invalid_argument);
    EXPECT_EQ(refusal(PublishRules{{{.rule_id = "kind", .text = "Be kind."}}}), Errc{});
    EXPECT_EQ(refusal(PublishRules{std::vector<Rule>(limits.rules_max + 1, {.rule_id = "a", .text = "b"})}),
              Errc::invalid_argument);
    EXPECT_EQ(refusal(BanAccount{.rule_id = "kind", .facts = " "}), Errc::invalid_argument) << "always explained";
}

}  // namespace
}  // namespace kindroom::actors
