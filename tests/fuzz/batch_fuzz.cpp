// Frames from a server that is not ours, read by the client library: whatever they say, its keeper goes on, each of its
// requests is answered at most once, and it asks for nothing that its user may not.
#include <cstddef>
#include <cstdint>
#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/util/json_util.h>
#include <set>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "lib/keeper.hpp"
#include "lib/line.hpp"

namespace kindroom::client {
namespace {

class User {
  public:
    User() {
        v1::Request hello;
        hello.mutable_hello()->set_protocol_version(1);
        ask(hello);
        carry_out(keeper_.opened());
        v1::Request sign_in;
        sign_in.mutable_sign_in()->set_login_id("amber-heron-4127");
        ask(sign_in);
        for (const char* room : {"0123456789abcdef", "fedcba9876543210"}) {
            v1::Request join;
            join.mutable_join_room()->set_room_id(room);
            ask(join);
            v1::Request post;
            post.mutable_post_message()->set_room_id(room);
            ask(post);
        }
    }

    void hear(const v1::Event& event) { carry_out(keeper_.received(event)); }
    void lose_the_connection(std::uint16_t code) {
        carry_out(keeper_.ended({.kind = EndKind::closed_by_server, .close_code = code, .words = "x"}));
    }

  private:
    void ask(v1::Request& request) {
        request.set_id(++last_id_);
        waits_.insert(last_id_);
        carry_out(keeper_.ask(request));
    }

    void carry_out(const Keeper::Actions& actions) {
        for (const auto& action : actions) {
            if (const auto* send = std::get_if<Keeper::Send>(&action)) KINDROOM_ASSERT(send->request.id() != 0);
            if (const auto* back = std::get_if<Keeper::ComeBackIn>(&action)) {
                KINDROOM_ASSERT(back->wait.count() >= 0);
                comes_back_ = true;
            }
            if (std::holds_alternative<Keeper::OpenAgain>(action)) comes_back_ = true;
            if (std::holds_alternative<Keeper::GiveUp>(action)) has_given_up_ = true;
            if (const auto* lost = std::get_if<Keeper::Unanswered>(&action)) answered(lost->request_id);
            if (const auto* deliver = std::get_if<Keeper::Deliver>(&action); deliver && deliver->event.has_reply())
                answered(deliver->event.reply().request_id());
        }
        if (!comes_back_ || has_given_up_) return;
        comes_back_ = false;
        carry_out(keeper_.opened());
    }

    // The keeper passes on some answers to its own requests, which have greater ids; of the user's, each only once.
    void answered(std::uint32_t id) {
        if (id > last_id_ || id == 0) return;
        KINDROOM_ASSERT(waits_.erase(id) == 1);
    }

    Keeper keeper_{{.backoff = {}, .give_up_after = {}, .follow_rooms = true}};
    std::uint32_t last_id_ = 0;
    std::set<std::uint32_t> waits_;
    bool comes_back_ = false;
    bool has_given_up_ = false;
};

}  // namespace
}  // namespace kindroom::client

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace client = kindroom::client;
    google::protobuf::SetLogHandler(nullptr);
    kindroom::v1::Batch batch;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (size > 0 && data[0] == '{') {
        google::protobuf::util::JsonParseOptions lenient;
        lenient.ignore_unknown_fields = true;
        (void)google::protobuf::util::JsonStringToMessage({bytes.data(), bytes.size()}, &batch, lenient);
    } else if (!batch.ParseFromArray(data, static_cast<int>(size))) {
        return 0;
    }
    client::User user;
    for (const auto& event : batch.event()) {
        user.hear(event);
        // Some connections end here; in what way, the event says.
        if (event.has_come_back()) user.lose_the_connection(4000);
        if (event.reply().error().code() == kindroom::v1::ERROR_CODE_UNAVAILABLE) user.lose_the_connection(0);
    }
    return 0;
}
