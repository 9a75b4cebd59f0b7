// How a blocked person would look for the block (PRODUCT), look by look: what a house in virtual time can show. Ana
// blocks Ben; Cleo is somebody else who is there.
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include "sim/boundaries.hpp"

namespace kindroom::sim {
namespace {

// Everything that the protocol can say, by name.
Lines names_of_the_protocol() {
    Lines names;
    const auto* pool = google::protobuf::DescriptorPool::generated_pool();
    for (const char* file : {"commands", "errors", "events", "frames", "replies", "types"}) {
        const auto* proto = pool->FindFileByName("kindroom/v1/" + std::string(file) + ".proto");
        for (int i = 0; i < proto->message_type_count(); ++i) {
            names.push_back(proto->message_type(i)->name());
            for (int f = 0; f < proto->message_type(i)->field_count(); ++f)
                names.push_back(proto->message_type(i)->name() + "." + proto->message_type(i)->field(f)->name());
        }
    }
    return names;
}

Lines named_like(const Lines& parts) {
    Lines found;
    for (const auto& name : names_of_the_protocol())
        for (const auto& part : parts)
            if (name.find(part) != std::string::npos) found.push_back(name);
    return found;
}

TEST_F(Boundaries, Look01_NothingThatBenReceivesHasANumberOrAGap) {
    open();
    come_in();
    blocks(*ana_, *ben_);
    say(*cleo_, "one");
    settle();
    const auto told = overhear(*ben_);
    for (int i = 0; i < 20; ++i) say(*ana_, "unseen");
    say(*cleo_, "two");
    settle();
    ASSERT_EQ(told->size(), 1u);
    const auto& step = told->front().room_event();
    EXPECT_EQ(step.posted().message().message_id().size(), 16u);
    EXPECT_EQ(step.cursor().size(), cursor_of(*cleo_).size());
    EXPECT_EQ(named_like({"sequence", "position", "_number", "index", "ordinal"}), Lines{});
}

TEST_F(Boundaries, Look02_PagesAreFullAndEndWhereTheHistoryEnds) {
    open();
    come_in();
    blocks(*ana_, *ben_);
    for (int i = 0; i < 6; ++i) {
        say(*ana_, "unseen");
        say(*cleo_, "seen " + std::to_string(i));
    }
    say(*ana_, "unseen");
    const auto newest = page(*ben_, 3);
    EXPECT_EQ(texts(newest), (Lines{"seen 3", "seen 4", "seen 5"}));
    EXPECT_FALSE(newest.earlier().empty());
    auto before = history(room_, 3);
    before.mutable_get_history()->set_before(newest.earlier());
    const auto oldest = world_->ask(*ben_, before).history_page();
    EXPECT_EQ(texts(oldest), (Lines{"seen 0", "seen 1", "seen 2"}));
    EXPECT_TRUE(oldest.earlier().empty()) << "what is hidden before is no reason to read on";
}

TEST_F(Boundaries, Look03_TheRosterIsBensOwnAndNobodyIsCounted) {
    open();
    come_in();
    blocks(*ana_, *ben_);
    tick();
    EXPECT_EQ(people(*ben_), (Lines{"Ben", "Cleo"}));
    EXPECT_EQ(people(*ana_), (Lines{"Ana", "Cleo"}));
    EXPECT_EQ(people(*cleo_), (Lines{"Ana", "Ben", "Cleo"}));
    EXPECT_EQ(named_like({"_count", "counts", "total", "members", "unread", "streak", "likes", "rank"}), Lines{});
}

TEST_F(Boundaries, Look04_AnaGoesAtTheTickLikeSomebodyWhoLeft) {
    open();
    come_in();
    auto& rosters = ben_->screen(room_).rosters;
    const auto before = rosters.size();
    blocks(*ana_, *ben_);
    world_->pass(Duration{100});
    EXPECT_EQ(rosters.size(), before) << "nothing happens at that moment";
    EXPECT_EQ(people(*ben_), (Lines{"Ana", "Ben", "Cleo"})) << "asking does not help";
    EXPECT_TRUE(world_->ask(*cleo_, leave(room_)).has_done());
    tick();
    ASSERT_EQ(rosters.size(), before + 1) << "both have gone at one tick";
    EXPECT_EQ(rosters.back().second, Lines{"Ben"});
}

TEST_F(Boundaries, Look05_ARoomIsFullOrNotFromTheViewOfWhoeverJoins) {
    open();
    come_in();
    Device& dora = member("Dora");
    auto request = create_room("Small");
    request.mutable_create_room()->mutable_settings()->set_seats(2);
    const auto small = world_->ask(*operator_, request).room_card().room().room_id();
    blocks(*ana_, *ben_);
    EXPECT_TRUE(world_->ask(*ana_, join(small, "Ana")).has_room_joined());
    EXPECT_TRUE(world_->ask(*cleo_, join(small, "Cleo")).has_room_joined());
    EXPECT_EQ(world_->ask(dora, join(small, "Dora")).error().code(), v1::ERROR_CODE_ROOM_UNAVAILABLE);
    EXPECT_TRUE(world_->ask(*ben_, join(small, "Ben")).has_room_joined()) << "Ben sees a free place";
}

TEST_F(Boundaries, Look06_AReplyToAnaIsPlainWordsToBen) {
    open();
    come_in();
    blocks(*ana_, *ben_);
    auto reply = post(room_, key(), "I think so too");
    reply.mutable_post_message()->set_reply_to(said(*ana_, "unseen"));
    EXPECT_TRUE(world_->ask(*cleo_, reply).has_message_accepted());
    settle();
    EXPECT_EQ(ben_->log, Lines{"+I think so too"});
    EXPECT_TRUE(found(*ben_, "I think so too").reply_to().empty());
    EXPECT_FALSE(found(*cleo_, "I think so too").reply_to().empty());
}

TEST_F(Boundaries, Look07_AMentionOfAnaIsNotThereForBen) {
    open();
    come_in();
    blocks(*ana_, *ben_);
    auto words = post(room_, key(), "both of you");
    words.mutable_post_message()->add_mentions(person(*ana_).token);
    words.mutable_post_message()->add_mentions(person(*ben_).token);
    const auto told = overhear(*ben_);
    EXPECT_TRUE(world_->ask(*cleo_, words).has_message_accepted());
    settle();
    ASSERT_EQ(told->size(), 1u);
    ASSERT_EQ(told->front().room_event().posted().message().mentions_size(), 1);
    EXPECT_EQ(told->front().room_event().posted().message().mentions(0), person(*ben_).token);
    ASSERT_EQ(found(*ana_, "both of you").mentions_size(), 1);
    EXPECT_EQ(found(*ana_, "both of you").mentions(0), person(*ana_).token);
}

TEST_F(Boundaries, Look08_EditsAndHeardAreHiddenLikeTheirPeople) {
    Limits limits = quick();
    limits.heard_every = Duration{1'000};
    open(limits);
    come_in();
    const auto words = said(*ana_, "as Ben read it");
    const auto bens = said(*ben_, "is anybody there?");
    settle();
    blocks(*ana_, *ben_);
    const auto told = overhear(*ben_);
    EXPECT_TRUE(world_->ask(*ana_, edit(room_, words, "changed")).has_done());
    EXPECT_TRUE(world_->ask(*ana_, hear(room_, bens)).has_done()) << "said of anything";
    world_->pass(Duration{3'000});
    EXPECT_TRUE(told->empty());
    EXPECT_EQ(read(*ben_), (Lines{"as Ben read it", "is anybody there?"}));
    EXPECT_EQ(read(*cleo_), (Lines{"changed", "is anybody there?"}));
}

TEST_F(Boundaries, Look09_NobodyIsToldWhoTypesReadsOrWasThere) {
    EXPECT_EQ(named_like({"typing", "Typing", "last_seen", "online", "presence", "Presence", "read_by", "delivered"}),
              Lines{});
}

TEST_F(Boundaries, Look10_ARestingContactAnswersTheSameForEveryCause) {
    open();
    come_in();
    Device& dora = member("Dora");
    Device& emil = member("Emil");
    std::vector<std::string> rooms;
    for (Device* other : {ana_, cleo_, &dora, &emil}) rooms.push_back(befriend(*ben_, *other));
    blocks(*ana_, *ben_);
    EXPECT_TRUE(world_->ask(*cleo_, disconnect(rooms[1])).has_done());
    EXPECT_TRUE(world_->ask(dora, step_away("")).has_stepped_away());
    EXPECT_TRUE(world_->ask(emil, set_contacts_open(false)).has_done());
    std::set<std::string> answers;
    for (const auto& room : rooms) {
        const auto reply = post_to(*ben_, room, "are you there?");
        EXPECT_EQ(reply.error().code(), v1::ERROR_CODE_CONNECTION_RESTING) << reply.ShortDebugString();
        answers.insert(bare(reply));
    }
    EXPECT_EQ(answers.size(), 1u);
    const auto contacts = world_->ask(*ben_, list_contacts()).contacts();
    EXPECT_EQ(contacts.contacts_size(), 4);
    for (const auto& contact : contacts.contacts()) EXPECT_TRUE(contact.resting());
}

// It waits for Ben's device, which stands still, when Ana blocks him; or it had reached him.
TEST_F(Boundaries, Look11_X3AnOfferThatHadNotReachedBenNeverComesAndOneThatHadStays) {
    for (const bool is_late : {true, false}) {
        open();
        come_in();
        ben_->stall(is_late);
        EXPECT_TRUE(world_->ask(*ana_, offer_contact(person(*ben_))).has_offer_made());
        settle();
        blocks(*ana_, *ben_);
        ben_->stall(false);
        settle();
        const auto told =
            std::ranges::count_if(ben_->heard, [](const v1::Event& event) { return event.has_contact_offered(); });
        EXPECT_EQ(told, is_late ? 0 : 1);
        EXPECT_EQ(world_->ask(*ben_, list_contacts()).contacts().received_size(), is_late ? 0 : 1);
    }
}

TEST_F(Boundaries, Look11_AnOfferToAnaStaysOpenAndFadesLikeOneThatIsIgnored) {
    Limits limits = quick();
    limits.offer_fades = Duration{600'000};
    open(limits);
    come_in();
    blocks(*ana_, *ben_);
    const auto to_ana = world_->ask(*ben_, offer_contact(person(*ana_)));
    const auto to_cleo = world_->ask(*ben_, offer_contact(person(*cleo_)));
    ASSERT_TRUE(to_ana.has_offer_made()) << to_ana.ShortDebugString();
    EXPECT_NEAR(static_cast<double>(to_ana.offer_made().offer().fades_at_ms()),
                static_cast<double>(to_cleo.offer_made().offer().fades_at_ms()), 1'000);
    settle();
    EXPECT_EQ(world_->ask(*ana_, list_contacts()).contacts().received_size(), 0) << "Ana is not shown it";
    EXPECT_EQ(world_->ask(*ben_, list_contacts()).contacts().made_size(), 2);
    world_->pass(limits.offer_fades);
    EXPECT_EQ(world_->ask(*ben_, list_contacts()).contacts().made_size(), 0);
    EXPECT_EQ(bare(world_->ask(*ben_, offer_contact(person(*ana_)))).size(),
              bare(world_->ask(*ben_, offer_contact(person(*cleo_)))).size());
}

TEST_F(Boundaries, Look12_AnOldTokenIsAnsweredAsForSomebodyWhoLeft) {
    open();
    come_in();
    const auto cleos = person(*cleo_);
    blocks(*ana_, *ben_);
    EXPECT_TRUE(world_->ask(*cleo_, leave(room_)).has_done());
    tick();
    for (const auto& who : {person(*ana_), cleos}) {
        EXPECT_TRUE(world_->ask(*ben_, mute(who)).has_muted());
        EXPECT_TRUE(world_->ask(*ben_, offer_contact(who)).has_offer_made());
        const auto text = std::string("do you remember ") + (who.token == cleos.token ? "Cleo" : "Ana");
        auto words = post(room_, key(), text);
        words.mutable_post_message()->add_mentions(who.token);
        EXPECT_TRUE(world_->ask(*ben_, words).has_message_accepted());
        EXPECT_EQ(found(*ben_, text).mentions_size(), 0) << "neither is there to be mentioned";
        const auto reply = world_->ask(*ben_, block({who}, "was unkind"));
        EXPECT_EQ(reply.people_blocked().blocks_size(), 1);
        EXPECT_FALSE(reply.people_blocked().report_receipt().empty());
    }
}

TEST_F(Boundaries, Look12_AnOldTokenDoesNotTellHowTheyAreCalledSince) {
    open();
    come_in();
    const auto her = person(*ana_);
    EXPECT_TRUE(world_->ask(*ana_, join(room_, "Anna")).has_room_joined());
    blocks(*ana_, *ben_);
    for (const char* name : {"Joan", "Jo"}) EXPECT_TRUE(world_->ask(*ana_, join(room_, name)).has_room_joined());
    EXPECT_TRUE(world_->ask(*ana_, leave(room_)).has_done());
    EXPECT_TRUE(world_->ask(*ana_, join(room_, "Josie")).has_room_joined());
    world_->kill_server();
    world_->pass(Duration{5'000});
    tick();
    EXPECT_EQ(world_->ask(*ben_, offer_contact(her)).offer_made().offer().person().name(), "Anna");
    EXPECT_TRUE(world_->ask(*ben_, mute(her)).has_muted());
    EXPECT_EQ(world_->ask(*ben_, list_boundaries()).boundaries().mutes(0).person().name(), "Anna");
    EXPECT_EQ(world_->ask(*cleo_, offer_contact(her)).offer_made().offer().person().name(), "Josie");
}

TEST_F(Boundaries, Look13_ANameIsNeverTaken) {
    open();
    come_in();
    blocks(*ana_, *ben_);
    EXPECT_TRUE(world_->ask(*ben_, join(room_, "Ana")).has_room_joined());
}

TEST_F(Boundaries, Look14_WhatRestsIsChargedLikeWhatDoesNot) {
    Limits limits = quick();
    limits.posts_burst = limits.newcomer_posts_burst = 3;
    limits.post_every = limits.newcomer_post_every = Duration{600'000};
    open(limits);
    come_in();
    const auto with_ana = befriend(*ana_, *ben_);
    const auto with_cleo = befriend(*cleo_, *ben_);
    blocks(*ana_, *ben_);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(post_to(*ben_, with_ana, "hello").error().code(), v1::ERROR_CODE_CONNECTION_RESTING);
        EXPECT_TRUE(post_to(*ben_, with_cleo, "hello").has_message_accepted());
    }
    EXPECT_EQ(post_to(*ben_, with_ana, "hello").error().code(), v1::ERROR_CODE_RATE_LIMITED);
    EXPECT_EQ(post_to(*ben_, with_cleo, "hello").error().code(), v1::ERROR_CODE_RATE_LIMITED);
}

TEST_F(Boundaries, Look15_APostIsAnsweredBeforeAnybodyIsShownIt) {
    open();
    come_in();
    blocks(*ana_, *ben_);
    const auto told = overhear(*ben_);
    say(*ben_, "hello");
    settle();
    ASSERT_EQ(told->size(), 2u);
    EXPECT_TRUE((*told)[0].reply().has_message_accepted());
    EXPECT_TRUE((*told)[1].has_room_event());
}

TEST_F(Boundaries, Look16_MembersMakeNoInvites) {
    open();
    come_in();
    v1::Request invite;
    invite.mutable_create_invite()->set_uses(1);
    EXPECT_EQ(world_->ask(*ana_, invite).error().code(), v1::ERROR_CODE_NOT_ALLOWED);
    invite.mutable_create_room_invite()->set_room_id(room_);
    EXPECT_EQ(world_->ask(*ana_, invite).error().code(), v1::ERROR_CODE_NOT_ALLOWED);
}

TEST_F(Boundaries, Look18_19_BadgesAndSearchAreNotThere) {
    EXPECT_EQ(named_like({"unread", "badge", "Search", "search"}), Lines{});
}

}  // namespace
}  // namespace kindroom::sim
