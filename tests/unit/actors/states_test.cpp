// What each call answers in each state (PRODUCT X6): the table of the code, held against what the server does, cell by
// cell, and against the page that prints it.
#include <fstream>
#include <gtest/gtest.h>
#include <set>
#include <sstream>

#include "bench.hpp"
#include "unit/actors/states_page.hpp"

namespace kindroom::actors::test {
namespace {

using namespace domain;

const AccountId account(std::array<std::uint8_t, 16>{1});

// ---- each cell ------------------------------------------------------------------------------------------------------

OpeningSpan an_hour_later_than(TimePoint now) {
    // The first of January 1970 was a Thursday.
    const auto minute = std::chrono::floor<std::chrono::minutes>(now.time_since_epoch()).count() + 3 * 24 * 60;
    const auto at = [&](std::int64_t later) { return static_cast<std::uint32_t>((minute + later) % minutes_of_week); };
    return {.opens = at(60), .closes = at(120)};
}

// A house with that room, and one account that is in it; returns its key.
std::shared_ptr<const PersonKey> furnish(sim::HouseGround& ground, State state) {
    crypto::Random random(5);
    const auto key = crypto::DataKey::make(random);
    const auto key_id = random.id<DataKeyId>();
    store::Transaction all;
    all.changes.push_back(store::InsertKey{
        {.id = key_id, .room = {}, .destroy_at = never, .wrapped = ground.vault.wrap(key, key_id, random)}});
    all.changes.push_back(
        store::PutAccount{{.id = account, .login_id = "amber-heron-4127", .standing = {}, .person_key = key_id}});
    store::RoomRecord quiet{.id = the_room, .settings = {.topic = "Quiet", .seats = 5}};
    if (state == State::room_paused) quiet.state = RoomState::paused;
    if (state == State::out_of_hours) quiet.settings.opening_hours = {an_hour_later_than(ground.clock.now())};
    all.changes.push_back(store::PutRoom{quiet});
    all.changes.push_back(store::PutMembership{{.room = the_room, .account = account, .joined = true}});
    ground.disk->apply(all);
    return std::make_shared<const PersonKey>(PersonKey{key_id, key});
}

Decision decision_in(State state) {
    Decision decision{.id = DecisionId(std::array<std::uint8_t, 16>{9}), .room = the_room};
    if (state == State::listen_only) decision.action = DecisionAction::listen_only;
    if (state == State::words_held) decision.action = DecisionAction::hold;
    if (state == State::out_of_room) decision.action = DecisionAction::out_of_room;
    if (state == State::no_contacts) decision.action = DecisionAction::no_contacts;
    if (state == State::banned) decision.action = DecisionAction::server_ban;
    return decision;
}

Identity identity_in(State state, std::shared_ptr<const PersonKey> key) {
    Identity who{.account = account,
                 .session = {},
                 .standing = {},
                 .rules_consented = 1,
                 .newcomer_until = {},
                 .visibility = std::make_shared<const Visibility>(account)};
    who.key = std::move(key);
    if (state == State::without_consent) who.rules_consented = 0;
    if (state == State::away) who.away = {domain::Away{}};
    if (state == State::firmly_away) who.away = {domain::Away{.until = from_ms(4'000'000'000'000), .firm = true}};
    if (state >= State::listen_only && state <= State::banned)
        who.sanctions = std::make_shared<const Sanctions>(std::vector{decision_in(state)});
    return who;
}

v1::Reply answer_to(Command command, State state) {
    Bench bench;
    const auto key = furnish(bench.ground, state);
    bench.restart(sim::house_texts());
    Paper paper;
    Client& client = bench.connect(paper);
    bench.on_shard([&] {
        client.greet();
        if (state != State::not_signed_in)
            bench.home().signed_in(client, std::make_shared<const Identity>(identity_in(state, key)));
    });
    return bench.ask(client, std::move(command));
}

std::set<v1::ErrorCode> codes_of_states() {
    return {v1::ERROR_CODE_SIGN_IN_NEEDED, v1::ERROR_CODE_RULES_NEEDED, v1::ERROR_CODE_LISTEN_ONLY,
            v1::ERROR_CODE_OUT_OF_ROOM,    v1::ERROR_CODE_NO_CONTACTS,  v1::ERROR_CODE_BANNED,
            v1::ERROR_CODE_STEPPED_AWAY,   v1::ERROR_CODE_ROOM_PAUSED,  v1::ERROR_CODE_ROOM_OUT_OF_HOURS,
            v1::ERROR_CODE_WOULD_BE_HELD};
}

class States : public ::testing::TestWithParam<std::size_t> {};

TEST_P(States, X6EachCellIsWhatTheServerAnswers) {
    for (std::size_t i = 0; i < states.size(); ++i) {
        const auto closed = closed_in(states[i], command_at(GetParam()));
        const v1::Error error = answer_to(command_at(GetParam()), states[i]).error();
        if (closed) {
            EXPECT_EQ(code_name(*closed), code_name(static_cast<Errc>(error.code()))) << titles[i];
        } else {
            EXPECT_FALSE(codes_of_states().contains(error.code())) << titles[i] << ": " << error.ShortDebugString();
        }
        const bool by_decision = states[i] >= State::listen_only && states[i] <= State::banned;
        EXPECT_EQ(error.has_decision(), closed && by_decision) << titles[i] << ": authority is always explained";
    }
}

INSTANTIATE_TEST_SUITE_P(Of, States, ::testing::Range(std::size_t{0}, commands),
                         [](const auto& index) { return name_of(index.param); });

template <class... C>
void expect_open_everywhere() {
    for (const State state : states) {
        if (state == State::not_signed_in) continue;
        for (const bool closed : {closed_in(state, C{}).has_value()...}) EXPECT_FALSE(closed);
    }
}

TEST(StatesX6, HelpReportBlockLeaveAndWhatIsOnesOwnWorkInEveryState) {
    expect_open_everywhere<GetHelp, GetRules, GetDataPolicy, BlockPeople, LeaveRoom, RetractMessage, AddMute,
                           Disconnect, SetContactsOpen, StepAway, ListMyDecisions, Report, GetReports, ListBoundaries,
                           GetMe, ListSessions, RevokeSession, RevokeAllSessions, ChangePassphrase, SignOut, ExportMyData,
                           EraseAccount>();
    EXPECT_FALSE(closed_in(State::not_signed_in, GetHelp{}));
}

// ---- the page -------------------------------------------------------------------------------------------------------

TEST(StatesX6, ThePageIsWhatTheCodeSays) {
    std::ifstream file(KINDROOM_STATES_PAGE);
    std::ostringstream printed;
    printed << file.rdbuf();
    EXPECT_TRUE(printed.str() == states_page()) << "docs/print-states writes it anew";
}

}  // namespace
}  // namespace kindroom::actors::test
