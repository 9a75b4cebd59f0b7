#include "arch/house_rules.hpp"

#include <algorithm>
#include <regex>
#include <set>

namespace kindroom::arch {
namespace {

// Everything below this folder speaks of forbidden words in order to forbid them.
constexpr std::string_view own_folder = "tests/arch";

bool is_below_any(const SourceFile& file, std::initializer_list<std::string_view> folders) {
    return std::ranges::any_of(folders, [&](auto folder) { return is_below(file, folder); });
}

void find_in_code(const SourceFile& file, const std::regex& forbidden, std::string_view reason, Findings& findings) {
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        const std::string code(code_of(file.lines[i]));
        std::smatch hit;
        if (std::regex_search(code, hit, forbidden)) {
            findings.push_back(at(file, i, "'" + hit.str() + "': " + std::string(reason)));
        }
    }
}

void find_in_text(const SourceFile& file, const std::regex& forbidden, std::string_view reason, Findings& findings) {
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        std::smatch hit;
        if (std::regex_search(file.lines[i], hit, forbidden)) {
            findings.push_back(at(file, i, "'" + hit.str() + "': " + std::string(reason)));
        }
    }
}

bool mentions(const SourceFile& file, const std::string& word) {
    const std::regex whole("\\b" + word + "\\b");
    return std::ranges::any_of(file.lines, [&](const auto& line) {
        return line.find(word) != std::string::npos && std::regex_search(line, whole);
    });
}

struct Enumerator {
    std::string of;
    std::string name;
    std::size_t line;
};

// Of the enumerations whose first line `kind` finds, with their name.
std::vector<Enumerator> enumerators_of(const SourceFile& header, const std::regex& kind) {
    static const std::regex enumerator("^    (\\w+),");
    std::vector<Enumerator> found;
    std::string of;
    for (std::size_t i = 0; i < header.lines.size(); ++i) {
        const std::string& line = header.lines[i];
        std::smatch hit;
        if (std::regex_search(line, hit, kind)) of = hit[1].str();
        if (line.starts_with("};")) of.clear();
        if (of.empty() || !std::regex_search(line, hit, enumerator) || hit[1] == "count_") continue;
        found.push_back({of, hit[1].str(), i});
    }
    return found;
}

bool is_used_outside_ops(const SourceTree& tree, const Enumerator& one) {
    return std::ranges::any_of(tree, [&](const auto& file) {
        return is_cpp(file) && is_below(file, "server") && !is_below(file, "server/ops") &&
               mentions(file, one.of + "::" + one.name);
    });
}

}  // namespace

Findings check_locks(const SourceTree& tree) {
    static const std::regex lock("std::(recursive_|shared_|timed_)*mutex|std::condition_variable|pthread_mutex");
    Findings findings;
    for (const auto& file : tree) {
        if (is_cpp(file) && is_below(file, "server") &&
            !is_below_any(file, {"server/store", "server/bus", "server/ops"})) {
            find_in_code(file, lock, "locks live in store/, bus/ and ops/ only", findings);
        }
    }
    return findings;
}

Findings check_one_judge_of_visibility(const SourceTree& tree) {
    static const std::regex branch("\\b(if|while|switch)\\b.*\\b(\\w*blocked\\w*|\\w*hidden_from\\w*|hides)\\b");
    Findings findings;
    for (const auto& file : tree) {
        if (is_cpp(file) && is_below(file, "server") && !is_below(file, "server/domain")) {
            find_in_code(file, branch, "who is hidden from whom is decided in domain/visibility only", findings);
        }
    }
    return findings;
}

Findings check_purity(const SourceTree& tree) {
    static const std::regex impure(
        "_clock::now|#include <(random|fstream|iostream|thread|mutex|atomic|filesystem|future)>|getenv|std::rand\\b");
    static const std::regex suspends("\\bco_(await|return|yield)\\b");
    Findings findings;
    for (const auto& file : tree) {
        if (is_cpp(file) && is_below(file, "server/domain")) {
            find_in_code(file, impure, "the domain is handed the time and chance, and reads nothing else", findings);
        }
        if (is_cpp(file) && is_below_any(file, {"server/actors", "server/domain"})) {
            find_in_code(file, suspends, "handlers run to the end", findings);
        }
    }
    return findings;
}

Findings check_patience_of_tests(const SourceTree& tree) {
    static const std::regex waits(
        "sleep_for|sleep_until|\\b(u|nano)?sleep\\s*\\(|\\bDISABLED_|GTEST_SKIP|GTEST_FLAG_SET\\(repeat");
    static const std::regex shell_waits("(^|[;&|({]|\\bdo)\\s*sleep\\s");
    Findings findings;
    for (const auto& file : tree) {
        if (!is_below(file, "tests") || is_below(file, own_folder)) {
            continue;
        }
        if (is_cpp(file)) {
            find_in_code(file, waits, "a test waits for an event, never for time, and always runs", findings);
        } else if (!file.path.ends_with(".md")) {
            find_in_text(file, shell_waits, "a test waits for an event, never for time", findings);
        }
    }
    return findings;
}

Findings check_words(const SourceTree& tree) {
    static const std::regex machine("(^|[\\s\"'=(:,])/(home|root|Users|tmp|work|mnt|media|opt)/");
    static const std::regex open_promise("\\b(TODO|FIXME|XXX|HACK|WIP)\\b|not implemented yet");
    Findings findings;
    for (const auto& file : tree) {
        if (!is_below(file, own_folder)) {
            find_in_text(file, machine, "a path of one machine", findings);
            find_in_text(file, open_promise, "a promise left open", findings);
        }
    }
    return findings;
}

