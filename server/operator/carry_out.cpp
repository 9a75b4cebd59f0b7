#include "operator/carry_out.hpp"

#include <fstream>
#include <google/protobuf/util/json_util.h>
#include <istream>
#include <iterator>
#include <ostream>

#include "config/address.hpp"
#include "config/document.hpp"
#include "config/house_texts.hpp"
#include "lib/opening_hours.hpp"
#include "operator/dev_certificate.hpp"
#include "operator/house_line.hpp"
#include "operator/words.hpp"

namespace kindroom::operator_ {

namespace {

v1::Role role_of(domain::Role role) {
    switch (role) {
        case domain::Role::member:
            return v1::ROLE_MEMBER;
        case domain::Role::moderator:
            return v1::ROLE_MODERATOR;
        case domain::Role::admin:
            return v1::ROLE_ADMIN;
    }
    return v1::ROLE_UNSPECIFIED;  // Not reached: the switch is complete.
}

v1::Retention retention_of(domain::Retention retention) {
    switch (retention) {
        case domain::Retention::hours_24:
            return v1::RETENTION_HOURS_24;
        case domain::Retention::days_7:
            return v1::RETENTION_DAYS_7;
        case domain::Retention::days_30:
            return v1::RETENTION_DAYS_30;
    }
    return v1::RETENTION_UNSPECIFIED;  // Not reached: the switch is complete.
}

v1::JoinPolicy policy_of(domain::JoinPolicy policy) {
    switch (policy) {
        case domain::JoinPolicy::open:
            return v1::JOIN_POLICY_OPEN;
        case domain::JoinPolicy::knock:
            return v1::JOIN_POLICY_KNOCK;
        case domain::JoinPolicy::invite:
            return v1::JOIN_POLICY_INVITE;
    }
    return v1::JOIN_POLICY_UNSPECIFIED;  // Not reached: the switch is complete.
}

void apply(const RoomOptions& options, v1::RoomSettings& settings) {
    if (options.topic) settings.set_topic(*options.topic);
    if (options.welcome) settings.set_welcome_text(*options.welcome);
    if (options.labels) settings.mutable_content_labels()->Assign(options.labels->begin(), options.labels->end());
    if (options.retention) settings.set_retention(retention_of(*options.retention));
    if (options.slow_mode) settings.set_slow_mode_ms(static_cast<std::uint32_t>(options.slow_mode->count()));
    if (options.seats) settings.set_seats(*options.seats);
    if (options.hold_first_messages) settings.set_hold_first_messages(*options.hold_first_messages);
    if (options.history_before_joining) settings.set_history_before_joining(*options.history_before_joining);
    if (options.needs_moderator) settings.set_needs_moderator(*options.needs_moderator);
    if (options.listen_only) settings.set_listen_only_ms(static_cast<std::uint32_t>(options.listen_only->count()));
    if (options.join_policy) settings.set_join_policy(policy_of(*options.join_policy));
    if (options.opening_words) settings.set_opening_words(*options.opening_words);
    if (options.closing_words) settings.set_closing_words(*options.closing_words);
    // Looked at when the order was read.
    if (options.hours) client::read_hours(*options.hours, settings);
}

// One order being carried out. Each overload says what its order means; what goes wrong is told where it happens.
class Clerk {
  public:
    explicit Clerk(const Setting& setting) : setting_(setting), line_(setting.socket) {}

    Exit carry_out(const Order& order) {
        if (const auto trouble = line_.open()) return tell(*trouble);
        return std::visit([this](const auto& one) { return handle(one); }, order);
    }

  private:
    Exit handle(const Invite& order) {
        v1::Request request;
        auto& invite = *request.mutable_create_invite();
        invite.set_role(role_of(order.role));
        invite.set_uses(order.uses);
        invite.set_holds_for_ms(order.holds_for.count());
        if (!order.room.empty()) {
            const auto room = find_room(order.room);
            if (!room) return exit_;
            invite.set_room_id(room->room_id());
        }
        const Exit exit = say(std::move(request));
        if (exit == Exit::done && order.first_admin && !setting_.json) {
            setting_.out
                << "Give it to whoever will look after this house. With it they make an account that is an admin:\n"
                << setting_.way_in << "Enter the code when asked. It works once; whoever has it becomes an admin.\n";
        }
        return exit;
    }

    Exit handle(const CreateRoom& order) {
        v1::Request request;
        apply(order.options, *request.mutable_create_room()->mutable_settings());
        return say(std::move(request));
    }

    // The server replaces all settings, so what is not named is said again as it stands.
    Exit handle(const ChangeRoom& order) {
        const auto room = find_room(order.room);
        if (!room) return exit_;
        v1::Request request;
        request.mutable_change_room()->set_room_id(room->room_id());
        *request.mutable_change_room()->mutable_settings() = room->settings();
        apply(order.options, *request.mutable_change_room()->mutable_settings());
        return say(std::move(request));
    }

    Exit handle(const CloseRoom& order) {
        const auto room = find_room(order.room);
        if (!room) return exit_;
        v1::Request request;
        request.mutable_close_room()->set_room_id(room->room_id());
        return say(std::move(request));
    }

    Exit handle(const ListRooms&) {
        v1::Request request;
        request.mutable_list_rooms();
        return say(std::move(request));
    }

