// How people speak of a message on the screen: each line has a mark of one or two letters, a to z, then aa to zz, then
// from the beginning. A mark is this screen's own; it says nothing about the room or the server.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kindroom/v1/types.pb.h"

namespace kindroom::cli {

// a, b ... z, aa, ab ... zz.
std::string letters(std::size_t index);
std::optional<std::size_t> read_letters(std::string_view mark);

class Marks {
  public:
    static constexpr std::size_t size = 26 + 26 * 26;

    struct Message {
        std::string room_id;
        std::string message_id;
        v1::Person author{};
    };

    // The mark of a message; the one it has already, or the next free one.
    std::string mark(const Message& message);
    // The mark of a message if it is still on record; else empty.
    std::string find(const std::string& message_id) const;
    // What a mark stands for. Case does not matter.
    std::optional<Message> read(std::string_view mark) const;
    // The message is gone.
    void forget(const std::string& message_id);
    // A person is nobody's to refer to any more, in a room; or a whole room is.
    void forget_author(const std::string& room_id, const std::string& token);
    void forget_room(const std::string& room_id);
    // Those whose messages of a room have marks, each once, the newest first.
    std::vector<v1::Person> authors(const std::string& room_id) const;

  private:
    template <class Goes>
    void forget_where(Goes goes);

    std::array<std::optional<Message>, size> messages_;
    std::unordered_map<std::string, std::size_t> places_;
    std::size_t next_ = 0;
};

}  // namespace kindroom::cli
