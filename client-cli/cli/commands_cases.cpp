// Reports, and the moderators' console: the queue, and one case at a time.
#include "cli/asked.hpp"
#include "cli/nearest.hpp"
#include "cli/talk.hpp"
#include "cli/terminal_text.hpp"

namespace kindroom::cli {

// ---- for everybody --------------------------------------------------------------------------------------------------

void Talk::kept(const std::string& receipt) {
    notice("The moderators have your report. Nobody else learns of it, nor that it was you.");
    say("   Receipt, to ask what became of it: " + screen_.strong(clean_line(receipt)));
}

// By a letter the message is meant, by a name the person.
Talk::Task<> Talk::report_it(std::string rest) {
    if (rest.empty()) {
        notice("/report and the letter of a message, or a name, such as: /report c. It is kept as it is now.");
        co_return;
    }
    v1::Request request;
    v1::Report& report = *request.mutable_report();
    if (const auto message = marks_.read(rest)) {
        report.mutable_message()->set_room_id(message->room_id);
        report.mutable_message()->set_message_id(message->message_id);
    } else {
        const auto people = co_await which_people(rest);
        if (people.size() > 1) notice("One person at a time, please; /block takes several, with \"report\" behind.");
        if (people.size() != 1) co_return;
        report.mutable_person()->set_room_id(people[0].room_id);
        report.mutable_person()->set_token(people[0].person.token());
    }
    const std::string words = co_await question("What happened, in one line, for the moderators (may be empty): ");
    if (quitting_) co_return;
    report.set_words(words);
    const v1::Reply reply = co_await ask(std::move(request));
    if (!refused(reply)) {
        kept(reply.report_received().receipt());
    } else if (!words.empty()) {
        say("   You wrote: " + clean_text(words));
    }
}

Talk::Task<> Talk::reports(std::string rest) {
    v1::Request request;
    request.mutable_get_reports()->set_receipt(rest);
    const v1::Reply reply = co_await ask(std::move(request));
    if (!refused(reply)) say(screen_.reports(reply.reports()));
}

// Asked for first: whoever has appealed before is told how it stands.
Talk::Task<> Talk::appeal(std::string rest) {
    if (rest.empty()) {
        notice("/appeal and the code of the decision; or the receipt of a report that was dismissed.");
        co_return;
    }
    v1::Request asked;
    asked.mutable_get_appeal()->set_code(rest);
    v1::Reply reply = co_await ask(std::move(asked));
    if (reply.error().code() == v1::ERROR_CODE_NOT_FOUND) {
        const std::string words = co_await question("Why was it wrong, in one line: ");
        if (quitting_) co_return;
        v1::Request request;
        request.mutable_appeal()->set_code(rest);
        request.mutable_appeal()->set_words(words);
        reply = co_await ask(std::move(request));
        if (reply.has_error() && !words.empty()) say("   You wrote: " + clean_text(words));
    }
    if (!refused(reply)) say(screen_.appeal(reply.appeal_status()));
}

// ---- for moderators -------------------------------------------------------------------------------------------------

Talk::Task<bool> Talk::fetch_queue() {
    v1::Request request;
    request.mutable_list_cases();
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return false;
    listed_cases_.assign(reply.cases().cases().begin(), reply.cases().cases().end());
    co_return !listed_cases_.empty();
}

Talk::Task<> Talk::queue(std::string) {
    const bool any = co_await fetch_queue();
    if (!any) {
        if (!quitting_) notice("No case waits for you.");
        co_return;
    }
    if (listed_.empty()) co_await fetch_rooms();
    say(screen_.cases(listed_cases_, titles()));
}

Talk::Task<> Talk::open_case(std::string rest) {
    if (listed_cases_.empty()) co_await fetch_queue();
    const auto place = read_letters(trim(rest));
    if (!place || *place >= listed_cases_.size()) {
        notice("/case and a letter of the /queue, such as: /case a");
        co_return;
    }
    co_await look_at(listed_cases_[*place].case_id());
}

// Nothing that might be hard to read is shown before it is asked for.
Talk::Task<> Talk::look_at(std::string case_id) {
    while (!quitting_) {
        v1::Request request;
        request.mutable_open_case()->set_case_id(case_id);
        const v1::Reply reply = co_await ask(std::move(request));
        if (refused(reply)) co_return;
        const v1::CaseCard& card = reply.case_opened().card();
        say(screen_.case_card(card, titles()) + "\n" + screen_.case_keys(card));
        const std::string answer = co_await question("One letter, or Enter to leave it > ");
        const std::string key = lower(answer);
        if (key.empty()) co_return;
        if (screen_.case_keys(card).find(key + ": ") == std::string::npos || key.size() != 1) {
            notice("One of these letters, please.");
            continue;
        }
        const bool over = co_await press(card, key);
        if (over) co_return;
    }
}

// Whether the case is closed then.
Talk::Task<bool> Talk::press(v1::CaseCard card, std::string key) {
    v1::Request change;
    if (key == "s") {
        co_await show_evidence(card.case_id());
    } else if (key == "c") {
        change.mutable_claim_case()->set_case_id(card.case_id());
        const bool fine = co_await done(std::move(change));
        if (fine) notice("It is yours for now. Others leave it alone.");
    } else if (key == "g") {
        change.mutable_release_case()->set_case_id(card.case_id());
        const bool fine = co_await done(std::move(change));
        if (fine) notice("It waits for whoever is there.");
    } else if (key == "r" || key == "d" || key == "u" || key == "v") {
        const bool closed = co_await close_case(card.case_id(), key);
        co_return closed;
    } else {
        const bool decided = co_await act_on(card, key);
        if (!decided || card.decided_at_ms() != 0) co_return false;
        const bool enough = co_await yes("Close the case with that? (yes or no) ");
        if (!enough) co_return false;
        const bool closed = co_await close_case(card.case_id(), "acted");
        co_return closed;
    }
    co_return false;
}

// ---- deciding about somebody, out of a case -------------------------------------------------------------------------

// Nothing: it was broken off.
Talk::Task<std::optional<Talk::Act>> Talk::ask_act(std::string key) {
    Act act;
    if (key == "w") {
        act.decide.set_action(v1::DECISION_ACTION_WARN);
        act.done = "has been warned.";
    } else if (key == "x") {
        act.decide.set_action(v1::DECISION_ACTION_RETRACT);
        act.done = "is told why their message was taken back.";
    } else if (key == "o") {
        act.decide.set_action(v1::DECISION_ACTION_REMOVE);
        act.done = "is out of this room, and may come back.";
    } else if (key == "t" || key == "h") {
        const std::string typed = co_await question(
            key == "h"
                ? "For how long, such as 2h: "
                : "For how long, such as 2h; with \"out\" out of the room, with \"contacts\" without contacts: ");
        auto asked = read_timeout("them " + typed);
        if (asked && key == "h") asked->what = TimeoutAsked::What::hold;
        if (!asked || asked->who != "them") {
            if (!quitting_) notice("It needs a time, such as 2h. Nothing was done.");
            co_return std::nullopt;
        }
        act = act_of(*asked);
    } else {
        const std::string typed = co_await question(
            "Enter for this room; or \"server\" or \"network\", with a time such as 30d if it is to end by itself: ");
        const auto asked = read_ban("them " + typed);
        if (quitting_ || !asked || asked->who != "them") {
            if (!quitting_) notice("That was not clear. Nothing was done.");
            co_return std::nullopt;
        }
        act = act_of(*asked);
    }
    co_return act;
}

// One key each; the rule and what happened are asked for as ever.
Talk::Task<bool> Talk::act_on(v1::CaseCard card, std::string key) {
    std::size_t whom = 0;
    if (card.about_size() > 1) {
        say(screen_.case_people(card));
        const auto place = co_await choose(static_cast<std::size_t>(card.about_size()));
        if (!place) co_return false;
        whom = *place;
    }
    const v1::Person& person = card.about(static_cast<int>(whom));
    auto act = co_await ask_act(key);
    if (!act) co_return false;
    act->decide.set_room_id(card.room_id());
    if (card.kind() != v1::CASE_KIND_PATTERN) act->decide.set_source(v1::DECISION_SOURCE_REPORT);
    // Whose voice a moderator's words were in only the room can tell.
    if (key == "x" || person.voice() == v1::VOICE_MODERATOR)
        act->decide.set_message_id(card.message_id());
    else
        act->decide.set_token(person.token());
    const bool decided = co_await decide(std::move(act->decide), screen_.person(person) + " " + act->done);
    co_return decided;
}

Talk::Task<> Talk::show_evidence(std::string case_id) {
    for (std::uint32_t number = 0; !quitting_;) {
        v1::Request request;
        request.mutable_open_case()->set_case_id(case_id);
        request.mutable_open_case()->set_show(true);
        request.mutable_open_case()->set_report(number);
        const v1::Reply reply = co_await ask(std::move(request));
        if (refused(reply)) co_return;
        say(screen_.case_report(reply.case_opened()));
        number = reply.case_opened().next_report();
        if (number == 0) co_return;
        const bool more = co_await yes("Somebody else reported it too. Show that? (yes or no) ");
        if (!more) co_return;
    }
}

Talk::Task<bool> Talk::close_case(std::string case_id, std::string act) {
    const bool dismissed = act == "d";
    v1::Request request;
    auto outcome = v1::CASE_OUTCOME_DISMISSED;
    if (act == "acted") outcome = v1::CASE_OUTCOME_ACTED;
    if (act == "u" || act == "v") outcome = act == "u" ? v1::CASE_OUTCOME_UPHELD : v1::CASE_OUTCOME_REVERSED;
    if (act == "r") {
        const std::string what = co_await question("Was something done about it (d), or was there a talk (t)? ");
        if (lower(what) != "d" && lower(what) != "t") {
            if (!quitting_) notice("Nothing was changed.");
            co_return false;
        }
        outcome = lower(what) == "d" ? v1::CASE_OUTCOME_ACTED : v1::CASE_OUTCOME_ADVISED;
    }
    const std::string note = co_await question("A note for other moderators (may be empty): ");
    if (quitting_) co_return false;
    const std::string answer = co_await question("What those are told who reported or appealed (may be empty): ");
    if (quitting_) co_return false;
    if (dismissed) {
        request.mutable_dismiss_case()->set_case_id(case_id);
        request.mutable_dismiss_case()->set_note(note);
        request.mutable_dismiss_case()->set_answer(answer);
    } else {
        request.mutable_resolve_case()->set_case_id(case_id);
        request.mutable_resolve_case()->set_outcome(outcome);
        request.mutable_resolve_case()->set_note(note);
        request.mutable_resolve_case()->set_answer(answer);
    }
    const bool fine = co_await done(std::move(request));
    if (fine) notice("The case is closed, and those who asked are told.");
    if (fine) listed_cases_.clear();
    co_return fine;
}

Talk::Task<> Talk::tap_out(std::string) {
    v1::Request request;
    request.mutable_tap_out();
    const bool fine = co_await done(std::move(request));
    if (fine) notice("You are off duty everywhere, and what you had claimed waits for others. Thank you. Rest.");
}

}  // namespace kindroom::cli
