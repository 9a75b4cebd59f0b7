#include "net/http.hpp"

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>

namespace kindroom::net {

namespace http = boost::beast::http;

struct HeadReader::Parser {
    http::request_parser<http::empty_body> parser;
};

HeadReader::HeadReader(std::size_t bytes_max) : parser_(std::make_unique<Parser>()), bytes_max_(bytes_max) {
    parser_->parser.header_limit(static_cast<std::uint32_t>(bytes_max));
    parser_->parser.eager(false);
}

HeadReader::~HeadReader() = default;

HeadReader::State HeadReader::feed(std::string_view bytes) {
    pending_ += bytes;
    if (pending_.size() > bytes_max_) return State::too_large;
    auto& parser = parser_->parser;
    boost::system::error_code error;
    // The parser takes nothing until the whole head is there and remembers how far it has looked.
    const auto taken = parser.put(boost::asio::buffer(pending_), error);
    pending_.erase(0, taken);
    // For what is still to come: the parser may have taken the first line already.
    bytes_max_ -= taken;
    if (error == http::error::need_more) return State::needs_more;
    if (error == http::error::header_limit) return State::too_large;
    if (error) return State::malformed;
    if (!parser.is_header_done()) return State::needs_more;
    return pending_.empty() ? State::complete : State::malformed;
}

Head HeadReader::head() const {
    const auto& request = parser_->parser.get();
    Head head{.method = std::string(request.method_string()),
              .target = std::string(request.target()),
              .version = request.version(),
              .fields = {}};
    for (const auto& field : request) {
        head.fields.push_back({std::string(field.name_string()), std::string(field.value())});
    }
    return head;
}

std::string written_answer(const HttpAnswer& answer, bool with_body, std::string_view https_only) {
    std::string text = "HTTP/1.1 " + std::to_string(answer.status) + " ";
    text += std::string_view(http::obsolete_reason(http::int_to_status(answer.status)));
    text += "\r\nConnection: close\r\nCache-Control: no-store\r\nContent-Length: " + std::to_string(answer.body.size());
    if (!answer.body.empty()) text += "\r\nContent-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff";
    if (!https_only.empty()) text.append("\r\nStrict-Transport-Security: ").append(https_only);
    if (answer.status == 405) text += "\r\nAllow: GET";
    if (answer.status == 426) text += "\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13";
    text += "\r\n\r\n";
    if (with_body) text += answer.body;
    return text;
}

std::string https_only_value(Duration how_long) {
    if (how_long <= Duration::zero()) return {};
    return "max-age=" + std::to_string(std::chrono::ceil<std::chrono::seconds>(how_long).count());
}

}  // namespace kindroom::net
