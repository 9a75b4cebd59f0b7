#include "arguments.hpp"

#include <CLI/CLI.hpp>
#include <map>
#include <ostream>
#include <utility>

#include "config/units.hpp"
#include "operator/moments.hpp"

namespace kindroom {

namespace {

constexpr int exit_for_usage = 2;
constexpr const char* default_config_file = "/etc/kindroom/kindroomd.toml";
constexpr const char* about = R"(The Kindroom server, and the operator's commands for one that runs.

Examples:
  kindroomd init --dev-certificate house           make a folder to try things out
  kindroomd --config house/kindroomd.toml          serve
  kindroomd first-admin --config house/kindroomd.toml

docs/operator.md has the first steps; `kindroomd config default` is the manual of the configuration.)";

const std::map<std::string, domain::Role> roles{
    {"member", domain::Role::member}, {"moderator", domain::Role::moderator}, {"admin", domain::Role::admin}};
const std::map<std::string, domain::Retention> retentions{
    {"24h", domain::Retention::hours_24}, {"7d", domain::Retention::days_7}, {"30d", domain::Retention::days_30}};

const std::map<std::string, domain::JoinPolicy> policies{{"open", domain::JoinPolicy::open},
                                                         {"knock", domain::JoinPolicy::knock},
                                                         {"invite", domain::JoinPolicy::invite}};

// An option whose value is one of a few words.
template <class Enum>
CLI::Option* add_word(CLI::App& command, const std::string& name, const std::map<std::string, Enum>& words,
                      std::function<void(Enum)> take, const std::string& help) {
    std::vector<std::string> known;
    for (const auto& [word, value] : words) known.push_back(word);
    const auto take_word = [&words, take = std::move(take)](const std::string& word) { take(words.at(word)); };
    return command.add_option_function<std::string>(name, take_word, help)->check(CLI::IsMember(known));
}

// CLI11's own say that a 0 is not between the smallest and the greatest number that there are.
CLI::Validator whole_number(unsigned least) {
    const auto check = [least](const std::string& text) -> std::string {
        const bool is_number = !text.empty() && text.size() < 10 && text.find_first_not_of("0123456789") == text.npos;
        if (is_number && std::stoul(text) >= least) return "";
        return "write a whole number from " + std::to_string(least) + " on";
    };
    return {check, ""};
}

CLI::Option* add_duration(CLI::App& command, const std::string& name, std::function<void(Duration)> take,
                          const std::string& help) {
    const auto check = [](const std::string& text) -> std::string {
        return config::parse_duration(text) ? "" : "write a number and its unit: ms, s, m, h or d, such as 14d";
    };
    const auto take_text = [take = std::move(take)](const std::string& text) { take(*config::parse_duration(text)); };
    return command.add_option_function<std::string>(name, take_text, help)->check(check)->type_name("DURATION");
}

// Where no time at all would be taken for the default.
CLI::Validator some_time() {
    const auto check = [](const std::string& text) -> std::string {
        const auto duration = config::parse_duration(text);
        return duration && *duration > Duration{0} ? "" : "it would be over at once";
    };
    return {check, ""};
}

CLI::Option* add_day(CLI::App& command, const std::string& name, std::function<void(TimePoint)> take,
                     const std::string& help) {
    const auto check = [](const std::string& text) -> std::string {
        return operator_::read_day(text) ? "" : "write a day as 2026-11-27";
    };
    const auto take_text = [take = std::move(take)](const std::string& text) { take(*operator_::read_day(text)); };
    return command.add_option_function<std::string>(name, take_text, help)->check(check)->type_name("YYYY-MM-DD");
}

// The tree of commands. Each leaf puts what it was asked for into `arguments_` when it has been parsed.
class Tree {
  public:
    Tree() : app_(about, "kindroomd") {
        app_.add_option("--config", arguments_.config_file, "The configuration file")->default_val(default_config_file);
        app_.add_flag_callback(
            "--check", [this] { arguments_.wish = CheckConfiguration{}; },
            "Report every mistake in the configuration, then leave");
        app_.add_flag_callback(
            "--version", [this] { arguments_.wish = PrintVersion{}; }, "Print the version");
        app_.require_subcommand(0, 1);
        app_.fallthrough();
        add_own_commands();
        add_invites();
        add_rooms();
        add_rules();
        add_people();
        add_audit();
        add_data();
    }
    CLI::App& app() { return app_; }
    Arguments take() { return std::move(arguments_); }

