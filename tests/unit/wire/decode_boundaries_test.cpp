#include "unit/wire/reading.hpp"

namespace kindroom::wire {
namespace {

using samples::bytes_of;
using samples::id_of;

const domain::PersonRef somebody{.room = samples::room, .token = id_of<PersonToken>(0x55)};

TEST(DecodeBoundaries, AMuteOfAPersonNamesThemInTheirRoom) {
    expect_read<domain::AddMute>(sample("add_mute"), [](const domain::AddMute& add) {
        EXPECT_EQ(std::get<domain::PersonRef>(add.what), somebody);
        EXPECT_EQ(add.room, samples::room);
        EXPECT_EQ(add.lasts, Duration{3'600'000});
    });
}

TEST(DecodeBoundaries, AMuteWithoutRoomAndTimeIsEverywhereUntilItIsEnded) {
    auto request = sample("add_mute");
    request.mutable_add_mute()->clear_room_id();
    request.mutable_add_mute()->clear_lasts_ms();
    expect_read<domain::AddMute>(request, [](const domain::AddMute& add) {
        EXPECT_EQ(std::get<domain::PersonRef>(add.what), somebody);
        EXPECT_EQ(add.room, std::nullopt);
        EXPECT_EQ(add.lasts, Duration{0});
    });
}

TEST(DecodeBoundaries, AMuteOfARoomNamesTheRoom) {
    expect_read<domain::AddMute>(sample("add_mute_of_room"), [](const domain::AddMute& add) {
        EXPECT_TRUE(std::holds_alternative<domain::WholeRoom>(add.what));
        EXPECT_EQ(add.room, samples::room);
    });
    auto nowhere = sample("add_mute_of_room");
    nowhere.mutable_add_mute()->clear_room_id();
    EXPECT_EQ(refusal(nowhere), bad("room_id"));
}

TEST(DecodeBoundaries, AMuteOfNoRoomMeansNothingAndIsRefused) {
    auto request = sample("add_mute_of_room");
    request.mutable_add_mute()->set_room(false);
    EXPECT_EQ(refusal(request), bad("room"));
}

TEST(DecodeBoundaries, AMuteOfWordsBringsThemAsTheyAreWritten) {
    auto request = sample("add_mute_of_words");
    // What is blank is set aside later, where words are tidied.
    request.mutable_add_mute()->mutable_words()->add_word("");
    expect_read<domain::AddMute>(request, [](const domain::AddMute& add) {
        EXPECT_EQ(std::get<domain::Words>(add.what).words, (std::vector<std::string>{"für einmal", "weight", ""}));
        EXPECT_EQ(add.room, std::nullopt);
    });
}

TEST(DecodeBoundaries, AMuteOfNoWordsIsRefused) {
    auto request = sample("add_mute_of_words");
    request.mutable_add_mute()->mutable_words()->clear_word();
    EXPECT_EQ(refusal(request), bad("words"));
}

TEST(DecodeBoundaries, AMuteOfALabelBringsTheLabel) {
    expect_read<domain::AddMute>(sample("add_mute_of_label"), [](const domain::AddMute& add) {
        EXPECT_EQ(std::get<domain::Label>(add.what).label, "grief");
        EXPECT_EQ(add.room, samples::room);
    });
}

TEST(DecodeBoundaries, AMuteOfNothingIsRefused) {
    auto request = sample("add_mute");
    request.mutable_add_mute()->clear_what();
    EXPECT_EQ(refusal(request), bad("what"));
}

TEST(DecodeBoundaries, AnIdOfAnotherLengthOrOfZerosIsRefusedByName) {
    for (const char* name : {"add_mute", "add_mute_of_words", "add_mute_of_label", "step_away", "return_from_away"})
        expect_id_is_checked(name, "room_id", true);
    expect_id_is_checked("add_mute_of_room", "room_id");
    expect_id_is_checked("unmute", "mute_id");
    expect_id_is_checked("unblock", "block_id");
}

TEST(DecodeBoundaries, APersonIsNamedByRoomAndToken) {
    for (const auto& wrong : wrong_ids()) {
        auto mute = sample("add_mute");
        mute.mutable_add_mute()->mutable_person()->set_room_id(wrong);
        EXPECT_EQ(refusal(mute), bad("room_id")) << wrong.size() << " bytes";
        mute.mutable_add_mute()->mutable_person()->set_room_id(bytes_of(0x11));
        mute.mutable_add_mute()->mutable_person()->set_token(wrong);
        EXPECT_EQ(refusal(mute), bad("token")) << wrong.size() << " bytes";

        auto block = sample("block_people");
        block.mutable_block_people()->mutable_people(1)->set_room_id(wrong);
        EXPECT_EQ(refusal(block), bad("room_id")) << wrong.size() << " bytes";
        block.mutable_block_people()->mutable_people(1)->set_room_id(bytes_of(0x11));
        block.mutable_block_people()->mutable_people(1)->set_token(wrong);
        EXPECT_EQ(refusal(block), bad("token")) << wrong.size() << " bytes";
    }
}

TEST(DecodeBoundaries, ABlockNamesAllWhomItMeansAndTheReport) {
    expect_read<domain::BlockPeople>(sample("block_people"), [](const domain::BlockPeople& block) {
        EXPECT_EQ(block.people, (std::vector{somebody, domain::PersonRef{samples::room, id_of<PersonToken>(0x56)}}));
        EXPECT_EQ(block.report, "They would not stop.");
    });
}

TEST(DecodeBoundaries, ABlockOfNobodyIsRefused) {
    auto request = sample("block_people");
    request.mutable_block_people()->clear_people();
    EXPECT_EQ(refusal(request), bad("people"));
}

TEST(DecodeBoundaries, UnmuteAndUnblockNameWhatTheyEnd) {
    expect_read<domain::Unmute>(sample("unmute"),
                                [](const domain::Unmute& unmute) { EXPECT_EQ(unmute.mute, id_of<MatterId>(0x66)); });
    expect_read<domain::Unblock>(
        sample("unblock"), [](const domain::Unblock& unblock) { EXPECT_EQ(unblock.block, id_of<MatterId>(0x67)); });
}

TEST(DecodeBoundaries, ListBoundariesIsItsKindAlone) {
    expect_read<domain::ListBoundaries>(sample("list_boundaries"), [](const domain::ListBoundaries&) {});
}

TEST(DecodeBoundaries, ALabelIsShownOrAskedForAsChosen) {
    auto request = sample("set_label_choice");
    expect_read<domain::SetLabelChoice>(request, [](const domain::SetLabelChoice& set) {
        EXPECT_EQ(set.label, "grief");
        EXPECT_EQ(set.choice, domain::LabelChoice::show);
    });
    request.mutable_set_label_choice()->set_choice(v1::LABEL_CHOICE_ASK);
    expect_read<domain::SetLabelChoice>(
        request, [](const domain::SetLabelChoice& set) { EXPECT_EQ(set.choice, domain::LabelChoice::ask); });
}

TEST(DecodeBoundaries, AChoiceIsNeverTakenFromSilence) {
    auto request = sample("set_label_choice");
    for (const int wrong : {0, 3, -1, 1'000'000}) {
        request.mutable_set_label_choice()->set_choice(static_cast<v1::LabelChoice>(wrong));
        EXPECT_EQ(refusal(request), bad("choice")) << wrong;
    }
}

TEST(DecodeBoundaries, SteppingAwaySaysFromWhereForHowLongAndHowFirmly) {
    expect_read<domain::StepAway>(sample("step_away"), [](const domain::StepAway& step) {
        EXPECT_EQ(step.from_room, samples::room);
        EXPECT_EQ(step.lasts, Duration{3'600'000});
        EXPECT_TRUE(step.firm);
    });
}

TEST(DecodeBoundaries, WhoStepsAwayWithoutAWordIsAwayFromEverywhereUntilTheySayOtherwise) {
    auto request = sample("step_away");
    request.mutable_step_away()->Clear();
    expect_read<domain::StepAway>(request, [](const domain::StepAway& step) {
        EXPECT_EQ(step.from_room, std::nullopt);
        EXPECT_EQ(step.lasts, Duration{0});
        EXPECT_FALSE(step.firm);
    });
}

TEST(DecodeBoundaries, ReturningNamesTheRoomOrMeansEverywhere) {
    auto request = sample("return_from_away");
    expect_read<domain::ReturnFromAway>(
        request, [](const domain::ReturnFromAway& back) { EXPECT_EQ(back.from_room, samples::room); });
    request.mutable_return_from_away()->clear_room_id();
    expect_read<domain::ReturnFromAway>(
        request, [](const domain::ReturnFromAway& back) { EXPECT_EQ(back.from_room, std::nullopt); });
}

TEST(DecodeBoundaries, ALengthOfTimeIsNeitherNegativeNorBeyondACentury) {
    constexpr std::int64_t century_ms = 3'155'695'200'000;
    for (const auto& [ms, fine] : {std::pair<std::int64_t, bool>{-1, false},
                                   {INT64_MIN, false},
                                   {century_ms, true},
                                   {century_ms + 1, false},
                                   {INT64_MAX, false}}) {
        auto mute = sample("add_mute");
        mute.mutable_add_mute()->set_lasts_ms(ms);
        EXPECT_EQ(refusal(mute), fine ? "" : bad("lasts_ms")) << ms;
        // Firm, it is shorter: see DecodeLimits.
        auto away = sample("step_away");
        away.mutable_step_away()->set_firm(false);
        away.mutable_step_away()->set_lasts_ms(ms);
        EXPECT_EQ(refusal(away), fine ? "" : bad("lasts_ms")) << ms;
    }
}

}  // namespace
}  // namespace kindroom::wire
