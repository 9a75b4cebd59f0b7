#include "domain/visibility.hpp"

#include <algorithm>

namespace kindroom::domain {

namespace {

bool hides(const Dark& dark, const Sighting& sighting) {
    const bool chosen = dark.side == Dark::Side::chosen;
    switch (sighting.kind) {
        case Sighting::Kind::words: {
            // While it lasts, whoever chose it sees nothing of the other, their past included. What was shared without a
            // name before stays: whose it was would be told by its going.
            if (chosen && dark.is_in_force() && sighting.voice != Voice::unsigned_share) return true;
            const auto is_within = [&](TimePoint at) { return at >= dark.from && at < dark.until; };
            if (chosen) return is_within(sighting.at) || is_within(sighting.about_at);
            const auto found = dark.received.find(sighting.room);
            const Position reached = found == dark.received.end() ? Position{0} : found->second;
            // An edit counts by its own place; where the message itself is dark, so is all that concerns it.
            const auto is_late = [&](Position position, TimePoint at) { return position > reached && at < dark.until; };
            return is_late(sighting.position, sighting.at) || is_late(sighting.about, sighting.about_at);
        }
        case Sighting::Kind::mention:
            // Others' words are theirs: who was there when they were said stays in them, whenever they arrive.
            return (chosen && dark.is_in_force()) || (sighting.at >= dark.from && sighting.at < dark.until);
        case Sighting::Kind::presence:
            // The other one sees the roster change at its next tick, as for somebody who has left; both see it change
            // back at one.
            return (chosen || sighting.at > dark.from) && sighting.at <= dark.until;
        case Sighting::Kind::sign:
            // What had reached the viewer before the other one chose it stays with them, as words do.
            return dark.is_in_force() && (chosen || sighting.at == TimePoint{} || sighting.at > dark.from);
        case Sighting::Kind::contact:
            // Whoever met the block keeps a contact that rests, and an offer that fades (PRODUCT looks 10, 11).
            return chosen && dark.is_in_force();
    }
    return true;
}

// Whether `phrase` stands at the beginning of `text` as whole words. Both are folded: single blanks between words.
bool begins_with(std::string_view text, std::string_view phrase) {
    return text.starts_with(phrase) && (text.size() == phrase.size() || text[phrase.size()] == ' ');
}

bool holds_muted_words(const Mutes& mutes, RoomId room, std::string_view text) {
    while (!mutes.words.empty() && !text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        if (const auto found = mutes.words.find(std::string(text.substr(0, end))); found != mutes.words.end())
            for (const auto& [phrase, place] : found->second)
                if (place.covers(room) && begins_with(text, phrase)) return true;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return false;
}

}  // namespace

bool Visibility::shows(const Sighting& sighting, Horizon horizon) const { return shows(sighting, horizon, eye_); }

bool Visibility::shows_on_duty(const Sighting& sighting) const {
    return sighting.author != viewer_ && shows(sighting, Horizon{}, Eye::on_duty);
}

bool Visibility::shows(const Sighting& sighting, Horizon horizon, Eye eye) const {
    if (sighting.kind == Sighting::Kind::words && sighting.about <= horizon.from) return false;
    if (sighting.author == viewer_ || sighting.voice == Voice::moderator) return true;
    return !is_dark(sighting, eye) && (is_lifted(sighting, eye) || !is_muted(sighting));
}

Visibility Visibility::on_duty() const {
    Visibility view = *this;
    view.eye_ = Eye::on_duty;
    return view;
}

bool Visibility::is_lifted(const Sighting& sighting, Eye eye) {
    return eye == Eye::on_duty && sighting.kind != Sighting::Kind::sign && sighting.kind != Sighting::Kind::contact;
}

bool Visibility::is_dark(const Sighting& sighting, Eye eye) const {
    const auto found = parts_.edges.find(sighting.author);
    if (found == parts_.edges.end()) return false;
    return std::any_of(found->second->begin(), found->second->end(), [&](const Dark& dark) {
        return hides(dark, sighting) && !(dark.side == Dark::Side::chosen && is_lifted(sighting, eye));
    });
}

bool Visibility::lifts(AccountId other, RoomId room) const {
    const auto muted = parts_.mutes.people.find(other);
    const bool is_muted = muted != parts_.mutes.people.end() && muted->second.covers(room);
    return eye_ == Eye::on_duty && (is_muted || keeps_away(other));
}

bool Visibility::is_muted(const Sighting& sighting) const {
    const Mutes& mutes = parts_.mutes;
    const bool is_of_a_list = sighting.kind == Sighting::Kind::presence || sighting.kind == Sighting::Kind::contact;
    if (mutes.empty() || is_of_a_list) return false;
    // Not a share without a name: whoever mutes one after the other would see by its going whose it is.
    const bool has_a_name = sighting.voice != Voice::unsigned_share;
    if (const auto person = mutes.people.find(sighting.author);
        has_a_name && person != mutes.people.end() && person->second.covers(sighting.room))
        return true;
    if (sighting.kind == Sighting::Kind::sign) return false;
    if (mutes.rooms.contains(sighting.room)) return true;
    for (const std::string& label : sighting.labels)
        if (const auto muted = mutes.labels.find(label);
            muted != mutes.labels.end() && muted->second.covers(sighting.room))
            return true;
    return holds_muted_words(mutes, sighting.room, sighting.folded);
}

Visibility Visibility::before_own_boundaries(TimePoint now) const {
    Parts parts = parts_;
    parts.mutes = {};
    for (auto& [other, edge] : parts.edges) {
        Edge seen = *edge;
        for (Dark& dark : seen)
            if (dark.side == Dark::Side::chosen) dark.until = std::min(dark.until, now);
        edge = std::make_shared<const Edge>(std::move(seen));
    }
    return Visibility(viewer_, std::move(parts));
}

bool Visibility::withholds(AccountId author, std::span<const std::string> labels) const {
    return author != viewer_ && std::any_of(labels.begin(), labels.end(), [&](const std::string& label) {
               return !parts_.shown_labels.contains(label);
           });
}

std::vector<TimePoint> Visibility::kept_away_since() const {
    std::vector<TimePoint> moments;
    for (const auto& [other, edge] : parts_.edges)
        for (const Dark& dark : *edge)
            if (dark.side == Dark::Side::chosen && dark.is_in_force()) moments.push_back(dark.from);
    return moments;
}

bool Visibility::warns_of(AccountId other, TimePoint at) const {
    const auto found = parts_.edges.find(other);
    if (found == parts_.edges.end()) return false;
    const Sighting there{.kind = Sighting::Kind::presence, .author = other, .room = {}, .at = at};
    const Edge& edge = *found->second;
    const bool is_unwanted = std::any_of(edge.begin(), edge.end(), [](const Dark& dark) {
        return dark.side == Dark::Side::chosen && dark.is_in_force() && dark.named;
    });
    const bool is_gone = std::any_of(
        edge.begin(), edge.end(), [&](const Dark& dark) { return dark.side == Dark::Side::met && hides(dark, there); });
    return is_unwanted && !is_gone;
}

bool Visibility::keeps_away(AccountId other) const {
    const auto found = parts_.edges.find(other);
    return found != parts_.edges.end() &&
           std::any_of(found->second->begin(), found->second->end(),
                       [](const Dark& dark) { return dark.side == Dark::Side::chosen && dark.is_in_force(); });
}

}  // namespace kindroom::domain
