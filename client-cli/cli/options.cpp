#include "cli/options.hpp"

#include <CLI/CLI.hpp>
#include <iostream>

namespace kindroom::cli {

namespace {

constexpr const char* examples = R"(Talk in a Kindroom:
  kindroom --server wss://rooms.example.org
  kindroom --room "night room" --name Ana

The first time it shows you around; afterwards `kindroom` alone signs you in again. Inside, /help shows places to turn
to, /commands what you can do, /quit leaves and clears the screen. Scripts use --json; docs/cli.md describes them.)";

// A moment in seconds, such as 5 or 0.25.
std::chrono::milliseconds milliseconds(double seconds) {
    return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

// CLI11's own say that a -1 is not between 0 and the greatest number that there is.
enum class Zero { fits, does_not };
::CLI::Validator number(Zero zero) {
    const auto check = [zero](const std::string& text) -> std::string {
        double value = -1;
        const bool is_number = ::CLI::detail::lexical_cast(text, value);
        if (is_number && (value > 0 || (value == 0 && zero == Zero::fits))) return "";
        return zero == Zero::fits ? "write a number that is not negative" : "write a number above 0";
    };
    return {check, ""};
}

struct Raw {
    std::string server, profile, home, ca, pin, colour = "auto", wire = "binary", device;
    double timeout = -1, reply_timeout = 30, connect_timeout = 10;
    int passphrase_fd = -1;
    bool no_wait = false, no_hello = false;
};

// Whoever names another house than the one of their profile has not lost the account that they have there, nor the way
// back to it: unless they chose the profile themselves, the other house gets one of its own.
void settle_profile(const Raw& raw, Settings& settings) {
    settings.profile_name = raw.profile.empty() && !settings.json ? "default" : raw.profile;
    settings.profile = settings.profiles.load(settings.profile_name).value_or(Profile{});
    const Profile known = settings.profile;
    const bool is_elsewhere =
        !raw.server.empty() && !known.login_id.empty() && !is_same_server(raw.server, known.server);
    if (!is_elsewhere || settings.json) return;
    if (raw.profile.empty()) {
        settings.profile_name = profile_name_for(raw.server);
        settings.profile = settings.profiles.load(settings.profile_name).value_or(Profile{});
        if (!settings.profile.login_id.empty()) return;
    }
    settings.elsewhere = "You have no account at " + raw.server + " yet; you have one at " + known.server +
                         (raw.profile.empty() ? ", where `kindroom` alone takes you."
                                              : ". If you sign in here, this profile forgets that one; come with "
                                                "another --profile to keep both.");
}

// A flag goes before the profile. A certificate that was pinned for one server is not asked of another.
void settle_server(const Raw& raw, Settings& settings) {
    const Profile& profile = settings.profile;
    const bool same = raw.server.empty() || is_same_server(raw.server, profile.server);
    settings.line.endpoint = !raw.server.empty() ? raw.server : profile.server;
    if (settings.line.endpoint.empty()) settings.line.endpoint = "wss://localhost:7443";
    settings.line.ca_file = raw.ca.empty() ? std::string() : std::filesystem::absolute(raw.ca).string();
    settings.line.pin = raw.pin;
    if (same && raw.ca.empty() && raw.pin.empty()) {
        settings.line.ca_file = profile.ca_file;
        settings.line.pin = profile.pin;
    }
    if (!same) settings.profile = Profile{};
}

}  // namespace

std::variant<Settings, int> read_options(int argc, char** argv) {
    Settings settings;
    Raw raw;
    ::CLI::App app(examples);
    app.add_option("--server", raw.server, "wss://host:port, ws://localhost:port or unix:/path (wss://localhost:7443)");
    app.add_option("--profile", raw.profile, "Which of your identities on this computer (default)");
    app.add_option("--home", raw.home, "The directory that holds all profiles (~/.config/kindroom)");
    app.add_option("--ca", raw.ca, "PEM file of certificate authorities to trust instead of the system's");
    app.add_option("--pin", raw.pin, "SHA-256 of the one server certificate to trust");
    app.add_option("--color", raw.colour, "auto, always or never")->check(::CLI::IsMember({"auto", "always", "never"}));
    app.add_option("--device", raw.device, "What this device is called in your list of sessions");
    app.add_option("--connect-timeout", raw.connect_timeout, "Seconds until connecting fails (10)")
        ->check(number(Zero::does_not));

    app.add_option("--room", settings.room, "Go straight into the room whose topic begins so");
    app.add_option("--name", settings.name, "Your name in that room");
    app.add_option("--passphrase-fd", raw.passphrase_fd, "Read secrets, one a line, from this file descriptor")
        ->check(number(Zero::fits));
    app.add_option("--history-file", settings.history_file, "Keep typed lines in this file (otherwise in memory only)");

    auto* json = app.add_flag("--json", settings.json, "Read one Request a line, print one Event a line, as JSON");
    app.add_flag("--resume", settings.resume, "Sign in from the profile before the first line")->needs(json);
    app.add_flag("--reconnect", settings.reconnect, "Come back and resume when the connection is lost")->needs(json);
    app.add_flag("--stay", settings.stay, "After the last line go on printing events")->needs(json);
    app.add_option("--timeout", raw.timeout, "Seconds to stay at most")->needs(json)->check(number(Zero::fits));
    app.add_flag("--no-wait", raw.no_wait, "Do not wait for a reply before the next line is read")->needs(json);
    app.add_flag("--no-hello", raw.no_hello, "Leave Hello to the script")->needs(json);
    app.add_option("--reply-timeout", raw.reply_timeout,
                   "Seconds until a missing reply counts as a lost connection (30)")
        ->needs(json)
        ->check(number(Zero::does_not));
    app.add_option("--wire", raw.wire, "binary or json: the WebSocket subprotocol")
        ->check(::CLI::IsMember({"binary", "json"}));

    try {
        app.parse(argc, argv);
    } catch (const ::CLI::ParseError& error) {
        const int code = app.exit(error);
        return code == 0 ? 0 : static_cast<int>(Exit::usage);
    }
    const auto wrong = [](const char* words) {
        std::cerr << "kindroom: " << words << '\n';
        return static_cast<int>(Exit::usage);
    };
    if (!raw.profile.empty() && !is_profile_name(raw.profile)) {
        return wrong("a profile's name has letters, digits, - and _ only");
    }
    if (settings.resume && raw.profile.empty()) return wrong("--resume needs --profile");
    if (!raw.ca.empty() && !raw.pin.empty()) return wrong("--ca and --pin exclude each other");

    if (!raw.home.empty()) settings.profiles = ProfileStore(raw.home);
    settle_profile(raw, settings);
    settle_server(raw, settings);
    settings.line.json = raw.wire == "json";
    settings.line.open_within = milliseconds(raw.connect_timeout);
    settings.device_label = raw.device.empty() ? "command line" : raw.device;
    settings.colour = raw.colour == "always"  ? Colour::always
                      : raw.colour == "never" ? Colour::never
                                              : Colour::automatic;
    if (raw.passphrase_fd >= 0) settings.passphrase_fd = raw.passphrase_fd;
    if (raw.timeout >= 0) settings.timeout = milliseconds(raw.timeout);
    settings.reply_timeout = milliseconds(raw.reply_timeout);
    settings.wait_for_replies = !raw.no_wait;
    settings.hello = !raw.no_hello;
    return settings;
}

}  // namespace kindroom::cli
