// Every bound of the server in one place: what a client can make grow has its bound here. Units stand last in the name.
// Each is a key of the configuration's [limits] table under the same name (config/keys.cpp) and has a test at the limit
// and one past it. The overflow's answer stands beside each: refuse, pause reading, or a close code.
#pragma once

#include <cstdint>

#include "base/time.hpp"

namespace kindroom {

struct Limits {
    // -- bytes and frames (net) --
    std::uint32_t head_bytes_max =
        16 * 1024;  // HTTP request head; cookies and proxies need more than Beast's own 2 KB. 431
    std::uint32_t frame_bytes_max =
        16 * 1024;                     // one WebSocket message of a client; OWASP says at most 64 KB. close 1009
    std::uint32_t fragments_max = 64;  // WebSocket fragments per message: one-byte fragments cost a core. close 4502
    std::uint32_t control_frames_max = 10;  // pings and pongs per control_frames_window. close 4502
    Duration control_frames_window{10'000};
    std::uint32_t read_bytes_per_second = 32 * 1024;  // sustained reading from one connection. pause reading
    std::uint32_t read_burst_bytes = 128 * 1024;      // how far ahead of that it may be. pause reading
    std::uint32_t nesting_depth_max = 16;             // protobuf sub-messages within one another. malformed
    std::uint32_t malformed_frames_max = 8;  // unreadable frames on one connection before we give up. close 4500

    // -- connections (net, actors) --
    std::uint32_t connections_max = 20'000;  // in all; the accept loop pauses. pause accepting
    std::uint32_t connections_per_network_max =
        16;  // an IPv4 address or an IPv6 /64; loopback is not counted. close 4004
    std::uint32_t connections_before_sign_in_max = 2'000;  // strangers may not fill the house. close 4004
    std::uint32_t handshakes_max =
        1'000;  // connections that are not a WebSocket yet; with TLS each holds 100 KB. the oldest is dropped
    Duration handshake_max{5'000};     // what a proxy says, TLS and the HTTP head, each. dropped
    std::uint32_t proxy_header_bytes_max = 1'024;  // what a proxy says of whom it brings. dropped
    Duration tickets_renewed_every{86'400'000};  // keys of TLS tickets; who has an older one shakes hands in full
    Duration sign_in_max{120'000};     // from connecting to signing in; a person reads the rules first. close 4003
    Duration ping_every{30'000};       // WebSocket ping on a quiet connection
    Duration idle_max{75'000};         // nothing heard, pongs included. close 4002
    Duration come_back_spread{5'000};  // clients of a stopping server come back over this long
    Duration close_max{5'000};         // for the closing handshake, then the socket is dropped

    // -- what waits (actors) --
    std::uint32_t requests_in_flight_max = 32;    // commands of one connection that are not answered yet. pause reading
    std::uint32_t outbox_bytes_max = 256 * 1024;  // frames queued for one connection. close 4001
    std::uint32_t outbox_events_max = 1'000;      // and their number. close 4001
    std::uint32_t mailbox_tasks_max = 4'096;      // commands waiting for one room or account. unavailable
    std::uint32_t passphrase_queue_max = 32;      // argon2 jobs waiting. unavailable
    std::uint32_t store_queue_max = 16'384;       // transactions waiting for the storage thread. unavailable

    // -- texts (domain) --
    std::uint32_t text_code_points_max = 4'000;      // one message. text_too_long
    std::uint32_t name_code_points_max = 40;         // one display name. name_unsuitable
    std::uint32_t topic_code_points_max = 120;       // a room's topic. invalid_argument
    std::uint32_t welcome_code_points_max = 2'000;   // a room's welcome text. invalid_argument
    std::uint32_t labels_max = 16;                   // content labels of a room, each a name's length. invalid_argument
    std::uint32_t note_code_points_max = 4'000;      // a handover note, the facts of a decision. text_too_long
    std::uint32_t device_label_bytes_max = 64;       // invalid_argument
    std::uint32_t client_name_bytes_max = 64;        // invalid_argument
    std::uint32_t rules_max = 64;                    // rules of one version. invalid_argument
    std::uint32_t passphrase_code_points_min = 15;   // NIST 800-63B: the only factor. passphrase_unsuitable
    std::uint32_t passphrase_code_points_max = 256;  // passphrase_unsuitable

    // -- rooms (domain) --
    std::uint32_t seats_default = 12;          // people after whom a room is full for one who joins. room_unavailable
    std::uint32_t seats_max = 1'000;           // the largest that a room may be set to. invalid_argument
    std::uint32_t rooms_max = 10'000;          // in one house. unavailable
    std::uint32_t rooms_per_person_max = 100;  // that one account is in. room_unavailable
    std::uint32_t history_page_max = 50;       // messages per page. the page is that long
    std::uint32_t history_page_bytes_max = 64 * 1024;  // texts in one page of history or resume. the page is that long
    Duration retention_sweep{3'600'000};               // how often keys of rooms that nobody visits are looked after
    Duration room_idle_max{600'000};                   // a room nobody listens to leaves the memory after this
    Duration account_idle_max{60'000};                 // likewise an account without a connection
    std::uint32_t window_steps = 256;                  // newest steps of a room kept in memory for resume and history
    Duration roster_tick{30'000};                      // how often a roster may change for members
    Duration roster_tick_jitter{5'000};                // at most this much earlier or later, at random
    Duration presence_linger{90'000};                  // a person whose devices are gone stays in the roster this long
    Duration edit_window{600'000};                     // edit_too_late
    Duration idempotency_kept{172'800'000};            // how long a client_key is remembered
    std::uint32_t edits_max = 10;                      // of one message. edit_too_late
    Duration breath_max{60'000};                       // the longest breath. invalid_argument
    std::uint32_t message_labels_max = 4;              // labels of one message. invalid_argument
    std::uint32_t mentions_max = 8;                    // people mentioned in one message. invalid_argument
    std::uint32_t catch_up_max = 30;                   // messages of a capped catch-up. the newest ones
    Duration heard_every{60'000};                      // how often an author may learn that they were heard

    // -- rooms that never run unattended (domain) --
    Duration duty_linger{20'000};       // a moderator whose devices are gone stays on duty this long
    Duration unattended_grace{60'000};  // a room that needs a moderator and has none goes on this long
    Duration winding_down{120'000};     // then people are told, and have this long. room_paused
    std::uint32_t sentence_code_points_max = 300;  // why a room is paused, opening and closing words. text_too_long
    std::uint32_t opening_spans_max = 28;          // times of the week at which a room is open. invalid_argument
    Duration listen_only_default{30'000};          // a first visit begins with listening, where the room does not say
    Duration knock_fades{300'000};                 // a knock that nobody answers is gone after this
    Duration knock_opens{600'000};                 // whoever was let in comes in within this
    std::uint32_t knocks_max = 50;                 // knocks at one room; more are answered alike and heard by nobody
    std::uint32_t room_invites_max = 50;           // invites to one room that hold. too_many
    std::uint32_t wave_joins_max = 6;              // first visits in wave_window; more listen only. listen_only
    Duration wave_window{60'000};
    Duration wave_listen_only{1'800'000};  // for this long
    std::uint32_t pile_on_people_max = 6;  // others who turned to one person in pile_on_window. many_to_one
    Duration pile_on_window{60'000};

    // -- circles (domain) --
    std::uint32_t circle_seats_min = 4;        // the fewest that a circle may be set to. invalid_argument
    std::uint32_t circle_seats_max = 8;        // and the most, so that all have a turn. invalid_argument
    std::uint32_t sign_ups_max = 24;           // for one draw, and people while a circle gathers. draw_full
    std::uint32_t blank_tickets_per_cent = 6;  // so that not to be drawn proves nothing
    Duration turn_soft_default{180'000};       // when a turn should come to an end, if the room does not say
    Duration turn_hard_default{240'000};       // and when the floor goes on
    Duration turn_max{1'800'000};              // the longest that a room may set. invalid_argument
    Duration short_turn_soft{45'000};          // likewise in check-in, reflections and closing
    Duration short_turn_hard{60'000};          // there the floor goes on
    Duration turn_extension{60'000};           // what a moderator adds to a turn at once
    Duration floor_grace{30'000};              // the floor waits so long for a holder whose devices have gone
    Duration circle_abandoned_after{900'000};  // then a sitting that everybody has gone from is over

    // -- boundaries and contacts (domain) --
    std::uint32_t boundaries_max = 5'000;       // blocks and mutes of one account. too_many
    std::uint32_t people_per_command_max = 50;  // blocked in one call. invalid_argument
    std::uint32_t muted_words_max = 200;        // words and phrases muted by one account. too_many
    std::uint32_t label_choices_max = 200;      // labels for which one account has chosen something. too_many
    Duration unblock_delay{600'000};            // so that a boundary does not flicker
    std::uint32_t unblocks_per_day = 5;         // rate_limited
    Duration firm_max{86'400'000};              // stepping away without a way back. invalid_argument
    Duration received_kept_every{30'000};       // how often it is written down what has reached a device
    std::uint32_t contacts_max = 500;           // contacts of one account. too_many
    std::uint32_t offers_max = 50;              // offers of contact that one account has open. too_many
    Duration offer_fades{1'209'600'000};        // 14 days
    Duration offer_again{7'776'000'000};        // 90 days between two offers to one person. offered_before
    Duration offer_shared_room{604'800'000};    // how lately both were in one room: 7 days. no_shared_room
    Duration contact_quiet_max{2'592'000'000};  // a contact in which nobody speaks for 30 days rests

    // -- decisions of moderators (domain) --
    std::uint32_t facts_code_points_max = 1'000;   // the facts of a decision. invalid_argument
    std::uint32_t decisions_max = 50;              // kept about one account; the oldest that is over is forgotten first
    Duration decision_kept{15'811'200'000};        // after its end: 183 days, in which it can be appealed
    Duration timeout_min{300'000};                 // 5 minutes. invalid_argument
    Duration timeout_max{2'419'200'000};           // 28 days. invalid_argument
    Duration network_ban_max{2'592'000'000};       // 30 days: an address soon is somebody else's. invalid_argument
    Duration timeout_unconfirmed_max{86'400'000};  // a repeated one that is longer needs a second moderator
    Duration timeouts_counted_for{15'811'200'000};  // how long an earlier timeout makes another one a repeated one
    Duration confirm_within{86'400'000};            // what nobody else confirms by then lapses
    std::uint32_t unconfirmed_max = 100;            // decisions in the list of those to be confirmed; the most urgent
    // -- reports and cases (domain) --
    std::uint32_t reports_per_day = 50;          // by one account. rate_limited
    std::uint32_t evidence_neighbours_max = 5;   // messages around a reported one that are kept with it. the nearest
    std::uint32_t evidence_bytes_max = 64 * 1024;  // texts kept with one report. neighbours and old edits are left out
    std::uint32_t cases_listed_max = 50;         // cases in one answer of the queue. the first of them
    std::uint32_t claims_max = 20;               // cases that one moderator has claimed. too_many
    Duration claim_kept{1'800'000};              // a case that was claimed is everybody's again after this
    std::uint32_t pattern_people_min = 3;        // unrelated people who keep one away, before moderators are told
    Duration pattern_delay_min{3'600'000};       // they are told at random between this
    Duration pattern_delay_max{86'400'000};      // and this, so that no moment says whose block it was
    Duration pattern_again{1'814'400'000};       // and not again about the same person for 21 days
    Duration appeal_fast_under{172'800'000};     // appeals of sanctions shorter than this, 48 hours, go first
    Duration appeal_window{15'811'200'000};      // 183 days; then the evidence of a case is destroyed

    // -- filters, holds for review and help (filters, domain, net) --
    std::uint32_t filters_max = 100;                 // filters of the house. a mistake in their file
    std::uint32_t filter_words_max = 5'000;          // words and phrases of all filters. a mistake in their file
    std::uint32_t filter_patterns_max = 500;         // patterns of all filters. a mistake in their file
    std::uint32_t filter_pattern_bytes_max = 1'000;  // one pattern. a mistake in their file
    Duration review_max{900'000};                    // a post that no moderator has looked at goes back to its author
    std::uint32_t held_for_review_max = 10;          // posts of one person that wait for that in one room. too_many
    std::uint32_t first_messages_max = 50;           // of each person that a room may hold. invalid_argument
    Duration call_again{60'000};                     // the same person's next call pages somebody again after this
    std::uint32_t points_per_day = 10;               // people whom one person points to help. rate_limited
    Duration help_stale_after{15'552'000'000};       // 180 days after it was verified an entry of help is doubtful
    std::uint32_t web_hook_queue_max = 32;           // pages that wait to be sent. the newest is dropped, and counted
    std::uint32_t web_hook_tries_max = 8;            // to send one page. dropped, and counted
    Duration web_hook_try_max{10'000};               // for one try, from its connection to its answer
    Duration web_hook_retry_first{1'000};            // before the second try; then doubling
    Duration web_hook_retry_max{300'000};            // at most

    // -- rates (domain) --
    std::uint32_t posts_burst = 5;  // per person and room. rate_limited
    Duration post_every{2'000};
    std::uint32_t newcomer_posts_burst = 3;  // an account's first hour is slower. rate_limited
    Duration newcomer_post_every{5'000};
    Duration newcomer_for{3'600'000};
    std::uint32_t commands_burst = 60;  // all other commands of one connection. rate_limited
    Duration command_every{50};
    std::uint32_t joins_burst = 20;  // joining, leaving, coming back. rate_limited
    Duration join_every{3'000};

    // -- one's own data (actors) --
    std::uint32_t exports_burst = 30;  // pieces of their own data that somebody may ask for at once. rate_limited
    Duration export_every{1'000};      // and one more

    // -- signing in (domain) --
    std::uint32_t sign_in_tries_fast = 5;          // wrong passphrases per account before it slows down. rate_limited
    Duration sign_in_backoff_first{2'000};         // then this, doubling
    Duration sign_in_backoff_max{900'000};         // at most; a known device's token always works
    std::uint32_t sign_in_tries_per_network = 20;  // wrong ones per network and hour. rate_limited
    std::uint32_t appeal_tries_per_network = 20;   // codes of appeals that are none, likewise. rate_limited
    std::uint32_t sign_ups_per_network = 3;  // accounts per network and hour; loopback is not counted. rate_limited
    std::uint32_t networks_remembered_max = 65'536;  // throttles kept; the oldest is forgotten first
    std::uint32_t sessions_per_account_max = 10;     // the least recently used one ends
    Duration session_idle_max{2'592'000'000};        // 30 days
    Duration session_age_max{7'776'000'000};         // 90 days
    Duration staff_session_age_max{43'200'000};      // 12 hours for moderators of the house and admins
    Duration invite_holds_default{1'209'600'000};    // 14 days
    std::uint32_t invite_uses_max = 1'000;           // invalid_argument
};

}  // namespace kindroom
