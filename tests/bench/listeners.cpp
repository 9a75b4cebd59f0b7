#include "bench/listeners.hpp"

#include <stdexcept>

#include "e2e/support/guest.hpp"

namespace kindroom::bench {

namespace {

constexpr std::size_t body_bytes = 100;

std::uint64_t take_varint(std::string_view& bytes) {
    std::uint64_t value = 0;
    for (unsigned shift = 0; !bytes.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        value |= std::uint64_t{byte & 0x7fu} << shift;
        if (byte < 0x80) break;
    }
    return value;
}

}  // namespace

std::uint64_t count_events(std::string_view batch) {
    std::uint64_t count = 0;
    for (; !batch.empty(); ++count) {
        take_varint(batch);
        const auto size = take_varint(batch);
        batch.remove_prefix(std::min<std::size_t>(size, batch.size()));
    }
    return count;
}

void run_until(boost::asio::io_context& io, const std::function<bool()>& holds) {
    while (!holds()) {
        if (io.stopped()) io.restart();
        io.run_one_for(std::chrono::milliseconds(100));
    }
}

Listener::Listener(boost::asio::io_context& io, client::LineOptions options, std::string token, std::string room)
    : link_(io, std::move(options), *this), token_(std::move(token)), room_(std::move(room)) {}

void Listener::send(v1::Request request) {
    request.set_id(++last_id_);
    link_.send(request);
}

void Listener::opened() {
    v1::Request hello;
    hello.mutable_hello()->set_protocol_version(1);
    send(hello);
    v1::Request resume;
    resume.mutable_resume_session()->set_device_token(token_);
    send(resume);
}

bool Listener::frame(std::string_view bytes) {
    events_ += count_events(bytes);
    return decodes_;
}

void Listener::event(const v1::Event& event) {
    if (!event.has_reply()) return;
    if (event.reply().has_error()) throw std::runtime_error("refused: " + event.reply().error().ShortDebugString());
    if (event.reply().has_signed_in()) {
        v1::Request listen;
        listen.mutable_resume_room()->set_room_id(room_);
        send(listen);
    }
    if (event.reply().has_room_resumed()) {
        is_ready_ = true;
        decodes_ = false;
    }
    if (!event.reply().has_message_accepted()) return;
    under_way_ -= 1;
    if (left_ > 0) post_one();
}

void Listener::ended(const client::Ending& ending) {
    if (is_ready_ && under_way_ > 0) throw std::runtime_error("a connection ended: " + ending.words);
}

void Listener::post_one() {
    left_ -= 1;
    under_way_ += 1;
    send(test::posting(room_, std::string(body_bytes, 'w')));
}

void Listener::post(std::uint32_t window, std::uint64_t left) {
    decodes_ = true;
    left_ = left;
    for (std::uint32_t i = 0; i < window && left_ > 0; ++i) post_one();
}

}  // namespace kindroom::bench
