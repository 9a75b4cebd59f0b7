#include "support/wire_samples_attendance.hpp"

namespace kindroom::samples {
namespace {

constexpr auto some_end = some_time + Duration{86'400'000};

domain::Listening listening() { return {.until = some_end, .cause = domain::ListenCause::wave}; }

// Each has an id of its own, so that what comes into the protocol beside them moves none.
v1::Request& next(std::vector<CommandSample>& all, const char* name, std::uint32_t id) {
    auto& sample = all.emplace_back(CommandSample{name, {}});
    sample.request.set_id(id);
    return sample.request;
}

domain::RoomCard unattended_card() {
    auto unattended = card();
    auto& settings = unattended.settings;
    settings.join_policy = domain::JoinPolicy::knock;
    settings.needs_moderator = true;
    settings.opening_hours = {{.opens = 1'080, .closes = 1'200}, {.opens = 9'960, .closes = 60}};
    settings.opening_words = "Come in.";
    settings.closing_words = "Sleep well.";
    settings.listen_only = Duration{30'000};
    unattended.state = domain::RoomState::winding_down;
    unattended.moderator_on_duty = false;
    unattended.pauses_at = some_end;
    return unattended;
}

domain::RoomCard card_paused_by_hand() {
    auto paused = card();
    paused.settings.listen_only = Duration{0};
    paused.is_paused_by_hand = true;
    paused.pause_sentence = "We take ten minutes.";
    return paused;
}

domain::RoomCard card_out_of_hours() {
    auto out = unattended_card();
    out.settings.join_policy = domain::JoinPolicy::invite;
    out.state = domain::RoomState::out_of_hours;
    out.pauses_at = never;
    out.opens_at = some_end;
    return out;
}

domain::Person caller() {
    auto somebody = person();
    somebody.name.clear();
    return somebody;
}

}  // namespace

void add_attendance_commands(std::vector<CommandSample>& all) {
    auto& join = *next(all, "join_room_with_invite", 119).mutable_join_room();
    join.set_room_id(bytes_of(0x11));
    join.set_name("Ana");
    join.set_invite_code("ABCD-EFGH-JKLM-NPQR");
    auto& settings = *next(all, "create_room_with_attendance", 118).mutable_create_room()->mutable_settings();
    settings.set_topic("Quiet mornings");
    settings.set_join_policy(v1::JOIN_POLICY_KNOCK);
    settings.set_needs_moderator(true);
    auto& span = *settings.add_opening_hours();
    span.set_opens_minute(1'080);
    span.set_closes_minute(1'200);
    settings.set_opening_words("Come in.");
    settings.set_closing_words("Sleep well.");
    settings.set_listen_only_ms(0);
    auto& pause = *next(all, "pause_room", 110).mutable_pause_room();
    pause.set_room_id(bytes_of(0x11));
    pause.set_sentence("We take ten minutes.");
    next(all, "resume_talk", 111).mutable_resume_talk()->set_room_id(bytes_of(0x11));
    next(all, "knock", 112).mutable_knock()->set_room_id(bytes_of(0x11));
    next(all, "list_knocks", 113).mutable_list_knocks()->set_room_id(bytes_of(0x11));
    auto& answer = *next(all, "answer_knock", 114).mutable_answer_knock();
    answer.set_room_id(bytes_of(0x11));
    answer.set_token(bytes_of(0x55));
    answer.set_let_in(true);
    auto& invite = *next(all, "create_room_invite", 115).mutable_create_room_invite();
    invite.set_room_id(bytes_of(0x11));
    invite.set_uses(5);
    invite.set_holds_for_ms(86'400'000);
    auto& policy = *next(all, "set_join_policy", 116).mutable_set_join_policy();
    policy.set_room_id(bytes_of(0x11));
    policy.set_join_policy(v1::JOIN_POLICY_INVITE);
    auto& speak = *next(all, "let_speak", 117).mutable_let_speak();
    speak.set_room_id(bytes_of(0x11));
    speak.set_token(bytes_of(0x55));
}

void add_attendance_replies(std::vector<ReplySample>& all) {
    const auto add = [&all](const char* name, domain::Reply reply) { all.push_back({name, std::move(reply)}); };
    add("refused_paused",
        domain::Refused{.error = refuse(Errc::room_paused), .decision = {}, .help = "In danger call 112."});
    add("room_card_winding_down", unattended_card());
    add("room_card_paused_by_hand", card_paused_by_hand());
    add("room_card_out_of_hours", card_out_of_hours());
    add("room_joined_to_listen", domain::RoomJoined{card(), person(), roster(), Position{41}, listening()});
    add("room_resumed_to_listen", domain::RoomResumed{card(), person(), roster(), {}, Position{41}, true, listening()});
    add("knocked", domain::Knocked{some_end});
    add("knocks", domain::Knocks{.room = room, .people = {{{}, caller()}}});
}

void add_attendance_events(std::vector<EventSample>& all) {
    all.push_back({"knock_heard", domain::KnockHeard{room, {{}, caller()}}});
    all.push_back({"door_opened", domain::DoorOpened{room, some_end}});
    all.push_back({"wave_noticed", domain::WaveNoticed{room, some_end}});
    all.push_back({"listening_changed", domain::ListeningChanged{room, listening()}});
}

}  // namespace kindroom::samples
