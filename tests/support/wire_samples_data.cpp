#include "support/wire_samples_data.hpp"

#include "wire/export_place.hpp"

namespace kindroom::samples {
namespace {

v1::Request& next(std::vector<CommandSample>& all, const char* name) {
    auto& sample = all.emplace_back(CommandSample{name, {}});
    sample.request.set_id(static_cast<std::uint32_t>(all.size()));
    return sample.request;
}

}  // namespace

domain::ExportPlace place() {
    return {
        .part = domain::ExportPlace::Part::words, .matter = {}, .room = room, .report = {}, .position = Position{41}};
}

void add_data_commands(std::vector<CommandSample>& all) {
    next(all, "export_my_data").mutable_export_my_data();
    next(all, "export_my_data_further")
        .mutable_export_my_data()
        ->set_cursor(std::string(as_text(wire::write_place(place(), cursors()))));
    next(all, "erase_account").mutable_erase_account()->set_passphrase("four quiet herons at dusk");
}

void add_data_replies(std::vector<ReplySample>& all) {
    domain::MyData data;
    data.pieces.push_back(domain::OwnAccount{.login_id = "amber-heron-4127",
                                             .standing = {.role = domain::Role::moderator, .moderates = {room}},
                                             .rules_consented = 3,
                                             .created_at = some_time,
                                             .contacts_open = true});
    data.pieces.push_back(
        domain::OwnSession{.device_label = "telephone", .created_at = some_time, .last_used_at = some_time});
    data.pieces.push_back(
        domain::Mute{.id = id_of<MatterId>(0x61), .what = domain::Words{{"wine"}}, .room = room, .ends_at = some_time});
    data.pieces.push_back(domain::Block{.id = id_of<MatterId>(0x62), .person = person(), .room = room});
    data.pieces.push_back(domain::OwnLabelChoice{.label = "grief", .choice = domain::LabelChoice::show});
    data.pieces.push_back(domain::Away{.room = room, .until = some_time, .firm = true});
    data.pieces.push_back(
        domain::OwnContact{.room = room, .person = person(), .other = id_of<AccountId>(private_byte)});
    data.pieces.push_back(domain::OwnOffer{.offer = {.id = id_of<MatterId>(0x63),
                                                     .person = person(),
                                                     .room = room,
                                                     .fades_at = some_time,
                                                     .other = id_of<AccountId>(private_byte)},
                                           .made = true});
    data.pieces.push_back(decision());
    data.pieces.push_back(domain::OwnRoom{.room = room,
                                          .topic = "Quiet mornings",
                                          .you = person(),
                                          .former_names = {"Anna"},
                                          .joined = true,
                                          .left_at = some_time});
    data.pieces.push_back(domain::OwnMessage{.room = room,
                                             .message = message,
                                             .voice = domain::Voice::person,
                                             .name = "Ana",
                                             .posted_at = some_time,
                                             .text = "I slept at last",
                                             .labels = {"sleep"},
                                             .edited_at = some_time,
                                             .earlier = {{.text = "I slept", .at = some_time}}});
    data.pieces.push_back(domain::OwnReport{.status = {.reported_at = some_time,
                                                       .outcome = domain::CaseOutcome::acted,
                                                       .answer = "We talked to them.",
                                                       .answered_at = some_time},
                                            .words = "They went on.",
                                            .rule_id = "kind"});
    data.next = place();
    all.push_back({"my_data", std::move(data)});
    all.push_back({"my_data_at_its_end", domain::MyData{}});
}

}  // namespace kindroom::samples
