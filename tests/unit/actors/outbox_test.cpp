// What waits to be written: bounded, in order, and purged when a session ends.
#include "actors/outbox.hpp"

#include <gtest/gtest.h>

namespace kindroom::actors {
namespace {

wire::Frame frame_of(std::size_t bytes) { return std::make_shared<const std::string>(bytes, 'x'); }
// A step of which everybody gets these bytes.
QueuedStep step_of(std::size_t bytes) {
    static const crypto::MasterKey key(crypto::Key256{});
    static const crypto::CursorSealer cursors(key);
    bus::Publication publication{.room = {}, .what = domain::RoomStep{}};
    publication.frame = frame_of(bytes);
    return {.frames = std::make_shared<SharedFrames>(std::make_shared<const bus::Publication>(std::move(publication)),
                                                     wire::Format::binary, cursors)};
}
// How many of these an outbox takes.
template <class Item>
int taken(const Item& item) {
    Outbox outbox(100'000, 1'000);
    int number = 0;
    while (outbox.push(item)) ++number;
    return number;
}

TEST(Outbox, TakesAsManyBytesAsItMay) {
    Outbox outbox(100, 1'000);
    EXPECT_TRUE(outbox.push(step_of(60)));
    EXPECT_TRUE(outbox.push(QueuedFrame{frame_of(40)}));
    EXPECT_FALSE(outbox.push(step_of(1))) << "one byte more";
    outbox.pop();
    EXPECT_TRUE(outbox.push(step_of(60))) << "what was written makes room";
    EXPECT_FALSE(outbox.push(step_of(1)));
}

// Whoever is in them may be hidden from the viewer.
TEST(Outbox, X3ARosterAndACircleTakeAsMuchHoweverManyAreInThem) {
    const auto publication_of = [](auto what) {
        return std::make_shared<const bus::Publication>(bus::Publication{.room = {}, .what = std::move(what)});
    };
    domain::RosterTicked full;
    full.roster.people.resize(50);
    domain::CircleTold sitting;
    sitting.circle.unheard.resize(50);
    EXPECT_EQ(taken(QueuedRoster{publication_of(full)}), taken(QueuedRoster{publication_of(domain::RosterTicked{})}));
    EXPECT_EQ(taken(QueuedCircle{publication_of(sitting)}), taken(QueuedCircle{publication_of(domain::CircleTold{})}));
}

TEST(Outbox, TakesAsManyEventsAsItMay) {
    Outbox outbox(1'000, 2);
    EXPECT_TRUE(outbox.push(step_of(1)));
    EXPECT_TRUE(outbox.push(step_of(1)));
    EXPECT_FALSE(outbox.push(QueuedFrame{frame_of(1)}));
}

TEST(Outbox, AnswersAreBoundedByTheQuestionsAndTakeNoPlace) {
    Outbox outbox(10, 1);
    for (std::uint32_t i = 1; i <= 50; ++i) outbox.push(QueuedReply{i, domain::Done{}});
    EXPECT_TRUE(outbox.push(step_of(10)));
    for (std::uint32_t i = 1; i <= 50; ++i) outbox.pop();
    EXPECT_FALSE(outbox.push(step_of(1))) << "popping answers frees no bytes of steps";
}

TEST(Outbox, KeepsTheOrder) {
    Outbox outbox(100, 100);
    EXPECT_TRUE(outbox.push(step_of(1)));
    outbox.push(QueuedReply{7, domain::Done{}});
    EXPECT_TRUE(outbox.push(QueuedFrame{frame_of(2)}));
    EXPECT_TRUE(std::holds_alternative<QueuedStep>(outbox.pop()));
    EXPECT_EQ(std::get<QueuedReply>(outbox.pop()).request, 7u);
    EXPECT_TRUE(std::holds_alternative<QueuedFrame>(outbox.pop()));
    EXPECT_TRUE(outbox.empty());
}

// Of a device that is always a little behind, as of one that is far behind.
TEST(Outbox, KeepsTheOrderHoweverManyGoThroughIt) {
    for (const std::uint32_t behind : {1u, 7u, 8u, 100u}) {
        Outbox outbox(1'000, 1'000);
        std::uint32_t next = 0;
        for (std::uint32_t i = 0; i < 1'000; ++i) {
            outbox.push(QueuedReply{i, domain::Done{}});
            if (i < behind) continue;
            EXPECT_EQ(std::get<QueuedReply>(outbox.pop()).request, next++);
        }
        while (!outbox.empty()) EXPECT_EQ(std::get<QueuedReply>(outbox.pop()).request, next++);
        EXPECT_EQ(next, 1'000u);
    }
}

TEST(Outbox, WhatIsPutBackComesNext) {
    for (const bool after_one : {true, false}) {
        Outbox outbox(100, 100);
        if (after_one) outbox.push(QueuedReply{1, domain::Done{}});
        outbox.push(QueuedReply{3, domain::Done{}});
        if (after_one) outbox.pop();
        outbox.push_front(QueuedReply{2, domain::Done{}});
        EXPECT_EQ(std::get<QueuedReply>(outbox.pop()).request, 2u);
        EXPECT_EQ(std::get<QueuedReply>(outbox.pop()).request, 3u);
        EXPECT_TRUE(outbox.empty());
    }
}

TEST(Outbox, OnlyAcknowledgementsSurviveTheEndOfASession) {
    Outbox outbox(100, 2);
    EXPECT_TRUE(outbox.push(step_of(50)));
    outbox.push(QueuedReply{1, domain::HistoryPage{}});
    outbox.push(QueuedReply{2, domain::Done{}});
    outbox.push(QueuedReply{3, domain::Refused{.error = refuse(Errc::not_in_room)}});
    outbox.push(QueuedReply{4, domain::MessageAccepted{}});
    EXPECT_TRUE(outbox.push(QueuedFrame{frame_of(50)}));
    outbox.keep_only_acknowledgements();
    EXPECT_EQ(std::get<QueuedReply>(outbox.pop()).request, 2u);
    EXPECT_EQ(std::get<QueuedReply>(outbox.pop()).request, 3u);
    EXPECT_TRUE(outbox.empty());
    EXPECT_TRUE(outbox.push(step_of(100))) << "the purged take no room";
}

}  // namespace
}  // namespace kindroom::actors
