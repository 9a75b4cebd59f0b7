#include "domain/case.hpp"

#include <algorithm>

#include "domain/packer.hpp"

namespace kindroom::domain {

namespace {

constexpr char version_1 = 1;

std::size_t bytes_of(const FrozenMessage& message) {
    std::size_t bytes = message.text.size();
    for (const auto& earlier : message.earlier) bytes += earlier.text.size();
    return bytes;
}

std::size_t bytes_of(const std::vector<FrozenMessage>& evidence) {
    std::size_t bytes = 0;
    for (const FrozenMessage& message : evidence) bytes += bytes_of(message);
    return bytes;
}

void put(Packer& out, const FrozenMessage& message) {
    out.id(message.id).id(message.author.token).text(message.author.name).text(message.author.sign);
    out.number(static_cast<std::int64_t>(message.author.voice)).text(message.text).time(message.posted_at);
    out.number(static_cast<std::int64_t>(message.labels.size()));
    for (const std::string& label : message.labels) out.text(label);
    out.number(static_cast<std::int64_t>(message.earlier.size()));
    for (const auto& earlier : message.earlier) out.time(earlier.at).text(earlier.text);
    out.number(message.is_reported ? 1 : 0).id(message.account).time(message.at);
    out.number(static_cast<std::int64_t>(message.position)).number(static_cast<std::int64_t>(message.about));
}

FrozenMessage take_frozen(Unpacker& from) {
    FrozenMessage message;
    message.id = from.id<MessageId>();
    message.author.token = from.id<PersonToken>();
    message.author.name = from.text();
    message.author.sign = from.text();
    message.author.voice = from.one_of(Voice::person, Voice::unsigned_share);
    message.text = from.text();
    message.posted_at = from.time();
    for (auto left = from.count(); left > 0 && from.ok(); --left) message.labels.push_back(from.text());
    for (auto left = from.count(); left > 0 && from.ok(); --left) {
        const TimePoint at = from.time();
        message.earlier.push_back({.at = at, .text = from.text()});
    }
    message.is_reported = from.number() == 1;
    message.account = from.id<AccountId>();
    message.at = from.time();
    message.position = Position{static_cast<std::uint64_t>(from.number())};
    message.about = Position{static_cast<std::uint64_t>(from.number())};
    return message;
}

}  // namespace

void keep_within(std::vector<FrozenMessage>& evidence, std::size_t bytes_max) {
    while (bytes_of(evidence) > bytes_max) {
        const auto reported =
            std::find_if(evidence.begin(), evidence.end(), [](const auto& message) { return message.is_reported; });
        const auto before = reported - evidence.begin();
        const auto after = reported == evidence.end() ? 0 : evidence.end() - reported - 1;
        if (evidence.size() > 1)
            evidence.erase(before >= after ? evidence.begin() : evidence.end() - 1);
        else if (auto& earlier = evidence.front().earlier; !earlier.empty())
            earlier.erase(earlier.begin());
        else
            return;
    }
}

std::string pack(const ReportContent& content) {
    Packer out(version_1);
    out.text(content.words).text(content.rule_id).number(static_cast<std::int64_t>(content.evidence.size()));
    for (const FrozenMessage& message : content.evidence) put(out, message);
    return out.take();
}

std::optional<ReportContent> unpack_report(std::string_view packed) {
    Unpacker from(packed);
    if (from.version() != version_1) return std::nullopt;
    ReportContent content;
    content.words = from.text();
    content.rule_id = from.text();
    for (auto left = from.count(); left > 0 && from.ok(); --left) content.evidence.push_back(take_frozen(from));
    if (!from.done()) return std::nullopt;
    return content;
}

}  // namespace kindroom::domain
