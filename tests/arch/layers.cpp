#include "arch/layers.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace kindroom::arch {
namespace {

struct Include {
    std::string target;
    bool angled = false;
    std::size_t line = 0;
};

std::vector<Include> includes_of(const SourceFile& file) {
    std::vector<Include> found;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        const auto& line = file.lines[i];
        const auto hash = line.find_first_not_of(" \t");
        if (hash == std::string::npos || !line.substr(hash).starts_with("#include")) {
            continue;
        }
        const auto open = line.find_first_of("<\"", hash);
        const auto close = open == std::string::npos ? open : line.find_first_of(">\"", open + 1);
        if (close != std::string::npos) {
            found.push_back({line.substr(open + 1, close - open - 1), line[open] == '<', i});
        }
    }
    return found;
}

bool is_standard(const std::string& header) {
    return header.find('/') == std::string::npos && header.find('.') == std::string::npos;
}

// The C library's and the kernel's headers: what a pure folder has no business with.
bool is_posix(const std::string& header) {
    static constexpr std::array known = {"unistd.h", "fcntl.h", "signal.h", "termios.h",  "poll.h",   "netdb.h",
                                         "pwd.h",    "errno.h", "locale.h", "langinfo.h", "pthread.h", "malloc.h"};
    static constexpr std::array below = {"sys/", "netinet/", "arpa/", "net/if", "linux/"};
    return std::ranges::find(known, header) != known.end() ||
           std::ranges::any_of(below, [&](const char* start) { return header.starts_with(start); });
}

// "boost/asio" covers boost/asio.hpp and boost/asio/..., and "sodium" covers sodium.h, but "boost/as" covers neither.
bool is_covered(const std::string& header, const std::string& library) {
    if (!header.starts_with(library)) {
        return false;
    }
    const auto rest = header.substr(library.size());
    return rest.empty() || rest.front() == '/' || rest.front() == '.';
}

std::optional<std::string> resolve(const SourceTree& tree, const SourceFile& from, const std::string& target) {
    const auto own = from.path.substr(0, from.path.rfind('/') + 1);
    for (const auto& start :
         {std::string("server/"), std::string("client-cli/"), std::string("client-cli/lib/"), own, std::string("")}) {
        // A ".in" is made into the header by CMake.
        for (const auto& path : {start + target, start + target + ".in"}) {
            if (find(tree, path)) {
                return path;
            }
        }
    }
    return std::nullopt;
}

// The row of the table that a file belongs to: the longest folder that holds it.
std::optional<std::string> folder_of(const std::string& path, const FolderTable& table) {
    std::optional<std::string> best;
    for (const auto& [folder, unused] : table.may_include) {
        const auto at_root = folder == "server" || folder.starts_with("client-cli");
        const auto start = (at_root ? folder : "server/" + folder) + "/";
        const bool holds = path.starts_with(start) && (folder != "server" || path.find('/', start.size()) == path.npos);
        if (holds && (!best || folder.size() > best->size())) {
            best = folder;
        }
    }
    return best;
}

bool is_judged(const SourceFile& file) {
    return is_cpp(file) && (is_below(file, "server") || is_below(file, "client-cli"));
}

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells;
    std::string cell;
    for (const char c : line.substr(1)) {
        if (c == '|') {
            cells.push_back(cell);
            cell.clear();
        } else if (c != '`' && c != '\\') {
            cell += c;
        }
    }
    return cells;
}

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(' ');
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::vector<std::string> listed(const std::string& cell) {
    std::vector<std::string> items;
    for (std::size_t start = 0; start <= cell.size();) {
        const auto end = std::min(cell.find(',', start), cell.size());
        if (auto item = trimmed(cell.substr(start, end - start)); !item.empty()) {
            items.push_back(std::move(item));
        }
        start = end + 1;
    }
    return items;
}

bool matches(const std::string& path, const std::string& pattern) {
    const auto star = pattern.find('*');
    if (star == std::string::npos) {
        return path == pattern;
    }
    const auto tail = pattern.substr(star + 1);
    return path.size() + 1 >= pattern.size() && path.starts_with(pattern.substr(0, star)) && path.ends_with(tail);
}

void reach(const SourceTree& tree, const SourceFile& file, std::set<std::string>& files,
           std::set<std::string>& outside) {
    if (!files.insert(file.path).second) {
        return;
    }
    for (const auto& include : includes_of(file)) {
        const auto path = resolve(tree, file, include.target);
        if (path) {
            reach(tree, *find(tree, *path), files, outside);
        } else {
            outside.insert(include.target);
        }
    }
}

}  // namespace

FolderTable read_table(const SourceFile& page) {
    FolderTable table;
    auto* rows = static_cast<std::map<std::string, std::vector<std::string>>*>(nullptr);
    for (const auto& line : page.lines) {
        if (line.starts_with("| folder |")) {
            rows = &table.may_include;
        } else if (line.starts_with("| header |")) {
            rows = &table.seen_from;
        } else if (!line.starts_with("|")) {
            rows = nullptr;
        } else if (const auto cells = cells_of(line); rows && !line.starts_with("|-") && cells.size() >= 2) {
            (*rows)[trimmed(cells[0])] = listed(cells[1]);
        }
    }
    return table;
}

Findings check_folders(const SourceTree& tree, const FolderTable& table) {
    Findings findings;
    for (const auto& file : tree) {
        if (!is_judged(file)) {
            continue;
        }
        const auto folder = folder_of(file.path, table);
        if (!folder) {
            findings.push_back(at(file, 0, "stands in a folder that docs/architecture.md does not know"));
            continue;
        }
        const auto& row = table.may_include.at(*folder);
        for (const auto& include : includes_of(file)) {
            if (const auto path = resolve(tree, file, include.target)) {
                const auto other = folder_of(*path, table).value_or(*path);
                if (other != *folder && std::ranges::find(row, other) == row.end()) {
                    findings.push_back(at(file, include.line, *folder + " may not include " + other));
                }
                continue;
            }
            const bool allowed =
                is_standard(include.target) ||
                (is_posix(include.target) && std::ranges::find(row, "posix") != row.end()) ||
                std::ranges::any_of(row, [&](const auto& library) { return is_covered(include.target, library); });
            if (!allowed) {
                findings.push_back(at(file, include.line, *folder + " may not include <" + include.target + ">"));
            }
        }
    }
    return findings;
}

Findings check_heavy_headers(const SourceTree& tree, const FolderTable& table) {
    Findings findings;
    for (const auto& file : tree) {
        if (!is_judged(file) || !file.path.ends_with(".cpp")) {
            continue;
        }
        std::set<std::string> files;
        std::set<std::string> outside;
        reach(tree, file, files, outside);
        for (const auto& [heavy, places] : table.seen_from) {
            const bool sees =
                std::ranges::any_of(outside, [&](const auto& header) { return is_covered(header, heavy); });
            const bool may = std::ranges::any_of(places, [&](const auto& place) { return matches(file.path, place); });
            if (sees && !may) {
                findings.push_back(at(file, 0, "sees <" + heavy + "...>, which docs/architecture.md keeps elsewhere"));
            }
        }
    }
    return findings;
}

}  // namespace kindroom::arch
