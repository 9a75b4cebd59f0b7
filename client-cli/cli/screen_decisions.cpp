// Decisions in plain words: what was decided, why, until when, and how to object.
#include "cli/screen.hpp"
#include "cli/terminal_text.hpp"

namespace kindroom::cli {

namespace {

std::string what_follows(const v1::Decision& decision, const std::string& place) {
    switch (decision.action()) {
        case v1::DECISION_ACTION_SERVER_BAN:
            return "this account cannot be used on this server.";
        case v1::DECISION_ACTION_NETWORK_BAN:
            return "this account cannot be used on this server, and no account can be made from its network.";
        case v1::DECISION_ACTION_WARN:
            return "a warning. Nothing else follows from it.";
        case v1::DECISION_ACTION_RETRACT:
            return "a message of yours was taken back.";
        case v1::DECISION_ACTION_LISTEN_ONLY:
            return "you can read, but not write, " + place + ".";
        case v1::DECISION_ACTION_OUT_OF_ROOM:
            return "you cannot be in " + place + " for a while.";
        case v1::DECISION_ACTION_NO_CONTACTS:
            return "your contacts rest for a while, and you can make no new ones.";
        case v1::DECISION_ACTION_REMOVE:
            return "you were taken out of " + place + ". You may come back.";
        case v1::DECISION_ACTION_HOLD:
            return "what you write in " + place + " is looked at by a moderator before others see it.";
        case v1::DECISION_ACTION_ROOM_BAN:
            return "you cannot be in " + place + ".";
        default:
            return "something about this account.";
    }
}

std::string what_became(const v1::Decision& decision) {
    switch (decision.state()) {
        case v1::DECISION_STATE_ENDED:
            return "It is over.";
        case v1::DECISION_STATE_REVERSED:
            return "It was wrong and has been undone.";
        case v1::DECISION_STATE_LAPSED:
            return "No second moderator confirmed it, so it is over.";
        default:
            return "";
    }
}

// A moderator, an admin or the operator: nobody is told which of them.
std::string who_decided(const v1::Decision& decision) {
    if (decision.automated()) return "a rule of the house, by itself";
    const std::string somebody = "somebody who looks after this house";
    return decision.source() == v1::DECISION_SOURCE_REPORT ? somebody + ", after a report" : somebody;
}

bool has_a_time(const v1::Decision& decision) {
    return decision.action() != v1::DECISION_ACTION_WARN && decision.action() != v1::DECISION_ACTION_RETRACT &&
           decision.action() != v1::DECISION_ACTION_REMOVE;
}

}  // namespace

std::string Screen::decision(const v1::Decision& decision, const RoomName& name) const {
    std::string out;
    const auto line = [&](const char* what, const std::string& words) {
        if (!words.empty()) out += (out.empty() ? "" : "\n") + wrap(what + clean_text(words), look_.columns - 1, "  ");
    };
    std::string place = name && !decision.room_id().empty() ? name(decision.room_id()) : "this room";
    if (decision.action() == v1::DECISION_ACTION_LISTEN_ONLY)
        place = decision.room_id().empty() ? "in any room" : "in " + place;
    line("What was decided: ", what_follows(decision, place));
    line("", what_became(decision));
    line("", decision.reversal());
    line("The rule: ", decision.rule_text().empty() ? decision.rule_id() : decision.rule_text());
    line("What happened: ", decision.facts());
    line("Who decided: ", who_decided(decision));
    line("When: ", when(decision.decided_at_ms(), 0));
    if (has_a_time(decision))
        line("Until: ", decision.ends_at_ms() == 0 ? "it is lifted" : when(decision.ends_at_ms(), 0));
    if (decision.confirm_by_ms() != 0)
        line("", "Another moderator must confirm it by " + when(decision.confirm_by_ms(), 0) + ", or it is over.");
    line("How to object: ", decision.appeal());
    line("To object, also without signing in: /appeal ", decision.appeal_code());
    return out;
}

std::string Screen::decisions(const v1::MyDecisions& mine, const RoomName& name) const {
    if (mine.decisions().empty()) return notice("Nothing has been decided about you.");
    std::string out = strong("What was decided about you, newest first");
    for (const auto& one : mine.decisions()) out += "\n\n" + decision(one, name);
    return out;
}

std::string Screen::unconfirmed(const v1::Unconfirmed& waiting, const RoomName& name) const {
    std::string out = strong("What waits for a second moderator");
    std::size_t place = 0;
    for (const auto& one : waiting.decisions()) {
        out += "\n\n  " + letters(place++) + "  " + person(one.person());
        if (one.own()) out += "  (decided by you: somebody else must confirm it)";
        out += "\n" + decision(one.decision(), name);
    }
    return out;
}

std::string Screen::rules_to_choose(const v1::HouseRules& rules) const {
    std::string out = strong("Which rule does it rest on?");
    std::size_t place = 0;
    for (const auto& rule : rules.rules())
        out += "\n  " + letters(place++) + "  " + wrap(clean_text(rule.text()), look_.columns - 6, "     ");
    return out;
}

}  // namespace kindroom::cli
