#include "bench/scene.hpp"

#include <algorithm>
#include <stdexcept>

#include "e2e/support/guest.hpp"

namespace kindroom::bench {

namespace {

constexpr std::uint32_t at_a_time = 64;
constexpr std::uint32_t blocks_per_call = 50;
constexpr std::uint32_t heard_of_each_room = 20;
constexpr std::chrono::seconds nothing_comes{60};

// Nothing but the machine is to bound what is measured, and no tick is to fall into it.
const test::Settings unbounded{
    {"listen.plain_address", "127.0.0.1:0"},
    {"house.open_registration", "true"},
    {"limits.roster_tick", "1h"},
    {"limits.requests_in_flight_max", "256"},
    {"limits.outbox_bytes_max", "64 MiB"},
    {"limits.outbox_events_max", "1000000"},
    {"limits.connections_max", "1000000"},
    {"limits.connections_before_sign_in_max", "1000000"},
    {"limits.handshakes_max", "1000000"},
    {"limits.handshake_max", "5m"},
    {"limits.sign_in_max", "1h"},
    // Who comes in waits while thousands of others do, and so do pongs.
    {"limits.idle_max", "1h"},
    {"limits.passphrase_queue_max", "1000000"},
    {"limits.mailbox_tasks_max", "1000000"},
    {"limits.store_queue_max", "1000000"},
    {"limits.seats_max", "1000000"},
    {"limits.rooms_max", "1000000"},
    {"limits.boundaries_max", "1000000"},
};

test::Settings settings_of(const Options& options, const test::Settings& more) {
    test::Settings out = more;
    out.insert({"store.kind", options.store});
    out.insert({"runtime.shards", std::to_string(options.shards)});
    out.insert(unbounded.begin(), unbounded.end());
    return out;
}

std::string program_of(const Options& options) {
    return options.program.empty() ? test::server_program() : options.program;
}

v1::Request making_room(const std::string& topic, std::uint32_t seats) {
    v1::Request asked;
    auto& settings = *asked.mutable_create_room()->mutable_settings();
    settings.set_topic(topic);
    settings.set_kind(v1::ROOM_KIND_OPEN);
    settings.set_join_policy(v1::JOIN_POLICY_OPEN);
    settings.set_retention(v1::RETENTION_DAYS_7);
    settings.set_seats(seats);
    return asked;
}

v1::Request signing_up(const std::string& invite_code) {
    v1::Request asked;
    asked.mutable_create_account()->set_invite_code(invite_code);
    asked.mutable_create_account()->set_passphrase(test::good_passphrase);
    asked.mutable_create_account()->set_device_label("bench");
    return asked;
}

v1::Request joining(const std::string& room, std::uint32_t number) {
    v1::Request asked;
    asked.mutable_join_room()->set_room_id(room);
    asked.mutable_join_room()->set_name("Member " + std::to_string(number));
    return asked;
}

}  // namespace

std::vector<std::uint32_t> rooms_of(const Options& options) {
    std::vector<std::uint32_t> out(options.people());
    for (std::uint32_t i = 0; i < out.size(); ++i) out[i] = i / options.members;
    return out;
}

v1::Request resuming(const Member& member) {
    v1::Request asked;
    asked.mutable_resume_room()->set_room_id(member.room);
    asked.mutable_resume_room()->set_cursor(member.cursor);
    return asked;
}

Scene::Scene(const Options& options, const test::Settings& more)
    : options_(options),
      house_(settings_of(options, more), test::House::Socket::servers_own, program_of(options)),
      plan_(options.people(), options.boundaries) {
    around_.json = options.json;
    around_.stream.open_within = std::chrono::minutes(5);
    around_.stream.idle_max = std::chrono::hours(1);
    if (options.json) {
        around_.stream.subprotocol = "kindroom.v1.json";
        around_.stream.binary = false;
    }
    house_is_elsewhere();
    if (options.tls) {
        auto trust = client::make_trust({.ca_file = house_.authority_file(), .pin = {}});
        around_.stream.trust = std::get<std::shared_ptr<client::Trust>>(std::move(trust));
    }
    ledger_ = std::make_unique<Ledger>(
        rooms_of(options), [this](std::uint32_t viewer, std::uint32_t author) { return plan_.sees(viewer, author); });
    around_.on_message = [this](std::uint32_t viewer, Tag tag) {
        ledger_->received(viewer, tag);
        if (on_message) on_message(viewer, tag);
    };
    make_rooms();
    for (std::uint32_t i = 0; i < options.people(); ++i) members_.push_back(std::make_unique<Member>(around_, i));
    each(
        people(), at_a_time, [this](auto number, const auto& done) { bring_in(number, done); }, "everybody to come in");
    if (options.boundaries > 0)
        each(
            people(), at_a_time, [this](auto number, const auto& done) { set_boundaries(number, done); },
            "everybody's boundaries");
}

void Scene::house_is_elsewhere() {
    const auto url = options_.tls ? house_.url() : "ws://127.0.0.1:" + house_.plain_port();
    around_.stream.endpoint = std::get<client::Endpoint>(client::parse_endpoint(url));
}

void Scene::until(const std::function<bool()>& holds, const char* what) {
    auto moved_at = std::chrono::steady_clock::now();
    std::uint64_t moved = 0;
    while (!holds()) {
        if (around_.io.stopped()) around_.io.restart();
        around_.io.run_one_for(std::chrono::milliseconds(50));
        for (int i = 0; i < 32 && around_.io.poll_one() > 0; ++i) continue;
        const auto now = std::chrono::steady_clock::now();
        const std::uint64_t all = around_.frames + around_.answers;
        if (all != std::exchange(moved, all)) moved_at = now;
        if (now - moved_at > nothing_comes)
            throw WrongDelivery(std::string("nothing comes any more; waited for ") + what +
                                "; first missing: " + ledger_->first_missing());
    }
}

void Scene::each(std::uint32_t count, std::uint32_t at_once, const std::function<void(std::uint32_t, Done)>& act,
                 const char* what) {
    std::uint32_t begun = 0;
    std::uint32_t ended = 0;
    const Done next = [&] {
        ended += 1;
        if (begun < count) act(begun++, next);
    };
    while (begun < std::min(count, at_once)) act(begun++, next);
    until([&] { return ended == count; }, what);
}

void Scene::make_rooms() {
    Member admin(around_, UINT32_MAX);
    const auto invite = house_.invite("admin");
    bool is_ready = false;
    admin.open([&](const auto&) { admin.ask(signing_up(invite), [&](const auto&) { is_ready = true; }); });
    until([&] { return is_ready; }, "the admin");
    const auto lobby_count = options_.boundaries == 0 ? 0 : (options_.people() + lobby_size - 1) / lobby_size;
    rooms_.resize(options_.rooms);
    lobbies_.resize(lobby_count);
    const auto make = [&](std::vector<std::string>& into, std::uint32_t seats) {
        each(
            static_cast<std::uint32_t>(into.size()), at_a_time,
            [&](std::uint32_t i, const Done& done) {
                admin.ask(making_room("Room " + std::to_string(i), seats), [&into, i, done](const auto& reply) {
                    into[i] = reply.room_card().room().room_id();
                    done();
                });
            },
            "rooms");
    };
    make(rooms_, options_.members);
    make(lobbies_, lobby_size);
}

void Scene::bring_in(std::uint32_t number, const Done& done) {
    Member& member = *members_[number];
    member.room = rooms_[number / options_.members];
    if (!lobbies_.empty()) member.lobby = lobbies_[number / lobby_size];
    member.open([&member, done, this](const auto& welcome) {
        const auto rules = welcome.welcome().rules_version();
        member.ask(signing_up({}), [&member, done, rules, this](const auto& reply) {
            member.login_id = reply.account_created().login_id();
            member.device_token = reply.account_created().signed_in().device_token();
            v1::Request consent;
            consent.mutable_consent_to_rules()->set_version(rules);
            member.ask(std::move(consent), [&member, done, this](const auto&) { enter(member, done); });
        });
    });
}

void Scene::enter(Member& member, const Done& done) {
    const auto into_room = [&member, done] {
        member.ask(joining(member.room, member.number()), [&member, done](const auto& reply) {
            member.cursor = reply.room_joined().cursor();
            member.room_token = reply.room_joined().you().token();
            done();
        });
    };
    if (member.lobby.empty()) return into_room();
    member.ask(joining(member.lobby, member.number()), [&member, into_room](const auto& reply) {
        member.lobby_token = reply.room_joined().you().token();
        into_room();
    });
}

void Scene::set_boundaries(std::uint32_t number, const Done& done) {
    Member& member = *members_[number];
    std::vector<v1::Request> requests;
    const auto ref = [this](std::uint32_t other) {
        v1::PersonRef person;
        person.set_room_id(members_[other]->lobby);
        person.set_token(members_[other]->lobby_token);
        return person;
    };
    const auto& blocks = plan_.blocks_of(number);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (i % blocks_per_call == 0) requests.emplace_back();
        *requests.back().mutable_block_people()->add_people() = ref(blocks[i]);
    }
    for (const auto other : plan_.mutes_of(number))
        *requests.emplace_back().mutable_add_mute()->mutable_person() = ref(other);
    if (requests.empty()) return done();
    // Answered in order, but for blocks, which wait for other devices: the last answer is that of all.
    const auto left = std::make_shared<std::size_t>(requests.size());
    for (auto& request : requests)
        member.ask(std::move(request), [left, done](const auto&) {
            if (--*left == 0) done();
        });
}

