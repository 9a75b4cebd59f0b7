#include "domain/content.hpp"

#include <cstdint>
#include <cstring>

namespace kindroom::domain {

namespace {

// The first byte is the version of the packing, so that later ones can still read what this one wrote.
constexpr char version_1 = 1;

void put_number(std::string& out, std::int64_t number) {
    for (int shift = 0; shift < 64; shift += 8) out.push_back(static_cast<char>(number >> shift & 0xff));
}

void put_text(std::string& out, std::string_view text) {
    put_number(out, static_cast<std::int64_t>(text.size()));
    out.append(text);
}

// Takes pieces from the front; after a piece that is not there everything is empty and `ok` is false.
struct Unpacker {
    std::string_view rest;
    bool ok = true;

    std::int64_t number() {
        if (rest.size() < 8) return fail();
        std::uint64_t value = 0;
        for (std::size_t i = 8; i-- > 0;) value = value << 8 | static_cast<unsigned char>(rest[i]);
        rest.remove_prefix(8);
        return static_cast<std::int64_t>(value);
    }
    std::string text() {
        const auto size = static_cast<std::uint64_t>(number());
        if (!ok || size > rest.size()) return fail(), std::string{};
        std::string value(rest.substr(0, size));
        rest.remove_prefix(size);
        return value;
    }
    std::int64_t fail() {
        ok = false;
        rest = {};
        return 0;
    }
    bool done() const { return ok && rest.empty(); }
};

std::optional<Unpacker> open(std::string_view packed) {
    if (packed.empty() || packed.front() != version_1) return std::nullopt;
    return Unpacker{.rest = packed.substr(1)};
}

}  // namespace

std::string pack(const Content& content) {
    std::string out(1, version_1);
    put_text(out, content.name);
    put_text(out, content.text);
    return out;
}

std::optional<Content> unpack_content(std::string_view packed) {
    auto from = open(packed);
    if (!from) return std::nullopt;
    Content content;
    content.name = from->text();
    content.text = from->text();
    if (!from->done()) return std::nullopt;
    return content;
}

std::string pack(const Decision& decision) {
    std::string out(1, version_1);
    put_number(out, static_cast<std::int64_t>(decision.action));
    for (const auto* text : {&decision.rule_id, &decision.rule_text, &decision.facts, &decision.appeal})
        put_text(out, *text);
    put_number(out, to_ms(decision.decided_at));
    put_number(out, to_ms(decision.ends_at));
    return out;
}

std::optional<Decision> unpack_decision(std::string_view packed) {
    auto from = open(packed);
    if (!from) return std::nullopt;
    Decision decision;
    decision.action = static_cast<DecisionAction>(from->number());
    for (auto* text : {&decision.rule_id, &decision.rule_text, &decision.facts, &decision.appeal}) *text = from->text();
    decision.decided_at = from_ms(from->number());
    decision.ends_at = from_ms(from->number());
    if (!from->done()) return std::nullopt;
    return decision;
}

}  // namespace kindroom::domain
