#include "operator/transparency_words.hpp"

#include <algorithm>
#include <array>

#include "operator/audit_words.hpp"
#include "operator/moments.hpp"

namespace kindroom::operator_ {

using namespace domain;

namespace {

struct Column {
    std::string_view heading;
    std::string_view name;
};
constexpr std::array<Column, grounds> columns{{{"own view", "own"},
                                               {"report", "report"},
                                               {"rule", "rule"},
                                               {"automatic", "automated_rule"}}};
constexpr std::size_t label_width = 26;
constexpr std::size_t cell_width = 11;

std::string day_before(TimePoint until) { return day(until - Duration{1}); }

std::string left(std::string_view text) {
    std::string out(text);
    out.resize(std::max(out.size() + 1, label_width), ' ');
    return out;
}

std::string right(std::string_view text) {
    return std::string(text.size() < cell_width ? cell_width - text.size() : 1, ' ').append(text);
}

std::string in_words(const Cell& cell) { return cell ? std::to_string(*cell) : "*"; }

std::string row(std::string_view label, const std::vector<Cell>& cells, const Cell& sum) {
    std::string out = left(label);
    for (const Cell& cell : cells) out += right(in_words(cell));
    return out + right(in_words(sum)) + '\n';
}

std::string line(std::string_view label, const Cell& cell) { return left(label) + right(in_words(cell)) + '\n'; }

std::string time_taken(std::string_view label, const std::optional<std::chrono::hours>& hours) {
    return left(label) + right(hours ? std::to_string(hours->count()) + " h" : "*") + '\n';
}

// ---- JSON: all names are ours, and all values numbers or null --------------------------------------------------------

std::string in_json(const Cell& cell) { return cell ? std::to_string(*cell) : "null"; }

std::string in_json(const std::optional<std::chrono::hours>& hours) {
    return hours ? std::to_string(hours->count()) : "null";
}

std::string member(std::string_view name, const std::string& value) {
    return std::string("\"").append(name).append("\":").append(value);
}

std::string object(const std::vector<std::string>& members) {
    std::string out;
    for (const std::string& one : members) out.append(out.empty() ? "" : ",").append(one);
    return "{" + out + "}";
}

std::string by_ground(const std::vector<Cell>& cells, const Cell& sum) {
    std::vector<std::string> members;
    for (std::size_t i = 0; i < cells.size(); ++i) members.push_back(member(columns[i].name, in_json(cells[i])));
    members.push_back(member("all", in_json(sum)));
    return object(members);
}

std::string list(const std::vector<std::string_view>& names, const ShownList& list) {
    std::vector<std::string> members;
    for (std::size_t i = 0; i < names.size(); ++i) members.push_back(member(names[i], in_json(list.cells[i])));
    members.push_back(member("all", in_json(list.sum)));
    return object(members);
}

}  // namespace

std::string in_words(const TransparencyReport& report, Period period) {
    std::string out = "Transparency report, " + day(period.from) + " to " + day_before(period.until) + "\n\n";
    out += left("Decisions, because of");
    for (const Column& column : columns) out += right(column.heading);
    out += right("all") + '\n';
    for (std::size_t i = 0; i < report.acts.size(); ++i)
        out += row("  " + std::string(in_words(report.acts[i])), report.decisions.cells[i], report.decisions.row_sums[i]);
    auto column_sums = report.decisions.column_sums;
    column_sums.resize(grounds, Cell{0});
    out += row("  all", column_sums, report.decisions.sum);
    out += line("  confirmed by a second", report.confirmations.cells[0]);
    out += line("  lapsed without that", report.confirmations.cells[1]);
    out += '\n' + line("Reports", report.reports);
    out += line("  cases acted upon", report.cases.cells[0]);
    out += line("  cases dismissed", report.cases.cells[1]);
    out += line("  cases decided", report.cases.sum);
    out += time_taken("  median time to decide", report.case_takes);
    out += '\n' + line("Appeals decided", report.appeals.sum);
    out += line("  upheld", report.appeals.cells[0]);
    out += line("  changed", report.appeals.cells[1]);
    out += line("  reversed", report.appeals.cells[2]);
    out += time_taken("  median time to decide", report.appeal_takes);
    return out +
           "\n*  fewer than five, or left out so that a number below five cannot be worked out.\n"
           "\"automatic\": decided by a rule of the house without a moderator; \"rule\": with one.\n";
}

std::string in_json(const TransparencyReport& report, Period period) {
    std::vector<std::string> acts;
    for (std::size_t i = 0; i < report.acts.size(); ++i)
        acts.push_back(
            member(in_words(report.acts[i]), by_ground(report.decisions.cells[i], report.decisions.row_sums[i])));
    auto column_sums = report.decisions.column_sums;
    column_sums.resize(grounds, Cell{0});
    return object({member("from", "\"" + day(period.from) + "\""),
                   member("to", "\"" + day_before(period.until) + "\""),
                   member("decisions", object({member("acts", object(acts)),
                                               member("all", by_ground(column_sums, report.decisions.sum))})),
                   member("confirmations", list({"confirmed", "lapsed"}, report.confirmations)),
                   member("reports", in_json(report.reports)),
                   member("cases", list({"acted", "dismissed"}, report.cases)),
                   member("case_hours_median", in_json(report.case_takes)),
                   member("appeals", list({"upheld", "changed", "reversed"}, report.appeals)),
                   member("appeal_hours_median", in_json(report.appeal_takes))}) +
           '\n';
}

}  // namespace kindroom::operator_
