// The commands one by one: protobuf message -> Command. The dispatch over them is in decode.cpp.
//
// Protobuf's own headers stay in the .cpp files, so its types are only named here. The messages are taken by reference
// to non-const because long texts are moved out of them.
#pragma once

#include "base/error.hpp"
#include "base/limits.hpp"
#include "crypto/cursor.hpp"
#include "domain/command.hpp"

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
class CreateRoom;
class ChangeRoom;
class CloseRoom;
class GoOnDuty;
class GoOffDuty;
class CreateInvite;
class PublishRules;
class SetRole;
class BanAccount;
class LiftBan;
}  // namespace kindroom::v1

namespace kindroom::wire {

using Read = Result<domain::Command>;

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
Read read(v1::PostMessage& post);
Read read(v1::EditMessage& edit);
Read read(v1::RetractMessage& retract);
Read read(v1::GetHistory& get, const crypto::CursorSealer& cursors);

// decode_house.cpp
Read read(v1::CreateRoom& create, const Limits& limits);
Read read(v1::ChangeRoom& change, const Limits& limits);
Read read(v1::CloseRoom& close);
Read read(v1::GoOnDuty& go);
Read read(v1::GoOffDuty& go);
Read read(v1::CreateInvite& create);
Read read(v1::PublishRules& publish, const Limits& limits);
Read read(v1::SetRole& set);
Read read(v1::BanAccount& ban);
Read read(v1::LiftBan& lift);

}  // namespace kindroom::wire