  private:
    CLI::App& leaf(CLI::App& parent, const std::string& name, const std::string& help, std::function<void()> done) {
        CLI::App& command = *parent.add_subcommand(name, help);
        command.fallthrough();
        command.callback(std::move(done));
        return command;
    }
    // A command for the running server; `order` is filled by its options and must outlive the parsing.
    template <class O>
    CLI::App& order_leaf(CLI::App& parent, const std::string& name, const std::string& help, const O& order) {
        CLI::App& command = leaf(parent, name, help, [this, &order] { arguments_.wish = OperatorOrder{order, json_}; });
        command.add_flag("--json", json_, "Print the server's reply as JSON");
        return command;
    }
    CLI::App& branch(const std::string& name, const std::string& help) {
        CLI::App& command = *app_.add_subcommand(name, help);
        command.require_subcommand(1);
        command.fallthrough();
        return command;
    }

    void add_own_commands() {
        leaf(app_, "serve", "Serve; the same as no command at all", [] {});
        CLI::App& config = branch("config", "About the configuration file");
        leaf(config, "default", "Print the commented sample with all defaults",
             [this] { arguments_.wish = PrintDefaultConfiguration{}; });
        leaf(config, "check", "Report every mistake in the configuration",
             [this] { arguments_.wish = CheckConfiguration{}; });
        CLI::App& init = leaf(app_, "init", "Make a folder with a configuration and a new master key",
                              [this] { arguments_.wish = init_; });
        init.add_option("folder", init_.folder, "The folder; what is in it already stays as it is")->required();
        CLI::App& selftest = branch("selftest", "Try this program out, in a scratch folder, without touching a house");
        CLI::App& boundaries = leaf(selftest, "boundaries", "Look for each sign by which a block could be noticed",
                                    [this] { arguments_.wish = test_boundaries_; });
        boundaries.add_option("--pairs", test_boundaries_.pairs, "Pairs of calls whose latencies are compared (2000)");
        boundaries.add_option("--look", test_boundaries_.look, "Only the look of this number (all)");
        CLI::App& filters = branch("filters", "What the house looks for in messages");
        CLI::App& try_out = leaf(filters, "try", "Say which filter would act on each line of a file",
                                 [this] { arguments_.wish = try_filters_; });
        try_out.add_option("file", try_filters_.file, "Each line is taken for a message; - reads standard input")
            ->required();
        try_out.add_option("--filters", try_filters_.filters, "A file of filters; without it, those of the house");
        init.add_flag("--dev-certificate", init_.dev_certificate, "Also a certificate for this machine only, 90 days");
    }

    void add_invites() {
        CLI::App& invite = order_leaf(app_, "invite", "Print a code that makes an account", invite_);
        add_word<domain::Role>(
            invite, "--role", roles, [this](auto role) { invite_.role = role; }, "What the account will be (member)");
        invite.add_option("--room", invite_.room, "The one room that a moderator looks after (all)");
        invite.add_option("--uses", invite_.uses, "How many accounts it makes (1)")->check(whole_number(1));
        add_duration(
            invite, "--holds-for", [this](Duration d) { invite_.holds_for = d; }, "For how long it holds")
            ->check(some_time());

        first_admin_.role = domain::Role::admin;
        first_admin_.first_admin = true;
        order_leaf(app_, "first-admin", "Print a code for the first admin, and what to do with it", first_admin_);
    }

