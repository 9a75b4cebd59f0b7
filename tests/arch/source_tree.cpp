#include "arch/source_tree.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

namespace kindroom::arch {
namespace {

constexpr std::array not_ours = {".git", "build", "var", "node_modules"};
constexpr std::array text_endings = {".cpp",  ".hpp",  ".h",   ".proto",   ".txt", ".cmake", ".md", ".toml",
                                     ".json", ".yaml", ".sql", ".service", ".sh",  ".in",    ""};

bool is_text(const std::filesystem::path& path) {
    return std::ranges::find(text_endings, path.extension().string()) != text_endings.end();
}

}  // namespace

SourceFile file_of(std::string path, std::string_view text) {
    SourceFile file{std::move(path), {}};
    std::istringstream in{std::string(text)};
    for (std::string line; std::getline(in, line);) {
        file.lines.push_back(line);
    }
    return file;
}

SourceTree read_tree(const std::filesystem::path& root) {
    SourceTree tree;
    for (auto it = std::filesystem::recursive_directory_iterator(root); it != std::filesystem::end(it); ++it) {
        const auto name = it->path().filename().string();
        if (it->is_directory() && std::ranges::find(not_ours, name) != not_ours.end()) {
            it.disable_recursion_pending();
        }
        // A fuzz corpus has no endings and is not text.
        const auto relative = std::filesystem::relative(it->path(), root).generic_string();
        if (!it->is_regular_file() || !is_text(it->path()) || relative.find("/corpus/") != std::string::npos) {
            continue;
        }
        std::ifstream in(it->path(), std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        if (text.str().find('\0') == std::string::npos) {
            tree.push_back(file_of(relative, text.str()));
        }
    }
    std::ranges::sort(tree, {}, &SourceFile::path);
    return tree;
}

const SourceFile* find(const SourceTree& tree, std::string_view path) {
    const auto it = std::ranges::find(tree, path, &SourceFile::path);
    return it == tree.end() ? nullptr : &*it;
}

bool is_cpp(const SourceFile& file) { return file.path.ends_with(".cpp") || file.path.ends_with(".hpp"); }

bool is_below(const SourceFile& file, std::string_view folder) {
    return file.path.starts_with(folder) && file.path.size() > folder.size() && file.path[folder.size()] == '/';
}

std::string_view code_of(std::string_view line) { return line.substr(0, line.find("//")); }

std::string at(const SourceFile& file, std::size_t line_index, std::string_view text) {
    return file.path + ":" + std::to_string(line_index + 1) + ": " + std::string(text);
}

std::string joined(const Findings& findings) {
    std::string all;
    for (const auto& finding : findings) {
        all += finding + "\n";
    }
    return all;
}

}  // namespace kindroom::arch
