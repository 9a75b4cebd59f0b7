#include "actors/client.hpp"

#include <algorithm>

#include "actors/home.hpp"
#include "actors/shown.hpp"
#include "ops/metrics.hpp"
#include "wire/decode.hpp"
#include "wire/encode.hpp"

namespace kindroom::actors {

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
        if (is_malformed) home_.services().metrics.add(ops::Counter::frames_malformed);
        if (is_malformed && ++malformed_frames_ >= limits.malformed_frames_max) {
            is_closing_ = true;
            transport_.close(CloseCode::malformed);
        }
        return;
    }
    auto& request = std::get<wire::Request>(decoded);
    if (std::holds_alternative<domain::PostMessage>(request.command)) posts_[request.id] = {};
    home_.dispatcher().dispatch(*this, request.id, std::move(request.command));
}

void Client::on_closed() { home_.forget_client(*this); }

// ---- to the network -------------------------------------------------------------------------------------------------

namespace {

// What has remained of an answer, and the same answer made anew.
QueuedReply filled_again(QueuedReply cut, domain::Reply answer) {
    // It had been granted, and whoever is refused it now would learn that it was cut.
    if (std::holds_alternative<domain::Refused>(answer)) return cut;
    // Where they listen already the room is as it was when they asked: changes since then wait behind the answer.
    auto* again = std::get_if<domain::RoomResumed>(&answer);
    auto* before = again ? std::get_if<domain::RoomResumed>(cut.reply.get()) : nullptr;
    if (before && before->caught_up) {
        again->card = std::move(before->card);
        again->roster = std::move(before->roster);
        again->listening = before->listening;
    }
    return {cut.request, std::move(answer)};
}

}  // namespace

void Client::wake() {
    if (is_woken_) return;
    is_woken_ = true;
    transport_.wake();
}

void Client::reply(std::uint32_t request, domain::Reply answer) {
    if (is_silent_) return;
    auto* refused = std::get_if<domain::Refused>(&answer);
    const auto post = posts_.extract(request);
    if (post && !refused) home_.services().metrics.observe(ops::Timing::post_to_reply, post.mapped().elapsed());
    // Whoever asks has chosen the request's number, and may have chosen it twice.
    const bool is_again = filling_again_ && filling_again_->request == request &&
                          (refused || filling_again_->reply->index() == answer.index());
    if (is_again) {
        outbox_.push_front(filled_again(*std::exchange(filling_again_, std::nullopt), std::move(answer)));
        return wake();
    }
    if (refused) {
        const Errc code = refused->error.code;
        // Whoever has refused it: each answer comes by here.
        home_.services().metrics.add_refusal(code);
        // Somebody has something to say and cannot: they are not left without a way to turn (PRODUCT, "Pause").
        if (code == Errc::room_paused || code == Errc::room_out_of_hours)
            refused->help = home_.notice()->help.introduction;
    }
    note_roster(answer);
    outbox_.push(QueuedReply{request, std::move(answer)});
    wake();
}

void Client::note_roster(const domain::Reply& answer) {
    with_roster(answer, [this](RoomId room, const domain::TrueRoster& roster) {
        if (Subscription* heard = heard_in(room)) heard->roster.queue(view_of(roster, room), nullptr, outlook_);
    });
}

void Client::push(QueuedSign sign) {
    // What is not shown takes no place, and wakes nobody.
    if (sign.otherwise || shows(sign)) push(std::make_unique<QueuedSign>(std::move(sign)));
}

void Client::push(OutboxItem item) {
    if (is_closing_) return;
    if (!outbox_.push(std::move(item))) return too_slow();
    wake();
}

void Client::too_slow() {
    if (is_closing_) return;
    // What it missed it gets by resuming; keeping more for it would cost the others.
    outbox_.clear();
    filling_again_.reset();
    is_closing_ = is_silent_ = true;
    transport_.close(CloseCode::too_slow);
}

void Client::tell(const domain::Event& event) {
    if (const auto* wave = std::get_if<domain::WaveNoticed>(&event)) return tell_of_wave(*wave);
    auto frame = wire::encode_event(event, peer_.format, home_.cursors());
    if (const auto* heard = std::get_if<domain::WordsHeard>(&event))
        return push(QueuedSign{.room = heard->room, .by = heard->by, .frame = std::move(frame)});
    if (const auto* offered = std::get_if<domain::ContactOffered>(&event))
        return push(QueuedSign{
            .room = offered->offer.room, .by = {offered->by}, .frame = std::move(frame), .offer = offered->offer.id});
    if (const auto* waiting = std::get_if<domain::HeldWaiting>(&event))
        return push(QueuedSign{
            .room = waiting->room, .by = {waiting->held.author}, .frame = std::move(frame), .on_duty = true});
    if (const auto* knock = std::get_if<domain::KnockHeard>(&event))
        return push(QueuedSign{.room = knock->room,
                               .by = {knock->who.account},
                               .frame = std::move(frame),
                               .on_duty = true,
                               .knocked_at = knock->who.at});
    if (const auto* settled = std::get_if<domain::HeldSettled>(&event))
        return push(
            QueuedSign{.room = settled->room, .by = {settled->author}, .frame = std::move(frame), .on_duty = true});
    // A page is for everybody on duty; what it is about only for those who see that.
    if (const auto* needed = std::get_if<domain::ModeratorNeeded>(&event); needed && needed->message)
        return push(QueuedSign{.room = *needed->room,
                               .by = {needed->author},
                               .frame = std::move(frame),
                               .on_duty = true,
                               .otherwise = wire::encode_event(domain::ModeratorNeeded{.room = needed->room},
                                                               peer_.format, home_.cursors())});
    if (const auto* help = std::get_if<domain::HelpOffered>(&event); help && !help->by.empty())
        return push(QueuedSign{.room = help->room, .by = help->by, .frame = std::move(frame)});
    push(QueuedFrame{std::move(frame)});
}

