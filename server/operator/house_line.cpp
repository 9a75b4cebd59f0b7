#include "operator/house_line.hpp"

namespace kindroom::operator_ {

namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t protocol_version = 1;
constexpr auto connect_within = 5s;
// Long enough for a server whose disk is slow; its own answer for a store that is away comes earlier.
constexpr auto reply_within = 20s;

client::ConnectionOptions options_for(const std::filesystem::path& socket) {
    client::ConnectionOptions options;
    options.line.endpoint = "unix:" + socket.string();
    return options;
}

}  // namespace

HouseLine::HouseLine(const std::filesystem::path& socket) : socket_(socket), connection_(options_for(socket)) {}

std::optional<Trouble> HouseLine::open() {
    const auto named = "operator's socket " + socket_.string();
    std::error_code ignored;
    if (!std::filesystem::exists(socket_, ignored)) {
        return Trouble{"No server runs with this configuration: there is no " + named +
                       ". Start kindroomd first, or name another configuration with --config."};
    }
    if (const auto ending = connection_.connect(connect_within)) {
        if (ending->kind == client::EndKind::unreachable) {
            return Trouble{"No server runs with this configuration, or you may not open the " + named + ": " +
                           ending->words + ". Start kindroomd first, or run this as the user it runs as."};
        }
        return Trouble{"The server at the " + named + " did not answer as one: " + ending->words + "."};
    }
    v1::Request request;
    request.mutable_hello()->set_protocol_version(protocol_version);
    request.mutable_hello()->set_client("kindroomd");
    auto reply = ask(std::move(request));
    if (auto* trouble = std::get_if<Trouble>(&reply)) return std::move(*trouble);
    if (!std::get<v1::Reply>(reply).has_welcome()) return Trouble{"The server did not welcome this program."};
    return std::nullopt;
}

std::variant<v1::Reply, Trouble> HouseLine::ask(v1::Request request) {
    if (auto reply = connection_.request(std::move(request), reply_within)) return std::move(*reply);
    const auto ending = connection_.ending();
    const std::string why = ending ? ending->words : "no answer within 20 seconds";
    return Trouble{"The server did not answer: " + why + ". Whether the command was carried out is not known."};
}

}  // namespace kindroom::operator_