std::vector<std::uint32_t> Scene::posters(std::uint32_t of_each_room) const {
    std::vector<std::uint32_t> out;
    for (std::uint32_t room = 0; room < options_.rooms; ++room)
        for (std::uint32_t i = 0; i < std::min(of_each_room, options_.members); ++i)
            out.push_back(room * options_.members + i);
    return out;
}

v1::Request Scene::next_post(std::uint32_t author, Tag& tag) {
    tag = ledger_->post(author);
    return test::posting(members_[author]->room, text_of(tag, options_.body));
}

void Scene::roll_call() {
    const auto authors = posters(heard_of_each_room);
    each(
        static_cast<std::uint32_t>(authors.size()), at_a_time,
        [&](std::uint32_t i, const Done& done) {
            Tag tag;
            auto post = next_post(authors[i], tag);
            members_[authors[i]]->ask(std::move(post), [done](const auto&) { done(); });
        },
        "the roll call");
    settle();
}

void Scene::settle() {
    until([this] { return ledger_->is_complete(); }, "what is still missing");
    std::uint32_t waiting = 0;
    for (auto& member : members_) {
        if (!member->is_connected() || ledger_->is_excused(member->number())) continue;
        waiting += 1;
        v1::Request ping;
        ping.mutable_ping();
        member->ask(std::move(ping), [&waiting](const auto&) { waiting -= 1; });
    }
    until([&] { return waiting == 0; }, "the last answers");
    ledger_->check_order();
}

}  // namespace kindroom::bench
