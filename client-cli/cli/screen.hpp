// What things look like, line by line. Pure: every text that somebody else wrote passes clean_text() or clean_line()
// here, and nobody is ever counted.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "cli/marks.hpp"
#include "kindroom/v1/frames.pb.h"

namespace kindroom::cli {

struct Look {
    bool colour = false;
    std::size_t columns = 80;
};

class Screen {
  public:
    explicit Screen(Look look) : look_(look) {}

    // One message. The mark and the sign of the gutter are drawn here and come before anything that a person wrote, so
    // no name and no text can look like the role voice: a moderator's lines begin with ">>", everybody else's with "|".
    struct Spoken {
        std::string mark;
        std::string reply_mark;  // of the message that it answers, if that one is on the screen
        std::string room;        // topic, where it is not the room one is looking at; else empty
        bool mine = false;
        bool names_me = false;  // it mentions the one who reads
    };
    std::string message(const v1::Message& message, const Spoken& how) const;
    std::string edited(const std::string& mark, const v1::MessageEdited& edited) const;
    // Own words that take a breath before others see them.
    std::string waiting(const std::string& mark, const std::string& text, std::int64_t ms) const;
    // Words that wait for a moderator, for their author and for the moderator.
    enum class Whose { own, of_others };
    std::string held(const std::string& mark, const v1::HeldMessage& held, Whose whose, std::int64_t now_ms) const;
    // Own words that came back, why, and a moderator's note.
    std::string returned(const std::string& title, const std::string& text, v1::ReturnCause cause,
                         const std::string& note) const;
    // Places to turn to, for this person alone.
    std::string help_offered(const v1::HelpOffered& offered) const;

    std::string rooms(const std::vector<v1::RoomCard>& rooms) const;
    std::string room_card(const v1::RoomCard& room, std::int64_t now_ms) const;
    // Whether people can talk there, and if not, why and what still works. In words for those who are in it.
    std::string room_state(const v1::RoomCard& room, std::int64_t now_ms) const;
    std::string roster(const std::string& topic, const google::protobuf::RepeatedPtrField<v1::Person>& people,
                       const std::string& own_token) const;
    std::string person(const v1::Person& person) const;
    std::string help(const v1::HelpDirectory& directory) const;
    std::string rules(const v1::HouseRules& rules) const;
    std::string policy(const v1::DataPolicy& policy) const;
    std::string sessions(const v1::Sessions& sessions) const;

    // What a room is called is for the caller to know.
    using RoomName = std::function<std::string(const std::string& room_id)>;
    std::string decision(const v1::Decision& decision, const RoomName& name = {}) const;
    std::string decisions(const v1::MyDecisions& mine, const RoomName& name) const;
    // With letters, to choose one of.
    std::string unconfirmed(const v1::Unconfirmed& waiting, const RoomName& name) const;
    std::string rules_to_choose(const v1::HouseRules& rules) const;

    // One's own boundaries.
    std::string boundaries(const v1::Boundaries& boundaries, const RoomName& name) const;
    // The same with letters, to choose one of.
    std::string blocks(const v1::Boundaries& boundaries, const RoomName& name) const;
    std::string mutes(const v1::Boundaries& boundaries, const RoomName& name) const;
    std::string away(const v1::Away& away, const RoomName& name) const;
    // People to choose one of.
    std::string choice(const std::vector<v1::Person>& people) const;
    // Contacts and offers, each with the letter that `mark` gives for its id.
    std::string contacts(const v1::Contacts& contacts, const RoomName& name,
                         const std::function<std::string(const std::string& id)>& mark) const;
    // How a circle stands, and the reader in it.
    std::string circle(const v1::CircleView& circle, std::int64_t now_ms) const;
    std::string direct_room(const std::string& title, bool resting) const;

    // What became of one's reports; and for moderators, what waits, one case, and what one report of it says.
    std::string reports(const v1::Reports& reports) const;
    std::string appeal(const v1::AppealStatus& status) const;
    std::string cases(const std::vector<v1::CaseCard>& cases, const RoomName& name) const;
    // The letters that do something with it, each with a colon and what it does.
    std::string case_keys(const v1::CaseCard& card) const;
    std::string case_people(const v1::CaseCard& card) const;
    std::string case_card(const v1::CaseCard& card, const RoomName& name) const;
    std::string case_report(const v1::CaseOpened& opened) const;

    // Why something did not happen, in a sentence or two.
    std::string refusal(const v1::Error& error, std::int64_t now_ms) const;
    // Why somebody only listens, in a sentence or two; nothing of how long.
    static std::string why_one_listens(v1::ListenCause cause);

    // From us, not from people.
    std::string notice(const std::string& words) const;
    std::string strong(const std::string& words) const;
    std::string paragraph(const std::string& text) const;

    void set_columns(std::size_t columns) { look_.columns = columns < 30 ? 30 : columns; }

  private:
    std::string dyed(const char* code, const std::string& words) const;
    std::string block(const v1::Block& block, const RoomName& name) const;
    std::string case_about(const v1::CaseCard& card) const;
    std::string mute(const v1::Mute& mute, const RoomName& name) const;

    Look look_;
};

// Local time of day, or the day where it is not today.
std::string when(std::int64_t at_ms, std::int64_t now_ms);
// What is said in place of words that are held back.
std::string held_back(const google::protobuf::RepeatedPtrField<std::string>& labels, const std::string& mark);
// "in 5 seconds", "in 3 minutes", "tomorrow"...
std::string how_long(std::int64_t ms);

}  // namespace kindroom::cli
