#include "domain/content.hpp"

#include <cstdint>
#include <cstring>
#include <span>

namespace kindroom::domain {

namespace {

// The first byte is the version of the packing, so that later ones can still read what this one wrote.
constexpr char version_1 = 1;
// Of a message: with labels, mentions and earlier words.
constexpr char version_2 = 2;

void put_number(std::string& out, std::int64_t number) {
    for (int shift = 0; shift < 64; shift += 8) out.push_back(static_cast<char>(number >> shift & 0xff));
}

void put_text(std::string& out, std::string_view text) {
    put_number(out, static_cast<std::int64_t>(text.size()));
    out.append(text);
}

template <class Id>
void put_id(std::string& out, const Id& id) {
    const auto bytes = id.bytes();
    out.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

template <class List, class PutOne>
void put_list(std::string& out, const List& list, PutOne put_one) {
    put_number(out, static_cast<std::int64_t>(list.size()));
    for (const auto& one : list) put_one(one);
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
    template <class Id>
    Id id() {
        if (rest.size() < Id::size) return fail(), Id{};
        const auto value = Id::from_bytes(std::as_bytes(std::span(rest.data(), Id::size)));
        rest.remove_prefix(Id::size);
        return *value;
    }
    // Ends early where a piece is missing, so a number that was made up costs nothing.
    template <class One, class TakeOne>
    std::vector<One> list(TakeOne take_one) {
        std::vector<One> list;
        for (auto left = static_cast<std::uint64_t>(number()); left > 0 && ok; --left) list.push_back(take_one());
        return list;
    }
    Position position() { return Position{static_cast<std::uint64_t>(number())}; }
    std::int64_t fail() {
        ok = false;
        rest = {};
        return 0;
    }
    bool done() const { return ok && rest.empty(); }
};

std::optional<Unpacker> open(std::string_view packed, char version) {
    if (packed.empty() || packed.front() != version) return std::nullopt;
    return Unpacker{.rest = packed.substr(1)};
}

}  // namespace

Content content_of(const Message& message) {
    return {.name = message.author.name,
            .text = message.text,
            .labels = message.labels,
            .mentions = message.mentions,
            .earlier = message.earlier,
            .edited_at_position = message.edited_at_position,
            .edited_at = message.edited_at};
}

std::string pack(const Content& content) {
    std::string out(1, version_2);
    put_text(out, content.name);
    put_text(out, content.text);
    put_list(out, content.labels, [&](const std::string& label) { put_text(out, label); });
    put_list(out, content.mentions, [&](const Mention& mention) {
        put_id(out, mention.account);
        put_id(out, mention.token);
    });
    put_list(out, content.earlier, [&](const Version& version) {
        put_number(out, static_cast<std::int64_t>(version.position));
        put_number(out, to_ms(version.at));
        put_text(out, version.text);
    });
    put_number(out, static_cast<std::int64_t>(content.edited_at_position));
    put_number(out, to_ms(content.edited_at));
    return out;
}

std::optional<Content> unpack_content(std::string_view packed) {
    auto from = open(packed, version_2);
    const bool has_more = from.has_value();
    if (!from) from = open(packed, version_1);
    if (!from) return std::nullopt;
    Content content;
    content.name = from->text();
    content.text = from->text();
    if (has_more) {
        content.labels = from->list<std::string>([&] { return from->text(); });
        content.mentions = from->list<Mention>([&] {
            const auto account = from->id<AccountId>();
            return Mention{.account = account, .token = from->id<PersonToken>()};
        });
        content.earlier = from->list<Version>([&] {
            const Position position = from->position();
            const TimePoint at = from_ms(from->number());
            return Version{.position = position, .at = at, .text = from->text()};
        });
        content.edited_at_position = from->position();
        content.edited_at = from_ms(from->number());
    }
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
    auto from = open(packed, version_1);
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
