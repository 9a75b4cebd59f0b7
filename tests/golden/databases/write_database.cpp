// Writes the golden database of the newest schema:
//
//   write_golden_database FILE        for instance tests/golden/databases/schema_2.db
//
// Run once for each schema, before its release, and commit the file; see README.md beside this.
#include <cstdio>
#include <cstdlib>

#include "golden/databases/scene.hpp"
#include "store/sqlite/database_file.hpp"
#include "store/sqlite/migrations.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "support/store_records.hpp"
#include "support/thread_scheduler.hpp"
#include "support/virtual_clock.hpp"

namespace {

void fail(std::string_view sentence) {
    std::fprintf(stderr, "%.*s\n", static_cast<int>(sentence.size()), sentence.data());
    std::exit(1);
}

}  // namespace

int main(int count, char** arguments) {
    using namespace kindroom;
    if (count != 2) fail("usage: write_golden_database FILE");
    const test::VirtualClock clock;
    test::ThreadScheduler home;
    {
        auto opened = store::SqliteStore::open({.path = arguments[1], .audit_key = test::a_chain_key()}, clock,
                                               [](std::string_view why) { fail(why); });
        if (const auto* trouble = std::get_if<std::string>(&opened)) fail(*trouble);
        for (auto& transaction : test::scene_of(store::newest_schema())) {
            std::get<0>(opened)->commit(std::move(transaction), home, [](auto answer) {
                if (!answer) fail("the store refused");
            });
        }
    }
    home.settle();
    std::remove((std::string(arguments[1]) + ".lock").c_str());
    return 0;
}
