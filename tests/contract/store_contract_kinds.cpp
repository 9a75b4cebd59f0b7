#include "contract/store_contract.hpp"

namespace kindroom::test {

INSTANTIATE_TEST_SUITE_P(Stores, StoreContract,
                         testing::Values(StoreKind{"Memory", a_memory_store_world},
                                         StoreKind{"Sqlite", a_sqlite_store_world}),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace kindroom::test
