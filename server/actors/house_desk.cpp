#include "actors/house_desk.hpp"

#include <algorithm>
#include <utility>

#include "actors/audited.hpp"
#include "actors/home.hpp"
#include "ops/metrics.hpp"

namespace kindroom::actors {

using namespace domain;

namespace {

// Until then rooms have taken back the words of somebody whose account was erased; if not, they are asked again.
constexpr Duration erasure_again_after{60'000};

// Of a room that nobody has visited yet: one that needs a moderator waits for one. What a moderator said who paused it
// is sealed, and shown to those who are in it.
RoomCard card_of(const store::RoomRecord& room) {
    const bool waits = room.state == RoomState::open && room.settings.needs_moderator;
    return {.room = room.id,
            .settings = room.settings,
            .state = waits ? RoomState::paused : room.state,
            .is_paused_by_hand = room.state == RoomState::paused};
}

}  // namespace

// ---- opening --------------------------------------------------------------------------------------------------------

void HouseDesk::open(HouseTexts texts, MoveOnlyFunction<void(bool)> ready) {
    home_.services().store.load_rules(
        home_.scheduler(), [this, texts = std::move(texts), ready = std::move(ready)](auto rules) mutable {
            if (!rules) return ready(false);
            Notice notice;
            if (*rules) {
                notice.rules = (*rules)->rules;
                file_digest_ = (*rules)->file_digest;
            }
            home_.set_notice(std::make_shared<const Notice>(std::move(notice)));
            load_rooms([this, texts = std::move(texts), ready = std::move(ready)](bool ok) mutable {
                if (!ok) return ready(false);
                home_.decision_desk().open(
                    [this, texts = std::move(texts), ready = std::move(ready)](bool opened) mutable {
                        if (!opened) return ready(false);
                        open_cases(std::move(texts), std::move(ready));
                    });
            });
        });
}

void HouseDesk::open_cases(HouseTexts texts, MoveOnlyFunction<void(bool)> ready) {
    home_.case_desk().open([this, texts = std::move(texts), ready = std::move(ready)](bool opened) mutable {
        if (!opened) return ready(false);
        take_in(std::move(texts), std::move(ready));
        sweep();
    });
}

void HouseDesk::load_rooms(MoveOnlyFunction<void(bool)> then) {
    home_.services().store.list_rooms(home_.scheduler(), [this, then = std::move(then)](auto rooms) mutable {
        if (!rooms) return then(false);
        Notice notice = *home_.notice();
        for (const auto& room : *rooms)
            // That two people are contacts is nobody else's to read.
            if (room.settings.kind != RoomKind::direct) notice.rooms[room.id] = card_of(room);
        home_.set_notice(std::make_shared<const Notice>(std::move(notice)));
        then(true);
    });
}

void HouseDesk::hang_up(Notice notice, Task then) {
    const auto shared = std::make_shared<const Notice>(std::move(notice));
    home_.set_notice(shared);
    const auto& shards = home_.services().shards;
    for (std::uint32_t shard = 0; shard < shards.count(); ++shard)
        if (shard != home_.shard()) shards.send(shard, [shared](Home& there) { there.set_notice(shared); });
    home_.fence(std::move(then));
}

// ---- rules ----------------------------------------------------------------------------------------------------------

SecretHash HouseDesk::digest_of(const std::vector<Rule>& rules) const {
    std::string all;
    for (const Rule& rule : rules) all += rule.rule_id + '\0' + rule.text + '\0';
    return home_.services().names.digest({as_bytes(all)});
}

void HouseDesk::take_in(HouseTexts texts, MoveOnlyFunction<void(bool)> done) {
    Notice notice = *home_.notice();
    notice.data_policy = std::move(texts.data_policy);
    notice.help = std::move(texts.help);
    notice.filters = std::move(texts.filters);
    const SecretHash digest = digest_of(texts.rules);
    hang_up(std::move(notice), [this, digest, rules = std::move(texts.rules), done = std::move(done)]() mutable {
        // The same file read again is no new version; neither does it undo rules that were published by command since.
        if (digest == file_digest_ && home_.notice()->rules.version > 0) return done(true);
        put_rules(nullptr, std::move(rules), digest, std::move(done));
    });
}

void HouseDesk::put_rules(IdentityPtr who, std::vector<Rule> rules, SecretHash file_digest,
                          MoveOnlyFunction<void(bool)> then) {
    if (is_publishing_)
        return waiting_.push_back([this, who, rules = std::move(rules), file_digest, then = std::move(then)]() mutable {
            put_rules(std::move(who), std::move(rules), file_digest, std::move(then));
        });
    is_publishing_ = true;
    HouseRules next{.version = home_.notice()->rules.version + 1, .rules = std::move(rules)};
    store::Transaction transaction;
    transaction.changes.push_back(
        store::PutRules{{.rules = next, .file_digest = file_digest, .published_at = home_.now()}});
    transaction.changes.push_back(audited(
        home_, who.get(),
        {.kind = AuditKind::rules_published, .actor = AuditActor::operator_, .rules_version = next.version}));
    home_.services().store.commit(
        std::move(transaction), home_.scheduler(),
        [this, next, file_digest, then = std::move(then)](auto result) mutable {
            auto end = [this, then = std::move(then)](bool ok) mutable {
                is_publishing_ = false;
                then(ok);
                if (waiting_.empty()) return;
                Task waiting = std::move(waiting_.front());
                waiting_.pop_front();
                waiting();
            };
            if (!result) return end(false);
            file_digest_ = file_digest;
            Notice notice = *home_.notice();
            notice.rules = next;
            hang_up(std::move(notice), [this, version = next.version, end = std::move(end)]() mutable {
                home_.services().bus.publish({std::make_shared<const bus::Publication>(
                    bus::Publication{.room = {}, .what = RulesChanged{version}})});
                end(true);
            });
        });
}

void HouseDesk::publish_rules(ReturnTo from, IdentityPtr who, PublishRules command) {
    // Published by command: the file's digest stays, so that the unchanged file does not come back at the next start.
    put_rules(std::move(who), std::move(command.rules), file_digest_, [this, from](bool ok) {
        if (!ok)
            return home_.services().shards.refuse(from, refuse_until(Errc::unavailable, home_.now() + Duration{1000}));
        home_.services().shards.reply(from, home_.notice()->rules);
    });
}

// ---- rooms and invites ----------------------------------------------------------------------------------------------

void HouseDesk::create_room(ReturnTo from, IdentityPtr who, CreateRoom command) {
    const auto& services = home_.services();
    if (!who->standing.may_moderate_the_house()) return services.shards.refuse(from, refuse(Errc::not_allowed));
    if (home_.notice()->rooms.size() >= services.limits.rooms_max)
        return services.shards.refuse(from, refuse(Errc::unavailable));
    auto settings = judge_settings(std::move(command.settings), services.limits);
    if (!settings) return services.shards.refuse(from, settings.error());
    const store::RoomRecord room{.id = home_.random().id<RoomId>(),
                                 .settings = std::move(*settings),
                                 .state = RoomState::open,
                                 .created_at = home_.now()};
    store::Transaction transaction;
    transaction.changes.push_back(store::PutRoom{room});
    transaction.changes.push_back(audited(home_, who.get(), {.kind = AuditKind::room_made, .room = room.id}));
    services.store.commit(std::move(transaction), home_.scheduler(), [this, from, room](auto result) {
        const auto& shards = home_.services().shards;
        if (!result) return shards.refuse(from, result.error());
        home_.services().metrics.add(ops::Counter::rooms_created);
        const RoomCard card = card_of(room);
        Notice notice = *home_.notice();
        notice.rooms[room.id] = card;
        hang_up(std::move(notice), [&shards, from, card] { shards.reply(from, card); });
    });
}

void HouseDesk::room_changed(const RoomCard& card) {
    if (card.settings.kind == RoomKind::direct) return;
    Notice notice = *home_.notice();
    notice.rooms[card.room] = card;
    hang_up(std::move(notice), [] {});
}

void HouseDesk::create_invite(ReturnTo from, IdentityPtr who, CreateInvite command) {
    const auto& services = home_.services();
    const auto& rooms = home_.notice()->rooms;
    for (const RoomId room : command.standing.moderates)
        if (!rooms.contains(room)) return services.shards.refuse(from, refuse(Errc::not_found));
    if (command.uses > services.limits.invite_uses_max) return services.shards.refuse(from, bad_field("uses"));
    const Duration holds_for =
        command.holds_for > Duration{0} ? command.holds_for : services.limits.invite_holds_default;
    Secret code = crypto::make_invite_code(home_.random());
    const TimePoint ends_at = home_.now() + holds_for;
    store::Transaction transaction;
    transaction.changes.push_back(audited(home_, who.get(),
                                          {.kind = AuditKind::invite_made,
                                           .room = room_of(command.standing),
                                           .role = command.standing.role}));
    transaction.changes.push_back(
        store::PutInvite{{.code = services.names.hash_secret(crypto::tidy_code(code.reveal()).reveal()),
                          .standing = std::move(command.standing),
                          .uses_left = std::max(command.uses, 1u),
                          .ends_at = ends_at}});
    services.store.commit(std::move(transaction), home_.scheduler(),
                          [this, from, code = std::move(code), ends_at](auto result) {
                              const auto& shards = home_.services().shards;
                              if (!result) return shards.refuse(from, result.error());
                              shards.reply(from, InviteCreated{.code = std::string(code.reveal()), .ends_at = ends_at});
                          });
}

bool HouseDesk::page_house(std::optional<RoomId> room) {
    const auto& services = home_.services();
    bool on_duty = false;
    for (const auto& [id, card] : home_.notice()->rooms) {
        if (!card.moderator_on_duty) continue;
        on_duty = true;
        services.shards.send(services.shards.home_of(id), [id = id, room](Home& there) {
            if (RoomActor* actor = there.room_if_here(id)) actor->page(ModeratorNeeded{.room = room});
        });
    }
    if (services.page_outside) services.page_outside();
    return on_duty;
}

void HouseDesk::call_moderator(ReturnTo from, AccountId account, std::optional<RoomId> room) {
    const auto& rooms = home_.notice()->rooms;
    const TimePoint now = home_.now();
    std::erase_if(called_, [&](const auto& call) { return now - call.second >= home_.services().limits.call_again; });
    bool on_duty =
        std::any_of(rooms.begin(), rooms.end(), [](const auto& entry) { return entry.second.moderator_on_duty; });
    if (called_.emplace(account, now).second) on_duty = page_house(room);
    home_.services().shards.reply(from, ModeratorCalled{.on_duty = on_duty});
}

// Rooms that are in memory look after their own keys; those of the others must not outlive their time either. Asked of
// the store, because direct rooms hang in no hall.
void HouseDesk::sweep() {
    home_.services().store.list_rooms(home_.scheduler(), [this](auto rooms) {
        if (rooms)
            for (const auto& room : *rooms) sweep(room.id);
        home_.scheduler().after(home_.services().limits.retention_sweep, [this] { sweep(); });
    });
    go_on_with_erasures();
}

void HouseDesk::look_after_erasures() {
    if (std::exchange(looks_after_erasures_, true)) return;
    home_.scheduler().after(erasure_again_after, [this] {
        looks_after_erasures_ = false;
        go_on_with_erasures();
    });
}

// What a crash or a store that refused has cut short.
void HouseDesk::go_on_with_erasures() {
    home_.services().store.list_erasures(home_.scheduler(), [this](auto erasures) {
        if (erasures && erasures->empty()) return;
        look_after_erasures();
        if (!erasures) return;
        const auto& shards = home_.services().shards;
        for (const auto& one : *erasures)
            shards.send(shards.home_of(one.room), [one](Home& there) { there.room(one.room).erase(one.account, {}); });
    });
}

void HouseDesk::sweep(RoomId room) {
    const auto& shards = home_.services().shards;
    shards.send(shards.home_of(room), [room](Home& there) {
        if (there.room_if_here(room)) return;
        store::Transaction transaction;
        transaction.changes.push_back(store::ExpireRoom{room, there.now()});
        // Nobody waits for it, and the next round does what the store refuses.
        there.services().store.commit(std::move(transaction), there.scheduler(), [](const auto&) {});
    });
}

}  // namespace kindroom::actors
