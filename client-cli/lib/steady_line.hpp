// A line that comes back by itself: a Keeper decides, a Link connects.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <memory>
#include <random>

#include "lib/keeper.hpp"
#include "lib/line.hpp"
#include "lib/link.hpp"

namespace kindroom::client {

struct SteadyOptions {
    LineOptions line;
    Backoff::Options backoff;
    // As in Keeper::Options.
    std::chrono::milliseconds give_up_after{0};
    bool follow_rooms = false;
    // Whether the very first connection is tried again as well. If not, its failure is the end.
    bool insist_on_first = false;
};

class SteadyLine final : public Line, private LineObserver {
  public:
    SteadyLine(boost::asio::io_context& io, SteadyOptions options, LineObserver& observer);

    void open() override;
    void send(const v1::Request& request) override;
    void close() override;
    void drop() override;

  private:
    void opened() override;
    void event(const v1::Event& event) override;
    bool frame(std::string_view bytes) override { return observer_.frame(bytes); }
    void ended(const Ending& ending) override;

    void carry_out(Keeper::Actions actions);
    void carry_out_one(const Keeper::Send& send);
    void carry_out_one(const Keeper::SendAt& later);
    void carry_out_one(const Keeper::DueAt& due);
    void carry_out_one(const Keeper::Deliver& deliver);
    void carry_out_one(const Keeper::Unanswered& lost);
    void carry_out_one(const Keeper::RoomGone& gone);
    void carry_out_one(const Keeper::RoomGap& gap);
    void carry_out_one(const Keeper::HangUp& hang_up);
    void carry_out_one(const Keeper::ComeBackIn& pause);
    void carry_out_one(const Keeper::StayAway& away);
    void carry_out_one(const Keeper::OpenAgain& again);
    void carry_out_one(const Keeper::Back& back);
    void carry_out_one(const Keeper::GiveUp& over);
    Keeper::Options keeper_options();

    boost::asio::io_context& io_;
    const SteadyOptions options_;
    LineObserver& observer_;
    std::mt19937 random_{std::random_device{}()};
    Keeper keeper_;
    Link link_;
    boost::asio::steady_timer timer_;
    std::deque<Keeper::Action> actions_;
    bool busy_ = false;
    unsigned connection_ = 0;  // tells a delayed request of an earlier connection that it is too late
    bool ever_open_ = false;
    bool closing_ = false;
    bool over_ = false;
    std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace kindroom::client
