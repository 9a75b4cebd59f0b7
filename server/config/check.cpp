// Whether a configuration can work, judged before anything is started.
#include <algorithm>
#include <system_error>
#include <unistd.h>

#include "config/address.hpp"
#include "config/keys.hpp"
#include "config/load.hpp"
#include "config/network.hpp"
#include "text/text.hpp"
#include "text/time_zones.hpp"

namespace kindroom::config {

namespace {

namespace fs = std::filesystem;

// Collects mistakes; each names a key of the table, and shows its value from there.
class Findings {
  public:
    explicit Findings(const Config& config) : config_(config) {}

    void add(std::string_view key_name, std::string remedy) {
        const auto key = std::ranges::find(keys(), key_name, &Key::full_name);
        if (key == keys().end()) return;
        found_.push_back({.key = key->full_name(), .value = written(*key, config_), .remedy = std::move(remedy)});
    }
    void must_be_readable(std::string_view key_name, const fs::path& path, const std::string& otherwise) {
        std::error_code trouble;
        if (!fs::exists(path, trouble)) return add(key_name, "There is no such file. " + otherwise);
        if (fs::is_directory(path, trouble)) return add(key_name, "This is a folder; name a file in it.");
        if (access(path.c_str(), R_OK) != 0) add(key_name, "This file may not be read by the user the server runs as.");
    }
    void must_have_a_folder(std::string_view key_name, const fs::path& path) {
        std::error_code trouble;
        if (fs::is_directory(path, trouble)) return add(key_name, "This is a folder; name a file in it.");
        const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path{"."};
        if (!fs::is_directory(folder, trouble)) return add(key_name, "Its folder does not exist; make it first.");
        if (access(folder.c_str(), W_OK) != 0) {
            add(key_name, "Its folder may not be written to by the user the server runs as.");
        }
    }
    std::vector<Mistake> take() { return std::move(found_); }

