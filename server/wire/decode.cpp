#include "wire/decode.hpp"

#include <cstdio>
#include <google/protobuf/arena.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/stubs/logging.h>

#include "kindroom/v1/frames.pb.h"
#include "wire/decode_commands.hpp"
#include "wire/decode_json.hpp"
#include "wire/fields.hpp"

namespace kindroom::wire {
namespace {

namespace pb = google::protobuf;

// Parses as far as it goes: after a failure the request holds what was read before, in most cases its id.
bool parse_binary(std::span<const std::byte> bytes, std::uint32_t depth_max, v1::Request& request) {
    pb::io::CodedInputStream input(reinterpret_cast<const std::uint8_t*>(bytes.data()), static_cast<int>(bytes.size()));
    input.SetRecursionLimit(static_cast<int>(depth_max));
    return request.MergeFromCodedStream(&input) && input.ConsumedEntireMessage();
}

// Overwrites all secrets of a request when it goes, however far reading it came. What is beyond reach: buffers inside
// of protobuf's JSON parser, and the bytes that the connection read.
class Wiped {
  public:
    explicit Wiped(v1::Request& request) : request_(request) {}
    Wiped(const Wiped&) = delete;
    Wiped& operator=(const Wiped&) = delete;
    ~Wiped() {
        if (request_.has_create_account()) {
            wipe(*request_.mutable_create_account()->mutable_invite_code());
            wipe(*request_.mutable_create_account()->mutable_passphrase());
        } else if (request_.has_sign_in()) {
            wipe(*request_.mutable_sign_in()->mutable_passphrase());
        } else if (request_.has_resume_session()) {
            wipe(*request_.mutable_resume_session()->mutable_device_token());
        } else if (request_.has_recover_account()) {
            wipe(*request_.mutable_recover_account()->mutable_recovery_code());
            wipe(*request_.mutable_recover_account()->mutable_new_passphrase());
        } else if (request_.has_change_passphrase()) {
            wipe(*request_.mutable_change_passphrase()->mutable_current_passphrase());
            wipe(*request_.mutable_change_passphrase()->mutable_new_passphrase());
        } else if (request_.has_join_room()) {
            wipe(*request_.mutable_join_room()->mutable_invite_code());
        } else if (request_.has_appeal()) {
            wipe(*request_.mutable_appeal()->mutable_code());
        } else if (request_.has_get_appeal()) {
            wipe(*request_.mutable_get_appeal()->mutable_code());
        } else if (request_.has_erase_account()) {
            wipe(*request_.mutable_erase_account()->mutable_passphrase());
        }
    }

