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
        say(screen_.case_card(reply.case_opened().card(), titles()));
        const std::string answer = co_await question(
            "s: show what was said   c: claim it   g: give it back   r: resolve   d: dismiss   Enter: leave it > ");
        const std::string act = lower(answer);
        if (act.empty()) co_return;
        v1::Request change;
        if (act == "s") {
            co_await show_evidence(case_id);
        } else if (act == "c") {
            change.mutable_claim_case()->set_case_id(case_id);
            const bool fine = co_await done(std::move(change));
            if (fine) notice("It is yours for now. Others leave it alone.");
        } else if (act == "g") {
            change.mutable_release_case()->set_case_id(case_id);
            const bool fine = co_await done(std::move(change));
            if (fine) notice("It waits for whoever is there.");
        } else if (act == "r" || act == "d") {
            const bool closed = co_await close_case(case_id, act == "d");
            if (closed) co_return;
        } else {
            notice("One of these letters, please.");
        }
    }
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

Talk::Task<bool> Talk::close_case(std::string case_id, bool dismissed) {
    v1::Request request;
    auto outcome = v1::CASE_OUTCOME_DISMISSED;
    if (!dismissed) {
        const std::string what = co_await question("Was something done about it (d), or was there a talk (t)? ");
        if (lower(what) != "d" && lower(what) != "t") {
            if (!quitting_) notice("Nothing was changed.");
            co_return false;
        }
        outcome = lower(what) == "d" ? v1::CASE_OUTCOME_ACTED : v1::CASE_OUTCOME_ADVISED;
    }
    const std::string note = co_await question("A note for other moderators (may be empty): ");
    if (quitting_) co_return false;
    const std::string answer = co_await question("What those are told who reported it (may be empty): ");
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
    if (fine) notice("The case is closed, and those who reported it are told.");
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
