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

// Whether it is open to somebody who is banned from the house (PRODUCT X6).
enum class Banned : std::uint8_t { closed, open };

// What decisions about somebody, and a room that is paused or not open now, close. `by_room`: the room is asked,
// because only there a repetition of what was accepted before is known, and that is answered alike in every state.
struct Closed {
    bool out_of_room = false;
    bool listen_only = false;
    bool words_held = false;
    bool no_contacts = false;
    bool paused = false;
    bool by_room = false;
};
constexpr Closed reading{.out_of_room = true};
constexpr Closed speaking{.out_of_room = true, .listen_only = true, .paused = true, .by_room = true};
// What is changed cannot wait for a moderator.
constexpr Closed changing{
    .out_of_room = true, .listen_only = true, .words_held = true, .paused = true, .by_room = true};
constexpr Closed contacts{.no_contacts = true};
constexpr Closed in_turns{.out_of_room = true, .paused = true};
constexpr Closed asking_for_floor{.out_of_room = true, .listen_only = true, .paused = true};

struct Row {
    Needs needs;
    Charge charge = Charge::command;
    Away away = Away::open;
    Banned banned = Banned::closed;
    Closed closed{};
};

// One's own affairs, open in every state (PRODUCT X6).
constexpr Row always(Charge charge) { return {Needs::account, charge, Away::open, Banned::open}; }
// What goes on with others: it delivers something, or is heard.
constexpr Row with_others(Needs needs, Charge charge, Closed closed) {
    return {needs, charge, Away::closed, Banned::closed, closed};
}

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
template <> constexpr Row row_of<SignOut>() { return always(Charge::none); }
template <> constexpr Row row_of<ConsentToRules>() { return always(Charge::command); }
template <> constexpr Row row_of<GetMe>() { return always(Charge::command); }
template <> constexpr Row row_of<ChangePassphrase>() { return always(Charge::command); }
template <> constexpr Row row_of<ListSessions>() { return always(Charge::command); }
template <> constexpr Row row_of<RevokeSession>() { return always(Charge::none); }
template <> constexpr Row row_of<RevokeAllSessions>() { return always(Charge::none); }
template <> constexpr Row row_of<ListRooms>() { return {Needs::standing}; }
template <> constexpr Row row_of<GetRoom>() { return {Needs::standing}; }
template <> constexpr Row row_of<JoinRoom>() { return with_others(Needs::account, Charge::join, reading); }
template <> constexpr Row row_of<LeaveRoom>() { return always(Charge::none); }
template <> constexpr Row row_of<ResumeRoom>() { return with_others(Needs::account, Charge::command, reading); }
template <> constexpr Row row_of<GetRoster>() { return with_others(Needs::account, Charge::command, reading); }
template <> constexpr Row row_of<PostMessage>() { return with_others(Needs::consent, Charge::command, speaking); }
template <> constexpr Row row_of<EditMessage>() { return with_others(Needs::consent, Charge::command, changing); }
template <> constexpr Row row_of<RetractMessage>() { return always(Charge::command); }
template <> constexpr Row row_of<GetHistory>() { return with_others(Needs::account, Charge::command, reading); }
template <> constexpr Row row_of<HearMessage>() { return with_others(Needs::account, Charge::command, reading); }
template <> constexpr Row row_of<RevealMessage>() { return with_others(Needs::account, Charge::command, reading); }
template <> constexpr Row row_of<GetHeadsUp>() { return {Needs::account}; }
template <> constexpr Row row_of<CreateRoom>() { return {Needs::standing}; }
template <> constexpr Row row_of<ChangeRoom>() { return {Needs::standing}; }
template <> constexpr Row row_of<CloseRoom>() { return {Needs::standing}; }
template <> constexpr Row row_of<GoOnDuty>() { return with_others(Needs::account, Charge::command, reading); }
template <> constexpr Row row_of<GoOffDuty>() { return {Needs::account}; }
template <> constexpr Row row_of<LinkPeople>() { return {Needs::account}; }
template <> constexpr Row row_of<CreateInvite>() { return {Needs::authority}; }
template <> constexpr Row row_of<PublishRules>() { return {Needs::authority}; }
template <> constexpr Row row_of<SetRole>() { return {Needs::authority}; }
template <> constexpr Row row_of<BanAccount>() { return {Needs::authority}; }
template <> constexpr Row row_of<LiftBan>() { return {Needs::authority}; }
template <> constexpr Row row_of<AddMute>() { return always(Charge::none); }
template <> constexpr Row row_of<Unmute>() { return always(Charge::none); }
template <> constexpr Row row_of<BlockPeople>() { return always(Charge::none); }
template <> constexpr Row row_of<Unblock>() { return always(Charge::command); }
template <> constexpr Row row_of<ListBoundaries>() { return always(Charge::command); }
template <> constexpr Row row_of<SetLabelChoice>() { return always(Charge::none); }
template <> constexpr Row row_of<StepAway>() { return always(Charge::none); }
template <> constexpr Row row_of<ReturnFromAway>() { return always(Charge::none); }
template <> constexpr Row row_of<OfferContact>() { return with_others(Needs::consent, Charge::command, contacts); }
template <> constexpr Row row_of<AnswerOffer>() { return with_others(Needs::account, Charge::command, contacts); }
template <> constexpr Row row_of<ListContacts>() { return always(Charge::command); }
template <> constexpr Row row_of<Disconnect>() { return always(Charge::none); }
template <> constexpr Row row_of<SetContactsOpen>() { return always(Charge::none); }
template <> constexpr Row row_of<Decide>() { return {Needs::account}; }
template <> constexpr Row row_of<ListMyDecisions>() { return always(Charge::none); }
template <> constexpr Row row_of<ConfirmDecision>() { return {Needs::account}; }
template <> constexpr Row row_of<ListUnconfirmed>() { return {Needs::account}; }
template <> constexpr Row row_of<Report>() { return always(Charge::none); }
template <> constexpr Row row_of<GetReports>() { return always(Charge::command); }
template <> constexpr Row row_of<ListCases>() { return {Needs::account}; }
template <> constexpr Row row_of<OpenCase>() { return {Needs::account}; }
template <> constexpr Row row_of<ClaimCase>() { return {Needs::account}; }
template <> constexpr Row row_of<ReleaseCase>() { return {Needs::account}; }
template <> constexpr Row row_of<ResolveCase>() { return {Needs::account}; }
template <> constexpr Row row_of<DismissCase>() { return {Needs::account}; }
template <> constexpr Row row_of<TapOut>() { return always(Charge::none); }
template <> constexpr Row row_of<Appeal>() { return {Needs::greeting}; }
template <> constexpr Row row_of<GetAppeal>() { return {Needs::greeting}; }
template <> constexpr Row row_of<PauseRoom>() { return {Needs::standing}; }
template <> constexpr Row row_of<ResumeTalk>() { return {Needs::standing}; }
template <> constexpr Row row_of<Knock>() { return with_others(Needs::account, Charge::join, reading); }
template <> constexpr Row row_of<ListKnocks>() { return with_others(Needs::account, Charge::command, reading); }
template <> constexpr Row row_of<AnswerKnock>() { return with_others(Needs::account, Charge::command, reading); }
template <> constexpr Row row_of<CreateRoomInvite>() { return {Needs::standing}; }
template <> constexpr Row row_of<SetJoinPolicy>() { return {Needs::standing}; }
template <> constexpr Row row_of<LetSpeak>() { return with_others(Needs::account, Charge::command, reading); }
template <> constexpr Row row_of<ListHeld>() { return always(Charge::command); }
template <> constexpr Row row_of<ListHeldForReview>() { return with_others(Needs::account, Charge::command, reading); }
template <> constexpr Row row_of<ReleaseHeld>() { return with_others(Needs::account, Charge::command, reading); }
template <> constexpr Row row_of<ReturnHeld>() { return with_others(Needs::account, Charge::command, reading); }
template <> constexpr Row row_of<TryFilters>() { return {Needs::authority}; }
template <> constexpr Row row_of<CallModerator>() { return always(Charge::none); }
template <> constexpr Row row_of<PointToHelp>() { return {Needs::account, Charge::command, Away::open, Banned::closed, reading}; }
template <> constexpr Row row_of<SignUp>() { return with_others(Needs::consent, Charge::command, asking_for_floor); }
template <> constexpr Row row_of<RaiseHand>() { return with_others(Needs::consent, Charge::command, asking_for_floor); }
template <> constexpr Row row_of<LowerHand>() { return {Needs::account}; }
template <> constexpr Row row_of<PassTurn>() { return with_others(Needs::account, Charge::command, in_turns); }
template <> constexpr Row row_of<GetCircle>() { return with_others(Needs::account, Charge::command, reading); }
template <> constexpr Row row_of<DrawSeats>() { return with_others(Needs::account, Charge::command, in_turns); }
template <> constexpr Row row_of<NextTurn>() { return with_others(Needs::account, Charge::command, in_turns); }
template <> constexpr Row row_of<ExtendTurn>() { return with_others(Needs::account, Charge::command, in_turns); }
template <> constexpr Row row_of<StartReflections>() { return with_others(Needs::account, Charge::command, in_turns); }
template <> constexpr Row row_of<CloseCircle>() { return with_others(Needs::account, Charge::command, in_turns); }
template <> constexpr Row row_of<ExportMyData>() { return always(Charge::command); }
template <> constexpr Row row_of<EraseAccount>() { return always(Charge::command); }
// clang-format on

