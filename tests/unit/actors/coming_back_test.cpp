// What somebody is told who comes back to a room, and what waits for them when it is written.
#include "room_at_work.hpp"

namespace kindroom::actors::test {
namespace {

using namespace domain;
using Store = store::MemoryStore;

class ComingBack : public RoomAtWork {
  protected:
    static Texts told_in(const v1::RoomResumed& resumed) {
        Texts told;
        for (const auto& step : resumed.events())
            told.push_back(step.has_edited()      ? "edited: " + step.edited().text()
                           : step.has_retracted() ? "-"
                                                  : step.posted().message().text());
        return told;
    }
    Texts caught_up(Client& who, Position after) {
        const auto reply = bench.ask(who, ResumeRoom{.room = room, .after = after, .catch_up = true});
        EXPECT_TRUE(reply.room_resumed().caught_up()) << reply.ShortDebugString();
        return told_in(reply.room_resumed());
    }
};

TEST_F(ComingBack, ACappedCatchUpBringsTheNewestAlsoFromBeyondTheWindow) {
    Client& ana = come_in(1);
    come_in(2);
    for (int i = 1; i <= 20; ++i) say(ana, std::to_string(i));
    EXPECT_EQ(caught_up(sit(2), Position{1}), (Texts{"18", "19", "20"})) << "from the store";
    EXPECT_EQ(caught_up(sit(2), Position{15}), (Texts{"18", "19", "20"})) << "from the window";
    EXPECT_EQ(caught_up(sit(2), Position{19}), Texts{"20"});
}

TEST_F(ComingBack, ACatchUpIsNoLongerThanAPageButHasTheNewest) {
    Client& ana = come_in(1);
    come_in(2);
    for (int i = 0; i < 10; ++i) say(ana, "12345");
    for (const Position after : {Position{1}, Position{5}}) {
        bench.ground.limits.history_page_bytes_max = 14;
        EXPECT_EQ(caught_up(sit(2), after).size(), 2u) << "three texts would be too long";
        bench.ground.limits.history_page_bytes_max = 1;
        EXPECT_EQ(caught_up(sit(2), after).size(), 1u);
    }
}

// What is hidden from somebody fills the memory too; whether an answer comes from there must show in nothing.
TEST_F(ComingBack, X3WhatIsSaidWhileSomebodyComesBackFollowsTheAnswerWhereverThatComesFrom) {
    Client& ana = come_in(1);
    come_in(2);
    Client& cleo = come_in(3);
    const auto without_cleo = keeping_away(3);
    for (int i = 1; i <= 5; ++i) say(ana, std::to_string(i));
    for (int i = 0; i < 12; ++i) say(cleo, "hidden");
    int next = 6;
    for (const bool catches_up : {false, true}) {
        for (const Position after : {Position{1}, Position{17}}) {
            Client& ben = sit(2, without_cleo);
            Texts told;
            const auto batch = ask_while_it_is_said(ana, std::to_string(next), ben,
                                                    ResumeRoom{.room = room, .after = after, .catch_up = catches_up});
            for (const auto& event : batch.event()) {
                for (const auto& step : event.reply().room_resumed().events())
                    told.push_back(step.posted().message().text());
                if (event.has_reply()) told.push_back("that is all");
                if (event.has_room_event()) told.push_back(event.room_event().posted().message().text());
            }
            ASSERT_GE(told.size(), 2u);
            EXPECT_EQ(Texts(told.end() - 2, told.end()), (Texts{"that is all", std::to_string(next)}))
                << static_cast<std::uint64_t>(after) << catches_up;
            ++next;
        }
    }
}

TEST_F(ComingBack, X3Look22WhatIsRetractedWhileSomebodyComesBackIsNotToldFirstWhereverThatIsReadFrom) {
    Client& ana = come_in(1);
    come_in(2);
    Client& cleo = come_in(3);
    const auto without_cleo = keeping_away(3);
    std::uint64_t steps = 0;
    for (const bool catches_up : {false, true}) {
        for (const bool from_the_store : {false, true}) {
            say(ana, "before");
            const Position before{++steps};
            const MessageId gone = say(ana, "gone");
            const PostMessage answer{.room = room, .client_key = next_key(), .text = "after", .reply_to = gone};
            EXPECT_TRUE(bench.ask(ana, answer).has_message_accepted());
            EXPECT_TRUE(bench.ask(ana, EditMessage{.room = room, .message = gone, .text = "going"}).has_done());
            for (int i = 0; from_the_store && i < 8; ++i) say(cleo, "hidden");
            steps += from_the_store ? 12 : 4;
            Client& ben = sit(2, without_cleo);
            // They ask when it is being looked up what is to be retracted, and are answered when that has been told.
            auto comes_back = [&] {
                bench.home().dispatcher().dispatch(ben, 1'002,
                                                   ResumeRoom{.room = room, .after = before, .catch_up = catches_up});
            };
            bench.server->store().set_policy([&, is_next = true](Store::Work work) mutable {
                if (work == Store::Work::read && std::exchange(is_next, false))
                    bench.server->scheduler(0).post(comes_back);
                return Store::Outcome::ok;
            });
            EXPECT_TRUE(bench.ask(ana, RetractMessage{.room = room, .message = gone}).has_done());
            const auto batch = bench.take(ben);
            ASSERT_EQ(batch.event_size(), 2) << batch.ShortDebugString();
            const auto& resumed = batch.event(0).reply().room_resumed();
            ASSERT_EQ(told_in(resumed), Texts{"after"}) << catches_up << from_the_store;
            EXPECT_EQ(resumed.events(0).posted().message().reply_to(), "");
            EXPECT_TRUE(batch.event(1).room_event().has_retracted());
            bench.server->store().set_policy({});
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
        const Texts told = caught_up(sit(2), after);
        EXPECT_EQ(Texts(told.end() - 2, told.end()), (Texts{"edited: twice", "last"}))
            << static_cast<std::uint64_t>(after);
    }
}

TEST_F(ComingBack, WhoeverComesBackWhileTheRoomIsLoadedAnewIsToldWhenToAskAgain) {
    Client& ana = come_in(1);
    come_in(2);
    say(ana, "hello");
    Client& ben = sit(2);
    const ResumeRoom comes_back{.room = room, .after = Position{0}};
    bench.on_shard([&] {
        auto& dispatcher = bench.home().dispatcher();
        bench.server->store().fail_next(1);
        dispatcher.dispatch(ana, 1'001, PostMessage{.room = room, .client_key = next_key(), .text = "lost"});
        dispatcher.dispatch(ben, 1'002, comes_back);
    });
    const auto batch = bench.take(ben);
    ASSERT_EQ(batch.event_size(), 1);
    EXPECT_EQ(batch.event(0).reply().error().code(), v1::ERROR_CODE_UNAVAILABLE) << batch.ShortDebugString();
    EXPECT_GT(batch.event(0).reply().error().retry_at_ms(), to_ms(bench.ground.clock.now()));
    EXPECT_TRUE(bench.ask(ben, comes_back).room_resumed().caught_up());
}

// An edit that had not reached whoever was blocked is hidden from them, however long it has made the message.
TEST_F(ComingBack, X3Look22WhatIsToldAtOnceDoesNotDependOnAnEditThatIsHidden) {
    bench.ground.limits.history_page_bytes_max = 100;
    Client& ana = come_in(1);
    come_in(2);
    Client& cleo = come_in(3);
    const MessageId message = say(ana, "had reached Ben");
    pass(std::chrono::seconds(1));
    auto boundaries = keeping_away(4);
    boundaries.edges[account_of(1)] = std::make_shared<const Edge>(
        Edge{{.side = Dark::Side::met, .from = bench.ground.clock.now(), .received = {{room, Position{1}}}}});
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

// Who was away longer finds more that became of older words; they are brought as many new ones as anybody.
TEST_F(ComingBack, ACatchUpHasNoFewerMessagesForWhatBecameOfOlderOnes) {
    Client& ana = come_in(1);
    come_in(2);
    Client& cleo = come_in(3);
    std::vector<MessageId> older;
    for (int i = 1; i <= 3; ++i) older.push_back(say(ana, std::to_string(i)));
    for (int i = 4; i <= 7; ++i) say(ana, std::to_string(i));
    EXPECT_TRUE(bench.ask(ana, EditMessage{.room = room, .message = older[0], .text = "first"}).has_done());
    for (const MessageId id : {older[1], older[2]})
        EXPECT_TRUE(bench.ask(ana, RetractMessage{.room = room, .message = id}).has_done());
    const auto without_cleo = keeping_away(3);
    const Texts expected{"5", "6", "7", "edited: first", "-", "-"};
    EXPECT_EQ(caught_up(sit(2, without_cleo), Position{3}), expected) << "from the window";
    for (int i = 0; i < 10; ++i) say(cleo, "hidden");
    EXPECT_EQ(caught_up(sit(2, without_cleo), Position{3}), expected) << "from the store";
}

TEST_F(ComingBack, ACatchUpHoldsAsManyEditsAndRetractionsAsAWindowTheNewest) {
    Client& ana = come_in(1);
    come_in(2);
    std::vector<MessageId> older;
    for (int i = 1; i <= 20; ++i) older.push_back(say(ana, std::to_string(i)));
    for (const char* text : {"a", "b", "c"}) say(ana, text);
    const auto edits = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i)
            EXPECT_TRUE(
                bench.ask(ana, EditMessage{.room = room, .message = older[i], .text = std::to_string(i)}).has_done());
    };
    edits(0, 8);
    Texts expected{"a", "b", "c"};
    for (int i = 0; i < 8; ++i) expected.push_back("edited: " + std::to_string(i));
    EXPECT_EQ(caught_up(sit(2), Position{20}), expected) << "as many as the window has steps";
    edits(8, 9);
    expected.erase(expected.begin() + 3);
    expected.push_back("edited: 8");
    EXPECT_EQ(caught_up(sit(2), Position{20}), expected);
}

// What waits for a slow device when its owner blocks Cleo. She says the even ones.
class ComingBackToABlock : public ComingBack {
  protected:
    ComingBackToABlock() : ana(&come_in(1)), cleo(&come_in(3)) { come_in(2); }
    void say_in_turns(int from, int to) {
        for (int i = from; i <= to; ++i) say(i % 2 == 0 ? *cleo : *ana, std::to_string(i));
    }
    void keep_away_cleo(Client& ben, const Dark& dark = {.side = Dark::Side::chosen}) {
        bench.on_shard([&] {
            Identity without_cleo = *ben.identity();
            Visibility::Parts parts;
            parts.edges[account_of(3)] = std::make_shared<const Edge>(Edge{{dark}});
            without_cleo.visibility = std::make_shared<const Visibility>(account_of(2), parts);
            ben.set_identity(std::make_shared<const Identity>(without_cleo));
        });
    }
    // All that the device is told, answered or not.
    Texts told_after_a_block(Client& ben, const Dark& dark = {.side = Dark::Side::chosen}) {
        keep_away_cleo(ben, dark);
        Texts told;
        for (int takes = 0; takes < 3; ++takes) {
            const auto batch = bench.take(ben);
            for (const auto& event : batch.event()) {
                for (const auto& text : told_in(event.reply().room_resumed())) told.push_back(text);
                if (event.reply().has_room_resumed()) topic = event.reply().room_resumed().room().settings().topic();
                if (event.reply().has_room_resumed())
                    told.push_back(event.reply().room_resumed().caught_up() ? "that is all" : "there is more");
                for (const auto& message : event.reply().history_page().messages()) told.push_back(message.text());
                if (event.has_room_event()) told.push_back(event.room_event().posted().message().text());
            }
        }
        return told;
    }
    void ask(Client& ben, const ResumeRoom& resume) {
        bench.on_shard([&] { bench.home().dispatcher().dispatch(ben, 1'001, resume); });
    }

    // Something of the room that everybody is told.
    void rename_it() {
        Client& desk = bench.connect(paper, {.format = {}, .network = {}, .is_loopback = true, .is_operator = true});
        bench.on_shard([&] { desk.greet(); });
        EXPECT_TRUE(bench.ask(desk, ChangeRoom{.room = room, .settings = {.topic = "Rest"}}).has_room_card());
    }

    Client* ana;
    Client* cleo;
    std::string topic;
};

TEST_F(ComingBackToABlock, X3Look22ACatchUpThatWaitsIsFilledAnewAndWhatFollowsItComesOnce) {
    say_in_turns(1, 10);
    Client& ben = sit(2);
    ask(ben, {.room = room, .after = Position{1}, .catch_up = true});
    say_in_turns(11, 15);
    rename_it();
    EXPECT_EQ(told_after_a_block(ben), (Texts{"5", "7", "9", "that is all", "11", "13", "15"}));
    EXPECT_EQ(topic, "Work") << "that it has another name follows";
    say_in_turns(16, 17);
    EXPECT_EQ(told_after_a_block(ben), Texts{"17"}) << "they go on listening";
}

TEST_F(ComingBackToABlock, X3Look22APartOfWhatWasMissedThatWaitsIsFilledAnew) {
    say_in_turns(1, 30);
    Client& ben = sit(2);
    ask(ben, {.room = room, .after = Position{0}});
    EXPECT_EQ(told_after_a_block(ben), (Texts{"1", "3", "5", "7", "9", "11", "13", "15", "there is more"}));
}

// It is the room as it is by then: nobody listened for what has changed since they asked.
TEST_F(ComingBackToABlock, X3Look22APartThatIsAllNowSaysSo) {
    say_in_turns(1, 13);
    Client& ben = sit(2);
    ask(ben, {.room = room, .after = Position{0}});
    rename_it();
    EXPECT_EQ(told_after_a_block(ben), (Texts{"1", "3", "5", "7", "9", "11", "13", "that is all"}));
    EXPECT_EQ(topic, "Rest");
    say_in_turns(14, 15);
    EXPECT_EQ(told_after_a_block(ben), Texts{"15"});
}

// Or else whoever was blocked learns it by an answer that they do not get, and what follows it leaves a gap.
TEST_F(ComingBackToABlock, X3WhatCannotBeFilledAnewIsCutAndIsNotRefused) {
    say_in_turns(1, 10);
    Client& ben = sit(2);
    ask(ben, {.room = room, .after = Position{1}, .catch_up = true});
    say_in_turns(11, 12);
    bench.server->store().set_policy(
        [](Store::Work work) { return work == Store::Work::read ? Store::Outcome::refuse : Store::Outcome::ok; });
    EXPECT_EQ(told_after_a_block(ben), (Texts{"9", "that is all", "11"}));
}

// Whoever asks chooses the numbers of the requests.
TEST_F(ComingBackToABlock, X3AnotherAnswerOfTheSameNumberDoesNotTakeThePlaceOfOneThatIsFilledAnew) {
    say_in_turns(1, 10);
    Client& ben = sit(2);
    bench.on_shard([&] { bench.home().dispatcher().dispatch(ben, 1'001, GetHistory{.room = room, .limit = 2}); });
    keep_away_cleo(ben);
    std::vector<wire::Frame> frames;
    bench.on_shard([&] {
        ben.take(frames, 1'000'000);
        bench.home().dispatcher().dispatch(ben, 1'001, GetRules{});
    });
    EXPECT_TRUE(frames.empty()) << "it is being filled anew";
    const auto batch = bench.take(ben);
    ASSERT_EQ(batch.event_size(), 2) << batch.ShortDebugString();
    EXPECT_TRUE(batch.event(0).reply().has_history_page());
    EXPECT_TRUE(batch.event(1).reply().has_house_rules());
}

TEST_F(ComingBackToABlock, X3WhatWasGrantedIsNotRefusedOnceItIsCut) {
    say_in_turns(1, 10);
    Client& ben = sit(2);
    Client& other_device = sit(2);
    bench.on_shard([&] { bench.home().dispatcher().dispatch(ben, 1'001, GetHistory{.room = room, .limit = 4}); });
    EXPECT_TRUE(bench.ask(other_device, LeaveRoom{.room = room}).has_done());
    EXPECT_EQ(told_after_a_block(ben), (Texts{"7", "9"})) << "of 7, 8, 9 and 10";
}

TEST_F(ComingBackToABlock, X3Look22APageThatAnEditHadFilledWhichIsHiddenIsFilledAnew) {
    bench.ground.limits.history_page_bytes_max = 10;
    say_in_turns(1, 3);
    const MessageId message = say(*cleo, "4");
    pass(std::chrono::seconds(1));
    const Dark from_now{.side = Dark::Side::met, .from = bench.ground.clock.now(), .received = {{room, Position{4}}}};
    pass(std::chrono::seconds(1));
    EXPECT_TRUE(bench.ask(*cleo, EditMessage{.room = room, .message = message, .text = "4 and more"}).has_done());
    Client& ben = sit(2);
    EXPECT_TRUE(bench.ask(ben, ResumeRoom{.room = room}).has_room_resumed());
    bench.on_shard([&] { bench.home().dispatcher().dispatch(ben, 1'001, GetHistory{.room = room}); });
    say(*ana, "5");
    EXPECT_EQ(told_after_a_block(ben, from_now), (Texts{"1", "2", "3", "4", "5"})) << "what followed comes once";
}

TEST_F(ComingBackToABlock, WhatHeldAllIsOnlyCut) {
    say_in_turns(1, 3);
    Client& ben = sit(2);
    ask(ben, {.room = room, .after = Position{0}, .catch_up = true});
    bench.server->store().set_policy(
        [](Store::Work work) { return work == Store::Work::read ? Store::Outcome::refuse : Store::Outcome::ok; });
    EXPECT_EQ(told_after_a_block(ben), (Texts{"1", "3", "that is all"})) << "nothing has to be read for it";
}

}  // namespace
}  // namespace kindroom::actors::test
