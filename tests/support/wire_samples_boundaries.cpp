#include "support/wire_samples_boundaries.hpp"

namespace kindroom::samples {
namespace {

constexpr auto some_end = some_time + Duration{86'400'000};

v1::Request& next(std::vector<CommandSample>& all, const char* name) {
    auto& sample = all.emplace_back(CommandSample{name, {}});
    sample.request.set_id(static_cast<std::uint32_t>(all.size()));
    return sample.request;
}

v1::PersonRef wire_person_ref() {
    v1::PersonRef person;
    person.set_room_id(bytes_of(0x11));
    person.set_token(bytes_of(0x55));
    return person;
}

// What commands gained that existed before.
void add_commands_with_care(std::vector<CommandSample>& all) {
    auto& leave = *next(all, "leave_room_with_words").mutable_leave_room();
    leave.set_room_id(bytes_of(0x11));
    leave.set_take_words_along(true);
    auto& resume = *next(all, "resume_room_with_catch_up").mutable_resume_room();
    resume.set_room_id(bytes_of(0x11));
    resume.set_cursor(cursor(41));
    resume.set_catch_up(true);
    auto& post = *next(all, "post_message_with_care").mutable_post_message();
    post.set_room_id(bytes_of(0x11));
    post.set_client_key(bytes_of(0x44));
    post.set_text("I slept at last");
    post.add_labels("grief");
    post.add_labels("sleep");
    post.set_breath_ms(20'000);
    post.add_mentions(bytes_of(0x55));
    post.add_mentions(bytes_of(0x56));
}

void add_room_commands(std::vector<CommandSample>& all) {
    auto& hear = *next(all, "hear_message").mutable_hear_message();
    hear.set_room_id(bytes_of(0x11));
    hear.set_message_id(bytes_of(0x22));
    auto& reveal = *next(all, "reveal_message").mutable_reveal_message();
    reveal.set_room_id(bytes_of(0x11));
    reveal.set_message_id(bytes_of(0x22));
    next(all, "get_heads_up").mutable_get_heads_up()->set_room_id(bytes_of(0x11));
    auto& link = *next(all, "link_people").mutable_link_people();
    link.set_room_id(bytes_of(0x11));
    link.set_token(bytes_of(0x55));
    link.set_other_token(bytes_of(0x56));
}

void add_account_commands(std::vector<CommandSample>& all) {
    auto& mute = *next(all, "add_mute").mutable_add_mute();
    *mute.mutable_person() = wire_person_ref();
    mute.set_room_id(bytes_of(0x11));
    mute.set_lasts_ms(3'600'000);
    auto& mute_room = *next(all, "add_mute_of_room").mutable_add_mute();
    mute_room.set_room(true);
    mute_room.set_room_id(bytes_of(0x11));
    mute_room.set_lasts_ms(3'600'000);
    auto& mute_words = *next(all, "add_mute_of_words").mutable_add_mute();
    mute_words.mutable_words()->add_word("für einmal");
    mute_words.mutable_words()->add_word("weight");
    auto& mute_label = *next(all, "add_mute_of_label").mutable_add_mute();
    mute_label.set_label("grief");
    mute_label.set_room_id(bytes_of(0x11));
    next(all, "unmute").mutable_unmute()->set_mute_id(bytes_of(0x66));
    auto& block = *next(all, "block_people").mutable_block_people();
    *block.add_people() = wire_person_ref();
    *block.add_people() = wire_person_ref();
    block.mutable_people(1)->set_token(bytes_of(0x56));
    block.set_report("They would not stop.");
    next(all, "unblock").mutable_unblock()->set_block_id(bytes_of(0x67));
    next(all, "list_boundaries").mutable_list_boundaries();
    auto& choice = *next(all, "set_label_choice").mutable_set_label_choice();
    choice.set_label("grief");
    choice.set_choice(v1::LABEL_CHOICE_SHOW);
    auto& step_away = *next(all, "step_away").mutable_step_away();
    step_away.set_room_id(bytes_of(0x11));
    step_away.set_lasts_ms(3'600'000);
    step_away.set_firm(true);
    next(all, "return_from_away").mutable_return_from_away()->set_room_id(bytes_of(0x11));
    *next(all, "offer_contact").mutable_offer_contact()->mutable_person() = wire_person_ref();
    auto& answer = *next(all, "answer_offer").mutable_answer_offer();
    answer.set_offer_id(bytes_of(0x68));
    answer.set_accept(true);
    next(all, "list_contacts").mutable_list_contacts();
    auto& disconnect = *next(all, "disconnect").mutable_disconnect();
    disconnect.set_room_id(bytes_of(0x12));
    disconnect.set_take_words_along(true);
    next(all, "set_contacts_open").mutable_set_contacts_open()->set_open(true);
}

domain::Mute mute(std::uint8_t id, decltype(domain::Mute::what) what) {
    return {.id = id_of<MatterId>(id), .what = std::move(what), .room = room, .ends_at = some_end};
}

domain::Block block() { return {.id = id_of<MatterId>(0x67), .person = person(), .room = room, .ends_at = some_end}; }

domain::Away away() { return {.room = room, .until = some_end, .firm = true}; }

domain::Contact contact() { return {.room = id_of<RoomId>(0x12), .person = person(), .resting = true}; }

domain::Offer offer() { return {.id = id_of<MatterId>(0x68), .person = person(), .room = room, .fades_at = some_end}; }

domain::Message withheld_message() {
    auto withheld = labelled_message();
    withheld.withheld = true;
    return withheld;
}

}  // namespace

domain::Message labelled_message() {
    auto labelled = posted_message();
    labelled.reply_to_posted_at = some_time;
    labelled.labels = {"grief", "sleep"};
    labelled.mentions = {{.account = id_of<AccountId>(private_byte), .token = id_of<PersonToken>(0x56)}};
    labelled.earlier = {{.position = Position{41}, .at = some_time, .text = private_words}};
    labelled.edited_at_position = Position{42};
    labelled.edited_at = some_end;
    labelled.folded = private_words;
    return labelled;
}

void add_boundary_commands(std::vector<CommandSample>& all) {
    add_commands_with_care(all);
    add_room_commands(all);
    add_account_commands(all);
}

void add_boundary_replies(std::vector<ReplySample>& all) {
    const auto add = [&all](const char* name, domain::Reply reply) { all.push_back({name, std::move(reply)}); };
    auto direct = card();
    direct.settings.kind = domain::RoomKind::direct;
    add("room_card_of_contacts", std::move(direct));
    add("message_accepted_with_breath", domain::MessageAccepted{message, some_time, some_end});
    add("message_revealed", domain::MessageRevealed{room, labelled_message()});
    add("heads_up", domain::HeadsUp{true});
    add("muted", domain::Muted{id_of<MatterId>(0x66)});
    add("people_blocked", domain::PeopleBlocked{{block()}, "ABCD-EFGH"});
    add("unblock_planned", domain::UnblockPlanned{some_end});
    add("boundaries", domain::Boundaries{.mutes = {mute(0x66, person()), mute(0x69, domain::WholeRoom{}),
                                                   mute(0x6A, domain::Words{{"für einmal", "weight"}}),
                                                   mute(0x6B, domain::Label{"grief"})},
                                         .blocks = {block()},
                                         .labels = {{"grief", domain::LabelChoice::show}},
                                         .away = {away()}});
    add("stepped_away", domain::SteppedAway{away()});
    add("returned", domain::Returned{true});
    add("offer_made", domain::OfferMade{offer()});
    add("contact_made", domain::ContactMade{contact()});
    add("contacts", domain::Contacts{.contacts = {contact()}, .received = {offer()}, .made = {offer()}, .open = true});
}

void add_boundary_events(std::vector<EventSample>& all) {
    all.push_back({"message_posted_with_labels", step(domain::MessagePosted{labelled_message()})});
    all.push_back({"message_posted_withheld", step(domain::MessagePosted{withheld_message()})});
    all.push_back({"message_edited_withheld", step(domain::MessageEdited{.message = message,
                                                                         .text = "I slept at last",
                                                                         .folded = private_words,
                                                                         .labels = {"grief"},
                                                                         .withheld = true})});
    all.push_back({"words_heard", domain::WordsHeard{room, {id_of<AccountId>(private_byte)}}});
    all.push_back({"message_returned", domain::MessageReturned{room, message, "I slept at last"}});
    all.push_back({"contact_offered", domain::ContactOffered{offer(), id_of<AccountId>(private_byte)}});
}

}  // namespace kindroom::samples
