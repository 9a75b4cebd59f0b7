// What somebody is told who comes back to a room, and what waits for them when it is written.
#include "room_at_work.hpp"

namespace kindroom::actors::test {
namespace {

using namespace domain;

class ComingBack : public RoomAtWork {};

TEST_F(ComingBack, ACappedCatchUpBringsTheNewestAlsoFromBeyondTheWindow) {
    Client& ana = come_in(1);
    come_in(2);
    for (int i = 1; i <= 20; ++i) say(ana, std::to_string(i));
    const auto texts_of = [&](Client& who, Position after) {
        Texts texts;
        const auto reply = bench.ask(who, ResumeRoom{.room = room, .after = after, .catch_up = true});
        EXPECT_TRUE(reply.room_resumed().caught_up());
        for (const auto& step : reply.room_resumed().events()) texts.push_back(step.posted().message().text());
        return texts;
    };
    EXPECT_EQ(texts_of(sit(2), Position{1}), (Texts{"18", "19", "20"})) << "from the store";
    EXPECT_EQ(texts_of(sit(2), Position{15}), (Texts{"18", "19", "20"})) << "from the window";
    EXPECT_EQ(texts_of(sit(2), Position{19}), Texts{"20"});
}

// What is hidden from somebody fills the memory too; whether an answer comes from there must show in nothing.
TEST_F(ComingBack, X3WhatIsSaidWhileSomebodyComesBackFollowsTheAnswerWhereverThatComesFrom) {
    Client& ana = come_in(1);
    come_in(2);
    Client& cleo = come_in(3);
    Visibility::Parts without_cleo;
    without_cleo.edges[account_of(3)] = std::make_shared<const Edge>(Edge{{.side = Dark::Side::chosen}});
    for (int i = 1; i <= 5; ++i) say(ana, std::to_string(i));
    for (int i = 0; i < 12; ++i) say(cleo, "hidden");
    int next = 6;
    for (const bool catches_up : {false, true}) {
        for (const Position after : {Position{1}, Position{17}}) {
            Client& ben = sit(2, without_cleo);
            bench.on_shard([&] {
                auto& dispatcher = bench.home().dispatcher();
                dispatcher.dispatch(ana, 1'001,
                                    PostMessage{.room = room, .client_key = next_key(), .text = std::to_string(next)});
                dispatcher.dispatch(ben, 1'002, ResumeRoom{.room = room, .after = after, .catch_up = catches_up});
            });
            Texts told;
            const auto batch = bench.take(ben);
            for (const auto& event : batch.event()) {
                for (const auto& step : event.reply().room_resumed().events())
                    told.push_back(step.posted().message().text());
                if (event.has_reply()) told.push_back("that is all");
                if (event.has_room_event()) told.push_back(event.room_event().posted().message().text());
            }
            ASSERT_GE(told.size(), 2u);
            EXPECT_EQ(Texts(told.end() - 2, told.end()), (Texts{"that is all", std::to_string(next)}))
                << static_cast<std::uint64_t>(after) << catches_up;
            bench.take(ana);
            ++next;
        }
    }
}

// An edit of words that somebody had read before is among what they missed, wherever that is read from.
TEST_F(ComingBack, X3ACatchUpSaysWhatBecameOfOlderWordsSinceTheOldestItBrings) {
    Client& ana = come_in(1);
    come_in(2);
    const MessageId first = say(ana, "first");
    for (int i = 2; i <= 12; ++i) say(ana, std::to_string(i));
    EXPECT_TRUE(bench.ask(ana, EditMessage{.room = room, .message = first, .text = "once"}).has_done());
    EXPECT_TRUE(bench.ask(ana, EditMessage{.room = room, .message = first, .text = "twice"}).has_done());
    say(ana, "last");
    for (const Position after : {Position{1}, Position{11}}) {
        const auto reply = bench.ask(sit(2), ResumeRoom{.room = room, .after = after, .catch_up = true});
        Texts told;
        for (const auto& step : reply.room_resumed().events())
            told.push_back(step.has_edited() ? "edited: " + step.edited().text() : step.posted().message().text());
        EXPECT_EQ(Texts(told.end() - 2, told.end()), (Texts{"edited: twice", "last"}))
            << static_cast<std::uint64_t>(after);
    }
}

TEST_F(ComingBack, WhoeverComesBackWhileTheRoomIsLoadedAnewIsToldWhenToAskAgain) {
    Client& ana = come_in(1);
    come_in(2);
    for (int i = 1; i <= 20; ++i) say(ana, std::to_string(i));
    Client& ben = sit(2);
    for (const bool catches_up : {false, true}) {
        const ResumeRoom comes_back{.room = room, .after = Position{1}, .catch_up = catches_up};
        bench.on_shard([&] {
            auto& dispatcher = bench.home().dispatcher();
            bench.server->store().fail_next(1);
            dispatcher.dispatch(ana, 1'001, PostMessage{.room = room, .client_key = next_key(), .text = "lost"});
            dispatcher.dispatch(ben, 1'002, comes_back);
        });
        bench.take(ana);
        const auto batch = bench.take(ben);
        ASSERT_EQ(batch.event_size(), 1);
        EXPECT_EQ(batch.event(0).reply().error().code(), v1::ERROR_CODE_UNAVAILABLE) << batch.ShortDebugString();
        EXPECT_GT(batch.event(0).reply().error().retry_at_ms(), to_ms(bench.ground.clock.now()));
        EXPECT_TRUE(bench.ask(ben, comes_back).has_room_resumed());
    }
}

// An edit that had not reached whoever was blocked is hidden from them, however long it has made the message.
TEST_F(ComingBack, X3Look22WhatIsToldAtOnceDoesNotDependOnAnEditThatIsHidden) {
    bench.ground.limits.history_page_bytes_max = 100;
    Client& ana = come_in(1);
    come_in(2);
    Client& cleo = come_in(3);
    const MessageId message = say(ana, "had reached Ben");
    pass(std::chrono::seconds(1));
    Visibility::Parts boundaries;
    boundaries.edges[account_of(1)] = std::make_shared<const Edge>(
        Edge{{.side = Dark::Side::met, .from = bench.ground.clock.now(), .received = {{room, Position{1}}}}});
    boundaries.edges[account_of(4)] = std::make_shared<const Edge>(Edge{{.side = Dark::Side::chosen}});
    pass(std::chrono::seconds(1));
    Client& dora = come_in(4);
    for (int i = 0; i < 10; ++i) say(dora, "so that it is not in the window any more");
    say(cleo, "hello");
    const auto resumed = [&] {
        return bench.ask(sit(2, boundaries), ResumeRoom{.room = room, .after = Position{0}}).room_resumed();
    };
    EXPECT_EQ(resumed().events_size(), 2);
    EXPECT_TRUE(resumed().caught_up());
    const std::string longer(200, 'x');
    EXPECT_TRUE(bench.ask(ana, EditMessage{.room = room, .message = message, .text = longer}).has_done());
    const auto told = resumed();
    ASSERT_EQ(told.events_size(), 2);
    EXPECT_EQ(told.events(0).posted().message().text(), "had reached Ben");
    EXPECT_TRUE(told.caught_up());
}

}  // namespace
}  // namespace kindroom::actors::test
