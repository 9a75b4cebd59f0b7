// Counts about few people, made fit for everybody's eyes.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace kindroom::domain {

// The least count of people that is shown. Zero is shown too: it is about nobody.
inline constexpr std::uint64_t shown_from = 5;

// Nothing where it is hidden.
using Cell = std::optional<std::uint64_t>;

struct ShownTable {
    std::vector<std::vector<Cell>> cells;  // rows of equal length
    std::vector<Cell> row_sums;
    std::vector<Cell> column_sums;
    Cell sum;
    friend bool operator==(const ShownTable&, const ShownTable&) = default;
};

// Hides every count from 1 to 4, sums too, and as many others as it takes that no hidden one can be worked out from the
// sums that are shown, and that those under one sum might each be anything from 1 to at least 5. Of the others, the
// smallest go first. What it cannot hide: that a number is not one with which this very program would have hidden less.
// Rows must be of equal length.
ShownTable suppress(const std::vector<std::vector<std::uint64_t>>& counts);

// The same for a list whose sum is known from elsewhere, more or less: where anything is hidden, its own sum is not
// shown either.
struct ShownList {
    std::vector<Cell> cells;
    Cell sum;
    friend bool operator==(const ShownList&, const ShownList&) = default;
};
ShownList suppress_list(const std::vector<std::uint64_t>& counts);

}  // namespace kindroom::domain
