// RoomWindow against the whole story in a plain list.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "story.hpp"

namespace kindroom::domain::test {
namespace {

// A story of up to 40 acts seen through a window of 1 to 12 steps.
Story any_story() {
    Story story(*rc::gen::inRange<std::uint32_t>(1, 13));
    const auto acts = *rc::gen::inRange(0, 40);
    for (int i = 0; i < acts; ++i) {
        std::vector<MessageId> standing;
        for (const auto& told : story.told)
            if (!told.retracted) standing.push_back(told.message.id);
        const int act = standing.empty() ? 0 : *rc::gen::inRange(0, 5);
        const std::string text(static_cast<std::size_t>(*rc::gen::inRange(1, 9)), static_cast<char>('a' + i % 26));
        if (act < 3)
            story.post(text);
        else if (act == 3)
            story.edit(*rc::gen::elementOf(standing), text);
        else
            story.retract(*rc::gen::elementOf(standing));
    }
    return story;
}

Position any_position(const Story& story) {
    return Position{*rc::gen::inRange<std::uint64_t>(0, static_cast<std::uint64_t>(story.head()) + 2)};
}

// The page as it ought to be, from all messages there ever were.
HistoryPage page_from_list(const Story& story, const PageQuery& query, Horizon horizon) {
    const bool back = query.direction == PageQuery::Direction::back;
    std::vector<Message> nearest_first;
    for (const auto& told : story.told) {
        const Position at = told.message.position;
        if (!told.retracted && at > horizon.from && (back ? at < query.from : at > query.from))
            nearest_first.push_back(told.message);
    }
    if (back) std::reverse(nearest_first.begin(), nearest_first.end());
    HistoryPage page{.room = the_room};
    std::size_t bytes = 0;
    for (const auto& message : nearest_first) {
        bytes += message.text.size();
        if (page.messages.size() == query.limit || (!page.messages.empty() && bytes > query.bytes_max)) break;
        page.messages.push_back(message);
    }
    const bool has_more = page.messages.size() < nearest_first.size();
    if (back) std::reverse(page.messages.begin(), page.messages.end());
    if (has_more)
        (back ? page.earlier : page.later) = back ? page.messages.front().position : page.messages.back().position;
    return page;
}

RC_GTEST_PROP(RoomWindowModel, APageIsTheOneFromTheWholeList, ()) {
    const Story story = any_story();
    const Horizon horizon{any_position(story)};
    const PageQuery query{.direction = *rc::gen::element(PageQuery::Direction::back, PageQuery::Direction::on),
                          .from = *rc::gen::arbitrary<bool>() ? any_position(story) : Position{UINT64_MAX},
                          .limit = *rc::gen::inRange<std::uint32_t>(1, 9),
                          .bytes_max = *rc::gen::inRange<std::uint32_t>(1, 40)};
    const auto page = story.window.page(query, story.view(horizon));
    RC_CLASSIFY(!page.has_value(), "the store is asked");
    if (!page) {
        RC_ASSERT(!story.window.covers(Position{0}));
        return;
    }
    const HistoryPage expected = page_from_list(story, query, horizon);
    RC_ASSERT(page->messages == expected.messages);
    const bool back = query.direction == PageQuery::Direction::back;
    RC_ASSERT((back ? page->earlier : page->later) == (back ? expected.earlier : expected.later));
}

RC_GTEST_PROP(RoomWindowModel, WhoeverResumesHoldsWhatWhoeverStayedHolds, ()) {
    const Story story = any_story();
    const Horizon horizon{any_position(story)};
    const View view = story.view(horizon);
    const Position after = any_position(story);
    if (!story.window.covers(after) || after > story.head()) RC_DISCARD("the store is asked");

    Follower stayed;
    Follower resumed;
    for (const auto& step : story.steps) {
        if (!view.shows(step)) continue;
        stayed.follow(step);
        if (step.position <= after) resumed.follow(step);
    }
    Position before = after;
    for (const auto& step : story.window.missed(after, view)) {
        RC_ASSERT(step.position > before);
        RC_ASSERT(view.shows(step));
        if (const auto* posted = std::get_if<MessagePosted>(&step.what))
            RC_ASSERT(!resumed.texts.contains(posted->message.id));
        before = step.position;
        resumed.follow(step);
    }
    RC_ASSERT(resumed.texts == stayed.texts);
}

// Ben, with any time of darkness between him and Ana, who tells the story.
Somebody ben_in_any_darkness(const Story& story) {
    const TimePoint from = Story::time_of(any_position(story));
    const TimePoint until = *rc::gen::arbitrary<bool>() ? never : Story::time_of(any_position(story));
    return ben.apart_from(ana,
                          *rc::gen::arbitrary<bool>() ? chosen(from, until) : met(from, any_position(story), until));
}

RC_GTEST_PROP(RoomWindowModel, Look22InTheDarkTooWhoeverResumesHoldsWhatWhoeverStayedHolds, ()) {
    const Story story = any_story();
    const VisibilityPtr visibility = ben_in_any_darkness(story).visibility();
    const View view{*visibility, the_room, Horizon{}};
    const Position after = any_position(story);
    if (!story.window.covers(after) || after > story.head()) RC_DISCARD("the store is asked");

    Follower stayed;
    Follower resumed;
    for (const auto& step : story.steps) {
        if (!view.shows(step)) continue;
        stayed.follow(step);
        if (step.position <= after) resumed.follow(step);
    }
    for (const auto& step : story.window.missed(after, view)) resumed.follow(step);
    // Words that were taken back in the dark are gone for whoever had not got them yet: nobody has them any more.
    for (const auto& told : story.told)
        if (told.retracted)
            for (auto* follower : {&stayed, &resumed}) follower->texts.erase(told.message.id);
    RC_ASSERT(resumed.texts == stayed.texts);
}

RC_GTEST_PROP(RoomWindowModel, Look22APageSaysWhatWhoeverStayedHolds, ()) {
    const Story story = any_story();
    if (!story.window.covers(Position{0})) RC_DISCARD("the store is asked");
    const VisibilityPtr visibility = ben_in_any_darkness(story).visibility();
    const View view{*visibility, the_room, Horizon{}};
    Follower stayed;
    for (const auto& step : story.steps)
        if (view.shows(step)) stayed.follow(step);
    for (const auto& told : story.told)
        if (told.retracted) stayed.texts.erase(told.message.id);
    std::map<MessageId, std::string> read;
    const auto page = story.window.page({.from = Position{UINT64_MAX}, .limit = 100, .bytes_max = 1'000'000}, view);
    for (const Message& message : page->messages) read.emplace(message.id, message.text);
    RC_ASSERT(read == stayed.texts);
}

RC_GTEST_PROP(RoomWindowModel, PagingBackAndPagingOnReadTheSameStory, ()) {
    Story story = any_story();
    const auto limit = *rc::gen::inRange<std::uint32_t>(1, 5);
    if (!story.window.covers(Position{0})) RC_DISCARD("the store is asked");
    const auto read = [&](PageQuery::Direction direction, Position from) {
        std::vector<std::vector<Message>> pages;
        for (std::optional<Position> at = from; at;) {
            const auto page = story.window.page(
                {.direction = direction, .from = *at, .limit = limit, .bytes_max = 1'000'000}, story.view());
            pages.push_back(page->messages);
            at = direction == PageQuery::Direction::back ? page->earlier : page->later;
            if (at) RC_ASSERT(page->messages.size() == limit);
        }
        if (direction == PageQuery::Direction::back) std::reverse(pages.begin(), pages.end());
        std::vector<Message> all;
        for (const auto& page : pages) all.insert(all.end(), page.begin(), page.end());
        return all;
    };
    RC_ASSERT(read(PageQuery::Direction::back, Position{UINT64_MAX}) == read(PageQuery::Direction::on, Position{0}));
}

}  // namespace
}  // namespace kindroom::domain::test
