// Who may ask what: every command against every state of a connection. A new command does not compile here before
// somebody has written its row.
#include <array>
#include <gtest/gtest.h>
#include <utility>

#include "bench.hpp"

namespace kindroom::actors::test {
namespace {

using namespace domain;

enum class Where : std::uint8_t { silent, greeted, without_consent, member, away, moderator, admin, house_operator };
constexpr std::array states{Where::silent, Where::greeted,   Where::without_consent, Where::member,
                            Where::away,   Where::moderator, Where::admin,           Where::house_operator};

// One letter for each state, in their order: H hello_needed, S sign_in_needed, A already_signed_in, R rules_needed,
// N not_allowed, W stepped_away, and "." for all that is not a question of permission.
struct Row {
    const char* command;
    const char* answers;
};
constexpr std::array rows{
    Row{"Hello", "........"},
    Row{"Ping", "H......."},
    Row{"GetRules", "H......."},
    Row{"GetDataPolicy", "H......."},
    Row{"GetHelp", "H......."},
    Row{"CreateAccount", "H.AAAAAA"},
    Row{"SignIn", "H.AAAAAA"},
    Row{"ResumeSession", "H.AAAAAA"},
    Row{"RecoverAccount", "H.AAAAAA"},
    Row{"SignOut", "HS.....N"},
    // To version 0, which is never in force.
    Row{"ConsentToRules", "HSRRRRRN"},
    Row{"GetMe", "HS.....N"},
    Row{"ChangePassphrase", "HS.....N"},
    Row{"ListSessions", "HS.....N"},
    Row{"RevokeSession", "HS.....N"},
    Row{"RevokeAllSessions", "HS.....N"},
    Row{"ListRooms", "HS......"},
    Row{"GetRoom", "HS......"},
    Row{"JoinRoom", "HS..W..N"},
    Row{"LeaveRoom", "HS.....N"},
    Row{"ResumeRoom", "HS..W..N"},
    Row{"GetRoster", "HS..W..N"},
    Row{"PostMessage", "HSR.W..N"},
    Row{"EditMessage", "HSR.W..N"},
    Row{"RetractMessage", "HS.....N"},
    Row{"GetHistory", "HS..W..N"},
    Row{"HearMessage", "HS..W..N"},
    Row{"RevealMessage", "HS..W..N"},
    Row{"GetHeadsUp", "HS.....N"},
    Row{"CreateRoom", "HSNNN..."},
    Row{"ChangeRoom", "HSNNN..."},
    Row{"CloseRoom", "HSNNN..."},
    Row{"GoOnDuty", "HS..W..N"},
    Row{"GoOffDuty", "HS.....N"},
    Row{"LinkPeople", "HSNNN..N"},
    Row{"CreateInvite", "HSNNNN.."},
    Row{"PublishRules", "HSNNNN.."},
    Row{"SetRole", "HSNNNN.."},
    Row{"BanAccount", "HSNNNN.."},
    Row{"LiftBan", "HSNNNN.."},
    Row{"AddMute", "HS.....N"},
    Row{"Unmute", "HS.....N"},
    Row{"BlockPeople", "HS.....N"},
    Row{"Unblock", "HS.....N"},
    Row{"ListBoundaries", "HS.....N"},
    Row{"SetLabelChoice", "HS.....N"},
    Row{"StepAway", "HS.....N"},
    Row{"ReturnFromAway", "HS.....N"},
    Row{"OfferContact", "HSR.W..N"},
    Row{"AnswerOffer", "HS..W..N"},
    Row{"ListContacts", "HS.....N"},
    Row{"Disconnect", "HS.....N"},
    Row{"SetContactsOpen", "HS.....N"},
    Row{"Decide", "HSNNN..N"},
    Row{"ListMyDecisions", "HS.....N"},
    Row{"ConfirmDecision", "HS.....N"},
    Row{"ListUnconfirmed", "HS.....N"},
    Row{"Report", "HS.....N"},
    Row{"GetReports", "HS.....N"},
    Row{"ListCases", "HSNNN..N"},
    Row{"OpenCase", "HSNNN..N"},
    Row{"ClaimCase", "HSNNN..N"},
    Row{"ReleaseCase", "HSNNN..N"},
    Row{"ResolveCase", "HSNNN..N"},
    Row{"DismissCase", "HSNNN..N"},
    Row{"TapOut", "HS.....N"},
    Row{"Appeal", "H......."},
    Row{"GetAppeal", "H......."},
    Row{"PauseRoom", "HSNNN..."},
    Row{"ResumeTalk", "HSNNN..."},
    Row{"Knock", "HS..W..N"},
    Row{"ListKnocks", "HS..W..N"},
    Row{"AnswerKnock", "HS..W..N"},
    Row{"CreateRoomInvite", "HSNNN..."},
    Row{"SetJoinPolicy", "HSNNN..."},
    Row{"LetSpeak", "HS..W..N"},
    Row{"ListHeld", "HS.....N"},
    // Judged by the room: for those on duty in it.
    Row{"ListHeldForReview", "HS..W..N"},
    Row{"ReleaseHeld", "HS..W..N"},
    Row{"ReturnHeld", "HS..W..N"},
    Row{"TryFilters", "HSNNNN.."},
    Row{"CallModerator", "HS.....N"},
    Row{"PointToHelp", "HS.....N"},
    Row{"SignUp", "HSR.W..N"},
    Row{"RaiseHand", "HSR.W..N"},
    Row{"LowerHand", "HS.....N"},
    Row{"PassTurn", "HS..W..N"},
    Row{"GetCircle", "HS..W..N"},
    Row{"DrawSeats", "HS..W..N"},
    Row{"NextTurn", "HS..W..N"},
    Row{"ExtendTurn", "HS..W..N"},
    Row{"StartReflections", "HS..W..N"},
    Row{"CloseCircle", "HS..W..N"},
    Row{"ExportMyData", "HS.....N"},
    Row{"EraseAccount", "HS.....N"},
};
static_assert(rows.size() == std::variant_size_v<Command>, "each command has its row");

template <std::size_t... I>
Command command_at(std::size_t index, std::index_sequence<I...>) {
    Command command;
    ((I == index ? static_cast<void>(command.emplace<I>()) : static_cast<void>(0)), ...);
    return command;
}

const RoomId room(std::array<std::uint8_t, 16>{7});
const AccountId account(std::array<std::uint8_t, 16>{1});

// A command that concerns a room concerns one that exists.
Command command_at(std::size_t index) {
    Command command = command_at(index, std::make_index_sequence<std::variant_size_v<Command>>());
    std::visit(
        [](auto& it) {
            if constexpr (requires { it.room; }) it.room = room;
        },
        command);
    return command;
}

// A house with that room, and one account that is in no room.
void furnish(sim::HouseGround& ground) {
    crypto::Random random(5);
    const auto key = crypto::DataKey::make(random);
    const auto key_id = random.id<DataKeyId>();
    store::AccountRecord record{.id = account,
                                .login_id = "amber-heron-4127",
                                .passphrase_hash = {},
                                .recovery_code = {},
                                .standing = {},
                                .rules_consented = 0,
                                .created_at = {},
                                .person_key = key_id};
    store::RoomRecord quiet{.id = room, .settings = {.topic = "Quiet", .seats = 5}};
    store::Transaction all;
    all.changes.push_back(store::InsertKey{
        {.id = key_id, .room = {}, .destroy_at = never, .wrapped = ground.vault.wrap(key, key_id, random)}});
    all.changes.push_back(store::PutAccount{record});
    all.changes.push_back(store::PutRoom{quiet});
    ground.disk->apply(all);
}

Identity identity_in(Where state) {
    Identity who{.account = account,
                 .session = {},
                 .standing = {},
                 .rules_consented = 1,
                 .newcomer_until = {},
                 .visibility = std::make_shared<const Visibility>(account)};
    if (state == Where::without_consent) who.rules_consented = 0;
    if (state == Where::away) who.away = {domain::Away{}};
    if (state == Where::moderator) who.standing.role = Role::moderator;
    if (state == Where::admin) who.standing.role = Role::admin;
    return who;
}

char letter_of(const v1::Reply& reply) {
    if (!reply.has_error()) return reply.outcome_case() == v1::Reply::OUTCOME_NOT_SET ? '?' : '.';
    switch (reply.error().code()) {
        case v1::ERROR_CODE_HELLO_NEEDED:
            return 'H';
        case v1::ERROR_CODE_SIGN_IN_NEEDED:
            return 'S';
        case v1::ERROR_CODE_ALREADY_SIGNED_IN:
            return 'A';
        case v1::ERROR_CODE_RULES_NEEDED:
            return 'R';
        case v1::ERROR_CODE_NOT_ALLOWED:
            return 'N';
        case v1::ERROR_CODE_STEPPED_AWAY:
            return 'W';
        default:
            return '.';
    }
}

char answer_to(std::size_t index, Where state) {
    Bench bench;
    furnish(bench.ground);
    bench.restart(sim::house_texts());
    Paper paper;
    Client& client = bench.connect(
        paper, {.format = {}, .network = {}, .is_loopback = true, .is_operator = state == Where::house_operator});
    bench.on_shard([&] {
        if (state != Where::silent) client.greet();
        if (state >= Where::without_consent && state <= Where::admin)
            bench.home().signed_in(client, std::make_shared<const Identity>(identity_in(state)));
    });
    return letter_of(bench.ask(client, command_at(index)));
}

class Permissions : public ::testing::TestWithParam<std::size_t> {};

TEST_P(Permissions, AreThoseOfTheTable) {
    std::string answers;
    for (const Where state : states) answers += answer_to(GetParam(), state);
    EXPECT_EQ(answers, rows[GetParam()].answers);
}

INSTANTIATE_TEST_SUITE_P(Of, Permissions, ::testing::Range(std::size_t{0}, rows.size()),
                         [](const auto& row) { return std::string(rows[row.param].command); });

}  // namespace
}  // namespace kindroom::actors::test
