#include "operator/try_filters.hpp"

#include <gtest/gtest.h>
#include <sstream>

namespace kindroom::operator_ {
namespace {

TEST(TryFilters, TellsLinesAndFiltersAndNeverTheWords) {
    using filters::What;
    const auto made = filters::FilterSet::make(
        {{.id = "links", .says = "x", .what = What::links, .actions = {.hold = true, .call_moderator = true}},
         {.id = "anger",
          .says = "x",
          .what = What::words,
          .words = {"hate"},
          .actions = {.label = true},
          .label = "anger"}});
    std::istringstream in("hello\nI hate example.org\n");
    std::ostringstream out;
    try_filters(*std::get<filters::FilterSetPtr>(made), in, out);
    EXPECT_EQ(out.str(),
              "line 2: links: hold, call a moderator\n"
              "line 2: anger: label anger\n"
              "2 lines; a filter would act on 1 of them\n");
}

}  // namespace
}  // namespace kindroom::operator_
