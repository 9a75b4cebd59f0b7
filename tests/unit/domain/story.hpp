// A room's story in a window, and beside it all of it in a plain list that is easy to believe.
#pragma once

#include <map>
#include <vector>

#include "domain/window.hpp"
#include "room_dialogue.hpp"

namespace kindroom::domain::test {

class Story {
  public:
    explicit Story(std::uint32_t window_steps) : window(window_steps) { window.begins_here(); }

    struct Told {
        Message message;
        bool retracted = false;
    };

    MessageId post(std::string text) { return answer(std::move(text), std::nullopt); }
    MessageId answer(std::string text, std::optional<MessageId> reply_to) {
        const auto position = Position{++head_};
        Message message{.id = an_id<MessageId>(head_),
                        .position = position,
                        .author_account = ana.account,
                        .author = ana.person(),
                        .text = std::move(text),
                        .reply_to = reply_to,
                        .posted_at = time_of(position)};
        if (reply_to) {
            const Message& answered = find(*reply_to).message;
            message.reply_to_author = answered.author_account;
            message.reply_to_position = answered.position;
            message.reply_to_posted_at = answered.posted_at;
        }
        told.push_back({message});
        add(position, MessagePosted{message});
        return message.id;
    }
    void edit(MessageId id, const std::string& text) {
        Told& message = find(id);
        add(message.message.position, MessageEdited{id, text});
        amend(message.message, MessageEdited{id, text}, steps.back().position, steps.back().at);
    }
    void retract(MessageId id) {
        Told& message = find(id);
        message.retracted = true;
        add(message.message.position, MessageRetracted{id});
    }
    Told& find(MessageId id) {
        return *std::find_if(told.begin(), told.end(), [&](const Told& one) { return one.message.id == id; });
    }
    // Something happens every second.
    static TimePoint time_of(Position position) { return from_ms(static_cast<std::int64_t>(position) * 1000); }
    Position head() const { return Position{head_}; }

    View view(Horizon horizon = {}) const { return {visibility_, the_room, horizon}; }
    std::optional<HistoryPage> newest_page(std::uint32_t limit, Horizon horizon = {}) const {
        return window.page({.from = Position{UINT64_MAX}, .limit = limit, .bytes_max = 1'000'000}, view(horizon));
    }

    RoomWindow window;
    std::vector<Told> told;
    std::vector<RoomStep> steps;

  private:
    template <class What>
    void add(Position about, What what) {
        if constexpr (!std::is_same_v<What, MessagePosted>) ++head_;
        const RoomStep step{.room = the_room,
                            .position = Position{head_},
                            .author = ana.account,
                            .about = about,
                            .at = time_of(Position{head_}),
                            .about_at = time_of(about),
                            .what = what};
        steps.push_back(step);
        window.add(step);
    }

    std::uint64_t head_ = 0;
    Visibility visibility_{ana.account};
};

// What somebody who follows a room holds: the messages they were given, as they now read.
class Follower {
  public:
    void follow(const RoomStep& step) {
        if (const auto* posted = std::get_if<MessagePosted>(&step.what))
            texts.emplace(posted->message.id, posted->message.text);
        else if (const auto* edited = std::get_if<MessageEdited>(&step.what)) {
            if (const auto found = texts.find(edited->message); found != texts.end()) found->second = edited->text;
        } else {
            texts.erase(std::get<MessageRetracted>(step.what).message);
        }
    }
    std::map<MessageId, std::string> texts;
};

}  // namespace kindroom::domain::test
