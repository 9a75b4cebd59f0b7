// Everything that is kept of one account, as its owner takes it along: their own, and nothing that tells of others.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/ids.hpp"
#include "domain/boundary.hpp"
#include "domain/case.hpp"
#include "domain/decision.hpp"
#include "domain/people.hpp"

namespace kindroom::domain {

// How far somebody has come who takes their data along, piece by piece. Within each part pieces follow one another by
// their ids, which are random, and so do not move when others come and go meanwhile.
struct ExportPlace {
    enum class Part : std::uint8_t { private_matters = 1, rooms = 2, words = 3, reports = 4 };
    Part part = Part::private_matters;
    // Of the last matter, room or report; of words, the room that they are in.
    MatterId matter{};
    RoomId room{};
    SecretHash report{};
    Position position{};
    friend bool operator==(const ExportPlace&, const ExportPlace&) = default;
};

struct OwnAccount {
    std::string login_id;
    Standing standing;
    std::uint32_t rules_consented = 0;
    TimePoint created_at{};
    bool contacts_open = true;
    friend bool operator==(const OwnAccount&, const OwnAccount&) = default;
};

struct OwnSession {
    std::string device_label;
    TimePoint created_at{};
    TimePoint last_used_at{};
    friend bool operator==(const OwnSession&, const OwnSession&) = default;
};

struct OwnLabelChoice {
    std::string label;
    LabelChoice choice = LabelChoice::ask;
    friend bool operator==(const OwnLabelChoice&, const OwnLabelChoice&) = default;
};

// Without whether it rests: that is not one's own alone.
struct OwnContact {
    RoomId room;
    Person person;
    // For visibility, never encoded.
    AccountId other{};
    friend bool operator==(const OwnContact&, const OwnContact&) = default;
};

struct OwnOffer {
    Offer offer;
    // By oneself; else it was made to oneself.
    bool made = false;
    friend bool operator==(const OwnOffer&, const OwnOffer&) = default;
};

// A room that one is in, or has been in.
struct OwnRoom {
    RoomId room;
    // Empty for the room of two contacts.
    std::string topic;
    // How one is seen there.
    Person you;
    std::vector<std::string> former_names;
    bool joined = false;
    TimePoint left_at{};
    friend bool operator==(const OwnRoom&, const OwnRoom&) = default;
};

// Something that one said, as it stands, and as it stood before.
struct OwnMessage {
    struct Before {
        std::string text;
        // When it was said so.
        TimePoint at{};
        friend bool operator==(const Before&, const Before&) = default;
    };
    RoomId room;
    MessageId message;
    Voice voice = Voice::person;
    std::string name;
    TimePoint posted_at{};
    std::string text;
    std::vector<std::string> labels;
    // Zero: never.
    TimePoint edited_at{};
    // Oldest first.
    std::vector<Before> earlier;
    friend bool operator==(const OwnMessage&, const OwnMessage&) = default;
};

// Something that one reported, without what others had said there.
struct OwnReport {
    ReportStatus status;
    std::string words;
    std::string rule_id;
    friend bool operator==(const OwnReport&, const OwnReport&) = default;
};

using OwnPiece = std::variant<OwnAccount, OwnSession, Mute, Block, OwnLabelChoice, Away, OwnContact, OwnOffer, Decision,
                              OwnRoom, OwnMessage, OwnReport>;

// About as many bytes as it takes on its way.
std::size_t size_of(const OwnPiece& piece);

// Pieces of data up to a number of bytes, and where they go on.
struct MyData {
    std::vector<OwnPiece> pieces;
    // Nothing: that was all.
    std::optional<ExportPlace> next;
};

}  // namespace kindroom::domain
