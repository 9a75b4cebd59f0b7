// What happens in a room by itself: the roster's tick, and the end of words whose time is over.
#include <algorithm>

#include "actors/home.hpp"
#include "actors/room_actor.hpp"

namespace kindroom::actors {

using namespace domain;

namespace {

// How long a message that is not in the window is kept at hand after it was posted or edited.
constexpr Duration at_hand_kept{60'000};

}  // namespace

void RoomActor::schedule_tick() {
    if (is_ticking_) return;
    is_ticking_ = true;
    const Duration wait = services_.limits.roster_tick + home_.random().jitter(services_.limits.roster_tick_jitter);
    home_.scheduler().after(std::max(wait, Duration{1}), [&home = home_, id = id_] {
        if (RoomActor* here = home.room_if_here(id)) here->tick();
    });
}

void RoomActor::tick() {
    is_ticking_ = false;
    if (state_ != State::ready) return schedule_tick();
    const TimePoint now = home_.now();
    room_->presence().forget_absent(now);
    room_->forget_old_posts(now);
    if (place_keys_.size() > 2 * std::size_t{services_.limits.window_steps})
        std::erase_if(place_keys_, [&](const auto& entry) { return !room_->knows(entry.first); });
    // Long after a look-up could still bring what is older than this.
    if (in_flight_.empty() && pending_.empty())
        std::erase_if(at_hand_, [&](const auto& kept) { return now - kept.second.since > at_hand_kept; });
    bus::Publications publications;
    // Told on every tick, also when it is the same: what it is to each viewer may have changed, and only now does that
    // become seen (PRODUCT, "Roster": alike for every cause).
    ticked_roster_ = {.at = std::max(now, ticked_roster_.at), .people = room_->roster(now)};
    if (!devices_.empty()) publications.push_back(roster_publication(false));
    if (!publications.empty()) services_.bus.publish(std::move(publications));
    // A room that nobody listens to needs no memory; it is loaded again when somebody comes.
    const bool is_idle = devices_.empty() && ticked_roster_.people.empty() && in_flight_.empty() && pending_.empty() &&
                         !room_->has_waiting() && heard_.empty() && pointed_.empty() && behind_.empty() &&
                         !room_->attendance().is_winding_down(room_->settings(), now) &&
                         !(room_->circle() && room_->circle()->is_sitting());
    if (is_idle && now - idle_since_ > services_.limits.room_idle_max) return home_.forget_room(id_);
    schedule_tick();
}

void RoomActor::schedule_expiry() {
    const TimePoint at = has_due_keys_ ? home_.now() : codec_->next_expiry();
    if (at == never || at >= expiry_scheduled_for_) return;
    expiry_scheduled_for_ = at;
    // Never at once: while the store refuses, this comes round again and again.
    home_.scheduler().after(std::max(at - home_.now(), Duration{1000}), [&home = home_, id = id_] {
        if (RoomActor* here = home.room_if_here(id)) here->expire();
    });
}

void RoomActor::expire() {
    expiry_scheduled_for_ = never;
    if (state_ != State::ready) return;
    const TimePoint now = home_.now();
    if (codec_->expire(now) || std::exchange(has_due_keys_, false)) {
        // From now on nobody is shown these words, whatever the store is doing.
        const auto is_gone = [&](MessageId message) {
            const auto found = place_keys_.find(message);
            return found != place_keys_.end() && !codec_->has_key(found->second);
        };
        window_->forget(is_gone);
        std::erase_if(at_hand_, [&](const auto& kept) { return is_gone(kept.first); });
        std::erase_if(held_records_, [&](const auto& held) {
            if (codec_->has_key(held.second.content.place_key)) return false;
            room_->forget_held(held.first);
            return true;
        });
        make_durable({.from = {}, .changes = {store::ExpireRoom{id_, now}}, .on_durable = [](bus::Publications&) {}});
    }
    schedule_expiry();
}

}  // namespace kindroom::actors
