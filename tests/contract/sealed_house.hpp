// A house as it lies on the disk: real keys, real seals, a database with its log, and a key ring. For tests of what can
// still be read of it.
#pragma once

#include <future>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "crypto/vault.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "support/store_records.hpp"
#include "support/temporary_folder.hpp"
#include "support/thread_scheduler.hpp"
#include "support/virtual_clock.hpp"

namespace kindroom::test {

// Somebody, or a room's day: a data key by its id.
struct Keeper {
    DataKeyId id;
    crypto::DataKey key;
};

class SealedHouse {
  public:
    // The first of these days begins at a_day.
    static constexpr TimePoint day(int number) { return a_day + std::chrono::days(number); }

    SealedHouse() : master_(std::get<crypto::MasterKey>(crypto::MasterKey::create_file(file("master.key"), random_))) {
        config_.store.path = file("kindroom.db");
        config_.keys.master_key_file = file("master.key");
        config_.keys.ring_file = file("kindroom.ring");
        start();
        const auto print = master_.fingerprint();
        commit({store::PutMeta{"master_key", Bytes(print.begin(), print.end())}, store::PutRoom{a_room(1)}});
    }

    void start() {
        auto opened = open(file("kindroom.db"), file("kindroom.ring"));
        ASSERT_TRUE(std::holds_alternative<std::unique_ptr<store::SqliteStore>>(opened)) << std::get<1>(opened);
        store_ = std::move(std::get<0>(opened));
    }
    void stop() { store_.reset(); }
    // The server's own way to open a database, here or elsewhere.
    std::variant<std::unique_ptr<store::SqliteStore>, std::string> open(const std::string& database,
                                                                        const std::string& ring) {
        return store::SqliteStore::open({.path = database, .audit_key = a_chain_key(), .ring = ring}, clock_,
                                        [](std::string_view sentence) { ADD_FAILURE() << sentence; });
    }

    template <class T, class Question>
    T ask(Question question) {
        std::promise<Result<T>> answer;
        question(store::Then<T>([&](Result<T> result) { answer.set_value(std::move(result)); }));
        return answer.get_future().get().value();
    }
    void commit(std::vector<store::Change> changes) {
        ask<store::Committed>([&](auto then) { store_->commit({std::move(changes)}, home_, std::move(then)); });
    }
    store::LoadedRoom load_room(store::Store& store) {
        return ask<std::optional<store::LoadedRoom>>([&](auto then) {
                   store.load_room({.room = room, .window_steps = 1'000, .accepted_since = {}}, home_, std::move(then));
               })
            .value();
    }

    Keeper new_key() { return {random_.id<DataKeyId>(), crypto::DataKey::make(random_)}; }
    store::InsertKey keeping(const Keeper& made, RoomId of_room = {}, TimePoint destroy_at = never) {
        return {{.id = made.id,
                 .room = of_room,
                 .destroy_at = destroy_at,
                 .wrapped = crypto::Vault(master_).wrap(made.key, made.id, random_)}};
    }
    Keeper key(RoomId of_room = {}, TimePoint destroy_at = never) {
        const Keeper made = new_key();
        commit({keeping(made, of_room, destroy_at)});
        return made;
    }
    // An account with its key, in the room.
    Keeper person(std::uint64_t number) {
        const auto made = key();
        auto account = an_account(number);
        account.person_key = made.id;
        commit({store::PutAccount{account}, store::PutMembership{{.room = room, .account = account.id, .name = {}}}});
        return made;
    }
    void say(std::uint64_t author, const Keeper& person, const Keeper& place, const std::string& words) {
        auto message = a_message(room, ++said_);
        message.author = an_account(author).id;
        message.content = {
            .place_key = place.id,
            .person_key = person.id,
            .box = crypto::Vault::seal(words, &place.key, &person.key,
                                       {.room = room, .message = message.id, .kind = "content"}, random_)};
        commit({store::InsertMessage{message}});
    }

    // All words of the room that can be read in this store with this master key.
    std::vector<std::string> readable(store::Store& store, const crypto::MasterKey& master) {
        const auto loaded = load_room(store);
        const crypto::Vault vault(master);
        std::vector<std::string> words;
        const auto key_of = [&](DataKeyId id) -> std::optional<crypto::DataKey> {
            for (const auto& wrapped : loaded.keys)
                if (wrapped.id == id) return vault.unwrap(wrapped.wrapped, id);
            return std::nullopt;
        };
        for (const auto& step : loaded.window) {
            const auto place = key_of(step.message.content.place_key);
            const auto person = key_of(step.message.content.person_key);
            if (!place || !person) continue;
            const auto text = crypto::Vault::open(step.message.content.box, &*place, &*person,
                                                  {.room = room, .message = step.message.id, .kind = "content"});
            if (text) words.push_back(*text);
        }
        return words;
    }
    std::vector<std::string> readable() { return readable(*store_, master_); }

    store::SqliteStore& store() { return *store_; }
    const crypto::MasterKey& master() const { return master_; }
    const config::Config& config() const { return config_; }
    std::string file(const std::string& name) const { return folder_.file(name); }
    Scheduler& home() { return home_; }

    const RoomId room = a_room(1).id;

  private:
    TemporaryFolder folder_;
    crypto::Random random_ = crypto::Random::from_system();
    crypto::MasterKey master_;
    config::Config config_;
    VirtualClock clock_;
    ThreadScheduler home_;
    std::unique_ptr<store::SqliteStore> store_;
    std::uint64_t said_ = 0;
};

}  // namespace kindroom::test