    Exit handle(const PublishRules& order) {
        auto text = config::read_text_file(order.file.string());
        if (const auto* mistake = std::get_if<config::Mistake>(&text)) return tell({*mistake});
        const auto rules = config::parse_rules(std::get<std::string>(text), order.file.string(), setting_.limits);
        if (const auto* mistakes = std::get_if<std::vector<config::Mistake>>(&rules)) return tell(*mistakes);
        v1::Request request;
        for (const domain::Rule& rule : std::get<std::vector<domain::Rule>>(rules)) {
            auto& out = *request.mutable_publish_rules()->add_rules();
            out.set_rule_id(rule.rule_id);
            out.set_text(rule.text);
        }
        return say(std::move(request));
    }

    Exit handle(const ShowRules&) {
        v1::Request request;
        request.mutable_get_rules();
        return say(std::move(request));
    }

    Exit handle(const SetRole& order) {
        v1::Request request;
        request.mutable_set_role()->set_login_id(order.login_id);
        request.mutable_set_role()->set_role(role_of(order.role));
        if (!order.room.empty()) {
            const auto room = find_room(order.room);
            if (!room) return exit_;
            request.mutable_set_role()->set_room_id(room->room_id());
        }
        return say(std::move(request));
    }

    Exit handle(const Ban& order) {
        v1::Request request;
        auto& ban = *request.mutable_ban_account();
        ban.set_login_id(order.login_id);
        ban.set_rule_id(order.rule_id);
        ban.set_facts(order.facts == "-" ? read_facts() : order.facts);
        ban.set_lasts_ms(order.lasts.count());
        return say(std::move(request));
    }

    Exit handle(const LiftBan& order) {
        v1::Request request;
        request.mutable_lift_ban()->set_login_id(order.login_id);
        return say(std::move(request));
    }

    std::string read_facts() const {
        std::string facts{std::istreambuf_iterator<char>(setting_.in), {}};
        while (!facts.empty() && facts.back() == '\n') facts.pop_back();
        return facts;
    }

    // Nothing if there is not exactly one; what was wrong has been told and stands in `exit_`.
    std::optional<v1::RoomCard> find_room(const RoomName& name) {
        v1::Request request;
        request.mutable_list_rooms();
        const auto reply = line_.ask(std::move(request));
        if (const auto* trouble = std::get_if<Trouble>(&reply)) {
            exit_ = tell(*trouble);
            return std::nullopt;
        }
        const auto& answer = std::get<v1::Reply>(reply);
        if (!answer.has_rooms()) {
            exit_ = print(answer);
            return std::nullopt;
        }
        const auto id = from_hex(name);
        std::vector<v1::RoomCard> found;
        for (const v1::RoomCard& room : answer.rooms().rooms()) {
            if (room.settings().topic() == name || (id && room.room_id() == *id)) found.push_back(room);
        }
        if (found.size() == 1) return found.front();
        setting_.err << (found.empty() ? "There is no room of this topic or id; `kindroomd room list` prints all.\n"
                                       : "More than one room has this topic; name it by its id:\n");
        for (const v1::RoomCard& room : found) setting_.err << "  " << hex(room.room_id()) << "\n";
        exit_ = Exit::refused;
        return std::nullopt;
    }

    Exit say(v1::Request request) {
        const auto reply = line_.ask(std::move(request));
        if (const auto* trouble = std::get_if<Trouble>(&reply)) return tell(*trouble);
        return print(std::get<v1::Reply>(reply));
    }

    Exit print(const v1::Reply& reply) {
        if (setting_.json) {
            std::string json;
            if (!google::protobuf::util::MessageToJsonString(reply, &json).ok()) return Exit::connection;
            setting_.out << json << "\n";
        } else {
            (reply.has_error() ? setting_.err : setting_.out) << in_words(reply);
        }
        return reply.has_error() ? Exit::refused : Exit::done;
    }

    Exit tell(const Trouble& trouble) {
        setting_.err << printable(trouble.sentence) << "\n";
        return Exit::connection;
    }
    Exit tell(const std::vector<config::Mistake>& mistakes) {
        setting_.err << config::to_text(mistakes);
        return Exit::usage;
    }

    const Setting& setting_;
    HouseLine line_;
    Exit exit_ = Exit::done;
};

}  // namespace

bool are_hours(const std::string& text) {
    v1::RoomSettings ignored;
    return client::read_hours(text, ignored);
}

std::string port_for_clients(const config::Config::Listen& listen) {
    std::ifstream noted(listen.port_file);
    for (std::string kind, port; noted >> kind >> port;)
        if (kind == "tls") return port;
    const auto address = config::parse_address(listen.address);
    return address && address->port != 0 ? std::to_string(address->port) : "PORT";
}

Exit carry_out(const Order& order, const Setting& setting) { return Clerk{setting}.carry_out(order); }

std::string way_in(const config::Config::Listen& listen) {
    const std::string port = port_for_clients(listen);
    const auto pin = pin_to_tell(listen.certificate);
    std::string out = "  kindroom --server wss://YOUR-HOUSE:" + port + (pin ? " --pin " + *pin : "") + "\n";
    if (!pin) return out + "YOUR-HOUSE is the name that its certificate is for.\n";
    out += "YOUR-HOUSE is the name or address of this machine; on the machine itself, localhost.\n";
    const auto address = config::parse_address(listen.address);
    if (address && address->is_loopback)
        out += "From another machine nobody reaches " + listen.address + ": set listen.address to 0.0.0.0:" + port +
               " first.\n";
    return out;
}

}  // namespace kindroom::operator_
