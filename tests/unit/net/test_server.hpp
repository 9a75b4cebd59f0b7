// A listener on loopback with the clients of stand_in/.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <future>
#include <optional>
#include <sstream>
#include <string>

#include "actors/home.hpp"
#include "config/config.hpp"
#include "crypto/names.hpp"
#include "net/listener.hpp"
#include "ops/log.hpp"
#include "ops/metrics.hpp"
#include "runtime/shard_pool.hpp"

namespace kindroom::net {

// An empty folder, gone with the object.
class TestFolder {
  public:
    TestFolder();
    ~TestFolder();
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;
    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

  private:
    std::filesystem::path path_;
};

class TestServer {
  public:
    // Plain and TLS on free ports, an operator's socket, and the limits of the house but for those that `change` sets.
    using Change = std::function<void(config::Config&)>;
    explicit TestServer(
        Change change = [](config::Config&) {}, std::optional<int> handed_in = std::nullopt);
    ~TestServer();

    // What open() said; nothing if all is well.
    const std::optional<std::string>& trouble() const { return trouble_; }
    Listener& listener() { return *listener_; }
    std::uint16_t port() const { return listener_->plain_port(); }
    std::uint16_t tls_port() const { return listener_->tls_port(); }
    const TestFolder& folder() const { return folder_; }
    const config::Config& config() const { return config_; }

    // A plain client whose WebSocket is open.
    class TestClient client();

    // What has been counted, as it is told to the operator.
    std::string counted() const { return metrics_.exposition(); }
    // What the operator was told of; for after the end.
    std::string logged() const { return log_lines_.str(); }
    std::size_t admitted() const;
    std::size_t closed() const;
    void let_clients_stay();
    void resume_all();
    // Stops and waits for the end; whether it came by itself within half a minute.
    bool stop(Duration patience);

  private:
    TestFolder folder_;
    config::Config config_;
    crypto::MasterKey master_;
    crypto::Names names_{master_};
    ops::Metrics metrics_;
    std::ostringstream log_lines_;
    ops::Log log_{config_.log, log_lines_};
    runtime::ShardPool shards_{2};
    std::deque<actors::Home> homes_;
    std::optional<Listener> listener_;
    std::optional<std::string> trouble_;
    bool stopped_ = false;
};

}  // namespace kindroom::net
