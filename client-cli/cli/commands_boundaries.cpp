// Boundaries cost one call: no reason is asked and nothing is confirmed. What is asked here is only who was meant.
#include "cli/asked.hpp"
#include "cli/nearest.hpp"
#include "cli/people.hpp"
#include "cli/talk.hpp"
#include "cli/terminal_text.hpp"

namespace kindroom::cli {

namespace {

template <class People>
v1::Request blocking(const People& people, const std::string& report) {
    v1::Request request;
    for (const auto& one : people) {
        auto& person = *request.mutable_block_people()->add_people();
        person.set_room_id(one.room_id);
        person.set_token(one.person.token());
    }
    request.mutable_block_people()->set_report(report);
    return request;
}

}  // namespace

// First the block, then the question what happened: somebody who cannot answer it is safe all the same.
Talk::Task<> Talk::block(std::string rest) {
    const bool with_report = take_last_word(rest, "report");
    if (rest.empty()) {
        notice(
            "/block and the letter of a message, or a name, such as: /block c. Several with commas: /block c, Ana. "
            "With "
            "\"report\" at the end you can also tell the moderators what happened.");
        co_return;
    }
    const auto people = co_await which_people(rest);
    if (people.empty()) co_return;
    v1::Request request = blocking(people, "");
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return;
    forget_people(people);
    const std::string who = people.size() == 1 ? screen_.person(people[0].person) : "them";
    if (people.size() > 1) notice("Blocked: " + in_words(people) + ".");
    notice("You will not see or hear " + who + " any more, and they will not see you. They are not told.");
    co_await drop_ended_contacts();
    if (with_report && !quitting_) co_await report(people);
}

Talk::Task<> Talk::report(std::vector<Somebody> people) {
    const std::string what = co_await question("What happened, in one line, for the moderators (empty: no report): ");
    if (what.empty()) {
        if (!quitting_) notice("No report was made. The block holds.");
        co_return;
    }
    v1::Request request = blocking(people, what);
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) {
        say("   You wrote: " + clean_text(what));
        co_return;
    }
    if (!reply.people_blocked().report_receipt().empty()) {
        kept(reply.people_blocked().report_receipt());
        co_return;
    }
    notice("The block holds, but the report could not be kept just now; /report makes one.");
    say("   You wrote: " + clean_text(what));
}

Talk::Task<std::optional<v1::Boundaries>> Talk::fetch_boundaries() {
    v1::Request request;
    request.mutable_list_boundaries();
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return std::nullopt;
    co_return reply.boundaries();
}

// Asked again until it is one of them: what somebody types next was meant for the question behind this one, and must
// not be said to a room.
Talk::Task<std::optional<std::size_t>> Talk::choose(std::size_t count) {
    for (;;) {
        const std::string answer = co_await question("Which one? (its letter, or Enter for none) ");
        const auto place = read_letters(answer);
        if (place && *place < count) co_return place;
        if (quitting_) co_return std::nullopt;
        if (answer.empty()) {
            notice("Nothing was done.");
            co_return std::nullopt;
        }
        notice("That letter is not in the list.");
    }
}

Talk::Task<> Talk::unblock(std::string rest) {
    const auto mine = co_await fetch_boundaries();
    if (!mine) co_return;
    if (mine->blocks().empty()) {
        notice("You have blocked nobody.");
        co_return;
    }
    std::optional<std::size_t> place;
    if (!rest.empty()) {
        for (int i = 0; i < mine->blocks_size(); ++i) {
            if (called(rest, {mine->blocks(i).person()}).empty()) continue;
            // More than one of that name: the list shows their signs.
            if (place) {
                place.reset();
                break;
            }
            place = static_cast<std::size_t>(i);
        }
    }
    if (!place) {
        say(screen_.blocks(*mine, titles()));
        place = co_await choose(static_cast<std::size_t>(mine->blocks_size()));
    }
    if (!place) co_return;
    const v1::Block& block = mine->blocks(static_cast<int>(*place));
    v1::Request request;
    request.mutable_unblock()->set_block_id(block.block_id());
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return;
    notice("The block of " + screen_.person(block.person()) + " ends " +
           how_long(reply.unblock_planned().takes_effect_at_ms() - now_ms()) +
           ". What was said meanwhile stays hidden, for both. They are not told.");
}

