#include "wire/decode_json.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include "kindroom/v1/frames.pb.h"

namespace kindroom::wire {
namespace {

namespace pb = google::protobuf;

// Whether the brackets nest deeper, or there are more things in them, than any request needs; asked before protobuf's
// parser sees them, since it recurses and spends a microsecond on each. It knows texts in single quotes too because the
// parser takes them: otherwise a quote in the other kind would hide brackets.
bool is_too_much(std::string_view json, const Limits& limits) {
    // At least 16 bytes for each thing, on average over the longest frame.
    const auto things_max = limits.frame_bytes_max / 16;
    std::uint32_t open = 0;
    std::uint32_t things = 0;
    char quote = 0;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (quote != 0) {
            if (c == '\\') ++i;
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '{' || c == '[') {
            // The request's own bracket is not a level within it.
            if (++open > limits.nesting_depth_max + 1 || ++things > things_max) return true;
        } else if ((c == '}' || c == ']') && open > 0) {
            --open;
        } else if (c == ',' && ++things > things_max) {
            return true;
        }
    }
    return false;
}

// The name of a field that holds an enumerator nobody knows, or null. Recursion is bounded by the proto's own depth.
const char* unknown_enumerator(const pb::Struct& object, const pb::Descriptor& type);

const char* unknown_enumerator(const pb::Value& value, const pb::FieldDescriptor& field) {
    if (value.has_list_value()) {
        for (const auto& item : value.list_value().values())
            if (const char* name = unknown_enumerator(item, field)) return name;
        return nullptr;
    }
    if (field.enum_type() != nullptr && value.kind_case() == pb::Value::kStringValue)
        return field.enum_type()->FindValueByName(value.string_value()) ? nullptr : field.name().c_str();
    if (field.message_type() != nullptr && value.has_struct_value())
        return unknown_enumerator(value.struct_value(), *field.message_type());
    return nullptr;
}

const char* unknown_enumerator(const pb::Struct& object, const pb::Descriptor& type) {
    for (const auto& [key, value] : object.fields()) {
        const auto* field = type.FindFieldByCamelcaseName(key);
        if (field == nullptr) field = type.FindFieldByName(key);
        if (field == nullptr) continue;
        if (const char* name = unknown_enumerator(value, *field)) return name;
    }
    return nullptr;
}

}  // namespace

std::optional<Error> parse_json(std::string_view json, const Limits& limits, v1::Request& request) {
    if (is_too_much(json, limits)) return refuse(Errc::malformed);
    const pb::StringPiece text(json.data(), json.size());
    pb::util::JsonParseOptions options;
    if (pb::util::JsonStringToMessage(text, &request, options).ok()) return std::nullopt;

    // Most likely there is a field that a later version knows. Skipping those, protobuf also skips enumerators that it
    // does not know: a moderator's post with a misspelt voice would go out under the private name. So they are looked
    // for.
    options.ignore_unknown_fields = true;
    if (!pb::util::JsonStringToMessage(text, &request, options).ok()) return refuse(Errc::malformed);
    pb::Struct object;
    if (!pb::util::JsonStringToMessage(text, &object).ok()) return refuse(Errc::malformed);
    if (const char* name = unknown_enumerator(object, *v1::Request::descriptor())) return bad_field(name);
    return std::nullopt;
}

}  // namespace kindroom::wire
