// What waits for a moderator, as its author and as a moderator sees it, and help that is offered.
#include "cli/screen.hpp"
#include "cli/terminal_text.hpp"

namespace kindroom::cli {

namespace {

std::string held_because(const v1::Hold& hold, bool is_own) {
    switch (hold.cause()) {
        case v1::HELD_FOR_BREATH:
            return "it takes a breath";
        case v1::HELD_FOR_FIRST_MESSAGES:
            return "in this room a moderator looks at everybody's first messages";
        case v1::HELD_FOR_FILTER:
            return clean_line(hold.says()) + " [" + clean_line(hold.filter_id()) + "]";
        case v1::HELD_FOR_OWN_WISH:
            return std::string(is_own ? "you" : "its author") + " would like a moderator to see it first";
        case v1::HELD_FOR_DECISION:
            return std::string("it was decided that a moderator looks first at what ") +
                   (is_own ? "you write" : "its author writes");
        default:
            return "it waits";
    }
}

std::string returned_because(v1::ReturnCause cause) {
    switch (cause) {
        case v1::RETURN_CAUSE_UNREVIEWED:
            return "No moderator looked at it in time. Nobody else saw it.";
        case v1::RETURN_CAUSE_BY_MODERATOR:
            return "A moderator gave it back to you. Nobody else saw it.";
        default:
            return "It could not be shown when its time came. Nobody saw it.";
    }
}

}  // namespace

std::string Screen::held(const std::string& mark, const v1::HeldMessage& held, Whose whose,
                         std::int64_t now_ms) const {
    std::string out = strong("HELD") + " " + mark + ": " + held_because(held.hold(), whose == Whose::own);
    if (held.hold().until_ms() != 0) out += ", until " + when(held.hold().until_ms(), now_ms) + " at most";
    std::string labels;
    for (const auto& label : held.labels()) labels += (labels.empty() ? "" : ", ") + clean_line(label);
    if (!labels.empty()) out += " (" + labels + ")";
    return out + "\n" + paragraph(held.text());
}

std::string Screen::returned(const std::string& title, const std::string& text, v1::ReturnCause cause,
                             const std::string& note) const {
    std::string out = notice("What you said in " + title + " is back with you. " + returned_because(cause));
    if (!note.empty()) out += "\n" + strong("The moderator says:") + "\n" + paragraph(note);
    return out + "\n   You wrote: " + clean_text(text);
}

std::string Screen::help_offered(const v1::HelpOffered& offered) const {
    std::string out = notice(clean_line(offered.filter().says()));
    if (!offered.filter().filter_id().empty()) {
        out += "\n" + notice("Only you see this, and your words stand in the room like any others. [" +
                             clean_line(offered.filter().filter_id()) + "]");
        if (offered.moderator_called()) out += "\n" + notice("Moderators on duty were asked to look in.");
    }
    v1::HelpDirectory directory;
    directory.set_introduction(offered.introduction());
    *directory.mutable_entries() = offered.entries();
    return out + "\n" + help(directory);
}

}  // namespace kindroom::cli
