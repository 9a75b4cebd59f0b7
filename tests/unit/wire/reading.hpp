// Shorthand of the decoder's tests.
#pragma once

#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "support/wire_samples.hpp"
#include "wire/decode.hpp"

namespace kindroom::wire {

using Decoded = std::variant<Request, Unreadable>;

inline Decoded decode(std::string_view bytes, Format format = Format::binary, const Limits& limits = {}) {
    return decode_request(as_bytes(bytes), format, samples::cursors(), limits);
}

inline std::string json_of(const v1::Request& request) {
    std::string json;
    EXPECT_TRUE(google::protobuf::util::MessageToJsonString(request, &json).ok());
    return json;
}

// The example of that name, to be read as it is or changed first.
inline v1::Request sample(std::string_view name) {
    for (auto& [sample_name, request] : samples::commands())
        if (sample_name == name) return request;
    ADD_FAILURE() << "no sample " << name;
    return {};
}

// The command that a request is read as, in both formats; fails unless both can be read.
template <class Command>
void expect_read(const v1::Request& request, void (*check)(const Command&)) {
    for (const auto format : {Format::binary, Format::json}) {
        const auto decoded = decode(format == Format::binary ? request.SerializeAsString() : json_of(request), format);
        const auto* read = std::get_if<Request>(&decoded);
        ASSERT_NE(read, nullptr);
        EXPECT_EQ(read->id, request.id());
        const auto* command = std::get_if<Command>(&read->command);
        ASSERT_NE(command, nullptr);
        check(*command);
    }
}

// Code and field of the refusal, "" if it was read; the same in both formats.
inline std::string refusal(const Decoded& decoded) {
    const auto* unreadable = std::get_if<Unreadable>(&decoded);
    if (unreadable == nullptr) return "";
    return std::to_string(static_cast<int>(unreadable->error.code)) + " " + unreadable->error.field;
}
inline std::string refusal(const v1::Request& request) {
    const auto binary = decode(request.SerializeAsString());
    EXPECT_EQ(refusal(binary), refusal(decode(json_of(request), Format::json)));
    const auto* unreadable = std::get_if<Unreadable>(&binary);
    if (unreadable != nullptr) {
        EXPECT_EQ(unreadable->id, request.id());
    }
    return refusal(binary);
}

inline std::string bad(const std::string& field) { return "2 " + field; }

// Every way in which an id can be wrong.
inline const std::vector<std::string>& wrong_ids() {
    static const std::vector<std::string> all{{},
                                              std::string(1, 'x'),
                                              std::string(15, 'x'),
                                              std::string(17, 'x'),
                                              std::string(16, '\0'),
                                              std::string(4'000, 'x')};
    return all;
}

// All of them tried on the field of a sample that holds an id.
inline void expect_id_is_checked(const char* name, const char* field, bool may_be_empty = false) {
    for (const auto& wrong : wrong_ids()) {
        auto request = sample(name);
        const auto* oneof = request.GetDescriptor()->FindOneofByName("command");
        const auto* command = request.GetReflection()->GetOneofFieldDescriptor(request, oneof);
        auto* body = request.GetReflection()->MutableMessage(&request, command);
        body->GetReflection()->SetString(body, body->GetDescriptor()->FindFieldByName(field), wrong);
        const bool fine = wrong.empty() && may_be_empty;
        EXPECT_EQ(refusal(request), fine ? "" : bad(field)) << name << " with " << wrong.size() << " bytes";
    }
}

}  // namespace kindroom::wire
