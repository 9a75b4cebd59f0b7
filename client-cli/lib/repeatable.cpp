#include "lib/keeper.hpp"

namespace kindroom::client {

bool may_repeat(const v1::Request& request) {
    switch (request.command_case()) {
        // Each of these makes something new, or uses up the secret that it carries.
        case v1::Request::kCreateAccount:
        case v1::Request::kRecoverAccount:
        case v1::Request::kChangePassphrase:
        case v1::Request::kSignOut:
        case v1::Request::kCreateRoom:
        case v1::Request::kCreateInvite:
        case v1::Request::kCreateRoomInvite:
        case v1::Request::kPublishRules:
        case v1::Request::kBanAccount:
        case v1::Request::kDecide:
        // A second one would let another turn go, or end what has only begun to close.
        case v1::Request::kDrawSeats:
        case v1::Request::kNextTurn:
        case v1::Request::kExtendTurn:
        case v1::Request::kCloseCircle:
        case v1::Request::kEraseAccount:
        case v1::Request::COMMAND_NOT_SET:
            return false;
        case v1::Request::kPostMessage:
            return !request.post_message().client_key().empty();
        case v1::Request::kRevokeAllSessions:
            return !request.revoke_all_sessions().include_this();
        case v1::Request::kHello:
        case v1::Request::kPing:
        case v1::Request::kGetRules:
        case v1::Request::kGetDataPolicy:
        case v1::Request::kGetHelp:
        case v1::Request::kSignIn:
        case v1::Request::kResumeSession:
        case v1::Request::kConsentToRules:
        case v1::Request::kGetMe:
        case v1::Request::kListSessions:
        case v1::Request::kRevokeSession:
        case v1::Request::kListRooms:
        case v1::Request::kGetRoom:
        case v1::Request::kJoinRoom:
        case v1::Request::kLeaveRoom:
        case v1::Request::kResumeRoom:
        case v1::Request::kGetRoster:
        case v1::Request::kEditMessage:
        case v1::Request::kRetractMessage:
        case v1::Request::kGetHistory:
        case v1::Request::kChangeRoom:
        case v1::Request::kCloseRoom:
        case v1::Request::kGoOnDuty:
        case v1::Request::kGoOffDuty:
        case v1::Request::kSetRole:
        case v1::Request::kLiftBan:
        // Each of these names what it is about, and is answered the second time as it was the first.
        case v1::Request::kHearMessage:
        case v1::Request::kRevealMessage:
        case v1::Request::kGetHeadsUp:
        case v1::Request::kPauseRoom:
        case v1::Request::kResumeTalk:
        case v1::Request::kKnock:
        case v1::Request::kListKnocks:
        case v1::Request::kAnswerKnock:
        case v1::Request::kSetJoinPolicy:
        case v1::Request::kLetSpeak:
        case v1::Request::kLinkPeople:
        case v1::Request::kAddMute:
        case v1::Request::kUnmute:
        case v1::Request::kBlockPeople:
        case v1::Request::kUnblock:
        case v1::Request::kListBoundaries:
        case v1::Request::kSetLabelChoice:
        case v1::Request::kStepAway:
        case v1::Request::kReturnFromAway:
        case v1::Request::kOfferContact:
        case v1::Request::kAnswerOffer:
        case v1::Request::kListContacts:
        case v1::Request::kDisconnect:
        case v1::Request::kSetContactsOpen:
        case v1::Request::kListMyDecisions:
        case v1::Request::kConfirmDecision:
        case v1::Request::kListUnconfirmed:
        // A report that comes twice goes into the same case, and its second receipt is as good as the first.
        case v1::Request::kReport:
        case v1::Request::kGetReports:
        case v1::Request::kListCases:
        case v1::Request::kOpenCase:
        case v1::Request::kClaimCase:
        case v1::Request::kReleaseCase:
        case v1::Request::kResolveCase:
        case v1::Request::kDismissCase:
        case v1::Request::kTapOut:
        case v1::Request::kAppeal:
        case v1::Request::kGetAppeal:
        case v1::Request::kListHeld:
        case v1::Request::kListHeldForReview:
        case v1::Request::kReleaseHeld:
        case v1::Request::kReturnHeld:
        case v1::Request::kTryFilters:
        case v1::Request::kCallModerator:
        case v1::Request::kPointToHelp:
        case v1::Request::kSignUp:
        case v1::Request::kRaiseHand:
        case v1::Request::kLowerHand:
        case v1::Request::kPassTurn:
        case v1::Request::kGetCircle:
        case v1::Request::kStartReflections:
        case v1::Request::kExportMyData:
            return true;
    }
    return false;
}

}  // namespace kindroom::client
