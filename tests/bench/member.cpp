#include "bench/member.hpp"

#include <boost/asio/post.hpp>
#include <google/protobuf/util/json_util.h>
#include <stdexcept>
#include <utility>

namespace kindroom::bench {

Member::~Member() {
    if (stream_) stream_->abandon();
}

void Member::connect(std::function<void()> then) {
    auto options = around_.stream;
    if (detour) options.endpoint = *detour;
    stream_ = client::make_frame_stream(around_.io, std::move(options));
    const auto mine = ++connection_;
    stream_->open({[this, mine, then = std::move(then)] {
                       if (mine == connection_) then();
                   },
                   [this, mine](std::string_view bytes) {
                       if (mine == connection_) on_frame(bytes);
                   },
                   [this, mine](const client::Ending& ending) {
                       if (mine == connection_) ended(ending);
                   }});
}

void Member::open(Then welcomed) {
    connect([this, welcomed = std::move(welcomed)] {
        v1::Request hello;
        hello.mutable_hello()->set_protocol_version(1);
        hello.mutable_hello()->set_client("bench");
        ask(std::move(hello), welcomed);
    });
}

void Member::come_back(std::function<void()> then) {
    open([this, then = std::move(then)](const auto&) { show_token(then); });
}

void Member::show_token(std::function<void()> then) {
    v1::Request resume;
    resume.mutable_resume_session()->set_device_token(device_token);
    ask(std::move(resume), [then = std::move(then)](const auto&) { then(); });
}

void Member::drop() {
    connection_ += 1;
    waiting_.clear();
    // Not inside a call of its own handlers.
    if (auto stream = std::exchange(stream_, nullptr))
        boost::asio::post(around_.io, [stream = std::move(stream)] { stream->abandon(); });
}

void Member::ended(const client::Ending& ending) {
    stream_.reset();
    waiting_.clear();
    if (!on_end)
        throw std::runtime_error("a connection ended: " + ending.words + ", " + std::to_string(ending.close_code));
    on_end(ending);
}

void Member::ask(v1::Request request, Then then) { send(std::move(request), {std::move(then), false}); }
void Member::try_to(v1::Request request, Then then) { send(std::move(request), {std::move(then), true}); }

void Member::send(v1::Request request, Waiting waiting) {
    if (!stream_) return;
    request.set_id(++last_id_);
    waiting_.emplace(last_id_, std::move(waiting));
    std::string frame;
    if (around_.json) {
        if (!google::protobuf::util::MessageToJsonString(request, &frame).ok()) throw std::runtime_error("not as JSON");
    } else {
        request.SerializeToString(&frame);
    }
    stream_->send(std::move(frame));
}

void Member::on_frame(std::string_view bytes) {
    around_.frames += 1;
    if (around_.json) return on_json(bytes);
    const auto mine = connection_;
    for_each_event(bytes, [&](std::string_view event) {
        if (mine == connection_) on_binary_event(event);
    });
}

void Member::on_binary_event(std::string_view bytes) {
    std::size_t from = 0;
    if (is_room_event(bytes))
        if (const auto tag = next_tag(bytes, from)) return around_.on_message(number_, *tag);
    v1::Event event;
    if (!event.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) throw std::runtime_error("not an event");
    on_decoded(event);
}

void Member::on_json(std::string_view bytes) {
    // Decoding JSON costs more than serving it: only where something is to be read that is no message.
    if (!on_event && bytes.find("\"reply\"") == bytes.npos) {
        std::size_t from = 0;
        while (const auto tag = next_tag(bytes, from)) around_.on_message(number_, *tag);
        return;
    }
    v1::Batch batch;
    google::protobuf::util::JsonParseOptions lenient;
    lenient.ignore_unknown_fields = true;
    if (!google::protobuf::util::JsonStringToMessage({bytes.data(), bytes.size()}, &batch, lenient).ok())
        throw std::runtime_error("not a batch in JSON");
    const auto mine = connection_;
    for (const auto& event : batch.event())
        if (mine == connection_) on_decoded(event);
}

void Member::on_decoded(const v1::Event& event) {
    if (event.has_reply()) return answer(event.reply());
    if (event.room_event().has_posted()) return on_step(event.room_event());
    if (on_event) on_event(event);
}

void Member::on_step(const v1::RoomEvent& step) {
    std::size_t from = 0;
    if (const auto tag = next_tag(step.posted().message().text(), from)) around_.on_message(number_, *tag);
}

void Member::receive(const v1::RoomResumed& resumed) {
    for (const auto& step : resumed.events()) on_step(step);
    cursor = resumed.cursor();
}

void Member::answer(const v1::Reply& reply) {
    const auto found = waiting_.find(reply.request_id());
    if (found == waiting_.end()) throw std::runtime_error("an answer to nothing: " + reply.ShortDebugString());
    const Waiting asked = std::move(found->second);
    waiting_.erase(found);
    around_.answers += 1;
    if (reply.has_error() && !asked.may_be_refused)
        throw std::runtime_error("refused: " + reply.error().ShortDebugString());
    if (asked.then) asked.then(reply);
}

}  // namespace kindroom::bench