    void add_room_options(CLI::App& command, operator_::RoomOptions& options) {
        command.add_option("--welcome", options.welcome, "Shown to a person who enters");
        command.add_option_function<std::vector<std::string>>(
            "--label", [&options](const auto& labels) { options.labels = labels; },
            "A warning about what is talked of here, a short word; may be repeated");
        add_word<domain::Retention>(
            command, "--retention", retentions, [&options](auto r) { options.retention = r; },
            "How long words are kept (30d)");
        add_duration(
            command, "--slow-mode", [&options](Duration d) { options.slow_mode = d; },
            "How long one person waits between two messages (0s)");
        command.add_option("--seats", options.seats, "People after whom it is full")->check(whole_number(1));
        command.add_flag_function(
            "--history-before-joining,!--no-history-before-joining",
            [&options](std::int64_t given) { options.history_before_joining = given > 0; },
            "Whether newcomers may read what was said before");
        command.add_flag_function(
            "--needs-moderator,!--no-needs-moderator",
            [&options](std::int64_t given) { options.needs_moderator = given > 0; },
            "Whether it pauses when no moderator is on duty");
        add_duration(
            command, "--listen-only", [&options](Duration d) { options.listen_only = d; },
            "How long somebody only listens who comes in for the first time (the house's default)");
        add_word<domain::JoinPolicy>(
            command, "--join", policies, [&options](auto policy) { options.join_policy = policy; },
            "Who comes in (open)");
        command
            .add_option("--hold-first-messages", options.hold_first_messages,
                        "First messages of each person that a moderator looks at before others see them (0)")
            ->check(whole_number(0));
        command.add_option("--opening-words", options.opening_words, "Said when its hours begin");
        command.add_option("--closing-words", options.closing_words, "Said when its hours are over");
        command.add_option("--hours", options.hours, "When it is open, as \"mon-fri 18:00-20:00\" or always")
            ->check(CLI::Validator(
                [](const std::string& text) {
                    return operator_::are_hours(text)
                               ? std::string()
                               : "write hours as \"mon-fri 18:00-20:00, sun 19:00-21:00\", or \"always\"";
                },
                "HOURS"));
    }

    void add_rooms() {
        CLI::App& room = branch("room", "Make, change and close rooms");
        CLI::App& create = order_leaf(room, "create", "Make a room", create_room_);
        create.add_option("--topic", create_room_.options.topic, "What it is about; one line")->required();
        add_room_options(create, create_room_.options);
        CLI::App& change = order_leaf(room, "change", "Change what is named, leave the rest", change_room_);
        change.add_option("room", change_room_.room, "Its topic or id")->required();
        change.add_option("--topic", change_room_.options.topic, "A new topic");
        add_room_options(change, change_room_.options);
        order_leaf(room, "close", "Close a room for good", close_room_)
            .add_option("room", close_room_.room, "Its topic or id")
            ->required();
        order_leaf(room, "list", "Print all rooms", list_rooms_);
    }

    void add_rules() {
        CLI::App& rules = branch("rules", "The house rules");
        order_leaf(rules, "publish", "Put new rules in force; everybody is asked for consent again", publish_rules_)
            .add_option("file", publish_rules_.file, "TOML with [[rule]] id and text, as deploy/house/rules.toml")
            ->required();
        order_leaf(rules, "show", "Print the rules in force", show_rules_);
    }

    void add_people() {
        CLI::App& role = order_leaf(app_, "role", "Change what an account may do", set_role_);
        role.add_option("login", set_role_.login_id, "Its login id")->required();
        add_word<domain::Role>(
            role, "role", roles, [this](auto r) { set_role_.role = r; }, "member, moderator or admin")
            ->required();
        role.add_option("--room", set_role_.room, "The one room that a moderator looks after (all)");

        CLI::App& ban = order_leaf(app_, "ban", "Ban an account; its connections end", ban_);
        ban.add_option("login", ban_.login_id, "Its login id")->required();
        ban.add_option("--rule", ban_.rule_id, "The id of the house rule it rests on")->required();
        ban.add_option("--facts", ban_.facts, "What happened, for the person concerned; - reads standard input")
            ->required();
        add_duration(
            ban, "--for", [this](Duration d) { ban_.lasts = d; }, "For how long (until lifted)")
            ->check(some_time());

        order_leaf(app_, "lift-ban", "Lift a ban", lift_ban_)
            .add_option("login", lift_ban_.login_id, "The login id")
            ->required();
    }

