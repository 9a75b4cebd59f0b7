#include "cli/screen.hpp"
#include "cli/terminal_text.hpp"
#include "lib/opening_hours.hpp"

namespace kindroom::cli {

namespace {

std::string retention(v1::Retention kept) {
    switch (kept) {
        case v1::RETENTION_HOURS_24:
            return "Words are kept for a day.";
        case v1::RETENTION_DAYS_7:
            return "Words are kept for a week.";
        case v1::RETENTION_DAYS_30:
            return "Words are kept for a month.";
        default:
            return "";
    }
}

std::string joined_labels(const v1::RoomSettings& settings) {
    std::string out;
    for (const auto& label : settings.content_labels()) out += (out.empty() ? "" : ", ") + clean_line(label);
    return out;
}

}  // namespace

std::string Screen::rooms(const std::vector<v1::RoomCard>& rooms) const {
    if (rooms.empty()) return notice("No room is open to you just now.");
    std::string out;
    for (std::size_t i = 0; i < rooms.size(); ++i) {
        const v1::RoomCard& room = rooms[i];
        std::string mark = letters(i);
        if (mark.size() < 2) mark += ' ';
        std::string about;
        const auto add = [&](const std::string& words) { about += (about.empty() ? "" : ", ") + words; };
        if (room.joined()) add("you are in it");
        if (room.settings().kind() == v1::ROOM_KIND_CIRCLE) add("a circle");
        if (room.state() == v1::ROOM_STATE_PAUSED) add("paused");
        if (room.state() == v1::ROOM_STATE_OUT_OF_HOURS) add("outside of its hours");
        const v1::JoinPolicy policy = room.joined() ? v1::JOIN_POLICY_OPEN : room.settings().join_policy();
        if (policy == v1::JOIN_POLICY_KNOCK) add("/knock to be let in");
        if (policy == v1::JOIN_POLICY_INVITE) add("by invite");
        if (room.moderator_on_duty()) add("a moderator is here");
        if (const std::string labels = joined_labels(room.settings()); !labels.empty()) add("about " + labels);
        out += (i == 0 ? "" : "\n") + std::string("  ") + mark + "  " + strong(clean_line(room.settings().topic()));
        if (!about.empty()) out += "  " + dyed("2", "(" + about + ")");
    }
    return out;
}

std::string Screen::room_state(const v1::RoomCard& room, std::int64_t now_ms) const {
    const std::string still = " You can read. /help, /block and /leave work as always.";
    switch (room.state()) {
        case v1::ROOM_STATE_WINDING_DOWN:
            return "no moderator is here. If none comes, the room pauses " + how_long(room.pauses_at_ms() - now_ms) +
                   "; until then you can talk.";
        case v1::ROOM_STATE_PAUSED:
            if (!room.pause_sentence().empty())
                return "a moderator has paused the room: \"" + clean_line(room.pause_sentence()) + "\"" + still;
            return "paused, because no moderator is here; it goes on when one comes." + still;
        case v1::ROOM_STATE_OUT_OF_HOURS: {
            std::string out = clean_line(room.settings().closing_words());
            if (!out.empty()) out += " ";
            out += "The room is outside of its hours";
            if (room.opens_at_ms() != 0) out += "; it opens " + how_long(room.opens_at_ms() - now_ms);
            return out + "." + still;
        }
        case v1::ROOM_STATE_CLOSED:
            return "the room is over.";
        default:
            return "people can talk.";
    }
}

std::string Screen::room_card(const v1::RoomCard& room, std::int64_t now_ms) const {
    std::string out = strong(clean_line(room.settings().topic()));
    if (!room.settings().welcome_text().empty()) out += "\n" + paragraph(room.settings().welcome_text());
    std::string facts;
    const auto add = [&](const std::string& words) {
        if (!words.empty()) facts += (facts.empty() ? "" : " ") + words;
    };
    if (const std::string labels = joined_labels(room.settings()); !labels.empty())
        add("People here speak about: " + labels + ".");
    if (room.settings().kind() == v1::ROOM_KIND_CIRCLE)
        add("A circle: people share in turns. /hand signs you up for a seat.");
    add(retention(room.settings().retention()));
    add(room.moderator_on_duty() ? "A moderator is on duty." : "No moderator is on duty just now.");
    if (!room.settings().opening_hours().empty()) add("Open " + client::hours_in_words(room.settings()) + ".");
    if (room.state() != v1::ROOM_STATE_OPEN) {
        std::string state = room_state(room, now_ms);
        if (state[0] >= 'a' && state[0] <= 'z') state[0] = static_cast<char>(state[0] - 'a' + 'A');
        add(state);
    }
    return out + "\n" + wrap(facts, look_.columns - 1, "");
}

std::string Screen::roster(const std::string& topic, const google::protobuf::RepeatedPtrField<v1::Person>& people,
                           const std::string& own_token) const {
    std::string names;
    for (const auto& one : people) {
        names += (names.empty() ? "" : ", ") + person(one);
        if (one.voice() == v1::VOICE_MODERATOR) names += " [moderator]";
        if (one.token() == own_token) names += " [you]";
        if (one.kept_away()) names += " [you keep them away; on duty you see them]";
    }
    if (names.empty()) names = "nobody else just now";
    return wrap("In " + clean_line(topic) + ": " + names, look_.columns - 1, "   ");
}

std::string Screen::help(const v1::HelpDirectory& directory) const {
    std::string out;
    if (!directory.introduction().empty()) out += strong(paragraph(directory.introduction()));
    for (const auto& entry : directory.entries()) {
        out += (out.empty() ? "" : "\n\n") + strong(clean_line(entry.name()));
        if (!entry.contact().empty()) out += "\n  " + wrap(clean_text(entry.contact()), look_.columns - 3, "  ");
        if (!entry.about().empty()) out += "\n  " + wrap(clean_text(entry.about()), look_.columns - 3, "  ");
        std::string small;
        const auto add = [&](const std::string& words) {
            if (!words.empty()) small += (small.empty() ? "" : "; ") + words;
        };
        add(clean_line(entry.hours()));
        add(clean_line(entry.country()));
        std::string languages;
        for (const auto& language : entry.languages())
            languages += (languages.empty() ? "" : ", ") + clean_line(language);
        add(languages);
        if (!entry.verified_on().empty()) add("checked " + clean_line(entry.verified_on()));
        if (entry.doubtful()) add("not checked lately: try another one too if it does not answer");
        if (!small.empty()) out += "\n  " + dyed("2", small);
    }
    if (out.empty()) out = "This house has not listed any places to turn to.";
    return out;
}

std::string Screen::rules(const v1::HouseRules& rules) const {
    std::string out = strong("The house rules");
    for (const auto& rule : rules.rules()) {
        out += "\n  - " + wrap(clean_text(rule.text()), look_.columns - 5, "    ");
    }
    if (rules.rules().empty()) out += "\n  There are none yet.";
    return out;
}

std::string Screen::policy(const v1::DataPolicy& policy) const {
    const std::string text = paragraph(policy.text());
    // Most begin with a heading of their own.
    const auto end = text.find('\n');
    if (end != text.npos && text.compare(end, 2, "\n\n") == 0) return strong(text.substr(0, end)) + text.substr(end);
    return strong("What this house keeps, and who can read it") + "\n" + text;
}

std::string Screen::sessions(const v1::Sessions& sessions) const {
    std::string out = strong("Where you are signed in");
    std::size_t place = 0;
    for (const auto& session : sessions.sessions()) {
        std::string mark = letters(place++);
        if (mark.size() < 2) mark += ' ';
        out +=
            "\n  " + mark + "  " + (session.device_label().empty() ? "a device" : clean_line(session.device_label()));
        if (session.current()) out += " (this one)";
        out += ", since " + when(session.created_at_ms(), 0);
        // The house keeps the hour only. Of one that began within it there is nothing more to say.
        const bool has_been_back = session.last_used_at_ms() > session.created_at_ms();
        if (has_been_back && !session.current())
            out += ", last used in the hour from " + when(session.last_used_at_ms(), 0);
    }
    return out;
}

}  // namespace kindroom::cli
