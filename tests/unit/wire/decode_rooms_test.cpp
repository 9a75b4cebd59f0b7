#include "unit/wire/reading.hpp"

namespace kindroom::wire {
namespace {

using samples::bytes_of;
using samples::id_of;

TEST(DecodeRooms, CommandsThatNameARoom) {
    expect_read<domain::GetRoom>(sample("get_room"),
                                 [](const domain::GetRoom& get) { EXPECT_EQ(get.room, samples::room); });
    expect_read<domain::LeaveRoom>(sample("leave_room"),
                                   [](const domain::LeaveRoom& leave) { EXPECT_EQ(leave.room, samples::room); });
    expect_read<domain::GetHeadsUp>(sample("get_heads_up"),
                                    [](const domain::GetHeadsUp& get) { EXPECT_EQ(get.room, samples::room); });
    expect_read<domain::GetRoster>(sample("get_roster"),
                                   [](const domain::GetRoster& get) { EXPECT_EQ(get.room, samples::room); });
}

TEST(DecodeRooms, WordsAreTakenAlongOnlyIfItIsSaid) {
    expect_read<domain::LeaveRoom>(sample("leave_room_with_words"), [](const domain::LeaveRoom& leave) {
        EXPECT_EQ(leave.room, samples::room);
        EXPECT_TRUE(leave.take_words_along);
    });
    expect_read<domain::LeaveRoom>(sample("leave_room"),
                                   [](const domain::LeaveRoom& leave) { EXPECT_FALSE(leave.take_words_along); });
}

TEST(DecodeRooms, JoinRoomBringsTheName) {
    expect_read<domain::JoinRoom>(sample("join_room"), [](const domain::JoinRoom& join) {
        EXPECT_EQ(join.room, samples::room);
        EXPECT_EQ(join.name, "Ana");
    });
}

TEST(DecodeRooms, ResumeRoomOpensTheCursor) {
    expect_read<domain::ResumeRoom>(sample("resume_room"), [](const domain::ResumeRoom& resume) {
        EXPECT_EQ(resume.room, samples::room);
        EXPECT_EQ(resume.after, Position{41});
        EXPECT_FALSE(resume.catch_up);
    });
}

TEST(DecodeRooms, ACatchUpIsAskedForWithACursorOrWithout) {
    auto request = sample("resume_room_with_catch_up");
    expect_read<domain::ResumeRoom>(request, [](const domain::ResumeRoom& resume) {
        EXPECT_EQ(resume.after, Position{41});
        EXPECT_TRUE(resume.catch_up);
    });
    request.mutable_resume_room()->clear_cursor();
    expect_read<domain::ResumeRoom>(request, [](const domain::ResumeRoom& resume) {
        EXPECT_EQ(resume.after, std::nullopt);
        EXPECT_TRUE(resume.catch_up);
    });
}

TEST(DecodeRooms, ResumeRoomWithoutCursorMeansFromNowOn) {
    auto request = sample("resume_room");
    request.mutable_resume_room()->clear_cursor();
    expect_read<domain::ResumeRoom>(request,
                                    [](const domain::ResumeRoom& resume) { EXPECT_EQ(resume.after, std::nullopt); });
}

TEST(DecodeRooms, APostIsReadWithAllThatItSays) {
    expect_read<domain::PostMessage>(sample("post_message"), [](const domain::PostMessage& post) {
        EXPECT_EQ(post.room, samples::room);
        EXPECT_EQ(post.client_key, id_of<ClientKey>(0x44));
        EXPECT_EQ(post.text, "I slept, für einmal \xF0\x9F\x8C\x99");
        EXPECT_EQ(post.reply_to, samples::message);
        EXPECT_EQ(post.voice, domain::Voice::moderator);
        EXPECT_EQ(post.labels, std::vector<std::string>{});
        EXPECT_EQ(post.breath, Duration{0});
        EXPECT_EQ(post.mentions, std::vector<PersonToken>{});
    });
}

TEST(DecodeRooms, APostBringsItsLabelsItsBreathAndWhomItMentions) {
    expect_read<domain::PostMessage>(sample("post_message_with_care"), [](const domain::PostMessage& post) {
        EXPECT_EQ(post.labels, (std::vector<std::string>{"grief", "sleep"}));
        EXPECT_EQ(post.breath, Duration{20'000});
        EXPECT_EQ(post.mentions, (std::vector{id_of<PersonToken>(0x55), id_of<PersonToken>(0x56)}));
    });
}

TEST(DecodeRooms, APostThatAnswersNothingIsThePersonsOwn) {
    auto request = sample("post_message");
    request.mutable_post_message()->clear_reply_to();
    request.mutable_post_message()->clear_voice();
    expect_read<domain::PostMessage>(request, [](const domain::PostMessage& post) {
        EXPECT_EQ(post.reply_to, std::nullopt);
        EXPECT_EQ(post.voice, domain::Voice::person);
    });
}

TEST(DecodeRooms, EditAndRetractNameTheMessage) {
    expect_read<domain::EditMessage>(sample("edit_message"), [](const domain::EditMessage& edit) {
        EXPECT_EQ(edit.room, samples::room);
        EXPECT_EQ(edit.message, samples::message);
        EXPECT_EQ(edit.text, "I slept at last");
    });
    expect_read<domain::RetractMessage>(sample("retract_message"), [](const domain::RetractMessage& retract) {
        EXPECT_EQ(retract.room, samples::room);
        EXPECT_EQ(retract.message, samples::message);
    });
}

TEST(DecodeRooms, HearAndRevealNameTheMessage) {
    expect_read<domain::HearMessage>(sample("hear_message"), [](const domain::HearMessage& hear) {
        EXPECT_EQ(hear.room, samples::room);
        EXPECT_EQ(hear.message, samples::message);
    });
    expect_read<domain::RevealMessage>(sample("reveal_message"), [](const domain::RevealMessage& reveal) {
        EXPECT_EQ(reveal.room, samples::room);
        EXPECT_EQ(reveal.message, samples::message);
    });
}

TEST(DecodeRooms, HistoryIsReadBackwardsForwardsOrFromTheEnd) {
    auto request = sample("get_history");
    expect_read<domain::GetHistory>(request, [](const domain::GetHistory& get) {
        EXPECT_EQ(get.room, samples::room);
        EXPECT_EQ(get.before, Position{41});
        EXPECT_EQ(get.after, std::nullopt);
        EXPECT_EQ(get.limit, 20u);
    });
    request.mutable_get_history()->set_after(samples::cursor(7));
    expect_read<domain::GetHistory>(request, [](const domain::GetHistory& get) {
        EXPECT_EQ(get.before, std::nullopt);
        EXPECT_EQ(get.after, Position{7});
    });
    request.mutable_get_history()->clear_from();
    expect_read<domain::GetHistory>(request, [](const domain::GetHistory& get) {
        EXPECT_EQ(get.before, std::nullopt);
        EXPECT_EQ(get.after, std::nullopt);
    });
}

TEST(DecodeRooms, AnIdOfAnotherLengthOrOfZerosIsRefusedByName) {
    for (const char* name : {"get_room", "join_room", "leave_room", "resume_room", "get_roster", "post_message",
                             "edit_message", "retract_message", "get_history", "hear_message", "reveal_message",
                             "get_heads_up", "change_room", "close_room", "go_on_duty", "go_off_duty", "link_people",
                             "pause_room", "resume_talk", "knock", "list_knocks", "answer_knock", "create_room_invite",
                             "set_join_policy", "let_speak"})
        expect_id_is_checked(name, "room_id");
    for (const char* name : {"create_invite", "set_role"}) expect_id_is_checked(name, "room_id", true);
    expect_id_is_checked("post_message", "client_key");
    expect_id_is_checked("post_message", "reply_to", true);
    for (const char* name : {"edit_message", "retract_message", "hear_message", "reveal_message"})
        expect_id_is_checked(name, "message_id");
    expect_id_is_checked("link_people", "token");
    expect_id_is_checked("link_people", "other_token");
    expect_id_is_checked("answer_knock", "token");
    expect_id_is_checked("let_speak", "token", true);
}

TEST(DecodeRooms, EachOfThoseMentionedHasAnId) {
    for (const auto& wrong : wrong_ids()) {
        auto request = sample("post_message_with_care");
        request.mutable_post_message()->set_mentions(1, wrong);
        EXPECT_EQ(refusal(request), bad("mentions")) << wrong.size() << " bytes";
    }
}

TEST(DecodeRooms, ACursorOfAnotherRoomIsRefused) {
    auto resume = sample("resume_room");
    resume.mutable_resume_room()->set_room_id(bytes_of(0x12));
    EXPECT_EQ(refusal(resume), "46 cursor");
    auto history = sample("get_history");
    history.mutable_get_history()->set_room_id(bytes_of(0x12));
    EXPECT_EQ(refusal(history), "46 before");
}

TEST(DecodeRooms, ACursorThatNobodyMadeIsRefused) {
    for (const auto& made_up : {std::string(16, 'x'), std::string(15, 'x'), samples::cursor(41) + "x"}) {
        auto resume = sample("resume_room");
        resume.mutable_resume_room()->set_cursor(made_up);
        EXPECT_EQ(refusal(resume), "46 cursor");
        auto history = sample("get_history");
        history.mutable_get_history()->set_after(made_up);
        EXPECT_EQ(refusal(history), "46 after");
    }
}

TEST(DecodeRooms, AnEmptyCursorIsNoPlaceToPageFrom) {
    auto history = sample("get_history");
    history.mutable_get_history()->set_before("");
    EXPECT_EQ(refusal(history), "46 before");
    history.mutable_get_history()->set_after("");
    EXPECT_EQ(refusal(history), "46 after");
}

TEST(DecodeRooms, AnUnknownVoiceIsRefused) {
    auto request = sample("post_message");
    for (const int wrong : {4, -1, 1'000'000}) {
        request.mutable_post_message()->set_voice(static_cast<v1::Voice>(wrong));
        EXPECT_EQ(refusal(request), bad("voice"));
    }
}

}  // namespace
}  // namespace kindroom::wire
