// Where clients come in.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "actors/home.hpp"
#include "config/config.hpp"
#include "config/network.hpp"
#include "crypto/names.hpp"
#include "net/connections.hpp"
#include "net/crowd.hpp"
#include "net/door.hpp"
#include "net/http.hpp"
#include "net/tls_context.hpp"
#include "ops/log.hpp"
#include "ops/seldom.hpp"
#include "runtime/shard_pool.hpp"

namespace kindroom::net {

// Accepts on the addresses of the configuration and on the operator's socket, and deals the connections out to the
// shards in turn. Owner of what is counted: the first shard. Bounds: connections_max (accepting pauses; the operator
// still gets in), connections_per_network_max (told to come back later; a network that comes with twice as many is just
// dropped), and the process's file descriptors (one who waits is dropped, accepting pauses; connections that exist go
// on).
//
// Life: construct; open(); the shards run; stop(); the shards are stopped; destroy, before the shards and after nobody
// calls it any more.
class Listener {
  public:
    // `homes`: one for each shard, in their order. What is handed in by reference outlives the listener. `handed_in`
    // takes the place of a socket of our own for listen.address.
    Listener(runtime::ShardPool& shards, std::vector<std::reference_wrapper<actors::Home>> homes,
             const config::Config& config, const crypto::Names& names, ops::Metrics& metrics, ops::Log& log,
             Pages pages, std::optional<int> handed_in = std::nullopt);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    // Opens all addresses, writes the port file and begins to accept. Once; before or after the shards are started. On
    // trouble: one sentence for the operator; nothing is accepted then.
    std::optional<std::string> open();
    // The ports in use, once open; 0 where there is no such address.
    std::uint16_t tls_port() const { return port_of(Door::Kind::tls); }
    std::uint16_t plain_port() const { return port_of(Door::Kind::plain); }

    // Reads the certificate and its key again. Handshakes from now on get the new ones, connections that exist keep
    // theirs. On trouble: one sentence, and everything stays as it was. Any one thread.
    std::optional<std::string> reload_tls();

    // Any thread. Connections that exist go on.
    void stop_accepting();
    // stop_accepting(), then every Home says goodbye. `done` runs on the first shard once all connections are gone;
    // those that are not after `patience` are dropped. Any thread, once.
    void stop(Duration patience, Task done);

  private:
    std::optional<std::string> open_doors();
    std::optional<std::string> load_tls(TlsContext& into) const;
    std::optional<std::string> add_door(Door::Opened opened);
    std::optional<std::string> write_port_file() const;
    std::uint16_t port_of(Door::Kind kind) const;

    runtime::Shard& own_shard() { return shards_[0]; }
    void accept_everywhere();
    void accept(Door& door);
    void accept_later(Door& door);
    void renew_tickets_later();
    // Says so in the log if it is over soon.
    void doubt_certificate(const TlsContext& context) const;
    // Says so in the log; `why` is a limit, or what ran out.
    void tell_of_pause(ops::Seldom& seldom, ops::Literal why);
    void on_accepted(Door& door, std::size_t shard, const ErrorCode& error, Socket socket);
    void on_no_descriptors(Door& door);
    void welcome(Door& door, std::size_t shard, Socket socket);
    Guest guest_at(const Door& door) const;
    bool is_proxy_at(const Door& door) const;
    // Somebody whom a proxy brings.
    struct Brought {
        std::size_t shard;
        Guest proxy;
        std::shared_ptr<Guest> counted_as;
    };
    WsConnection::OnIntroduced introducing(Brought brought);
    Guest guest_of(const Introduction& said, const Guest& proxy) const;
    void on_no_introduction();
    void introduce(const Brought& brought, const Introduction& said, const std::weak_ptr<WsConnection>& who);
    void on_gone(const Guest& guest);
    void leave();
    void finish_if_empty();

    runtime::ShardPool& shards_;
    const config::Config::Listen config_;
    const std::filesystem::path operator_socket_;
    const Limits limits_;
    const crypto::Names& names_;
    ops::Metrics& metrics_;
    ops::Log& log_;
    const Pages pages_;
    const std::string https_only_;
    const std::optional<int> handed_in_;
    // One of each for each shard, touched on their own shard only.
    std::deque<Scratch> scratches_;
    std::vector<std::unique_ptr<Connections>> connections_;
    std::vector<std::unique_ptr<Door>> doors_;
    std::vector<config::Network> proxies_;
    TlsContext tls_;

    std::size_t next_shard_ = 0;
    Crowd crowd_{limits_};
    bool is_leaving_ = false;
    ops::Seldom full_;
    ops::Seldom no_descriptors_;
    ops::Seldom without_introduction_;
    Task done_;
};

}  // namespace kindroom::net
