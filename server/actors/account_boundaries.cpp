// What an account sets for itself alone: mutes, choices for labels, stepping away and coming back.
#include "actors/account_actor.hpp"
#include "actors/home.hpp"

namespace kindroom::actors {

using namespace domain;

// ---- one's own matters ----------------------------------------------------------------------------------------------

store::Change AccountActor::to_store(const MatterChange& change) const {
    if (!change.matter) return store::DeleteMatter{id_, change.id};
    return store::PutMatter{{.account = id_, .id = change.id, .content = seal(pack(*change.matter), "matter")}};
}

void AccountActor::apply(const std::vector<MatterChange>& changes) {
    for (const MatterChange& change : changes) matters_->apply(change);
    visibility_ = matters_->visibility(home_.now());
    sanctions_ = matters_->sanctions(home_.now());
    schedule_housekeeping();
}

AccountActor::Work AccountActor::change_matters(ReturnTo from, std::vector<MatterChange> changes, Reply reply) {
    Work work{.from = from, .changes = {}, .on_durable = {}};
    for (const MatterChange& change : changes) {
        work.changes.push_back(to_store(change));
        store_whereabouts(change, work.changes);
    }
    work.on_durable = [this, from, changes = std::move(changes), reply = std::move(reply)]() mutable {
        apply(changes);
        refresh_connections(std::nullopt, [from, reply = std::move(reply)](AccountActor& here) mutable {
            here.services_.shards.reply(from, std::move(reply));
        });
    };
    return work;
}

void AccountActor::let_matters_end() {
    const TimePoint now = home_.now();
    for (const auto& ending : matters_->blocks_to_end(now)) end_block(ending.id, ending.block.other.account);
    let_lapse();
    // Mutes that have ended are shown again at once, whether or not the store takes note just now.
    if (matters_->ended(now).empty() || is_ending_matters_) return;
    visibility_ = matters_->visibility(now);
    refresh_connections(std::nullopt, [](AccountActor&) {});
    is_ending_matters_ = true;
    in_turn([this]() -> std::optional<Work> {
        auto changes = matters_->ended(home_.now());
        Work work = change_matters({}, std::move(changes), Done{});
        work.on_failed = [this] { is_ending_matters_ = false; };
        work.on_durable = [this, then = std::move(work.on_durable)]() mutable {
            is_ending_matters_ = false;
            then();
        };
        return work;
    });
}

void AccountActor::mute(ReturnTo from, AddMute command, std::optional<NamedPerson> person) {
    when_loaded(from, [this, from, command = std::move(command), person = std::move(person)]() mutable {
        if (state_ != State::ready) return services_.shards.refuse(from, refuse(Errc::sign_in_needed));
        // The role voice is nobody's: muting it must not come to mean the whole room.
        if (std::holds_alternative<PersonRef>(command.what) && !person)
            return services_.shards.refuse(from, refuse(Errc::person_unknown));
        in_turn([this, from, command = std::move(command), person = std::move(person)]() -> std::optional<Work> {
            auto change = matters_->decide_mute(command, person ? std::optional(person->who) : std::nullopt,
                                                home_.random().id<MatterId>(), home_.now());
            if (!change) return services_.shards.refuse(from, change.error()), std::nullopt;
            const MatterId id = change->id;
            return change_matters(from, {std::move(*change)}, Muted{id});
        });
    });
}

void AccountActor::on(const Envelope& envelope, const Unmute& command) {
    in_turn([this, from = envelope.from, mute = command.mute]() -> std::optional<Work> {
        auto change = matters_->decide_unmute(mute);
        if (!change) return services_.shards.reply(from, Done{}), std::nullopt;
        return change_matters(from, {std::move(*change)}, Done{});
    });
}

void AccountActor::on(const Envelope& envelope, SetLabelChoice& command) {
    in_turn([this, from = envelope.from, command = std::move(command)]() -> std::optional<Work> {
        auto change = matters_->decide_label_choice(command, home_.random().id<MatterId>());
        if (!change) return services_.shards.refuse(from, change.error()), std::nullopt;
        if (!*change) return services_.shards.reply(from, Done{}), std::nullopt;
        return change_matters(from, {std::move(**change)}, Done{});
    });
}

void AccountActor::on(const Envelope& envelope, const ListBoundaries&) {
    services_.shards.reply(envelope.from, matters_->list(home_.now()));
}

void AccountActor::on(const Envelope& envelope, const StepAway& command) {
    in_turn([this, from = envelope.from, command]() -> std::optional<Work> {
        auto change = matters_->decide_step_away(command, home_.random().id<MatterId>(), home_.now());
        if (!change) return services_.shards.refuse(from, change.error()), std::nullopt;
        const Away away = std::get<KeptAway>(*change->matter).away;
        // The devices stop listening when they see themselves away: for others an ordinary absence.
        return change_matters(from, {std::move(*change)}, SteppedAway{away});
    });
}

void AccountActor::on(const Envelope& envelope, const ReturnFromAway& command) {
    in_turn([this, from = envelope.from, command]() -> std::optional<Work> {
        auto change = matters_->decide_return(command, home_.now());
        if (!change) return services_.shards.refuse(from, change.error()), std::nullopt;
        if (!*change) return services_.shards.reply(from, Returned{}), std::nullopt;
        Work work{.from = from, .changes = {to_store(**change)}, .on_durable = {}};
        work.on_durable = [this, from, room = command.from_room, change = std::move(**change)] {
            apply({change});
            refresh_connections(std::nullopt, [from, room](AccountActor& here) { here.answer_return(from, room); });
        };
        return work;
    });
}

void AccountActor::answer_return(ReturnTo from, std::optional<RoomId> only) {
    services_.store.rooms_of(id_, home_.scheduler(), [&home = home_, id = id_, from, only](auto rooms) {
        AccountActor* here = home.account_if_here(id);
        if (!here || !rooms) return home.services().shards.reply(from, Returned{});
        const TimePoint now = home.now();
        std::erase_if(*rooms, [&](RoomId room) {
            return (only && room != *only) || here->sanctions_->out_of(room, now) || here->sanctions_->ban(now);
        });
        struct Asking {
            std::size_t awaited;
            bool something_new = false;
        };
        auto asking = std::make_shared<Asking>(Asking{rooms->size()});
        if (rooms->empty()) return home.services().shards.reply(from, Returned{});
        const auto& shards = home.services().shards;
        for (const RoomId room : *rooms)
            shards.send(shards.home_of(room), [room, from, asking, back = home.shard(), who = here->identity({}),
                                               after = here->reached_[room]](Home& there) {
                there.room(room).any_news(who, after, [from, asking, back, &there](bool any) {
                    there.services().shards.send(back, [from, asking, any](Home& again) {
                        asking->something_new |= any;
                        if (--asking->awaited == 0)
                            again.services().shards.reply(from, Returned{.something_new = asking->something_new});
                    });
                });
            });
    });
}

void AccountActor::find_avoided(std::vector<AccountId> others, MoveOnlyFunction<void(Avoided)> then) {
    when_loaded({}, [this, others = std::move(others), then = std::move(then)]() mutable {
        Avoided avoided;
        if (state_ == State::ready) {
            avoided.emplace();
            for (const AccountId other : others)
                if (visibility_->keeps_away(other)) avoided->insert(other);
        }
        then(std::move(avoided));
    });
}

}  // namespace kindroom::actors