  private:
    v1::Request& request_;
};

Read read_command(v1::Request& request, const crypto::CursorSealer& cursors, const Limits& limits) {
    switch (request.command_case()) {
        case v1::Request::kHello:
            return read(*request.mutable_hello());
        case v1::Request::kPing:
            return domain::Ping{};
        case v1::Request::kGetRules:
            return domain::GetRules{};
        case v1::Request::kGetDataPolicy:
            return domain::GetDataPolicy{};
        case v1::Request::kGetHelp:
            return read(*request.mutable_get_help());
        case v1::Request::kCreateAccount:
            return read(*request.mutable_create_account());
        case v1::Request::kSignIn:
            return read(*request.mutable_sign_in());
        case v1::Request::kResumeSession:
            return read(*request.mutable_resume_session());
        case v1::Request::kRecoverAccount:
            return read(*request.mutable_recover_account());
        case v1::Request::kSignOut:
            return domain::SignOut{};
        case v1::Request::kConsentToRules:
            return read(*request.mutable_consent_to_rules());
        case v1::Request::kGetMe:
            return domain::GetMe{};
        case v1::Request::kChangePassphrase:
            return read(*request.mutable_change_passphrase());
        case v1::Request::kListSessions:
            return domain::ListSessions{};
        case v1::Request::kRevokeSession:
            return read(*request.mutable_revoke_session());
        case v1::Request::kRevokeAllSessions:
            return read(*request.mutable_revoke_all_sessions());
        case v1::Request::kListRooms:
            return domain::ListRooms{};
        case v1::Request::kGetRoom:
            return read(*request.mutable_get_room());
        case v1::Request::kJoinRoom:
            return read(*request.mutable_join_room());
        case v1::Request::kLeaveRoom:
            return read(*request.mutable_leave_room());
        case v1::Request::kResumeRoom:
            return read(*request.mutable_resume_room(), cursors);
        case v1::Request::kGetRoster:
            return read(*request.mutable_get_roster());
        case v1::Request::kPostMessage:
            return read(*request.mutable_post_message(), limits);
        case v1::Request::kEditMessage:
            return read(*request.mutable_edit_message());
        case v1::Request::kRetractMessage:
            return read(*request.mutable_retract_message());
        case v1::Request::kGetHistory:
            return read(*request.mutable_get_history(), cursors);
        case v1::Request::kHearMessage:
            return read(*request.mutable_hear_message());
        case v1::Request::kRevealMessage:
            return read(*request.mutable_reveal_message());
        case v1::Request::kGetHeadsUp:
            return read(*request.mutable_get_heads_up());
        case v1::Request::kCreateRoom:
            return read(*request.mutable_create_room(), limits);
        case v1::Request::kChangeRoom:
            return read(*request.mutable_change_room(), limits);
        case v1::Request::kCloseRoom:
            return read(*request.mutable_close_room());
        case v1::Request::kGoOnDuty:
            return read(*request.mutable_go_on_duty());
        case v1::Request::kGoOffDuty:
            return read(*request.mutable_go_off_duty());
        case v1::Request::kLinkPeople:
            return read(*request.mutable_link_people());
        case v1::Request::kCreateInvite:
            return read(*request.mutable_create_invite());
        case v1::Request::kPublishRules:
            return read(*request.mutable_publish_rules(), limits);
        case v1::Request::kSetRole:
            return read(*request.mutable_set_role());
        case v1::Request::kBanAccount:
            return read(*request.mutable_ban_account());
        case v1::Request::kLiftBan:
            return read(*request.mutable_lift_ban());
        case v1::Request::kAddMute:
            return read(*request.mutable_add_mute(), limits);
        case v1::Request::kUnmute:
            return read(*request.mutable_unmute());
        case v1::Request::kBlockPeople:
            return read(*request.mutable_block_people(), limits);
        case v1::Request::kUnblock:
            return read(*request.mutable_unblock());
        case v1::Request::kListBoundaries:
            return domain::ListBoundaries{};
        case v1::Request::kSetLabelChoice:
            return read(*request.mutable_set_label_choice());
        case v1::Request::kStepAway:
            return read(*request.mutable_step_away(), limits);
        case v1::Request::kReturnFromAway:
            return read(*request.mutable_return_from_away());
        case v1::Request::kOfferContact:
            return read(*request.mutable_offer_contact());
        case v1::Request::kAnswerOffer:
            return read(*request.mutable_answer_offer());
        case v1::Request::kListContacts:
            return domain::ListContacts{};
        case v1::Request::kDisconnect:
            return read(*request.mutable_disconnect());
        case v1::Request::kSetContactsOpen:
            return read(*request.mutable_set_contacts_open());
        case v1::Request::kDecide:
            return read(*request.mutable_decide());
        case v1::Request::kListMyDecisions:
            return domain::ListMyDecisions{};
        case v1::Request::kConfirmDecision:
            return read(*request.mutable_confirm_decision());
        case v1::Request::kListUnconfirmed:
            return domain::ListUnconfirmed{};
        case v1::Request::kReport:
            return read(*request.mutable_report());
        case v1::Request::kGetReports:
            return read(*request.mutable_get_reports());
        case v1::Request::kListCases:
            return domain::ListCases{};
        case v1::Request::kOpenCase:
            return read(*request.mutable_open_case());
        case v1::Request::kClaimCase:
            return read(*request.mutable_claim_case());
        case v1::Request::kReleaseCase:
            return read(*request.mutable_release_case());
        case v1::Request::kResolveCase:
            return read(*request.mutable_resolve_case());
        case v1::Request::kDismissCase:
            return read(*request.mutable_dismiss_case());
        case v1::Request::kTapOut:
            return domain::TapOut{};
        case v1::Request::kAppeal:
            return read(*request.mutable_appeal());
        case v1::Request::kGetAppeal:
            return read(*request.mutable_get_appeal());
        case v1::Request::kPauseRoom:
            return read(*request.mutable_pause_room());
        case v1::Request::kResumeTalk:
            return read(*request.mutable_resume_talk());
        case v1::Request::kKnock:
            return read(*request.mutable_knock());
        case v1::Request::kListKnocks:
            return read(*request.mutable_list_knocks());
        case v1::Request::kAnswerKnock:
            return read(*request.mutable_answer_knock());
        case v1::Request::kCreateRoomInvite:
            return read(*request.mutable_create_room_invite());
        case v1::Request::kSetJoinPolicy:
            return read(*request.mutable_set_join_policy());
        case v1::Request::kLetSpeak:
            return read(*request.mutable_let_speak());
        case v1::Request::kListHeld:
            return read(*request.mutable_list_held());
        case v1::Request::kListHeldForReview:
            return read(*request.mutable_list_held_for_review());
        case v1::Request::kReleaseHeld:
            return read(*request.mutable_release_held());
        case v1::Request::kReturnHeld:
            return read(*request.mutable_return_held());
        case v1::Request::kTryFilters:
            return read(*request.mutable_try_filters());
        case v1::Request::kCallModerator:
            return read(*request.mutable_call_moderator());
        case v1::Request::kPointToHelp:
            return read(*request.mutable_point_to_help());
        case v1::Request::kSignUp:
            return read(*request.mutable_sign_up());
        case v1::Request::kRaiseHand:
            return read(*request.mutable_raise_hand());
        case v1::Request::kLowerHand:
            return read(*request.mutable_lower_hand());
        case v1::Request::kPassTurn:
            return read(*request.mutable_pass_turn());
        case v1::Request::kGetCircle:
            return read(*request.mutable_get_circle());
        case v1::Request::kDrawSeats:
            return read(*request.mutable_draw_seats());
        case v1::Request::kNextTurn:
            return read(*request.mutable_next_turn());
        case v1::Request::kExtendTurn:
            return read(*request.mutable_extend_turn());
        case v1::Request::kStartReflections:
            return read(*request.mutable_start_reflections());
        case v1::Request::kCloseCircle:
            return read(*request.mutable_close_circle());
        case v1::Request::kExportMyData:
            return read(*request.mutable_export_my_data(), cursors);
        case v1::Request::kEraseAccount:
            return read(*request.mutable_erase_account());
        case v1::Request::COMMAND_NOT_SET:
            break;
    }
    return refuse(Errc::unknown_command);
}

// What protobuf has to say before it ends the process is worth a line; all else is about a client's bytes.
void log_only_fatal(pb::LogLevel level, const char* file, int line, const std::string&) {
    if (level == pb::LOGLEVEL_FATAL) std::fprintf(stderr, "kindroom: protobuf gave up (%s:%d)\n", file, line);
}

}  // namespace

std::variant<Request, Unreadable> decode_request(std::span<const std::byte> bytes, Format format,
                                                 const crypto::CursorSealer& cursors, const Limits& limits) {
    if (bytes.size() > limits.frame_bytes_max) return Unreadable{.id = 0, .error = refuse(Errc::malformed)};

    // Ordinary commands fit into the block on the stack; only texts take memory from the heap.
    alignas(8) char first_block[2048];
    pb::Arena arena(first_block, sizeof first_block);
    auto& request = *pb::Arena::CreateMessage<v1::Request>(&arena);
    const Wiped wiped(request);

    std::optional<Error> trouble;
    if (format == Format::json)
        trouble = parse_json(as_text(bytes), limits, request);
    else if (!parse_binary(bytes, limits.nesting_depth_max, request))
        trouble = refuse(Errc::malformed);
    const std::uint32_t id = request.id();
    if (trouble) return Unreadable{.id = id, .error = *trouble};
    if (id == 0) return Unreadable{.id = 0, .error = Error{.code = Errc::malformed, .field = "id"}};

    // Unknown fields end here: what is read is copied field by field.
    auto command = read_command(request, cursors, limits);
    if (!command) return Unreadable{.id = id, .error = command.error()};
    return Request{.id = id, .command = std::move(*command)};
}

void silence_protobuf() { pb::SetLogHandler(log_only_fatal); }

}  // namespace kindroom::wire
