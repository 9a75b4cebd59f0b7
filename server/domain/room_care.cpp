// How a room is looked after: its settings, its pauses, its end, its door, and who may come on duty.
#include "domain/room.hpp"
#include "domain/texts.hpp"

namespace kindroom::domain {

// Nobody looks after a direct room.
Result<void> Room::may_look_after(const Standing& standing) const {
    if (settings_.kind == RoomKind::direct) return refuse(Errc::room_unavailable);
    if (!standing.may_moderate(id_)) return refuse(Errc::not_allowed);
    if (is_closed()) return refuse(Errc::room_unavailable);
    return {};
}

Result<SettingsChanged> Room::decide_change(const RoomSettings& settings, const Standing& standing,
                                            TimePoint now) const {
    if (auto may = may_look_after(standing); !may) return may.error();
    auto judged = judge_settings(settings, limits_);
    if (!judged) return judged.error();
    // What people came for stays what it is.
    if (judged->kind != settings_.kind) return bad_field("settings.kind");
    return SettingsChanged{.settings = std::move(*judged), .at = now};
}

Result<SettingsChanged> Room::decide_policy(JoinPolicy policy, const Standing& standing, TimePoint now) const {
    if (auto may = may_look_after(standing); !may) return may.error();
    SettingsChanged changed{.settings = settings_, .at = now};
    changed.settings.join_policy = policy;
    return changed;
}

Result<RoomClosed> Room::decide_close(const Standing& standing) const {
    if (auto may = may_look_after(standing); !may) return may.error();
    return RoomClosed{};
}

Result<RoomPaused> Room::decide_pause(std::string sentence, const Standing& standing) const {
    if (auto may = may_look_after(standing); !may) return may.error();
    if (is_blank(sentence)) return refuse(Errc::text_empty);
    if (count_code_points(sentence) > limits_.sentence_code_points_max) return refuse(Errc::text_too_long);
    return RoomPaused{std::move(sentence)};
}

Result<TalkResumed> Room::decide_resume(const Standing& standing) const {
    if (auto may = may_look_after(standing); !may) return may.error();
    return TalkResumed{};
}

Result<RoomInvite> Room::decide_invite(const CreateRoomInvite& command, SecretHash code, const Standing& standing,
                                       TimePoint now) const {
    if (auto may = may_look_after(standing); !may) return may.error();
    if (command.uses > limits_.invite_uses_max) return bad_field("uses");
    if (auto may = door_.may_invite(now); !may) return may.error();
    const Duration holds_for = command.holds_for > Duration{0} ? command.holds_for : limits_.invite_holds_default;
    return RoomInvite{.code = code, .uses_left = std::max(command.uses, 1u), .ends_at = now + holds_for};
}

// What was decided comes first, as it does in a refusal.
std::optional<Listening> Room::listening(const Asker& asker, TimePoint now) const {
    const Decision* quiet =
        asker.sanctions && settings_.kind != RoomKind::direct ? asker.sanctions->listen_only_in(id_, now) : nullptr;
    if (quiet) return Listening{quiet->ends_at, ListenCause::decision};
    const Member* here = member(asker.account);
    if (!here || now >= here->listens_until || attendance_.is_on_duty(asker.account, now)) return std::nullopt;
    return Listening{here->listens_until, here->listen_cause};
}

std::vector<AccountId> Room::listeners(std::optional<PersonToken> token, TimePoint now) const {
    std::vector<AccountId> people;
    for (const auto& [account, member] : members_)
        if (now < member.listens_until && (!token || member.person.token == *token)) people.push_back(account);
    return people;
}

bool Room::is_alone_on_duty(const Asker& asker, TimePoint now) const {
    // As in present_for(): whoever began to keep away just now has gone.
    const auto is_another = [&](AccountId account) {
        return account != asker.account && is_shown_to(asker, account, now + Duration{1});
    };
    return attendance_.is_on_duty(asker.account, now) && std::ranges::none_of(attendance_.on_duty(now), is_another);
}

Result<void> Room::may_go_on_duty(const Asker& asker) const {
    if (!member(asker.account)) return refuse(Errc::not_in_room);
    if (settings_.kind == RoomKind::direct || !asker.standing.may_moderate(id_)) return refuse(Errc::not_allowed);
    return {};
}

void Room::apply(const SettingsChanged& event) {
    if (event.settings.needs_moderator && !settings_.needs_moderator) attendance_.begins_to_need(event.at);
    settings_ = event.settings;
    if (circle_) circle_->set_times(times_of(settings_, limits_));
}

}  // namespace kindroom::domain
