// A connection to the running server through its operator's socket. Included by operator/*.cpp only: it shows protobuf.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>

#include "kindroom/v1/frames.pb.h"
#include "lib/connection.hpp"

namespace kindroom::operator_ {

// What went wrong with the connection itself, as a sentence.
struct Trouble {
    std::string sentence;
};

class HouseLine {
  public:
    explicit HouseLine(const std::filesystem::path& socket);

    // Connects and says Hello.
    std::optional<Trouble> open();
    // One command and its reply, which may be a refusal.
    std::variant<v1::Reply, Trouble> ask(v1::Request request);

  private:
    std::filesystem::path socket_;
    client::Connection connection_;
};

}  // namespace kindroom::operator_
