// Calling a moderator, and pointing somebody of the room to help.
#include <algorithm>

#include "actors/home.hpp"
#include "actors/room_actor.hpp"
#include "domain/help.hpp"

namespace kindroom::actors {

using namespace domain;

namespace {

constexpr Duration day{86'400'000};
constexpr const char* somebody_thought_of_you =
    "Somebody in this room would like you to know that there is help. You need not answer.";

}  // namespace

// Whoever called lately calls nobody anew, neither here nor outside; but a moderator on duty is shown each message.
void RoomActor::need_moderator(std::optional<MessageId> message, AccountId account) {
    const TimePoint now = home_.now();
    std::erase_if(called_, [&](const auto& call) { return now - call.second >= services_.limits.call_again; });
    const bool is_news = called_.emplace(account, now).second;
    if (!is_news && !message) return;
    if (room_->attendance().has_duty(home_.now())) {
        tell_on_duty(ModeratorNeeded{.room = id_, .message = message, .author = account});
        if (is_news && services_.page_outside) services_.page_outside();
    } else if (is_news) {
        services_.shards.send(Shards::front, [room = id_](Home& front) { front.house_desk().page_house(room); });
    }
}

bool RoomActor::is_anybody_on_duty() const {
    const auto& rooms = home_.notice()->rooms;
    return room_->attendance().has_duty(home_.now()) ||
           std::ranges::any_of(rooms, [](const auto& entry) { return entry.second.moderator_on_duty; });
}

void RoomActor::page(const ModeratorNeeded& needed) {
    if (state_ == State::ready) tell_on_duty(needed);
}

void RoomActor::on(const Envelope& envelope, const CallModerator& command) {
    const AccountId account = envelope.who->account;
    // Whoever is not in the room is somewhere in the house; and that two people are contacts is nobody else's to know.
    const bool is_here = room_->member(account) && room_->settings().kind != RoomKind::direct;
    if (is_here && room_->attendance().has_duty(home_.now())) {
        need_moderator(std::nullopt, account);
        return services_.shards.reply(envelope.from, ModeratorCalled{.on_duty = true});
    }
    services_.shards.send(
        Shards::front, [from = envelope.from, account, room = is_here ? command.in_room : std::nullopt](Home& front) {
            front.house_desk().call_moderator(from, account, room);
        });
}

// Charged before anything is asked about the other one (PRODUCT look 14), and told at the end of the clock's minute, so
// that the moment says nothing about who it was.
void RoomActor::on(const Envelope& envelope, const PointToHelp& command) {
    const AccountId account = envelope.who->account;
    const TimePoint now = home_.now();
    if (!room_->member(account)) return services_.shards.refuse(envelope.from, refuse(Errc::not_in_room));
    const auto most = services_.limits.points_per_day;
    if (points_.size() > 2 * std::size_t{room_->settings().seats} + 64)
        std::erase_if(points_, [&](const auto& points) { return points.second.is_full(now); });
    if (auto taken = points_[account].take({.burst = most, .every = day / most}, now); !taken)
        return services_.shards.refuse(envelope.from, taken.error());
    const auto found = room_->find(command.token);
    if (!found) return services_.shards.refuse(envelope.from, refuse(Errc::person_unknown));
    if (found->member->joined && found->account != account) {
        const Duration every = services_.limits.heard_every;
        if (pointed_.empty())
            home_.scheduler().after(every - now.time_since_epoch() % every, [&home = home_, id = id_] {
                if (RoomActor* here = home.room_if_here(id)) here->tell_pointed();
            });
        pointed_.note(found->account, account);
    }
    services_.shards.reply(envelope.from, Done{});
}

void RoomActor::tell_pointed() {
    const auto pointed = pointed_.take();
    for (const auto& [account, by] : pointed)
        tell_account(account, HelpOffered{.room = id_,
                                          .filter = {.filter_id = "", .says = somebody_thought_of_you},
                                          .help = help_for(home_.notice()->help, "", "", home_.now(),
                                                           services_.limits.help_stale_after),
                                          .by = {by.begin(), by.end()}});
}

}  // namespace kindroom::actors
