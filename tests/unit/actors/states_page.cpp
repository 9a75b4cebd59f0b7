#include "unit/actors/states_page.hpp"

#include <sstream>
#include <utility>

#include "kindroom/v1/frames.pb.h"

namespace kindroom::actors::test {

using namespace domain;

namespace {

template <std::size_t... I>
Command command_at(std::size_t index, std::index_sequence<I...>) {
    Command command;
    ((I == index ? static_cast<void>(command.emplace<I>()) : static_cast<void>(0)), ...);
    return command;
}

}  // namespace

Command command_at(std::size_t index) {
    Command command = command_at(index, std::make_index_sequence<commands>());
    std::visit(
        [](auto& it) {
            if constexpr (requires { it.room = the_room; }) it.room = the_room;
        },
        command);
    if (auto* consent = std::get_if<ConsentToRules>(&command)) consent->version = 1;
    if (auto* answer = std::get_if<AnswerOffer>(&command)) answer->accept = true;
    return command;
}

// domain::Command has the order of the proto.
std::string name_of(std::size_t index) {
    const auto* commands_of_proto = v1::Request::descriptor()->FindOneofByName("command");
    return commands_of_proto->field(static_cast<int>(index))->message_type()->name();
}

std::string code_name(Errc code) {
    const std::string name = v1::ErrorCode_Name(static_cast<v1::ErrorCode>(code));
    return name.substr(std::string("ERROR_CODE_").size());
}

std::string states_page() {
    std::ostringstream out;
    out << R"(# What each call answers in each state

Made from the server's own table (`server/actors/permissions.cpp`); the test `States` holds this page and the server to
it, cell by cell. `-` is open: whatever else may be said about the call, it is not the state that closes it. A code is
what it answers instead; where a moderator decided so, with the statement of reasons and the time when it ends.

*Words held*, *out of the room*, *room paused* and *out of hours* are about the call's room, *listen only* is about its
room or all of them, *away* is from its room or from everywhere. *Banned* is from the house. Calls for moderators, admins
and operators are theirs only, in every state. While somebody's words are held, what they post is taken, and waits for a
moderator. Saying no to an offer of contact is open without contacts too, and a post that was accepted before is answered
as it was in every state.

| call |)";
    for (const char* title : titles) out << " " << title << " |";
    out << "\n|---|";
    for (std::size_t i = 0; i < titles.size(); ++i) out << "---|";
    out << "\n";
    for (std::size_t index = 0; index < commands; ++index) {
        out << "| `" << name_of(index) << "` |";
        for (const State state : states) {
            const auto closed = closed_in(state, command_at(index));
            out << " " << (closed ? code_name(*closed) : "-") << " |";
        }
        out << "\n";
    }
    return out.str();
}

}  // namespace kindroom::actors::test
