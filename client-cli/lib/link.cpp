#include "lib/link.hpp"

#include <boost/asio/post.hpp>
#include <google/protobuf/util/json_util.h>
#include <utility>

namespace kindroom::client {

Link::Link(boost::asio::io_context& io, LineOptions options, LineObserver& observer)
    : io_(io), options_(std::move(options)), observer_(observer) {}

Link::~Link() {
    if (stream_) stream_->abandon();
}

void Link::open() {
    if (stream_) return;
    StreamOptions stream;
    const auto fail = [this](Ending ending) {
        boost::asio::post(io_, [this, still = std::weak_ptr<int>(alive_), ending = std::move(ending)] {
            if (!still.expired()) observer_.ended(ending);
        });
    };
    auto endpoint = parse_endpoint(options_.endpoint);
    if (auto* wrong = std::get_if<Ending>(&endpoint)) return fail(std::move(*wrong));
    stream.endpoint = std::get<Endpoint>(std::move(endpoint));
    if (stream.endpoint.transport == Transport::tls && !trust_) {
        auto trust = make_trust({options_.ca_file, options_.pin});
        if (auto* wrong = std::get_if<Ending>(&trust)) return fail(std::move(*wrong));
        trust_ = std::get<std::shared_ptr<Trust>>(std::move(trust));
    }
    stream.trust = trust_;
    stream.open_within = options_.open_within;
    stream.idle_max = options_.idle_max;
    if (options_.json) {
        stream.subprotocol = "kindroom.v1.json";
        stream.binary = false;
    }
    stream_ = make_frame_stream(io_, std::move(stream));
    stream_->open({[this] { observer_.opened(); }, [this](std::string_view bytes) { on_frame(bytes); },
                   [this](const Ending& ending) { end(ending); }});
}

void Link::on_frame(std::string_view bytes) {
    if (!observer_.frame(bytes)) return;
    v1::Batch batch;
    bool read = false;
    if (options_.json) {
        google::protobuf::util::JsonParseOptions lenient;
        lenient.ignore_unknown_fields = true;
        read = google::protobuf::util::JsonStringToMessage({bytes.data(), bytes.size()}, &batch, lenient).ok();
    } else {
        read = batch.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
    }
    if (!read) {
        if (stream_) stream_->drop();
        return;
    }
    const std::weak_ptr<int> still = alive_;
    for (const auto& event : batch.event()) {
        // What this version does not know is skipped.
        if (event.kind_case() != v1::Event::KIND_NOT_SET) observer_.event(event);
        if (still.expired()) return;
    }
}

void Link::send(const v1::Request& request) {
    std::string frame;
    if (options_.json) {
        if (!google::protobuf::util::MessageToJsonString(request, &frame).ok()) return;
    } else {
        request.SerializeToString(&frame);
    }
    send_frame(std::move(frame));
}

void Link::send_frame(std::string frame) {
    if (stream_) stream_->send(std::move(frame));
}

void Link::close() {
    if (stream_) stream_->close();
}

void Link::drop() {
    if (stream_) stream_->drop();
}

void Link::end(const Ending& ending) {
    stream_.reset();
    observer_.ended(ending);
}

}  // namespace kindroom::client
