// What waits for a device is written: visibility is asked again, for a boundary may have come up meanwhile.
#include <algorithm>

#include "actors/client.hpp"
#include "actors/home.hpp"
#include "actors/shown.hpp"
#include "wire/encode.hpp"

namespace kindroom::actors {

using domain::Horizon;
using domain::View;
using domain::Visibility;

const Visibility& Client::eyes(RoomId room) const {
    const auto heard = subscriptions_.find(room);
    return *identity_->eyes(heard != subscriptions_.end() && heard->second.on_duty);
}

void Client::note_reached(RoomId room, Position position) {
    Position& reached = reached_[room];
    reached = std::max(reached, position);
}

void Client::note_reached(RoomId room, const domain::Message& message) {
    note_reached(room, message.edited ? std::max(message.position, message.edited_at_position) : message.position);
}

void Client::append(QueuedStep&& queued, std::vector<wire::Frame>& into) {
    const auto& step = queued.frames->step();
    if (queued.outlook == outlook_) {
        note_reached(step.room, step.position);
        // Held by way of what this shard shares: to count up and down what all shards share costs more than the rest.
        const std::string* frame = queued.frames->frame(queued.variant).get();
        into.emplace_back(std::move(queued.frames), frame);
        return;
    }
    // Or the room may have been left.
    const Subscription* heard = subscription(step.room);
    if (!identity_ || !heard) return;
    note_reached(step.room, step.position);
    const View view{eyes(*heard), step.room, heard->horizon};
    if (view.shows(step)) into.push_back(queued.frames->frame(domain::variant_of(step, view)));
}

std::vector<domain::Person> Client::view_of(domain::TrueRoster roster, RoomId room) const {
    cut_to_shown(roster, room, eyes(room));
    return domain::people_of(roster);
}

void Client::append(QueuedRoster&& queued, std::vector<wire::Frame>& into) {
    const auto& ticked = std::get<domain::RosterTicked>(queued.publication->what);
    Subscription* heard = heard_in(ticked.room);
    if (!identity_ || !heard) return;
    auto view = heard->roster.queued(queued.publication, outlook_);
    if (!view) view = std::make_shared<const std::vector<domain::Person>>(view_of(ticked.roster, ticked.room));
    if (!heard->roster.write(view, queued.publication)) return;
    into.push_back(
        wire::encode_event(domain::RosterChanged{.room = ticked.room, .people = *view}, peer_.format, home_.cursors()));
}

domain::CircleView Client::view_of(const domain::CircleTold& told, const Subscription& heard) const {
    return domain::view_of(told.circle, eyes(heard),
                           heard.on_duty ? domain::CircleEye::on_duty : domain::CircleEye::member);
}

void Client::append(QueuedCircle&& queued, std::vector<wire::Frame>& into) {
    Subscription* heard = heard_in(queued.publication->room);
    if (!identity_ || !heard) return;
    auto view = heard->circle.queued(queued.publication, outlook_);
    const auto& told = std::get<domain::CircleTold>(queued.publication->what);
    if (!view) view = std::make_shared<const domain::CircleView>(view_of(told, *heard));
    if (!heard->circle.write(view, queued.publication)) return;
    into.push_back(wire::encode_event(domain::CircleChanged{.circle = *view}, peer_.format, home_.cursors()));
}

bool Client::shows(const QueuedSign& sign) const {
    if (!identity_ || identity_->is_away_from(sign.room, home_.now())) return false;
    const auto seen = std::count_if(sign.by.begin(), sign.by.end(), [&](AccountId by) {
        const domain::Visibility& visibility = *identity_->visibility;
        if (sign.knocked_at) return visibility.shows_on_duty(sighting_of_knock(by, sign.room, *sign.knocked_at));
        if (sign.on_duty) return visibility.shows_on_duty(domain::said_now(by, sign.room, home_.now()));
        return visibility.shows({.kind = domain::Sighting::Kind::sign, .author = by, .room = sign.room}, Horizon{});
    });
    return static_cast<std::size_t>(seen) >= sign.seen_min;
}

// Once in a while as long as it goes on, and not before it is one to this moderator. Each newcomer is told of anew, so
// it is encoded only where it goes out.
void Client::tell_of_wave(const domain::WaveNoticed& wave) {
    Subscription* heard = heard_in(wave.room);
    if (!heard || home_.now() < heard->wave_told_until) return;
    const Limits& limits = home_.services().limits;
    QueuedSign sign{.room = wave.room,
                    .by = wave.who,
                    .frame = {},
                    .seen_min = std::size_t{limits.wave_joins_max} + 1,
                    .on_duty = true};
    if (!shows(sign)) return;
    sign.frame = wire::encode_event(wave, peer_.format, home_.cursors());
    heard->wave_told_until = home_.now() + limits.wave_window;
    push(std::move(sign));
}

void Client::append(std::unique_ptr<QueuedSign>&& sign, std::vector<wire::Frame>& into) {
    const bool is_shown = shows(*sign);
    if (wire::Frame& frame = is_shown ? sign->frame : sign->otherwise) into.push_back(std::move(frame));
    if (is_shown && sign->offer) home_.tell_account_of_offer(identity_->account, *sign->offer);
}

void Client::append(QueuedFrame&& frame, std::vector<wire::Frame>& into) { into.push_back(std::move(frame.frame)); }

void Client::append(QueuedReply&& queued, std::vector<wire::Frame>& into) {
    const auto in_room = [this](RoomId room) -> const Visibility& { return eyes(room); };
    if (identity_ && identity_->visibility)
        if (auto again = cut_to_shown(*queued.reply, in_room)) {
            const std::uint32_t request = filling_again_.emplace(std::move(queued)).request;
            return home_.dispatcher().dispatch_again(*this, request, *std::move(again));
        }
    with_roster(*queued.reply, [this](RoomId room, const domain::TrueRoster& roster) {
        if (Subscription* heard = heard_in(room))
            heard->roster.write(std::make_shared<const std::vector<domain::Person>>(domain::people_of(roster)),
                                nullptr);
    });
    if (const auto* joined = std::get_if<domain::RoomJoined>(queued.reply.get())) {
        note_reached(joined->card.room, joined->at);
    } else if (const auto* resumed = std::get_if<domain::RoomResumed>(queued.reply.get())) {
        note_reached(resumed->card.room, resumed->at);
    } else if (const auto* page = std::get_if<domain::HistoryPage>(queued.reply.get())) {
        for (const auto& message : page->messages) note_reached(page->room, message);
    } else if (const auto* revealed = std::get_if<domain::MessageRevealed>(queued.reply.get())) {
        note_reached(revealed->room, revealed->message);
    }
    into.push_back(wire::encode_reply(queued.request, *queued.reply, peer_.format, home_.cursors()));
    if (in_flight_-- == home_.services().limits.requests_in_flight_max && !is_closing_) transport_.set_reading(true);
}

bool Client::take(std::vector<wire::Frame>& into, std::size_t max_bytes) {
    std::size_t bytes = 0;
    while (!outbox_.empty() && bytes < max_bytes) {
        if (filling_again_ || must_wait(outbox_.front())) {
            is_woken_ = false;
            return false;
        }
        const std::size_t before = into.size();
        std::visit([&](auto&& item) { append(std::move(item), into); }, outbox_.pop());
        for (std::size_t i = before; i < into.size(); ++i) bytes += into[i]->size();
    }
    is_woken_ = !outbox_.empty();
    return is_woken_;
}

}  // namespace kindroom::actors
