// How a message is known again without decoding what it came in: each text begins with a mark, whose it is and which
// one of theirs. Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace kindroom::bench {

struct Tag {
    std::uint32_t author = 0;
    std::uint32_t number = 0;
    friend bool operator==(const Tag&, const Tag&) = default;
};

// Letters and blanks, so that it is written alike in protobuf and in JSON, and no filter takes it for a number.
std::string text_of(Tag tag, std::size_t bytes);

// The first tag in these bytes at or after `from`, which then stands behind it.
std::optional<Tag> next_tag(std::string_view bytes, std::size_t& from);

// Each event of a Batch in protobuf, undecoded, in order.
void for_each_event(std::string_view batch, const std::function<void(std::string_view)>& act);
// Whether such an event is a step of a room.
bool is_room_event(std::string_view event);

}  // namespace kindroom::bench
