#include <algorithm>
#include <gmock/gmock.h>
#include <map>
#include <rapidcheck.h>
#include <set>

#include "domain/suppression.hpp"

namespace kindroom::domain {
namespace {

using testing::ElementsAre;
using Counts = std::vector<std::vector<std::uint64_t>>;

constexpr Cell hidden{};

std::vector<Cell> flat(const ShownTable& table) {
    std::vector<Cell> all;
    for (const auto& row : table.cells) all.insert(all.end(), row.begin(), row.end());
    all.insert(all.end(), table.row_sums.begin(), table.row_sums.end());
    all.insert(all.end(), table.column_sums.begin(), table.column_sums.end());
    all.push_back(table.sum);
    return all;
}

std::vector<std::uint64_t> flat(const Counts& counts) {
    std::vector<std::uint64_t> all;
    std::vector<std::uint64_t> columns(counts.front().size(), 0);
    std::vector<std::uint64_t> rows;
    for (const auto& row : counts) {
        all.insert(all.end(), row.begin(), row.end());
        rows.push_back(0);
        for (std::size_t i = 0; i < row.size(); ++i) {
            rows.back() += row[i];
            columns[i] += row[i];
        }
    }
    std::uint64_t sum = 0;
    for (const auto row : rows) sum += row;
    all.insert(all.end(), rows.begin(), rows.end());
    all.insert(all.end(), columns.begin(), columns.end());
    all.push_back(sum);
    return all;
}

TEST(Suppression, NothingIsHiddenWhereNothingIsSmall) {
    const auto shown = suppress({{5, 0}, {7, 12}});
    EXPECT_THAT(shown.cells, ElementsAre(ElementsAre(5, 0), ElementsAre(7, 12)));
    EXPECT_THAT(shown.row_sums, ElementsAre(5, 19));
    EXPECT_THAT(shown.column_sums, ElementsAre(12, 12));
    EXPECT_EQ(shown.sum, 24);
}

TEST(Suppression, AnEmptyTableIsShownAsItIs) {
    const auto shown = suppress({});
    EXPECT_TRUE(shown.cells.empty());
    EXPECT_EQ(shown.sum, 0);
}

TEST(Suppression, OneSmallCountTakesAnotherWithItInItsRowAndInItsColumn) {
    const auto shown = suppress({{3, 20, 9}, {30, 40, 50}, {8, 60, 70}});
    EXPECT_THAT(shown.cells, ElementsAre(ElementsAre(hidden, 20, hidden), ElementsAre(30, 40, 50),
                                         ElementsAre(hidden, 60, hidden)));
    EXPECT_EQ(shown.row_sums[0], 32);
    EXPECT_EQ(shown.sum, 290);
}

TEST(Suppression, SmallCountsThatHaveTheirWholeSumToThemselvesTakeMoreWithThem) {
    // Five hidden ones that make five are one each.
    const auto shown = suppress_list({1, 1, 1, 1, 1, 30});
    EXPECT_THAT(shown.cells, ElementsAre(hidden, hidden, hidden, hidden, hidden, hidden));
    EXPECT_EQ(shown.sum, hidden);
}

TEST(Suppression, ASumUnderFiveIsHiddenToo) {
    const auto shown = suppress({{2, 0}, {0, 0}});
    EXPECT_EQ(shown.row_sums[0], hidden);
    EXPECT_EQ(shown.column_sums[0], hidden);
    EXPECT_EQ(shown.sum, hidden);
    EXPECT_EQ(shown.cells[1][1], 0);
}

TEST(Suppression, AListWithAHiddenCountDoesNotShowItsSum) {
    EXPECT_EQ(suppress_list({9, 8}).sum, 17);
    EXPECT_THAT(suppress_list({9, 8}).cells, ElementsAre(9, 8));
    EXPECT_THAT(suppress_list({9, 8, 3, 0}).cells, ElementsAre(9, hidden, hidden, 0));
    EXPECT_EQ(suppress_list({9, 8, 3, 0}).sum, hidden);
}

Counts any_counts() {
    const auto rows = *rc::gen::inRange<std::size_t>(1, 6);
    const auto columns = *rc::gen::inRange<std::size_t>(1, 5);
    Counts counts(rows);
    for (auto& row : counts)
        for (std::size_t i = 0; i < columns; ++i)
            row.push_back(*rc::gen::weightedOneOf<std::uint64_t>({{2, rc::gen::just<std::uint64_t>(0)},
                                                                   {3, rc::gen::inRange<std::uint64_t>(1, 5)},
                                                                   {3, rc::gen::inRange<std::uint64_t>(5, 40)}}));
    return counts;
}

TEST(Suppression, WhatIsShownIsTrueAndNothingFromOneToFourIs) {
    EXPECT_TRUE(rc::check([] {
        const auto counts = any_counts();
        const auto shown = flat(suppress(counts));
        const auto told = flat(counts);
        RC_ASSERT(shown.size() == told.size());
        for (std::size_t i = 0; i < told.size(); ++i) {
            if (told[i] >= 1 && told[i] < shown_from) RC_ASSERT(!shown[i]);
            if (shown[i]) RC_ASSERT(*shown[i] == told[i]);
            if (told[i] == 0) RC_ASSERT(shown[i] == Cell{0});
        }
    }));
}

// Fills in whatever one sum of a line leaves open, over and over, as a reader with a pencil would.
TEST(Suppression, AReaderWithAPencilFillsInNothing) {
    EXPECT_TRUE(rc::check([] {
        auto shown = suppress(any_counts());
        const std::size_t rows = shown.cells.size();
        const std::size_t columns = shown.cells.front().size();
        bool filled = false;
        const auto line = [&](std::vector<Cell*> parts, Cell& sum) {
            parts.push_back(&sum);
            if (std::ranges::count_if(parts, [](const Cell* cell) { return !*cell; }) == 1) filled = true;
        };
        for (std::size_t row = 0; row <= rows; ++row) {
            std::vector<Cell*> parts;
            for (std::size_t i = 0; i < columns; ++i)
                parts.push_back(row < rows ? &shown.cells[row][i] : &shown.column_sums[i]);
            line(parts, row < rows ? shown.row_sums[row] : shown.sum);
        }
        for (std::size_t column = 0; column <= columns; ++column) {
            std::vector<Cell*> parts;
            for (std::size_t i = 0; i < rows; ++i)
                parts.push_back(column < columns ? &shown.cells[i][column] : &shown.row_sums[i]);
            line(parts, column < columns ? shown.column_sums[column] : shown.sum);
        }
        RC_ASSERT(!filled);
    }));
}

// The strongest reader knows this very program and tries every table of two acts and two grounds. For each that was
// printed, there is another one that would have been printed alike and has another number where one is hidden.
TEST(Suppression, AReaderWhoTriesEveryTableStillCannotTellAHiddenNumber) {
    constexpr std::uint64_t most = 12;
    std::map<std::vector<Cell>, std::vector<std::set<std::uint64_t>>> possible;
    const auto each = [](auto with) {
        for (std::uint64_t a = 0; a <= most; ++a)
            for (std::uint64_t b = 0; b <= most; ++b)
                for (std::uint64_t c = 0; c <= most; ++c)
                    for (std::uint64_t d = 0; d <= most; ++d) with(Counts{{a, b}, {c, d}});
    };
    each([&](const Counts& counts) {
        auto& values = possible[flat(suppress(counts))];
        const auto told = flat(counts);
        values.resize(told.size());
        for (std::size_t i = 0; i < told.size(); ++i) values[i].insert(told[i]);
    });
    int told_apart = 0;
    each([&](const Counts& counts) {
        // Near the edge of what is tried there may be others beyond it.
        for (const auto& row : counts)
            for (const auto count : row)
                if (count > most / 2) return;
        const auto shown = flat(suppress(counts));
        const auto& values = possible.at(shown);
        for (std::size_t i = 0; i < shown.size(); ++i)
            if (!shown[i] && values[i].size() < 2) ++told_apart;
    });
    EXPECT_EQ(told_apart, 0);
}

}  // namespace
}  // namespace kindroom::domain
