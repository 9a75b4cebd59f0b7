// The story of a room: edits, retractions, paging, and how words end.
#include <algorithm>
#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "contract/store_contract.hpp"

namespace kindroom::test {
namespace {

using store::Store;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;

const RoomId room = a_room(1).id;

std::vector<std::uint64_t> positions(const std::vector<store::MessageRecord>& messages) {
    std::vector<std::uint64_t> found;
    for (const auto& message : messages) found.push_back(static_cast<std::uint64_t>(message.position));
    return found;
}

std::vector<std::uint64_t> positions(const std::vector<store::StepRow>& steps) {
    std::vector<std::uint64_t> found;
    for (const auto& step : steps) found.push_back(static_cast<std::uint64_t>(step.position));
    return found;
}

void post(StoreWorld& world, std::uint64_t first, std::uint64_t last) {
    for (std::uint64_t i = first; i <= last; ++i) world.commit({store::InsertMessage{a_message(room, i)}});
}

TEST_P(StoreContract, AnEditIsAStepAndTheWordsAreTheNewOnesEverywhere) {
    world().commit({store::PutRoom{a_room(1)}});
    post(world(), 1, 2);
    auto edited = a_message(room, 1);
    edited.content = some_words(an_id<DataKeyId>(7), an_id<DataKeyId>(8), "better words");
    edited.edited = true;
    const auto then = a_day + Duration{60'000};
    world().commit({store::EditMessage{room, edited.id, Position{3}, then, edited.content}});
    const auto steps = world().read_steps({room, Position{0}, 9}).steps;
    const auto second = a_message(room, 2);
    EXPECT_THAT(steps, ElementsAre(store::StepRow{Position{1}, store::StepKind::posted, edited.posted_at, edited},
                                   store::StepRow{Position{2}, store::StepKind::posted, second.posted_at, second},
                                   store::StepRow{Position{3}, store::StepKind::edited, then, edited}));
    EXPECT_EQ(world().load_room({.room = room, .window_steps = 9})->window, steps);
}

TEST_P(StoreContract, ARetractedMessageHasNoWordsAnyMoreAndIsStillFound) {
    world().commit({store::PutRoom{a_room(1)}});
    post(world(), 1, 2);
    const auto then = a_day + Duration{60'000};
    world().commit({store::RetractMessage{room, an_id<MessageId>(1), Position{3}, then}});
    const auto found = world().find_message(room, an_id<MessageId>(1)).messages;
    ASSERT_EQ(found.size(), 1u);
    EXPECT_TRUE(found[0].retracted);
    EXPECT_THAT(found[0].content.box, IsEmpty());
    EXPECT_TRUE(found[0].request_digest.is_nil()) << "it could be guessed";
    const auto steps = world().read_steps({room, Position{0}, 9}).steps;
    EXPECT_THAT(positions(steps), ElementsAre(1, 2, 3));
    EXPECT_TRUE(steps[0].message.retracted);
    EXPECT_EQ(steps[0].at, found[0].posted_at);
    EXPECT_EQ(steps[2].kind, store::StepKind::retracted);
    EXPECT_EQ(steps[2].at, then);
    EXPECT_EQ(steps[2].message, found[0]);
}

TEST_P(StoreContract, ARetractedMessageIsOutOfRepliesToo) {
    world().commit({store::PutRoom{a_room(1)}});
    post(world(), 1, 2);
    auto answer = a_message(room, 3);
    answer.reply_to = an_id<MessageId>(2);
    answer.reply_to_author = a_message(room, 2).author;
    answer.reply_to_position = Position{2};
    world().commit({store::InsertMessage{answer}});
    world().commit({store::RetractMessage{room, an_id<MessageId>(1), Position{4}}});
    const auto links = [&] {
        return std::vector{
            world().find_message(room, answer.id).messages[0].reply_to,
            world().read_messages({room, Position{4}, store::Store::Direction::back, 1}).messages[0].reply_to,
            world().read_steps({room, Position{2}, 1}).steps[0].message.reply_to,
            world().load_room({.room = room, .window_steps = 9})->window[2].message.reply_to};
    };
    EXPECT_THAT(links(), Each(answer.reply_to)) << "another one";
    world().commit({store::RetractMessage{room, an_id<MessageId>(2), Position{5}}});
    EXPECT_THAT(links(), Each(std::optional<MessageId>()));
}

TEST_P(StoreContract, StepsAreReadOldestFirstAfterTheGivenOneUpToTheLimit) {
    world().commit({store::PutRoom{a_room(1)}});
    post(world(), 1, 6);
    EXPECT_THAT(positions(world().read_steps({room, Position{2}, 3}).steps), ElementsAre(3, 4, 5));
    EXPECT_THAT(positions(world().read_steps({room, Position{5}, 3}).steps), ElementsAre(6));
    EXPECT_THAT(world().read_steps({room, Position{6}, 3}).steps, IsEmpty());
    EXPECT_THAT(world().read_steps({room, Position{0}, 0}).steps, IsEmpty());
}

TEST_P(StoreContract, APageIsNeverShortByWhatWasRetractedInEitherDirection) {
    world().commit({store::PutRoom{a_room(1)}});
    post(world(), 1, 9);
    for (std::uint64_t i = 3; i <= 7; ++i)
        world().commit({store::RetractMessage{room, an_id<MessageId>(i), Position{i + 7}}});
    const auto page = [&](std::uint64_t from, Store::Direction direction, std::uint32_t limit) {
        return positions(world().read_messages({room, Position{from}, direction, limit}).messages);
    };
    EXPECT_THAT(page(9, Store::Direction::back, 2), ElementsAre(8, 2));
    EXPECT_THAT(page(1, Store::Direction::on, 2), ElementsAre(2, 8));
    EXPECT_THAT(page(5, Store::Direction::back, 9), ElementsAre(2, 1));
    EXPECT_THAT(page(5, Store::Direction::on, 9), ElementsAre(8, 9));
    EXPECT_THAT(page(UINT64_MAX, Store::Direction::back, 1), ElementsAre(9));
    EXPECT_THAT(page(0, Store::Direction::on, 1), ElementsAre(1));
}

TEST_P(StoreContract, PagingThroughAnyRoomMeetsEveryLivingMessageOnce) {
    std::uint64_t number = 0;
    EXPECT_TRUE(rc::check([&] {
        const auto record = a_room(++number + 100);
        const auto posts = *rc::gen::inRange<std::uint64_t>(1, 20);
        const auto limit = *rc::gen::inRange<std::uint32_t>(1, 7);
        std::vector<store::Change> changes{store::PutRoom{record}};
        for (std::uint64_t i = 1; i <= posts; ++i) changes.push_back(store::InsertMessage{a_message(record.id, i)});
        std::vector<std::uint64_t> living;
        std::uint64_t head = posts;
        for (std::uint64_t i = 1; i <= posts; ++i) {
            if (*rc::gen::arbitrary<bool>()) {
                living.push_back(i);
            } else {
                changes.push_back(store::RetractMessage{record.id, an_id<MessageId>(i), Position{++head}});
            }
        }
        world().commit(std::move(changes));
        const auto walk = [&](Position from, Store::Direction direction) {
            std::vector<std::uint64_t> met;
            while (true) {
                const auto page = world().read_messages({record.id, from, direction, limit}).messages;
                for (const auto p : positions(page)) met.push_back(p);
                if (page.size() < limit) return met;
                from = page.back().position;
            }
        };
        RC_ASSERT(walk(Position{0}, Store::Direction::on) == living);
        auto back = walk(Position{UINT64_MAX}, Store::Direction::back);
        std::ranges::reverse(back);
        RC_ASSERT(back == living);
    }));
}

// ---- How words end --------------------------------------------------------------------------------------------------

// A room with a message under the key of each of two days; the first key is due a millisecond before the second.
struct TwoDays {
    DataKeyId first = an_id<DataKeyId>(201);
    DataKeyId second = an_id<DataKeyId>(202);
    TimePoint first_due = a_day + Duration{1'000};
    TimePoint second_due = a_day + Duration{1'001};

    explicit TwoDays(StoreWorld& world) {
        auto old_one = a_message(room, 1);
        old_one.content.place_key = first;
        auto new_one = a_message(room, 2);
        new_one.content.place_key = second;
        world.commit({store::PutRoom{a_room(1)}, store::InsertKey{a_key(first, room, first_due)},
                      store::InsertKey{a_key(second, room, second_due)}, store::InsertMessage{old_one},
                      store::InsertMessage{new_one}});
    }
};

TEST_P(StoreContract, WordsEndWithTheirKeyTogetherWithTheirStepsAndNotAMomentEarlier) {
    const TwoDays days(world());
    world().commit({store::ExpireRoom{room, days.first_due - Duration{1}}});
    EXPECT_EQ(world().read_steps({room, Position{0}, 9}).steps.size(), 2u);
    world().commit({store::ExpireRoom{room, days.first_due}});
    const auto left = world().read_steps({room, Position{0}, 9});
    EXPECT_THAT(positions(left.steps), ElementsAre(2));
    EXPECT_THAT(left.keys, ElementsAre(a_key(days.second, room, days.second_due)));
    EXPECT_THAT(world().find_message(room, an_id<MessageId>(1)).messages, IsEmpty());
    EXPECT_THAT(world().load_room({.room = room, .accepted_since = {}})->keys,
                ElementsAre(a_key(days.second, room, days.second_due)));
    EXPECT_EQ(world().load_room({.room = room, .accepted_since = {}})->accepted.size(), 1u);
}

TEST_P(StoreContract, NoPositionIsGivenTwiceEvenWhenTheNewestWordsHaveEnded) {
    const TwoDays days(world());
    world().commit({store::ExpireRoom{room, days.second_due}});
    world().reopen();
    const auto loaded = world().load_room({.room = room, .window_steps = 9});
    EXPECT_THAT(loaded->window, IsEmpty());
    EXPECT_EQ(loaded->head, Position{2});
    // Neither does putting the room again forget it.
    world().commit({store::PutRoom{a_room(1)}});
    EXPECT_EQ(world().load_room({.room = room})->head, Position{2});
}

TEST_P(StoreContract, TheEndOfWordsInOneRoomTouchesNoOtherAndNoKeyWithoutARoom) {
    const TwoDays days(world());
    const auto other = a_room(2).id;
    auto message = a_message(other, 1);
    message.content.place_key = an_id<DataKeyId>(203);
    const auto other_key = a_key(an_id<DataKeyId>(203), other, days.first_due);
    const auto person = a_key(message.content.person_key, {}, days.first_due);
    world().commit({store::PutRoom{a_room(2)}, store::InsertKey{other_key}, store::InsertKey{person},
                    store::InsertMessage{message}});
    world().commit({store::ExpireRoom{room, never}});
    EXPECT_THAT(world().find_message(other, message.id).messages, ElementsAre(message));
    EXPECT_THAT(world().find_message(other, message.id).keys, testing::UnorderedElementsAre(other_key, person));
}

TEST_P(StoreContract, AnEditedMessageLivesAsLongAsTheKeyOfItsNewWords) {
    const TwoDays days(world());
    const auto words = some_words(days.second, {}, "later words");
    world().commit({store::EditMessage{room, an_id<MessageId>(1), Position{3}, a_day, words}});
    world().commit({store::ExpireRoom{room, days.first_due}});
    EXPECT_THAT(positions(world().read_steps({room, Position{0}, 9}).steps), ElementsAre(1, 2, 3));
    world().commit({store::ExpireRoom{room, days.second_due}});
    EXPECT_THAT(world().read_steps({room, Position{0}, 9}).steps, IsEmpty());
}

TEST_P(StoreContract, ARetractedMessageStillEndsWithItsKey) {
    const TwoDays days(world());
    world().commit({store::RetractMessage{room, an_id<MessageId>(1), Position{3}}});
    world().commit({store::ExpireRoom{room, days.first_due}});
    EXPECT_THAT(world().find_message(room, an_id<MessageId>(1)).messages, IsEmpty());
    EXPECT_THAT(positions(world().read_steps({room, Position{0}, 9}).steps), ElementsAre(2));
}

TEST_P(StoreContract, AnEditOrRetractionThatComesAfterTheEndChangesNothingButUsesItsPosition) {
    const TwoDays days(world());
    world().commit({store::ExpireRoom{room, days.first_due}});
    const auto words = some_words(days.second, {}, "late");
    world().commit({store::EditMessage{room, an_id<MessageId>(1), Position{3}, a_day, words}});
    world().commit({store::RetractMessage{room, an_id<MessageId>(1), Position{4}}});
    const auto loaded = world().load_room({.room = room, .window_steps = 9});
    EXPECT_THAT(positions(loaded->window), ElementsAre(2));
    EXPECT_EQ(loaded->head, Position{4});
}

TEST_P(StoreContract, ARetractedMessageGetsNoNewWords) {
    const TwoDays days(world());
    world().commit({store::RetractMessage{room, an_id<MessageId>(2), Position{3}}});
    const auto words = some_words(days.second, {}, "no");
    world().commit({store::EditMessage{room, an_id<MessageId>(2), Position{4}, a_day, words}});
    EXPECT_THAT(world().find_message(room, an_id<MessageId>(2)).messages[0].content.box, IsEmpty());
    EXPECT_THAT(positions(world().read_steps({room, Position{0}, 9}).steps), ElementsAre(1, 2, 3));
}

}  // namespace
}  // namespace kindroom::test
