#include "actors/dispatcher.hpp"

#include <algorithm>

#include "actors/evidence.hpp"
#include "actors/home.hpp"
#include "actors/people.hpp"
#include "actors/permissions.hpp"
#include "actors/tidy.hpp"
#include "domain/help.hpp"
#include "ops/metrics.hpp"

namespace kindroom::actors {

using namespace domain;

namespace {

// ---- where each command goes ----------------------------------------------------------------------------------------

template <class C>
concept ForRoom = std::same_as<decltype(C::room), RoomId> && !std::same_as<C, GetRoom>;

template <class C>
concept ForModerators = std::same_as<C, ListCases> || std::same_as<decltype(C::case_id), CaseId>;

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
        answer(help_for(home.notice()->help, command.country, command.language, home.now(),
                        services().limits.help_stale_after));
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
        with_rooms([zone = services().house.time_zone, now = home.now()](
                       const Notice& notice, const std::vector<RoomId>& mine) -> Reply {
            Rooms rooms;
            for (const auto& [id, card] : notice.rooms) {
                if (card.state == RoomState::closed) continue;
                rooms.rooms.push_back(card_at(card, zone, now));
                rooms.rooms.back().joined = std::find(mine.begin(), mine.end(), id) != mine.end();
            }
            return rooms;
        });
    }
    void operator()(GetRoom& command) const {
        // A direct room hangs in no hall: it knows itself who is in it.
        if (!home.notice()->rooms.contains(command.room)) {
            const RoomId room = command.room;
            return to_room(room, std::move(command));
        }
        with_rooms([room = command.room, zone = services().house.time_zone, now = home.now()](
                       const Notice& notice, const std::vector<RoomId>& mine) -> Reply {
            const auto found = notice.rooms.find(room);
            const bool joined = std::find(mine.begin(), mine.end(), room) != mine.end();
            if (found == notice.rooms.end() || (found->second.state == RoomState::closed && !joined))
                return Refused{.error = kindroom::refuse(Errc::room_unavailable)};
            RoomCard card = card_at(found->second, zone, now);
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
        to_room(room, std::move(command));
    }
    template <class C>
    void to_room(RoomId room, C command) const {
        services().shards.send(services().shards.home_of(room),
                               [room, envelope = Envelope{from, client.identity(), std::move(command)}](
                                   Home& there) mutable { there.room(room).handle(std::move(envelope)); });
    }
    void operator()(TryFilters& command) const {
        if (command.in_room) return to_room(*command.in_room, std::move(command));
        FiltersTried tried;
        if (const auto filters = home.notice()->filters) {
            const filters::Verdict verdict = filters->judge({.text = command.text});
            TriedMessage one;
            for (const filters::Filter* filter : verdict.acted)
                one.filters.push_back({.filter_id = filter->id, .says = filter->says});
            if (!one.filters.empty()) tried.messages.push_back(std::move(one));
        }
        answer(std::move(tried));
    }
    void operator()(CallModerator& command) const {
        if (command.in_room) return to_room(*command.in_room, std::move(command));
        at_front([from = from, account = client.identity()->account](Home& front) {
            front.house_desk().call_moderator(from, account, std::nullopt);
        });
    }
    void operator()(CreateRoom& command) const {
        at_front([from = from, who = client.identity(), command = std::move(command)](Home& front) mutable {
            front.house_desk().create_room(from, std::move(who), std::move(command));
        });
    }

    // -- the house --
    void operator()(CreateInvite& command) const {
        at_front([from = from, who = client.identity(), command = std::move(command)](Home& front) mutable {
            front.house_desk().create_invite(from, std::move(who), std::move(command));
        });
    }
    void operator()(PublishRules& command) const {
        at_front([from = from, who = client.identity(), command = std::move(command)](Home& front) mutable {
            front.house_desk().publish_rules(from, std::move(who), std::move(command));
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
                     [from = from, who = client.identity(),
                      standing = std::move(command.standing)](AccountActor& account) mutable {
                         account.set_role(from, std::move(who), std::move(standing));
                     });
    }
    void operator()(BanAccount& command) const {
        const auto& notice = home.notice()->rules;
        const auto rule = std::find_if(notice.rules.begin(), notice.rules.end(),
                                       [&](const Rule& r) { return r.rule_id == command.rule_id; });
        if (rule == notice.rules.end()) return refuse(bad_field("rule_id"));
        KeptDecision kept{.decision = {.action = DecisionAction::server_ban,
                                       .rule_id = rule->rule_id,
                                       .rule_text = rule->text,
                                       .rules_version = notice.version,
                                       .facts = std::move(command.facts),
                                       .decided_at = home.now(),
                                       .ends_at = command.lasts > Duration{0} ? home.now() + command.lasts : never,
                                       .appeal = {}},
                          .by = client.identity()->account};
        with_account(command.login_id,
                     [from = from, who = client.identity(), kept = std::move(kept)](AccountActor& account) mutable {
                         account.ban({.from = from, .who = std::move(who)}, std::move(kept));
                     });
    }
    void operator()(LiftBan& command) const {
        with_account(command.login_id, [from = from, who = client.identity()](AccountActor& account) {
            account.lift_bans({.from = from, .who = who});
        });
    }

    // -- decisions of moderators --
    void operator()(ConfirmDecision& command) const {
        at_front([from = from, who = client.identity(), decision = command.decision](Home& front) {
            front.decision_desk().confirm({.from = from, .who = who}, decision);
        });
    }
    void operator()(ListUnconfirmed&) const {
        at_front(
            [from = from, who = client.identity()](Home& front) { front.decision_desk().list_unconfirmed(from, who); });
    }

    // -- people whom only a room knows --
    // Finds them, then goes on at the asker's own account.
    template <class F>
    void with_people(std::vector<PersonRef> people, F then) const {
        with_people(home, from, client.identity(), std::move(people), std::move(then));
    }
    template <class F>
    static void with_people(Home& home, ReturnTo from, IdentityPtr who, std::vector<PersonRef> people, F then) {
        const AccountId asker = who->account;
        find_people(home, std::move(who), std::move(people),
                    [&home, from, asker, then = std::move(then)](Result<NamedPeople> found) mutable {
                        const auto& shards = home.services().shards;
                        if (!found) return shards.refuse(from, found.error());
                        shards.send(shards.home_of(asker),
                                    [asker, found = std::move(*found), then = std::move(then)](Home& there) mutable {
                                        then(there.account(asker), std::move(found));
                                    });
                    });
    }
    // What is reported with it is frozen first: afterwards it cannot be seen any more.
    void operator()(BlockPeople& command) const {
        auto go_on = [&home = home, from = from, who = client.identity(),
                      people = command.people](std::optional<FrozenReport> report) {
            with_people(home, from, who, people,
                        [from, report = std::move(report)](AccountActor& me, NamedPeople found) mutable {
                            me.block(from, std::move(found), std::move(report));
                        });
        };
        if (command.report.empty()) return go_on(std::nullopt);
        freeze(home, client.identity(), std::move(command.people),
               [go_on, words = std::move(command.report)](Result<Frozen> frozen) {
                   // Without a room there is no evidence; a block waits for none.
                   go_on(FrozenReport{.what = frozen ? std::move(*frozen) : Frozen{}, .words = words});
               });
    }
    void operator()(Report& command) const {
        ReportedThing thing = std::vector<PersonRef>{};
        if (const auto* person = std::get_if<PersonRef>(&command.what))
            thing = std::vector{*person};
        else
            thing = std::get<ReportedMessage>(command.what);
        freeze(home, client.identity(), std::move(thing),
               [from = from, &home = home, words = std::move(command.words),
                rule = std::move(command.rule_id)](Result<Frozen> frozen) mutable {
                   const auto& shards = home.services().shards;
                   if (!frozen) return shards.refuse(from, frozen.error());
                   ReportContent content{std::move(words), std::move(rule), std::move(frozen->evidence)};
                   shards.send(Shards::front, [from, reported = std::move(frozen->reported),
                                               content = std::move(content)](Home& front) mutable {
                       front.case_desk().file(std::move(reported), std::move(content), [from, &front](auto receipt) {
                           const auto& onwards = front.services().shards;
                           if (!receipt) return onwards.refuse(from, receipt.error());
                           onwards.reply(from, ReportReceived{std::move(*receipt)});
                       });
                   });
               });
    }
    void operator()(GetReports& command) const { at_case_desk(std::move(command)); }
    void operator()(Appeal& command) const {
        at_front([from = from, peer = client.peer(), command = std::move(command)](Home& front) mutable {
            front.case_desk().appeal(from, peer, std::move(command));
        });
    }
    void operator()(GetAppeal& command) const {
        at_front([from = from, peer = client.peer(), command = std::move(command)](Home& front) mutable {
            front.case_desk().get_appeal(from, peer, std::move(command));
        });
    }
    void operator()(TapOut&) const {
        const auto& shards = services().shards;
        const AccountId account = client.identity()->account;
        for (std::uint32_t shard = 0; shard < shards.count(); ++shard)
            shards.send(shard, [account](Home& there) { there.tap_out(account); });
        home.fence([&shards, from = from, account] {
            shards.send(Shards::front, [from, account](Home& front) { front.case_desk().tap_out(from, account); });
        });
    }
    template <ForModerators C>
    void operator()(C& command) const {
        if (client.identity()->standing.role == Role::member) return refuse(kindroom::refuse(Errc::not_allowed));
        at_case_desk(std::move(command));
    }
    void at_case_desk(Command command) const {
        at_front([envelope = Envelope{from, client.identity(), std::move(command)}](Home& front) mutable {
            front.case_desk().handle(std::move(envelope));
        });
    }
    void operator()(AddMute& command) const {
        std::vector<PersonRef> people;
        if (const auto* person = std::get_if<PersonRef>(&command.what)) people.push_back(*person);
        with_people(std::move(people),
                    [from = from, command = std::move(command)](AccountActor& me, NamedPeople found) mutable {
                        me.mute(from, std::move(command), found.empty() ? std::nullopt : std::move(found.front()));
                    });
    }
    void operator()(OfferContact& command) const {
        const auto& [room, token] = command.person;
        const PersonToken own = services().names.person_token(client.identity()->account, room, false);
        with_people({{room, token}, {room, own}},
                    [from = from](AccountActor& me, NamedPeople found) { me.offer_contact(from, std::move(found)); });
    }
    void operator()(LinkPeople& command) const {
        if (!client.identity()->standing.may_moderate(command.room)) return refuse(kindroom::refuse(Errc::not_allowed));
        with_people({{command.room, command.token}, {command.room, command.other_token}},
                    [from = from](AccountActor& me, NamedPeople found) { me.link_others(from, found); });
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
    const auto refuse_with = [&](const Error& error) {
        const Identity* who = client.identity().get();
        client.reply(request, who ? who->refused(error, room_of(command), home_.now()) : Refused{.error = error});
    };
    if (auto charged = charge(command, client, services.limits, home_.now()); !charged)
        return refuse_with(charged.error());
    if (auto judged = may_ask(command, client, home_.notice()->rules.version, home_.now()); !judged)
        return refuse_with(judged.error());
    if (auto tidied = tidy(command, services.limits); !tidied) return refuse_with(tidied.error());
    dispatch_again(client, request, std::move(command));
}

void Dispatcher::dispatch_again(Client& client, std::uint32_t request, Command command) {
    std::visit(Route{home_, client, {.client = client.ref(), .request = request}}, command);
}

}  // namespace kindroom::actors
