#include "operator/selftest/scene.hpp"

#include <openssl/rand.h>
#include <stdexcept>

namespace kindroom::operator_ {

namespace {

using namespace std::chrono_literals;
constexpr auto patience = 20s;
constexpr const char* passphrase = "eleven herons over a quiet lake";

v1::Request hello() {
    v1::Request request;
    request.mutable_hello()->set_protocol_version(1);
    request.mutable_hello()->set_client("kindroomd selftest");
    return request;
}

}  // namespace

std::string new_key() {
    std::string key(16, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(key.data()), 16) != 1)
        throw std::runtime_error("no random numbers");
    return key;
}

v1::Request posting(const std::string& room, const std::string& text, const std::string& reply_to) {
    v1::Request request;
    auto& post = *request.mutable_post_message();
    post.set_room_id(room);
    post.set_client_key(new_key());
    post.set_text(text);
    post.set_reply_to(reply_to);
    return request;
}

v1::Request offering(const v1::PersonRef& person) {
    v1::Request request;
    *request.mutable_offer_contact()->mutable_person() = person;
    return request;
}

// ---- Someone --------------------------------------------------------------------------------------------------------

void Someone::open(const ScratchHouse& house) {
    line_ = std::make_unique<client::Connection>(house.options());
    if (const auto ending = line_->connect(patience)) throw std::runtime_error("no connection: " + ending->words);
    get(hello());
}

Someone::Someone(const ScratchHouse& house) {
    open(house);
    v1::Request request;
    request.mutable_create_account()->set_passphrase(passphrase);
    login_id_ = get(std::move(request)).account_created().login_id();
    v1::Request rules;
    rules.mutable_get_rules();
    v1::Request consent;
    consent.mutable_consent_to_rules()->set_version(get(std::move(rules)).house_rules().version());
    get(std::move(consent));
}

Someone::Someone(const ScratchHouse& house, const Someone& same) : login_id_(same.login_id_), selves_(same.selves_) {
    open(house);
    v1::Request request;
    request.mutable_sign_in()->set_login_id(login_id_);
    request.mutable_sign_in()->set_passphrase(passphrase);
    get(std::move(request));
    for (const auto& [room, self] : selves_) {
        v1::Request resume;
        resume.mutable_resume_room()->set_room_id(room);
        get(std::move(resume));
    }
}

v1::Reply Someone::ask(v1::Request request) {
    auto reply = line_->request(std::move(request), patience);
    if (!reply) throw std::runtime_error("no answer within 20 seconds");
    return std::move(*reply);
}

v1::Reply Someone::get(v1::Request request) {
    const std::string asked = request.ShortDebugString().substr(0, 80);
    auto reply = ask(std::move(request));
    if (reply.has_error()) throw std::runtime_error(asked + " was refused: " + reply.error().detail());
    return reply;
}

void Someone::join(const std::string& room, const std::string& name) {
    v1::Request request;
    request.mutable_join_room()->set_room_id(room);
    request.mutable_join_room()->set_name(name);
    const auto joined = get(std::move(request)).room_joined();
    selves_[room].set_room_id(room);
    selves_[room].set_token(joined.you().token());
}

void Someone::leave(const std::string& room) {
    v1::Request request;
    request.mutable_leave_room()->set_room_id(room);
    get(std::move(request));
    selves_.erase(room);
}

std::string Someone::post(const std::string& room, const std::string& text, const std::string& reply_to) {
    return get(posting(room, text, reply_to)).message_accepted().message_id();
}

std::vector<v1::Message> Someone::history(const std::string& room) {
    v1::Request request;
    request.mutable_get_history()->set_room_id(room);
    const auto page = get(std::move(request)).history_page();
    return {page.messages().begin(), page.messages().end()};
}

std::vector<v1::Person> Someone::roster(const std::string& room) {
    v1::Request request;
    request.mutable_get_roster()->set_room_id(room);
    const auto roster = get(std::move(request)).roster();
    return {roster.people().begin(), roster.people().end()};
}

v1::PersonRef Someone::in(const std::string& room) const { return selves_.at(room); }

std::vector<v1::Block> Someone::block(const std::vector<v1::PersonRef>& people) {
    v1::Request request;
    for (const auto& person : people) *request.mutable_block_people()->add_people() = person;
    const auto blocked = get(std::move(request)).people_blocked();
    return {blocked.blocks().begin(), blocked.blocks().end()};
}

std::string Someone::become_contact_of(Someone& other, const std::string& room) {
    get(offering(other.in(room)));
    other.wait_for([](const v1::Event& event) { return event.has_contact_offered(); }, "an offer of contact");
    v1::Request list;
    list.mutable_list_contacts();
    v1::Request answer;
    const auto offers = other.get(std::move(list)).contacts();
    answer.mutable_answer_offer()->set_offer_id(offers.received(offers.received_size() - 1).offer_id());
    answer.mutable_answer_offer()->set_accept(true);
    return other.get(std::move(answer)).contact_made().contact().room_id();
}

void Someone::listen() {
    if (!line_->fence(patience)) throw std::runtime_error("the connection is gone");
    while (auto event = line_->next_event(0ms)) heard_.push_back(std::move(*event));
}

void Someone::wait_for(const std::function<bool(const v1::Event&)>& fits, const char* what) {
    for (;;) {
        auto event = line_->next_event(patience);
        if (!event) throw std::runtime_error(std::string("waited for ") + what + " in vain");
        heard_.push_back(std::move(*event));
        if (fits(heard_.back())) return;
    }
}

// ---- Keeper ---------------------------------------------------------------------------------------------------------

namespace {

client::ConnectionOptions by_socket(const ScratchHouse& house) {
    client::ConnectionOptions options;
    options.line.endpoint = "unix:" + house.operators_socket().string();
    return options;
}

}  // namespace

Keeper::Keeper(const ScratchHouse& house) : line_(by_socket(house)) {
    if (const auto ending = line_.connect(patience)) throw std::runtime_error("no connection: " + ending->words);
    get(hello());
}

v1::Reply Keeper::get(v1::Request request) {
    auto reply = line_.request(std::move(request), patience);
    if (!reply || reply->has_error()) throw std::runtime_error("the operator was refused");
    return std::move(*reply);
}

std::string Keeper::make_room(std::function<void(v1::RoomSettings&)> set) {
    v1::Request request;
    auto& settings = *request.mutable_create_room()->mutable_settings();
    settings.set_topic("Room " + std::to_string(++rooms_));
    settings.set_seats(50);
    if (set) set(settings);
    return get(std::move(request)).room_card().room().room_id();
}

void Keeper::make_moderator(const std::string& login_id) {
    v1::Request request;
    request.mutable_set_role()->set_login_id(login_id);
    request.mutable_set_role()->set_role(v1::ROLE_MODERATOR);
    get(std::move(request));
}

}  // namespace kindroom::operator_
