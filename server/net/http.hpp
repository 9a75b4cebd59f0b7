// The little HTTP that is spoken before a WebSocket, and instead of one.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "net/upgrade.hpp"

namespace kindroom::net {

// Puts a request's head together from the bytes as they come. Beast's parser does the reading, behind this face because
// it takes seconds to compile. A body is never read.
class HeadReader {
  public:
    explicit HeadReader(std::size_t bytes_max);
    ~HeadReader();
    HeadReader(const HeadReader&) = delete;
    HeadReader& operator=(const HeadReader&) = delete;

    enum class State {
        needs_more,
        complete,
        malformed,  // answer 400; also when something follows the head: a client has to wait for our answer
        too_large,  // answer 431
    };
    // The next bytes. Not again once it has returned anything but needs_more.
    State feed(std::string_view bytes);
    // Once complete.
    Head head() const;

  private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
    std::string pending_;
    std::size_t bytes_max_;
};

struct HttpAnswer {
    unsigned status = 200;
    std::string body;
};

// What the pages say. Called on the shard of whoever asks, so on any.
struct Pages {
    std::function<HttpAnswer()> healthz;
    std::function<HttpAnswer()> readyz;
    std::function<HttpAnswer()> metrics;
};

// The bytes of an answer after which the connection is closed. `https_only`: the value of Strict-Transport-Security;
// empty: that line is left out.
std::string written_answer(const HttpAnswer& answer, bool with_body, std::string_view https_only = {});

// That value. Empty where browsers are told nothing. Subdomains are other houses' business.
std::string https_only_value(Duration how_long);

}  // namespace kindroom::net
