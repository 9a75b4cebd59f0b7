#include "operator/noted_heads.hpp"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

#include "operator/moments.hpp"
#include "operator/words.hpp"

namespace kindroom::operator_ {

namespace {

std::optional<NotedHead> head_in(const std::string& line) {
    std::istringstream parts(line);
    std::string at;
    std::string number;
    std::string hash;
    std::string more;
    if (!(parts >> at >> number >> hash) || parts >> more) return std::nullopt;
    NotedHead noted;
    const auto time = read_stamp(at);
    const auto read = chain_hash_from_hex(hash);
    const auto [end, trouble] = std::from_chars(number.data(), number.data() + number.size(), noted.head.number);
    if (!time || !read || trouble != std::errc{} || end != number.data() + number.size()) return std::nullopt;
    noted.at = *time;
    noted.head.hash = *read;
    return noted;
}

}  // namespace

std::string hex(const crypto::ChainHash& hash) { return hex(as_text(hash)); }

std::optional<crypto::ChainHash> chain_hash_from_hex(std::string_view text) {
    crypto::ChainHash hash;
    if (text.size() != 2 * hash.size()) return std::nullopt;
    for (std::size_t i = 0; i < hash.size(); ++i) {
        unsigned byte = 0;
        const char* digits = text.data() + 2 * i;
        const auto [end, trouble] = std::from_chars(digits, digits + 2, byte, 16);
        if (trouble != std::errc{} || end != digits + 2) return std::nullopt;
        hash[i] = static_cast<std::byte>(byte);
    }
    return hash;
}

std::variant<std::vector<NotedHead>, std::string> read_noted_heads(const std::filesystem::path& path) {
    std::vector<NotedHead> heads;
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) return heads;
    std::ifstream file(path);
    std::size_t number = 0;
    for (std::string line; std::getline(file, line);) {
        ++number;
        if (line.empty()) continue;
        const auto noted = head_in(line);
        if (!noted)
            return path.string() + ", line " + std::to_string(number) +
                   " is not a head of the audit log: a time, a number and a hash. Bring the file back from a copy.";
        heads.push_back(*noted);
    }
    if (!file.eof()) return path.string() + " cannot be read.";
    return heads;
}

std::optional<std::string> note_head(const std::filesystem::path& path, const NotedHead& noted) {
    const auto before = read_noted_heads(path);
    if (const auto* trouble = std::get_if<std::string>(&before)) return *trouble;
    const auto& heads = std::get<std::vector<NotedHead>>(before);
    if (noted.head.number == 0 || (!heads.empty() && heads.back().head == noted.head)) return std::nullopt;
    const std::string line =
        stamp(noted.at) + ' ' + std::to_string(noted.head.number) + ' ' + hex(noted.head.hash) + '\n';
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
    // One write, so that a line is never mixed with another's.
    const bool written = file >= 0 && ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
                         ::fsync(file) == 0;
    const int error = errno;
    if (file >= 0) ::close(file);
    if (written) return std::nullopt;
    return path.string() + " could not be written: " + std::strerror(error) + ".";
}

}  // namespace kindroom::operator_
