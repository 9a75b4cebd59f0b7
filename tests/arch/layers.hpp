// Who may include whom: the tables of docs/architecture.md against every #include.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "arch/source_tree.hpp"

namespace kindroom::arch {

struct FolderTable {
    std::map<std::string, std::vector<std::string>> may_include;  // folder -> folders and libraries
    std::map<std::string, std::vector<std::string>> seen_from;    // heavy header's prefix -> files, '*' for any name
};

// Reads the two tables of the page. What it cannot find stays empty; the test of the real tree refuses that.
FolderTable read_table(const SourceFile& page);

// An #include whose target is neither the file's own folder, nor the standard library, nor in the folder's row.
Findings check_folders(const SourceTree& tree, const FolderTable& table);

// A .cpp file that reaches a heavy header, directly or through headers of ours, and is not in that header's row.
Findings check_heavy_headers(const SourceTree& tree, const FolderTable& table);

}  // namespace kindroom::arch
