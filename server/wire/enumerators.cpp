// Pins the enumerators of the domain to those of the proto, so that both directions may simply convert the number.
// Nothing here runs.
#include "domain/boundary.hpp"
#include "domain/case.hpp"
#include "domain/decision.hpp"
#include "domain/circle_view.hpp"
#include "domain/event.hpp"
#include "domain/people.hpp"
#include "domain/review.hpp"
#include "domain/settings.hpp"
#include "kindroom/v1/cases.pb.h"
#include "kindroom/v1/circles.pb.h"
#include "kindroom/v1/errors.pb.h"
#include "kindroom/v1/events.pb.h"
#include "kindroom/v1/filters.pb.h"
#include "kindroom/v1/types.pb.h"

namespace kindroom::wire {
namespace {

template <class Ours, class Theirs>
constexpr bool same(Ours ours, Theirs theirs) {
    return static_cast<int>(ours) == static_cast<int>(theirs);
}

static_assert(same(domain::Role::member, v1::ROLE_MEMBER));
static_assert(same(domain::Role::moderator, v1::ROLE_MODERATOR));
static_assert(same(domain::Role::admin, v1::ROLE_ADMIN));
static_assert(v1::Role_MAX == v1::ROLE_ADMIN);

static_assert(same(domain::Voice::person, v1::VOICE_PERSON));
static_assert(same(domain::Voice::moderator, v1::VOICE_MODERATOR));
static_assert(same(domain::Voice::unsigned_share, v1::VOICE_UNSIGNED));
static_assert(v1::Voice_MAX == v1::VOICE_UNSIGNED);

static_assert(same(domain::RoomKind::open, v1::ROOM_KIND_OPEN));
static_assert(same(domain::RoomKind::direct, v1::ROOM_KIND_DIRECT));
static_assert(same(domain::RoomKind::circle, v1::ROOM_KIND_CIRCLE));
static_assert(v1::RoomKind_MAX == v1::ROOM_KIND_CIRCLE);

static_assert(same(domain::JoinPolicy::open, v1::JOIN_POLICY_OPEN));
static_assert(same(domain::JoinPolicy::knock, v1::JOIN_POLICY_KNOCK));
static_assert(same(domain::JoinPolicy::invite, v1::JOIN_POLICY_INVITE));
static_assert(v1::JoinPolicy_MAX == v1::JOIN_POLICY_INVITE);

static_assert(same(domain::ListenCause::first_visit, v1::LISTEN_CAUSE_FIRST_VISIT));
static_assert(same(domain::ListenCause::wave, v1::LISTEN_CAUSE_WAVE));
static_assert(same(domain::ListenCause::decision, v1::LISTEN_CAUSE_DECISION));
static_assert(v1::ListenCause_MAX == v1::LISTEN_CAUSE_DECISION);

static_assert(same(domain::Retention::hours_24, v1::RETENTION_HOURS_24));
static_assert(same(domain::Retention::days_7, v1::RETENTION_DAYS_7));
static_assert(same(domain::Retention::days_30, v1::RETENTION_DAYS_30));
static_assert(v1::Retention_MAX == v1::RETENTION_DAYS_30);

static_assert(same(domain::RoomState::open, v1::ROOM_STATE_OPEN));
static_assert(same(domain::RoomState::paused, v1::ROOM_STATE_PAUSED));
static_assert(same(domain::RoomState::closed, v1::ROOM_STATE_CLOSED));
static_assert(same(domain::RoomState::winding_down, v1::ROOM_STATE_WINDING_DOWN));
static_assert(same(domain::RoomState::out_of_hours, v1::ROOM_STATE_OUT_OF_HOURS));
static_assert(v1::RoomState_MAX == v1::ROOM_STATE_OUT_OF_HOURS);

static_assert(same(domain::LabelChoice::show, v1::LABEL_CHOICE_SHOW));
static_assert(same(domain::LabelChoice::ask, v1::LABEL_CHOICE_ASK));
static_assert(v1::LabelChoice_MAX == v1::LABEL_CHOICE_ASK);

static_assert(same(domain::HeldFor::breath, v1::HELD_FOR_BREATH));
static_assert(same(domain::HeldFor::first_messages, v1::HELD_FOR_FIRST_MESSAGES));
static_assert(same(domain::HeldFor::filter, v1::HELD_FOR_FILTER));
static_assert(same(domain::HeldFor::own_wish, v1::HELD_FOR_OWN_WISH));
static_assert(same(domain::HeldFor::returned, v1::HELD_FOR_RETURNED));
static_assert(same(domain::HeldFor::decision, v1::HELD_FOR_DECISION));
static_assert(v1::HeldFor_MAX == v1::HELD_FOR_DECISION);

static_assert(same(domain::ReturnCause::could_not_be_shown, v1::RETURN_CAUSE_COULD_NOT_BE_SHOWN));
static_assert(same(domain::ReturnCause::unreviewed, v1::RETURN_CAUSE_UNREVIEWED));
static_assert(same(domain::ReturnCause::by_moderator, v1::RETURN_CAUSE_BY_MODERATOR));
static_assert(v1::ReturnCause_MAX == v1::RETURN_CAUSE_BY_MODERATOR);

static_assert(same(domain::DecisionAction::server_ban, v1::DECISION_ACTION_SERVER_BAN));
static_assert(same(domain::DecisionAction::warn, v1::DECISION_ACTION_WARN));
static_assert(same(domain::DecisionAction::retract, v1::DECISION_ACTION_RETRACT));
static_assert(same(domain::DecisionAction::listen_only, v1::DECISION_ACTION_LISTEN_ONLY));
static_assert(same(domain::DecisionAction::out_of_room, v1::DECISION_ACTION_OUT_OF_ROOM));
static_assert(same(domain::DecisionAction::no_contacts, v1::DECISION_ACTION_NO_CONTACTS));
static_assert(same(domain::DecisionAction::remove, v1::DECISION_ACTION_REMOVE));
static_assert(same(domain::DecisionAction::room_ban, v1::DECISION_ACTION_ROOM_BAN));
static_assert(same(domain::DecisionAction::network_ban, v1::DECISION_ACTION_NETWORK_BAN));
static_assert(same(domain::DecisionAction::hold, v1::DECISION_ACTION_HOLD));
static_assert(v1::DecisionAction_MAX == v1::DECISION_ACTION_HOLD);

static_assert(same(domain::DecisionSource::own, v1::DECISION_SOURCE_OWN));
static_assert(same(domain::DecisionSource::report, v1::DECISION_SOURCE_REPORT));
static_assert(same(domain::DecisionSource::rule, v1::DECISION_SOURCE_RULE));
static_assert(v1::DecisionSource_MAX == v1::DECISION_SOURCE_RULE);

static_assert(same(domain::DecisionState::stands, v1::DECISION_STATE_STANDS));
static_assert(same(domain::DecisionState::ended, v1::DECISION_STATE_ENDED));
static_assert(same(domain::DecisionState::reversed, v1::DECISION_STATE_REVERSED));
static_assert(same(domain::DecisionState::lapsed, v1::DECISION_STATE_LAPSED));
static_assert(v1::DecisionState_MAX == v1::DECISION_STATE_LAPSED);

static_assert(same(domain::CaseKind::message, v1::CASE_KIND_MESSAGE));
static_assert(same(domain::CaseKind::people, v1::CASE_KIND_PEOPLE));
static_assert(same(domain::CaseKind::unknown, v1::CASE_KIND_UNKNOWN));
static_assert(same(domain::CaseKind::pattern, v1::CASE_KIND_PATTERN));
static_assert(same(domain::CaseKind::appeal, v1::CASE_KIND_APPEAL));
static_assert(v1::CaseKind_MAX == v1::CASE_KIND_APPEAL);

static_assert(same(domain::CaseOutcome::acted, v1::CASE_OUTCOME_ACTED));
static_assert(same(domain::CaseOutcome::advised, v1::CASE_OUTCOME_ADVISED));
static_assert(same(domain::CaseOutcome::dismissed, v1::CASE_OUTCOME_DISMISSED));
static_assert(same(domain::CaseOutcome::upheld, v1::CASE_OUTCOME_UPHELD));
static_assert(same(domain::CaseOutcome::reversed, v1::CASE_OUTCOME_REVERSED));
static_assert(v1::CaseOutcome_MAX == v1::CASE_OUTCOME_REVERSED);

static_assert(same(domain::Claim::nobodys, v1::CASE_CLAIM_NOBODYS));
static_assert(same(domain::Claim::yours, v1::CASE_CLAIM_YOURS));
static_assert(same(domain::Claim::somebody_elses, v1::CASE_CLAIM_SOMEBODY_ELSES));
static_assert(v1::CaseClaim_MAX == v1::CASE_CLAIM_SOMEBODY_ELSES);

static_assert(same(domain::SessionEndReason::revoked, v1::SESSION_END_REASON_REVOKED));
static_assert(same(domain::SessionEndReason::banned, v1::SESSION_END_REASON_BANNED));
static_assert(same(domain::SessionEndReason::expired, v1::SESSION_END_REASON_EXPIRED));
static_assert(same(domain::SessionEndReason::erased, v1::SESSION_END_REASON_ERASED));
static_assert(v1::SessionEndReason_MAX == v1::SESSION_END_REASON_ERASED);

static_assert(same(domain::CirclePhase::gathering, v1::CIRCLE_PHASE_GATHERING));
static_assert(same(domain::CirclePhase::check_in, v1::CIRCLE_PHASE_CHECK_IN));
static_assert(same(domain::CirclePhase::turns, v1::CIRCLE_PHASE_TURNS));
static_assert(same(domain::CirclePhase::reflections, v1::CIRCLE_PHASE_REFLECTIONS));
static_assert(same(domain::CirclePhase::closing, v1::CIRCLE_PHASE_CLOSING));
static_assert(v1::CirclePhase_MAX == v1::CIRCLE_PHASE_CLOSING);

static_assert(same(domain::CirclePlace::listening, v1::CIRCLE_PLACE_LISTENING));
static_assert(same(domain::CirclePlace::signed_up, v1::CIRCLE_PLACE_SIGNED_UP));
static_assert(same(domain::CirclePlace::waiting, v1::CIRCLE_PLACE_WAITING));
static_assert(same(domain::CirclePlace::next, v1::CIRCLE_PLACE_NEXT));
static_assert(same(domain::CirclePlace::floor, v1::CIRCLE_PLACE_FLOOR));
static_assert(v1::CirclePlace_MAX == v1::CIRCLE_PLACE_FLOOR);

static_assert(same(domain::NoSeat::not_drawn, v1::NO_SEAT_CAUSE_NOT_DRAWN));
static_assert(same(domain::NoSeat::own_boundary, v1::NO_SEAT_CAUSE_OWN_BOUNDARY));
static_assert(v1::NoSeatCause_MAX == v1::NO_SEAT_CAUSE_OWN_BOUNDARY);

}  // namespace
}  // namespace kindroom::wire
