#include "e2e/support/guest.hpp"

#include <algorithm>
#include <google/protobuf/util/json_util.h>
#include <random>
#include <stdexcept>

namespace kindroom::test {

Guest::Guest(client::ConnectionOptions options) : options_(std::move(options)) {}

void Guest::connect() {
    // What had arrived and was not looked at is lost with the old line.
    line_ = std::make_unique<client::Connection>(options_);
    if (const auto trouble = line_->connect(patience)) throw std::runtime_error("not connected: " + trouble->words);
    get(request(R"({"hello":{"protocolVersion":1,"client":"test"}})"));
}

void Guest::connect(const House& house) {
    options_.line.endpoint = house.url();
    connect();
}

// Why the line is of no use any more, for the message of a failed test.
std::string Guest::end_of_line() const {
    const auto ending = line_->ending();
    if (!ending) return {};
    return "; the connection ended with " + std::to_string(ending->close_code) + ": " + ending->words;
}

v1::Reply Guest::ask(v1::Request asked) {
    const std::string what = asked.ShortDebugString();
    auto reply = line_->request(std::move(asked), patience);
    if (!reply) throw std::runtime_error("no answer to: " + what + end_of_line());
    return *reply;
}

v1::Reply Guest::get(v1::Request asked) {
    auto reply = ask(std::move(asked));
    if (reply.has_error()) throw std::runtime_error("refused: " + reply.error().ShortDebugString());
    return reply;
}

void Guest::sign_up(const std::string& invite_code, const std::string& passphrase) {
    v1::Request asked;
    asked.mutable_create_account()->set_invite_code(invite_code);
    asked.mutable_create_account()->set_passphrase(passphrase);
    asked.mutable_create_account()->set_device_label("a test");
    account_ = get(asked).account_created();
}

void Guest::consent() {
    const auto rules = get(request(R"({"getRules":{}})")).house_rules();
    v1::Request asked;
    asked.mutable_consent_to_rules()->set_version(rules.version());
    get(asked);
}

void Guest::resume_session() { get(resuming_session(token())); }

v1::RoomJoined Guest::join(const std::string& room, const std::string& name) {
    v1::Request asked;
    asked.mutable_join_room()->set_room_id(room);
    asked.mutable_join_room()->set_name(name);
    auto joined = get(asked).room_joined();
    cursors_[room] = joined.cursor();
    return joined;
}

std::string Guest::post(const std::string& room, const std::string& text, const std::string& reply_to) {
    auto asked = posting(room, text);
    asked.mutable_post_message()->set_reply_to(reply_to);
    return get(asked).message_accepted().message_id();
}

std::vector<v1::Message> Guest::history_backwards(const std::string& room, std::uint32_t page) {
    std::vector<v1::Message> out;
    auto asked = reading(room, page);
    for (;;) {
        const auto got = get(asked).history_page();
        out.insert(out.begin(), got.messages().begin(), got.messages().end());
        if (got.earlier().empty()) return out;
        asked.mutable_get_history()->set_before(got.earlier());
    }
}

std::vector<v1::Message> Guest::history_forwards(const std::string& room, std::uint32_t page) {
    // From the oldest page: where nothing is earlier.
    auto asked = reading(room, page);
    auto got = get(asked).history_page();
    while (!got.earlier().empty()) {
        asked.mutable_get_history()->set_before(got.earlier());
        got = get(asked).history_page();
    }
    std::vector<v1::Message> out(got.messages().begin(), got.messages().end());
    while (!got.later().empty()) {
        asked.mutable_get_history()->set_after(got.later());
        got = get(asked).history_page();
        out.insert(out.end(), got.messages().begin(), got.messages().end());
    }
    return out;
}

void Guest::take(const v1::Event& event) {
    heard_.push_back(event);
    if (!event.has_room_event()) return;
    const auto& step = event.room_event();
    cursors_[step.room_id()] = step.cursor();
    steps_[step.room_id()].push_back(step);
}

v1::Event Guest::hear(const std::function<bool(const v1::Event&)>& fits, const char* what) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    for (;;) {
        const auto left = std::chrono::ceil<Milliseconds>(deadline - std::chrono::steady_clock::now());
        const auto event = line_->next_event(std::max(left, Milliseconds(0)));
        if (!event) throw std::runtime_error(std::string("did not hear ") + what + end_of_line());
        take(*event);
        if (fits(*event)) return *event;
    }
}

v1::Event Guest::hear(v1::Event::KindCase kind) {
    const auto name = v1::Event::descriptor()->FindFieldByNumber(kind)->name();
    return hear([&](const auto& event) { return event.kind_case() == kind; }, name.c_str());
}

