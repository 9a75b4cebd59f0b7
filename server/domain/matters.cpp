#include "domain/matters.hpp"

#include <algorithm>

namespace kindroom::domain {

namespace {

bool same_thing(const KeptMute& a, const KeptMute& b) {
    if (a.room != b.room || a.what.index() != b.what.index()) return false;
    const auto* person = std::get_if<Acquaintance>(&a.what);
    // They may have another name by now.
    return person ? person->account == std::get<Acquaintance>(b.what).account : a.what == b.what;
}

// Whom an edge is about, if this is part of one.
std::optional<AccountId> other_end(const Matter& matter) {
    if (const auto* chosen = std::get_if<ChosenBlock>(&matter)) return chosen->other.account;
    if (const auto* met = std::get_if<MetBlock>(&matter)) return met->other;
    return std::nullopt;
}

std::optional<Dark> dark_of(const Matter& matter) {
    if (const auto* chosen = std::get_if<ChosenBlock>(&matter))
        return Dark{
            .side = Dark::Side::chosen, .from = chosen->from, .until = chosen->until, .named = !chosen->because_of};
    if (const auto* met = std::get_if<MetBlock>(&matter)) return met->dark;
    return std::nullopt;
}

}  // namespace

std::size_t Matters::count_boundaries() const {
    std::size_t count = 0;
    each<KeptMute>(kept_, [&](auto, const auto&) { count += 1; });
    each<ChosenBlock>(kept_, [&](auto, const ChosenBlock& block) { count += block.until == never; });
    return count;
}

std::size_t Matters::count_muted_words() const {
    std::size_t count = 0;
    each<KeptMute>(kept_, [&](auto, const KeptMute& mute) {
        if (const auto* words = std::get_if<Words>(&mute.what)) count += words->words.size();
    });
    return count;
}

// ---- keeping --------------------------------------------------------------------------------------------------------

void Matters::ready() {
    std::unordered_map<AccountId, Edge> edges;
    for (const auto& [id, matter] : kept_)
        if (const auto other = other_end(matter)) edges[*other].push_back(*dark_of(matter));
    edges_.clear();
    for (auto& [other, edge] : edges) edges_.emplace(other, std::make_shared<const Edge>(std::move(edge)));
}

void Matters::apply(const MatterChange& change) {
    std::optional<AccountId> other;
    if (const auto old = kept_.find(change.id); old != kept_.end()) other = other_end(old->second);
    if (change.matter) {
        kept_.insert_or_assign(change.id, *change.matter);
        if (!other) other = other_end(*change.matter);
    } else {
        kept_.erase(change.id);
    }
    if (other) renew_edge(*other);
}

void Matters::renew_edge(AccountId other) {
    Edge edge;
    for (const auto& [id, matter] : kept_)
        if (other_end(matter) == other) edge.push_back(*dark_of(matter));
    if (edge.empty())
        edges_.erase(other);
    else
        edges_.insert_or_assign(other, std::make_shared<const Edge>(std::move(edge)));
}

VisibilityPtr Matters::visibility(TimePoint now) const {
    Visibility::Parts parts{.edges = edges_, .mutes = {}, .shown_labels = {}};
    const auto cover = [](Mutes::Place& place, const std::optional<RoomId>& room) {
        if (room)
            place.rooms.insert(*room);
        else
            place.everywhere = true;
    };
    each<KeptMute>(kept_, [&](auto, const KeptMute& mute) {
        if (mute.ends_at <= now) return;
        Mutes& mutes = parts.mutes;
        if (const auto* person = std::get_if<Acquaintance>(&mute.what)) {
            cover(mutes.people[person->account], mute.room);
        } else if (const auto* label = std::get_if<Label>(&mute.what)) {
            cover(mutes.labels[label->label], mute.room);
        } else if (const auto* words = std::get_if<Words>(&mute.what)) {
            for (const auto& phrase : words->words) {
                auto& same_beginning = mutes.words[phrase.substr(0, phrase.find(' '))];
                same_beginning.emplace_back(phrase, Mutes::Place{});
                cover(same_beginning.back().second, mute.room);
            }
        } else if (mute.room) {
            mutes.rooms.insert(*mute.room);
        }
    });
    each<KeptLabelChoice>(kept_, [&](auto, const KeptLabelChoice& chosen) {
        if (chosen.choice == LabelChoice::show) parts.shown_labels.insert(chosen.label);
    });
    return std::make_shared<const Visibility>(owner_, std::move(parts));
}

Boundaries Matters::list(TimePoint now) const {
    Boundaries list;
    each<KeptMute>(kept_, [&](MatterId id, const KeptMute& kept) {
        if (kept.ends_at <= now) return;
        Mute mute{.id = id, .what = WholeRoom{}, .room = kept.room, .ends_at = kept.ends_at};
        if (const auto* person = std::get_if<Acquaintance>(&kept.what)) mute.what = person->person;
        if (const auto* words = std::get_if<Words>(&kept.what)) mute.what = *words;
        if (const auto* label = std::get_if<Label>(&kept.what)) mute.what = *label;
        list.mutes.push_back(std::move(mute));
    });
    each<ChosenBlock>(kept_, [&](MatterId id, const ChosenBlock& block) {
        // That two accounts are one person's is the moderators' knowledge.
        if (block.until != never || block.because_of) return;
        list.blocks.push_back(
            {.id = id, .person = block.other.person, .room = block.other.room, .ends_at = block.ends_at});
    });
    each<KeptLabelChoice>(
        kept_, [&](auto, const KeptLabelChoice& chosen) { list.labels.emplace_back(chosen.label, chosen.choice); });
    list.away = away(now);
    return list;
}

// ---- mute -----------------------------------------------------------------------------------------------------------

Result<MatterChange> Matters::decide_mute(const AddMute& command, std::optional<Acquaintance> person, MatterId fresh,
                                          TimePoint now) const {
    KeptMute mute{.what = WholeRoom{},
                  .room = command.room,
                  .ends_at = command.lasts > Duration{0} ? now + command.lasts : never};
    if (person) mute.what = std::move(*person);
    if (const auto* words = std::get_if<Words>(&command.what)) mute.what = *words;
    if (const auto* label = std::get_if<Label>(&command.what)) mute.what = *label;
    std::optional<MatterId> same;
    each<KeptMute>(kept_, [&](MatterId id, const KeptMute& other) {
        if (same_thing(other, mute)) same = id;
    });
    if (same) return MatterChange{*same, std::move(mute)};
    if (count_boundaries() >= limits_.boundaries_max) return refuse(Errc::too_many);
    if (const auto* words = std::get_if<Words>(&mute.what);
        words && count_muted_words() + words->words.size() > limits_.muted_words_max)
        return refuse(Errc::too_many);
    return MatterChange{fresh, std::move(mute)};
}

std::optional<MatterChange> Matters::decide_unmute(MatterId mute) const {
    if (!kept<KeptMute>(mute)) return std::nullopt;
    return MatterChange{mute, std::nullopt};
}

Result<std::optional<MatterChange>> Matters::decide_label_choice(const SetLabelChoice& command, MatterId fresh) const {
    std::optional<MatterId> same;
    std::size_t count = 0;
    bool is_news = command.choice != LabelChoice::ask;
    each<KeptLabelChoice>(kept_, [&](MatterId id, const KeptLabelChoice& chosen) {
        ++count;
        if (chosen.label != command.label) return;
        same = id;
        is_news = chosen.choice != command.choice;
    });
    using Change = std::optional<MatterChange>;
    if (!is_news) return Change{};
    // To be asked is how it is without a choice.
    if (command.choice == LabelChoice::ask) return Change{{*same, std::nullopt}};
    if (!same && count >= limits_.label_choices_max) return refuse(Errc::too_many);
    return Change{{same.value_or(fresh), KeptLabelChoice{command.label, command.choice}}};
}

// ---- block ----------------------------------------------------------------------------------------------------------

std::optional<std::pair<MatterId, ChosenBlock>> Matters::block_of(AccountId other) const {
    std::optional<std::pair<MatterId, ChosenBlock>> found;
    each<ChosenBlock>(kept_, [&](MatterId id, const ChosenBlock& block) {
        if (block.other.account == other && block.until == never) found = {id, block};
    });
    if (found) found->second.ends_at = end_of(found->second);
    return found;
}

Result<std::optional<MatterChange>> Matters::decide_block(const Acquaintance& other,
                                                          std::optional<AccountId> because_of, MatterId fresh,
                                                          TimePoint now) const {
    if (auto found = block_of(other.account)) {
        auto& [id, block] = *found;
        // What the house adds by itself changes nothing that is there, least of all an end that was asked for.
        if (because_of || (block.ends_at == never && !block.because_of)) return std::optional<MatterChange>{};
        block.end_asked_at = block.ends_at = never;
        if (block.because_of) {
            block.because_of.reset();
            block.other = other;
        }
        return std::optional<MatterChange>{{id, std::move(block)}};
    }
    // Of a chain of linked accounts the first was named, and all end with that one.
    if (const auto named = because_of ? block_of(*because_of) : std::nullopt; named && named->second.because_of)
        because_of = named->second.because_of;
    // Nor is it ever too much.
    if (!because_of && count_boundaries() >= limits_.boundaries_max) return refuse(Errc::too_many);
    return std::optional<MatterChange>{{fresh, ChosenBlock{.other = other, .from = now, .because_of = because_of}}};
}

Result<Matters::Unblocking> Matters::decide_unblock(MatterId block_id, TimePoint now) const {
    const auto* named = kept<ChosenBlock>(block_id);
    // What the house has added is not the owner's to end: it ends with what they named.
    if (!named || named->until != never || named->because_of) return Unblocking{.takes_effect_at = now, .changes = {}};
    if (named->ends_at != never) return Unblocking{.takes_effect_at = named->ends_at, .changes = {}};
    std::vector<TimePoint> today;
    each<ChosenBlock>(kept_, [&](auto, const ChosenBlock& block) {
        if (!block.because_of && block.end_asked_at != never && block.end_asked_at > now - std::chrono::hours{24})
            today.push_back(block.end_asked_at);
    });
    if (today.size() >= limits_.unblocks_per_day) {
        std::sort(today.begin(), today.end());
        return refuse_until(Errc::rate_limited,
                            today[today.size() - limits_.unblocks_per_day] + std::chrono::hours{24});
    }
    ChosenBlock block = *named;
    block.end_asked_at = now;
    block.ends_at = now + limits_.unblock_delay;
    return Unblocking{.takes_effect_at = block.ends_at, .changes = {{block_id, block}}};
}

TimePoint Matters::end_of(const ChosenBlock& block) const {
    if (!block.because_of) return block.ends_at;
    TimePoint end = block.from;
    each<ChosenBlock>(kept_, [&](auto, const ChosenBlock& named) {
        if (named.because_of || named.other.account != *block.because_of) return;
        end = std::max(end, named.until == never ? named.ends_at : named.until);
    });
    return end;
}

std::vector<Matters::Ending> Matters::blocks_to_end(TimePoint now) const {
    std::vector<Ending> endings;
    each<ChosenBlock>(kept_, [&](MatterId id, ChosenBlock block) {
        if (block.until != never) return;
        const TimePoint end = end_of(block);
        if (end > now) return;
        block.until = end;
        endings.push_back({id, std::move(block)});
    });
    return endings;
}

MatterChange Matters::met(AccountId by, TimePoint from, std::map<RoomId, Position> reached, MatterId fresh) const {
    return {fresh,
            MetBlock{.other = by, .dark = {.side = Dark::Side::met, .from = from, .received = std::move(reached)}}};
}

std::optional<MatterChange> Matters::met_ends(AccountId by, TimePoint until) const {
    std::optional<MatterChange> change;
    each<MetBlock>(kept_, [&](MatterId id, MetBlock block) {
        if (block.other != by || !block.dark.is_in_force()) return;
        block.dark.until = until;
        change = MatterChange{id, std::move(block)};
    });
    return change;
}

bool Matters::is_blocked_by(AccountId other) const { return met_ends(other, TimePoint{}).has_value(); }

std::vector<AccountId> Matters::blocked_by() const {
    std::vector<AccountId> others;
    each<MetBlock>(kept_, [&](auto, const MetBlock& block) {
        if (block.dark.is_in_force()) others.push_back(block.other);
    });
    return others;
}

// ---- linked accounts ------------------------------------------------------------------------------------------------

std::vector<AccountId> Matters::linked() const {
    std::vector<AccountId> accounts;
    each<Linked>(kept_, [&](auto, const Linked& linked) { accounts.push_back(linked.account); });
    return accounts;
}

std::optional<MatterChange> Matters::decide_link(AccountId other, MatterId fresh) const {
    const auto already = linked();
    if (other == owner_ || std::find(already.begin(), already.end(), other) != already.end()) return std::nullopt;
    return MatterChange{fresh, Linked{other}};
}

// ---- stepping away --------------------------------------------------------------------------------------------------

std::vector<Away> Matters::away(TimePoint now) const {
    std::vector<Away> all;
    each<KeptAway>(kept_, [&](auto, const KeptAway& kept) {
        if (kept.away.until > now) all.push_back(kept.away);
    });
    return all;
}

bool Matters::is_away_from(RoomId room, TimePoint now) const {
    const auto all = away(now);
    return std::any_of(all.begin(), all.end(), [&](const Away& one) { return !one.room || one.room == room; });
}

Result<MatterChange> Matters::decide_step_away(const StepAway& command, MatterId fresh, TimePoint now) const {
    Away away{.room = command.from_room,
              .until = command.lasts > Duration{0} ? now + command.lasts : never,
              .firm = command.firm};
    MatterChange change{fresh, std::nullopt};
    std::optional<TimePoint> firm_until;
    std::size_t other_rooms = 0;
    each<KeptAway>(kept_, [&](MatterId id, const KeptAway& kept) {
        if (kept.away.room != away.room) {
            if (kept.away.room && kept.away.until > now) ++other_rooms;
            return;
        }
        change.id = id;
        if (kept.away.firm && kept.away.until > now) firm_until = kept.away.until;
    });
    // What is firm can only be made firmer.
    if (firm_until && !(away.firm && away.until >= *firm_until)) return refuse_until(Errc::stepped_away, *firm_until);
    // As many as one can be in. Whether a room exists is not known here, so made-up ones count too.
    if (away.room && other_rooms >= limits_.rooms_per_person_max) return refuse(Errc::too_many);
    change.matter = KeptAway{away};
    return change;
}

Result<std::optional<MatterChange>> Matters::decide_return(const ReturnFromAway& command, TimePoint now) const {
    std::optional<MatterChange> change;
    std::optional<TimePoint> firm_until;
    each<KeptAway>(kept_, [&](MatterId id, const KeptAway& kept) {
        if (kept.away.room != command.from_room) return;
        change = MatterChange{id, std::nullopt};
        if (kept.away.firm && kept.away.until > now) firm_until = kept.away.until;
    });
    if (firm_until) return refuse_until(Errc::stepped_away, *firm_until);
    return change;
}

// ---- time -----------------------------------------------------------------------------------------------------------

std::vector<MatterChange> Matters::ended(TimePoint now) const {
    std::vector<MatterChange> changes;
    each<KeptMute>(kept_, [&](MatterId id, const KeptMute& mute) {
        if (mute.ends_at <= now) changes.push_back({id, std::nullopt});
    });
    each<KeptAway>(kept_, [&](MatterId id, const KeptAway& kept) {
        if (kept.away.until <= now) changes.push_back({id, std::nullopt});
    });
    each<KeptOffer>(kept_, [&](MatterId id, const KeptOffer& offer) {
        if (forgotten_at(offer) <= now) changes.push_back({id, std::nullopt});
    });
    each<KeptContact>(kept_, [&](MatterId id, const KeptContact& contact) {
        if (forgotten_at(contact) <= now) changes.push_back({id, std::nullopt});
    });
    each<KeptDecision>(kept_, [&](MatterId id, const KeptDecision& kept) {
        if (forgotten_at(kept) <= now) changes.push_back({id, std::nullopt});
    });
    return changes;
}

TimePoint Matters::next_due() const {
    TimePoint next = never;
    each<KeptMute>(kept_, [&](auto, const KeptMute& mute) { next = std::min(next, mute.ends_at); });
    each<KeptAway>(kept_, [&](auto, const KeptAway& kept) { next = std::min(next, kept.away.until); });
    each<ChosenBlock>(kept_, [&](auto, const ChosenBlock& block) {
        if (block.until == never) next = std::min(next, end_of(block));
    });
    each<KeptOffer>(kept_, [&](auto, const KeptOffer& offer) { next = std::min(next, forgotten_at(offer)); });
    each<KeptContact>(kept_, [&](auto, const KeptContact& contact) { next = std::min(next, forgotten_at(contact)); });
    each<KeptDecision>(kept_, [&](auto, const KeptDecision& kept) { next = std::min(next, next_due_of(kept)); });
    return next;
}

}  // namespace kindroom::domain
