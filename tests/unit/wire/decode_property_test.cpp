#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "unit/wire/reading.hpp"
#include "wire/encode.hpp"

namespace kindroom::wire {
namespace {

// Whatever the bytes, the answer is a request with an id or one of the four refusals.
void expect_an_answer(const std::string& bytes, Format format) {
    const auto decoded = decode(bytes, format);
    if (const auto* read = std::get_if<Request>(&decoded)) {
        RC_ASSERT(read->id != 0);
        return;
    }
    const auto code = std::get<Unreadable>(decoded).error.code;
    RC_ASSERT(code == Errc::malformed || code == Errc::unknown_command || code == Errc::invalid_argument ||
              code == Errc::cursor_invalid);
}

RC_GTEST_PROP(DecodeProperty, AnyBytesGetAnAnswer, (const std::string& bytes)) {
    silence_protobuf();
    expect_an_answer(bytes, Format::binary);
    expect_an_answer(bytes, Format::json);
}

RC_GTEST_PROP(DecodeProperty, AFrameWithAFewOtherBytesGetsAnAnswer, ()) {
    silence_protobuf();
    static const auto commands = samples::commands();
    const auto& request = commands[*rc::gen::inRange<std::size_t>(0, commands.size())].request;
    const auto format = *rc::gen::element(Format::binary, Format::json);
    auto bytes = format == Format::binary ? request.SerializeAsString() : json_of(request);
    for (int changes = *rc::gen::inRange(1, 5); changes > 0; --changes)
        bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<char>();
    expect_an_answer(bytes, format);
}

// A text of any characters, as UTF-8.
std::string any_text() {
    std::string text;
    for (const auto c : *rc::gen::container<std::vector<char32_t>>(
             rc::gen::oneOf(rc::gen::inRange<char32_t>(0, 0x80), rc::gen::inRange<char32_t>(0x80, 0xD800),
                            rc::gen::inRange<char32_t>(0xE000, 0x110000)))) {
        const auto put = [&text](char32_t byte) { text.push_back(static_cast<char>(byte)); };
        if (c < 0x80) {
            put(c);
        } else if (c < 0x800) {
            put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
        } else if (c < 0x10000) {
            put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
        } else {
            put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
        }
    }
    return text;
}

RC_GTEST_PROP(DecodeProperty, APostKeepsItsWordsThereAndBackAgain, ()) {
    const auto text = any_text();
    const auto format = *rc::gen::element(Format::binary, Format::json);

    auto request = sample("post_message");
    request.mutable_post_message()->set_text(text);
    const auto decoded = decode(format == Format::binary ? request.SerializeAsString() : json_of(request), format);
    const auto& post = std::get<domain::PostMessage>(std::get<Request>(decoded).command);
    RC_ASSERT(post.text == text);

    auto message = samples::posted_message();
    message.text = post.text;
    const domain::RoomStep step{.room = post.room,
                                .position = Position{1},
                                .author = message.author_account,
                                .voice = post.voice,
                                .about = {},
                                .what = domain::MessagePosted{message}};
    const auto frame = encode_event(step, format, samples::cursors());
    v1::Batch batch;
    if (format == Format::binary)
        RC_ASSERT(batch.ParseFromString(*frame));
    else
        RC_ASSERT(google::protobuf::util::JsonStringToMessage(json_batch_begin + *frame + json_batch_end, &batch).ok());
    RC_ASSERT(batch.event(0).room_event().posted().message().text() == text);
}

}  // namespace
}  // namespace kindroom::wire
