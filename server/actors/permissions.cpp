#include "actors/permissions.hpp"

#include "actors/client.hpp"

namespace kindroom::actors {

using namespace domain;

namespace {

// Each need includes those above it, but `stranger`.
enum class Needs : std::uint8_t {
    nothing,    // may be the first command
    greeting,   // after Hello
    stranger,   // after Hello, and not signed in
    standing,   // signed in, or the operator
    account,    // signed in
    consent,    // ... and has consented to the rules in force
    authority,  // an admin, or the operator
};

enum class Charge : std::uint8_t {
    none,     // never refused for coming often: help, leaving, boundaries (PRODUCT X5, X6)
    command,  // the connection's rate
    join,     // ... and that of coming into rooms
};

// Whether somebody who has stepped away may ask it: what would deliver something waits until they are back.
enum class Away : std::uint8_t { open, closed };

struct Row {
    Needs needs;
    Charge charge = Charge::command;
    Away away = Away::open;
};

template <class C>
constexpr Row row_of() = delete;  // A new command does not compile before somebody has decided who may ask it.

// clang-format off
template <> constexpr Row row_of<Hello>() { return {Needs::nothing}; }
template <> constexpr Row row_of<Ping>() { return {Needs::greeting}; }
template <> constexpr Row row_of<GetRules>() { return {Needs::greeting}; }
template <> constexpr Row row_of<GetDataPolicy>() { return {Needs::greeting}; }
template <> constexpr Row row_of<GetHelp>() { return {Needs::greeting, Charge::none}; }
template <> constexpr Row row_of<CreateAccount>() { return {Needs::stranger}; }
template <> constexpr Row row_of<SignIn>() { return {Needs::stranger}; }
template <> constexpr Row row_of<ResumeSession>() { return {Needs::stranger}; }
template <> constexpr Row row_of<RecoverAccount>() { return {Needs::stranger}; }
template <> constexpr Row row_of<SignOut>() { return {Needs::account, Charge::none}; }
template <> constexpr Row row_of<ConsentToRules>() { return {Needs::account}; }
template <> constexpr Row row_of<GetMe>() { return {Needs::account}; }
template <> constexpr Row row_of<ChangePassphrase>() { return {Needs::account}; }
template <> constexpr Row row_of<ListSessions>() { return {Needs::account}; }
template <> constexpr Row row_of<RevokeSession>() { return {Needs::account, Charge::none}; }
template <> constexpr Row row_of<RevokeAllSessions>() { return {Needs::account, Charge::none}; }
template <> constexpr Row row_of<ListRooms>() { return {Needs::standing}; }
template <> constexpr Row row_of<GetRoom>() { return {Needs::standing}; }
template <> constexpr Row row_of<JoinRoom>() { return {Needs::account, Charge::join, Away::closed}; }
template <> constexpr Row row_of<LeaveRoom>() { return {Needs::account, Charge::none}; }
template <> constexpr Row row_of<ResumeRoom>() { return {Needs::account, Charge::command, Away::closed}; }
template <> constexpr Row row_of<GetRoster>() { return {Needs::account, Charge::command, Away::closed}; }
template <> constexpr Row row_of<PostMessage>() { return {Needs::consent, Charge::command, Away::closed}; }
template <> constexpr Row row_of<EditMessage>() { return {Needs::consent, Charge::command, Away::closed}; }
template <> constexpr Row row_of<RetractMessage>() { return {Needs::account}; }
template <> constexpr Row row_of<GetHistory>() { return {Needs::account, Charge::command, Away::closed}; }
template <> constexpr Row row_of<HearMessage>() { return {Needs::account, Charge::command, Away::closed}; }
template <> constexpr Row row_of<RevealMessage>() { return {Needs::account, Charge::command, Away::closed}; }
template <> constexpr Row row_of<GetHeadsUp>() { return {Needs::account}; }
template <> constexpr Row row_of<CreateRoom>() { return {Needs::standing}; }
template <> constexpr Row row_of<ChangeRoom>() { return {Needs::standing}; }
template <> constexpr Row row_of<CloseRoom>() { return {Needs::standing}; }
template <> constexpr Row row_of<GoOnDuty>() { return {Needs::account, Charge::command, Away::closed}; }
template <> constexpr Row row_of<GoOffDuty>() { return {Needs::account}; }
template <> constexpr Row row_of<LinkPeople>() { return {Needs::account}; }
template <> constexpr Row row_of<CreateInvite>() { return {Needs::authority}; }
template <> constexpr Row row_of<PublishRules>() { return {Needs::authority}; }
template <> constexpr Row row_of<SetRole>() { return {Needs::authority}; }
template <> constexpr Row row_of<BanAccount>() { return {Needs::authority}; }
template <> constexpr Row row_of<LiftBan>() { return {Needs::authority}; }
template <> constexpr Row row_of<AddMute>() { return {Needs::account, Charge::none}; }
template <> constexpr Row row_of<Unmute>() { return {Needs::account, Charge::none}; }
template <> constexpr Row row_of<BlockPeople>() { return {Needs::account, Charge::none}; }
template <> constexpr Row row_of<Unblock>() { return {Needs::account}; }
template <> constexpr Row row_of<ListBoundaries>() { return {Needs::account}; }
template <> constexpr Row row_of<SetLabelChoice>() { return {Needs::account, Charge::none}; }
template <> constexpr Row row_of<StepAway>() { return {Needs::account, Charge::none}; }
template <> constexpr Row row_of<ReturnFromAway>() { return {Needs::account, Charge::none}; }
template <> constexpr Row row_of<OfferContact>() { return {Needs::consent, Charge::command, Away::closed}; }
template <> constexpr Row row_of<AnswerOffer>() { return {Needs::account, Charge::command, Away::closed}; }
template <> constexpr Row row_of<ListContacts>() { return {Needs::account}; }
template <> constexpr Row row_of<Disconnect>() { return {Needs::account, Charge::none}; }
template <> constexpr Row row_of<SetContactsOpen>() { return {Needs::account, Charge::none}; }
template <> constexpr Row row_of<Report>() { return {Needs::account, Charge::none}; }
template <> constexpr Row row_of<GetReports>() { return {Needs::account}; }
template <> constexpr Row row_of<ListCases>() { return {Needs::account}; }
template <> constexpr Row row_of<OpenCase>() { return {Needs::account}; }
template <> constexpr Row row_of<ClaimCase>() { return {Needs::account}; }
template <> constexpr Row row_of<ReleaseCase>() { return {Needs::account}; }
template <> constexpr Row row_of<ResolveCase>() { return {Needs::account}; }
template <> constexpr Row row_of<DismissCase>() { return {Needs::account}; }
template <> constexpr Row row_of<TapOut>() { return {Needs::account, Charge::none}; }
template <> constexpr Row row_of<PauseRoom>() { return {Needs::standing}; }
template <> constexpr Row row_of<ResumeTalk>() { return {Needs::standing}; }
template <> constexpr Row row_of<Knock>() { return {Needs::account, Charge::join, Away::closed}; }
template <> constexpr Row row_of<ListKnocks>() { return {Needs::account, Charge::command, Away::closed}; }
template <> constexpr Row row_of<AnswerKnock>() { return {Needs::account, Charge::command, Away::closed}; }
template <> constexpr Row row_of<CreateRoomInvite>() { return {Needs::standing}; }
template <> constexpr Row row_of<SetJoinPolicy>() { return {Needs::standing}; }
template <> constexpr Row row_of<LetSpeak>() { return {Needs::account, Charge::command, Away::closed}; }
// clang-format on

Row row_of(const Command& command) {
    return std::visit([]<class C>(const C&) { return row_of<C>(); }, command);
}

// Which room a command is about, if it is about one.
std::optional<RoomId> room_of(const Command& command) {
    return std::visit(
        []<class C>(const C& one) -> std::optional<RoomId> {
            if constexpr (requires { one.room; }) return one.room;
            return std::nullopt;
        },
        command);
}

}  // namespace

Result<void> may_ask(const Command& command, const Client& client, std::uint32_t rules_version, TimePoint now) {
    const Row row = row_of(command);
    if (row.needs == Needs::nothing) return {};
    if (!client.has_greeted()) return refuse(Errc::hello_needed);
    if (row.needs == Needs::greeting) return {};
    const Identity* who = client.identity().get();
    if (row.needs == Needs::stranger)
        return who || client.is_signing_in() ? Result<void>(refuse(Errc::already_signed_in)) : Result<void>();
    if (!who) return refuse(Errc::sign_in_needed);
    if (row.needs == Needs::standing) return {};
    if (row.needs == Needs::authority) return who->standing.is_admin() ? Result<void>() : refuse(Errc::not_allowed);
    // The operator manages the house but is nobody in it.
    if (who->is_operator) return refuse(Errc::not_allowed);
    if (row.needs == Needs::consent && who->rules_consented != rules_version) return refuse(Errc::rules_needed);
    if (row.away == Away::open) return {};
    const domain::Away* away = who->is_away_from(room_of(command), now);
    if (!away) return {};
    return away->firm ? refuse_until(Errc::stepped_away, away->until) : refuse(Errc::stepped_away);
}

Result<void> charge(const Command& command, Client& client, const Limits& limits, TimePoint now) {
    const Charge kind = row_of(command).charge;
    // The operator's own scripts set up a house as fast as it goes.
    if (kind == Charge::none || client.peer().is_operator) return {};
    if (auto taken = client.commands().take({.burst = limits.commands_burst, .every = limits.command_every}, now);
        !taken)
        return taken;
    if (kind == Charge::join)
        return client.joins().take({.burst = limits.joins_burst, .every = limits.join_every}, now);
    return {};
}

}  // namespace kindroom::actors
