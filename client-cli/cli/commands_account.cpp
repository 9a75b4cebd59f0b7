#include "cli/nearest.hpp"
#include "cli/talk.hpp"
#include "cli/terminal_text.hpp"

namespace kindroom::cli {

Talk::Task<> Talk::show_help(std::string) {
    if (!away_) {
        v1::Request request;
        request.mutable_get_help();
        const v1::Reply reply = co_await ask(std::move(request));
        if (reply.has_help_directory()) help_ = reply.help_directory();
    }
    say(screen_.help(help_));
}

Talk::Task<> Talk::show_rules(std::string) {
    v1::Request request;
    request.mutable_get_rules();
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return;
    welcome_.set_rules_version(reply.house_rules().version());
    rules_shown_ = reply.house_rules().version();
    say(screen_.rules(reply.house_rules()));
}

Talk::Task<> Talk::agree(std::string) {
    if (me_.rules_consented() == welcome_.rules_version()) {
        notice("You have agreed to the house rules.");
        co_return;
    }
    if (rules_shown_ != welcome_.rules_version()) co_await show_rules({});
    const bool agreed = co_await yes("Do you agree to the house rules? (yes or no) ");
    if (!agreed) {
        if (!quitting_)
            notice("Until you do you can read, but not write. /rules and /agree are there when you want them.");
        co_return;
    }
    v1::Request request;
    request.mutable_consent_to_rules()->set_version(rules_shown_);
    const bool fine = co_await done(std::move(request));
    if (!fine) co_return;
    me_.set_rules_consented(rules_shown_);
    notice("Thank you.");
}

Talk::Task<> Talk::show_policy(std::string) {
    v1::Request request;
    request.mutable_get_data_policy();
    const v1::Reply reply = co_await ask(std::move(request));
    if (!refused(reply)) say(screen_.policy(reply.data_policy()));
}

Talk::Task<> Talk::show_sessions(std::string) {
    v1::Request request;
    request.mutable_list_sessions();
    const v1::Reply reply = co_await ask(std::move(request));
    if (refused(reply)) co_return;
    const auto& sessions = reply.sessions().sessions();
    listed_sessions_.assign(sessions.begin(), sessions.end());
    say(screen_.sessions(reply.sessions()));
    say("/end and a letter signs that device out.");
}

Talk::Task<> Talk::end_session(std::string rest) {
    const std::string which = lower(rest);
    v1::Request request;
    if (which == "others" || which == "all") {
        request.mutable_revoke_all_sessions()->set_include_this(which == "all");
    } else {
        const auto place = read_letters(which);
        if (!place || *place >= listed_sessions_.size()) {
            notice("/sessions lists them with letters; then /end and a letter, /end others, or /end all.");
            co_return;
        }
        request.mutable_revoke_session()->set_session_id(listed_sessions_[*place].session_id());
    }
    const bool fine = co_await done(std::move(request));
    if (fine) notice("Done.");
}

Talk::Task<> Talk::change_passphrase(std::string rest) {
    if (!rest.empty()) notice("You will be asked for it, so that it does not stay on the screen.");
    const auto current = co_await terminal_.secret("The passphrase you have now: ");
    if (!current) {
        quitting_ = true;
        co_return;
    }
    const auto next = co_await new_passphrase();
    if (!next) co_return;
    const bool others = co_await yes("Sign out all other devices as well? (yes or no) ");
    if (quitting_) co_return;
    v1::Request request;
    auto& change = *request.mutable_change_passphrase();
    change.set_current_passphrase(*current);
    change.set_new_passphrase(*next);
    change.set_end_other_sessions(others);
    const bool fine = co_await done(std::move(request));
    if (fine) notice("Your passphrase is changed.");
}

Talk::Task<> Talk::sign_out(std::string) {
    v1::Request request;
    request.mutable_sign_out();
    leaving_ = true;
    const v1::Reply reply = co_await ask(std::move(request));
    if (!over_ && refused(reply)) {
        leaving_ = false;
        co_return;
    }
    profile_.device_token.clear();
    keep_profile();
    quitting_ = true;
}

Talk::Task<> Talk::leave_program(std::string) {
    quitting_ = true;
    co_return;
}

}  // namespace kindroom::cli
