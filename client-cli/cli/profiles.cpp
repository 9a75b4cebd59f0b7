#include "cli/profiles.hpp"

#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/endpoint.hpp"

namespace kindroom::cli {

namespace {

constexpr std::size_t profile_name_max = 64;

std::string to_hex(std::string_view bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const char c : bytes) {
        text.push_back(digits[static_cast<unsigned char>(c) >> 4]);
        text.push_back(digits[static_cast<unsigned char>(c) & 15]);
    }
    return text;
}

std::string from_hex(std::string_view text) {
    const auto digit = [](char c) -> int {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        return -1;
    };
    std::string bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        if (digit(text[i]) < 0 || digit(text[i + 1]) < 0) return {};
        bytes.push_back(static_cast<char>(digit(text[i]) * 16 + digit(text[i + 1])));
    }
    return text.size() % 2 == 0 ? bytes : std::string();
}

bool write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(file) == 0;
}

}  // namespace

bool is_profile_name(std::string_view name) {
    return !name.empty() && name.size() <= profile_name_max && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
}

bool is_same_server(const std::string& one, const std::string& other) {
    if (one == other) return true;
    const auto first = client::parse_endpoint(one);
    const auto second = client::parse_endpoint(other);
    const auto* a = std::get_if<client::Endpoint>(&first);
    const auto* b = std::get_if<client::Endpoint>(&second);
    return a && b && *a == *b;
}

std::string profile_name_for(const std::string& server) {
    const auto read = client::parse_endpoint(server);
    const auto* endpoint = std::get_if<client::Endpoint>(&read);
    std::string name = server;
    if (endpoint) name = endpoint->path.empty() ? endpoint->host + "-" + endpoint->port : endpoint->path.substr(1);
    if (name.size() > profile_name_max) name.erase(0, name.size() - profile_name_max);
    for (char& c : name)
        if (!is_profile_name({&c, 1})) c = '-';
    return name;
}

std::filesystem::path ProfileStore::default_home() {
    if (const char* config = std::getenv("XDG_CONFIG_HOME"); config && *config == '/') {
        return std::filesystem::path(config) / "kindroom";
    }
    const char* home = std::getenv("HOME");
    return std::filesystem::path(home && *home ? home : ".") / ".config" / "kindroom";
}

std::filesystem::path ProfileStore::file(const std::string& name) const { return home_ / (name + ".profile"); }

std::optional<Profile> ProfileStore::load(const std::string& name) const {
    if (!is_profile_name(name)) return std::nullopt;
    std::ifstream in(file(name));
    if (!in) return std::nullopt;
    Profile profile;
    for (std::string line; std::getline(in, line);) {
        const auto blank = line.find(' ');
        if (blank == std::string::npos) continue;
        const std::string key = line.substr(0, blank);
        const std::string value = line.substr(blank + 1);
        if (key == "server") profile.server = value;
        if (key == "ca_file") profile.ca_file = value;
        if (key == "pin") profile.pin = value;
        if (key == "login_id") profile.login_id = value;
        if (key == "device_token") profile.device_token = from_hex(value);
    }
    return profile;
}

bool ProfileStore::save(const std::string& name, const Profile& profile) const {
    if (!is_profile_name(name)) return false;
    std::error_code failed;
    const bool fresh = !std::filesystem::exists(home_, failed);
    std::filesystem::create_directories(home_, failed);
    if (fresh) ::chmod(home_.c_str(), 0700);

    std::string text;
    const auto put = [&](const char* key, const std::string& value) {
        if (!value.empty() && value.find('\n') == std::string::npos) text += std::string(key) + " " + value + "\n";
    };
    put("server", profile.server);
    put("ca_file", profile.ca_file);
    put("pin", profile.pin);
    put("login_id", profile.login_id);
    put("device_token", to_hex(profile.device_token));

    // The process id keeps two clients that save at the same moment from writing into one file.
    const std::string next = file(name).string() + "." + std::to_string(::getpid()) + ".new";
    ::unlink(next.c_str());
    const int out = ::open(next.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (out < 0) return false;
    const bool written = write_all(out, text);
    ::close(out);
    if (!written || ::rename(next.c_str(), file(name).c_str()) != 0) {
        ::unlink(next.c_str());
        return false;
    }
    return true;
}

}  // namespace kindroom::cli
