#include "test_server.hpp"

#include <chrono>
#include <memory>
#include <stdlib.h>

#include "support/test_client.hpp"
#include "test_certificate.hpp"

namespace kindroom::net {

TestFolder::TestFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "kindroom-net-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
}

TestFolder::~TestFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

TestServer::TestServer(Change change, std::optional<int> handed_in) : master_(crypto::Key256{1, 2, 3}) {
    config_.listen.address = "127.0.0.1:0";
    config_.listen.plain_address = "127.0.0.1:0";
    config_.listen.certificate = folder_ / "certificate.pem";
    config_.listen.certificate_key = folder_ / "key.pem";
    config_.operator_.socket = folder_ / "operator.sock";
    make_certificate(config_.listen.certificate, config_.listen.certificate_key, "first");
    change(config_);
    homes_.resize(shards_.size());
    Pages pages{.healthz =
                    [] {
                        return HttpAnswer{200, "well\n"};
                    },
                .readyz =
                    [] {
                        return HttpAnswer{503, "not yet\n"};
                    },
                .metrics =
                    [] {
                        return HttpAnswer{200, "counted 1\n"};
                    }};
    listener_.emplace(shards_, std::vector<std::reference_wrapper<actors::Home>>(homes_.begin(), homes_.end()), config_,
                      names_, metrics_, log_, std::move(pages), handed_in);
    trouble_ = listener_->open();
    shards_.start();
}

TestServer::~TestServer() {
    stop(Duration(0));
    shards_.stop(std::chrono::seconds(30));
    listener_.reset();
}

TestClient TestServer::client() {
    auto client = TestClient::to_port(port());
    client.upgrade();
    return client;
}

std::size_t TestServer::admitted() const { return homes_[0].admitted + homes_[1].admitted; }
std::size_t TestServer::closed() const { return homes_[0].closed + homes_[1].closed; }

void TestServer::let_clients_stay() {
    for (auto& home : homes_) home.stays = true;
}

void TestServer::resume_all() {
    for (std::size_t i = 0; i < shards_.size(); ++i) {
        shards_[i].post([this, i] { homes_[i].resume(); });
    }
}

bool TestServer::stop(Duration patience) {
    if (std::exchange(stopped_, true)) return true;
    const auto done = std::make_shared<std::promise<void>>();
    auto waits = done->get_future();
    listener_->stop(patience, [done] { done->set_value(); });
    return waits.wait_for(std::chrono::seconds(30)) == std::future_status::ready;
}

}  // namespace kindroom::net
