// What an older version kept of reports becomes cases.
#include <gtest/gtest.h>

#include "bench.hpp"
#include "domain/packer.hpp"

namespace kindroom::actors::test {
namespace {

using namespace domain;

const AccountId ana(std::array<std::uint8_t, 16>{1});
const AccountId ben(std::array<std::uint8_t, 16>{2});
const RoomId room(std::array<std::uint8_t, 16>{7});
const SecretHash receipt(std::array<std::uint8_t, 16>{9});

// As schema 2 had it: sealed under a key of its own, of no case.
void put_older_report(sim::HouseGround& ground) {
    crypto::Random random(5);
    const auto key = crypto::DataKey::make(random);
    const auto key_id = random.id<DataKeyId>();
    Packer content(1);
    content.text("was unkind").number(1).id(ben).id(room).text("Ben").text("quiet fox");
    store::Transaction all;
    all.changes.push_back(store::InsertKey{
        {.id = key_id, .room = {}, .destroy_at = never, .wrapped = ground.vault.wrap(key, key_id, random)}});
    all.changes.push_back(store::PutReport{
        {.receipt = receipt,
         .reporter = ana,
         .reported_at = ground.clock.now(),
         .content = {.place_key = key_id,
                     .person_key = {},
                     .box = crypto::Vault::seal(content.take(), &key, nullptr,
                                                {.room = {}, .message = {}, .kind = "report"}, random)}}});
    ground.disk->apply(all);
}

TEST(CaseDesk, TakesInWhatAnOlderVersionKeptAndDestroysItsKey) {
    Bench bench;
    put_older_report(bench.ground);
    const auto old_key = bench.ground.disk->find_report(receipt)->content.place_key;
    for (int start = 0; start < 2; ++start) {
        bench.restart(sim::house_texts());
        bench.run();
        const auto kept = bench.ground.disk->load_cases();
        ASSERT_EQ(kept.cases.size(), 1u) << "once";
        ASSERT_EQ(kept.reports.size(), 1u);
        EXPECT_EQ(kept.reports[0].case_id, kept.cases[0].id);
        EXPECT_EQ(kept.reports[0].reporter, ana);
        ASSERT_EQ(kept.keys.size(), 1u);
        EXPECT_NE(kept.keys[0].id, old_key);
    }
    Paper paper;
    Client& client = bench.connect(paper);
    bench.on_shard([&] {
        client.greet();
        Identity who{.account = AccountId(std::array<std::uint8_t, 16>{3}),
                     .standing = {.role = Role::admin},
                     .visibility = std::make_shared<const Visibility>(AccountId{})};
        bench.home().signed_in(client, std::make_shared<const Identity>(who));
    });
    const auto queue = bench.ask(client, ListCases{}).cases();
    ASSERT_EQ(queue.cases_size(), 1);
    EXPECT_EQ(queue.cases(0).about(0).name(), "Ben");
    const auto id = *CaseId::from_bytes(std::as_bytes(std::span(queue.cases(0).case_id())));
    EXPECT_EQ(bench.ask(client, OpenCase{.case_id = id, .show = true}).case_opened().report().words(), "was unkind");
}

}  // namespace
}  // namespace kindroom::actors::test
