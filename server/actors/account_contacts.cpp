// Contacts between two accounts. An offer, and a yes to it, concern both: the other one's part is prepared and sealed
// by its own actor, one transaction holds both parts, then both apply them. The one who offers is answered before the
// other one is told, and at the same cost whatever the other has set (PRODUCT looks 11 and 15).
#include "actors/account_actor.hpp"
#include "actors/home.hpp"

namespace kindroom::actors {

using namespace domain;

// ---- two accounts ---------------------------------------------------------------------------------------------------

// Asks the other account for its part, by `prepare`, and goes on here with what it gives.
template <class Prepare, class Onwards>
void AccountActor::with_part_of(AccountId other, Prepare prepare, Onwards then) {
    errands_ += 1;
    services_.shards.send(
        services_.shards.home_of(other), [other, me = id_, back = home_.shard(), prepare = std::move(prepare),
                                          then = std::move(then)](Home& there) mutable {
            prepare(there.account(other), [&there, me, back, then = std::move(then)](auto part) mutable {
                there.services().shards.send(back,
                                             [me, then = std::move(then), part = std::move(part)](Home& home) mutable {
                                                 AccountActor& here = home.account(me);
                                                 here.errands_ -= 1;
                                                 then(here, std::move(part));
                                             });
            });
        });
}

void AccountActor::tell_begun(AccountId other, std::vector<MatterChange> changes) {
    services_.shards.send(services_.shards.home_of(other),
                          [other, me = id_, changes = std::move(changes)](Home& there) mutable {
                              there.account(other).begun(me, std::move(changes));
                          });
}

void AccountActor::begun(AccountId with, std::vector<MatterChange> changes) {
    when_loaded({}, [this, with, changes = std::move(changes)]() mutable {
        if (state_ != State::ready) return;
        const auto& [id, matter] = changes.back();
        // Loaded anew meanwhile: then it is known already, and may have been answered.
        if (!matters_->all().contains(id)) apply(changes);
        part_if_blocked(with);
        const auto* offer = std::get_if<KeptOffer>(&*matter);
        if (!offer || offer->state != KeptOffer::State::open) return;
        // Nothing is delivered to somebody who has stepped away: the offer waits in their list.
        if (matters_->is_away_from(offer->other.room, home_.now())) return;
        tell(ContactOffered{.offer = as_shown(id, *offer), .by = with});
    });
}

// Known at once, so that a block which has just begun finds it so; a device tells it before how far it is.
void AccountActor::offer_reached(MatterId offer) {
    if (state_ != State::ready) return;
    auto change = matters_->decide_shown(offer);
    if (!change) return;
    apply({*change});
    in_turn([this, offer]() -> std::optional<Work> {
        const auto kept = matters_->all().find(offer);
        if (kept == matters_->all().end()) return std::nullopt;
        return Work{.from = {}, .changes = {to_store({offer, kept->second})}, .on_durable = [] {}};
    });
}

void AccountActor::part_if_blocked(AccountId other) {
    in_turn([this, other]() -> std::optional<Work> {
        auto changes = matters_->parted_by_blocks(other, home_.now());
        if (changes.empty()) return std::nullopt;
        Work work = change_matters({}, changes, Done{});
        work.on_durable = [this, changes = std::move(changes), then = std::move(work.on_durable)]() mutable {
            then();
            leave_ended(changes);
        };
        return work;
    });
}

// ---- offering -------------------------------------------------------------------------------------------------------

struct AccountActor::Offering {
    ReturnTo from;
    Encounter encounter;
    Matters::OfferIds ids;
    // Both sides keep the same time, so that it fades for both at once.
    TimePoint at{};
};

void AccountActor::offer_contact(ReturnTo from, NamedPeople two) {
    when_loaded(from, [this, from, two = std::move(two)]() mutable {
        if (state_ != State::ready) return services_.shards.refuse(from, refuse(Errc::sign_in_needed));
        auto& other = two[0];
        auto& own = two[1];
        if (!other || !own || other->who.account == id_)
            return services_.shards.refuse(from, refuse(Errc::person_unknown));
        auto offering = std::make_unique<Offering>(
            Offering{.from = from,
                     .encounter = {.own = std::move(own->who),
                                   .own_stay = {.joined = own->joined, .left_at = own->left_at},
                                   .other = std::move(other->who),
                                   .other_stay = {.joined = other->joined, .left_at = other->left_at}},
                     .ids = {.made = home_.random().id<MatterId>(), .received = home_.random().id<MatterId>()},
                     .at = home_.now()});
        auto made = judge_offer(*offering);
        if (!made) return;
        const AccountId account = made->other.account;
        const MatterId id = offering->ids.received;
        auto received = as_received({offering->ids.made, std::move(*made)}, offering->encounter.own);
        with_part_of(
            account,
            [id, received = std::move(received)](AccountActor& there, ThenPart then) mutable {
                there.prepare_offered(id, std::move(received), std::move(then));
            },
            [offering = std::move(offering)](AccountActor& here, auto part) mutable {
                here.commit_offer(std::move(offering), std::move(part));
            });
    });
}

std::optional<KeptOffer> AccountActor::judge_offer(const Offering& offering) {
    auto answer = matters_->decide_offer(offering.encounter, offering.ids, offering.at);
    if (!answer) return services_.shards.refuse(offering.from, answer.error()), std::nullopt;
    if (const auto* contact = std::get_if<KeptContact>(&*answer))
        return answer_contact(offering.from, *contact), std::nullopt;
    auto& [id, made] = std::get<Matters::Offering>(*answer);
    if (id == offering.ids.made) return std::move(made);
    return services_.shards.reply(offering.from, OfferMade{as_shown(id, made)}), std::nullopt;
}

void AccountActor::prepare_offered(MatterId id, KeptOffer offer, ThenPart then) {
    when_loaded({}, [this, id, offer = std::move(offer), then = std::move(then)]() mutable {
        if (state_ == State::unreadable) return then(refuse_until(Errc::unavailable, home_.now() + Duration{1000}));
        if (state_ != State::ready) return then(std::optional<Part>{});
        auto change = matters_->offered(id, std::move(offer), home_.now());
        Part part{.changes = {}, .stored = {to_store(change)}};
        part.changes.push_back(std::move(change));
        then(std::optional(std::move(part)));
    });
}

void AccountActor::commit_offer(std::unique_ptr<Offering> offering, Result<std::optional<Part>> part) {
    if (!part) return services_.shards.refuse(offering->from, part.error());
    in_turn([this, offering = std::move(offering), part = std::move(*part)]() mutable -> std::optional<Work> {
        auto made = judge_offer(*offering);
        if (!made) return std::nullopt;
        const OfferMade answer{as_shown(offering->ids.made, *made)};
        const AccountId other = made->other.account;
        MatterChange own{offering->ids.made, std::move(*made)};
        Work work{.from = offering->from, .changes = {to_store(own)}, .on_durable = {}};
        if (part) work.changes.insert(work.changes.end(), part->stored.begin(), part->stored.end());
        work.on_durable = [this, from = offering->from, other, answer, own = std::move(own),
                           part = std::move(part)]() mutable {
            apply({std::move(own)});
            // First the answer: how long it takes to tell the other one is nothing to go by.
            services_.shards.reply(from, answer);
            if (part) tell_begun(other, std::move(part->changes));
        };
        return work;
    });
}

// ---- answering ------------------------------------------------------------------------------------------------------

struct AccountActor::Accepting {
    ReturnTo from;
    MatterId offer;
    // The room that will be theirs.
    RoomId room;
};

void AccountActor::on(const Envelope& envelope, const AnswerOffer& command) {
    if (command.accept) return accept_offer(envelope.from, command.offer);
    in_turn([this, from = envelope.from, offer = command.offer]() -> std::optional<Work> {
        auto change = matters_->decide_decline(offer, home_.now());
        if (!change) return services_.shards.reply(from, Done{}), std::nullopt;
        return change_matters(from, {std::move(*change)}, Done{});
    });
}

void AccountActor::accept_offer(ReturnTo from, MatterId offer_id) {
    auto accepting =
        std::make_unique<Accepting>(Accepting{.from = from, .offer = offer_id, .room = home_.random().id<RoomId>()});
    const auto offer = judge_accept(*accepting);
    if (!offer) return;
    const RoomCodec codec(accepting->room, services_);
    KeptContact theirs{
        .other = id_,
        .contact = {.room = accepting->room, .person = codec.person(id_, Voice::person, offer->own_name)}};
    with_part_of(
        offer->other.account,
        [theirs = std::move(theirs), name = offer->other.person.name](AccountActor& there, ThenPart then) mutable {
            there.prepare_contact(std::move(theirs), name, std::move(then));
        },
        [accepting = std::move(accepting)](AccountActor& here, auto part) mutable {
            here.commit_contact(std::move(accepting), std::move(part));
        });
}

std::optional<KeptOffer> AccountActor::judge_accept(const Accepting& accepting) {
    auto answer = matters_->decide_accept(accepting.offer, home_.now());
    if (!answer) return services_.shards.refuse(accepting.from, answer.error()), std::nullopt;
    if (const auto* contact = std::get_if<KeptContact>(&*answer))
        return answer_contact(accepting.from, *contact), std::nullopt;
    return std::get<KeptOffer>(std::move(*answer));
}

store::PutMembership AccountActor::membership(const KeptContact& contact, const std::string& own_name) const {
    const RoomCodec codec(contact.contact.room, services_);
    const bool has_ended = contact.ended_at != never;
    return {{.room = contact.contact.room,
             .account = id_,
             .joined = !has_ended,
             .joined_after = {},
             .left_at = has_ended ? contact.ended_at : TimePoint{},
             .name = codec.seal_names({own_name, {}}, *key_, home_.random())}};
}

void AccountActor::prepare_contact(KeptContact contact, const std::string& own_name, ThenPart then) {
    when_loaded({}, [this, contact = std::move(contact), own_name, then = std::move(then)]() mutable {
        if (state_ == State::unreadable) return then(refuse_until(Errc::unavailable, home_.now() + Duration{1000}));
        if (state_ != State::ready) return then(std::optional<Part>{});
        // Whatever has come up since the offer, the yes is taken; the contact may rest from the start (PRODUCT X2).
        Part part{.changes = matters_->begin_contact(std::move(contact), home_.random().id<MatterId>(), home_.now()),
                  .stored = {}};
        part.stored.push_back(membership(std::get<KeptContact>(*part.changes.back().matter), own_name));
        for (const auto& change : part.changes) part.stored.push_back(to_store(change));
        then(std::optional(std::move(part)));
    });
}

void AccountActor::commit_contact(std::unique_ptr<Accepting> accepting, Result<std::optional<Part>> part) {
    if (!part) return services_.shards.refuse(accepting->from, part.error());
    in_turn([this, accepting = std::move(accepting), part = std::move(*part)]() mutable -> std::optional<Work> {
        const auto offer = judge_accept(*accepting);
        if (!offer) return std::nullopt;
        const RoomId room = accepting->room;
        const auto& [account, met_in, person] = offer->other;
        const RoomCodec codec(room, services_);
        const KeptContact contact{
            .other = account, .contact = {.room = room, .person = codec.person(account, Voice::person, person.name)}};
        auto changes = matters_->begin_contact(contact, home_.random().id<MatterId>(), home_.now());
        Work work{.from = accepting->from, .changes = {}, .on_durable = {}};
        RoomSettings settings;
        settings.kind = RoomKind::direct;
        settings.seats = 2;
        settings.history_before_joining = true;
        work.changes.push_back(
            store::PutRoom{{.id = room, .settings = std::move(settings), .created_at = home_.now()}});
        work.changes.push_back(membership(contact, offer->own_name));
        for (const auto& change : changes) work.changes.push_back(to_store(change));
        if (part) work.changes.insert(work.changes.end(), part->stored.begin(), part->stored.end());
        work.on_durable = [this, from = accepting->from, contact, changes = std::move(changes),
                           part = std::move(part)]() mutable {
            apply(changes);
            if (part) tell_begun(contact.other, std::move(part->changes));
            // Asks the other one, who by then has it too.
            answer_contact(from, contact);
        };
        return work;
    });
}

// ---- what rests -----------------------------------------------------------------------------------------------------

void AccountActor::rests_for(AccountId other, RoomId room, MoveOnlyFunction<void(bool rests)> then) {
    when_loaded({}, [this, other, room, then = std::move(then)]() mutable {
        then(state_ != State::ready || matters_->rests_for(other, room, home_.now()));
    });
}

void AccountActor::ask_who_rests(const std::vector<KeptContact>& contacts, ThenResting then) {
    if (contacts.empty()) return then(*this, {});
    struct Gathering {
        std::size_t awaited;
        ThenResting then;
        std::set<RoomId> resting{};
    };
    auto gathering = std::make_shared<Gathering>(Gathering{.awaited = contacts.size(), .then = std::move(then)});
    errands_ += 1;
    for (const KeptContact& kept : contacts)
        services_.shards.send(services_.shards.home_of(kept.contact.room),
                              [room = kept.contact.room, me = id_, back = home_.shard(), gathering](Home& there) {
                                  there.room(room).ask_whether_it_rests(
                                      me, [&there, me, room, back, gathering](bool rests) {
                                          there.services().shards.send(back, [me, room, rests, gathering](Home& home) {
                                              if (rests) gathering->resting.insert(room);
                                              if (--gathering->awaited > 0) return;
                                              AccountActor& here = home.account(me);
                                              here.errands_ -= 1;
                                              gathering->then(here, gathering->resting);
                                          });
                                      });
                              });
}

void AccountActor::answer_contact(ReturnTo from, const KeptContact& kept) {
    ask_who_rests({kept}, [from, room = kept.contact.room](AccountActor& here, const std::set<RoomId>& resting) {
        // Anew: it may have ended meanwhile, and then nothing may show them any more.
        for (Contact contact : here.matters_->list_contacts(here.home_.now()).contacts) {
            if (contact.room != room) continue;
            contact.resting = contact.resting || resting.contains(room);
            return here.services_.shards.reply(from, ContactMade{std::move(contact)});
        }
        here.services_.shards.refuse(from, refuse(Errc::person_unknown));
    });
}

void AccountActor::answer_contacts(ReturnTo from) {
    ask_who_rests(matters_->contacts(), [from](AccountActor& here, const std::set<RoomId>& resting) {
        Contacts list = here.matters_->list_contacts(here.home_.now());
        for (Contact& contact : list.contacts) contact.resting = contact.resting || resting.contains(contact.room);
        here.services_.shards.reply(from, std::move(list));
    });
}

void AccountActor::on(const Envelope& envelope, const ListContacts&) {
    in_turn([this, from = envelope.from]() -> std::optional<Work> {
        auto shown = matters_->decide_shown(home_.now());
        if (shown.empty()) return answer_contacts(from), std::nullopt;
        Work work{.from = from, .changes = {}, .on_durable = {}};
        for (const auto& change : shown) work.changes.push_back(to_store(change));
        work.on_durable = [this, from, shown = std::move(shown)] {
            apply(shown);
            answer_contacts(from);
        };
        return work;
    });
}

// ---- ending ---------------------------------------------------------------------------------------------------------

void AccountActor::leave(Envelope envelope) {
    const RoomId room = std::get<LeaveRoom>(envelope.command).room;
    services_.shards.send(services_.shards.home_of(room), [room, envelope = std::move(envelope)](Home& there) mutable {
        there.room(room).handle(std::move(envelope));
    });
}

void AccountActor::leave_ended(const std::vector<MatterChange>& changes) {
    for (const auto& [id, matter] : changes)
        if (const auto* kept = matter ? std::get_if<KeptContact>(&*matter) : nullptr; kept && kept->ended_at != never)
            leave({.from = {}, .who = identity({}), .command = LeaveRoom{.room = kept->contact.room}});
}

void AccountActor::on(const Envelope& envelope, const Disconnect& command) {
    in_turn([this, from = envelope.from, who = envelope.who, command]() -> std::optional<Work> {
        auto change = matters_->decide_disconnect(command.contact, home_.now());
        if (!change) return services_.shards.reply(from, Done{}), std::nullopt;
        Work work{.from = from, .changes = {to_store(*change)}, .on_durable = {}};
        work.on_durable = [this, from, who, command, change = std::move(*change)] {
            apply({change});
            // The room gives the answer.
            leave({.from = from,
                   .who = who,
                   .command = LeaveRoom{.room = command.contact, .take_words_along = command.take_words_along}});
        };
        return work;
    });
}

void AccountActor::on(const Envelope& envelope, const SetContactsOpen& command) {
    in_turn([this, from = envelope.from, command]() -> std::optional<Work> {
        auto change = matters_->decide_contacts_open(command, home_.random().id<MatterId>());
        if (!change) return services_.shards.reply(from, Done{}), std::nullopt;
        return change_matters(from, {std::move(*change)}, Done{});
    });
}

}  // namespace kindroom::actors
