// A house for a self-test: this same program, serving in a folder of its own on loopback until the object goes.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "lib/connection.hpp"

namespace kindroom::operator_ {

class ScratchHouse {
  public:
    // Makes the folder and serves, with so many shards (0: one for each core). Throws std::runtime_error with a
    // sentence where it cannot.
    ScratchHouse(const std::filesystem::path& program, unsigned shards);
    ~ScratchHouse();
    ScratchHouse(const ScratchHouse&) = delete;
    ScratchHouse& operator=(const ScratchHouse&) = delete;

    // For a connection over TLS that trusts this house.
    client::ConnectionOptions options() const;
    std::filesystem::path log_file() const { return folder_ / "log"; }
    std::filesystem::path operators_socket() const { return folder_ / "operator.sock"; }

  private:
    void serve(const std::filesystem::path& program, unsigned shards);
    std::string wait_for_port() const;

    std::filesystem::path folder_;
    int pid_ = -1;
    int pidfd_ = -1;
    std::string port_;
};

}  // namespace kindroom::operator_
