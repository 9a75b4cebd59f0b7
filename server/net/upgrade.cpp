#include "net/upgrade.hpp"

#include <algorithm>
#include <optional>

namespace kindroom::net {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_ignoring_case(std::string_view a, std::string_view b) { return std::ranges::equal(a, b, {}, lower, lower); }

std::vector<std::string_view> values(const Head& head, std::string_view name) {
    std::vector<std::string_view> found;
    for (const auto& field : head.fields) {
        if (same_ignoring_case(field.name, name)) found.push_back(field.value);
    }
    return found;
}

std::optional<std::string_view> only_value(const Head& head, std::string_view name) {
    const auto found = values(head, name);
    if (found.size() != 1) return std::nullopt;
    return found.front();
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// The elements of a header that is a list and may be spread over several lines, in the client's order.
std::vector<std::string_view> elements(const Head& head, std::string_view name) {
    std::vector<std::string_view> found;
    for (auto rest : values(head, name)) {
        for (;;) {
            const auto comma = rest.find(',');
            found.push_back(trimmed(rest.substr(0, comma)));
            if (comma == rest.npos) break;
            rest.remove_prefix(comma + 1);
        }
    }
    return found;
}

bool lists(const Head& head, std::string_view name, std::string_view element) {
    return std::ranges::any_of(elements(head, name), [&](auto found) { return same_ignoring_case(found, element); });
}

bool is_base64_of_16_bytes(std::string_view key) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    // 22 digits carry 132 bits: the last four have to be zero.
    constexpr std::string_view last_digits = "AQgw";
    return key.size() == 24 && key.ends_with("==") && last_digits.find(key[21]) != last_digits.npos &&
           key.substr(0, 22).find_first_not_of(alphabet) == key.npos;
}

// Whether it is one plain request, whatever it asks for. A request that two programs may read in two ways is none.
bool is_well_formed(const Head& head) {
    const auto host = only_value(head, "Host");
    return head.version == 11 && host && !host->empty() && values(head, "Transfer-Encoding").empty() &&
           values(head, "Content-Length").empty();
}

std::optional<wire::Format> chosen_format(const Head& head) {
    for (const auto wanted : elements(head, "Sec-WebSocket-Protocol")) {
        for (const auto format : {wire::Format::binary, wire::Format::json}) {
            if (wanted == subprotocol(format)) return format;
        }
    }
    return std::nullopt;
}

// Programs send no Origin and need none: they are not led by a page that somebody else wrote.
bool origin_may_connect(const Head& head, const std::vector<std::string>& origins) {
    const auto found = values(head, "Origin");
    return found.empty() || (found.size() == 1 && std::ranges::find(origins, found.front()) != origins.end());
}

Verdict judge_upgrade(const Head& head, const Visitor& visitor) {
    if (head.method != "GET") return Refusal{405};
    if (!lists(head, "Upgrade", "websocket") || !lists(head, "Connection", "upgrade")) return Refusal{426};
    const auto version = only_value(head, "Sec-WebSocket-Version");
    if (!version || *version != "13") return Refusal{426};
    const auto key = only_value(head, "Sec-WebSocket-Key");
    if (!key || !is_base64_of_16_bytes(*key)) return Refusal{400};
    if (!origin_may_connect(head, visitor.origins)) return Refusal{403};
    const auto format = chosen_format(head);
    if (!format) return Refusal{400};
    return Upgrade{.key = std::string(*key), .format = *format};
}

std::optional<Page> page_at(const Head& head, const Visitor& visitor) {
    if (head.target == "/healthz") return Page::healthz;
    if (head.target == "/readyz") return Page::readyz;
    const bool through_proxy = !values(head, "X-Forwarded-For").empty() || !values(head, "Forwarded").empty();
    if (head.target == "/metrics" && visitor.is_local && !through_proxy) return Page::metrics;
    return std::nullopt;
}

}  // namespace

Verdict judge_head(const Head& head, const Visitor& visitor) {
    if (!is_well_formed(head)) return Refusal{400};
    if (head.target == "/v1") return judge_upgrade(head, visitor);
    const auto page = page_at(head, visitor);
    if (!page) return Refusal{404};
    if (head.method != "GET" && head.method != "HEAD") return Refusal{405};
    return PageRequest{.page = *page, .wants_body = head.method == "GET"};
}

std::string_view subprotocol(wire::Format format) {
    return format == wire::Format::json ? "kindroom.v1.json" : "kindroom.v1";
}

}  // namespace kindroom::net
