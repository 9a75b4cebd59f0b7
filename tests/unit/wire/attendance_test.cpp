// Commands, answers and events of rooms that never run unattended.
#include "unit/wire/reading.hpp"
#include "wire/encode.hpp"

namespace kindroom::wire {
namespace {

using samples::bytes_of;
using samples::id_of;
using samples::some_time;

v1::Event event_of(const std::string& bytes) {
    v1::Batch batch;
    EXPECT_TRUE(batch.ParseFromString(bytes));
    return batch.event(0);
}
v1::RoomCard card_of(const domain::RoomCard& card) {
    return event_of(*encode_reply(7, card, Format::binary, samples::cursors())).reply().room_card().room();
}

TEST(DecodeAttendance, SettingsSayWhenARoomIsOpenAndWhoLooksAfterIt) {
    expect_read<domain::CreateRoom>(sample("create_room_with_attendance"), [](const domain::CreateRoom& create) {
        EXPECT_TRUE(create.settings.needs_moderator);
        EXPECT_EQ(create.settings.join_policy, domain::JoinPolicy::knock);
        EXPECT_EQ(create.settings.opening_hours, (domain::OpeningHours{{.opens = 1'080, .closes = 1'200}}));
        EXPECT_EQ(create.settings.opening_words, "Come in.");
        EXPECT_EQ(create.settings.closing_words, "Sleep well.");
        EXPECT_EQ(create.settings.listen_only, Duration{0}) << "said, and not the house's default";
    });
    expect_read<domain::CreateRoom>(sample("create_room"), [](const domain::CreateRoom& create) {
        EXPECT_EQ(create.settings.listen_only, std::nullopt);
        EXPECT_FALSE(create.settings.needs_moderator);
    });
}

TEST(DecodeAttendance, NoMoreSpansAreReadThanARoomMayHave) {
    auto request = sample("create_room_with_attendance");
    auto& settings = *request.mutable_create_room()->mutable_settings();
    while (settings.opening_hours_size() <= static_cast<int>(Limits{}.opening_spans_max)) {
        auto& span = *settings.add_opening_hours();
        span.set_opens_minute(1);
        span.set_closes_minute(2);
    }
    EXPECT_EQ(refusal(request), bad("settings.opening_hours"));
}

TEST(DecodeAttendance, CommandsSayWhatTheySay) {
    expect_read<domain::PauseRoom>(sample("pause_room"), [](const domain::PauseRoom& pause) {
        EXPECT_EQ(pause.room, samples::room);
        EXPECT_EQ(pause.sentence, "We take ten minutes.");
    });
    expect_read<domain::AnswerKnock>(sample("answer_knock"), [](const domain::AnswerKnock& answer) {
        EXPECT_EQ(answer.token, id_of<PersonToken>(0x55));
        EXPECT_TRUE(answer.let_in);
    });
    expect_read<domain::CreateRoomInvite>(sample("create_room_invite"), [](const domain::CreateRoomInvite& create) {
        EXPECT_EQ(create.uses, 5u);
        EXPECT_EQ(create.holds_for, Duration{86'400'000});
    });
    expect_read<domain::SetJoinPolicy>(sample("set_join_policy"), [](const domain::SetJoinPolicy& set) {
        EXPECT_EQ(set.join_policy, domain::JoinPolicy::invite);
    });
    expect_read<domain::LetSpeak>(sample("let_speak"),
                                  [](const domain::LetSpeak& let) { EXPECT_EQ(let.token, id_of<PersonToken>(0x55)); });
    expect_read<domain::JoinRoom>(sample("join_room_with_invite"), [](const domain::JoinRoom& join) {
        EXPECT_EQ(join.invite_code.reveal(), "ABCD-EFGH-JKLM-NPQR");
    });
    auto unclear = sample("set_join_policy");
    unclear.mutable_set_join_policy()->clear_join_policy();
    EXPECT_EQ(refusal(unclear), bad("join_policy"));
}

TEST(EncodeAttendance, ACardSaysWhyARoomTakesNoWordsAndUntilWhen) {
    auto card = samples::card();
    card.state = domain::RoomState::winding_down;
    card.pauses_at = some_time;
    EXPECT_EQ(card_of(card).state(), v1::ROOM_STATE_WINDING_DOWN);
    EXPECT_EQ(card_of(card).pauses_at_ms(), to_ms(some_time));
    EXPECT_EQ(card_of(card).opens_at_ms(), 0);
    card.pause_sentence = "A break.";
    EXPECT_EQ(card_of(card).pause_sentence(), "A break.");
    EXPECT_FALSE(card_of(card).settings().has_listen_only_ms());
    card.settings.listen_only = Duration{0};
    EXPECT_TRUE(card_of(card).settings().has_listen_only_ms()) << "so that whoever sends it back changes nothing";
}

TEST(EncodeAttendance, WhoCannotSpeakIsToldWhereToTurn) {
    const domain::Refused refused{.error = refuse(Errc::room_paused), .decision = {}, .help = "In danger call 112."};
    const auto reply = event_of(*encode_reply(7, refused, Format::binary, samples::cursors())).reply();
    EXPECT_EQ(reply.error().code(), v1::ERROR_CODE_ROOM_PAUSED);
    EXPECT_EQ(reply.error().help(), "In danger call 112.");
}

TEST(EncodeAttendance, ARosterOnDutySaysWhomTheModeratorKeepsAway) {
    auto kept_away = samples::person();
    kept_away.is_kept_away = true;
    const domain::RosterChanged changed{.room = samples::room, .people = {samples::person(), kept_away}};
    const auto event = event_of(*encode_event(changed, Format::binary, samples::cursors()));
    EXPECT_FALSE(event.roster_changed().people(0).kept_away());
    EXPECT_TRUE(event.roster_changed().people(1).kept_away());
}

TEST(EncodeAttendance, WhoMayListenOnlyIsToldUntilWhenAndThenThatItIsOver) {
    const auto told = [](domain::ListeningChanged changed) {
        return event_of(*encode_event(changed, Format::binary, samples::cursors())).listening_changed();
    };
    const auto wave = told({samples::room, domain::Listening{some_time, domain::ListenCause::wave}});
    EXPECT_EQ(wave.may_speak_at_ms(), to_ms(some_time));
    EXPECT_EQ(wave.listen_cause(), v1::LISTEN_CAUSE_WAVE);
    EXPECT_EQ(told({.room = samples::room}).may_speak_at_ms(), 0);
    EXPECT_EQ(told({.room = samples::room}).listen_cause(), v1::LISTEN_CAUSE_UNSPECIFIED);
}

}  // namespace
}  // namespace kindroom::wire
