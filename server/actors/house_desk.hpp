// What there is only one of in the house: its rules, its policy and help directory, its list of rooms, its invites.
// Owner: the front shard. What it changes is durable first, then every shard gets a new Notice, then whoever asked is
// answered.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>

#include "actors/identity.hpp"
#include "actors/notice.hpp"
#include "base/task.hpp"
#include "filters/filter_set.hpp"
#include "store/records.hpp"

namespace kindroom::actors {

class Home;

// Texts that the operator keeps in files.
struct HouseTexts {
    std::vector<domain::Rule> rules;
    std::string data_policy;
    domain::HelpDirectory help;
    filters::FilterSetPtr filters;
};

class HouseDesk {
  public:
    explicit HouseDesk(Home& home) : home_(home) {}

    // Loads rules and rooms, takes in the operator's texts, then calls `ready` with whether the house can open; false
    // when the store cannot be read.
    void open(HouseTexts texts, MoveOnlyFunction<void(bool)> ready);
    // The operator's files were read again. Rules that differ from the last ones read become a new version.
    void take_in(HouseTexts texts, MoveOnlyFunction<void(bool)> done);

    void create_room(ReturnTo from, IdentityPtr who, domain::CreateRoom command);
    void create_invite(ReturnTo from, IdentityPtr who, domain::CreateInvite command);
    void publish_rules(ReturnTo from, IdentityPtr who, domain::PublishRules command);
    // From somebody in a room where no moderator is on duty, or in none: those on duty anywhere are told.
    void call_moderator(ReturnTo from, AccountId account, std::optional<RoomId> room);
    // Whether anybody is on duty.
    bool page_house(std::optional<RoomId> room);
    // An account is being erased: sees to it that every room takes back its words, whatever happens meanwhile.
    void look_after_erasures();
    // Told by a room whenever its card changes. Direct rooms are in no list.
    void room_changed(const domain::RoomCard& card);

  private:
    void load_rooms(MoveOnlyFunction<void(bool)> then);
    void open_cases(HouseTexts texts, MoveOnlyFunction<void(bool)> ready);
    // `who`: null if they are those of the operator's file.
    void put_rules(IdentityPtr who, std::vector<domain::Rule> rules, SecretHash file_digest,
                   MoveOnlyFunction<void(bool)> then);
    SecretHash digest_of(const std::vector<domain::Rule>& rules) const;
    // Hands the notice to every shard, then runs `then` here.
    void hang_up(Notice notice, Task then);
    void sweep();
    void sweep(RoomId room);
    void go_on_with_erasures();

    Home& home_;
    SecretHash file_digest_;
    // Who called lately.
    std::map<AccountId, TimePoint> called_;
    bool is_publishing_ = false;
    bool looks_after_erasures_ = false;
    std::deque<Task> waiting_;
};

}  // namespace kindroom::actors
