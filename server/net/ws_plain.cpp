#include "net/ws_beast.hpp"

namespace kindroom::net {
namespace {

class PlainStream final : public BeastStream<PacedSocket> {
  public:
    using BeastStream::BeastStream;
    Awaitable<ErrorCode> secure() override { co_return ErrorCode{}; }
};

}  // namespace

std::unique_ptr<WsStream> make_plain_stream(Socket socket, const Limits& limits) {
    const ReadAllowance allowance(limits.read_bytes_per_second, limits.read_burst_bytes);
    return std::make_unique<PlainStream>(limits, PacedSocket(std::move(socket), allowance));
}

}  // namespace kindroom::net
