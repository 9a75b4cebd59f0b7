// What is reported, and what moderators are asked about it, as plain values in PRODUCT's words;
// proto/kindroom/v1/cases.proto has the view of those who ask.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "domain/boundary.hpp"
#include "domain/decision.hpp"
#include "domain/people.hpp"

namespace kindroom::domain {

// What a case is about. `unknown`: nothing of this name had been shown to whoever reported it. `pattern`: nobody
// reported anything, but several people who have nothing to do with each other keep this person away.
// `appeal`: somebody objects to a decision about them, or to a report of theirs having been dismissed.
enum class CaseKind : std::uint8_t { message = 1, people = 2, unknown = 3, pattern = 4, appeal = 5 };
// What came of it. `advised`: there was a talk, and no sanction. The last two are of appeals.
enum class CaseOutcome : std::uint8_t { acted = 1, advised = 2, dismissed = 3, upheld = 4, reversed = 5 };

// -- asked by members --
struct ReportedMessage {
    RoomId in_room;
    MessageId message;
    friend bool operator==(const ReportedMessage&, const ReportedMessage&) = default;
};
struct Report {
    std::variant<ReportedMessage, PersonRef> what;
    std::string words;
    // Empty: none is named.
    std::string rule_id;
};
struct GetReports {
    // Empty: all that the account has made.
    std::string receipt;
};

// Also without a session: the code is enough. It is that of a decision, or the receipt of a report that was dismissed.
struct Appeal {
    std::string code;
    std::string words;
};
struct GetAppeal {
    std::string code;
};

// -- asked by moderators --
struct ListCases {};
struct OpenCase {
    CaseId case_id;
    // The words and the evidence of one report are shown; without it, only what the case is.
    bool show = false;
    std::uint32_t report = 0;
};
struct ClaimCase {
    CaseId case_id;
};
struct ReleaseCase {
    CaseId case_id;
};
struct ResolveCase {
    CaseId case_id;
    CaseOutcome outcome = CaseOutcome::acted;
    // For other moderators.
    std::string note;
    // For those who reported it.
    std::string answer;
};
struct DismissCase {
    CaseId case_id;
    std::string note;
    std::string answer;
};
// Goes off duty everywhere and gives back all claims.
struct TapOut {};

// -- answered --

// A message as it was when it was reported.
struct FrozenMessage {
    MessageId id;
    Person author;
    std::string text;
    std::vector<std::string> labels;
    TimePoint posted_at{};
    // What it said before, oldest first, and from when on.
    struct Earlier {
        TimePoint at{};
        std::string text;
        friend bool operator==(const Earlier&, const Earlier&) = default;
    };
    std::vector<Earlier> earlier;
    // The one that was reported; the others stood around it.
    bool is_reported = false;
    // Whose it is, and where it stood as it is here. For visibility; never encoded.
    AccountId account{};
    Position position{};
    TimePoint at{};
    Position about{};
    friend bool operator==(const FrozenMessage&, const FrozenMessage&) = default;
};

// What one report says, sealed under the key of its case.
struct ReportContent {
    std::string words;
    std::string rule_id;
    // In the order in which they were said.
    std::vector<FrozenMessage> evidence;
    friend bool operator==(const ReportContent&, const ReportContent&) = default;
};
// Leaves out what is farthest from the reported message until the texts are no longer than this; then its oldest edits.
// Its own words stay.
void keep_within(std::vector<FrozenMessage>& evidence, std::size_t bytes_max);
std::string pack(const ReportContent& content);
// Nothing if it was not packed by pack().
std::optional<ReportContent> unpack_report(std::string_view packed);

struct ReportReceived {
    std::string receipt;
};
// What became of a report, for whoever made it. Nothing but when it was made, until there is an outcome.
struct ReportStatus {
    TimePoint reported_at{};
    std::optional<CaseOutcome> outcome;
    std::string answer;
    TimePoint answered_at{};
    friend bool operator==(const ReportStatus&, const ReportStatus&) = default;
};
struct Reports {
    std::vector<ReportStatus> reports;
};
// Who has a case, as one moderator sees it.
enum class Claim : std::uint8_t { nobodys = 1, yours = 2, somebody_elses = 3 };
struct CaseCard {
    CaseId case_id;
    CaseKind kind = CaseKind::message;
    RoomId room;
    std::optional<MessageId> message{};
    // Whom it is about, as they were called there.
    std::vector<Person> about;
    TimePoint opened_at{};
    Claim claim = Claim::nobodys;
    TimePoint claim_ends{};
    // Once it is decided.
    std::optional<CaseOutcome> outcome;
    std::string note;
    TimePoint decided_at{};
};
struct Cases {
    std::vector<CaseCard> cases;
};
struct AppealStatus {
    TimePoint appealed_at{};
    // Upheld or reversed, once it is decided.
    std::optional<CaseOutcome> outcome;
    std::string answer;
    TimePoint answered_at{};
};
struct CaseOpened {
    CaseCard card;
    // Of an appeal, if it is to be shown: what was decided.
    std::optional<Decision> decision{};
    // Empty unless it was to be shown.
    ReportContent report;
    // The number of the next report of the case; 0 for none.
    std::uint32_t next_report = 0;
};

// -- happened --

// A case waits for a moderator. Says nothing of it; for whom it is not is never encoded.
struct CaseWaiting {
    RoomId room;
    std::vector<AccountId> not_for;
};
// There is an outcome of a report.
struct ReportAnswered {
    TimePoint reported_at{};
};
// There is an outcome of an appeal.
struct AppealAnswered {};

}  // namespace kindroom::domain