    void add_audit() {
        CLI::App& audit = branch("audit", "The audit log, read from the database file; the server may run");
        CLI::App& verify = leaf(audit, "verify", "Check that nobody has changed, added or dropped an entry",
                                [this] { arguments_.wish = LookAtAudit{verify_audit_}; });
        const auto check = [](const std::string& text) -> std::string {
            return operator_::chain_hash_from_hex(text) ? "" : "write the 64 hexadecimal digits that verify printed";
        };
        const auto take = [this](const std::string& text) {
            verify_audit_.head = operator_::chain_hash_from_hex(text);
        };
        verify.add_option_function<std::string>("--head", take, "A head that you noted elsewhere, which must be in it")
            ->check(check)
            ->type_name("HASH");
        leaf(audit, "show", "Print it, one entry a line; it has no words of people",
             [this] { arguments_.wish = LookAtAudit{show_audit_}; })
            .add_option("--account", show_audit_.login_id, "Only what this login id did or what was done to it");

        CLI::App& report = leaf(app_, "transparency", "Print what was decided in a period, fit to be published",
                                [this] { arguments_.wish = LookAtAudit{report_}; });
        add_day(
            report, "--from", [this](TimePoint day) { report_.period.from = day; }, "Its first day, UTC")
            ->required();
        add_day(
            report, "--to", [this](TimePoint day) { report_.period.until = day + std::chrono::days(1); },
            "Its last day, UTC")
            ->required();
        report.add_flag("--json", report_.json, "Print it as JSON");
    }

    void add_data() {
        const char* ring = "Where the newest copy of the key ring is kept (beside the backup)";
        CLI::App& backup = leaf(app_, "backup", "Copy the database into a new file; the server may run",
                                [this] { arguments_.wish = LookAfterData{backup_}; });
        backup.add_option("file", backup_.file, "The new file")->required();
        backup.add_option("--ring", backup_.ring, ring);

        CLI::App& restore = leaf(app_, "restore", "Put a backup in the place of the database; the server must not run",
                                 [this] { arguments_.wish = LookAfterData{restore_}; });
        restore.add_option("file", restore_.file, "The backup")->required();
        restore.add_flag("--verify", restore_.only_verify, "Only say what is in it, and whether it could be restored");
        restore.add_option("--ring", restore_.ring, ring);
        restore.add_option("--master-key", restore_.master_key, "The master key of then, if it was rotated since");

        CLI::App& keys = branch("keys", "The keys of the house");
        leaf(keys, "rotate", "Make a new master key; the server must not run",
             [this] { arguments_.wish = LookAfterData{operator_::RotateKeys{}}; });
    }

    CLI::App app_;
    Arguments arguments_;
    bool json_ = false;
    MakeFolder init_;
    TestBoundaries test_boundaries_;
    TryFilters try_filters_;
    operator_::Invite invite_;
    operator_::Invite first_admin_;
    operator_::CreateRoom create_room_;
    operator_::ChangeRoom change_room_;
    operator_::CloseRoom close_room_;
    operator_::ListRooms list_rooms_;
    operator_::PublishRules publish_rules_;
    operator_::ShowRules show_rules_;
    operator_::SetRole set_role_;
    operator_::Ban ban_;
    operator_::LiftBan lift_ban_;
    operator_::VerifyAudit verify_audit_;
    operator_::ShowAudit show_audit_;
    operator_::MakeTransparencyReport report_;
    operator_::MakeBackup backup_;
    operator_::Restore restore_;
};

}  // namespace

std::variant<Arguments, int> read_arguments(int argc, const char* const* argv, std::ostream& out, std::ostream& err) {
    Tree tree;
    try {
        tree.app().parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return tree.app().exit(error, out, err) == 0 ? 0 : exit_for_usage;
    }
    return tree.take();
}

}  // namespace kindroom
