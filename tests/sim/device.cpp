#include "sim/device.hpp"

#include <algorithm>

namespace kindroom::sim {

namespace {

template <class... F>
struct Overload : F... {
    using F::operator()...;
};
template <class... F>
Overload(F...) -> Overload<F...>;

// Longer than any line takes: what was said before somebody left, and written to their device.
constexpr Duration still_on_its_way{2'000};

}  // namespace

Device::Device(Doorway& doorway, HouseGround& ground, test::ManualScheduler& outside, Witness& witness, Chance& chance)
    : doorway_(doorway), ground_(ground), outside_(outside), witness_(witness), chance_(chance) {}

void Device::begin() {
    ++life_;
    keeper_.reset();
    cut();
    auto lost = std::exchange(waiting_, {});
    for (auto& [id, waiting] : lost)
        if (waiting.then) waiting.then(nullptr);
    has_given_up_ = false;
    sign_out();
    client::Keeper::Options options;
    options.backoff = {.first = Duration{100}, .max = Duration{2000}};
    options.chance = [&chance = chance_] { return static_cast<double>(chance.below(1000)) / 1000; };
    keeper_.emplace(std::move(options));
    v1::Request hello;
    hello.mutable_hello()->set_protocol_version(1);
    ask(std::move(hello));
    connect();
}

void Device::sign_out() {
    is_signed_in_ = false;
    login_id_.clear();
    rules_consented_ = 0;
    screens_.clear();
    resuming_from_.clear();
}

void Device::ask(v1::Request request, Then then) {
    request.set_id(++last_request_);
    waiting_.emplace(request.id(), Waiting{request, std::move(then)});
    carry_out(keeper_->ask(request));
}

void Device::connect() {
    connection_ = is_away_ ? nullptr : doorway_.connect(*this);
    if (connection_) return;
    outside_.after(Duration{50}, [this, life = life_] {
        if (life == life_)
            carry_out(keeper_->ended({.kind = client::EndKind::unreachable, .close_code = 0, .words = {}}));
    });
}

void Device::cut() {
    if (is_connected()) connection_->cut();
}

void Device::stall(bool stalled) {
    if (connection_) connection_->stall(stalled);
}

void Device::server_died() {
    if (connection_) connection_->server_died();
}

void Device::opened() { carry_out(keeper_->opened()); }

void Device::received(const v1::Batch& batch) {
    const auto life = life_;
    for (const auto& event : batch.event()) {
        carry_out(keeper_->received(event));
        // The test itself may have begun again, or hung up.
        if (life != life_ || !is_connected()) return;
    }
}

void Device::ended(const client::Ending& ending) {
    last_ending = ending;
    if (!keeper_) return;
    carry_out(keeper_->ended(ending));
}

void Device::carry_out(client::Keeper::Actions actions) {
    using client::Keeper;
    const auto life = life_;
    for (auto& action : actions) {
        if (life != life_) return;
        std::visit(Overload{
                       [&](const Keeper::Send& send_now) { send(send_now.request); },
                       [&](const Keeper::SendAt& later) {
                           const Duration wait = std::max(from_ms(later.at_ms) - ground_.clock.now(), Duration{0});
                           outside_.after(wait, [this, weak = std::weak_ptr(connection_), request = later.request] {
                               if (weak.lock() == connection_) send(request);
                           });
                       },
                       [&](const Keeper::DueAt& due) {
                           const Duration wait = due.at_ms == 0
                                                     ? Duration{60'000}
                                                     : std::max(from_ms(due.at_ms) - ground_.clock.now(), Duration{1});
                           outside_.after(wait, [this, weak = std::weak_ptr(connection_), due] {
                               if (weak.lock() == connection_) carry_out(keeper_->due(due.room_id, due.plan));
                           });
                       },
                       [&](const Keeper::Deliver& deliver) { on_event(deliver.event); },
                       [&](const Keeper::Unanswered& lost) { answered(lost.request_id, nullptr); },
                       [&](const Keeper::RoomGone& gone) { screens_[gone.room_id] = {}; },
                       [&](const Keeper::RoomGap&) { witness_.violation("a cursor was not taken back"); },
                       [&](const Keeper::HangUp&) { cut(); },
                       [&](const Keeper::ComeBackIn& back) {
                           outside_.after(back.wait, [this, life] {
                               if (life == life_) connect();
                           });
                       },
                       [&](const Keeper::StayAway&) {},
                       [&](const Keeper::OpenAgain&) { connect(); },
                       [&](const Keeper::Back&) {},
                       [&](const Keeper::GiveUp&) {
                           has_given_up_ = true;
                           sign_out();
                       },
                   },
                   action);
    }
}

void Device::send(const v1::Request& request) {
    if (!is_connected()) return;
    if (request.has_resume_room()) {
        const auto& asked = request.resume_room();
        resuming_from_[asked.room_id()] =
            asked.cursor().empty() ? Position{} : witness_.position_of(asked.room_id(), asked.cursor());
    }
    connection_->send(request);
}

// ---- what arrives ---------------------------------------------------------------------------------------------------

void Device::on_event(const v1::Event& event) {
    if (event.has_room_event()) return on_step(event.room_event());
    if (event.has_reply()) return on_reply(event.reply());
    if (event.has_roster_changed()) {
        std::vector<std::string> names;
        for (const auto& person : event.roster_changed().people()) names.push_back(person.name());
        std::sort(names.begin(), names.end());
        screens_[event.roster_changed().room_id()].rosters.emplace_back(ground_.clock.now(), std::move(names));
    }
    if (event.has_not_seated()) screens_[event.not_seated().room_id()] = {};
    heard.push_back(event);
}

void Device::on_step(const v1::RoomEvent& step) {
    Screen& screen = screens_[step.room_id()];
    const Position position = witness_.position_of(step.room_id(), step.cursor());
    if (!screen.is_in) {
        // The account left and came back by another device; this one takes the room up again with its old cursor.
        screen = {.is_in = true,
                  .from = {},
                  .last = resuming_from_[step.room_id()],
                  .texts = {},
                  .my_token = {},
                  .rosters = {}};
        const auto account = ground_.disk->find_account(login_id_);
        const auto room =
            ground_.disk->load_room({.room = id_from<RoomId>(step.room_id()), .window_steps = 0, .accepted_since = {}});
        for (const auto& member : room->memberships)
            if (member.account == account) {
                const bool is_long_gone = !member.joined && ground_.clock.now() - member.left_at > still_on_its_way;
                if (is_long_gone) witness_.violation("a step arrived after leaving");
                screen.last = std::max(screen.last, member.joined_after);
            }
        screen.from = screen.last;
    }
    if (position <= screen.last)
        witness_.violation(position > screen.from ? "a step twice or out of order" : "a step from before coming in");
    witness_.check_step(step, position);
    screen.last = position;
    if (step.has_posted()) {
        const auto& message = step.posted().message();
        if (!screen.texts.emplace(message.message_id(), message.text()).second) witness_.violation("a message twice");
        log.push_back("+" + message.text());
    } else if (step.has_edited()) {
        if (const auto found = screen.texts.find(step.edited().message_id()); found != screen.texts.end())
            found->second = step.edited().text();
        log.push_back("~" + step.edited().text());
    } else {
        screen.texts.erase(step.retracted().message_id());
        log.push_back("-");
    }
}

void Device::on_reply(const v1::Reply& reply) { answered(reply.request_id(), &reply); }

void Device::answered(std::uint32_t id, const v1::Reply* reply) {
    const auto found = waiting_.find(id);
    // The keeper passes on that a device token is not good any more.
    if (found == waiting_.end()) return;
    const Waiting waiting = std::move(found->second);
    waiting_.erase(found);
    const v1::Request& asked = waiting.request;
    if (reply) {
        const auto signed_in = [&](const v1::SignedIn& as) {
            is_signed_in_ = true;
            login_id_ = as.me().login_id();
            rules_consented_ = as.me().rules_consented();
        };
        if (reply->has_account_created()) signed_in(reply->account_created().signed_in());
        if (reply->has_signed_in()) signed_in(reply->signed_in());
        if (reply->has_done() && asked.has_consent_to_rules()) rules_consented_ = asked.consent_to_rules().version();
        if (reply->has_done() && asked.has_leave_room()) screens_[asked.leave_room().room_id()] = {};
        if (reply->has_room_joined()) {
            Screen& screen = screens_[asked.join_room().room_id()];
            if (!screen.is_in) {
                const Position at = witness_.position_of(asked.join_room().room_id(), reply->room_joined().cursor());
                screen = {.is_in = true, .from = at, .last = at, .texts = {}, .my_token = {}, .rosters = {}};
            }
            screen.my_token = reply->room_joined().you().token();
        }
    }
    if (waiting.then) waiting.then(reply);
}

}  // namespace kindroom::sim