void Client::deliver(const std::shared_ptr<SharedFrames>& frames) {
    if (is_closing_) return;
    const auto& step = frames->step();
    Subscription* heard = heard_in(step.room);
    if (!heard || step.position <= heard->seen) return;
    heard->seen = step.position;
    const View view{eyes(*heard), step.room, heard->horizon};
    if (view.shows(step)) push(QueuedStep{frames, domain::variant_of(step, view), outlook_});
}

void Client::tell_roster(const bus::PublicationPtr& publication) {
    const auto& ticked = std::get<domain::RosterTicked>(publication->what);
    Subscription* heard = heard_in(ticked.room);
    if (!heard || !identity_ || (ticked.for_duty_only && !heard->on_duty)) return;
    auto view = view_of(ticked.roster, ticked.room);
    // Ticks come alike for all, and take a place alike, whoever has come or gone. What is told at once to those on duty
    // takes one only if they see it (PRODUCT X3, look 30); so does what is told of a circle.
    if (ticked.for_duty_only && !heard->roster.changes(view)) return;
    heard->roster.queue(std::move(view), publication, outlook_);
    push(QueuedRoster{publication});
}

void Client::tell_circle(const bus::PublicationPtr& publication) {
    Subscription* heard = heard_in(publication->room);
    if (!heard || !identity_) return;
    auto view = view_of(std::get<domain::CircleTold>(publication->what), *heard);
    if (!heard->circle.changes(view)) return;
    heard->circle.queue(std::move(view), publication, outlook_);
    push(QueuedCircle{publication});
}

// ---- boundaries -----------------------------------------------------------------------------------------------------

Reached Client::hold(AccountId other) {
    held_.insert(other);
    return reached_;
}

void Client::release(AccountId other) {
    if (const auto one = held_.find(other); one != held_.end()) held_.erase(one);
    if (!outbox_.empty()) wake();
    // Whoever is on duty sees somebody leave at once, and so whoever is gone for them (PRODUCT X3, "Roster").
    const auto& shards = home_.services().shards;
    for (const auto& [room, heard] : subscriptions_)
        if (heard.on_duty)
            shards.send(shards.home_of(room), [id = room, other](Home& there) {
                if (RoomActor* actor = there.room_if_here(id)) actor->tell_duty_of(other);
            });
}

bool Client::concerns_held(const domain::RoomStep& step) const {
    if (held_.contains(step.author)) return true;
    const auto* posted = std::get_if<domain::MessagePosted>(&step.what);
    if (!posted) return false;
    const auto& mentions = posted->message.mentions;
    return held_.contains(posted->message.reply_to_author) ||
           std::any_of(mentions.begin(), mentions.end(),
                       [&](const auto& mention) { return held_.contains(mention.account); });
}

bool Client::must_wait(const OutboxItem& item) const {
    if (held_.empty()) return false;
    if (const auto* step = std::get_if<QueuedStep>(&item)) return concerns_held(step->frames->step());
    if (const auto* answer = std::get_if<QueuedReply>(&item)) return shows_people(*answer->reply);
    return std::holds_alternative<QueuedRoster>(item) || std::holds_alternative<std::unique_ptr<QueuedSign>>(item) ||
           std::holds_alternative<QueuedCircle>(item);
}

void Client::set_identity(IdentityPtr identity) {
    identity_ = std::move(identity);
    ++outlook_;
    end_duties();
    stop_where_absent();
}

void Client::stop_where_absent() {
    const TimePoint now = home_.now();
    std::vector<RoomId> away;
    for (const auto& [room, heard] : subscriptions_)
        if (identity_->is_away_from(room, now) || identity_->is_kept_out_of(room, now)) away.push_back(room);
    for (const RoomId room : away) {
        unsubscribe(room);
        home_.tell_room_of_going(room, ref_);
    }
}

void Client::end_duties() {
    for (auto& [room, heard] : subscriptions_) {
        if (!heard.on_duty || identity_->standing.may_moderate(room)) continue;
        heard.on_duty = false;
        ++outlook_;
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
    filling_again_.reset();
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
    ++outlook_;
    home_.hub().listen(room, *this);
    end_duties();
    stop_where_absent();
}

void Client::unsubscribe(RoomId room) {
    if (subscriptions_.erase(room) == 0) return;
    ++outlook_;
    home_.hub().stop_listening(room, *this);
}

void Client::set_on_duty(RoomId room, bool on_duty) {
    if (Subscription* heard = heard_in(room)) heard->on_duty = on_duty;
    ++outlook_;
    end_duties();
}

bool Client::looks_after(const domain::CaseWaiting& waiting) const {
    const auto concerns = [&](AccountId account) {
        return account == identity_->account ||
               std::find(identity_->linked.begin(), identity_->linked.end(), account) != identity_->linked.end();
    };
    return identity_->standing.may_moderate(waiting.room) &&
           std::any_of(subscriptions_.begin(), subscriptions_.end(),
                       [](const auto& heard) { return heard.second.on_duty; }) &&
           std::none_of(waiting.not_for.begin(), waiting.not_for.end(), concerns);
}

const Subscription* Client::subscription(RoomId room) const {
    const auto found = subscriptions_.find(room);
    return found == subscriptions_.end() ? nullptr : &found->second;
}

Subscription* Client::heard_in(RoomId room) { return const_cast<Subscription*>(subscription(room)); }

}  // namespace kindroom::actors
