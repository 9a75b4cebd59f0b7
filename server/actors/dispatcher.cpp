#include "actors/dispatcher.hpp"

#include <algorithm>
#include <array>

#include "actors/home.hpp"
#include "actors/tidy.hpp"
#include "ops/metrics.hpp"

namespace kindroom::actors {

using namespace domain;

namespace {

// ---- what each command needs ----------------------------------------------------------------------------------------

// Each need includes those above it, but `stranger`.
enum class Needs : std::uint8_t {
    nothing,    // may be the first command
    greeting,   // after Hello
    stranger,   // after Hello, and not signed in
    standing,   // signed in, or the operator
    account,    // signed in
    consent,    // ... and has consented to the rules in force
    authority,  // an admin, or the operator
};

enum class Charge : std::uint8_t {
    none,     // never refused for coming often: help, leaving, signing out (PRODUCT X6)
    command,  // the connection's rate
    join,     // ... and that of coming into rooms
};

struct Row {
    Needs needs;
    Charge charge = Charge::command;
};

template <class C>
constexpr Row row_of() = delete;  // A new command does not compile before somebody has decided who may ask it.

// clang-format off
template <> constexpr Row row_of<Hello>() { return {Needs::nothing}; }
template <> constexpr Row row_of<Ping>() { return {Needs::greeting}; }
template <> constexpr Row row_of<GetRules>() { return {Needs::greeting}; }
template <> constexpr Row row_of<GetDataPolicy>() { return {Needs::greeting}; }
template <> constexpr Row row_of<GetHelp>() { return {Needs::greeting, Charge::none}; }
template <> constexpr Row row_of<CreateAccount>() { return {Needs::stranger}; }
template <> constexpr Row row_of<SignIn>() { return {Needs::stranger}; }
template <> constexpr Row row_of<ResumeSession>() { return {Needs::stranger}; }
template <> constexpr Row row_of<RecoverAccount>() { return {Needs::stranger}; }
template <> constexpr Row row_of<SignOut>() { return {Needs::account, Charge::none}; }
template <> constexpr Row row_of<ConsentToRules>() { return {Needs::account}; }
template <> constexpr Row row_of<GetMe>() { return {Needs::account}; }
template <> constexpr Row row_of<ChangePassphrase>() { return {Needs::account}; }
template <> constexpr Row row_of<ListSessions>() { return {Needs::account}; }
template <> constexpr Row row_of<RevokeSession>() { return {Needs::account, Charge::none}; }
template <> constexpr Row row_of<RevokeAllSessions>() { return {Needs::account, Charge::none}; }
template <> constexpr Row row_of<ListRooms>() { return {Needs::standing}; }
template <> constexpr Row row_of<GetRoom>() { return {Needs::standing}; }
template <> constexpr Row row_of<JoinRoom>() { return {Needs::account, Charge::join}; }
template <> constexpr Row row_of<LeaveRoom>() { return {Needs::account, Charge::none}; }
template <> constexpr Row row_of<ResumeRoom>() { return {Needs::account}; }
template <> constexpr Row row_of<GetRoster>() { return {Needs::account}; }
template <> constexpr Row row_of<PostMessage>() { return {Needs::consent}; }
template <> constexpr Row row_of<EditMessage>() { return {Needs::consent}; }
template <> constexpr Row row_of<RetractMessage>() { return {Needs::account}; }
template <> constexpr Row row_of<GetHistory>() { return {Needs::account}; }
template <> constexpr Row row_of<CreateRoom>() { return {Needs::standing}; }
template <> constexpr Row row_of<ChangeRoom>() { return {Needs::standing}; }
template <> constexpr Row row_of<CloseRoom>() { return {Needs::standing}; }
template <> constexpr Row row_of<GoOnDuty>() { return {Needs::account}; }
template <> constexpr Row row_of<GoOffDuty>() { return {Needs::account}; }
template <> constexpr Row row_of<CreateInvite>() { return {Needs::authority}; }
template <> constexpr Row row_of<PublishRules>() { return {Needs::authority}; }
template <> constexpr Row row_of<SetRole>() { return {Needs::authority}; }
template <> constexpr Row row_of<BanAccount>() { return {Needs::authority}; }
template <> constexpr Row row_of<LiftBan>() { return {Needs::authority}; }
// clang-format on

Result<void> judge(Needs needs, const Client& client, std::uint32_t rules_version) {
    if (needs == Needs::nothing) return {};
    if (!client.has_greeted()) return refuse(Errc::hello_needed);
    if (needs == Needs::greeting) return {};
    const Identity* who = client.identity().get();
    if (needs == Needs::stranger)
        return who || client.is_signing_in() ? Result<void>(refuse(Errc::already_signed_in)) : Result<void>();
    if (!who) return refuse(Errc::sign_in_needed);
    if (needs == Needs::standing) return {};
    if (needs == Needs::authority) return who->standing.is_admin() ? Result<void>() : refuse(Errc::not_allowed);
    // The operator manages the house but is nobody in it.
    if (who->is_operator) return refuse(Errc::not_allowed);
    if (needs == Needs::consent && who->rules_consented != rules_version) return refuse(Errc::rules_needed);
    return {};
}

Result<void> charge(Charge kind, Client& client, const Limits& limits, TimePoint now) {
    // The operator's own scripts set up a house as fast as it goes.
    if (kind == Charge::none || client.peer().is_operator) return {};
    if (auto taken = client.commands().take({.burst = limits.commands_burst, .every = limits.command_every}, now);
        !taken)
        return taken;
    if (kind == Charge::join)
        return client.joins().take({.burst = limits.joins_burst, .every = limits.join_every}, now);
    return {};
}

// ---- where each command goes ----------------------------------------------------------------------------------------

template <class C>
concept ForRoom = requires(C command) {
    command.room;
}
&&!std::same_as<C, GetRoom>;

template <class... C>
constexpr bool is_one_of(const Command& command) {
    return (std::holds_alternative<C>(command) || ...);
}

struct Route {
    Home& home;
    Client& client;
    ReturnTo from;

