// What happens to a room, and what it remembers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/event.hpp"
#include "domain/people.hpp"
#include "domain/review.hpp"
#include "domain/settings.hpp"

namespace kindroom::domain {

// A name that somebody had in a room before the present one.
struct FormerName {
    std::string name;
    TimePoint until{};
    friend bool operator==(const FormerName&, const FormerName&) = default;
};

// Somebody's place in a room. Stays after leaving, so that a name can still be shown beside older words.
struct Member {
    bool joined = true;
    // They see what follows this position.
    Position joined_after{};
    Person person;
    // When they left; of no meaning while they are in.
    TimePoint left_at{};
    // Oldest first; only those by which somebody still has to know them whom they block (PRODUCT look 12).
    std::vector<FormerName> former_names{};
    // Until then they only listen. Stays after leaving: coming back is no way around it.
    TimePoint listens_until{};
    ListenCause listen_cause = ListenCause::first_visit;
    // How many of their messages were shown here, as far as `passed_max`; of those before there was a count: all.
    static constexpr std::uint32_t passed_max = 255;
    std::uint32_t passed = 0;

    void listen_in_wave(TimePoint until) {
        if (until <= listens_until) return;
        listens_until = until;
        listen_cause = ListenCause::wave;
    }
};

struct MemberJoined {
    AccountId account;
    Member member;
    // Of a first visit: who else came lately whom they see, those of them who listen from now on because it is a wave,
    // and all who came lately.
    bool is_first_visit = false;
    TimePoint at{};
    std::vector<AccountId> seen{};
    std::vector<AccountId> wave{};
    std::vector<AccountId> lately{};
    TimePoint wave_listens_until{};
    // The invite that it took.
    std::optional<SecretHash> invite{};
};
struct MemberLeft {
    AccountId account;
    TimePoint at{};
};
struct SettingsChanged {
    RoomSettings settings;
    TimePoint at{};
};
struct RoomPaused {
    std::string sentence;
};
struct TalkResumed {};
struct RoomClosed {};

// A post that was accepted and that others do not see yet (PRODUCT, "Breath", "Hold for review"), or that went back to
// its author and waits there.
struct PostHeld {
    // As it will be said; its place and its time it gets when it is shown.
    Message message;
    // When it is shown, or goes back.
    TimePoint due_at{};
    Hold why{};
    Return back{};
    TimePoint accepted_at{};
};

// A post that was accepted, as it is remembered for its repetitions.
struct AcceptedBefore {
    // Nil: what it asked is not known any more, and a repetition is taken for one.
    SecretHash digest;
    MessageId message;
    TimePoint posted_at{};
    // While it takes a breath.
    std::optional<TimePoint> appears_at{};
    // While a moderator is to look at it.
    std::optional<Hold> held{};
    std::optional<TimePoint> held_until{};
};

// What a room remembers of a message in order to judge edits, retractions and replies.
struct Spoken {
    AccountId author;
    Voice voice = Voice::person;
    Position position{};
    TimePoint posted_at{};
    bool retracted = false;
};

}  // namespace kindroom::domain
