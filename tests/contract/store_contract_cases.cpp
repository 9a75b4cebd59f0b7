// Reports and cases of the moderators.
#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "contract/store_contract.hpp"

namespace kindroom::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

store::ReportRecord head_of(store::ReportRecord report) {
    report.content.box.clear();
    return report;
}

TEST_P(StoreContract, AReportIsFoundByItsReceiptAsItWasLastPut) {
    EXPECT_TRUE(rc::check([&] {
        auto report = any_report();
        world().commit({store::PutReport{report}});
        RC_ASSERT(world().find_report(report.receipt) == report);
        const auto receipt = report.receipt;
        report = any_report();
        report.receipt = receipt;
        world().commit({store::PutReport{report}});
        RC_ASSERT(world().find_report(receipt) == report);
    }));
    EXPECT_FALSE(world().find_report(an_id<SecretHash>(1)));
}

TEST_P(StoreContract, ACaseComesBackAsItWasLastPutWithItsKey) {
    auto one = a_case(1);
    world().commit({store::InsertKey{a_key(one.content.place_key)}, store::PutCase{one}, store::PutCase{a_case(2)}});
    one.content.box = to_bytes("sealed again");
    world().commit({store::PutCase{one}});
    world().reopen();
    const auto loaded = world().load_cases();
    EXPECT_THAT(loaded.cases, UnorderedElementsAre(one, a_case(2)));
    EXPECT_THAT(loaded.keys, ElementsAre(a_key(one.content.place_key)));
}

TEST_P(StoreContract, AllReportsAreLoadedWithoutWhatTheySayUnlessTheyHaveNoCase) {
    auto alone = a_report(2);
    alone.case_id = {};
    const auto key = a_key(alone.content.place_key);
    world().commit({store::InsertKey{key}, store::InsertKey{a_key(a_report(1).content.place_key)},
                    store::PutReport{a_report(1)}, store::PutReport{alone}});
    const auto loaded = world().load_cases();
    EXPECT_THAT(loaded.reports, UnorderedElementsAre(head_of(a_report(1)), alone));
    EXPECT_THAT(loaded.keys, ElementsAre(key));
}

TEST_P(StoreContract, AReportOnceSeenStaysSeen) {
    world().commit({store::PutReport{a_report(1)}, store::PutReport{a_report(2)}});
    world().commit({store::MarkReportSeen{a_report(1).receipt}, store::MarkReportSeen{an_id<SecretHash>(9)}});
    auto seen = a_report(1);
    seen.seen = true;
    EXPECT_EQ(world().find_report(seen.receipt), seen);
    EXPECT_EQ(world().find_report(a_report(2).receipt), a_report(2));
}

TEST_P(StoreContract, ADeletedCaseTakesItsReportsAlongAndNobodyElses) {
    auto other = a_report(2);
    other.case_id = a_case(2).id;
    world().commit({store::PutCase{a_case(1)}, store::PutCase{a_case(2)}, store::PutReport{a_report(1)},
                    store::PutReport{other}});
    world().commit({store::DeleteCase{a_case(1).id}});
    world().commit({store::DeleteCase{a_case(1).id}});
    EXPECT_FALSE(world().find_report(a_report(1).receipt));
    EXPECT_EQ(world().find_report(other.receipt), other);
    EXPECT_THAT(world().load_cases().cases, ElementsAre(a_case(2)));
}

TEST_P(StoreContract, ADestroyedKeyIsGoneForEverything) {
    const auto one = a_case(1);
    world().commit({store::InsertKey{a_key(one.content.place_key)}, store::PutCase{one}});
    world().commit({store::DestroyKey{one.content.place_key}});
    world().reopen();
    EXPECT_THAT(world().load_cases().keys, IsEmpty());
    EXPECT_THAT(world().load_cases().cases, ElementsAre(one));
}

}  // namespace
}  // namespace kindroom::test
