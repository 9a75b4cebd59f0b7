// What a room does when somebody's account is erased: for others they have left and taken their words along.
#include "actors/home.hpp"
#include "actors/room_actor.hpp"

namespace kindroom::actors {

using namespace domain;

void RoomActor::erase(AccountId account, DataKeyId key) {
    when_loaded([this, account, key](const Result<void>& loaded) {
        // It stays on the store's list, and comes again.
        if (!loaded || state_ != State::ready) return;
        Work work{.from = {}, .changes = {}, .on_durable = {}};
        const bool was_on_duty = room_->attendance().is_on_duty(account, home_.now());
        if (const auto left = room_->decide_leave(account, home_.now())) {
            room_->apply(*left);
            // Kept as for any who leave: on it depends how long contact can be offered to them.
            work.changes.push_back(store::EndMembership{.room = id_, .account = account, .left_at = left->at});
        }
        room_->forget_names(account);
        codec_->forget(key);
        for (const MessageId held : room_->held_by(account)) {
            work.changes.push_back(store::DeleteHeld{.room = id_, .message = held});
            room_->forget_held(held);
            held_records_.erase(held);
        }
        work.on_durable = [this, account, was_on_duty,
                           before = next(room_->head())](bus::Publications& publications) {
            stop_listening(account);
            if (was_on_duty) publish_card(publications);
            tell_duty();
            take_words_along({.to = {}, .account = account, .ends_erasure = true}, before);
        };
        make_durable(std::move(work));
    });
}

}  // namespace kindroom::actors
