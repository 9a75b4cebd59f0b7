#include "domain/content.hpp"

#include "domain/packer.hpp"

namespace kindroom::domain {

namespace {

constexpr char version_1 = 1;
// Of a message: with labels, mentions and earlier words.
constexpr char version_2 = 2;

template <class List, class PutOne>
void put_list(Packer& to, const List& list, PutOne put_one) {
    to.number(static_cast<std::int64_t>(list.size()));
    for (const auto& one : list) put_one(one);
}

template <class One, class TakeOne>
std::vector<One> take_list(Unpacker& from, TakeOne take_one) {
    std::vector<One> list;
    for (auto left = from.count(); left > 0 && from.ok(); --left) list.push_back(take_one());
    return list;
}

void put(Packer& to, Position position) { to.number(static_cast<std::int64_t>(position)); }
Position take_position(Unpacker& from) { return Position{static_cast<std::uint64_t>(from.number())}; }

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
    Packer to(version_2);
    to.text(content.name).text(content.text);
    put_list(to, content.labels, [&](const std::string& label) { to.text(label); });
    put_list(to, content.mentions, [&](const Mention& mention) { to.id(mention.account).id(mention.token); });
    put_list(to, content.earlier, [&](const Version& version) {
        put(to, version.position);
        to.time(version.at).text(version.text);
    });
    put(to, content.edited_at_position);
    to.time(content.edited_at);
    return to.take();
}

std::optional<Content> unpack_content(std::string_view packed) {
    Unpacker from(packed);
    if (from.version() != version_1 && from.version() != version_2) return std::nullopt;
    Content content;
    content.name = from.text();
    content.text = from.text();
    if (from.version() == version_2) {
        content.labels = take_list<std::string>(from, [&] { return from.text(); });
        content.mentions = take_list<Mention>(from, [&] {
            const auto account = from.id<AccountId>();
            return Mention{.account = account, .token = from.id<PersonToken>()};
        });
        content.earlier = take_list<Version>(from, [&] {
            const Position position = take_position(from);
            const TimePoint at = from.time();
            return Version{.position = position, .at = at, .text = from.text()};
        });
        content.edited_at_position = take_position(from);
        content.edited_at = from.time();
    }
    if (!from.done()) return std::nullopt;
    return content;
}

std::string pack(const Decision& decision) {
    Packer to(version_1);
    to.number(static_cast<std::int64_t>(decision.action));
    for (const auto* text : {&decision.rule_id, &decision.rule_text, &decision.facts, &decision.appeal}) to.text(*text);
    return to.time(decision.decided_at).time(decision.ends_at).take();
}

std::optional<Decision> unpack_decision(std::string_view packed) {
    Unpacker from(packed);
    if (from.version() != version_1) return std::nullopt;
    Decision decision;
    decision.action = static_cast<DecisionAction>(from.number());
    for (auto* text : {&decision.rule_id, &decision.rule_text, &decision.facts, &decision.appeal}) *text = from.text();
    decision.decided_at = from.time();
    decision.ends_at = from.time();
    if (!from.done()) return std::nullopt;
    return decision;
}

}  // namespace kindroom::domain