    const Services& services() const { return home.services(); }
    void answer(Reply reply) const { client.reply(from.request, std::move(reply)); }
    void refuse(Error error) const { answer(Refused{.error = error}); }
    template <class F>
    void at_front(F task) const {
        services().shards.send(Shards::front, std::move(task));
    }

    // -- answered here, from the notice in the hall --
    void operator()(Hello&) const {
        client.greet();
        answer(Welcome{.protocol_version = 1,
                       .house_name = services().house.name,
                       .open_registration = services().house.open_registration,
                       .rules_version = home.notice()->rules.version,
                       .limits = services().limits});
    }
    void operator()(Ping&) const { answer(Done{}); }
    void operator()(GetRules&) const { answer(home.notice()->rules); }
    void operator()(GetDataPolicy&) const { answer(DataPolicy{home.notice()->data_policy}); }
    void operator()(GetHelp& command) const {
        HelpDirectory help = home.notice()->help;
        std::erase_if(help.entries, [&](const HelpEntry& entry) {
            const bool elsewhere =
                !command.country.empty() && !entry.country.empty() && entry.country != command.country;
            const bool foreign =
                !command.language.empty() && !entry.languages.empty() &&
                std::find(entry.languages.begin(), entry.languages.end(), command.language) == entry.languages.end();
            return elsewhere || foreign;
        });
        answer(std::move(help));
    }

    // -- signing in --
    void operator()(CreateAccount& command) const {
        client.set_signing_in(true);
        at_front([from = from, peer = client.peer(), command = std::move(command)](Home& front) mutable {
            front.reception().create_account(from, peer, std::move(command));
        });
    }
    void operator()(SignIn& command) const {
        client.set_signing_in(true);
        at_front([from = from, peer = client.peer(), command = std::move(command)](Home& front) mutable {
            front.reception().sign_in(from, peer, std::move(command));
        });
    }
    void operator()(RecoverAccount& command) const {
        client.set_signing_in(true);
        at_front([from = from, peer = client.peer(), command = std::move(command)](Home& front) mutable {
            front.reception().recover(from, peer, std::move(command));
        });
    }
    void operator()(ResumeSession& command) const {
        client.set_signing_in(true);
        const SecretHash token = services().names.hash_secret(command.device_token.reveal());
        services().store.find_session(token, home.scheduler(), [&home = home, from = from, token](auto found) {
            if (!found) return home.refuse_sign_in(from, {.error = found.error()});
            if (!*found) return home.refuse_sign_in(from, {.error = kindroom::refuse(Errc::sign_in_failed)});
            const auto& shards = home.services().shards;
            shards.send(shards.home_of(**found),
                        [from, account = **found, token](Home& there) { there.account(account).resume(from, token); });
        });
    }

    // -- the list of rooms, with the asker's own marks --
    template <class MakeReply>
    void with_rooms(MakeReply make_reply) const {
        const Identity& who = *client.identity();
        if (who.is_operator) return answer(make_reply(*home.notice(), {}));
        services().store.rooms_of(who.account, home.scheduler(),
                                  [&home = home, from = from, make_reply](Result<std::vector<RoomId>> rooms) {
                                      if (!rooms) return home.services().shards.refuse(from, rooms.error());
                                      home.services().shards.reply(from, make_reply(*home.notice(), *rooms));
                                  });
    }
    void operator()(ListRooms&) const {
        with_rooms([](const Notice& notice, const std::vector<RoomId>& mine) -> Reply {
            Rooms rooms;
            for (auto [id, card] : notice.rooms) {
                if (card.state == RoomState::closed) continue;
                card.joined = std::find(mine.begin(), mine.end(), id) != mine.end();
                rooms.rooms.push_back(std::move(card));
            }
            return rooms;
        });
    }
    void operator()(GetRoom& command) const {
        with_rooms([room = command.room](const Notice& notice, const std::vector<RoomId>& mine) -> Reply {
            const auto found = notice.rooms.find(room);
            const bool joined = std::find(mine.begin(), mine.end(), room) != mine.end();
            if (found == notice.rooms.end() || (found->second.state == RoomState::closed && !joined))
                return Refused{.error = kindroom::refuse(Errc::room_unavailable)};
            RoomCard card = found->second;
            card.joined = joined;
            return card;
        });
    }

