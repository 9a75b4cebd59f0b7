#include "e2e/support/terminals.hpp"

#include <google/protobuf/util/json_util.h>
#include <stdexcept>

namespace kindroom::test {

std::string as_line(const v1::Request& asked) {
    std::string out;
    const auto written = google::protobuf::util::MessageToJsonString(asked, &out);
    if (!written.ok()) throw std::runtime_error("a request that cannot be written");
    return out + "\n";
}

std::string await_text(const std::string& text) { return await_event("posted", text); }

bool has(const Ran& ran, const std::string& words) { return ran.out.find(words) != std::string::npos; }

void Terminals::kill_and_start() {
    house_.kill_and_start();
    relay_.cut();
    relay_.lead_to(house_.port());
}

std::string Terminals::join(const std::string& name, const std::string& invite_code) const {
    v1::Request asked;
    asked.mutable_join_room()->set_room_id(room_);
    asked.mutable_join_room()->set_name(name);
    asked.mutable_join_room()->set_invite_code(invite_code);
    return as_line(asked);
}

std::string Terminals::say(const std::string& text, const std::string& reply_to) const {
    auto asked = posting(room_, text);
    asked.mutable_post_message()->set_reply_to(reply_to);
    return as_line(asked);
}

std::string Terminals::go_on_duty() const {
    v1::Request asked;
    asked.mutable_go_on_duty()->set_room_id(room_);
    return as_line(asked);
}

Launch Terminals::launch(const std::string& who, const std::string& lines, std::vector<std::string> options) const {
    std::vector<std::string> command{client_program(), "--server", relay_.url(), "--profile", who};
    for (const auto& word :
         {std::string("--ca"), house_.authority_file(), std::string("--home"), house_.file("people")})
        command.push_back(word);
    command.insert(command.end(), options.begin(), options.end());
    return {.command = command, .environment = {}, .input = lines, .log_file = {}};
}

Launch Terminals::newcomer(const std::string& who, const std::string& role, const std::string& lines) {
    v1::Request asked;
    asked.mutable_create_account()->set_invite_code(house_.invite(role));
    asked.mutable_create_account()->set_passphrase(good_passphrase);
    return launch(who, as_line(asked) + "{\"consentToRules\":{\"version\":1}}\n" + lines, {"--json"});
}

Ran Terminals::comes(const std::string& who, const std::string& role, const std::string& lines) {
    return run(newcomer(who, role, join(who) + lines));
}

Launch Terminals::back(const std::string& who, const std::string& lines) const {
    v1::Request asked;
    asked.mutable_resume_room()->set_room_id(room_);
    return launch(who, as_line(asked) + lines, {"--json", "--resume"});
}

std::string Terminals::types(const std::string& who, const std::string& typed) const {
    // Joined again under the same name, the room is what they look at.
    return run(launch(who, typed, {"--room", "Night lamp", "--name", who})).out;
}

}  // namespace kindroom::test
