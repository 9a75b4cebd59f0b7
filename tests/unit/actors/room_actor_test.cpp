// A room at work on a real server: what its members are answered, and what is still so after a restart.
#include <functional>

#include "room_at_work.hpp"

namespace kindroom::actors::test {
namespace {

using namespace domain;
using namespace std::chrono_literals;

TEST_F(RoomAtWork, AMessageWithABreathAppearsWhenItIsOver) {
    Client& ana = come_in(1);
    Client& ben = come_in(2);
    say(ana, "slowly", 20s);
    say(ben, "meanwhile");
    EXPECT_EQ(read(ben), Texts{"meanwhile"});
    EXPECT_EQ(read(ana), Texts{"meanwhile"}) << "the author neither";
    pass(20s);
    EXPECT_EQ(read(ben), (Texts{"meanwhile", "slowly"}));
}

// What the other answers is looked up first; that may be hidden from whoever waits for their own words.
TEST_F(RoomAtWork, X3ABreathIsOverInTimeWhateverElseIsLookedUpThen) {
    Client& ana = come_in(1);
    Client& ben = come_in(2);
    PostMessage answer{.room = room, .client_key = next_key(), .text = "an answer", .breath = 10s};
    answer.reply_to = say(ben, "a question");
    EXPECT_TRUE(bench.ask(ana, answer).has_message_accepted());
    say(ben, "slowly", 10'300ms);
    pass(10s);
    EXPECT_EQ(read(ben), (Texts{"a question", "an answer"}));
    pass(300ms);
    EXPECT_EQ(read(ben), (Texts{"a question", "an answer", "slowly"}));
}

// While the store refuses it, another one comes in its own time.
TEST_F(RoomAtWork, ABreathIsOverInTimeWhileAnotherWaitsForWhatItAnswers) {
    Client& ana = come_in(1);
    Client& ben = come_in(2);
    PostMessage answer{.room = room, .client_key = next_key(), .text = "an answer", .breath = 10s};
    answer.reply_to = say(ben, "a question");
    EXPECT_TRUE(bench.ask(ana, answer).has_message_accepted());
    say(ben, "slowly", 10'300ms);
    using Store = store::MemoryStore;
    bench.server->store().set_policy(
        [](Store::Work work) { return work == Store::Work::read ? Store::Outcome::refuse : Store::Outcome::ok; });
    pass(10'300ms);
    bench.server->store().set_policy({});
    EXPECT_EQ(read(ben), (Texts{"a question", "slowly"}));
    pass(1s);
    EXPECT_EQ(read(ben), (Texts{"a question", "slowly", "an answer"}));
}

TEST_F(RoomAtWork, ARepetitionOfAHeldPostHasTheSameAnswerAfterARestartToo) {
    const PostMessage post{.room = room, .client_key = next_key(), .text = "slowly", .breath = 20s};
    const auto first = bench.ask(come_in(1), post).message_accepted();
    EXPECT_GT(first.appears_at_ms(), first.posted_at_ms());
    bench.restart(sim::house_texts());
    const auto again = bench.ask(sit(1), post).message_accepted();
    EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
    PostMessage other = post;
    other.breath = 30s;
    EXPECT_EQ(bench.ask(sit(1), other).error().code(), v1::ERROR_CODE_IDEMPOTENCY_MISMATCH);
    pass(20s);
    EXPECT_EQ(read(sit(1)), Texts{"slowly"});
}

// Whoever has the master key, but not the keys of the words, could otherwise make the digest of each short word.
TEST_F(RoomAtWork, WhatIsKeptOfARepetitionSaysNothingToWhoeverCannotReadTheWords) {
    Client& ana = come_in(1);
    const PostMessage post{.room = room, .client_key = next_key(), .text = "yes"};
    EXPECT_TRUE(bench.ask(ana, post).has_message_accepted());
    say(ana, "yes");
    say(ana, "yes", 20s);
    say(ana, "yes", 20s);
    const auto kept = [&] { return bench.ground.disk->load_room({.room = room})->accepted; };
    std::set<SecretHash> digests;
    for (const auto& accepted : kept()) digests.insert(accepted.request_digest);
    EXPECT_EQ(digests.size(), 4u) << "two of the same words under the same keys would be alike";

    const MessageId message = kept().front().message;
    EXPECT_TRUE(bench.ask(ana, RetractMessage{.room = room, .message = message}).has_done());
    EXPECT_TRUE(kept().front().request_digest.is_nil()) << "the words are gone, and their keys are not";
    bench.restart(sim::house_texts());
    const auto again = bench.ask(sit(1), post);
    EXPECT_EQ(*MessageId::from_bytes(std::as_bytes(std::span(again.message_accepted().message_id()))), message);
}

TEST_F(RoomAtWork, ACancelledBreathLeavesNoTrace) {
    Client& ana = come_in(1);
    const MessageId held = say(ana, "no", 20s);
    EXPECT_TRUE(bench.ask(ana, RetractMessage{.room = room, .message = held}).has_done());
    pass(1min);
    EXPECT_TRUE(read(ana).empty());
}

TEST_F(RoomAtWork, X3WhoeverWasBlockedKeepsTheWordsBeforeTheEditAfterARestartToo) {
    Client& ana = come_in(1);
    come_in(2);
    const MessageId message = say(ana, "first");
    pass(1s);
    Visibility::Parts met;
    met.edges[account_of(1)] = std::make_shared<const Edge>(
        Edge{{.side = Dark::Side::met, .from = bench.ground.clock.now(), .received = {{room, Position{1}}}}});
    pass(1s);
    EXPECT_TRUE(bench.ask(ana, EditMessage{.room = room, .message = message, .text = "second"}).has_done());
    EXPECT_TRUE(bench.ask(ana, EditMessage{.room = room, .message = message, .text = "third"}).has_done());
    EXPECT_EQ(read(sit(2)), Texts{"third"});
    EXPECT_EQ(read(sit(2, met)), Texts{"first"});
    for (int i = 0; i < 10; ++i) say(sit(2), "so that it is not in the window any more");
    bench.restart(sim::house_texts());
    EXPECT_EQ(read(sit(2, met)).front(), "first");
    EXPECT_EQ(read(sit(2)).front(), "third");
    EXPECT_TRUE(bench.ask(sit(1), EditMessage{.room = room, .message = message, .text = "fourth"}).has_done())
        << "looked up";
    EXPECT_EQ(read(sit(2, met)).front(), "first");
    EXPECT_EQ(read(sit(2)).front(), "fourth");
}

TEST_F(RoomAtWork, WhatADeviceSaysKeepsItsOrderAlsoWhereAnOldMessageMustBeLookedUpFirst) {
    Client& ana = come_in(1);
    Client& ben = come_in(2);
    const MessageId old = say(ana, "first");
    for (int i = 0; i < 10; ++i) say(ana, "so that it is not in the window any more");
    bench.on_shard([&] {
        auto& dispatcher = bench.home().dispatcher();
        dispatcher.dispatch(
            ana, 1'001,
            PostMessage{.room = room, .client_key = next_key(), .text = "an answer to it", .reply_to = old});
        dispatcher.dispatch(ana, 1'002, PostMessage{.room = room, .client_key = next_key(), .text = "and more"});
        dispatcher.dispatch(ana, 1'003, LeaveRoom{.room = room});
    });
    const auto batch = bench.take(ana);
    std::vector<std::uint32_t> answered;
    for (const auto& event : batch.event())
        if (event.has_reply()) answered.push_back(event.reply().request_id());
    EXPECT_EQ(answered, (std::vector<std::uint32_t>{1'001, 1'002, 1'003}));
    const Texts all = read(ben);
    EXPECT_EQ(Texts(all.end() - 2, all.end()), (Texts{"an answer to it", "and more"}));
}

TEST_F(RoomAtWork, WhoeverLeavesCanTakeAllTheirWordsAlong) {
    Client& ana = come_in(1);
    Client& ben = come_in(2);
    for (int i = 0; i < 120; ++i) say(ana, "mine");
    say(ben, "his");
    say(ana, "held", 20s);
    EXPECT_TRUE(bench.ask(ana, LeaveRoom{.room = room, .take_words_along = true}).has_done());
    EXPECT_EQ(read(ben), Texts{"his"});
    pass(1min);
    bench.restart(sim::house_texts());
    EXPECT_EQ(read(sit(2)), Texts{"his"});
}

TEST_F(RoomAtWork, X3APageEndsWhereTheRoomWasWhenItWasAskedForWhereverItComesFrom) {
    Client& ana = come_in(1);
    Client& ben = come_in(2);
    for (int i = 1; i <= 20; ++i) say(ana, std::to_string(i));
    int next = 21;
    for (const std::uint32_t limit : {2u, 15u}) {
        bench.take(ben);
        Texts page;
        const auto batch =
            ask_while_it_is_said(ana, std::to_string(next), ben, GetHistory{.room = room, .limit = limit});
        for (const auto& event : batch.event())
            for (const auto& message : event.reply().history_page().messages()) page.push_back(message.text());
        ASSERT_EQ(page.size(), limit);
        EXPECT_EQ(page.back(), std::to_string(next - 1));
        ++next;
    }
}

// They are told while the page is read, and so before it comes; nothing would tell of them again.
TEST_F(RoomAtWork, APageHasTheEditsAndRetractionsThatOvertookIt) {
    Client& ana = come_in(1);
    come_in(2);
    Client& cleo = come_in(3);
    const auto without_cleo = keeping_away(3);
    auto& shard = *bench.server->schedulers().front();
    // From the memory; in three reads from the store; and while more is said than the memory holds.
    for (const auto& [hidden, more] : {std::pair(0, 0), std::pair(130, 0), std::pair(0, 12)}) {
        const MessageId edited = say(ana, "helo");
        const MessageId gone = say(ana, "gone");
        for (int i = 0; i < hidden; ++i) say(cleo, "hidden");
        Client& ben = sit(2, without_cleo);
        EXPECT_TRUE(bench.ask(ben, JoinRoom{.room = room, .name = "Somebody"}).has_room_joined());
        shard.post([&] {
            auto& dispatcher = bench.home().dispatcher();
            dispatcher.dispatch(ana, 1'001, EditMessage{.room = room, .message = edited, .text = "hello"});
            dispatcher.dispatch(ana, 1'002, RetractMessage{.room = room, .message = gone});
            for (int i = 0; i < more; ++i)
                dispatcher.dispatch(ana, 1'003, PostMessage{.room = room, .client_key = next_key(), .text = "more"});
        });
        // The message is looked up, and its edit is on its way to the disk.
        for (auto* scheduler : bench.server->schedulers()) scheduler->run_until_idle();
        shard.run_until_idle();
        bench.on_shard([&] { bench.home().dispatcher().dispatch(ben, 1'100, GetHistory{.room = room}); });
        // What Ben's screen shows in the end.
        std::map<std::string, std::string> screen;
        const auto batch = bench.take(ben);
        for (const auto& event : batch.event()) {
            const auto& step = event.room_event();
            if (const auto& edit = step.edited(); screen.contains(edit.message_id()))
                screen[edit.message_id()] = edit.text();
            screen.erase(step.retracted().message_id());
            for (const auto& message : event.reply().history_page().messages())
                screen[message.message_id()] = message.text();
        }
        EXPECT_EQ(screen[std::string(as_text(edited.bytes()))], "hello") << hidden << ", " << more;
        EXPECT_FALSE(screen.contains(std::string(as_text(gone.bytes())))) << hidden << ", " << more;
        bench.take(ana);
    }
}

TEST_F(RoomAtWork, X3WhatIsInMemoryIsAskedOfTheStoreLikeAllElse) {
    Client& ana = come_in(1);
    come_in(2);
    for (int i = 1; i < 20; ++i) say(ana, std::to_string(i));
    const MessageId newest = say(ana, "20");
    Client& ben = sit(2);
    using Store = store::MemoryStore;
    bench.server->store().set_policy(
        [](Store::Work work) { return work == Store::Work::read ? Store::Outcome::refuse : Store::Outcome::ok; });
    const auto refusal = [&](Client& who, auto command) { return bench.ask(who, std::move(command)).error().code(); };
    constexpr auto away = v1::ERROR_CODE_UNAVAILABLE;
    EXPECT_EQ(refusal(ben, GetHistory{.room = room, .limit = 1}), away);
    EXPECT_EQ(refusal(ben, ResumeRoom{.room = room, .after = Position{19}}), away);
    EXPECT_EQ(refusal(ben, ResumeRoom{.room = room, .after = Position{19}, .catch_up = true}), away);
    EXPECT_EQ(refusal(ben, HearMessage{.room = room, .message = newest}), away);
    EXPECT_EQ(refusal(ben, RevealMessage{.room = room, .message = newest}), away);
    PostMessage answer{.room = room, .client_key = next_key(), .text = "an answer"};
    answer.reply_to = newest;
    EXPECT_EQ(refusal(ben, answer), away);
    EXPECT_EQ(refusal(ana, EditMessage{.room = room, .message = newest, .text = "21"}), away);
    EXPECT_EQ(refusal(ana, RetractMessage{.room = room, .message = newest}), away);
    bench.server->store().set_policy({});
    EXPECT_TRUE(bench.ask(ben, ResumeRoom{.room = room, .after = Position{19}}).room_resumed().caught_up());
}

TEST_F(RoomAtWork, WithheldWordsAreRevealedToWhoeverMaySeeThemAndAllElseIsGone) {
    Client& ana = come_in(1);
    Client& ben = come_in(2);
    const auto reply =
        bench.ask(ana, PostMessage{.room = room, .client_key = next_key(), .text = "about it", .labels = {"grief"}});
    const auto message = *MessageId::from_bytes(std::as_bytes(std::span(reply.message_accepted().message_id())));
    EXPECT_EQ(read(ben), Texts{""});
    const auto revealed = bench.ask(ben, RevealMessage{.room = room, .message = message});
    EXPECT_EQ(revealed.message_revealed().message().text(), "about it");
    EXPECT_FALSE(revealed.message_revealed().message().withheld());
    const auto unknown =
        bench.ask(ben, RevealMessage{.room = room, .message = MessageId(std::array<std::uint8_t, 16>{9})});
    const auto chose = keeping_away(1);
    const auto hidden = bench.ask(sit(2, chose), RevealMessage{.room = room, .message = message});
    EXPECT_EQ(unknown.error().code(), v1::ERROR_CODE_MESSAGE_GONE);
    EXPECT_EQ(hidden.error().SerializeAsString(), unknown.error().SerializeAsString());
}

// To whom a link is hidden, to them it is as if there were none: also in how much may wait until a device is too slow.
TEST_F(RoomAtWork, X3Look30AsMuchMayWaitForSomebodyWhateverIsHiddenInIt) {
    bench.ground.limits.outbox_bytes_max = 8'000;
    bench.ground.limits.presence_linger = Duration{0};
    Client& ana = come_in(1);
    Client& came_in = come_in(2);
    Client& cleo = come_in(3);
    const MessageId hidden = say(cleo, "hidden");
    bench.on_shard([&] {
        came_in.on_closed();
        cleo.on_closed();
    });
    pass(bench.ground.limits.roster_tick);
    const auto without_cleo = keeping_away(3);
    const auto said_until_too_slow = [&](
                                         std::optional<MessageId> reply_to,
                                         const std::function<void()>& meanwhile = [] {}) {
        Client& ben = sit(2, without_cleo);
        EXPECT_TRUE(bench.ask(ben, ResumeRoom{.room = room}).has_room_resumed());
        paper.closed.reset();
        int said = 0;
        for (; !paper.closed && said < 100; ++said) {
            PostMessage words{.room = room, .client_key = next_key(), .text = "words"};
            words.reply_to = reply_to;
            meanwhile();
            pass(bench.ground.limits.roster_tick);
            EXPECT_TRUE(bench.ask(ana, words).has_message_accepted());
        }
        EXPECT_EQ(paper.closed, CloseCode::too_slow);
        bench.on_shard([&] { ben.on_closed(); });
        return said;
    };
    const int most = said_until_too_slow(std::nullopt);
    EXPECT_EQ(said_until_too_slow(hidden), most);
    Client* here = nullptr;
    const auto comes_or_goes = [&] {
        if (here) {
            bench.on_shard([&] { here->on_closed(); });
            here = nullptr;
        } else {
            here = &sit(3);
            EXPECT_TRUE(bench.ask(*here, ResumeRoom{.room = room}).has_room_resumed());
        }
    };
    EXPECT_EQ(said_until_too_slow(std::nullopt, comes_or_goes), most);
}

}  // namespace
}  // namespace kindroom::actors::test
