// A room and the people in it, so that a test reads as what they say and what they are answered.
#pragma once

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <string>

#include "domain/room.hpp"
#include "domain/window.hpp"
#include "support/virtual_clock.hpp"

namespace kindroom::domain::test {

// An id that is easily told from others of its kind.
template <class Id>
Id an_id(std::uint64_t number) {
    std::array<std::uint8_t, Id::size> bytes{};
    for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
    bytes.back() = 1;
    return Id(bytes);
}

inline const RoomId the_room = an_id<RoomId>(7);

// Somebody who asks; `ana.moderating()` is the same person with a role.
struct Somebody {
    AccountId account;
    std::string name;
    Standing standing{};
    bool newcomer = false;
    Visibility::Parts boundaries{};

    VisibilityPtr visibility() const { return std::make_shared<const Visibility>(account, boundaries); }
    Asker asker() const {
        return {.account = account, .standing = standing, .visibility = visibility(), .is_newcomer = newcomer};
    }
    Person person(Voice voice = Voice::person) const {
        return {.token = token(), .name = name, .sign = "", .voice = voice};
    }
    PersonToken token() const {
        std::array<std::uint8_t, 16> bytes{};
        std::memcpy(bytes.data(), account.bytes().data(), bytes.size());
        return PersonToken(bytes);
    }
    // The same person, with a darkness between them and another one.
    Somebody apart_from(const Somebody& other, Dark dark) const {
        Somebody same = *this;
        same.boundaries.edges[other.account] = std::make_shared<const Edge>(Edge{std::move(dark)});
        return same;
    }
    Somebody moderating() const {
        Somebody same = *this;
        same.standing.role = Role::moderator;
        return same;
    }
    Somebody as_newcomer() const {
        Somebody same = *this;
        same.newcomer = true;
        return same;
    }
};

// What somebody lives with who has blocked another one, or was blocked by them.
inline Dark chosen(TimePoint from, TimePoint until = never) {
    return {.side = Dark::Side::chosen, .from = from, .until = until, .received = {}};
}
inline Dark met(TimePoint from, Position received, TimePoint until = never) {
    return {.side = Dark::Side::met, .from = from, .until = until, .received = {{the_room, received}}};
}

inline const Somebody ana{an_id<AccountId>(1), "Ana"};
inline const Somebody ben{an_id<AccountId>(2), "Ben"};
inline const Somebody cleo{an_id<AccountId>(3), "Cleo"};

// Decides and applies at once, as the actor does; `clock` is the test's.
class RoomDialogue {
  public:
    explicit RoomDialogue(RoomSettings settings = {.topic = "Grief", .seats = 12}, Limits with = {})
        : limits(with), room(the_room, std::move(settings), RoomState::open, Position{0}, limits) {}

    TimePoint now() const { return clock.now(); }
    void pass(Duration time) { clock.move_to(clock.now() + time); }

    Result<void> join(const Somebody& who) {
        auto joined = room.decide_join(who.asker(), who.person(), now());
        if (!joined) return joined.error();
        room.apply(*joined);
        room.presence().device_came(who.account);
        return {};
    }
    void leave(const Somebody& who) {
        if (auto left = room.decide_leave(who.account, now())) room.apply(*left);
    }
    Result<MessageId> post(const Somebody& who, std::string text, Voice voice = Voice::person) {
        return post(who, PostMessage{.room = the_room, .text = std::move(text), .voice = voice});
    }
    Result<MessageId> post(const Somebody& who, const PostMessage& command) {
        const auto id = an_id<MessageId>(++messages);
        auto step = room.decide_post(command, who.asker(), who.person(command.voice), id, now());
        if (!step) return step.error();
        room.apply(*step);
        last = *step;
        said[id] = last_message();
        return id;
    }
    Result<MessageId> answer(const Somebody& who, MessageId to, std::string text) {
        return post(who, PostMessage{.room = the_room, .text = std::move(text), .reply_to = to});
    }
    Result<void> edit(const Somebody& who, MessageId message, std::string text) {
        const auto present = said.find(message);
        auto step = room.decide_edit({.room = the_room, .message = message, .text = std::move(text)}, who.asker(),
                                     present == said.end() ? nullptr : &present->second, now());
        if (!step) return step.error();
        room.apply(*step);
        last = *step;
        amend(present->second, std::get<MessageEdited>(step->what), step->position, step->at);
        return {};
    }
    // Whether anything was taken back.
    Result<bool> retract(const Somebody& who, MessageId message) {
        auto step = room.decide_retract({.room = the_room, .message = message}, who.asker(), now());
        if (!step) return step.error();
        if (!*step) return false;
        room.apply(**step);
        last = **step;
        return true;
    }
    // Accepted now, shown when its breath is over.
    Result<MessageId> hold(const Somebody& who, const PostMessage& command) {
        const auto id = an_id<MessageId>(++messages);
        auto post = room.decide_hold(command, who.asker(), who.person(command.voice), id, now());
        if (!post) return post.error();
        room.apply(*post);
        return id;
    }
    Result<Message> release(MessageId message) {
        auto step = room.decide_release(message, now());
        if (!step) return step.error();
        room.apply(*step);
        last = *step;
        return last_message();
    }
    const Message& last_message() const { return std::get<MessagePosted>(last.what).message; }

    Limits limits;
    kindroom::test::VirtualClock clock;
    Room room;
    RoomStep last;
    std::map<MessageId, Message> said;
    std::uint64_t messages = 0;
};

// What a refusal says; `nothing` when there was none.
inline constexpr Errc nothing{};
template <class T>
Errc refusal(const Result<T>& result) {
    return result ? nothing : result.error().code;
}

}  // namespace kindroom::domain::test
