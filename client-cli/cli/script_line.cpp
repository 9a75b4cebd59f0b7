#include "cli/script_line.hpp"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <set>

#include "cli/nearest.hpp"

namespace kindroom::cli {

namespace {

using google::protobuf::Struct;
using google::protobuf::Value;

const std::set<std::string_view> waitable{
    "roomEvent", "posted", "edited", "retracted", "rosterChanged", "roomChanged", "rulesChanged", "roleChanged",
    "sessionEnded", "comeBack", "wordsHeard", "messageReturned", "contactOffered", "closed", "decisionMade",
    "decisionConfirmed", "decisionLapsed", "decisionReversed", "caseWaiting", "reportAnswered", "appealAnswered",
    "knockHeard", "doorOpened", "waveNoticed", "listeningChanged", "circleChanged", "notSeated",
    "heldWaiting", "heldSettled", "moderatorNeeded", "helpOffered", "filtersActed"};

ScriptLine read_wait(const Struct& object) {
    WaitFor wait;
    for (const auto& [key, value] : object.fields()) {
        if (key == "wait" && value.kind_case() == Value::kStringValue) {
            wait.what = value.string_value();
        } else if (key == "containing" && value.kind_case() == Value::kStringValue) {
            wait.containing = value.string_value();
        } else if ((key == "timeoutMs" || key == "timeout_ms") && value.kind_case() == Value::kNumberValue &&
                   value.number_value() >= 0 && value.number_value() <= 86'400'000) {
            wait.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(value.number_value()));
        } else {
            return Wrong{"\"wait\" does not go with this \"" + key + "\""};
        }
    }
    if (!waitable.contains(wait.what)) return Wrong{"there is nothing called \"" + wait.what + "\" to wait for"};
    return wait;
}

// Whether some string field of the message, however deep, contains the text.
bool contains(const google::protobuf::Message& message, const std::string& text) {
    using Field = google::protobuf::FieldDescriptor;
    const auto* reflection = message.GetReflection();
    std::vector<const Field*> fields;
    reflection->ListFields(message, &fields);
    for (const Field* field : fields) {
        const int size = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
        for (int i = 0; i < size; ++i) {
            if (field->type() == Field::TYPE_STRING) {
                const std::string value = field->is_repeated() ? reflection->GetRepeatedString(message, field, i)
                                                               : reflection->GetString(message, field);
                if (value.find(text) != std::string::npos) return true;
            } else if (field->cpp_type() == Field::CPPTYPE_MESSAGE) {
                if (contains(field->is_repeated() ? reflection->GetRepeatedMessage(message, field, i)
                                                  : reflection->GetMessage(message, field),
                             text)) {
                    return true;
                }
            }
        }
    }
    return false;
}

}  // namespace

ScriptLine read_script_line(std::string_view line) {
    const std::string text(trim(line));
    if (text.empty() || text.starts_with('#')) return Nothing{};
    Struct object;
    if (const auto status = google::protobuf::util::JsonStringToMessage(text, &object); !status.ok()) {
        return Wrong{"this is not a JSON object"};
    }
    if (object.fields().contains("wait")) return read_wait(object);
    if (const auto drop = object.fields().find("drop"); drop != object.fields().end()) {
        if (object.fields_size() == 1 && drop->second.bool_value()) return Drop{};
        return Wrong{"\"drop\" stands alone and is true"};
    }
    v1::Request request;
    if (const auto status = google::protobuf::util::JsonStringToMessage(text, &request); !status.ok()) {
        return Wrong{"this is not a Request: " + status.ToString()};
    }
    if (request.command_case() == v1::Request::COMMAND_NOT_SET) return Wrong{"this Request has no command"};
    if (request.id() >= 0x8000'0000) return Wrong{"ids of requests end at 2147483647"};
    return request;
}

bool fulfils(const WaitFor& wait, const v1::Event& event) {
    bool kind = false;
    switch (event.kind_case()) {
        case v1::Event::kRoomEvent:
            switch (event.room_event().step_case()) {
                case v1::RoomEvent::kPosted:
                    kind = wait.what == "posted";
                    break;
                case v1::RoomEvent::kEdited:
                    kind = wait.what == "edited";
                    break;
                case v1::RoomEvent::kRetracted:
                    kind = wait.what == "retracted";
                    break;
                case v1::RoomEvent::STEP_NOT_SET:
                    break;
            }
            kind = kind || wait.what == "roomEvent";
            break;
        case v1::Event::kRosterChanged:
            kind = wait.what == "rosterChanged";
            break;
        case v1::Event::kRoomChanged:
            kind = wait.what == "roomChanged";
            break;
        case v1::Event::kRulesChanged:
            kind = wait.what == "rulesChanged";
            break;
        case v1::Event::kRoleChanged:
            kind = wait.what == "roleChanged";
            break;
        case v1::Event::kSessionEnded:
            kind = wait.what == "sessionEnded";
            break;
        case v1::Event::kComeBack:
            kind = wait.what == "comeBack";
            break;
        case v1::Event::kWordsHeard:
            kind = wait.what == "wordsHeard";
            break;
        case v1::Event::kMessageReturned:
            kind = wait.what == "messageReturned";
            break;
        case v1::Event::kContactOffered:
            kind = wait.what == "contactOffered";
            break;
        case v1::Event::kDecisionMade:
            kind = wait.what == "decisionMade";
            break;
        case v1::Event::kDecisionConfirmed:
            kind = wait.what == "decisionConfirmed";
            break;
        case v1::Event::kDecisionLapsed:
            kind = wait.what == "decisionLapsed";
            break;
        case v1::Event::kDecisionReversed:
            kind = wait.what == "decisionReversed";
            break;
        case v1::Event::kCaseWaiting:
            kind = wait.what == "caseWaiting";
            break;
        case v1::Event::kReportAnswered:
            kind = wait.what == "reportAnswered";
            break;
        case v1::Event::kAppealAnswered:
            kind = wait.what == "appealAnswered";
            break;
        case v1::Event::kKnockHeard:
            kind = wait.what == "knockHeard";
            break;
        case v1::Event::kDoorOpened:
            kind = wait.what == "doorOpened";
            break;
        case v1::Event::kWaveNoticed:
            kind = wait.what == "waveNoticed";
            break;
        case v1::Event::kListeningChanged:
            kind = wait.what == "listeningChanged";
            break;
        case v1::Event::kHeldWaiting:
            kind = wait.what == "heldWaiting";
            break;
        case v1::Event::kHeldSettled:
            kind = wait.what == "heldSettled";
            break;
        case v1::Event::kModeratorNeeded:
            kind = wait.what == "moderatorNeeded";
            break;
        case v1::Event::kHelpOffered:
            kind = wait.what == "helpOffered";
            break;
        case v1::Event::kFiltersActed:
            kind = wait.what == "filtersActed";
            break;
        case v1::Event::kCircleChanged:
            kind = wait.what == "circleChanged";
            break;
        case v1::Event::kNotSeated:
            kind = wait.what == "notSeated";
            break;
        case v1::Event::kReply:
        case v1::Event::KIND_NOT_SET:
            break;
    }
    return kind && (wait.containing.empty() || contains(event, wait.containing));
}

std::string to_json_line(const v1::Event& event) {
    std::string json;
    if (!google::protobuf::util::MessageToJsonString(event, &json).ok()) return "{}";
    return json;
}

}  // namespace kindroom::cli
