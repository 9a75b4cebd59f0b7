#include "operator/words.hpp"

#include <array>
#include <ctime>

#include "config/units.hpp"
#include "lib/opening_hours.hpp"

namespace kindroom::operator_ {

namespace {

std::string moment(std::int64_t ms) {
    const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S UTC", &parts);
    return text.data();
}

std::string kept(v1::Retention retention) {
    switch (retention) {
        case v1::RETENTION_HOURS_24:
            return "24h";
        case v1::RETENTION_DAYS_7:
            return "7d";
        case v1::RETENTION_DAYS_30:
            return "30d";
        default:
            return "unknown";  // Protobuf's enumerations are open: a newer server may say more.
    }
}

std::string state_of(const v1::RoomCard& room) {
    switch (room.state()) {
        case v1::ROOM_STATE_OPEN:
            return "open";
        case v1::ROOM_STATE_PAUSED:
            return "paused";
        case v1::ROOM_STATE_CLOSED:
            return "closed";
        case v1::ROOM_STATE_WINDING_DOWN:
            return "winding down";
        case v1::ROOM_STATE_OUT_OF_HOURS:
            return "outside its hours";
        default:
            return "unknown";
    }
}

std::string line_of(const v1::RoomCard& room) {
    const v1::RoomSettings& settings = room.settings();
    std::string out = hex(room.room_id()) + "  " + state_of(room) + "  kept " + kept(settings.retention());
    if (room.moderator_on_duty()) out += "  moderator on duty";
    if (settings.slow_mode_ms() != 0) out += "  slow mode " + config::text_of(Duration{settings.slow_mode_ms()});
    if (settings.history_before_joining()) out += "  history before joining";
    if (settings.needs_moderator()) out += "  needs a moderator";
    if (settings.join_policy() == v1::JOIN_POLICY_KNOCK) out += "  by knocking";
    if (settings.join_policy() == v1::JOIN_POLICY_INVITE) out += "  by invite";
    if (settings.listen_only_ms() != 0) out += "  listen first " + config::text_of(Duration{settings.listen_only_ms()});
    if (settings.hold_first_messages() != 0)
        out += "  first " + std::to_string(settings.hold_first_messages()) + " messages held";
    if (!settings.opening_hours().empty()) out += "  open " + client::hours_in_words(settings);
    for (const std::string& label : settings.content_labels()) out += "  [" + printable(label) + "]";
    return out + "  " + printable(settings.topic()) + "\n";
}

}  // namespace

std::string printable(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        // C0 and DEL as single bytes, C1 as U+0080 to U+009F in UTF-8.
        const bool is_c1 = byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0;
        if (is_c1) ++i;
        out += is_c1 || (byte < 0x20 && byte != '\n') || byte == 0x7f ? ' ' : text[i];
    }
    return out;
}

std::string hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

std::optional<std::string> from_hex(std::string_view text) {
    constexpr std::size_t id_digits = 32;
    constexpr std::string_view digits = "0123456789abcdef";
    if (text.size() != id_digits) return std::nullopt;
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const auto high = digits.find(text[i]);
        const auto low = digits.find(text[i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
    }
    return out;
}

std::string in_words(const v1::Error& error) {
    std::string out = "The server refused: " + v1::ErrorCode_Name(error.code());
    if (!error.field().empty()) out += " (" + printable(error.field()) + ")";
    if (!error.detail().empty()) out += ". " + printable(error.detail());
    if (error.retry_at_ms() != 0) out += " Try again at " + moment(error.retry_at_ms()) + ".";
    return out;
}

std::string in_words(const v1::Reply& reply) {
    switch (reply.outcome_case()) {
        case v1::Reply::kError:
            return in_words(reply.error()) + "\n";
        case v1::Reply::kDone:
            return "Done.\n";
        case v1::Reply::kInviteCreated:
            return printable(reply.invite_created().code()) + "\nIt holds until " +
                   moment(reply.invite_created().ends_at_ms()) + ".\n";
        case v1::Reply::kRoomCard:
            return line_of(reply.room_card().room());
        case v1::Reply::kRooms: {
            std::string out;
            for (const v1::RoomCard& room : reply.rooms().rooms()) out += line_of(room);
            return out.empty() ? "There is no room yet. `kindroomd room create --topic ...` makes one.\n" : out;
        }
        case v1::Reply::kHouseRules: {
            std::string out = "House rules, version " + std::to_string(reply.house_rules().version()) + "\n";
            for (const v1::Rule& rule : reply.house_rules().rules()) {
                out += "\n" + printable(rule.rule_id()) + "\n  " + printable(rule.text()) + "\n";
            }
            return out;
        }
        default:
            return "The server gave an answer that this program does not know.\n";
    }
}

}  // namespace kindroom::operator_
