// Which of the words that a message has had one viewer is shown, and what goes with them.
#include <gtest/gtest.h>

#include "story.hpp"

namespace kindroom::domain::test {
namespace {

using namespace std::chrono_literals;

TimePoint second(int number) { return from_ms(number * 1000); }

// Ben's: "first" at place 3, "second" at place 7, "third" at place 9; place 7 is in second 70.
Message thrice_said() {
    Message message{.id = an_id<MessageId>(3),
                    .position = Position{3},
                    .author_account = ben.account,
                    .author = ben.person(),
                    .text = "first",
                    .posted_at = second(30)};
    message.folded = "first";
    amend(message, {.text = "second", .folded = "second"}, Position{7}, second(70));
    amend(message, {.text = "third", .folded = "third"}, Position{9}, second(90));
    return message;
}

struct Seeing {
    explicit Seeing(const Somebody& who) : visibility(who.visibility()) {}
    View view() const { return {*visibility, the_room, Horizon{}}; }
    VisibilityPtr visibility;
};

std::string text_for(const Somebody& who, const Message& message = thrice_said()) {
    const Seeing eyes(who);
    return eyes.view().shows(message) ? eyes.view().seen(message).text : "(hidden)";
}

TEST(Versions, WhoeverMaySeeAllSeesTheNewestWords) {
    const Message seen = Seeing(ana).view().seen(thrice_said());
    EXPECT_EQ(seen, thrice_said());
    EXPECT_TRUE(seen.edited);
}

TEST(Versions, Look8AnEditAfterABlockNeverComesAndTheWordsThatCameStay) {
    const Somebody blocked = ana.apart_from(ben, met(second(60), Position{5}));
    EXPECT_EQ(text_for(blocked), "first");
    const Message seen = Seeing(blocked).view().seen(thrice_said());
    EXPECT_FALSE(seen.edited) << "these are the words as they were posted";
    EXPECT_EQ(seen.folded, "first");
    EXPECT_TRUE(seen.earlier.empty());
}

TEST(Versions, OfSeveralEditsTheNewestThatMayBeSeenIsShown) {
    const Somebody blocked = ana.apart_from(ben, met(second(80), Position{8}));
    EXPECT_EQ(text_for(blocked), "second");
    EXPECT_TRUE(Seeing(blocked).view().seen(thrice_said()).edited);
}

TEST(Versions, ToWhomHasComeNoFurtherLaterEditsHaveNotHappenedYet) {
    const auto text_at = [](std::uint64_t position) {
        Message message = thrice_said();
        rewind(message, Position{position});
        return message.text;
    };
    EXPECT_EQ(text_at(9), "third");
    EXPECT_EQ(text_at(8), "second");
    EXPECT_EQ(text_at(7), "second");
    EXPECT_EQ(text_at(6), "first");
    EXPECT_EQ(text_at(3), "first");
    Message message = thrice_said();
    rewind(message, Position{6});
    EXPECT_FALSE(message.edited);
    EXPECT_TRUE(message.earlier.empty());
}

TEST(Versions, WhoeverChoseTheBlockSeesNoneWhileItLasts) {
    EXPECT_EQ(text_for(ana.apart_from(ben, chosen(second(80)))), "(hidden)");
}

TEST(Versions, AnEditInADarknessThatIsOverStaysDarkAndALaterOneShows) {
    Message message = thrice_said();
    EXPECT_EQ(text_for(ana.apart_from(ben, chosen(second(85), second(95))), message), "second");
    EXPECT_EQ(text_for(ana.apart_from(ben, chosen(second(60), second(80))), message), "third");
    EXPECT_EQ(text_for(ana.apart_from(ben, met(second(60), Position{5}, second(80))), message), "third");
    EXPECT_EQ(text_for(ana.apart_from(ben, chosen(second(20), second(40))), message), "(hidden)")
        << "said in the dark, whatever became of it";
}

TEST(Versions, SeeingWhatWasSeenChangesNothingAndGrownBoundariesTakeMore) {
    const Somebody blocked = ana.apart_from(ben, met(second(80), Position{8}));
    const Message once = Seeing(blocked).view().seen(thrice_said());
    EXPECT_EQ(Seeing(blocked).view().seen(once), once);
    EXPECT_EQ(text_for(ana.apart_from(ben, met(second(60), Position{5})), once), "first");
}

TEST(Versions, EditsOfAnOlderServerHaveNoTimeAndAreShown) {
    Message old = thrice_said();
    old.earlier.clear();
    old.edited_at_position = Position{};
    old.edited_at = TimePoint{};
    EXPECT_EQ(text_for(ana.apart_from(ben, met(second(60), Position{5})), old), "third");
    EXPECT_TRUE(Seeing(ana).view().seen(old).edited);
}

TEST(Versions, AMuteOfWordsLooksAtTheWordsThatWouldBeShown) {
    Somebody mutes = ana;
    mutes.boundaries.mutes.words = {{"third", {{"third", {.everywhere = true}}}}};
    EXPECT_EQ(text_for(mutes), "(hidden)");
    EXPECT_EQ(text_for(mutes.apart_from(ben, met(second(80), Position{8}))), "second");
    mutes.boundaries.mutes.words = {{"second", {{"second", {.everywhere = true}}}}};
    EXPECT_EQ(text_for(mutes), "third");
}

TEST(Versions, AnEditOnItsWayIsJudgedByItsOwnWordsPlaceAndTime) {
    const RoomStep edit{.room = the_room,
                        .position = Position{7},
                        .author = ben.account,
                        .about = Position{3},
                        .at = second(70),
                        .about_at = second(30),
                        .what = MessageEdited{.message = an_id<MessageId>(3), .text = "second", .folded = "second"}};
    EXPECT_TRUE(Seeing(ana).view().shows(edit));
    EXPECT_FALSE(Seeing(ana.apart_from(ben, met(second(60), Position{5}))).view().shows(edit));
    EXPECT_TRUE(Seeing(ana.apart_from(ben, met(second(60), Position{7}))).view().shows(edit)) << "had reached them";
    EXPECT_FALSE(Seeing(ana.apart_from(ben, chosen(second(60), second(80)))).view().shows(edit));
    EXPECT_TRUE(Seeing(ana.apart_from(ben, chosen(second(40), second(60)))).view().shows(edit));
    Somebody mutes = ana;
    mutes.boundaries.mutes.words = {{"second", {{"second", {.everywhere = true}}}}};
    EXPECT_FALSE(Seeing(mutes).view().shows(edit));
}

// ---- what goes with the words ---------------------------------------------------------------------------------------

TEST(Versions, LabelledWordsAreWithheldUntilTheReaderWishesOtherwise) {
    Message message = thrice_said();
    message.labels = {"grief"};
    EXPECT_TRUE(Seeing(ana).view().seen(message).withheld);
    EXPECT_FALSE(Seeing(ben).view().seen(message).withheld) << "one's own";
    Somebody ready = ana;
    ready.boundaries.shown_labels = {"grief"};
    EXPECT_FALSE(Seeing(ready).view().seen(message).withheld);
    EXPECT_FALSE(Seeing(ana).view().seen(thrice_said()).withheld) << "no label";

    RoomStep edit{.room = the_room, .author = ben.account, .what = MessageEdited{.text = "x", .labels = {"grief"}}};
    EXPECT_TRUE(std::get<MessageEdited>(Seeing(ana).view().seen(edit).what).withheld);
    EXPECT_FALSE(std::get<MessageEdited>(Seeing(ready).view().seen(edit).what).withheld);
}

TEST(Versions, AMutedLabelHidesTheMessage) {
    Message message = thrice_said();
    message.labels = {"grief"};
    Somebody mutes = ana;
    mutes.boundaries.mutes.labels = {{"grief", {.everywhere = true}}};
    EXPECT_EQ(text_for(mutes, message), "(hidden)");
}

TEST(Versions, Look7TheMentionOfSomebodyHiddenIsDroppedAndTheWordsStay) {
    Message message = thrice_said();
    message.mentions = {{.account = cleo.account, .token = cleo.token()},
                        {.account = ana.account, .token = ana.token()}};
    const auto mentions_for = [&](const Somebody& who) { return Seeing(who).view().seen(message).mentions; };
    EXPECT_EQ(mentions_for(ana).size(), 2u);
    const std::vector only_ana{Mention{.account = ana.account, .token = ana.token()}};
    EXPECT_EQ(mentions_for(ana.apart_from(cleo, chosen(second(500)))), only_ana);
    EXPECT_EQ(mentions_for(ana.apart_from(cleo, met(second(10), Position{2}))), only_ana);
    EXPECT_EQ(mentions_for(ana.apart_from(cleo, met(second(500), Position{50}))).size(), 2u)
        << "had reached them before";
}

TEST(Versions, Look6ALinkToSomebodyHiddenIsDropped) {
    Message message = thrice_said();
    message.reply_to = an_id<MessageId>(2);
    message.reply_to_author = cleo.account;
    message.reply_to_position = Position{2};
    message.reply_to_posted_at = second(20);
    EXPECT_FALSE(Seeing(ana.apart_from(cleo, met(second(10), Position{1}))).view().shows_link_of(message));
    EXPECT_TRUE(Seeing(ana.apart_from(cleo, met(second(10), Position{2}))).view().shows_link_of(message));
    EXPECT_FALSE(Seeing(ana.apart_from(cleo, chosen(second(10), second(30)))).view().shows_link_of(message));
    EXPECT_TRUE(Seeing(ana.apart_from(cleo, chosen(second(25), second(35)))).view().shows_link_of(message))
        << "the answer was given in the dark, what it answers was not said there";
    EXPECT_EQ(Seeing(ana.apart_from(cleo, chosen(second(99)))).view().seen(message).reply_to, std::nullopt);
}

// ---- in the window --------------------------------------------------------------------------------------------------

// Ben posts in second 10 and edits in seconds 20 and 30; each is a place.
RoomWindow edited_twice(RoomWindow window = RoomWindow(20)) {
    window.begins_here();
    const auto id = an_id<MessageId>(1);
    RoomStep step{.room = the_room, .position = Position{1}, .author = ben.account, .about = Position{1}};
    step.at = step.about_at = second(10);
    Message message{.id = id, .position = Position{1}, .author_account = ben.account, .text = "one"};
    message.posted_at = second(10);
    step.what = MessagePosted{message};
    window.add(step);
    for (int edit = 2; edit <= 3; ++edit) {
        step.position = Position{static_cast<std::uint64_t>(edit)};
        step.at = second(10 * edit);
        step.what = MessageEdited{.message = id, .text = edit == 2 ? "two" : "three"};
        window.add(step);
    }
    return window;
}

TEST(Versions, Look22WhoeverResumesGetsTheNewestEditThatTheyMaySee) {
    const RoomWindow window = edited_twice();
    const auto edit_for = [&](const Somebody& who) {
        const Seeing eyes(who);
        const auto missed = window.missed(Position{1}, eyes.view());
        return missed.size() == 1 ? std::get<MessageEdited>(missed.front().what).text : "(none)";
    };
    EXPECT_EQ(edit_for(ana), "three");
    EXPECT_EQ(edit_for(ana.apart_from(ben, met(second(25), Position{2}))), "two");
    EXPECT_EQ(edit_for(ana.apart_from(ben, met(second(15), Position{1}))), "(none)");
}

TEST(Versions, APageHasTheWordsThatItsReaderMaySee) {
    const RoomWindow window = edited_twice();
    const auto page_for = [&](const Somebody& who) {
        const Seeing eyes(who);
        return window.page({.from = Position{UINT64_MAX}, .limit = 9, .bytes_max = 9999}, eyes.view())->messages;
    };
    EXPECT_EQ(page_for(ana).front().text, "three");
    EXPECT_EQ(page_for(ana.apart_from(ben, met(second(15), Position{1}))).front().text, "one");
    EXPECT_TRUE(page_for(ana.apart_from(ben, met(second(5), Position{0}))).empty());
}

TEST(Versions, AMessageIsFoundAsItStands) {
    RoomWindow window = edited_twice();
    const Message* found = window.find(an_id<MessageId>(1));
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->text, "three");
    ASSERT_EQ(found->earlier.size(), 2u);
    EXPECT_EQ(found->earlier.back(), (Version{.position = Position{2}, .at = second(20), .text = "two"}));
    EXPECT_EQ(window.find(an_id<MessageId>(2)), nullptr);
    window.add({.room = the_room,
                .position = Position{4},
                .about = Position{1},
                .what = MessageRetracted{an_id<MessageId>(1)}});
    EXPECT_EQ(window.find(an_id<MessageId>(1)), nullptr);
}

TEST(Versions, AMessageThatIsLoadedHasItsEditsAlready) {
    const RoomWindow lived = edited_twice();
    RoomWindow loaded(20);
    loaded.begins_here();
    Message now = *lived.find(an_id<MessageId>(1));
    loaded.restore({.room = the_room, .position = Position{1}, .about = Position{1}, .what = MessagePosted{now}});
    loaded.restore({.room = the_room,
                    .position = Position{2},
                    .about = Position{1},
                    .what = MessageEdited{.message = now.id, .text = "two"}});
    EXPECT_EQ(*loaded.find(now.id), now);
}

}  // namespace
}  // namespace kindroom::domain::test