Row row_of(const Command& command) {
    return std::visit([]<class C>(const C&) { return row_of<C>(); }, command);
}

// The refusal of a state that ends by itself, unless it ends only by a word.
Error refuse_before(Errc code, TimePoint end) { return end == never ? refuse(code) : refuse_until(code, end); }

// What the decisions about somebody close to them.
Result<void> judge_sanctions(const Command& command, const Sanctions& sanctions, TimePoint now) {
    const auto judge = [&](State state, const Decision* decision) -> Result<void> {
        const auto closed = decision ? closed_in(state, command) : std::nullopt;
        return closed ? Result<void>(refuse_before(*closed, decision->ends_at)) : Result<void>();
    };
    if (auto judged = judge(State::banned, sanctions.ban(now)); !judged) return judged;
    // A post may be a repetition of what was accepted before, which is answered alike in every state: its room judges.
    if (row_of(command).closed.by_room) return {};
    const auto room = room_of(command);
    if (auto judged = judge(State::out_of_room, room ? sanctions.out_of(*room, now) : nullptr); !judged) return judged;
    return judge(State::no_contacts, sanctions.no_contacts(now));
}

}  // namespace

std::optional<RoomId> room_of(const Command& command) {
    return std::visit(
        []<class C>(const C& one) -> std::optional<RoomId> {
            if constexpr (requires { one.room; }) return one.room;
            return std::nullopt;
        },
        command);
}