std::vector<std::string> limits_of(const SourceFile& header) {
    static const std::regex member("^\\s+(std::uint\\d+_t|Duration|bool)\\s+(\\w+)\\s*(=|\\{)");
    std::vector<std::string> names;
    for (const auto& line : header.lines) {
        std::smatch hit;
        const std::string code(code_of(line));
        if (std::regex_search(code, hit, member)) {
            names.push_back(hit[2]);
        }
    }
    return names;
}

Findings check_limits(const SourceTree& tree) {
    const auto* header = find(tree, "server/base/limits.hpp");
    const auto* sample = find(tree, "deploy/kindroomd.toml");
    if (!header || !sample) {
        return {"server/base/limits.hpp or deploy/kindroomd.toml is missing"};
    }
    Findings findings;
    for (const auto& limit : limits_of(*header)) {
        if (!mentions(*sample, limit)) {
            findings.push_back("deploy/kindroomd.toml: the limit " + limit + " is missing");
        }
        const bool tested = std::ranges::any_of(
            tree, [&](const auto& file) { return is_cpp(file) && is_below(file, "tests") && mentions(file, limit); });
        if (!tested) {
            findings.push_back("tests: no test names the limit " + limit);
        }
    }
    return findings;
}

Findings check_page_of_limits(const SourceTree& tree) {
    static const std::regex name("`([a-z_]+)`");
    const auto* header = find(tree, "server/base/limits.hpp");
    const auto* page = find(tree, "docs/limits.md");
    if (!header || !page) return {"server/base/limits.hpp or docs/limits.md is missing"};
    const auto limits = limits_of(*header);
    Findings findings;
    for (std::size_t i = 0; i < page->lines.size(); ++i) {
        const auto& line = page->lines[i];
        if (!line.starts_with("| ")) continue;
        const auto first_cell = line.substr(0, line.find('|', 1));
        for (std::sregex_iterator hit(first_cell.begin(), first_cell.end(), name), end; hit != end; ++hit)
            if (std::ranges::find(limits, (*hit)[1].str()) == limits.end())
                findings.push_back(at(*page, i, "there is no limit " + (*hit)[1].str()));
    }
    return findings;
}

Findings check_metrics(const SourceTree& tree) {
    const auto* header = find(tree, "server/ops/metrics.hpp");
    if (!header) return {"server/ops/metrics.hpp is missing"};
    static const std::regex kind("^enum class (Counter|Gauge|Timing)\\b");
    Findings findings;
    for (const auto& series : enumerators_of(*header, kind)) {
        if (!is_used_outside_ops(tree, series))
            findings.push_back(
                at(*header, series.line, "nothing in the server sets " + series.of + "::" + series.name));
    }
    return findings;
}

Findings check_log_events(const SourceTree& tree) {
    const auto* header = find(tree, "server/ops/log.hpp");
    const auto* page = find(tree, "docs/operator.md");
    if (!header || !page) return {"server/ops/log.hpp or docs/operator.md is missing"};
    static const std::regex kind("^enum class (LogEvent)\\b");
    Findings findings;
    for (const auto& event : enumerators_of(*header, kind)) {
        if (!is_used_outside_ops(tree, event))
            findings.push_back(at(*header, event.line, "nothing in the server logs " + event.name));
        if (!mentions(*page, event.name))
            findings.push_back("docs/operator.md: the event " + event.name + " is missing");
    }
    return findings;
}

Findings check_links(const SourceTree& tree, const std::filesystem::path& root) {
    static const std::regex link("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    Findings findings;
    for (const auto& file : tree) {
        if (!file.path.ends_with(".md")) {
            continue;
        }
        const auto folder = root / std::filesystem::path(file.path).parent_path();
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            const auto& line = file.lines[i];
            for (std::sregex_iterator hit(line.begin(), line.end(), link), end; hit != end; ++hit) {
                if (!std::filesystem::exists(folder / (*hit)[1].str())) {
                    findings.push_back(at(file, i, (*hit)[1].str() + " does not exist"));
                }
            }
        }
    }
    return findings;
}

Findings check_named_tests(const SourceTree& tree) {
    static const std::regex definition("\\b(?:TEST(?:_F|_P)?|RC_GTEST(?:_FIXTURE)?_PROP)\\(\\s*(\\w+),\\s*(\\w+)");
    static const std::regex named("`(?:\\w+/)?([A-Z]\\w*\\.[A-Z]\\w*)(?:/\\w+)?`");
    std::set<std::string> tests;
    for (const auto& file : tree) {
        if (!is_cpp(file) || !is_below(file, "tests")) {
            continue;
        }
        // A long name stands on the line behind its suite.
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            const std::string both = file.lines[i] + "\n" + (i + 1 < file.lines.size() ? file.lines[i + 1] : "");
            std::smatch hit;
            if (std::regex_search(both, hit, definition)) {
                tests.insert(hit[1].str() + "." + hit[2].str());
            }
        }
    }
    Findings findings;
    for (const auto& file : tree) {
        if (!file.path.ends_with(".md")) {
            continue;
        }
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            const auto& line = file.lines[i];
            for (std::sregex_iterator hit(line.begin(), line.end(), named), end; hit != end; ++hit) {
                if (!tests.contains((*hit)[1].str())) {
                    findings.push_back(at(file, i, "no test is called " + (*hit)[1].str()));
                }
            }
        }
    }
    return findings;
}

Lengths check_lengths(const SourceTree& tree) {
    Lengths lengths;
    for (const auto& file : tree) {
        if (!is_cpp(file)) {
            continue;
        }
        const auto told = file.path + " has " + std::to_string(file.lines.size()) + " lines";
        if (file.lines.size() > 400) {
            lengths.too_long.push_back(told);
        } else if (file.lines.size() > 300) {
            lengths.long_already.push_back(told);
        }
    }
    return lengths;
}

}  // namespace kindroom::arch
