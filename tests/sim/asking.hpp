// Requests as a test writes them.
#pragma once

#include <string>

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
inline v1::Request ping() {
    v1::Request request;
    request.mutable_ping();
    return request;
}

}  // namespace kindroom::sim
