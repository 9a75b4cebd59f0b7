// What we think of a request before it is a WebSocket. Pure.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "wire/frame.hpp"

namespace kindroom::net {

// An HTTP request without a body, as net/http.cpp has read it.
struct Head {
    struct Field {
        std::string name;
        std::string value;
    };
    std::string method;
    std::string target;
    unsigned version = 11;  // 11: HTTP/1.1
    std::vector<Field> fields;
};

// Who asks, and what the house allows.
struct Visitor {
    const std::vector<std::string>& origins;  // browsers' origins that may connect
    bool is_local = false;                    // on the operator's socket, or from this machine
};

// A good request for a WebSocket: all that the answer needs.
struct Upgrade {
    std::string key;
    wire::Format format = wire::Format::binary;
    friend bool operator==(const Upgrade&, const Upgrade&) = default;
};

enum class Page { healthz, readyz, metrics };

struct PageRequest {
    Page page;
    bool wants_body = true;  // GET and not HEAD
    friend bool operator==(const PageRequest&, const PageRequest&) = default;
};

// An HTTP status and nothing else; why it is so does not help a client that is well made.
struct Refusal {
    unsigned status;
    friend bool operator==(const Refusal&, const Refusal&) = default;
};

using Verdict = std::variant<Upgrade, PageRequest, Refusal>;

// 400 what Beast lets pass but nobody honest sends (two Hosts, a body, a key that is none), 404 unknown path, 405 wrong
// method, 426 not a WebSocket of version 13, 403 a foreign origin. /metrics is 404 to strangers and to whoever comes
// through a proxy, which looks local but is not.
Verdict judge_head(const Head& head, const Visitor& visitor);

std::string_view subprotocol(wire::Format format);

}  // namespace kindroom::net