v1::Event Guest::hear_text(const std::string& text) {
    return hear([&](const auto& event) { return event.room_event().posted().message().text() == text; }, text.c_str());
}

void Guest::hear_up_to(const std::string& room, const std::string& message) {
    for (const auto& step : steps_[room])
        if (step.posted().message().message_id() == message) return;
    hear([&](const auto& event) { return event.room_event().posted().message().message_id() == message; },
         "the last message");
}

void Guest::listen() {
    if (!line_->fence(patience)) throw std::runtime_error("no answer to a ping");
    while (const auto event = line_->next_event(Milliseconds(0))) take(*event);
}

void Guest::resume_room(const std::string& room) {
    v1::Request asked;
    asked.mutable_resume_room()->set_room_id(room);
    for (;;) {
        asked.mutable_resume_room()->set_cursor(cursor(room));
        const auto resumed = get(asked).room_resumed();
        for (const auto& step : resumed.events()) {
            v1::Event event;
            *event.mutable_room_event() = step;
            take(event);
        }
        cursors_[room] = resumed.cursor();
        if (resumed.caught_up()) return;
    }
}

std::string Guest::cursor(const std::string& room) const {
    const auto found = cursors_.find(room);
    return found == cursors_.end() ? std::string{} : found->second;
}

std::vector<v1::Message> Guest::story(const std::string& room) const {
    std::vector<v1::Message> out;
    const auto found = steps_.find(room);
    if (found == steps_.end()) return out;
    const auto with_id = [&](const std::string& id) {
        return std::find_if(out.begin(), out.end(), [&](const auto& message) { return message.message_id() == id; });
    };
    for (const auto& step : found->second) {
        if (step.has_posted()) {
            out.push_back(step.posted().message());
        } else if (step.has_edited()) {
            const auto message = with_id(step.edited().message_id());
            if (message == out.end()) continue;
            message->set_text(step.edited().text());
            message->set_edited(true);
        } else if (step.has_retracted()) {
            const auto& id = step.retracted().message_id();
            std::erase_if(out, [&](const auto& message) { return message.message_id() == id; });
            for (auto& message : out)
                if (message.reply_to() == id) message.clear_reply_to();
        }
    }
    return out;
}

Guest member_in(House& house, const std::string& room, const std::string& name) {
    Guest guest(house.options());
    guest.connect();
    guest.sign_up(house.invite());
    guest.consent();
    guest.join(room, name);
    return guest;
}

std::string new_key() {
    static thread_local std::mt19937_64 random{std::random_device{}()};
    std::string key(16, '\0');
    for (char& c : key) c = static_cast<char>(random());
    return key;
}

v1::Request posting(const std::string& room, const std::string& text, const std::string& key) {
    v1::Request asked;
    asked.mutable_post_message()->set_room_id(room);
    asked.mutable_post_message()->set_client_key(key);
    asked.mutable_post_message()->set_text(text);
    return asked;
}

v1::Request reading(const std::string& room, std::uint32_t limit) {
    v1::Request asked;
    asked.mutable_get_history()->set_room_id(room);
    asked.mutable_get_history()->set_limit(limit);
    return asked;
}

v1::Request signing_in(const std::string& login_id, const std::string& passphrase) {
    v1::Request asked;
    asked.mutable_sign_in()->set_login_id(login_id);
    asked.mutable_sign_in()->set_passphrase(passphrase);
    return asked;
}

v1::Request resuming_session(const std::string& token) {
    v1::Request asked;
    asked.mutable_resume_session()->set_device_token(token);
    return asked;
}

std::string await_event(const std::string& kind, const std::string& containing) {
    return R"({"wait":")" + kind + R"(","containing":")" + containing + R"(","timeoutMs":)" +
           std::to_string(patience.count()) + "}\n";
}

v1::Request request(const std::string& json) {
    v1::Request asked;
    if (const auto read = google::protobuf::util::JsonStringToMessage(json, &asked); !read.ok())
        throw std::runtime_error("not a request: " + json);
    return asked;
}

std::vector<std::string> lines(const std::vector<v1::Message>& messages) {
    std::vector<std::string> out;
    for (const auto& message : messages) out.push_back(message.ShortDebugString());
    return out;
}

std::vector<std::string> texts(const std::vector<v1::Message>& messages) {
    std::vector<std::string> out;
    for (const auto& message : messages) out.push_back(message.text());
    return out;
}

}  // namespace kindroom::test
