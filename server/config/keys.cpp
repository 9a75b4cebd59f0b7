// The table. A new setting is a member of Config (or of Limits) and a row here, and nothing else.
#include "config/key_rows.hpp"

namespace kindroom::config {

namespace {

void add_house(std::vector<Key>& keys) {
    using House = Config::House;
    Rows{keys, "house"}
        .text("name", at<&Config::house, &House::name>, "What the house is called, shown to everybody who connects.")
        .flag("open_registration", at<&Config::house, &House::open_registration>,
              "Whether an account can be made without an invite code. Keep it off unless moderators are always there.")
        .path("rules_file", at<&Config::house, &House::rules_file>,
              "House rules as TOML: [[rule]] with id and text. Empty: the built-in ones.")
        .path("data_policy_file", at<&Config::house, &House::data_policy_file>,
              "What is stored about people and who can read it, as plain text. Empty: the built-in text.")
        .path("help_file", at<&Config::house, &House::help_file>,
              "Crisis lines and other places to turn to, as TOML. Empty: a sentence that says there are none.")
        .path("filters_file", at<&Config::house, &House::filters_file>,
              "What is looked for in messages, and what is done then, as TOML. Empty: the built-in filters.")
        .text("web_hook", at<&Config::house, &House::web_hook>,
              "Where somebody outside is paged when help is needed, without a word of it: a URL. Empty: nowhere.")
        .text("appeal", at<&Config::house, &House::appeal>,
              "How to object to a decision, shown with each one: an address, a person, a form.")
        .text("time_zone", at<&Config::house, &House::time_zone>,
              "In which rooms have their opening hours, by its IANA name, such as \"Europe/Berlin\".");
}

void add_listen(std::vector<Key>& keys) {
    using Listen = Config::Listen;
    Rows{keys, "listen"}
        .text("address", at<&Config::listen, &Listen::address>,
              "Where TLS clients connect: a numeric address and a port. Port 0: any free one. Empty: no TLS listener.")
        .path("certificate", at<&Config::listen, &Listen::certificate>,
              "The certificate chain, PEM. Read again on SIGHUP, without dropping a connection.")
        .path("certificate_key", at<&Config::listen, &Listen::certificate_key>, "Its private key, PEM.")
        .duration("https_only_for", at<&Config::listen, &Listen::https_only_for>, {0, 2 * year},
                  "How long browsers shall come to this host by TLS only (HSTS), each time anew. 0ms: not told.")
        .text("plain_address", at<&Config::listen, &Listen::plain_address>,
              "A listener without TLS, for a proxy on this machine and for tests. Empty: none.")
        .flag("plain_beyond_loopback", at<&Config::listen, &Listen::plain_beyond_loopback>,
              "Must be true for a plain_address that others can reach: words would travel readable.")
        .path("port_file", at<&Config::listen, &Listen::port_file>,
              "Where the ports in use are written once the server listens. Empty: nowhere.")
        .texts("proxies", at<&Config::listen, &Listen::proxies>,
               "Networks of proxies that begin with the PROXY protocol, such as \"192.0.2.7\" or \"10.1.0.0/16\".")
        .texts("origins", at<&Config::listen, &Listen::origins>,
               "Web origins whose pages may connect, such as \"https://rooms.example\". Programs send none and may.");
}

void add_the_machine(std::vector<Key>& keys) {
    Rows{keys, "store"}
        .choice("kind", at<&Config::store, &Config::Store::kind>, {"sqlite", "memory"},
                "\"sqlite\" keeps; \"memory\" forgets everything when the server ends, for trying things out.")
        .path("path", at<&Config::store, &Config::Store::path>, "The database file. It is made when it is missing.")
        .count("readers", at<&Config::store, &Config::Store::readers>, {1, 16},
               "Threads that read from the database beside the one that writes. More slow the writer down.")
        .path("audit_heads_file", at<&Config::store, &Config::Store::audit_heads_file>,
              "Where the head of the audit log is noted, daily and at the end. Copy it to where nobody here can write.");
    Rows{keys, "keys"}
        .path("master_key_file", at<&Config::keys, &Config::Keys::master_key_file>,
              "The key under which all words are sealed. Back it up apart from the database.")
        .path("ring_file", at<&Config::keys, &Config::Keys::ring_file>,
              "What was destroyed is destroyed in here, for copies too. Keep its newest copy, and no older one.");
    Rows{keys, "operator"}.path("socket", at<&Config::operator_, &Config::Operator::socket>,
                                "Unix socket for the operator's commands; whoever may open it is an admin.");
    Rows{keys, "runtime"}
        .count("shards", at<&Config::runtime, &Config::Runtime::shards>, {0, 256},
               "Threads that serve connections and rooms. 0: one for each core.")
        .size("passphrase_memory_bytes", at<&Config::runtime, &Config::Runtime::passphrase_memory_bytes>,
              {8 * kib, 4096 * mib},
              "Memory for checking one passphrase (argon2id). Less makes stolen hashes cheaper to guess.")
        .count("passphrase_passes", at<&Config::runtime, &Config::Runtime::passphrase_passes>, {1, 64},
               "Passes over that memory.")
        .flag("core_dumps", at<&Config::runtime, &Config::Runtime::core_dumps>,
              "Whether a crash may leave the server's memory, with people's words, on the disk; and debuggers look into it.");
    Rows{keys, "log"}
        .choice("format", at<&Config::log, &Config::Log::format>, {"text", "json"},
                "Lines for people or objects for programs, on standard error.")
        .choice("level", at<&Config::log, &Config::Log::level>, {"debug", "info", "warning", "error"},
                "The least serious kind of line that is written. No level logs words, names or addresses.");
}

void add_network_limits(std::vector<Key>& keys) {
    using L = Limits;
    Rows{keys, "limits"}
        .heading("Bytes and frames")
        .size("head_bytes_max", limit<&L::head_bytes_max>, {1 * kib, 1 * mib},
              "The HTTP request head. Beyond: answered 431.")
        .size("frame_bytes_max", limit<&L::frame_bytes_max>, {1 * kib, 1 * mib},
              "One WebSocket message of a client. Beyond: closed with 1009.")
        .count("fragments_max", limit<&L::fragments_max>, {1, a_lot},
               "WebSocket fragments of one message. Beyond: closed with 4502.")
        .count("control_frames_max", limit<&L::control_frames_max>, {1, a_lot},
               "Pings and pongs of one connection in control_frames_window. Beyond: closed with 4502.")
        .duration("control_frames_window", limit<&L::control_frames_window>, {1, hour},
                  "The time over which they are counted.")
        .size("read_bytes_per_second", limit<&L::read_bytes_per_second>, {1 * kib, 1024 * mib},
              "Sustained reading from one connection. Beyond: reading pauses.")
        .size("read_burst_bytes", limit<&L::read_burst_bytes>, {1 * kib, 1024 * mib},
              "How far a connection may be ahead of that. Beyond: reading pauses.")
        .count("nesting_depth_max", limit<&L::nesting_depth_max>, {4, 100},
               "Messages within one another in a frame. Beyond: the frame counts as malformed.")
        .count("malformed_frames_max", limit<&L::malformed_frames_max>, {1, a_lot},
               "Unreadable frames on one connection. Beyond: closed with 4500.")
        .heading("Connections")
        .count("connections_max", limit<&L::connections_max>, {1, a_lot},
               "Connections in all. Beyond: the server stops accepting until one ends.")
        .count("connections_per_network_max", limit<&L::connections_per_network_max>, {1, a_lot},
               "From one IPv4 address or IPv6 /64; loopback is not counted. Beyond: closed with 4004.")
        .count("connections_before_sign_in_max", limit<&L::connections_before_sign_in_max>, {1, a_lot},
               "Connections that have not signed in. Beyond: closed with 4004.")
        .count("handshakes_max", limit<&L::handshakes_max>, {1, a_lot},
               "Connections that are not a WebSocket yet. Beyond: the one that came first is dropped.")
        .duration("handshake_max", limit<&L::handshake_max>, {1, 10 * minute},
                  "For what a proxy says, for TLS, and for the HTTP head. Beyond: dropped.")
        .size("proxy_header_bytes_max", limit<&L::proxy_header_bytes_max>, {256, 64 * kib},
              "What a proxy of listen.proxies says of whom it brings. Beyond: dropped.")
        .duration("tickets_renewed_every", limit<&L::tickets_renewed_every>, {1, 30 * day},
                  "New keys for TLS session tickets. Whoever has an older ticket goes through the whole handshake.")
        .duration("sign_in_max", limit<&L::sign_in_max>, {1, day},
                  "From connecting to signing in; a person reads the rules first. Beyond: closed with 4003.")
        .duration("ping_every", limit<&L::ping_every>, {1, hour}, "A WebSocket ping on a connection that is quiet.")
        .duration("idle_max", limit<&L::idle_max>, {1, day},
                  "Nothing heard from a client, answers to pings included. Beyond: closed with 4002.")
        .duration("close_max", limit<&L::close_max>, {1, 10 * minute},
                  "For the closing handshake. Beyond: the connection is dropped.")
        .duration("come_back_spread", limit<&L::come_back_spread>, {1, hour},
                  "Over how long the clients of a stopping server are asked to come back.")
        .heading("What waits")
        .count("requests_in_flight_max", limit<&L::requests_in_flight_max>, {1, a_lot},
               "Commands of one connection that are not answered yet. Beyond: reading pauses.")
        .size("outbox_bytes_max", limit<&L::outbox_bytes_max>, {1 * kib, 1024 * mib},
              "What waits to be sent to one connection. Beyond: closed with 4001.")
        .count("outbox_events_max", limit<&L::outbox_events_max>, {1, a_lot},
               "The number of frames in it. Beyond: closed with 4001.")
        .count("mailbox_tasks_max", limit<&L::mailbox_tasks_max>, {1, a_lot},
               "Commands waiting for one room or account. Beyond: refused as unavailable.")
        .count("passphrase_queue_max", limit<&L::passphrase_queue_max>, {1, a_lot},
               "Passphrases waiting to be checked. Beyond: refused as unavailable.")
        .count("store_queue_max", limit<&L::store_queue_max>, {1, a_lot},
               "Transactions waiting for the storage thread. Beyond: refused as unavailable.");
}

void add_domain_limits(std::vector<Key>& keys) {
    using L = Limits;
    Rows{keys, "limits"}
        .heading("Texts")
        .count("text_code_points_max", limit<&L::text_code_points_max>, {1, 100'000},
               "One message. Beyond: refused as too long.")
        .count("name_code_points_max", limit<&L::name_code_points_max>, {1, 1'000},
               "One name in a room. Beyond: refused as unsuitable.")
        .count("topic_code_points_max", limit<&L::topic_code_points_max>, {1, 10'000}, "A room's topic.")
        .count("welcome_code_points_max", limit<&L::welcome_code_points_max>, {1, 100'000}, "A room's welcome text.")
        .count("labels_max", limit<&L::labels_max>, {0, 1'000}, "Content labels of one room, each at most a name long.")
        .count("note_code_points_max", limit<&L::note_code_points_max>, {1, 100'000},
               "A handover note, the facts of a decision. Beyond: refused as too long.")
        .count("device_label_bytes_max", limit<&L::device_label_bytes_max>, {1, 1'000},
               "What a device is called in the list of sessions, in bytes.")
        .count("client_name_bytes_max", limit<&L::client_name_bytes_max>, {1, 1'000},
               "What a client program calls itself, in bytes.")
        .count("rules_max", limit<&L::rules_max>, {1, 1'000}, "House rules in one version.")
        .count("passphrase_code_points_min", limit<&L::passphrase_code_points_min>, {8, 256},
               "The shortest passphrase. It is the only thing that guards an account, so 15 is NIST's advice.")
        .count("passphrase_code_points_max", limit<&L::passphrase_code_points_max>, {64, 4'096},
               "The longest passphrase.")
        .heading("Rooms")
        .count("seats_default", limit<&L::seats_default>, {1, a_lot},
               "People after whom a room is full for one who would like to join, where the room does not say.")
        .count("seats_max", limit<&L::seats_max>, {1, a_lot}, "The largest that a room may be set to.")
        .count("rooms_max", limit<&L::rooms_max>, {1, a_lot}, "Rooms in the house. Beyond: refused as unavailable.")
        .count("rooms_per_person_max", limit<&L::rooms_per_person_max>, {1, 10'000}, "Rooms that one account is in.")
        .count("history_page_max", limit<&L::history_page_max>, {1, 1'000}, "Messages in one page of history.")
        .size("history_page_bytes_max", limit<&L::history_page_bytes_max>, {1 * kib, 64 * mib},
              "Their size all together; a page has at least one message.")
        .count("window_steps", limit<&L::window_steps>, {1, a_lot},
               "The newest steps of a room that are kept in memory, for resuming and for history.")
        .duration("retention_sweep", limit<&L::retention_sweep>, {1, day},
                  "How often the keys of rooms that nobody visits are looked after.")
        .duration("room_idle_max", limit<&L::room_idle_max>, {1, day},
                  "How long a room that nobody listens to stays in memory.")
        .duration("account_idle_max", limit<&L::account_idle_max>, {1, day}, "And an account without a connection.")
        .duration("roster_tick", limit<&L::roster_tick>, {1, hour},
                  "How often a roster may change for members. Short ticks tell who came and went, and when.")
        .duration("roster_tick_jitter", limit<&L::roster_tick_jitter>, {0, hour},
                  "At most this much earlier or later, at random.")
        .duration("presence_linger", limit<&L::presence_linger>, {0, day},
                  "How long a person whose devices are gone stays in the roster.")
        .duration("edit_window", limit<&L::edit_window>, {0, 30 * day}, "How long one's own words can be changed.")
        .duration("idempotency_kept", limit<&L::idempotency_kept>, {1, 30 * day},
                  "How long a repeated post is recognised as the same. A clock that is set a day forward is to change "
                  "nothing.")
        .count("edits_max", limit<&L::edits_max>, {1, 100}, "Edits of one message. Beyond: refused as too late.")
        .duration("breath_max", limit<&L::breath_max>, {0, hour}, "The longest breath before others see a message.")
        .count("message_labels_max", limit<&L::message_labels_max>, {0, 100}, "Content labels of one message.")
        .count("mentions_max", limit<&L::mentions_max>, {0, 8}, "People mentioned in one message.")
        .count("catch_up_max", limit<&L::catch_up_max>, {1, 1'000},
               "Messages of a catch-up after having stepped away: the newest ones.")
        .duration("heard_every", limit<&L::heard_every>, {1, day},
                  "How often an author may learn that they were heard.")
        .heading("Boundaries and contacts")
        .count("boundaries_max", limit<&L::boundaries_max>, {1, a_lot}, "Blocks and mutes of one account.")
        .count("people_per_command_max", limit<&L::people_per_command_max>, {1, 1'000}, "People blocked in one call.")
        .count("muted_words_max", limit<&L::muted_words_max>, {1, 1'000},
               "Words and phrases muted by one account, each at most a name long.")
        .count("label_choices_max", limit<&L::label_choices_max>, {1, 10'000},
               "Labels for which one account has chosen to be shown what carries them.")
        .duration("unblock_delay", limit<&L::unblock_delay>, {0, day},
                  "How long after it was asked for a block ends, so that it does not flicker.")
        .count("unblocks_per_day", limit<&L::unblocks_per_day>, {1, 10'000}, "Blocks ended by one account in a day.")
        .duration("firm_max", limit<&L::firm_max>, {0, 7 * day},
                  "The longest time that one can step away for without a way back.")
        .duration("received_kept_every", limit<&L::received_kept_every>, {1, hour},
                  "How often it is written down what has reached each person, which a block must know.")
        .count("contacts_max", limit<&L::contacts_max>, {1, 100'000}, "Contacts of one account.")
        .count("offers_max", limit<&L::offers_max>, {1, 10'000}, "Offers of contact that one account has open.")
        .duration("offer_fades", limit<&L::offer_fades>, {1, year}, "How long an offer of contact stays open.")
        .duration("offer_again", limit<&L::offer_again>, {1, 10 * year},
                  "How long after an offer the same person can be offered contact again.")
        .duration("offer_shared_room", limit<&L::offer_shared_room>, {1, year},
                  "How lately both must have been in one room for an offer.")
        .duration("contact_quiet_max", limit<&L::contact_quiet_max>, {1, 10 * year},
                  "A contact in which nobody has spoken for this long rests.")
        .heading("Decisions of moderators")
        .count("facts_code_points_max", limit<&L::facts_code_points_max>, {50, 10'000}, "The facts of a decision.")
        .count("decisions_max", limit<&L::decisions_max>, {5, 200},
               "Decisions kept about one account; the oldest that is over is forgotten first.")
        .duration("decision_kept", limit<&L::decision_kept>, {day, 10 * year},
                  "How long a decision is kept after its end, so that it can be appealed.")
        .duration("timeout_min", limit<&L::timeout_min>, {1, 28 * day}, "The shortest timeout.")
        .duration("timeout_max", limit<&L::timeout_max>, {1, 28 * day}, "The longest timeout.")
        .duration("network_ban_max", limit<&L::network_ban_max>, {1, 30 * day},
                  "The longest ban of a network: its addresses soon belong to somebody else.")
        .duration("timeout_unconfirmed_max", limit<&L::timeout_unconfirmed_max>, {0, 28 * day},
                  "A timeout that is longer and not the first needs a second moderator.")
        .duration("timeouts_counted_for", limit<&L::timeouts_counted_for>, {0, 10 * year},
                  "How long an earlier timeout makes another one not the first.")
        .duration("confirm_within", limit<&L::confirm_within>, {1, 7 * day},
                  "What needs a second moderator and is not confirmed by then lapses.")
        .count("unconfirmed_max", limit<&L::unconfirmed_max>, {1, 1'000},
               "Decisions in the list of those that wait for a second moderator.")
        .heading("Rates: a burst, then one more each time the interval has passed. Beyond: refused until then")
        .count("posts_burst", limit<&L::posts_burst>, {1, a_lot}, "Messages of one person in one room.")
        .duration("post_every", limit<&L::post_every>, {1, day}, "One more.")
        .count("newcomer_posts_burst", limit<&L::newcomer_posts_burst>, {1, a_lot}, "The same for a new account.")
        .duration("newcomer_post_every", limit<&L::newcomer_post_every>, {1, day}, "One more.")
        .duration("newcomer_for", limit<&L::newcomer_for>, {0, 365 * day}, "How long an account is new.")
        .count("commands_burst", limit<&L::commands_burst>, {1, a_lot}, "All other commands of one connection.")
        .duration("command_every", limit<&L::command_every>, {1, day}, "One more.")
        .count("joins_burst", limit<&L::joins_burst>, {1, a_lot}, "Joining, leaving and coming back.")
        .duration("join_every", limit<&L::join_every>, {1, day}, "One more.")
        .count("exports_burst", limit<&L::exports_burst>, {1, a_lot},
               "Pieces of their own data that somebody asks for.")
        .duration("export_every", limit<&L::export_every>, {1, day}, "One more.");
}

void add_attendance_limits(std::vector<Key>& keys) {
    using L = Limits;
    Rows{keys, "limits"}
        .heading("Rooms that never run unattended")
        .duration("duty_linger", limit<&L::duty_linger>, {0, hour},
                  "How long a moderator whose devices are gone stays on duty.")
        .duration("unattended_grace", limit<&L::unattended_grace>, {0, day},
                  "How long a room that needs a moderator goes on without one.")
        .duration("winding_down", limit<&L::winding_down>, {0, day},
                  "Then people are told, and have this long before it pauses.")
        .count("sentence_code_points_max", limit<&L::sentence_code_points_max>, {1, 10'000},
               "Why a room is paused, its opening words, its closing words.")
        .count("opening_spans_max", limit<&L::opening_spans_max>, {0, 1'000},
               "Times of the week at which one room is open.")
        .duration("listen_only_default", limit<&L::listen_only_default>, {0, day},
                  "How long somebody only listens who is in a room for the first time, where the room does not say.")
        .duration("knock_fades", limit<&L::knock_fades>, {1, day}, "A knock that nobody answers is gone after this.")
        .duration("knock_opens", limit<&L::knock_opens>, {1, day}, "Whoever was let in comes in within this.")
        .count("knocks_max", limit<&L::knocks_max>, {1, 10'000},
               "Knocks at one room. Beyond: answered alike, and heard by nobody.")
        .count("room_invites_max", limit<&L::room_invites_max>, {1, 10'000}, "Invites to one room that hold.")
        .count("wave_joins_max", limit<&L::wave_joins_max>, {1, 10'000},
               "First visits to one room in wave_window, as each newcomer sees them. Beyond: they only listen.")
        .duration("wave_window", limit<&L::wave_window>, {1, day}, "The time over which they are counted.")
        .duration("wave_listen_only", limit<&L::wave_listen_only>, {1, day}, "How long they then listen.")
        .count("pile_on_people_max", limit<&L::pile_on_people_max>, {1, 10'000},
               "Others who turned to one person in pile_on_window, as an author sees it. Beyond: refused until then.")
        .duration("pile_on_window", limit<&L::pile_on_window>, {1, day}, "The time over which they are counted.");
}

void add_sign_in_limits(std::vector<Key>& keys) {
    using L = Limits;
    Rows{keys, "limits"}
        .heading("Signing in")
        .count("sign_in_tries_fast", limit<&L::sign_in_tries_fast>, {1, 100},
               "Wrong passphrases for one account before it slows down. A known device's token always works.")
        .duration("sign_in_backoff_first", limit<&L::sign_in_backoff_first>, {1, day},
                  "How long it then waits, twice as long each time.")
        .duration("sign_in_backoff_max", limit<&L::sign_in_backoff_max>, {1, 7 * day}, "But at most this.")
        .count("sign_in_tries_per_network", limit<&L::sign_in_tries_per_network>, {1, a_lot},
               "Wrong passphrases from one network in an hour.")
        .count("appeal_tries_per_network", limit<&L::appeal_tries_per_network>, {1, a_lot},
               "Codes of appeals that are none, from one network in an hour. A right one is taken all the same.")
        .count("sign_ups_per_network", limit<&L::sign_ups_per_network>, {1, a_lot},
               "Accounts made from one network in an hour; loopback is not counted.")
        .count("networks_remembered_max", limit<&L::networks_remembered_max>, {1, 100 * a_lot},
               "Networks for which tries are counted; the oldest is forgotten first.")
        .count("sessions_per_account_max", limit<&L::sessions_per_account_max>, {1, 1'000},
               "Devices that one account is signed in on. Beyond: the one unused for longest is signed out.")
        .duration("session_idle_max", limit<&L::session_idle_max>, {1, 10 * year},
                  "A session that is not used ends after this.")
        .duration("session_age_max", limit<&L::session_age_max>, {1, 10 * year}, "And any session after this.")
        .duration("staff_session_age_max", limit<&L::staff_session_age_max>, {1, 10 * year},
                  "For moderators of the house and for admins.")
        .duration("invite_holds_default", limit<&L::invite_holds_default>, {1, 10 * year},
                  "How long an invite code holds, where its maker does not say.")
        .count("invite_uses_max", limit<&L::invite_uses_max>, {1, a_lot}, "Accounts that one invite code can make.");
}

}  // namespace

std::span<const Section> sections() {
    static const std::vector<Section> all{
        {"house", "Who you are to the people who come."},
        {"listen", "How clients reach the server."},
        {"store", "Where everything is kept."},
        {"keys", "What must be kept secret."},
        {"operator", "How you talk to the running server (`kindroomd invite`, `kindroomd room create`...)."},
        {"runtime", "How much of the machine is used."},
        {"log", "What is written while it runs."},
        {"limits", "Every bound, and what happens beyond it. Safe as they are; change one when you know why."},
    };
    return all;
}

std::span<const Key> keys() {
    static const std::vector<Key> all = [] {
        std::vector<Key> rows;
        add_house(rows);
        add_listen(rows);
        add_the_machine(rows);
        add_network_limits(rows);
        add_domain_limits(rows);
        add_attendance_limits(rows);
        add_case_limits(rows);
        add_circle_limits(rows);
        add_filter_limits(rows);
        add_sign_in_limits(rows);
        return rows;
    }();
    return all;
}

}  // namespace kindroom::config
