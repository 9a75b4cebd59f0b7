// The commands one by one: protobuf message -> Command. The dispatch over them is in decode.cpp.
//
// Protobuf's own headers stay in the .cpp files, so its types are only named here. The messages are taken by reference
// to non-const because long texts are moved out of them.
#pragma once

#include "base/error.hpp"
#include "base/limits.hpp"
#include "crypto/cursor.hpp"
#include "domain/command.hpp"
#include "wire/fields.hpp"

namespace kindroom::v1 {
class Hello;
class GetHelp;
class CreateAccount;
class SignIn;
class ResumeSession;
class RecoverAccount;
class ConsentToRules;
class ChangePassphrase;
class RevokeSession;
class RevokeAllSessions;
class GetRoom;
class JoinRoom;
class LeaveRoom;
class ResumeRoom;
class GetRoster;
class PostMessage;
class EditMessage;
class RetractMessage;
class GetHistory;
class HearMessage;
class RevealMessage;
class GetHeadsUp;
class CreateRoom;
class ChangeRoom;
class CloseRoom;
class GoOnDuty;
class GoOffDuty;
class LinkPeople;
class CreateInvite;
class PublishRules;
class SetRole;
class BanAccount;
class LiftBan;
class AddMute;
class Unmute;
class BlockPeople;
class Unblock;
class SetLabelChoice;
class StepAway;
class ReturnFromAway;
class OfferContact;
class AnswerOffer;
class Disconnect;
class SetContactsOpen;
class Decide;
class ConfirmDecision;
class PersonRef;
class Report;
class GetReports;
class OpenCase;
class ClaimCase;
class ReleaseCase;
class ResolveCase;
class DismissCase;
class Appeal;
class GetAppeal;
class PauseRoom;
class ResumeTalk;
class Knock;
class ListKnocks;
class AnswerKnock;
class CreateRoomInvite;
class SetJoinPolicy;
class LetSpeak;
class ListHeld;
class ListHeldForReview;
class ReleaseHeld;
class ReturnHeld;
class TryFilters;
class CallModerator;
class PointToHelp;
class SignUp;
class RaiseHand;
class LowerHand;
class PassTurn;
class GetCircle;
class DrawSeats;
class NextTurn;
class ExtendTurn;
class StartReflections;
class CloseCircle;
class ExportMyData;
class EraseAccount;
}  // namespace kindroom::v1

namespace kindroom::wire {

using Read = Result<domain::Command>;

// Commands that say no more than the room.
template <class Wanted, class Wire>
Read only_room(const Wire& command) {
    const auto room = room_of(command.room_id());
    if (!room) return room.error();
    return Wanted{*room};
}

// Commands that say no more than the message.
template <class Wanted, class Wire>
Read only_message(const Wire& command) {
    const auto room = room_of(command.room_id());
    if (!room) return room.error();
    const auto message = required_id<MessageId>(command.message_id(), "message_id");
    if (!message) return message.error();
    return Wanted{*room, *message};
}

// decode_account.cpp
Read read(v1::Hello& hello);
Read read(v1::GetHelp& get);
Read read(v1::CreateAccount& create);
Read read(v1::SignIn& sign_in);
Read read(v1::ResumeSession& resume);
Read read(v1::RecoverAccount& recover);
Read read(v1::ConsentToRules& consent);
Read read(v1::ChangePassphrase& change);
Read read(v1::RevokeSession& revoke);
Read read(v1::RevokeAllSessions& revoke);

// decode_rooms.cpp
Read read(v1::GetRoom& get);
Read read(v1::JoinRoom& join);
Read read(v1::LeaveRoom& leave);
Read read(v1::ResumeRoom& resume, const crypto::CursorSealer& cursors);
Read read(v1::GetRoster& get);
Read read(v1::PostMessage& post, const Limits& limits);
Read read(v1::EditMessage& edit);
Read read(v1::RetractMessage& retract);
Read read(v1::GetHistory& get, const crypto::CursorSealer& cursors);
Read read(v1::HearMessage& hear);
Read read(v1::RevealMessage& reveal);
Read read(v1::GetHeadsUp& get);

// decode_house.cpp
Read read(v1::CreateRoom& create, const Limits& limits);
Read read(v1::ChangeRoom& change, const Limits& limits);
Read read(v1::CloseRoom& close);
Read read(v1::GoOnDuty& go);
Read read(v1::GoOffDuty& go);
Read read(v1::LinkPeople& link);
Read read(v1::CreateInvite& create);
Read read(v1::PublishRules& publish, const Limits& limits);
Read read(v1::SetRole& set);
Read read(v1::BanAccount& ban);
Read read(v1::LiftBan& lift);

// decode_boundaries.cpp
Read read(v1::AddMute& add, const Limits& limits);
Read read(v1::Unmute& unmute);
Read read(v1::BlockPeople& block, const Limits& limits);
Read read(v1::Unblock& unblock);
Read read(v1::SetLabelChoice& set);
Read read(v1::StepAway& step, const Limits& limits);
Read read(v1::ReturnFromAway& come_back);
Read read(v1::OfferContact& offer);
Read read(v1::AnswerOffer& answer);
Read read(v1::Disconnect& disconnect);
Read read(v1::SetContactsOpen& set);
// A mistake inside is named by the inner field: the outer one says nothing more.
Result<domain::PersonRef> person_of(const v1::PersonRef& person);

// decode_cases.cpp
Read read(v1::Report& report);
Read read(v1::GetReports& get);
Read read(v1::OpenCase& open);
Read read(v1::ClaimCase& claim);
Read read(v1::ReleaseCase& release);
Read read(v1::ResolveCase& resolve);
Read read(v1::DismissCase& dismiss);
Read read(v1::Appeal& appeal);
Read read(v1::GetAppeal& get);

// decode_decisions.cpp
Read read(v1::Decide& decide);
Read read(v1::ConfirmDecision& confirm);

// decode_attendance.cpp
Read read(v1::PauseRoom& pause);
Read read(v1::ResumeTalk& resume);
Read read(v1::Knock& knock);
Read read(v1::ListKnocks& list);
Read read(v1::AnswerKnock& answer);
Read read(v1::CreateRoomInvite& create);
Read read(v1::SetJoinPolicy& set);
Read read(v1::LetSpeak& let);

// decode_filters.cpp
Read read(v1::ListHeld& list);
Read read(v1::ListHeldForReview& list);
Read read(v1::ReleaseHeld& release);
Read read(v1::ReturnHeld& give_back);
Read read(v1::TryFilters& try_out);
Read read(v1::CallModerator& call);
Read read(v1::PointToHelp& point);

// decode_circles.cpp
Read read(v1::SignUp& sign_up);
Read read(v1::RaiseHand& raise);
Read read(v1::LowerHand& lower);
Read read(v1::PassTurn& pass);
Read read(v1::GetCircle& get);
Read read(v1::DrawSeats& draw);
Read read(v1::NextTurn& next);
Read read(v1::ExtendTurn& extend);
Read read(v1::StartReflections& start);
Read read(v1::CloseCircle& close);

// decode_data.cpp
Read read(v1::ExportMyData& get, const crypto::CursorSealer& cursors);
Read read(v1::EraseAccount& erase);

}  // namespace kindroom::wire
