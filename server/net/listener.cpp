#include "net/listener.hpp"

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <cstring>
#include <fstream>
#include <netinet/in.h>
#include <span>
#include <sys/socket.h>
#include <system_error>
#include <utility>

#include "config/address.hpp"

namespace kindroom::net {
namespace {

// Until accepting is tried again when the system has no room for a connection.
constexpr Duration no_room_pause{100};
// A certificate that is over sooner is worth a line.
constexpr std::chrono::days certificate_is_old{14};

bool is_out_of_room(const ErrorCode& error) {
    namespace errc = boost::system::errc;
    return error == errc::too_many_files_open || error == errc::too_many_files_open_in_system ||
           error == errc::no_buffer_space || error == errc::not_enough_memory;
}

// Of a TCP peer.
config::Host host_of(const Door::Endpoint& peer) {
    if (peer.data()->sa_family == AF_INET) {
        sockaddr_in in{};
        std::memcpy(&in, peer.data(), sizeof in);
        return config::Host::v4(std::as_bytes(std::span<const in_addr, 1>(&in.sin_addr, 1)));
    }
    sockaddr_in6 in{};
    std::memcpy(&in, peer.data(), std::min(peer.size(), sizeof in));
    return config::Host::v6(std::as_bytes(std::span<const in6_addr, 1>(&in.sin6_addr, 1)));
}

}  // namespace

Listener::Listener(runtime::ShardPool& shards, std::vector<std::reference_wrapper<actors::Home>> homes,
                   const config::Config& config, const crypto::Names& names, ops::Metrics& metrics, ops::Log& log,
                   Pages pages, std::optional<int> handed_in)
    : shards_(shards),
      config_(config.listen),
      operator_socket_(config.operator_.socket),
      limits_(config.limits),
      names_(names),
      metrics_(metrics),
      log_(log),
      pages_(std::move(pages)),
      https_only_(https_only_value(config_.https_only_for)),
      handed_in_(handed_in) {
    KINDROOM_ASSERT(homes.size() == shards_.size());
    for (std::size_t i = 0; i < homes.size(); ++i) {
        connections_.push_back(std::make_unique<Connections>(
            Surroundings{.shard = shards_[i],
                         .scratch = scratches_.emplace_back(),
                         .home = homes[i],
                         .metrics = metrics_,
                         .limits = limits_,
                         .origins = config_.origins,
                         .pages = pages_,
                         .https_only = https_only_,
                         .handshakes_max = (limits_.handshakes_max + homes.size() - 1) / homes.size()}));
    }
}

Listener::~Listener() = default;

// -- Opening --

std::optional<std::string> Listener::open() {
    auto trouble = open_doors();
    if (!trouble) trouble = write_port_file();
    if (trouble) {
        doors_.clear();
        return trouble;
    }
    own_shard().post([this] {
        accept_everywhere();
        renew_tickets_later();
    });
    return std::nullopt;
}

std::optional<std::string> Listener::open_doors() {
    auto& context = own_shard().context();
    if (handed_in_ && config_.address.empty())
        return "A socket was handed to the server for TLS, and listen.address is empty, which means none: set it.";
    if (!config_.address.empty()) {
        if (auto trouble = load_tls(tls_)) return trouble;
        if (auto trouble = add_door(handed_in_ ? Door::open_handed_in(context, Door::Kind::tls, *handed_in_)
                                               : Door::open_tcp(context, Door::Kind::tls, config_.address)))
            return trouble;
    }
    if (!config_.plain_address.empty()) {
        const auto parsed = config::parse_address(config_.plain_address);
        if (parsed && !parsed->is_loopback && !config_.plain_beyond_loopback) {
            return "The plain address " + config_.plain_address +
                   " can be reached from other machines, which would read along. Use a loopback address, or set "
                   "plain_beyond_loopback if that is meant.";
        }
        if (auto trouble = add_door(Door::open_tcp(context, Door::Kind::plain, config_.plain_address))) return trouble;
    }
    for (const auto& written : config_.proxies) {
        const auto network = config::Network::parse(written);
        if (!network) return "The network of proxies " + written + " cannot be read; write it like 10.1.0.0/16.";
        proxies_.push_back(*network);
    }
    if (operator_socket_.empty()) return std::nullopt;
    return add_door(Door::open_unix(context, operator_socket_));
}

std::optional<std::string> Listener::load_tls(TlsContext& into) const {
    auto loaded = load_tls_context(config_.certificate, config_.certificate_key);
    if (auto* const trouble = std::get_if<std::string>(&loaded)) return *trouble;
    into = std::get<TlsContext>(std::move(loaded));
    doubt_certificate(into);
    const auto end = std::chrono::floor<std::chrono::seconds>(end_of_certificate(*into));
    metrics_.set(ops::Gauge::certificate_expires_at_seconds, end.time_since_epoch().count());
    return std::nullopt;
}

std::optional<std::string> Listener::add_door(Door::Opened opened) {
    if (auto* const trouble = std::get_if<std::string>(&opened)) return *trouble;
    doors_.push_back(std::get<std::unique_ptr<Door>>(std::move(opened)));
    return std::nullopt;
}

// Through a second file, so that whoever waits for the ports never reads half of them.
std::optional<std::string> Listener::write_port_file() const {
    if (config_.port_file.empty()) return std::nullopt;
    auto fresh = config_.port_file;
    fresh += ".new";
    std::ofstream file(fresh, std::ios::trunc);
    if (tls_port() != 0) file << "tls " << tls_port() << '\n';
    if (plain_port() != 0) file << "plain " << plain_port() << '\n';
    file.close();
    std::error_code error;
    if (file) std::filesystem::rename(fresh, config_.port_file, error);
    if (!file || error) return "The port file " + config_.port_file.string() + " cannot be written.";
    return std::nullopt;
}

std::uint16_t Listener::port_of(Door::Kind kind) const {
    for (const auto& door : doors_) {
        if (door->kind() == kind) return door->port();
    }
    return 0;
}

std::optional<std::string> Listener::reload_tls() {
    if (config_.address.empty()) return std::nullopt;
    TlsContext fresh;
    if (auto trouble = load_tls(fresh)) return trouble;
    own_shard().post([this, fresh = std::move(fresh)] { tls_ = fresh; });
    return std::nullopt;
}

void Listener::doubt_certificate(const TlsContext& context) const {
    const auto left = end_of_certificate(*context) - std::chrono::system_clock::now();
    if (left >= certificate_is_old) return;
    log_.warning(ops::LogEvent::certificate_expires_soon,
                 {{"days", std::chrono::duration_cast<std::chrono::days>(left).count()}});
}

void Listener::renew_tickets_later() {
    if (!tls_) return;
    own_shard().after(limits_.tickets_renewed_every, [this] {
        doubt_certificate(tls_);
        // Otherwise with the old ones, until the next time.
        if (auto fresh = with_new_tickets(*tls_)) tls_ = std::move(fresh);
        renew_tickets_later();
    });
}

// -- Accepting; all on the first shard --

void Listener::accept_everywhere() {
    for (const auto& door : doors_) accept(*door);
}

void Listener::accept(Door& door) {
    own_shard().assert_here();
    const bool is_full = crowd_.is_full() && door.kind() != Door::Kind::operators;
    if (is_leaving_ || door.is_accepting()) return;
    if (is_full) return tell_of_pause(full_, "connections_max");
    const auto shard = next_shard_++ % shards_.size();
    door.accept(shards_[shard].context(), [this, &door, shard](ErrorCode error, Socket socket) {
        on_accepted(door, shard, error, std::move(socket));
    });
}

void Listener::tell_of_pause(ops::Seldom& seldom, ops::Literal why) {
    if (seldom.happened()) log_.warning(ops::LogEvent::accepting_paused, {{"why", why}});
}

void Listener::accept_later(Door& door) {
    own_shard().after(no_room_pause, [this, &door] { accept(door); });
}

void Listener::on_accepted(Door& door, std::size_t shard, const ErrorCode& error, Socket socket) {
    if (is_leaving_) return;
    if (is_out_of_room(error)) return on_no_descriptors(door);
    // Anything else is the trouble of one who has gone again while waiting.
    if (error) return accept_later(door);
    welcome(door, shard, std::move(socket));
    accept(door);
}

void Listener::on_no_descriptors(Door& door) {
    // The operator has to get in most of all when the house is overrun: that is what this door's spare is for.
    if (door.kind() == Door::Kind::operators && door.spare().give_up()) return accept(door);
    door.turn_one_away();
    metrics_.add(ops::Counter::connections_refused_too_many);
    tell_of_pause(no_descriptors_, "descriptors");
    accept_later(door);
}

void Listener::welcome(Door& door, std::size_t shard, Socket socket) {
    const Guest peer = guest_at(door);
    const bool is_proxy = is_proxy_at(door);
    // Of no network until it is known of which.
    Guest guest = is_proxy ? Guest{.is_loopback = true} : peer;
    door.spare().take();
    const auto welcome = crowd_.arrive(guest);
    if (welcome == Crowd::Welcome::turn_away) return metrics_.add(ops::Counter::connections_refused_too_many);
    guest.is_too_many = welcome == Crowd::Welcome::say_too_many;
    if (!guest.is_operator) {
        ErrorCode ignored;
        socket.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
    }
    // Used on this shard only.
    const auto counted_as = std::make_shared<Guest>(guest);
    auto on_introduced = is_proxy ? introducing({.shard = shard, .proxy = peer, .counted_as = counted_as}) : nullptr;
    shards_[shard].post([this, shard, guest, counted_as, socket = std::move(socket),
                         tls = door.kind() == Door::Kind::tls ? tls_ : nullptr,
                         on_introduced = std::move(on_introduced)]() mutable {
        auto gone = [this, counted_as] { own_shard().post([this, counted_as] { on_gone(*counted_as); }); };
        connections_[shard]->adopt(std::move(socket), tls, guest, std::move(gone), std::move(on_introduced));
    });
}

Guest Listener::guest_at(const Door& door) const {
    if (door.kind() == Door::Kind::operators) return {.is_loopback = true, .is_operator = true};
    const auto host = host_of(door.peer());
    return {.network = names_.network(host.bytes()),
            .is_loopback = host.is_loopback(),
            .is_over_tls = door.kind() == Door::Kind::tls};
}

// -- Behind a proxy --

bool Listener::is_proxy_at(const Door& door) const {
    if (door.kind() == Door::Kind::operators) return false;
    const auto host = host_of(door.peer());
    return std::ranges::any_of(proxies_, [&](const auto& network) { return network.contains(host); });
}

WsConnection::OnIntroduced Listener::introducing(Brought brought) {
    return [this, brought = std::move(brought)](WsConnection& connection, const std::optional<Introduction>& said) {
        if (!said) return own_shard().post([this] { on_no_introduction(); });
        own_shard().post(
            [this, brought, said = *said, who = connection.weak_from_this()] { introduce(brought, said, who); });
    };
}

void Listener::on_no_introduction() {
    if (const auto times = without_introduction_.happened())
        log_.warning(ops::LogEvent::proxy_header_missing, {{"connections", *times}});
}

Guest Listener::guest_of(const Introduction& said, const Guest& proxy) const {
    Guest guest = proxy;
    switch (said.whom) {
        case Introduction::Whom::itself:
            return guest;
        case Introduction::Whom::client:
            guest.network = names_.network(said.host.bytes());
            break;
        case Introduction::Whom::unknown:
            break;
    }
    // Whoever comes by way of somebody else is not on this machine, as near as the other one may be.
    guest.is_loopback = false;
    return guest;
}

void Listener::introduce(const Brought& brought, const Introduction& said, const std::weak_ptr<WsConnection>& who) {
    own_shard().assert_here();
    Guest guest = guest_of(said, brought.proxy);
    const auto welcome = crowd_.arrive(guest);
    guest.is_too_many = welcome == Crowd::Welcome::say_too_many;
    const bool may_come_in = welcome != Crowd::Welcome::turn_away;
    if (may_come_in) {
        crowd_.leave(*brought.counted_as);
        *brought.counted_as = guest;
    }
    shards_[brought.shard].post([who, guest, may_come_in] {
        const auto connection = who.lock();
        if (!connection) return;
        if (may_come_in) return connection->come_in(guest);
        connection->turn_away();
    });
}

void Listener::on_gone(const Guest& guest) {
    own_shard().assert_here();
    crowd_.leave(guest);
    if (is_leaving_) return finish_if_empty();
    accept_everywhere();
}

// -- Stopping --

void Listener::stop_accepting() {
    own_shard().post([this] { leave(); });
}

void Listener::leave() {
    is_leaving_ = true;
    for (const auto& door : doors_) door->close();
}

void Listener::stop(Duration patience, Task done) {
    own_shard().post([this, patience, done = std::move(done)]() mutable {
        leave();
        done_ = std::move(done);
        // Behind every adopt() that is under way: posted from this thread, they keep their order.
        for (std::size_t i = 0; i < shards_.size(); ++i) {
            shards_[i].post([this, i] { connections_[i]->say_goodbye(); });
        }
        own_shard().after(patience, [this] {
            for (std::size_t i = 0; i < shards_.size(); ++i) {
                shards_[i].post([this, i] { connections_[i]->drop_all(); });
            }
        });
        finish_if_empty();
    });
}

void Listener::finish_if_empty() {
    if (crowd_.is_empty() && done_) std::exchange(done_, nullptr)();
}

}  // namespace kindroom::net
