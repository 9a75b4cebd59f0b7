// A room on a real server, with people who come into it, or sit there with boundaries that a test makes up.
#pragma once

#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bench.hpp"

namespace kindroom::actors::test {

inline AccountId account_of(std::uint8_t number) { return AccountId(std::array<std::uint8_t, 16>{number, 1}); }

// The boundaries of somebody who keeps this one away.
inline domain::Visibility::Parts keeping_away(std::uint8_t number) {
    domain::Visibility::Parts parts;
    parts.edges[account_of(number)] =
        std::make_shared<const domain::Edge>(domain::Edge{{.side = domain::Dark::Side::chosen}});
    return parts;
}

class RoomAtWork : public ::testing::Test {
  protected:
    RoomAtWork() {
        bench.ground.limits.posts_burst = 1'000;
        bench.ground.limits.catch_up_max = 3;
        bench.ground.limits.window_steps = 8;
        Client& desk = bench.connect(paper, {.format = {}, .network = {}, .is_loopback = true, .is_operator = true});
        bench.on_shard([&] { desk.greet(); });
        EXPECT_TRUE(
            bench.ask(desk, domain::CreateRoom{{.topic = "Work", .content_labels = {"grief"}}}).has_room_card());
        room = bench.home().notice()->rooms.begin()->first;
        bench.on_shard([&] { desk.on_closed(); });
    }
    // Somebody with a key of their own, on a device of their own.
    Client& sit(std::uint8_t number, domain::Visibility::Parts boundaries = {}) {
        const AccountId account = account_of(number);
        if (!keys.contains(number)) {
            bench.on_shard([&] {
                auto& random = bench.home().random();
                keys[number] = std::make_shared<const PersonKey>(
                    PersonKey{.id = random.id<DataKeyId>(), .key = crypto::DataKey::make(random)});
                store::Transaction transaction;
                transaction.changes.push_back(store::InsertKey{
                    {.id = keys[number]->id,
                     .wrapped = bench.ground.vault.wrap(keys[number]->key, keys[number]->id, random)}});
                bench.server->store().commit(std::move(transaction), bench.home().scheduler(), [](auto) {});
            });
        }
        Client& client = bench.connect(paper);
        bench.on_shard([&] {
            client.greet();
            bench.home().signed_in(
                client, std::make_shared<const Identity>(
                            Identity{.account = account,
                                     .rules_consented = 1,
                                     .visibility = std::make_shared<const domain::Visibility>(account, boundaries),
                                     .key = keys[number]}));
        });
        return client;
    }
    Client& come_in(std::uint8_t number) {
        Client& client = sit(number);
        EXPECT_TRUE(bench.ask(client, domain::JoinRoom{.room = room, .name = "Somebody"}).has_room_joined());
        return client;
    }
    MessageId say(Client& who, std::string text, Duration breath = Duration{0}) {
        const auto reply = bench.ask(
            who,
            domain::PostMessage{.room = room, .client_key = next_key(), .text = std::move(text), .breath = breath});
        EXPECT_TRUE(reply.has_message_accepted());
        return *MessageId::from_bytes(std::as_bytes(std::span(reply.message_accepted().message_id())));
    }
    ClientKey next_key() { return ClientKey(std::array<std::uint8_t, 16>{++posts}); }
    std::vector<std::string> read(Client& who) {
        std::vector<std::string> texts;
        const auto reply = bench.ask(who, domain::GetHistory{.room = room});
        for (const auto& message : reply.history_page().messages()) texts.push_back(message.text());
        return texts;
    }
    // One of them says something, and before it has been told the other one asks: what the other one is told then.
    v1::Batch ask_while_it_is_said(Client& speaker, std::string text, Client& asks, domain::Command command) {
        bench.on_shard([&] {
            auto& dispatcher = bench.home().dispatcher();
            dispatcher.dispatch(speaker, 1'001,
                                domain::PostMessage{.room = room, .client_key = next_key(), .text = std::move(text)});
            dispatcher.dispatch(asks, 1'002, std::move(command));
        });
        bench.take(speaker);
        return bench.take(asks);
    }
    void pass(Duration time) {
        bench.server->schedulers().front()->advance(time);
        bench.run();
    }
    using Texts = std::vector<std::string>;

    Bench bench;
    Paper paper;
    RoomId room;
    std::map<std::uint8_t, std::shared_ptr<const PersonKey>> keys;
    std::uint8_t posts = 0;
};

}  // namespace kindroom::actors::test
