#include "actors/client.hpp"

#include <algorithm>

#include "actors/home.hpp"
#include "actors/shown.hpp"
#include "ops/metrics.hpp"
#include "wire/decode.hpp"
#include "wire/encode.hpp"

namespace kindroom::actors {

using domain::Horizon;
using domain::View;
using domain::Visibility;

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

void Client::wake() {
    if (is_woken_) return;
    is_woken_ = true;
    transport_.wake();
}

void Client::reply(std::uint32_t request, domain::Reply answer) {
    if (is_silent_) return;
    const auto post = posts_.extract(request);
    if (post && !std::holds_alternative<domain::Refused>(answer))
        home_.services().metrics.observe(ops::Timing::post_to_reply, post.mapped().elapsed());
    if (auto* refused = std::get_if<domain::Refused>(&answer)) {
        const Errc code = refused->error.code;
        // Whoever has refused it: each answer comes by here.
        home_.services().metrics.add_refusal(code);
        // Somebody has something to say and cannot: they are not left without a way to turn (PRODUCT, "Pause").
        if (code == Errc::room_paused || code == Errc::room_out_of_hours)
            refused->help = home_.notice()->help.introduction;
    }
    if (filling_again_ == request) {
        filling_again_.reset();
        outbox_.push_front(QueuedReply{request, std::move(answer)});
    } else {
        outbox_.push(QueuedReply{request, std::move(answer)});
    }
    wake();
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
    const Subscription* heard = subscription(ticked.room);
    if (!heard || (ticked.for_duty_only && !heard->on_duty)) return;
    push(QueuedRoster{publication});
}

void Client::tell_circle(const bus::PublicationPtr& publication) {
    Subscription* heard = heard_in(publication->room);
    if (!heard || !identity_) return;
    // What shows them nothing new takes no place, and wakes nobody.
    auto view = view_of(*publication, *heard);
    if (heard->circle_queued == view) return;
    heard->circle_queued = std::move(view);
    push(QueuedCircle{publication});
}

// ---- writing: visibility is asked again, for a boundary may have come up while something waited ---------------------

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

void Client::append(QueuedRoster&& queued, std::vector<wire::Frame>& into) {
    const auto& ticked = std::get<domain::RosterTicked>(queued.publication->what);
    Subscription* heard = heard_in(ticked.room);
    if (!identity_ || !heard) return;
    domain::TrueRoster roster = ticked.roster;
    cut_to_shown(roster, ticked.room, eyes(*heard));
    auto people = domain::people_of(roster);
    if (people == heard->roster) return;
    heard->roster = people;
    into.push_back(wire::encode_event(domain::RosterChanged{.room = ticked.room, .people = std::move(people)},
                                      peer_.format, home_.cursors()));
}

domain::CircleView Client::view_of(const bus::Publication& publication, const Subscription& heard) const {
    return domain::view_of(std::get<domain::CircleTold>(publication.what).circle, eyes(heard),
                           heard.on_duty ? domain::CircleEye::on_duty : domain::CircleEye::member);
}

void Client::append(QueuedCircle&& queued, std::vector<wire::Frame>& into) {
    Subscription* heard = heard_in(queued.publication->room);
    if (!identity_ || !heard) return;
    auto view = view_of(*queued.publication, *heard);
    if (heard->circle == view) return;
    heard->circle = view;
    into.push_back(wire::encode_event(domain::CircleChanged{.circle = std::move(view)}, peer_.format, home_.cursors()));
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
            filling_again_ = queued.request;
            return home_.dispatcher().dispatch_again(*this, queued.request, *std::move(again));
        }
    if (const auto* joined = std::get_if<domain::RoomJoined>(queued.reply.get())) {
        note_reached(joined->card.room, joined->at);
        if (Subscription* heard = heard_in(joined->card.room)) heard->roster = domain::people_of(joined->roster);
    } else if (const auto* resumed = std::get_if<domain::RoomResumed>(queued.reply.get())) {
        note_reached(resumed->card.room, resumed->at);
        if (Subscription* heard = heard_in(resumed->card.room)) heard->roster = domain::people_of(resumed->roster);
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

Subscription* Client::heard_in(RoomId room) {
    return const_cast<Subscription*>(std::as_const(*this).subscription(room));
}

}  // namespace kindroom::actors
