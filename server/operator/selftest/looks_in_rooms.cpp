// Looks at what is said in a room, and at who is in it.
#include <algorithm>
#include <set>

#include "operator/selftest/looks.hpp"

namespace kindroom::operator_ {

namespace {

using Texts = std::vector<std::string>;

Texts texts_of(const std::vector<v1::Message>& messages) {
    Texts texts;
    for (const auto& message : messages) texts.push_back(message.text());
    return texts;
}

// What was said to somebody live: "+words", "~new words", "-".
Texts told(const Someone& someone) {
    Texts texts;
    for (const auto& event : someone.heard()) {
        const auto& step = event.room_event();
        if (step.has_posted()) texts.push_back("+" + step.posted().message().text());
        if (step.has_edited()) texts.push_back("~" + step.edited().text());
        if (step.has_retracted()) texts.push_back("-");
    }
    return texts;
}

std::vector<std::string> names_of(const std::vector<v1::Person>& people) {
    std::vector<std::string> names;
    for (const auto& person : people) names.push_back(person.name());
    std::sort(names.begin(), names.end());
    return names;
}

bool holds(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

const v1::Message* message_in(const Someone& someone, const std::string& text) {
    for (const auto& event : someone.heard())
        if (event.room_event().posted().message().text() == text) return &event.room_event().posted().message();
    return nullptr;
}

// A post whose words have come to this person: then all that was said before has come, or never will.
void say_and_wait(Someone& who, const std::string& room, const std::string& text, Someone& listener) {
    who.post(room, text);
    listener.wait_for([&](const v1::Event& event) { return event.room_event().posted().message().text() == text; },
                      "words");
}

void wait_for_roster(Someone& who, const std::string& room, const std::function<bool(const Texts&)>& fits) {
    if (fits(names_of(who.roster(room)))) return;
    who.wait_for(
        [&](const v1::Event& event) {
            const auto& people = event.roster_changed().people();
            return event.has_roster_changed() && fits(names_of({people.begin(), people.end()}));
        },
        "a roster");
}

}  // namespace

Verdict look_at_ids(Stage& stage) {
    stage.ana_blocks_ben();
    for (int i = 0; i < 5; ++i) {
        stage.ana.post(stage.room, "hidden");
        say_and_wait(stage.dora, stage.room, "shown " + std::to_string(i), stage.ben);
    }
    std::set<std::size_t> lengths;
    std::vector<std::string> ids;
    for (const auto& event : stage.ben.heard()) {
        if (!event.has_room_event()) continue;
        lengths.insert(event.room_event().cursor().size());
        ids.push_back(event.room_event().posted().message().message_id());
    }
    if (lengths.size() != 1) return tells("cursors have several lengths");
    if (std::any_of(ids.begin(), ids.end(), [](const auto& id) { return id.size() != 16; }))
        return tells("an id is not 16 bytes");
    return nothing_tells(std::to_string(ids.size()) + " ids of 16 random bytes, cursors of one length");
}

Verdict look_at_pages(Stage& stage) {
    stage.ana_blocks_ben();
    for (int i = 0; i < 24; ++i) {
        stage.ana.post(stage.room, "hidden " + std::to_string(i));
        if (i % 2 == 0) stage.dora.post(stage.room, "shown " + std::to_string(i));
    }
    const auto page = [&](Someone& who, const std::string& before) {
        v1::Request request;
        request.mutable_get_history()->set_room_id(stage.room);
        request.mutable_get_history()->set_limit(5);
        if (!before.empty()) request.mutable_get_history()->set_before(before);
        return who.get(std::move(request)).history_page();
    };
    std::string before;
    std::size_t count = 0;
    std::string sizes;
    do {
        const auto read = page(stage.ben, before);
        before = read.earlier();
        count += static_cast<std::size_t>(read.messages_size());
        sizes += (sizes.empty() ? "" : "+") + std::to_string(read.messages_size());
        if (read.messages_size() < 5 && !before.empty()) return tells("a page of " + sizes + " that is not the last");
        for (const auto& message : read.messages())
            if (message.text().starts_with("hidden")) return tells("hidden words in a page");
    } while (!before.empty());
    if (count != 12) return tells("pages of " + sizes + " instead of 12 messages");
    return nothing_tells("24 hidden among 12 shown, pages of " + sizes);
}

Verdict look_at_roster(Stage& stage) {
    wait_for_roster(stage.ben, stage.room, [](const Texts& names) { return holds(names, "Ana"); });
    stage.ana_blocks_ben();
    wait_for_roster(stage.ben, stage.room, [](const Texts& names) { return !holds(names, "Ana"); });
    if (!holds(names_of(stage.cleo.roster(stage.room)), "Ana")) return tells("she is gone for others too");
    if (holds(names_of(stage.ana.roster(stage.room)), "Ben")) return tells("he is still there for her");
    return nothing_tells("gone at a tick for him, at once for her, there for all others");
}

Verdict look_at_leave_lines(Stage& stage) {
    wait_for_roster(stage.ben, stage.room, [](const Texts& names) { return names.size() == 4; });
    stage.ben.listen();
    stage.ben.forget_heard();
    stage.ana_blocks_ben();
    say_and_wait(stage.dora, stage.room, "and now", stage.ben);
    wait_for_roster(stage.ben, stage.room, [](const Texts& names) { return !holds(names, "Ana"); });
    for (const auto& event : stage.ben.heard())
        if (!event.has_roster_changed() && !event.room_event().has_posted()) return tells("another event came");
    return nothing_tells("a roster on its tick, and nothing else");
}

Verdict look_at_full_room(Stage& stage) {
    const auto small = stage.keeper.make_room([](v1::RoomSettings& settings) { settings.set_seats(2); });
    stage.ana.join(small, "Ana");
    stage.dora.join(small, "Dora");
    stage.ana_blocks_ben();
    const auto joining = [&](Someone& who) {
        v1::Request request;
        request.mutable_join_room()->set_room_id(small);
        request.mutable_join_room()->set_name("N");
        return who.refusal(std::move(request));
    };
    if (joining(stage.cleo) != v1::ERROR_CODE_ROOM_UNAVAILABLE) return tells("a full room took somebody in");
    if (joining(stage.ben) != v1::ERROR_CODE_UNSPECIFIED) return tells("full with a free place");
    return nothing_tells("two seats: full for Cleo, who sees two; free for Ben, who sees one");
}

Verdict look_at_replies(Stage& stage) {
    stage.ana_blocks_ben();
    const auto hidden = stage.ana.post(stage.room, "hidden");
    stage.dora.get(posting(stage.room, "an answer", hidden));
    say_and_wait(stage.dora, stage.room, "done", stage.ben);
    stage.cleo.listen();
    const auto* his = message_in(stage.ben, "an answer");
    const auto* hers = message_in(stage.cleo, "an answer");
    if (!his || !hers) return tells("the answer itself is missing");
    if (!his->reply_to().empty()) return tells("the link points to what he cannot see");
    if (hers->reply_to() != hidden) return tells("the link is gone for others too");
    return nothing_tells("same words; the link only for those who see its target");
}

Verdict look_at_mentions(Stage& stage) {
    stage.ana_blocks_ben();
    auto request = posting(stage.room, "ask Ana");
    request.mutable_post_message()->add_mentions(stage.ana.in(stage.room).token());
    request.mutable_post_message()->add_mentions(stage.cleo.in(stage.room).token());
    stage.dora.get(std::move(request));
    say_and_wait(stage.dora, stage.room, "done", stage.ben);
    const auto* his = message_in(stage.ben, "ask Ana");
    if (!his) return tells("the message itself is missing");
    if (his->mentions_size() != 1 || his->mentions(0) != stage.cleo.in(stage.room).token())
        return tells("he sees whom it mentions");
    return nothing_tells("same words; one mention of two");
}

Verdict look_at_edits(Stage& stage) {
    const auto old = stage.ana.post(stage.room, "first words");
    const auto his = stage.ben.post(stage.room, "his words");
    say_and_wait(stage.dora, stage.room, "before", stage.ben);
    stage.ana_blocks_ben();
    stage.ben.forget_heard();
    stage.ana.listen();
    stage.ana.forget_heard();
    v1::Request edit;
    edit.mutable_edit_message()->set_room_id(stage.room);
    edit.mutable_edit_message()->set_message_id(old);
    edit.mutable_edit_message()->set_text("other words");
    stage.ana.get(std::move(edit));
    v1::Request hear;
    hear.mutable_hear_message()->set_room_id(stage.room);
    hear.mutable_hear_message()->set_message_id(old);
    stage.ben.get(hear);
    // Cleo's comes at the end of the same span, and tells that it is over.
    hear.mutable_hear_message()->set_message_id(his);
    stage.cleo.get(hear);
    stage.ben.wait_for([](const v1::Event& event) { return event.has_words_heard(); }, "a sign that he was heard");
    stage.ana.listen();
    for (const auto& event : stage.ana.heard())
        if (event.has_words_heard()) return tells("she is told that he heard her");
    if (holds(told(stage.ben), "~other words")) return tells("he is told of her edit");
    const auto texts = texts_of(stage.ben.history(stage.room));
    if (!holds(texts, "first words")) return tells("what had reached him has changed or gone");
    return nothing_tells("he keeps the words that had reached him; neither hears of the other");
}

Verdict look_at_resume(Stage& stage) {
    stage.ana.post(stage.room, "before");
    say_and_wait(stage.dora, stage.room, "start", stage.ben);
    stage.ben.listen();
    std::string cursor;
    for (const auto& event : stage.ben.heard())
        if (event.has_room_event()) cursor = event.room_event().cursor();
    stage.ben.forget_heard();
    stage.ana_blocks_ben();
    for (int i = 0; i < 5; ++i) {
        stage.ana.post(stage.room, "hidden " + std::to_string(i));
        say_and_wait(stage.dora, stage.room, "shown " + std::to_string(i), stage.ben);
    }
    Someone again(stage.house, stage.ben);
    v1::Request resume;
    resume.mutable_resume_room()->set_room_id(stage.room);
    resume.mutable_resume_room()->set_cursor(cursor);
    Texts resumed;
    const auto again_heard = again.get(std::move(resume)).room_resumed();
    for (const auto& step : again_heard.events()) resumed.push_back("+" + step.posted().message().text());
    if (resumed != told(stage.ben)) return tells("resuming brings other words than live");
    return nothing_tells(std::to_string(resumed.size()) + " steps, the same live and resumed");
}

Verdict look_at_second_device(Stage& stage) {
    Someone anas_other(stage.house, stage.ana);
    Someone bens_other(stage.house, stage.ben);
    stage.ana_blocks_ben();
    stage.ana.post(stage.room, "from her");
    stage.ben.post(stage.room, "from him");
    say_and_wait(stage.dora, stage.room, "done", stage.cleo);
    for (Someone* other : {&anas_other, &bens_other, &stage.ana, &stage.ben}) {
        other->listen();
        const auto heard = told(*other);
        const bool hers = other == &anas_other || other == &stage.ana;
        if (holds(heard, hers ? "+from him" : "+from her")) return tells("a device hears the other one");
        if (!holds(heard, hers ? "+from her" : "+from him")) return tells("a device misses its own words");
    }
    return nothing_tells("two devices each, and none hears the other person");
}

Verdict look_at_moment(Stage& stage) {
    wait_for_roster(stage.ben, stage.room, [](const Texts& names) { return names.size() == 4; });
    stage.ben.listen();
    stage.ben.forget_heard();
    stage.ana_blocks_ben();
    stage.ben.listen();
    for (const auto& event : stage.ben.heard())
        if (!event.has_roster_changed()) return tells("something came at that moment");
    return nothing_tells("his connection goes on, and nothing came");
}

Verdict look_at_unblock(Stage& stage) {
    const auto blocks = stage.ana.block({stage.ben.in(stage.room)});
    stage.ana.post(stage.room, "in the dark");
    v1::Request unblock;
    unblock.mutable_unblock()->set_block_id(blocks.front().block_id());
    stage.ana.get(std::move(unblock));
    stage.ana.post(stage.room, "still dark");
    wait_for_roster(stage.ben, stage.room, [](const Texts& names) { return !holds(names, "Ana"); });
    wait_for_roster(stage.ben, stage.room, [](const Texts& names) { return holds(names, "Ana"); });
    stage.ana.post(stage.room, "light");
    stage.ben.wait_for([](const v1::Event& event) { return event.room_event().posted().message().text() == "light"; },
                       "her words");
    const auto texts = texts_of(stage.ben.history(stage.room));
    if (holds(texts, "in the dark") || holds(texts, "still dark")) return tells("the dark lights up again");
    return nothing_tells("she is back after the delay, and the dark stays dark");
}

Verdict look_at_what_one_may(Stage& stage) {
    stage.ana_blocks_ben();
    stage.cleo.block({stage.ben.in(stage.room)});
    say_and_wait(stage.ben, stage.room, "can you hear me", stage.dora);
    return nothing_tells("blocked by two of three, he posts and the third one hears him");
}

Verdict look_at_own_pace(Stage& stage) {
    const auto slow = stage.keeper.make_room([](v1::RoomSettings& settings) { settings.set_slow_mode_ms(3'600'000); });
    stage.ana.join(slow, "Ana");
    stage.ben.join(slow, "Ben");
    stage.ana_blocks_ben();
    stage.ana.post(slow, "one of hers");
    if (stage.ben.refusal(posting(slow, "one of his")) != v1::ERROR_CODE_UNSPECIFIED)
        return tells("her words slow him down");
    if (stage.ben.refusal(posting(slow, "another of his")) != v1::ERROR_CODE_SLOW_MODE)
        return tells("his own pace is not what counts");
    return nothing_tells("only his own pace slows him down");
}

}  // namespace kindroom::operator_
