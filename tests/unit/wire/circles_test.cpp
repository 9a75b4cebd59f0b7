#include "support/wire_samples_circles.hpp"
#include "unit/wire/reading.hpp"
#include "wire/encode.hpp"

namespace kindroom::wire {
namespace {

using samples::bytes_of;

v1::CircleView view_of(const domain::CircleView& view) {
    v1::Batch batch;
    EXPECT_TRUE(batch.ParseFromString(
        *encode_event(domain::CircleChanged{view}, Format::binary, samples::cursors())));
    return batch.event(0).circle_changed().circle();
}

TEST(Circles, EachCommandNamesARoom) {
    for (const char* name : {"sign_up", "raise_hand", "lower_hand", "pass_turn", "get_circle", "draw_seats",
                             "next_turn", "extend_turn", "start_reflections", "close_circle"})
        expect_id_is_checked(name, "room_id");
    expect_read<domain::SignUp>(sample("sign_up"),
                                [](const domain::SignUp& sign_up) { EXPECT_EQ(sign_up.room, samples::room); });
    expect_read<domain::CloseCircle>(sample("close_circle"),
                                     [](const domain::CloseCircle& close) { EXPECT_EQ(close.room, samples::room); });
}

TEST(Circles, ARoomIsMadeWithItsTurns) {
    expect_read<domain::CreateRoom>(sample("create_room_of_circle"), [](const domain::CreateRoom& create) {
        EXPECT_EQ(create.settings.kind, domain::RoomKind::circle);
        EXPECT_EQ(create.settings.turn_soft, Duration{180'000});
        EXPECT_EQ(create.settings.turn_hard, Duration{240'000});
    });
}

TEST(Circles, AViewSaysWhoseTurnItIsAndUntilWhen) {
    const auto view = view_of(samples::circle_view());
    EXPECT_EQ(view.room_id(), bytes_of(0x11));
    EXPECT_EQ(view.phase(), v1::CIRCLE_PHASE_TURNS);
    EXPECT_EQ(view.place(), v1::CIRCLE_PLACE_NEXT);
    EXPECT_EQ(view.floor().token(), bytes_of(0x55));
    EXPECT_EQ(view.hard_end_ms() - view.soft_end_ms(), 60'000);
    EXPECT_EQ(view.unheard_size(), 1);
}

TEST(Circles, WithoutAHolderNoTimeIsSaid) {
    auto nobody = samples::circle_view();
    nobody.floor.reset();
    const auto view = view_of(nobody);
    EXPECT_FALSE(view.has_floor());
    EXPECT_EQ(view.soft_end_ms(), 0);
    EXPECT_EQ(view.hard_end_ms(), 0);
}

TEST(Circles, AnUnsignedShareHasNoAuthorOnTheWire) {
    auto message = samples::posted_message();
    message.author = {.token = {}, .name = {}, .sign = {}, .voice = domain::Voice::unsigned_share};
    v1::Batch batch;
    EXPECT_TRUE(batch.ParseFromString(
        *encode_event(samples::step(domain::MessagePosted{message}), Format::binary, samples::cursors())));
    v1::Person nobody;
    nobody.set_voice(v1::VOICE_UNSIGNED);
    EXPECT_EQ(batch.event(0).room_event().posted().message().author().SerializeAsString(), nobody.SerializeAsString());
}

// PRODUCT X7: there is no field that could say how many wait, nor who has signed up.
TEST(Circles, X7ACircleHasNoNumbersOfPeople) {
    std::vector<std::string> fields;
    const auto* view = v1::CircleView::descriptor();
    for (int i = 0; i < view->field_count(); ++i) fields.push_back(view->field(i)->name());
    EXPECT_EQ(fields, (std::vector<std::string>{"room_id", "phase", "place", "floor", "soft_end_ms", "hard_end_ms",
                                                "unheard"}));
}

}  // namespace
}  // namespace kindroom::wire
