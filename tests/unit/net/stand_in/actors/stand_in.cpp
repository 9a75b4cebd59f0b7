#include <charconv>
#include <new>
#include <utility>

#include "actors/home.hpp"
#include "base/bytes.hpp"

namespace kindroom::actors {

void Client::say(std::string_view word) {
    outbox_.push_back(std::make_shared<const std::string>(word));
    if (!std::exchange(woken_, true)) transport_.wake();
}

void Client::on_frame(std::span<const std::byte> bytes) {
    const auto word = as_text(bytes);
    if (word == "three") {
        for (const auto* one : {"one", "two", "three"}) say(one);
    } else if (word.starts_with("end ")) {
        int code = 0;
        std::from_chars(word.data() + 4, word.data() + word.size(), code);
        say("farewell");
        transport_.close(static_cast<CloseCode>(code));
    } else if (word == "pause") {
        say("paused");
        transport_.set_reading(false);
    } else if (word == "flood") {
        floods_ = true;
        say(std::string(100'000, 'x'));
    } else if (word == "who") {
        say(peer_.is_operator ? "operator" : peer_.is_loopback ? "loopback" : "stranger");
    } else if (word == "no memory") {
        throw std::bad_alloc();
    } else {
        say(word);
    }
}

bool Client::take(std::vector<wire::Frame>& into, std::size_t max_bytes) {
    woken_ = false;
    std::size_t taken = 0;
    while (!outbox_.empty() && (into.empty() || taken + outbox_.front()->size() <= max_bytes)) {
        taken += outbox_.front()->size();
        into.push_back(outbox_.front());
        if (floods_) break;
        outbox_.pop_front();
    }
    return !outbox_.empty();
}

void Client::on_closed() { home_.forget(*this); }

Client& Home::admit(Transport& transport, const Peer& peer) {
    auto client = std::make_unique<Client>(transport, peer, *this);
    auto& admitted_one = *client;
    clients_.emplace(client.get(), std::move(client));
    ++admitted;
    return admitted_one;
}

void Home::say_goodbye() {
    if (stays) return;
    for (const auto& [client, unused] : clients_) {
        client->say("come back");
        client->transport().close(CloseCode::server_restarts);
    }
}

void Home::resume() {
    for (const auto& [client, unused] : clients_) client->transport().set_reading(true);
}

void Home::forget(Client& client) {
    clients_.erase(&client);
    ++closed;
}

}  // namespace kindroom::actors