std::optional<Errc> closed_in(State state, const Command& command) {
    const Row row = row_of(command);
    const auto closed_if = [](bool closed, Errc code) { return closed ? std::optional(code) : std::nullopt; };
    // Saying no to an offer is a boundary, and never closed.
    const auto* answer = std::get_if<AnswerOffer>(&command);
    switch (state) {
        case State::not_signed_in:
            return closed_if(row.needs > Needs::stranger, Errc::sign_in_needed);
        case State::without_consent:
            return closed_if(row.needs == Needs::consent, Errc::rules_needed);
        case State::listen_only:
            return closed_if(row.closed.listen_only, Errc::listen_only);
        case State::words_held:
            return closed_if(row.closed.words_held, Errc::would_be_held);
        case State::out_of_room:
            return closed_if(row.closed.out_of_room, Errc::out_of_room);
        case State::no_contacts:
            return closed_if(row.closed.no_contacts && !(answer && !answer->accept), Errc::no_contacts);
        case State::banned:
            return closed_if(row.needs > Needs::stranger && row.banned == Banned::closed, Errc::banned);
        case State::away:
        case State::firmly_away:
            return closed_if(row.away == Away::closed, Errc::stepped_away);
        case State::room_paused:
            return closed_if(row.closed.paused, Errc::room_paused);
        case State::out_of_hours:
            return closed_if(row.closed.paused, Errc::room_out_of_hours);
    }
    return std::nullopt;
}

Result<void> may_ask(const Command& command, const Client& client, std::uint32_t rules_version, TimePoint now) {
    const Row row = row_of(command);
    if (row.needs == Needs::nothing) return {};
    if (!client.has_greeted()) return refuse(Errc::hello_needed);
    if (row.needs == Needs::greeting) return {};
    const Identity* who = client.identity().get();
    if (row.needs == Needs::stranger)
        return who || client.is_signing_in() ? Result<void>(refuse(Errc::already_signed_in)) : Result<void>();
    if (!who) return refuse(Errc::sign_in_needed);
    if (who->sanctions)
        if (auto judged = judge_sanctions(command, *who->sanctions, now); !judged) return judged;
    if (row.needs == Needs::standing) return {};
    if (row.needs == Needs::authority) return who->standing.is_admin() ? Result<void>() : refuse(Errc::not_allowed);
    // The operator manages the house but is nobody in it.
    if (who->is_operator) return refuse(Errc::not_allowed);
    if (who->rules_consented != rules_version)
        if (const auto closed = closed_in(State::without_consent, command)) return refuse(*closed);
    const domain::Away* away = who->is_away_from(room_of(command), now);
    const auto closed = away ? closed_in(State::away, command) : std::nullopt;
    return closed ? Result<void>(refuse_before(*closed, away->firm ? away->until : never)) : Result<void>();
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
