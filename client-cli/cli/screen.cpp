#include "cli/screen.hpp"

#include <ctime>

#include "cli/terminal_text.hpp"

namespace kindroom::cli {

namespace {

constexpr const char* dim = "2";
constexpr const char* bold = "1";
constexpr const char* moderator = "1;36";

std::string pad(std::string text, std::size_t width) {
    if (text.size() < width) text.append(width - text.size(), ' ');
    return text;
}

// The words that stand between two sentences of an explanation.
std::string sentence(v1::ErrorCode code) {
    switch (code) {
        case v1::ERROR_CODE_MALFORMED:
        case v1::ERROR_CODE_UNKNOWN_COMMAND:
            return "This server does not understand that; it may be older than this program.";
        case v1::ERROR_CODE_INVALID_ARGUMENT:
            return "Something about that does not fit.";
        case v1::ERROR_CODE_HELLO_NEEDED:
        case v1::ERROR_CODE_SIGN_IN_NEEDED:
            return "That needs you to be signed in: /signin or /signup.";
        case v1::ERROR_CODE_ALREADY_SIGNED_IN:
            return "You are signed in already.";
        case v1::ERROR_CODE_RULES_NEEDED:
            return "First read the house rules (/rules), then say /agree.";
        case v1::ERROR_CODE_NOT_ALLOWED:
            return "That is not yours to do here.";
        case v1::ERROR_CODE_SIGN_IN_FAILED:
            return "That did not fit together. Look at each part again.";
        case v1::ERROR_CODE_INVITE_INVALID:
            return "This invite code does not work (any more).";
        case v1::ERROR_CODE_PASSPHRASE_UNSUITABLE:
            return "That passphrase is too short, too long, or too well known. Four or five unusual words do well.";
        case v1::ERROR_CODE_BANNED:
            return "This account cannot be used here for now.";
        case v1::ERROR_CODE_ROOM_UNAVAILABLE:
            return "That room is not available.";
        case v1::ERROR_CODE_NOT_IN_ROOM:
            return "You are not in that room.";
        case v1::ERROR_CODE_ROOM_PAUSED:
            return "The room is paused: you can read, but not write. /help works as always.";
        case v1::ERROR_CODE_FLOOR_TAKEN:
            return "It is not your turn. /hand raises a hand, /floor shows how the circle stands.";
        case v1::ERROR_CODE_LISTEN_ONLY:
            return "For now you can listen here, not write.";
        case v1::ERROR_CODE_SLOW_MODE:
            return "This room goes slowly: everybody pauses between two messages.";
        case v1::ERROR_CODE_ROOM_OUT_OF_HOURS:
            return "The room is outside of its hours: you can read, but not write. /help works as always.";
        case v1::ERROR_CODE_MANY_TO_ONE:
            return "Many people turn to this person just now. Leave them a moment; it is nothing that you did.";
        case v1::ERROR_CODE_TEXT_EMPTY:
            return "There are no words in it.";
        case v1::ERROR_CODE_TEXT_TOO_LONG:
            return "That is too long for one message. Send it in parts.";
        case v1::ERROR_CODE_NAME_UNSUITABLE:
            return "That name does not work here. Choose another one.";
        case v1::ERROR_CODE_MESSAGE_GONE:
            return "That message is gone, or not yours to change.";
        case v1::ERROR_CODE_EDIT_TOO_LATE:
            return "It is too late to change it. You can still take it back with /retract.";
        case v1::ERROR_CODE_IDEMPOTENCY_MISMATCH:
            return "That was sent before with other words.";
        case v1::ERROR_CODE_RECUSED:
            return "You have blocked this person yourself, so another moderator decides about them.";
        case v1::ERROR_CODE_OUT_OF_ROOM:
            return "For now you cannot be in this room.";
        case v1::ERROR_CODE_NO_CONTACTS:
            return "For now your contacts rest, and you can make no new ones.";
        case v1::ERROR_CODE_NEEDS_ANOTHER:
            return "That needs another moderator than the one who decided.";
        case v1::ERROR_CODE_NETWORK_BANNED:
            return "From this network no account can be made for now.";
        case v1::ERROR_CODE_CURSOR_INVALID:
            return "That place in the conversation is not known any more.";
        case v1::ERROR_CODE_CONNECTION_RESTING:
            return "This contact rests.";
        case v1::ERROR_CODE_STEPPED_AWAY:
            return "You have stepped away. /help, /block and /leave work all the while.";
        case v1::ERROR_CODE_OFFERED_BEFORE:
            return "You have offered this person contact before.";
        case v1::ERROR_CODE_NO_SHARED_ROOM:
            return "An offer of contact needs a room that both of you were in during the last days.";
        case v1::ERROR_CODE_PERSON_UNKNOWN:
            return "That person is not known in this room.";
        case v1::ERROR_CODE_TOO_MANY:
            return "You have as many of these as this house keeps for one person. End one first.";
        case v1::ERROR_CODE_NOT_SEATED:
            return "That is for those who are seated in this circle.";
        case v1::ERROR_CODE_NOT_NOW:
            return "It is not the time for that in this circle. /floor shows how it stands.";
        case v1::ERROR_CODE_NOBODY_DRAWN:
            return "Nobody was drawn. Let people sign up (/hand), or draw once more.";
        case v1::ERROR_CODE_DRAW_FULL:
            return "No more people can take part in this draw. There will be another one.";
        case v1::ERROR_CODE_RATE_LIMITED:
            return "That was a little too fast.";
        case v1::ERROR_CODE_UNAVAILABLE:
            return "The server cannot do that just now.";
        case v1::ERROR_CODE_NOT_FOUND:
            return "There is no such thing.";
        case v1::ERROR_CODE_CASE_CLAIMED:
            return "Another moderator is looking at that case.";
        case v1::ERROR_CODE_CASE_CLOSED:
            return "That case is decided.";
        case v1::ERROR_CODE_APPEAL_INVALID:
            return "Nothing can be appealed with that code. Look at it again; it holds for half a year.";
        case v1::ERROR_CODE_WOULD_BE_HELD:
            return "A moderator would look at these words first. Say them as a message of its own, in your own name.";
        case v1::ERROR_CODE_UNSPECIFIED:
        case v1::ErrorCode_INT_MIN_SENTINEL_DO_NOT_USE_:
        case v1::ErrorCode_INT_MAX_SENTINEL_DO_NOT_USE_:
            break;
    }
    return "The server said no.";
}

}  // namespace

std::string Screen::dyed(const char* code, const std::string& words) const {
    return look_.colour ? "\033[" + std::string(code) + "m" + words + "\033[0m" : words;
}

std::string Screen::notice(const std::string& words) const {
    return dyed(dim, wrap("-- " + words, look_.columns - 1, "   "));
}
std::string Screen::strong(const std::string& words) const { return dyed(bold, words); }
std::string Screen::paragraph(const std::string& text) const {
    return wrap(rejoin(clean_text(text)), look_.columns - 1, "");
}

std::string Screen::person(const v1::Person& person) const {
    // A case says whose it is.
    if (person.voice() == v1::VOICE_UNSIGNED && person.name().empty()) return "Unsigned";
    std::string shown = clean_line(person.name());
    if (!person.sign().empty()) shown += " (" + clean_line(person.sign()) + ")";
    if (person.voice() == v1::VOICE_UNSIGNED) shown += ", unsigned";
    return shown;
}

std::string Screen::message(const v1::Message& message, const Spoken& how) const {
    const bool role = message.author().voice() == v1::VOICE_MODERATOR;
    const std::string gutter = role ? ">> " : "|  ";
    std::string head;
    if (!how.room.empty()) head += "[" + clean_line(how.room) + "] ";
    head += person(message.author());
    if (how.mine) head += ", you";
    if (how.names_me) head += ", to you";
    if (!how.reply_mark.empty()) head += " to " + how.reply_mark;
    head += ": ";
    std::string text = message.withheld() ? held_back(message.labels(), how.mark) : clean_text(message.text());
    if (message.edited()) text += " (edited)";
    const std::string indent = "    " + gutter;
    const std::string body = wrap(head + text, look_.columns > 30 ? look_.columns - 8 : 30, indent);
    const std::string first = dyed(dim, pad(how.mark, 3)) + " ";
    if (role) return first + dyed(moderator, gutter + body);
    if (!look_.colour || body.size() < head.size() || body.compare(0, head.size(), head) != 0)
        return first + gutter + body;
    return first + dyed(dim, gutter) + dyed(bold, head.substr(0, head.size() - 2)) + body.substr(head.size() - 2);
}

std::string held_back(const google::protobuf::RepeatedPtrField<std::string>& labels, const std::string& mark) {
    std::string about;
    for (const auto& label : labels) about += (about.empty() ? " about " : ", ") + clean_line(label);
    return "(words" + about + (mark.empty() ? "" : "; /show " + mark) + ")";
}

std::string Screen::edited(const std::string& mark, const v1::MessageEdited& edited) const {
    const std::string text = edited.withheld() ? held_back({}, mark) : clean_text(edited.text());
    return dyed(dim, pad(mark, 3)) + " |  (now reads) " + wrap(text, look_.columns - 22, "    |  ");
}

std::string Screen::waiting(const std::string& mark, const std::string& text, std::int64_t ms) const {
    return dyed(dim, pad(mark, 3)) + " |  (others see it " + how_long(ms) + ") " +
           wrap(clean_text(text), look_.columns - 36, "    |  ");
}

std::string Screen::refusal(const v1::Error& error, std::int64_t now_ms) const {
    std::string out = sentence(error.code());
    if (error.code() == v1::ERROR_CODE_INVALID_ARGUMENT && !error.field().empty()) {
        out += " (" + clean_line(error.field()) + ")";
    }
    if (error.code() == v1::ERROR_CODE_STEPPED_AWAY) {
        out += error.retry_at_ms() == 0 ? " /back brings you back." : " You chose not to come back before that.";
    }
    if (error.code() == v1::ERROR_CODE_LISTEN_ONLY) out += " " + why_one_listens(error.listen_cause());
    if (error.retry_at_ms() != 0) out += " Again " + how_long(error.retry_at_ms() - now_ms) + ".";
    if (!error.help().empty()) out += "\n" + paragraph(error.help());
    if (error.has_decision()) out += "\n" + decision(error.decision());
    return out;
}

std::string Screen::why_one_listens(v1::ListenCause cause) {
    switch (cause) {
        case v1::LISTEN_CAUSE_FIRST_VISIT:
            return "You are here for the first time: listen a little.";
        case v1::LISTEN_CAUSE_WAVE:
            return "Many people came for the first time at once, so those who are new listen for a while. It is about "
                   "nothing that you did.";
        case v1::LISTEN_CAUSE_DECISION:
            return "A moderator decided that you listen for a while: /decisions says why.";
        case v1::LISTEN_CAUSE_UNSPECIFIED:
        case v1::ListenCause_INT_MIN_SENTINEL_DO_NOT_USE_:
        case v1::ListenCause_INT_MAX_SENTINEL_DO_NOT_USE_:
            break;
    }
    return "You listen for a while.";
}

std::string how_long(std::int64_t ms) {
    const auto unit = [](std::int64_t count, const char* one) {
        return "in " + std::to_string(count) + " " + one + (count == 1 ? "" : "s");
    };
    const std::int64_t seconds = (ms + 999) / 1000;
    if (seconds <= 1) return "in a moment";
    if (seconds < 90) return unit(seconds, "second");
    if (seconds < 90 * 60) return unit((seconds + 30) / 60, "minute");
    if (seconds < 36 * 3600) return unit((seconds + 1800) / 3600, "hour");
    return unit((seconds + 43'200) / 86'400, "day");
}

std::string when(std::int64_t at_ms, std::int64_t now_ms) {
    const auto at = static_cast<std::time_t>(at_ms / 1000);
    const auto now = static_cast<std::time_t>(now_ms / 1000);
    std::tm then{};
    std::tm today{};
    ::localtime_r(&at, &then);
    ::localtime_r(&now, &today);
    const bool same_day = then.tm_year == today.tm_year && then.tm_yday == today.tm_yday;
    char text[32];
    std::strftime(text, sizeof text, same_day ? "%H:%M" : "%Y-%m-%d %H:%M", &then);
    return text;
}

}  // namespace kindroom::cli
