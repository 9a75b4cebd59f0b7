// Stands at the door as well: what waits for a moderator is never lost, comes back with its words, and waits for a
// reason that is told; and whoever cries for help is not held for it.
#pragma once

#include <map>
#include <set>
#include <string>

#include "sim/world.hpp"

namespace kindroom::sim {

class HoldWatch {
  public:
    explicit HoldWatch(SimWorld& world) : world_(world) {}

    // -- what the people do --
    // Somebody who is never on duty posts something.
    void asks(const v1::PostMessage& post, const Connection* line) { asked_.insert_or_assign(post.client_key(), line); }
    // Their own: it may be gone from now on.
    void takes_back(const std::string& message) { taken_back_.insert(id_from<MessageId>(message)); }
    // The house looks for something else.
    void filters_change() { changed_at_ = world_.ground().clock.now(); }

    void sees(const Connection& connection, const v1::Batch& batch);
    // Whether all that waits, or came back, is there as it was. At any moment.
    void check_kept();

    std::size_t held() const { return held_.size(); }
    std::size_t by_filters() const { return by_filters_; }

  private:
    struct Held {
        RoomId room;
        std::string text;
        TimePoint until{};
    };

    void sees_accepted(const Connection& connection, const v1::PostMessage& post, const v1::MessageAccepted& accepted);
    void sees_returned(const v1::MessageReturned& returned);
    void check_hold(const v1::PostMessage& post, const v1::Hold& hold, bool is_settled);
    void check_not_held(const Connection& connection, const v1::PostMessage& post);
    std::optional<std::string> text_of(RoomId room, const store::HeldRecord& held,
                                       const std::vector<store::WrappedKey>& keys) const;
    void violation(const std::string& what) { world_.witness().violation(what); }

    SimWorld& world_;
    std::map<MessageId, Held> held_;
    std::set<MessageId> taken_back_;
    // By the post's key: over which line it was first asked.
    std::map<std::string, const Connection*> asked_;
    TimePoint changed_at_{};
    std::size_t by_filters_ = 0;
};

}  // namespace kindroom::sim
