// What belongs to an account: taking it along, and being forgotten.
#include "actors/account_actor.hpp"
#include "actors/home.hpp"
#include "actors/own_data.hpp"
#include "actors/passphrase_desk.hpp"

namespace kindroom::actors {

using namespace domain;

// ---- taking along ---------------------------------------------------------------------------------------------------

void AccountActor::on(const Envelope& envelope, const ExportMyData& command) {
    const TimePoint now = home_.now();
    const Limits& limits = services_.limits;
    // Each reads whole rooms, so one is made after the other, whichever devices ask.
    if (!exporting_.expired())
        return services_.shards.refuse(envelope.from, refuse_until(Errc::rate_limited, now + limits.export_every));
    if (auto may = exports_.take({.burst = limits.exports_burst, .every = limits.export_every}, now); !may)
        return services_.shards.refuse(envelope.from, may.error());
    auto reading = std::make_unique<OwnDataReading>(
        OwnDataReading{.to = envelope.from, .account = id_, .key = key_, .bytes_max = limits.history_page_bytes_max});
    exporting_ = reading->is_under_way;
    ExportPlace from = command.after.value_or(ExportPlace{});
    if (from.part == ExportPlace::Part::private_matters) {
        if (!command.after) add_own_account(*reading);
        for (auto& [id, piece] : matters_->own_after(from.matter, now)) {
            if (reading->is_full()) {
                reading->data.next = from;
                return services_.shards.reply(envelope.from, std::move(reading->data));
            }
            reading->add(std::move(piece));
            from.matter = id;
        }
        from = {.part = ExportPlace::Part::rooms};
    }
    read_own_data(home_, std::move(reading), from);
}

void AccountActor::add_own_account(OwnDataReading& reading) const {
    const Account::Facts& facts = account_->facts();
    reading.add(OwnAccount{.login_id = facts.login_id,
                           .standing = facts.standing,
                           .rules_consented = facts.rules_consented,
                           .created_at = facts.created_at,
                           .contacts_open = matters_->contacts_open()});
    for (const Session& session : account_->sessions())
        reading.add(OwnSession{.device_label = session.device_label,
                               .created_at = session.created_at,
                               .last_used_at = session.last_used_at});
}

// ---- being forgotten ------------------------------------------------------------------------------------------------

// Order: the passphrase; then the person's key is destroyed and all that is private to them is gone, in one
// transaction, and from there on it cannot be undone; then the devices; then each room takes back their words. What a
// crash cuts short is on the store's list of erasures, which HouseDesk looks after.
void AccountActor::on(const Envelope& envelope, EraseAccount& command) {
    const ReturnTo from = envelope.from;
    const bool taken =
        services_.passphrases.verify(std::move(command.passphrase), record_.passphrase_hash, home_.scheduler(),
                                     [&home = home_, id = id_, from](bool fits) {
                                         AccountActor* here = home.account_if_here(id);
                                         if (!here || here->state_ != State::ready || !fits)
                                             return home.services().shards.refuse(from, refuse(Errc::sign_in_failed));
                                         here->in_turn([here, from] { return here->erasure(from); });
                                     });
    if (!taken) services_.shards.refuse(from, refuse_until(Errc::unavailable, home_.now() + Duration{2000}));
}

std::optional<AccountActor::Work> AccountActor::erasure(ReturnTo from) {
    Work work{.from = from, .changes = {store::EraseAccount{id_}}, .on_durable = {}};
    work.on_durable = [this, from] {
        // What waits its turn is refused from here on; see next_turn().
        state_ = State::absent;
        services_.shards.send(Shards::front, [id = id_](Home& front) {
            front.decision_desk().forget(id);
            front.case_desk().tap_out({}, id);
            front.house_desk().look_after_erasures();
        });
        std::vector<SessionId> all;
        for (const Session& session : account_->sessions()) all.push_back(session.id);
        // Before its own connection ends.
        services_.shards.reply(from, Done{});
        close_connections(all, {.reason = SessionEndReason::erased, .decision = {}},
                          // Behind everything that those connections had asked of any room.
                          [](AccountActor& here) { here.let_rooms_forget(); });
    };
    return work;
}

void AccountActor::let_rooms_forget() {
    services_.store.memberships_of(id_, home_.scheduler(), [&home = home_, id = id_, key = key_->id](auto memberships) {
        // The rooms are on the list of erasures, and are asked again before long.
        if (!memberships) return;
        const auto& shards = home.services().shards;
        for (const auto& membership : *memberships)
            shards.send(shards.home_of(membership.room),
                        [room = membership.room, id, key](Home& there) { there.room(room).erase(id, key); });
    });
}

}  // namespace kindroom::actors
