#include "lib/steady_line.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>

namespace kindroom::client {

Keeper::Options SteadyLine::keeper_options() {
    Keeper::Options keeper;
    keeper.backoff = options_.backoff;
    keeper.give_up_after = options_.give_up_after;
    keeper.follow_rooms = options_.follow_rooms;
    keeper.chance = [this] { return std::uniform_real_distribution<double>(0, 1)(random_); };
    return keeper;
}

SteadyLine::SteadyLine(boost::asio::io_context& io, SteadyOptions options, LineObserver& observer)
    : io_(io),
      options_(std::move(options)),
      observer_(observer),
      keeper_(keeper_options()),
      link_(io, options_.line, *this),
      timer_(io) {}

void SteadyLine::open() { link_.open(); }

void SteadyLine::send(const v1::Request& request) { carry_out(keeper_.ask(request)); }

void SteadyLine::close() {
    closing_ = true;
    timer_.cancel();
    link_.close();
    // Between two connections there is none to close.
    boost::asio::post(io_, [this, still = std::weak_ptr<int>(alive_), connection = connection_] {
        if (!still.expired() && timer_.expiry() > std::chrono::steady_clock::now() && connection == connection_) {
            ended({EndKind::closed_by_us, 0, "closed"});
        }
    });
}

void SteadyLine::drop() { link_.drop(); }

void SteadyLine::opened() {
    ++connection_;
    ever_open_ = true;
    timer_.expires_at(std::chrono::steady_clock::time_point::min());
    observer_.opened();
    carry_out(keeper_.opened());
}

void SteadyLine::event(const v1::Event& event) { carry_out(keeper_.received(event)); }

void SteadyLine::ended(const Ending& ending) {
    if (over_) return;
    if (!ever_open_ && !options_.insist_on_first) {
        over_ = true;
        return observer_.ended(ending);
    }
    carry_out(keeper_.ended(closing_ ? Ending{EndKind::closed_by_us, 0, "closed"} : ending));
}

// Call-backs may ask for more while a list is being carried out; what they ask for waits its turn, so that requests
// leave in the order in which the Keeper meant them to.
void SteadyLine::carry_out(Keeper::Actions actions) {
    for (auto& action : actions) actions_.push_back(std::move(action));
    if (busy_) return;
    busy_ = true;
    const std::weak_ptr<int> still = alive_;
    while (!actions_.empty()) {
        const Keeper::Action action = std::move(actions_.front());
        actions_.pop_front();
        std::visit([this](const auto& what) { carry_out_one(what); }, action);
        if (still.expired()) return;
    }
    busy_ = false;
}

void SteadyLine::carry_out_one(const Keeper::Send& send) { link_.send(send.request); }

void SteadyLine::carry_out_one(const Keeper::SendAt& later) {
    using std::chrono::milliseconds;
    const auto now = std::chrono::duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch());
    // The two clocks may differ: neither hammer the server nor wait for ever.
    const auto wait = std::clamp(milliseconds(later.at_ms) - now, milliseconds(200), milliseconds(60'000));
    auto timer = std::make_shared<boost::asio::steady_timer>(io_, wait);
    timer->async_wait([this, still = std::weak_ptr<int>(alive_), timer, request = later.request,
                       connection = connection_](auto failed) {
        if (!failed && !still.expired() && connection == connection_) link_.send(request);
    });
}

void SteadyLine::carry_out_one(const Keeper::DueAt& due) {
    using std::chrono::milliseconds;
    const auto now = std::chrono::duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch());
    const milliseconds minute(60'000);
    const auto wait =
        due.at_ms == 0 ? minute : std::clamp(milliseconds(due.at_ms) - now, milliseconds(1'000), minute * 1'440);
    auto timer = std::make_shared<boost::asio::steady_timer>(io_, wait);
    timer->async_wait([this, still = std::weak_ptr<int>(alive_), timer, room_id = due.room_id, plan = due.plan,
                       connection = connection_](auto failed) {
        if (!failed && !still.expired() && connection == connection_) carry_out(keeper_.due(room_id, plan));
    });
}

void SteadyLine::carry_out_one(const Keeper::Deliver& deliver) { observer_.event(deliver.event); }
void SteadyLine::carry_out_one(const Keeper::Unanswered& lost) { observer_.unanswered(lost.request_id); }
void SteadyLine::carry_out_one(const Keeper::RoomGone& gone) { observer_.room_gone(gone.room_id); }
void SteadyLine::carry_out_one(const Keeper::RoomGap& gap) { observer_.room_gap(gap.room_id); }
void SteadyLine::carry_out_one(const Keeper::HangUp&) { link_.drop(); }
void SteadyLine::carry_out_one(const Keeper::Back&) { observer_.back(); }

// The timer's time tells close() that there is no connection.
void SteadyLine::carry_out_one(const Keeper::StayAway&) {
    timer_.expires_at(std::chrono::steady_clock::time_point::max());
}

void SteadyLine::carry_out_one(const Keeper::OpenAgain&) {
    timer_.expires_at(std::chrono::steady_clock::time_point::min());
    link_.open();
}

void SteadyLine::carry_out_one(const Keeper::ComeBackIn& pause) {
    timer_.expires_after(pause.wait);
    timer_.async_wait([this, still = std::weak_ptr<int>(alive_)](auto failed) {
        if (!failed && !still.expired() && !closing_) link_.open();
    });
    observer_.coming_back(pause.wait, pause.because);
}

void SteadyLine::carry_out_one(const Keeper::GiveUp& over) {
    over_ = true;
    link_.close();
    observer_.ended(over.because);
}

}  // namespace kindroom::client
