#include "cli/talk.hpp"

namespace kindroom::cli {

std::span<const Talk::Command> Talk::commands() {
    constexpr auto all = Command::For::everybody;
    constexpr auto in = Command::For::signed_in;
    static constexpr Command table[] = {
        {"help", "", "places to turn to, outside of here too", all, &Talk::show_help},
        {"commands", "", "this list", all, &Talk::show_commands},
        {"rooms", "", "the rooms that are open to you", in, &Talk::list_rooms},
        {"join", "ROOM NAME", "go into a room under a name; a room you are in: look at it", in, &Talk::join},
        {"leave", "ROOM?", "leave a room; without one, the room you look at", in, &Talk::leave},
        {"who", "", "who is here", in, &Talk::who},
        {"reply", "LETTER TEXT", "answer the message with that letter", in, &Talk::reply},
        {"edit", "LETTER TEXT", "change your own message, for a short while", in, &Talk::edit},
        {"retract", "LETTER", "take your own message back, without a trace", in, &Talk::retract},
        {"older", "", "what was said before", in, &Talk::older},
        {"newer", "", "and after that again", in, &Talk::newer},
        {"rules", "", "the house rules", all, &Talk::show_rules},
        {"agree", "", "agree to the house rules", in, &Talk::agree},
        {"policy", "", "what this house keeps, and who can read it", all, &Talk::show_policy},
        {"sessions", "", "where you are signed in", in, &Talk::show_sessions},
        {"end", "LETTER", "sign that device out; or: /end others, /end all", in, &Talk::end_session},
        {"passphrase", "", "change your passphrase", in, &Talk::change_passphrase},
        {"signup", "", "make an account", all, &Talk::sign_up},
        {"signin", "", "sign in", all, &Talk::sign_in},
        {"recover", "", "sign in with the recovery code", all, &Talk::recover},
        {"signout", "", "sign this device out", in, &Talk::sign_out},
        {"voice", "TEXT", "speak as the moderator on duty", in, &Talk::speak_as_moderator},
        {"duty", "on|off", "come on duty in this room, or go off", in, &Talk::duty},
        {"room", "new|change|close", "make, change or close a room", in, &Talk::room},
        {"quit", "", "leave, and clear the screen", all, &Talk::leave_program},
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

Talk::Task<> Talk::show_commands(std::string) {
    std::string out = "Just type to speak. A room is named by its letter or by how its topic begins.\n";
    for (const Command& command : commands()) {
        if (command.who == Command::For::signed_in && !signed_in_) continue;
        std::string usage = "/" + std::string(command.name);
        if (*command.usage) usage += " " + std::string(command.usage);
        usage.resize(std::max<std::size_t>(usage.size() + 1, 24), ' ');
        out += "\n  " + usage + command.about;
    }
    say(out);
    co_return;
}

}  // namespace kindroom::cli
