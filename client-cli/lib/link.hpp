// One connection to the server that speaks requests and batches. It says nothing by itself, not even Hello.
#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>

#include "lib/frame_stream.hpp"
#include "lib/line.hpp"

namespace kindroom::client {

class Link final : public Line {
  public:
    Link(boost::asio::io_context& io, LineOptions options, LineObserver& observer);
    ~Link() override;
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;

    void open() override;
    void send(const v1::Request& request) override;
    void close() override;
    void drop() override;

    // Sends bytes as they are, well formed or not.
    void send_frame(std::string frame);

  private:
    void end(const Ending& ending);
    void on_frame(std::string_view bytes);

    boost::asio::io_context& io_;
    const LineOptions options_;
    LineObserver& observer_;
    std::shared_ptr<Trust> trust_;
    std::shared_ptr<FrameStream> stream_;
    // Outlived by nothing that is posted to the loop: what finds it gone knows that the link is gone.
    std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace kindroom::client