Talk::Task<> Talk::mute(std::string rest) {
    const MuteAsked asked = read_mute(rest);
    v1::Request request;
    v1::AddMute& mute = *request.mutable_add_mute();
    mute.set_lasts_ms(asked.lasts_ms);
    const bool needs_room = asked.what == MuteAsked::What::room || (asked.here && !asked.everywhere);
    if (needs_room && !here()) co_return;
    if (needs_room) mute.set_room_id(current_);
    std::string what;
    switch (asked.what) {
        case MuteAsked::What::nothing:
            notice(
                "/mute and a letter or a name; or: /mute word WORDS, /mute label LABEL, /mute room. With a time it "
                "ends by "
                "itself: /mute c 2h. A person is muted in this room; with \"everywhere\", in all.");
            co_return;
        case MuteAsked::What::person:
            break;
        case MuteAsked::What::words:
            for (std::string& word : parts_of(asked.text)) mute.mutable_words()->add_word(std::move(word));
            what = "What says one of these does not reach";
            break;
        case MuteAsked::What::label:
            mute.set_label(asked.text);
            what = "Words about " + clean_line(asked.text) + " do not reach";
            break;
        case MuteAsked::What::room:
            mute.set_room(true);
            what = "What is said in " + title(current_) + " does not reach";
            break;
    }
    if (asked.what == MuteAsked::What::person) {
        const auto people = co_await which_people(asked.text);
        if (people.size() > 1) notice("One person at a time, please.");
        if (people.size() != 1) co_return;
        mute.mutable_person()->set_room_id(people[0].room_id);
        mute.mutable_person()->set_token(people[0].person.token());
        if (!asked.everywhere) mute.set_room_id(people[0].room_id);
        what = screen_.person(people[0].person) + " does not reach";
    }
    const bool fine = co_await done(std::move(request));
    if (!fine) co_return;
    notice(what + " you any more" +
           (asked.lasts_ms == 0 ? ". /unmute ends that." : "; that ends by itself, or with /unmute.") +
           " Nobody else notices anything.");
}

// The one mute of whoever is called so, or wrote the message with that letter. Nothing: none, or several.
std::optional<std::size_t> Talk::mute_of(const v1::Boundaries& mine, const std::string& typed) const {
    const auto message = marks_.read(trim(typed));
    std::optional<std::size_t> place;
    for (int i = 0; i < mine.mutes_size(); ++i) {
        if (!mine.mutes(i).has_person()) continue;
        const v1::Person& person = mine.mutes(i).person();
        const bool is_author = message && message->author.token() == person.token();
        if (!is_author && called(typed, {person}).empty()) continue;
        if (place) return std::nullopt;
        place = static_cast<std::size_t>(i);
    }
    return place;
}

Talk::Task<> Talk::unmute(std::string rest) {
    const auto mine = co_await fetch_boundaries();
    if (!mine) co_return;
    if (mine->mutes().empty()) {
        notice("You have muted nothing.");
        co_return;
    }
    auto place = rest.empty() ? std::nullopt : mute_of(*mine, rest);
    if (!place) {
        if (!rest.empty()) notice("That does not say which one.");
        say(screen_.mutes(*mine, titles()));
        place = co_await choose(static_cast<std::size_t>(mine->mutes_size()));
    }
    if (!place) co_return;
    v1::Request request;
    request.mutable_unmute()->set_mute_id(mine->mutes(static_cast<int>(*place)).mute_id());
    const bool fine = co_await done(std::move(request));
    if (!fine) co_return;
    const v1::Mute& ended = mine->mutes(static_cast<int>(*place));
    notice((ended.has_person() ? screen_.person(ended.person()) + " reaches you again" : std::string("Done")) +
           ". What was said meanwhile can be read again: /older, or /join the room anew.");
}

Talk::Task<> Talk::boundaries(std::string) {
    const auto mine = co_await fetch_boundaries();
    if (mine) say(screen_.boundaries(*mine, titles()));
}

Talk::Task<> Talk::label(std::string rest) {
    const bool shown = take_last_word(rest, "show");
    const bool held_back = !shown && take_last_word(rest, "ask");
    if (rest.empty() || (!shown && !held_back)) {
        notice(
            "/label, a label, and \"show\" or \"ask\": whether words that carry it are shown at once, or held back "
            "until "
            "you ask for them. Such as: /label grief show");
        co_return;
    }
    v1::Request request;
    request.mutable_set_label_choice()->set_label(rest);
    request.mutable_set_label_choice()->set_choice(shown ? v1::LABEL_CHOICE_SHOW : v1::LABEL_CHOICE_ASK);
    const bool fine = co_await done(std::move(request));
    if (!fine) co_return;
    notice("Words about " + clean_line(rest) +
           (shown ? " are shown at once." : " are held back until you ask for them."));
}

}  // namespace kindroom::cli
