// Decisions about people. Each asks for the rule and for what happened, one after the other, and says what it did: it
// is for somebody who is alone at midnight.
#include "cli/asked.hpp"
#include "cli/fitting.hpp"
#include "cli/talk.hpp"
#include "cli/terminal_text.hpp"

namespace kindroom::cli {

Talk::Task<> Talk::decisions(std::string) {
    v1::Request request;
    request.mutable_list_my_decisions();
    const v1::Reply reply = co_await ask(std::move(request));
    if (!refused(reply)) say(screen_.decisions(reply.my_decisions(), titles()));
}

// ---- asking ---------------------------------------------------------------------------------------------------------

// Says what is in the way, if anything is, before somebody has written what happened.
Talk::Task<bool> Talk::can_be_decided(v1::Decide decide) {
    v1::Request request;
    request.mutable_get_me();
    const v1::Reply reply = co_await ask(std::move(request));
    // The role may have been given since they signed in.
    if (reply.has_me()) me_ = reply.me();
    const auto trouble = misfit(decide, welcome_.limits(), me_);
    if (trouble && !quitting_) notice(*trouble + " Nothing was done.");
    co_return !trouble;
}

// False where the asking was broken off; then nothing has happened.
Talk::Task<bool> Talk::ask_reasons(v1::Decide* decide) {
    v1::Request request;
    request.mutable_get_rules();
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return false;
    const v1::HouseRules& rules = reply.house_rules();
    say(screen_.rules_to_choose(rules));
    const auto place = co_await choose(static_cast<std::size_t>(rules.rules_size()));
    if (!place) co_return false;
    decide->set_rule_id(rules.rules(static_cast<int>(*place)).rule_id());
    const std::string facts = co_await question("What happened, in one line, for them to read: ");
    if (facts.empty()) {
        if (!quitting_) notice("Without saying what happened nothing can be decided. Nothing was done.");
        co_return false;
    }
    decide->set_facts(facts);
    co_return true;
}

Talk::Task<bool> Talk::decide(v1::Decide decide, std::string done) {
    const bool possible = co_await can_be_decided(decide);
    if (!possible) co_return false;
    const bool given = co_await ask_reasons(&decide);
    if (!given) co_return false;
    v1::Request request;
    *request.mutable_decide() = decide;
    v1::Reply reply = co_await ask(std::move(request));
    if (reply.error().code() == v1::ERROR_CODE_RECUSED) {
        const bool urgent = co_await yes(
            "You have blocked this person yourself, so somebody else should decide. Are you alone on duty here, and it "
            "cannot wait? (yes or no) ");
        if (!urgent) co_return false;
        decide.set_urgent(true);
        v1::Request again;
        *again.mutable_decide() = decide;
        reply = co_await ask(std::move(again));
    }
    if (refused(reply)) {
        say("   You wrote: " + clean_text(decide.facts()));
        co_return false;
    }
    notice(done);
    const std::int64_t confirm_by = reply.decision_taken().decision().confirm_by_ms();
    if (confirm_by != 0)
        notice("Another moderator must confirm it (/confirm) by " + when(confirm_by, now_ms()) + ", or it is over.");
    co_return true;
}

// About one person whom the moderator names.
Talk::Task<> Talk::decide_about(std::string typed, v1::Decide decide, std::string what) {
    const auto people = co_await which_people(typed);
    if (people.size() > 1) notice("One person at a time, please.");
    if (people.size() != 1) co_return;
    decide.set_room_id(people[0].room_id);
    decide.set_token(people[0].person.token());
    co_await this->decide(std::move(decide), screen_.person(people[0].person) + " " + what);
}

Talk::Act Talk::act_of(const TimeoutAsked& asked) {
    Act act;
    act.decide.set_lasts_ms(asked.lasts_ms);
    act.decide.set_everywhere(asked.everywhere);
    act.decide.set_action(v1::DECISION_ACTION_LISTEN_ONLY);
    act.done = "can read, but not write";
    if (asked.what == TimeoutAsked::What::out) {
        act.decide.set_action(v1::DECISION_ACTION_OUT_OF_ROOM);
        act.done = "is out of this room";
    }
    if (asked.what == TimeoutAsked::What::contacts) {
        act.decide.set_action(v1::DECISION_ACTION_NO_CONTACTS);
        act.done = "has no contacts";
    }
    if (asked.what == TimeoutAsked::What::hold) {
        act.decide.set_action(v1::DECISION_ACTION_HOLD);
        act.done = "is read by a moderator first: /held shows what waits";
    }
    act.done += ". It ends by itself.";
    return act;
}

Talk::Act Talk::act_of(const BanAsked& asked) {
    Act act;
    act.decide.set_lasts_ms(asked.lasts_ms);
    act.decide.set_action(v1::DECISION_ACTION_ROOM_BAN);
    act.done = "is banned from this room.";
    if (asked.what == BanAsked::What::server) {
        act.decide.set_action(v1::DECISION_ACTION_SERVER_BAN);
        act.done = "is banned from the house.";
    }
    if (asked.what == BanAsked::What::network) {
        act.decide.set_action(v1::DECISION_ACTION_NETWORK_BAN);
        act.done = "is banned from the house, and so are new accounts from there.";
    }
    return act;
}

// ---- deciding -------------------------------------------------------------------------------------------------------

Talk::Task<> Talk::warn(std::string rest) {
    if (rest.empty()) {
        notice("/warn and the letter of a message, or a name, such as: /warn c");
        co_return;
    }
    v1::Decide decide;
    decide.set_action(v1::DECISION_ACTION_WARN);
    co_await decide_about(std::move(rest), std::move(decide), "has been warned.");
}

Talk::Task<> Talk::timeout(std::string rest) {
    const auto asked = read_timeout(rest);
    if (!asked) {
        notice(
            "/timeout, who, and how long, such as: /timeout c 2h. They can read and not write here; with "
            "\"everywhere\", in all rooms. With \"hold\" you see first what they write, with \"out\" they are out of "
            "this room, with \"contacts\" their contacts rest.");
        co_return;
    }
    Act act = act_of(*asked);
    co_await decide_about(asked->who, std::move(act.decide), std::move(act.done));
}

Talk::Task<> Talk::remove(std::string rest) {
    if (rest.empty()) {
        notice("/remove and the letter of a message, or a name. They may come back; /timeout c 2h out keeps them out.");
        co_return;
    }
    v1::Decide decide;
    decide.set_action(v1::DECISION_ACTION_REMOVE);
    co_await decide_about(std::move(rest), std::move(decide), "is out of this room, and may come back.");
}

Talk::Task<> Talk::ban(std::string rest) {
    const auto asked = read_ban(rest);
    if (!asked) {
        notice(
            "/ban and who, such as: /ban c. That is for this room; with \"server\" for the house, with "
            "\"network\" also for new accounts from where they are. With a time it ends by itself: /ban c 30d.");
        co_return;
    }
    Act act = act_of(*asked);
    co_await decide_about(asked->who, std::move(act.decide), std::move(act.done));
}

Talk::Task<> Talk::confirm(std::string) {
    v1::Request list;
    list.mutable_list_unconfirmed();
    const v1::Reply reply = co_await ask(std::move(list));
    if (refused(reply)) co_return;
    const v1::Unconfirmed& waiting = reply.unconfirmed();
    if (waiting.decisions().empty()) {
        notice("Nothing waits for a second moderator.");
        co_return;
    }
    say(screen_.unconfirmed(waiting, titles()));
    notice("What you do not confirm ends by itself. Confirm only what you would have decided, too.");
    const auto place = co_await choose(static_cast<std::size_t>(waiting.decisions_size()));
    if (!place) co_return;
    v1::Request request;
    request.mutable_confirm_decision()->set_decision_id(
        waiting.decisions(static_cast<int>(*place)).decision().decision_id());
    const bool fine = co_await this->done(std::move(request));
    if (fine) notice("Confirmed. They are told.");
}

}  // namespace kindroom::cli