    // -- rooms --
    template <ForRoom C>
    void operator()(C& command) const {
        if constexpr (std::same_as<C, JoinRoom>)
            if (client.subscriptions().size() >= services().limits.rooms_per_person_max &&
                !client.subscription(command.room))
                return refuse(kindroom::refuse(Errc::room_unavailable));
        const RoomId room = command.room;
        services().shards.send(services().shards.home_of(room),
                               [room, envelope = Envelope{from, client.identity(), std::move(command)}](
                                   Home& there) mutable { there.room(room).handle(std::move(envelope)); });
    }
    void operator()(CreateRoom& command) const {
        at_front([from = from, who = client.identity(), command = std::move(command)](Home& front) mutable {
            front.house_desk().create_room(from, std::move(who), std::move(command));
        });
    }

    // -- the house --
    void operator()(CreateInvite& command) const {
        at_front([from = from, command = std::move(command)](Home& front) mutable {
            front.house_desk().create_invite(from, std::move(command));
        });
    }
    void operator()(PublishRules& command) const {
        at_front([from = from, command = std::move(command)](Home& front) mutable {
            front.house_desk().publish_rules(from, std::move(command));
        });
    }
    template <class F>
    void with_account(const std::string& login_id, F then) const {
        services().store.find_account(
            login_id, home.scheduler(), [&home = home, from = from, then = std::move(then)](auto found) mutable {
                const auto& shards = home.services().shards;
                if (!found) return shards.refuse(from, found.error());
                if (!*found) return shards.refuse(from, kindroom::refuse(Errc::not_found));
                shards.send(shards.home_of(**found), [account = **found, then = std::move(then)](Home& there) mutable {
                    then(there.account(account));
                });
            });
    }
    void operator()(SetRole& command) const {
        for (const RoomId room : command.standing.moderates)
            if (!home.notice()->rooms.contains(room)) return refuse(kindroom::refuse(Errc::not_found));
        with_account(command.login_id,
                     [from = from, standing = std::move(command.standing)](AccountActor& account) mutable {
                         account.set_role(from, std::move(standing));
                     });
    }
    void operator()(BanAccount& command) const {
        const auto& rules = home.notice()->rules.rules;
        const auto rule =
            std::find_if(rules.begin(), rules.end(), [&](const Rule& r) { return r.rule_id == command.rule_id; });
        if (rule == rules.end()) return refuse(bad_field("rule_id"));
        Decision decision{.action = DecisionAction::server_ban,
                          .rule_id = rule->rule_id,
                          .rule_text = rule->text,
                          .facts = std::move(command.facts),
                          .decided_at = home.now(),
                          .ends_at = command.lasts > Duration{0} ? home.now() + command.lasts : never,
                          .appeal = services().house.appeal};
        with_account(command.login_id, [from = from, decision = std::move(decision)](AccountActor& account) mutable {
            account.ban(from, std::move(decision));
        });
    }
    void operator()(LiftBan& command) const {
        with_account(command.login_id, [from = from](AccountActor& account) { account.lift_ban(from); });
    }

    // -- everything else concerns one's own account --
    template <class C>
    void operator()(C& command) const {
        if constexpr (std::same_as<C, ConsentToRules>)
            if (command.version != home.notice()->rules.version) return refuse(kindroom::refuse(Errc::rules_needed));
        const AccountId account = client.identity()->account;
        services().shards.send(services().shards.home_of(account),
                               [account, envelope = Envelope{from, client.identity(), std::move(command)}](
                                   Home& there) mutable { there.account(account).handle(std::move(envelope)); });
    }
};

}  // namespace

void Dispatcher::dispatch(Client& client, std::uint32_t request, Command command) {
    const Services& services = home_.services();
    services.metrics.add(ops::Counter::commands);
    const Row row = std::visit([]<class C>(const C&) { return row_of<C>(); }, command);
    const auto refuse_with = [&](const Error& error) {
        services.metrics.add_refusal(error.code);
        client.reply(request, Refused{.error = error});
    };
    if (auto charged = charge(row.charge, client, services.limits, home_.now()); !charged)
        return refuse_with(charged.error());
    if (auto judged = judge(row.needs, client, home_.notice()->rules.version); !judged)
        return refuse_with(judged.error());
    if (auto tidied = tidy(command, services.limits); !tidied) return refuse_with(tidied.error());
    std::visit(Route{home_, client, {.client = client.ref(), .request = request}}, command);
}

}  // namespace kindroom::actors
