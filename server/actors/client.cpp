#include "actors/client.hpp"

#include <algorithm>

#include "actors/home.hpp"
#include "wire/decode.hpp"
#include "wire/encode.hpp"

namespace kindroom::actors {

using domain::Horizon;
using domain::View;

Client::Client(ClientRef ref, Transport& transport, const Peer& peer, Home& home)
    : ref_(ref),
      transport_(transport),
      peer_(peer),
      home_(home),
      outbox_(home.services().limits.outbox_bytes_max, home.services().limits.outbox_events_max) {}

// ---- from the network -----------------------------------------------------------------------------------------------

void Client::on_frame(std::span<const std::byte> bytes) {
    if (is_closing_) return;
    const Limits& limits = home_.services().limits;
    auto decoded = wire::decode_request(bytes, peer_.format, home_.cursors(), limits);
    if (++in_flight_ >= limits.requests_in_flight_max) transport_.set_reading(false);
    if (auto* unreadable = std::get_if<wire::Unreadable>(&decoded)) {
        const bool is_malformed = unreadable->error.code == Errc::malformed;
        reply(unreadable->id, domain::Refused{.error = unreadable->error});
        if (is_malformed && ++malformed_frames_ >= limits.malformed_frames_max) {
            is_closing_ = true;
            transport_.close(CloseCode::malformed);
        }
        return;
    }
    auto& request = std::get<wire::Request>(decoded);
    home_.dispatcher().dispatch(*this, request.id, std::move(request.command));
}

void Client::on_closed() { home_.forget_client(*this); }

// ---- to the network -------------------------------------------------------------------------------------------------

void Client::wake() {
    if (is_woken_) return;
    is_woken_ = true;
    transport_.wake();
}

void Client::reply(std::uint32_t request, domain::Reply answer) {
    if (is_silent_) return;
    outbox_.push(QueuedReply{request, std::move(answer)});
    wake();
}

void Client::push(QueuedFrame frame) {
    if (is_closing_) return;
    if (!outbox_.push(std::move(frame))) return too_slow();
    wake();
}

void Client::too_slow() {
    // What it missed it gets by resuming; keeping more for it would cost the others.
    outbox_.clear();
    is_closing_ = is_silent_ = true;
    transport_.close(CloseCode::too_slow);
}

void Client::tell(const domain::Event& event) {
    push(QueuedFrame{wire::encode_event(event, peer_.format, home_.cursors())});
}

void Client::deliver(const std::shared_ptr<const SharedFrames>& frames) {
    if (is_closing_) return;
    const auto& step = std::get<domain::RoomStep>(frames->publication->what);
    Subscription* heard = subscription(step.room);
    if (!heard || step.position <= heard->seen) return;
    heard->seen = step.position;
    if (!View{*identity_->visibility, step.room, heard->horizon}.shows(step)) return;
    if (!outbox_.push(QueuedStep{frames})) return too_slow();
    wake();
}

void Client::tell_roster(const domain::RosterTicked& ticked) {
    Subscription* heard = subscription(ticked.room);
    if (!heard || (ticked.for_duty_only && !heard->on_duty)) return;
    auto people = home_.roster_for(*identity_, ticked.room, ticked.people);
    if (people == heard->roster) return;
    heard->roster = people;
    tell(domain::RosterChanged{.room = ticked.room, .people = std::move(people)});
}

void Client::append(QueuedStep&& queued, std::vector<wire::Frame>& into) {
    const SharedFrames& frames = *queued.frames;
    const auto& step = std::get<domain::RoomStep>(frames.publication->what);
    // Asked again: a boundary may have come up while the frame waited, or the room may have been left.
    const Subscription* heard = subscription(step.room);
    if (!identity_ || !heard) return;
    const View view{*identity_->visibility, step.room, heard->horizon};
    if (!view.shows(step)) return;
    const auto* posted = std::get_if<domain::MessagePosted>(&step.what);
    const bool hides_link = posted && posted->message.reply_to && !view.shows_link_of(posted->message);
    into.push_back(hides_link ? frames.without_link : frames.frame);
}

void Client::append(QueuedReply&& queued, std::vector<wire::Frame>& into) {
    if (identity_ && identity_->visibility) {
        const auto hidden_now = [&](RoomId room) {
            return [this, room](const auto& shown) {
                return !View{*identity_->visibility, room, Horizon{}}.shows(shown);
            };
        };
        if (auto* page = std::get_if<domain::HistoryPage>(&queued.reply))
            std::erase_if(page->messages, hidden_now(page->room));
        else if (auto* resumed = std::get_if<domain::RoomResumed>(&queued.reply))
            std::erase_if(resumed->steps, hidden_now(resumed->card.room));
    }
    into.push_back(wire::encode_reply(queued.request, queued.reply, peer_.format, home_.cursors()));
    if (in_flight_-- == home_.services().limits.requests_in_flight_max && !is_closing_) transport_.set_reading(true);
}

bool Client::take(std::vector<wire::Frame>& into, std::size_t max_bytes) {
    std::size_t bytes = 0;
    while (!outbox_.empty() && bytes < max_bytes) {
        const std::size_t before = into.size();
        OutboxItem item = outbox_.pop();
        if (auto* step = std::get_if<QueuedStep>(&item))
            append(std::move(*step), into);
        else if (auto* answer = std::get_if<QueuedReply>(&item))
            append(std::move(*answer), into);
        else
            into.push_back(std::move(std::get<QueuedFrame>(item).frame));
        for (std::size_t i = before; i < into.size(); ++i) bytes += into[i]->size();
    }
    is_woken_ = !outbox_.empty();
    return is_woken_;
}

void Client::set_identity(IdentityPtr identity) {
    identity_ = std::move(identity);
    end_duties();
}

void Client::end_duties() {
    for (auto& [room, heard] : subscriptions_) {
        if (!heard.on_duty || identity_->standing.may_moderate(room)) continue;
        heard.on_duty = false;
        const auto& shards = home_.services().shards;
        shards.send(shards.home_of(room), [id = room, account = identity_->account](Home& there) {
            if (RoomActor* actor = there.room_if_here(id)) actor->duty_taken(account);
        });
    }
}

void Client::end_session(domain::SessionEnded ended) {
    if (is_closing_) return;
    // Nothing that waits may still reach a device whose session is over.
    outbox_.keep_only_acknowledgements();
    tell(std::move(ended));
    is_closing_ = is_silent_ = true;
    transport_.close(CloseCode::session_ended);
}

void Client::say_goodbye(Duration come_back_after) {
    if (is_closing_) return;
    tell(domain::ComeBack{.after = come_back_after});
    is_closing_ = true;
    transport_.close(CloseCode::server_restarts);
}

// ---- rooms ----------------------------------------------------------------------------------------------------------

void Client::subscribe(RoomId room, Subscription heard) {
    subscriptions_.insert_or_assign(room, std::move(heard));
    home_.hub().listen(room, *this);
    end_duties();
}

void Client::unsubscribe(RoomId room) {
    if (subscriptions_.erase(room) > 0) home_.hub().stop_listening(room, *this);
}

Subscription* Client::subscription(RoomId room) {
    const auto found = subscriptions_.find(room);
    return found == subscriptions_.end() ? nullptr : &found->second;
}

}  // namespace kindroom::actors
