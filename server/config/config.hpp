// What the operator decides, read from one TOML file (deploy/kindroomd.toml is the commented sample and the manual).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "base/limits.hpp"
#include "base/time.hpp"

namespace kindroom::config {

struct Config {
    struct House {
        std::string name = "Kindroom";
        bool open_registration = false;
        std::filesystem::path rules_file;        // TOML: [[rule]] id, text
        std::filesystem::path data_policy_file;  // plain text
        std::filesystem::path help_file;         // TOML: introduction, [[entry]]
        std::filesystem::path filters_file;      // TOML: [[filter]], [[help]]
        std::string web_hook;                    // URL that is told when help is needed; empty: none
        // How to object to a decision, shown with each.
        std::string appeal =
            "With the code of this decision, signed in or not: /appeal and the code. Somebody else than those who "
            "decided looks at it.";
        std::string time_zone = "UTC";  // of the rooms' opening hours
    } house;
    struct Listen {
        std::string address = "127.0.0.1:7443";  // TLS; port 0: any free one, told in the log and in port_file
        std::filesystem::path certificate;       // PEM chain
        std::filesystem::path certificate_key;   // PEM
        // How long browsers are told to come by TLS only; none: they are told nothing.
        Duration https_only_for = std::chrono::hours(365 * 24);
        std::string plain_address;               // empty: none. Without TLS, for tests and for a proxy on this machine
        bool plain_beyond_loopback = false;  // a plain listener elsewhere than on loopback must be wanted explicitly
        std::filesystem::path port_file;     // where the ports in use are written once listening; empty: nowhere
        std::vector<std::string> proxies;  // networks from which a PROXY header is expected; elsewhere it is garbage
        std::vector<std::string> origins;  // browsers' origins that may connect; empty: none (programs send no Origin)
    } listen;
    struct Store {
        std::string kind = "sqlite";  // or "memory", which forgets everything at the end
        std::filesystem::path path = "kindroom.db";
        std::uint32_t readers = 2;
        std::filesystem::path audit_heads_file = "audit-heads.txt";  // empty: none are noted
    } store;
    struct Keys {
        std::filesystem::path master_key_file = "master.key";
        std::filesystem::path ring_file = "kindroom.ring";
    } keys;
    struct Operator {
        std::filesystem::path socket = "operator.sock";
    } operator_;
    struct Runtime {
        std::uint32_t shards = 0;  // 0: one per core
        std::uint64_t passphrase_memory_bytes = 64ull * 1024 * 1024;
        std::uint32_t passphrase_passes = 2;
        bool core_dumps = false;
    } runtime;
    struct Log {
        std::string format = "text";  // or "json"
        std::string level = "info";
    } log;
    Limits limits;
};

}  // namespace kindroom::config
