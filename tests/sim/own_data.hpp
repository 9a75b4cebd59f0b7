// Taking one's data along, and being forgotten: what these dialogues have in common.
#pragma once

#include <gtest/gtest.h>

#include "sim/deciding.hpp"

namespace kindroom::sim {

inline v1::Request export_my_data(const std::string& cursor = {}) {
    v1::Request request;
    request.mutable_export_my_data()->set_cursor(cursor);
    return request;
}

inline v1::Request erase_account(const std::string& typed = passphrase) {
    v1::Request request;
    request.mutable_erase_account()->set_passphrase(typed);
    return request;
}

class OwnData : public Deciding {
  protected:
    // Everything, and with how many answers.
    std::vector<v1::OwnPiece> taken_along(Device& device) {
        std::vector<v1::OwnPiece> pieces;
        std::string cursor;
        answers_ = 0;
        do {
            const auto reply = world_->ask(device, export_my_data(cursor));
            EXPECT_TRUE(reply.has_my_data()) << reply.ShortDebugString();
            pieces.insert(pieces.end(), reply.my_data().pieces().begin(), reply.my_data().pieces().end());
            cursor = reply.my_data().next();
            ++answers_;
        } while (!cursor.empty() && answers_ < 100);
        return pieces;
    }
    Lines words_taken_along(Device& device) {
        Lines words;
        for (const auto& piece : taken_along(device))
            if (piece.has_message()) words.push_back(piece.message().text());
        std::sort(words.begin(), words.end());
        return words;
    }
    std::string bytes_taken_along(Device& device) {
        std::string bytes;
        for (const auto& piece : taken_along(device)) bytes += piece.SerializeAsString();
        return bytes;
    }
    void erases(Device& device) {
        EXPECT_TRUE(world_->ask(device, erase_account()).has_done());
        settle();
    }

    int answers_ = 0;
};

}  // namespace kindroom::sim
