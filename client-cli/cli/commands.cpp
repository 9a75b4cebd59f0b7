#include "cli/talk.hpp"

namespace kindroom::cli {

std::span<const Talk::Command> Talk::commands() {
    constexpr auto all = Command::For::everybody;
    constexpr auto in = Command::For::signed_in;
    using enum Command::Part;
    static constexpr Command table[] = {
        {"help", "", "places to turn to, outside of here too", all, &Talk::show_help, help},
        {"appeal", "CODE", "object to a decision about you, or ask what became of it", all, &Talk::appeal, help},
        {"commands", "", "this list", all, &Talk::show_commands, help},
        {"call", "", "call a moderator; they are not told who did", in, &Talk::call, help},
        {"point", "WHO", "send somebody of this room a card with places to turn to", in, &Talk::point, help},
        {"quit", "", "leave, and clear the screen", all, &Talk::leave_program, help},

        {"rooms", "", "the rooms that are open to you", in, &Talk::list_rooms, rooms},
        {"join", "ROOM NAME", "go into a room under a name; a room you are in: look at it", in, &Talk::join, rooms},
        {"knock", "ROOM", "ask to be let into a room that is not open to all", in, &Talk::knock, rooms},
        {"leave", "ROOM? words?", "leave a room, this one if none is named; or take your words along", in, &Talk::leave,
         rooms},
        {"who", "", "who is here", in, &Talk::who, rooms},
        {"older", "", "what was said before", in, &Talk::older, rooms},
        {"newer", "", "and after that again", in, &Talk::newer, rooms},

        {"reply", "LETTER TEXT", "answer the message with that letter", in, &Talk::reply, words},
        {"edit", "LETTER TEXT", "change your own message, for a short while", in, &Talk::edit, words},
        {"retract", "LETTER", "take your message back; as a moderator, somebody else's", in, &Talk::retract, words},
        {"breath", "SECONDS TEXT", "say it, but let it be seen only after so long", in, &Talk::breath, words},
        {"about", "LABEL TEXT", "say it with a label, for those who want to know before", in, &Talk::about, words},
        {"show", "LETTER", "show words that were held back because of a label", in, &Talk::show, words},
        {"first", "TEXT", "say it, but let a moderator see it before others", in, &Talk::first, words},
        {"held", "", "what of yours waits; on duty: what waits for you", in, &Talk::held, words},
        {"heard", "LETTER", "let somebody know that they were heard; not by whom", in, &Talk::heard, words},

        {"hand", "down?", "sign up for a seat, or raise a hand; or take it back", in, &Talk::hand, circle},
        {"pass", "", "end your turn, or let it go by", in, &Talk::pass_turn, circle},
        {"floor", "", "whose turn it is, and where you stand", in, &Talk::floor, circle},
        {"unsigned", "TEXT", "share something without a name, when this turn is over", in, &Talk::share_unsigned,
         circle},

        {"block", "WHO report?", "never see or hear somebody again, nor they you", in, &Talk::block, boundaries},
        {"unblock", "", "end a block", in, &Talk::unblock, boundaries},
        {"mute", "WHO 2h?", "hear nothing of somebody; also: /mute word, label, room", in, &Talk::mute, boundaries},
        {"unmute", "[c]", "end a mute; without a letter or name, choose from a list", in, &Talk::unmute, boundaries},
        {"report", "LETTER or WHO", "tell the moderators about words or a person", in, &Talk::report_it, boundaries},
        {"reports", "RECEIPT?", "what became of your reports", in, &Talk::reports, boundaries},
        {"boundaries", "", "all that you have set", in, &Talk::boundaries, boundaries},
        {"label", "LABEL show|ask", "show words with a label at once, or hold them back", in, &Talk::label, boundaries},
        {"away", "2h? firm? room?", "step away; nothing reaches you", in, &Talk::away, boundaries},
        {"back", "", "come back", in, &Talk::back, boundaries},

        {"contacts", "on|off", "your contacts and offers; or switch them all on or off", in, &Talk::contacts, contacts},
        {"contact", "WHO", "offer somebody to be your contact", in, &Talk::contact, contacts},
        {"accept", "LETTER", "say yes to an offer", in, &Talk::accept, contacts},
        {"decline", "LETTER", "say no to an offer; they are not told", in, &Talk::decline, contacts},
        {"talk", "LETTER or NAME", "go to the room of you and a contact", in, &Talk::talk_to, contacts},
        {"disconnect", "LETTER words?", "end a contact; or take your words along", in, &Talk::disconnect, contacts},

        {"rules", "", "the house rules", all, &Talk::show_rules, account},
        {"agree", "", "agree to the house rules", in, &Talk::agree, account},
        {"policy", "", "what this house keeps, and who can read it", all, &Talk::show_policy, account},
        {"sessions", "", "where you are signed in", in, &Talk::show_sessions, account},
        {"end", "LETTER", "sign that device out; or: /end others, /end all", in, &Talk::end_session, account},
        {"passphrase", "", "change your passphrase", in, &Talk::change_passphrase, account},
        {"signup", "", "make an account", all, &Talk::sign_up, account},
        {"signin", "", "sign in", all, &Talk::sign_in, account},
        {"recover", "", "sign in with the recovery code", all, &Talk::recover, account},
        {"signout", "", "sign this device out", in, &Talk::sign_out, account},

        {"export", "FILE", "write all that is kept of you into a new file", in, &Talk::export_data, account},
        {"erase", "", "erase your account and all that you said, for good", in, &Talk::erase_account, account},
        {"decisions", "", "what moderators decided about you, and how to object", in, &Talk::decisions, account},

        {"warn", "WHO", "warn somebody; asks for the rule and what happened", in, &Talk::warn, duty},
        {"timeout", "WHO 2h out?", "listen only; or \"out\" of the room, or no \"contacts\"", in, &Talk::timeout, duty},
        {"remove", "WHO", "take somebody out of the room; they may come back", in, &Talk::remove, duty},
        {"ban", "WHO 30d? server?", "keep somebody out of the room, or of the house", in, &Talk::ban, duty},
        {"confirm", "", "what waits for a second moderator", in, &Talk::confirm, duty},
        {"voice", "TEXT", "speak as the moderator on duty", in, &Talk::speak_as_moderator, duty},
        {"duty", "on|off", "come on duty in this room, or go off", in, &Talk::duty, duty},
        {"queue", "", "what waits for a moderator", in, &Talk::queue, duty},
        {"case", "LETTER", "look at a case, and end it", in, &Talk::open_case, duty},
        {"tapout", "", "end your shift at once, everywhere", in, &Talk::tap_out, duty},
        {"room", "new|change|close", "make, change or close a room", in, &Talk::room, duty},
        {"pause", "SENTENCE", "pause this room, with a sentence for all", in, &Talk::pause, duty},
        {"resume", "", "let people talk again", in, &Talk::resume, duty},
        {"hours", "mon-fri 18:00-20:00", "when this room is open; or: /hours always", in, &Talk::hours, duty},
        {"knocks", "", "who knocks at this room", in, &Talk::list_knocks, duty},
        {"let-in", "LETTER", "open to somebody who knocks", in, &Talk::let_in, duty},
        {"door", "open|knock|invite", "how people get into this room", in, &Talk::door, duty},
        {"invite", "5?", "a code for this room, for one person or so many", in, &Talk::invite, duty},
        {"let-speak", "WHO", "let a newcomer speak at once; or: /let-speak all", in, &Talk::let_speak, duty},
        {"release", "LETTER", "let others see what waits", in, &Talk::release, duty},
        {"return", "LETTER WHY", "give what waits back to its author", in, &Talk::give_back, duty},
        {"link", "WHO, WHO", "two people of this room are one person", in, &Talk::link, duty},
        {"draw", "", "draw the seats of a circle, and begin", in, &Talk::draw_seats, duty},
        {"next", "", "let the floor go on to the next one", in, &Talk::next_turn, duty},
        {"extend", "", "make this turn longer", in, &Talk::extend_turn, duty},
        {"reflect", "", "begin the reflections", in, &Talk::reflect, duty},
        {"close", "", "begin the closing of a circle; again: end it", in, &Talk::close_circle, duty},
    };
    return table;
}

const Talk::Command* Talk::find_command(std::string_view name) {
    if (name == "?") name = "commands";
    for (const Command& command : commands()) {
        if (name == command.name) return &command;
    }
    return nullptr;
}

namespace {

// By the order of Command::Part.
constexpr const char* part_titles[] = {
    "Always",        "Rooms",
    "Talking",       "In a circle",
    "Boundaries: nobody is told, no reason is asked",
    "Contacts",      "Account",
    "For moderators"};

}  // namespace

Talk::Task<> Talk::show_commands(std::string) {
    std::string out =
        "Just type to speak; @Name mentions somebody. A room is named by its letter or by how its topic begins, a "
        "person\n"
        "by the letter of something they said or by their name. What has a question mark may be left out.";
    std::optional<Command::Part> part;
    for (const Command& command : commands()) {
        if (command.who == Command::For::signed_in && !signed_in_) continue;
        if (part != command.part) out += "\n\n" + screen_.strong(part_titles[static_cast<std::size_t>(command.part)]);
        part = command.part;
        std::string usage = "/" + std::string(command.name);
        if (*command.usage) usage += " " + std::string(command.usage);
        usage.resize(std::max<std::size_t>(usage.size() + 1, 24), ' ');
        out += "\n  " + usage + command.about;
    }
    say(out);
    co_return;
}

}  // namespace kindroom::cli
