// Taking one's data along.
#include "sim/own_data.hpp"
#include "sim/reporting.hpp"

namespace kindroom::sim {
namespace {

TEST_F(OwnData, HasEverythingThatIsKeptOfSomebodyAndNothingOfOthers) {
    begin();
    const auto message = said(*ana_, "I cannot sleep");
    EXPECT_TRUE(world_->ask(*ana_, edit(room_, message, "I could not sleep")).has_done());
    say(*ben_, "Ben's own words");
    blocks(*ana_, *ben_);
    EXPECT_TRUE(world_->ask(*ana_, mute_words({"wine"})).has_muted());
    EXPECT_TRUE(world_->ask(*ana_, choose_label("grief", v1::LABEL_CHOICE_SHOW)).has_done());
    befriend(*ana_, *cleo_);
    decides(*mia_, about(person(*ana_), v1::DECISION_ACTION_WARN));
    EXPECT_TRUE(world_->ask(*ana_, step_away("", Duration{3'600'000})).has_stepped_away());

    std::map<v1::OwnPiece::KindCase, int> kinds;
    for (const auto& piece : taken_along(*ana_)) {
        kinds[piece.kind_case()] += 1;
        if (piece.has_account()) {
            EXPECT_EQ(piece.account().login_id(), ana_->login_id());
        }
        if (piece.has_block()) {
            EXPECT_EQ(piece.block().person().name(), "Ben");
        }
        if (piece.has_contact()) {
            EXPECT_EQ(piece.contact().person().name(), "Cleo");
        }
        if (piece.has_room() && piece.room().room_id() == room_) {
            EXPECT_EQ(piece.room().topic(), "Evening");
            EXPECT_EQ(piece.room().you().name(), "Ana");
            EXPECT_TRUE(piece.room().joined());
        }
        if (!piece.has_message()) continue;
        EXPECT_EQ(piece.message().text(), "I could not sleep");
        ASSERT_EQ(piece.message().earlier_size(), 1);
        EXPECT_EQ(piece.message().earlier(0).text(), "I cannot sleep");
        EXPECT_EQ(piece.message().message_id(), message);
        EXPECT_NE(piece.message().edited_at_ms(), 0);
    }
    const std::map<v1::OwnPiece::KindCase, int> expected{{v1::OwnPiece::kAccount, 1}, {v1::OwnPiece::kSession, 1},
                                                         {v1::OwnPiece::kMute, 1},    {v1::OwnPiece::kBlock, 1},
                                                         {v1::OwnPiece::kLabel, 1},   {v1::OwnPiece::kAway, 1},
                                                         {v1::OwnPiece::kContact, 1}, {v1::OwnPiece::kDecision, 1},
                                                         {v1::OwnPiece::kRoom, 2},    {v1::OwnPiece::kMessage, 1}};
    EXPECT_EQ(kinds, expected);
}

TEST_F(OwnData, HasWhatWasSaidInARoomThatSomebodyHasLeftAndNotWhatTheyTookBack) {
    begin();
    said(*ana_, "stays");
    const auto back = said(*ana_, "taken back");
    EXPECT_TRUE(world_->ask(*ana_, retract(room_, back)).has_done());
    EXPECT_TRUE(world_->ask(*ana_, leave(room_)).has_done());
    EXPECT_EQ(words_taken_along(*ana_), (Lines{"stays"}));
    EXPECT_EQ(words_taken_along(*ben_), Lines{});
}

TEST_F(OwnData, ComesInPiecesOfBoundedSizeEachWordOnce) {
    Limits limits = quick();
    limits.history_page_bytes_max = 2'000;
    open(limits);
    come_in();
    Lines said_by_ana;
    for (int i = 0; i < 40; ++i) {
        said_by_ana.push_back(std::string(100, static_cast<char>('a' + i % 26)) + std::to_string(100 + i));
        said(*ana_, said_by_ana.back());
        say(*ben_, "in between");
    }
    std::sort(said_by_ana.begin(), said_by_ana.end());
    EXPECT_EQ(words_taken_along(*ana_), said_by_ana);
    EXPECT_GT(answers_, 4);
    EXPECT_LT(answers_, 12);
    const auto reply = world_->ask(*ana_, export_my_data());
    EXPECT_LT(reply.my_data().ByteSizeLong(), 4'000u);
}

TEST_F(OwnData, ACursorIsOnesOwnAndNoOther) {
    Limits limits = quick();
    limits.history_page_bytes_max = 1;
    open(limits);
    come_in();
    said(*ana_, "words");
    const auto first = world_->ask(*ana_, export_my_data()).my_data().next();
    EXPECT_EQ(first.size(), 33u);
    // It can be used again, and says the same.
    EXPECT_EQ(bare(world_->ask(*ana_, export_my_data(first))), bare(world_->ask(*ana_, export_my_data(first))));
    for (std::size_t at = 1; at < first.size(); ++at) {
        auto forged = first;
        forged[at] = static_cast<char>(forged[at] ^ 1);
        EXPECT_EQ(world_->ask(*ana_, export_my_data(forged)).error().code(), v1::ERROR_CODE_CURSOR_INVALID) << at;
    }
    EXPECT_EQ(world_->ask(*ana_, export_my_data("x")).error().code(), v1::ERROR_CODE_CURSOR_INVALID);
}

TEST_F(OwnData, Look20_ATakenAlongCopySaysTheSameWhetherOrNotSomebodyBlocksTheOwner) {
    begin();
    befriend(*ana_, *ben_);
    befriend(*cleo_, *ben_);
    said(*ben_, "my words");
    ben_->log.clear();
    settle();
    const auto before = bytes_taken_along(*ben_);
    const int answers = answers_;
    blocks(*ana_, *ben_);
    say(*ana_, "words that Ben is not shown");
    settle();
    EXPECT_EQ(bytes_taken_along(*ben_), before);
    EXPECT_EQ(answers_, answers);
}

// An offer that somebody was shown stays when its maker blocks them, and one that they were not shown goes.
TEST_F(OwnData, Look20_AnOfferIsNotShownInATakenAlongCopyFirst) {
    begin();
    ben_->stay_away(true);
    world_->pass(Duration{300'000});
    world_->ask(*ana_, offer_contact(person(*ben_)));
    settle();
    ben_->stay_away(false);
    settle();
    const auto offers = [&] {
        int count = 0;
        for (const auto& piece : taken_along(*ben_)) count += piece.has_offer() ? 1 : 0;
        return count;
    };
    EXPECT_EQ(offers(), 0);
    EXPECT_EQ(world_->ask(*ben_, list_contacts()).contacts().received_size(), 1);
    EXPECT_EQ(offers(), 1);
    blocks(*ana_, *ben_);
    settle();
    EXPECT_EQ(offers(), 1);
}

TEST_F(OwnData, X6IsOpenInATimeoutInABanInAPausedRoomAndAwayFirmly) {
    begin();
    said(*ben_, "my words");
    decides(*mia_, about(person(*ben_), v1::DECISION_ACTION_OUT_OF_ROOM, Duration{3'600'000}));
    EXPECT_EQ(words_taken_along(*ben_), (Lines{"my words"}));
    EXPECT_TRUE(world_->ask(*ben_, step_away("", Duration{3'600'000}, true)).has_stepped_away());
    EXPECT_EQ(words_taken_along(*ben_), (Lines{"my words"}));
    EXPECT_TRUE(world_->ask(*mia_, pause_room(room_, "We take ten minutes.")).has_room_card());
    EXPECT_EQ(words_taken_along(*ben_), (Lines{"my words"}));
    const auto login_id = ben_->login_id();
    decides(*mia_, about(person(*ben_), v1::DECISION_ACTION_SERVER_BAN));
    EXPECT_TRUE(world_->pass_until([&] { return ben_->has_given_up(); }));
    Device& again = world_->new_device();
    again.begin();
    EXPECT_TRUE(world_->ask(again, sign_in(login_id)).signed_in().me().has_ban());
    EXPECT_EQ(words_taken_along(again), (Lines{"my words"}));
    EXPECT_TRUE(world_->ask(again, erase_account()).has_done());
}

TEST_F(OwnData, HasAPaceOfItsOwn) {
    Limits limits = quick();
    limits.exports_burst = 2;
    limits.export_every = Duration{60'000};
    open(limits);
    come_in();
    EXPECT_TRUE(world_->ask(*ana_, export_my_data()).has_my_data());
    EXPECT_TRUE(world_->ask(*ana_, export_my_data()).has_my_data());
    const auto refused = world_->ask(*ana_, export_my_data());
    EXPECT_EQ(refused.error().code(), v1::ERROR_CODE_RATE_LIMITED);
    EXPECT_GT(refused.error().retry_at_ms(), 0);
    world_->pass(Duration{61'000});
    EXPECT_TRUE(world_->ask(*ana_, export_my_data()).has_my_data());
}

// Each answer reads over all that was said in a room.
TEST_F(OwnData, IsReadForOneWhoAsksAfterTheOther) {
    begin();
    said(*ana_, "words");
    std::vector<v1::Reply> answers;
    for (int i = 0; i < 3; ++i)
        ana_->ask(export_my_data(), [&answers](const v1::Reply* answer) { answers.push_back(*answer); });
    EXPECT_TRUE(world_->pass_until([&answers] { return answers.size() == 3; }));
    int given = 0;
    for (const auto& answer : answers) {
        given += answer.has_my_data() ? 1 : 0;
        if (answer.has_my_data()) continue;
        EXPECT_EQ(answer.error().code(), v1::ERROR_CODE_RATE_LIMITED);
        EXPECT_NE(answer.error().retry_at_ms(), 0) << "so that the client asks again by itself";
    }
    EXPECT_GE(given, 1);
    EXPECT_LT(given, 3) << "at the same time";
    EXPECT_EQ(words_taken_along(*ana_), Lines{"words"}) << "when that one is over";
}

TEST_F(OwnData, HasWhatOneReportedAndItsOutcomeAndNothingOfWhatOthersHadSaidThere) {
    begin();
    const auto theirs = said(*ben_, "go away");
    auto report = report_message(room_, theirs, "he said it twice");
    report.mutable_report()->set_rule_id("kind");
    EXPECT_TRUE(world_->ask(*ana_, report).has_report_received());
    const auto cases = world_->ask(*mia_, list_cases()).cases();
    ASSERT_EQ(cases.cases_size(), 1);
    auto resolve = resolve_case(cases.cases(0).case_id());
    resolve.mutable_resolve_case()->set_note("for moderators only");
    EXPECT_TRUE(world_->ask(*mia_, resolve).has_done());
    int reports = 0;
    for (const auto& piece : taken_along(*ana_)) {
        EXPECT_EQ(piece.SerializeAsString().find("go away"), std::string::npos);
        EXPECT_EQ(piece.SerializeAsString().find("for moderators only"), std::string::npos);
        if (!piece.has_report()) continue;
        ++reports;
        EXPECT_EQ(piece.report().words(), "he said it twice");
        EXPECT_EQ(piece.report().rule_id(), "kind");
        EXPECT_EQ(piece.report().status().outcome(), v1::CASE_OUTCOME_ACTED);
        EXPECT_EQ(piece.report().status().answer(), "We talked to them.");
    }
    EXPECT_EQ(reports, 1);
    for (const auto& piece : taken_along(*ben_)) EXPECT_FALSE(piece.has_report());
}

}  // namespace
}  // namespace kindroom::sim
