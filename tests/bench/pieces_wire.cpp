// Decoding what clients say, and encoding what they are told.
#include <google/protobuf/util/json_util.h>
#include <memory>

#include "actors/outbox.hpp"
#include "bench/pieces.hpp"
#include "kindroom/v1/frames.pb.h"
#include "support/store_records.hpp"
#include "wire/decode.hpp"
#include "wire/encode.hpp"

namespace kindroom::bench {

namespace {

const std::string text(100, 'w');

const crypto::CursorSealer& cursors() {
    static const crypto::MasterKey key(crypto::Key256{1});
    static const crypto::CursorSealer sealer(key);
    return sealer;
}

domain::RoomStep a_step() {
    domain::Message message;
    message.id = test::an_id<MessageId>(1);
    message.author_account = test::an_id<AccountId>(1);
    message.author = {.token = test::an_id<PersonToken>(1), .name = "Ana", .sign = "amber heron"};
    message.text = text;
    message.posted_at = test::a_day;
    message.position = Position{7};
    return {.room = test::an_id<RoomId>(1),
            .position = Position{7},
            .author = message.author_account,
            .about = Position{7},
            .at = test::a_day,
            .about_at = test::a_day,
            .what = domain::MessagePosted{message}};
}

template <class Id>
std::string bytes_of(const Id& id) {
    return {reinterpret_cast<const char*>(id.bytes().data()), id.bytes().size()};
}

std::string a_post(wire::Format format) {
    v1::Request request;
    request.set_id(7);
    auto& post = *request.mutable_post_message();
    post.set_room_id(bytes_of(test::an_id<RoomId>(1)));
    post.set_client_key(bytes_of(test::an_id<ClientKey>(1)));
    post.set_text(text);
    std::string out;
    if (format == wire::Format::binary)
        request.SerializeToString(&out);
    else
        keep(google::protobuf::util::MessageToJsonString(request, &out).ok());
    return out;
}

Act decoding(wire::Format format) {
    return [format, frame = a_post(format), limits = Limits{}] {
        keep(wire::decode_request(std::as_bytes(std::span(frame)), format, cursors(), limits));
    };
}

Act encoding_event(wire::Format format) {
    return [format, event = domain::Event(a_step())] { keep(wire::encode_event(event, format, cursors())); };
}

Act encoding_reply() {
    const domain::MessageAccepted accepted{.message = test::an_id<MessageId>(1), .posted_at = test::a_day};
    return [reply = std::make_shared<const domain::Reply>(accepted)] {
        keep(wire::encode_reply(7, *reply, wire::Format::binary, cursors()));
    };
}

// Sixteen steps come in and go out again, as when a device is behind by so many.
Act queueing() {
    auto publication =
        std::make_shared<const bus::Publication>(bus::Publication{.room = test::an_id<RoomId>(1), .what = a_step()});
    const auto frames = std::make_shared<actors::SharedFrames>(std::move(publication), wire::Format::binary, cursors());
    return [frames, outbox = std::make_shared<actors::Outbox>(1'000'000, 1'000)] {
        for (int i = 0; i < 16; ++i) keep(outbox->push(actors::QueuedStep{frames}));
        while (!outbox->empty()) keep(outbox->pop());
    };
}

}  // namespace

std::vector<Piece> wire_pieces() {
    using enum wire::Format;
    return {{"decode_post", [] { return decoding(binary); }},
            {"decode_post_json", [] { return decoding(json); }},
            {"encode_message", [] { return encoding_event(binary); }},
            {"encode_message_json", [] { return encoding_event(json); }},
            {"encode_reply", [] { return encoding_reply(); }},
            {"outbox_16_in_and_out", [] { return queueing(); }}};
}

}  // namespace kindroom::bench
