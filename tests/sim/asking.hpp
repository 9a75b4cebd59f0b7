// Requests as a test writes them.
#pragma once

#include <string>
#include <vector>

#include "base/time.hpp"
#include "kindroom/v1/frames.pb.h"

namespace kindroom::sim {

inline const std::string passphrase = "eleven quiet birches in the wind";

inline v1::Request create_account() {
    v1::Request request;
    request.mutable_create_account()->set_passphrase(passphrase);
    return request;
}
inline v1::Request sign_in(const std::string& login_id) {
    v1::Request request;
    request.mutable_sign_in()->set_login_id(login_id);
    request.mutable_sign_in()->set_passphrase(passphrase);
    return request;
}
inline v1::Request consent(std::uint32_t version) {
    v1::Request request;
    request.mutable_consent_to_rules()->set_version(version);
    return request;
}
inline v1::Request join(const std::string& room, const std::string& name) {
    v1::Request request;
    request.mutable_join_room()->set_room_id(room);
    request.mutable_join_room()->set_name(name);
    return request;
}
inline v1::Request leave(const std::string& room) {
    v1::Request request;
    request.mutable_leave_room()->set_room_id(room);
    return request;
}
inline v1::Request post(const std::string& room, const std::string& key, const std::string& text) {
    v1::Request request;
    request.mutable_post_message()->set_room_id(room);
    request.mutable_post_message()->set_client_key(key);
    request.mutable_post_message()->set_text(text);
    return request;
}
inline v1::Request edit(const std::string& room, const std::string& message, const std::string& text) {
    v1::Request request;
    request.mutable_edit_message()->set_room_id(room);
    request.mutable_edit_message()->set_message_id(message);
    request.mutable_edit_message()->set_text(text);
    return request;
}
inline v1::Request retract(const std::string& room, const std::string& message) {
    v1::Request request;
    request.mutable_retract_message()->set_room_id(room);
    request.mutable_retract_message()->set_message_id(message);
    return request;
}
inline v1::Request history(const std::string& room, std::uint32_t limit) {
    v1::Request request;
    request.mutable_get_history()->set_room_id(room);
    request.mutable_get_history()->set_limit(limit);
    return request;
}
inline v1::Request create_room(const std::string& topic) {
    v1::Request request;
    request.mutable_create_room()->mutable_settings()->set_topic(topic);
    return request;
}
inline v1::Request roster(const std::string& room) {
    v1::Request request;
    request.mutable_get_roster()->set_room_id(room);
    return request;
}
inline v1::Request go_on_duty(const std::string& room) {
    v1::Request request;
    request.mutable_go_on_duty()->set_room_id(room);
    return request;
}
inline v1::Request go_off_duty(const std::string& room, const std::string& note = {}) {
    v1::Request request;
    request.mutable_go_off_duty()->set_room_id(room);
    request.mutable_go_off_duty()->set_handover_note(note);
    return request;
}
inline v1::Request appeal(const std::string& code, const std::string& words = "It was otherwise.") {
    v1::Request request;
    request.mutable_appeal()->set_code(code);
    request.mutable_appeal()->set_words(words);
    return request;
}
inline v1::Request get_appeal(const std::string& code) {
    v1::Request request;
    request.mutable_get_appeal()->set_code(code);
    return request;
}
inline v1::Request get_help() {
    v1::Request request;
    request.mutable_get_help();
    return request;
}
inline v1::Request pause_room(const std::string& room, const std::string& sentence) {
    v1::Request request;
    request.mutable_pause_room()->set_room_id(room);
    request.mutable_pause_room()->set_sentence(sentence);
    return request;
}
inline v1::Request resume_talk(const std::string& room) {
    v1::Request request;
    request.mutable_resume_talk()->set_room_id(room);
    return request;
}
inline v1::Request set_role(const std::string& login_id, v1::Role role) {
    v1::Request request;
    request.mutable_set_role()->set_login_id(login_id);
    request.mutable_set_role()->set_role(role);
    return request;
}
inline v1::Request ban(const std::string& login_id) {
    v1::Request request;
    request.mutable_ban_account()->set_login_id(login_id);
    request.mutable_ban_account()->set_rule_id("kind");
    request.mutable_ban_account()->set_facts("was unkind");
    return request;
}
inline v1::Request lift_ban(const std::string& login_id) {
    v1::Request request;
    request.mutable_lift_ban()->set_login_id(login_id);
    return request;
}
inline v1::Request list_sessions() {
    v1::Request request;
    request.mutable_list_sessions();
    return request;
}
inline v1::Request revoke_session(const std::string& session) {
    v1::Request request;
    request.mutable_revoke_session()->set_session_id(session);
    return request;
}

// ---- boundaries -----------------------------------------------------------------------------------------------------

// Somebody as a test names them: in which room, and their token there.
struct Somebody {
    std::string room;
    std::string token;
};
inline void set_person(v1::PersonRef& to, const Somebody& person) {
    to.set_room_id(person.room);
    to.set_token(person.token);
}
inline v1::Request block(const std::vector<Somebody>& people, const std::string& report = {}) {
    v1::Request request;
    for (const Somebody& person : people) set_person(*request.mutable_block_people()->add_people(), person);
    request.mutable_block_people()->set_report(report);
    return request;
}
inline v1::Request unblock(const std::string& block) {
    v1::Request request;
    request.mutable_unblock()->set_block_id(block);
    return request;
}
// Somebody, in one room or (with none) everywhere.
inline v1::Request mute(const Somebody& person, const std::string& room = {}, Duration lasts = Duration{0}) {
    v1::Request request;
    set_person(*request.mutable_add_mute()->mutable_person(), person);
    request.mutable_add_mute()->set_room_id(room);
    request.mutable_add_mute()->set_lasts_ms(lasts.count());
    return request;
}
inline v1::Request mute_words(const std::vector<std::string>& words) {
    v1::Request request;
    for (const auto& word : words) request.mutable_add_mute()->mutable_words()->add_word(word);
    return request;
}
inline v1::Request mute_label(const std::string& label) {
    v1::Request request;
    request.mutable_add_mute()->set_label(label);
    return request;
}
inline v1::Request mute_room(const std::string& room) {
    v1::Request request;
    request.mutable_add_mute()->set_room(true);
    request.mutable_add_mute()->set_room_id(room);
    return request;
}
inline v1::Request unmute(const std::string& mute) {
    v1::Request request;
    request.mutable_unmute()->set_mute_id(mute);
    return request;
}
inline v1::Request list_boundaries() {
    v1::Request request;
    request.mutable_list_boundaries();
    return request;
}
inline v1::Request choose_label(const std::string& label, v1::LabelChoice choice) {
    v1::Request request;
    request.mutable_set_label_choice()->set_label(label);
    request.mutable_set_label_choice()->set_choice(choice);
    return request;
}
// From one room, or (with none) from everywhere.
inline v1::Request step_away(const std::string& room, Duration lasts = Duration{0}, bool firm = false) {
    v1::Request request;
    request.mutable_step_away()->set_room_id(room);
    request.mutable_step_away()->set_lasts_ms(lasts.count());
    request.mutable_step_away()->set_firm(firm);
    return request;
}
inline v1::Request return_from_away(const std::string& room = {}) {
    v1::Request request;
    request.mutable_return_from_away()->set_room_id(room);
    return request;
}
inline v1::Request hear(const std::string& room, const std::string& message) {
    v1::Request request;
    request.mutable_hear_message()->set_room_id(room);
    request.mutable_hear_message()->set_message_id(message);
    return request;
}
inline v1::Request reveal(const std::string& room, const std::string& message) {
    v1::Request request;
    request.mutable_reveal_message()->set_room_id(room);
    request.mutable_reveal_message()->set_message_id(message);
    return request;
}
inline v1::Request heads_up(const std::string& room) {
    v1::Request request;
    request.mutable_get_heads_up()->set_room_id(room);
    return request;
}
inline v1::Request resume(const std::string& room, const std::string& cursor = {}, bool catch_up = false) {
    v1::Request request;
    request.mutable_resume_room()->set_room_id(room);
    request.mutable_resume_room()->set_cursor(cursor);
    request.mutable_resume_room()->set_catch_up(catch_up);
    return request;
}
inline v1::Request offer_contact(const Somebody& person) {
    v1::Request request;
    set_person(*request.mutable_offer_contact()->mutable_person(), person);
    return request;
}
inline v1::Request answer_offer(const std::string& offer, bool accept) {
    v1::Request request;
    request.mutable_answer_offer()->set_offer_id(offer);
    request.mutable_answer_offer()->set_accept(accept);
    return request;
}
inline v1::Request list_contacts() {
    v1::Request request;
    request.mutable_list_contacts();
    return request;
}
inline v1::Request disconnect(const std::string& room, bool take_words_along = false) {
    v1::Request request;
    request.mutable_disconnect()->set_room_id(room);
    request.mutable_disconnect()->set_take_words_along(take_words_along);
    return request;
}
inline v1::Request set_contacts_open(bool open) {
    v1::Request request;
    request.mutable_set_contacts_open()->set_open(open);
    return request;
}
inline v1::Request link_people(const std::string& room, const std::string& token, const std::string& other_token) {
    v1::Request request;
    request.mutable_link_people()->set_room_id(room);
    request.mutable_link_people()->set_token(token);
    request.mutable_link_people()->set_other_token(other_token);
    return request;
}
inline v1::Request ping() {
    v1::Request request;
    request.mutable_ping();
    return request;
}

}  // namespace kindroom::sim
