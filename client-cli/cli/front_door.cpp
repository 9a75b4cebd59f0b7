#include "cli/nearest.hpp"
#include "cli/talk.hpp"
#include "cli/terminal_text.hpp"

namespace kindroom::cli {

Talk::Task<> Talk::front_door() {
    if (rules_shown_ == 0 && profile_.login_id.empty()) {
        co_await walk_through();
        co_return;
    }
    say(screen_.paragraph(
        "/signin if you have an account, /signup to make one, /recover if the passphrase is lost, /help for help."));
    auto line = co_await terminal_.line("> ");
    if (!line) {
        quitting_ = true;
        co_return;
    }
    std::string text(trim(*line));
    if (!text.empty() && text[0] != '/') text.insert(0, "/");
    co_await obey(text);
}

// The first time: what this place asks and keeps, before it asks for anything.
Talk::Task<> Talk::walk_through() {
    say("Welcome. Nobody asks for your name, e-mail or telephone number here.\n"
        "/help shows places to turn to at any time, /quit leaves and clears the screen.\n");
    co_await show_rules({});
    say("");
    co_await show_policy({});
    say("");
    if (quitting_) co_return;
    std::string answer = co_await question("Do you have an account in this house already? (yes or no) ");
    answer = lower(answer);
    if (quitting_) co_return;
    if (answer.starts_with('/')) {
        co_await obey(answer);
    } else if (means_yes(answer)) {
        co_await sign_in({});
    } else if (answer == "n" || answer == "no") {
        co_await sign_up({});
    }
}

Talk::Task<std::optional<std::string>> Talk::new_passphrase() {
    const auto least = welcome_.limits().passphrase_code_points_min();
    const std::string length = least > 0 ? " of at least " + std::to_string(least) + " characters" : std::string();
    say(screen_.paragraph("Choose a passphrase" + length +
                          ". Four or five unusual words do well. It is not shown while you type."));
    const auto first = co_await terminal_.secret("Passphrase: ");
    if (!first) {
        quitting_ = true;
        co_return std::nullopt;
    }
    // A descriptor does not mistype.
    if (settings_.passphrase_fd) co_return first;
    const auto second = co_await terminal_.secret("Once more: ");
    if (!second) {
        quitting_ = true;
        co_return std::nullopt;
    }
    if (*first == *second) co_return first;
    notice("The two were not the same. Nothing was done.");
    co_return std::nullopt;
}

Talk::Task<> Talk::sign_up(std::string) {
    if (signed_in_) {
        notice("You are signed in already.");
        co_return;
    }
    const char* asked = welcome_.open_registration() ? "Invite code (may be empty): " : "Invite code: ";
    const std::string code = co_await question(asked);
    if (quitting_) co_return;
    const auto passphrase = co_await new_passphrase();
    if (!passphrase) co_return;
    v1::Request request;
    auto& create = *request.mutable_create_account();
    create.set_invite_code(code);
    create.set_passphrase(*passphrase);
    create.set_device_label(settings_.device_label);
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return;
    const v1::AccountCreated& made = reply.account_created();
    signed_in(made.signed_in());
    co_await show_once(made.login_id(), made.recovery_code());
}

Talk::Task<> Talk::show_once(std::string login_id, std::string recovery_code) {
    say("\n" + screen_.paragraph(
                   "Please write these down now. They are shown this once, and nobody can look them up for you."));
    say("  Login id:       " + screen_.strong(clean_line(login_id)));
    say("  Recovery code:  " + screen_.strong(clean_line(recovery_code)));
    co_await question("\nEnter, when you have them: ");
}

Talk::Task<> Talk::sign_in(std::string rest) {
    if (signed_in_) {
        notice("You are signed in already.");
        co_return;
    }
    if (!rest.empty()) notice("You will be asked for each part by itself, so that nothing secret stays on the screen.");
    const std::string known = profile_.login_id;
    const std::string asked = known.empty() ? "Login id: " : "Login id (Enter for " + known + "): ";
    std::string login_id = co_await question(asked);
    if (quitting_) co_return;
    if (login_id.empty()) login_id = known;
    const auto passphrase = co_await terminal_.secret("Passphrase: ");
    if (!passphrase) {
        quitting_ = true;
        co_return;
    }
    v1::Request request;
    request.mutable_sign_in()->set_login_id(login_id);
    request.mutable_sign_in()->set_passphrase(*passphrase);
    request.mutable_sign_in()->set_device_label(settings_.device_label);
    const v1::Reply reply = co_await ask(std::move(request));
    if (!refused(reply)) signed_in(reply.signed_in());
}

Talk::Task<> Talk::recover(std::string) {
    if (signed_in_) {
        notice("You are signed in already.");
        co_return;
    }
    const std::string login_id = co_await question("Login id: ");
    if (quitting_) co_return;
    const auto code = co_await terminal_.secret("Recovery code: ");
    if (!code) {
        quitting_ = true;
        co_return;
    }
    const auto passphrase = co_await new_passphrase();
    if (!passphrase) co_return;
    v1::Request request;
    auto& recover = *request.mutable_recover_account();
    recover.set_login_id(login_id);
    recover.set_recovery_code(std::string(trim(*code)));
    recover.set_new_passphrase(*passphrase);
    recover.set_device_label(settings_.device_label);
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return;
    const v1::AccountRecovered& recovered = reply.account_recovered();
    signed_in(recovered.signed_in());
    notice("All other devices are signed out.");
    co_await show_once(login_id, recovered.recovery_code());
}

void Talk::signed_in(const v1::SignedIn& signed_in) {
    signed_in_ = true;
    me_ = signed_in.me();
    if (me_.has_ban()) {
        say(screen_.decision(me_.ban(), titles()));
        notice(
            "You are signed in all the same: /decisions, /appeal, /help, /block, /leave, /export, /erase and /signout "
            "work.");
    }
    profile_.login_id = me_.login_id();
    if (!signed_in.device_token().empty()) profile_.device_token = signed_in.device_token();
    keep_profile();
}

void Talk::keep_profile() {
    profile_.server = settings_.line.endpoint;
    profile_.ca_file = settings_.line.ca_file;
    profile_.pin = settings_.line.pin;
    if (!settings_.profiles.save(settings_.profile_name, profile_)) {
        notice("This computer does not let me keep the sign-in; next time the passphrase is needed again.");
    }
}

// Signed in: the rules if they are not agreed to, then the rooms, or straight into the one that was named.
Talk::Task<> Talk::settle_in() {
    if (me_.rules_consented() != welcome_.rules_version()) co_await agree({});
    if (quitting_) co_return;
    co_await look_around();
    if (quitting_) co_return;
    if (!settings_.room.empty()) {
        const std::string room_id = co_await which_room(settings_.room);
        if (!room_id.empty()) {
            const std::string name = settings_.name.empty() ? "" : "\n" + settings_.name;
            co_await join(settings_.room + name);
            co_return;
        }
    }
    co_await list_rooms({});
    if (!current_.empty()) co_return;
    say(screen_.paragraph("/join and the letter of a room takes you in; /commands shows what else you can do."));
}

}  // namespace kindroom::cli