  private:
    const Config& config_;
    std::vector<Mistake> found_;
};

void check_house(const Config& config, Findings& findings) {
    const std::string unset = "Correct the path, or leave it empty for what is built in.";
    if (!text::find_time_zone(config.house.time_zone))
        findings.add("house.time_zone", "Write the name of a time zone, such as \"Europe/Berlin\" or \"UTC\".");
    if (config.house.name.empty()) findings.add("house.name", "Give the house a name.");
    if (text::clean_message(config.house.appeal).empty()) {
        findings.add("house.appeal", "Say how people can object, or leave the key out for what is built in.");
    }
    if (!config.house.rules_file.empty()) findings.must_be_readable("house.rules_file", config.house.rules_file, unset);
    if (!config.house.data_policy_file.empty()) {
        findings.must_be_readable("house.data_policy_file", config.house.data_policy_file, unset);
    }
    if (!config.house.help_file.empty()) findings.must_be_readable("house.help_file", config.house.help_file, unset);
    if (!config.house.filters_file.empty()) {
        findings.must_be_readable("house.filters_file", config.house.filters_file, unset);
    }
    if (!config.house.web_hook.empty() && !parse_web_address(config.house.web_hook)) {
        findings.add(
            "house.web_hook",
            "Write an address such as \"https://pager.example/kindroom\", without a name or a passphrase in it.");
    }
}

void check_listen(const Config& config, Findings& findings) {
    const Config::Listen& listen = config.listen;
    const std::string form = "Write a numeric address and a port, such as \"127.0.0.1:7443\" or \"[::]:7443\".";
    if (listen.address.empty() && listen.plain_address.empty()) {
        findings.add("listen.address", "Nobody could connect: set this, or plain_address behind a proxy.");
    }
    if (!listen.address.empty()) {
        if (!parse_address(listen.address)) findings.add("listen.address", form);
        const std::string how =
            "For a machine of your own, `kindroomd init --dev-certificate FOLDER` makes a certificate; for others, get "
            "one from a public authority.";
        if (listen.certificate.empty()) {
            findings.add("listen.certificate", "TLS needs a certificate. " + how);
        } else {
            findings.must_be_readable("listen.certificate", listen.certificate, how);
        }
        if (listen.certificate_key.empty()) {
            findings.add("listen.certificate_key", "TLS needs the certificate's private key.");
        } else {
            findings.must_be_readable("listen.certificate_key", listen.certificate_key, how);
        }
    }
    if (!listen.plain_address.empty()) {
        const auto plain = parse_address(listen.plain_address);
        if (!plain) {
            findings.add("listen.plain_address", form);
        } else if (!plain->is_loopback && !listen.plain_beyond_loopback) {
            findings.add("listen.plain_address",
                         "Others could read along. Use a loopback address such as 127.0.0.1, or, if you are certain "
                         "that the network is private, set plain_beyond_loopback = true.");
        }
    }
    for (const std::string& network : listen.proxies) {
        if (Network::parse(network)) continue;
        findings.add("listen.proxies",
                     "Write each as an address, or as the first address of a network and the length of its prefix: "
                     "\"192.0.2.7\", \"10.1.0.0/16\". A network of everybody would let anybody say who they are.");
        break;
    }
    if (!listen.port_file.empty()) findings.must_have_a_folder("listen.port_file", listen.port_file);
    for (const std::string& origin : listen.origins) {
        const bool has_scheme = origin.starts_with("https://") || origin.starts_with("http://");
        if (!has_scheme || origin.ends_with('/')) {
            findings.add("listen.origins",
                         "Write each as a browser sends it: \"https://rooms.example\", no slash at "
                         "the end.");
            break;
        }
    }
}

// The server makes a key for a house that has no words yet, and for no other.
void check_master_key(const Config& config, Findings& findings) {
    const fs::path& key = config.keys.master_key_file;
    std::error_code ignored;
    if (key.empty()) {
        findings.add("keys.master_key_file", "Name the file that holds the key.");
    } else if (fs::exists(key, ignored) || (config.store.kind == "sqlite" && fs::exists(config.store.path, ignored))) {
        findings.must_be_readable(
            "keys.master_key_file", key,
            "Bring it back from its backup: without it the words in the database cannot be read.");
    } else {
        findings.must_have_a_folder("keys.master_key_file", key);
    }
}

void check_files(const Config& config, Findings& findings) {
    if (config.store.kind == "sqlite") {
        if (config.store.path.empty()) {
            findings.add("store.path", "Name the database file.");
        } else {
            findings.must_have_a_folder("store.path", config.store.path);
        }
        if (config.store.path == config.keys.master_key_file) {
            findings.add("keys.master_key_file", "The key cannot be the database; give it a file of its own.");
        }
    }
    check_master_key(config, findings);
    if (config.store.kind == "sqlite") {
        if (config.keys.ring_file.empty())
            findings.add("keys.ring_file", "Name the file of the key ring; it is made together with the database.");
        else
            findings.must_have_a_folder("keys.ring_file", config.keys.ring_file);
        if (config.keys.ring_file == config.store.path || config.keys.ring_file == config.keys.master_key_file)
            findings.add("keys.ring_file",
                         "The key ring is a file of its own, neither the database nor the master key.");
    }
    // What the kernel takes for the path of a Unix socket, its final zero included.
    constexpr std::size_t socket_path_bytes_max = 108;
    if (config.operator_.socket.empty()) {
        findings.add("operator.socket", "Name the socket; without it nobody could make an invite.");
    } else if (config.operator_.socket.native().size() >= socket_path_bytes_max) {
        findings.add("operator.socket", "The path of a socket may have 107 bytes at most; choose a shorter one.");
    } else {
        findings.must_have_a_folder("operator.socket", config.operator_.socket);
    }
}

void check_limits(const Limits& limits, Findings& findings) {
    const auto at_most = [&](auto smaller, auto larger, std::string_view key, std::string_view other) {
        if (smaller > larger) findings.add(key, "It must not be more than " + std::string{other} + ".");
    };
    at_most(limits.frame_bytes_max, limits.read_burst_bytes, "limits.frame_bytes_max", "read_burst_bytes");
    at_most(limits.frame_bytes_max, limits.outbox_bytes_max, "limits.frame_bytes_max", "outbox_bytes_max");
    at_most(limits.connections_before_sign_in_max, limits.connections_max, "limits.connections_before_sign_in_max",
            "connections_max");
    at_most(limits.ping_every, limits.idle_max, "limits.ping_every", "idle_max");
    at_most(limits.passphrase_code_points_min, limits.passphrase_code_points_max, "limits.passphrase_code_points_min",
            "passphrase_code_points_max");
    at_most(limits.seats_default, limits.seats_max, "limits.seats_default", "seats_max");
    at_most(limits.roster_tick_jitter, limits.roster_tick, "limits.roster_tick_jitter", "roster_tick");
    at_most(limits.sign_in_backoff_first, limits.sign_in_backoff_max, "limits.sign_in_backoff_first",
            "sign_in_backoff_max");
    at_most(limits.web_hook_retry_first, limits.web_hook_retry_max, "limits.web_hook_retry_first",
            "web_hook_retry_max");
    at_most(limits.session_idle_max, limits.session_age_max, "limits.session_idle_max", "session_age_max");
}

}  // namespace

std::vector<Mistake> check_config(const Config& config) {
    Findings findings{config};
    check_house(config, findings);
    check_listen(config, findings);
    check_files(config, findings);
    check_limits(config.limits, findings);
    return findings.take();
}

}  // namespace kindroom::config
