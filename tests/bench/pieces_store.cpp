// Making posts durable, by how many are asked at once.
#include <future>
#include <memory>
#include <stdexcept>

#include "bench/pieces.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "support/store_records.hpp"
#include "support/temporary_folder.hpp"
#include "support/thread_scheduler.hpp"
#include "support/virtual_clock.hpp"

namespace kindroom::bench {

namespace {

// Made in this order and undone in the other: the store answers on `home` until it is gone.
struct Desk {
    test::TemporaryFolder folder;
    test::VirtualClock clock;
    test::ThreadScheduler home;
    std::unique_ptr<store::Store> store;
    std::uint64_t posts = 0;

    Desk() {
        auto opened = store::SqliteStore::open({.path = folder.file("bench.db"), .audit_key = test::a_chain_key()},
                                               clock, [](std::string_view) { std::abort(); });
        if (const auto* trouble = std::get_if<std::string>(&opened)) throw std::runtime_error(*trouble);
        store = std::move(std::get<0>(opened));
        commit({{store::PutRoom{test::a_room(1)}}}, [] {});
    }
    void commit(store::Transaction transaction, const Act& then) {
        store->commit(std::move(transaction), home, [then](auto answer) {
            if (!answer) std::abort();
            then();
        });
    }
    void post(std::size_t count) {
        std::promise<void> done;
        std::size_t left = count;
        for (std::size_t i = 0; i < count; ++i) {
            auto message = test::a_message(test::a_room(1).id, ++posts);
            message.content.box.resize(100);
            commit({{store::InsertMessage{std::move(message)}}}, [&] {
                if (--left == 0) done.set_value();
            });
        }
        done.get_future().wait();
    }
};

}  // namespace

Act store_commit(std::size_t batch) {
    return [batch, desk = std::make_shared<Desk>()] { desk->post(batch); };
}

}  // namespace kindroom::bench
