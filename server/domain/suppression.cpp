#include "domain/suppression.hpp"

#include <algorithm>
#include <utility>

namespace kindroom::domain {

namespace {

// One row or column: its parts add up to its total. All are indices of the same array, which has the sums too.
struct Line {
    std::vector<std::size_t> parts;
    std::size_t total = 0;
};

class Suppression {
  public:
    Suppression(std::vector<std::uint64_t> values, std::vector<Line> lines)
        : values_(std::move(values)), lines_(std::move(lines)), hidden_(values_.size(), false) {
        for (std::size_t i = 0; i < values_.size(); ++i) hidden_[i] = values_[i] > 0 && values_[i] < shown_from;
        while (hide_one_more()) continue;
    }
    Cell shown(std::size_t at) const { return hidden_[at] ? Cell{} : Cell{values_[at]}; }

  private:
    // False when nothing that is hidden can be worked out any more. Ends, since at last nothing but zeros is shown.
    bool hide_one_more() {
        for (const Line& line : lines_)
            if (hidden_on(line) == 1 || is_too_tight(line)) return hide_cheapest({line});
        // By several lines together.
        const auto found_out = can_be_worked_out();
        if (!found_out) return false;
        std::vector<Line> through;
        for (const Line& line : lines_)
            if (is_on(line, *found_out)) through.push_back(line);
        return hide_cheapest(through) || hide_cheapest(lines_);
    }

    static bool is_on(const Line& line, std::size_t at) {
        return line.total == at || std::ranges::count(line.parts, at) > 0;
    }
    std::size_t hidden_on(const Line& line) const {
        const auto is_hidden = [this](std::size_t at) { return bool(hidden_[at]); };
        return static_cast<std::size_t>(std::ranges::count_if(line.parts, is_hidden)) + (is_hidden(line.total) ? 1 : 0);
    }
    // What lies on two lines that have hidden ones protects both at once. But the sum of all goes last.
    bool is_needed_twice(std::size_t at) const {
        const auto protects = [&](const Line& line) { return is_on(line, at) && hidden_on(line) > 0; };
        return at + 1 != values_.size() && std::ranges::count_if(lines_, protects) > 1;
    }

    // Under a total that is shown, the hidden parts are at least 1 each. If that leaves little, they are as good as told.
    bool is_too_tight(const Line& line) const {
        if (hidden_[line.total]) return false;
        std::uint64_t left = 0;
        bool any = false;
        for (const std::size_t part : line.parts) {
            if (!hidden_[part]) continue;
            left += values_[part] - 1;
            any = true;
        }
        return any && left < shown_from - 1;
    }

    // Of what is shown on these lines and is not zero: what is needed twice before others, then the smallest. False if
    // there is none.
    bool hide_cheapest(const std::vector<Line>& among) {
        std::optional<std::size_t> cheapest;
        const auto cost = [this](std::size_t at) { return std::pair(is_needed_twice(at) ? 0 : 1, values_[at]); };
        const auto consider = [&](std::size_t at) {
            if (hidden_[at] || values_[at] == 0) return;
            if (!cheapest || cost(at) < cost(*cheapest)) cheapest = at;
        };
        for (const Line& line : among) {
            std::ranges::for_each(line.parts, consider);
            consider(line.total);
        }
        if (cheapest) hidden_[*cheapest] = true;
        return cheapest.has_value();
    }

    // Each line is an equation in what is hidden on it. Brought to reduced form, one with a single unknown left tells it.
    // The factors stay -1, 0 and 1, because each unknown stands in at most two lines, once a row and once a column.
    std::optional<std::size_t> can_be_worked_out() const {
        std::vector<std::vector<int>> equations;
        for (const Line& line : lines_) {
            std::vector<int> equation(values_.size(), 0);
            for (const std::size_t part : line.parts) equation[part] = hidden_[part] ? 1 : 0;
            equation[line.total] = hidden_[line.total] ? -1 : 0;
            equations.push_back(std::move(equation));
        }
        reduce(equations);
        for (const auto& equation : equations) {
            const auto is_unknown = [](int factor) { return factor != 0; };
            if (std::ranges::count_if(equation, is_unknown) == 1)
                return static_cast<std::size_t>(std::ranges::find_if(equation, is_unknown) - equation.begin());
        }
        return std::nullopt;
    }

    static void reduce(std::vector<std::vector<int>>& equations) {
        std::size_t done = 0;
        for (std::size_t unknown = 0; unknown < equations.front().size() && done < equations.size(); ++unknown) {
            const auto pivot = std::find_if(equations.begin() + static_cast<std::ptrdiff_t>(done), equations.end(),
                                            [&](const auto& equation) { return equation[unknown] != 0; });
            if (pivot == equations.end()) continue;
            std::iter_swap(pivot, equations.begin() + static_cast<std::ptrdiff_t>(done));
            const auto row = equations[done];
            for (std::size_t other = 0; other < equations.size(); ++other) {
                if (other == done || equations[other][unknown] == 0) continue;
                const int factor = equations[other][unknown] * row[unknown];
                for (std::size_t i = 0; i < row.size(); ++i) equations[other][i] -= factor * row[i];
            }
            ++done;
        }
    }

    const std::vector<std::uint64_t> values_;
    const std::vector<Line> lines_;
    std::vector<bool> hidden_;
};

}  // namespace

ShownTable suppress(const std::vector<std::vector<std::uint64_t>>& counts) {
    const std::size_t rows = counts.size();
    const std::size_t columns = rows == 0 ? 0 : counts.front().size();
    // With a last row and a last column of sums.
    const auto at = [columns](std::size_t row, std::size_t column) { return row * (columns + 1) + column; };
    std::vector<std::uint64_t> values((rows + 1) * (columns + 1), 0);
    std::vector<Line> lines;
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t column = 0; column < columns; ++column) {
            const std::uint64_t count = counts[row][column];
            values[at(row, column)] = count;
            values[at(row, columns)] += count;
            values[at(rows, column)] += count;
            values[at(rows, columns)] += count;
        }
    }
    for (std::size_t row = 0; row <= rows; ++row) {
        lines.push_back({.parts = {}, .total = at(row, columns)});
        for (std::size_t column = 0; column < columns; ++column) lines.back().parts.push_back(at(row, column));
    }
    for (std::size_t column = 0; column <= columns; ++column) {
        lines.push_back({.parts = {}, .total = at(rows, column)});
        for (std::size_t row = 0; row < rows; ++row) lines.back().parts.push_back(at(row, column));
    }
    const Suppression suppression(std::move(values), std::move(lines));
    ShownTable shown;
    for (std::size_t row = 0; row < rows; ++row) {
        shown.cells.emplace_back();
        for (std::size_t column = 0; column < columns; ++column)
            shown.cells.back().push_back(suppression.shown(at(row, column)));
        shown.row_sums.push_back(suppression.shown(at(row, columns)));
    }
    for (std::size_t column = 0; column < columns; ++column)
        shown.column_sums.push_back(suppression.shown(at(rows, column)));
    shown.sum = suppression.shown(at(rows, columns));
    return shown;
}

ShownList suppress_list(const std::vector<std::uint64_t>& counts) {
    auto table = suppress({counts});
    ShownList shown{.cells = std::move(table.cells.front()), .sum = table.sum};
    const auto is_hidden = [](const Cell& cell) { return !cell.has_value(); };
    if (std::ranges::any_of(shown.cells, is_hidden)) shown.sum = std::nullopt;
    return shown;
}

}  // namespace kindroom::domain
