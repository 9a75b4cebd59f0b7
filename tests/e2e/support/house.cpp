#include "e2e/support/house.hpp"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <google/protobuf/util/json_util.h>
#include <netinet/in.h>
#include <poll.h>
#include <sstream>
#include <stdexcept>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <unistd.h>

namespace kindroom::test {

namespace {

const Settings easy_going{
    {"listen.address", "127.0.0.1:0"},
    {"listen.port_file", "ports"},
    {"runtime.shards", "2"},
    {"runtime.passphrase_passes", "1"},
    {"runtime.passphrase_memory_bytes", "8 KiB"},
    {"limits.posts_burst", "1000000"},
    {"limits.newcomer_posts_burst", "1000000"},
    {"limits.commands_burst", "1000000"},
    {"limits.joins_burst", "1000000"},
    {"limits.read_bytes_per_second", "1 GiB"},
    {"limits.read_burst_bytes", "1 GiB"},
    {"limits.roster_tick", "20ms"},
    {"limits.roster_tick_jitter", "0ms"},
    {"limits.presence_linger", "0ms"},
    {"limits.come_back_spread", "20ms"},
    {"limits.close_max", "2s"},
    {"limits.listen_only_default", "0ms"},
    {"limits.wave_joins_max", "10000"},
    {"limits.pile_on_people_max", "10000"},
};

std::string variable(const std::string& name) {
    std::string out = "kindroomd__" + name;
    out.replace(out.find('.'), 1, "__");
    std::transform(out.begin() + 9, out.end(), out.begin() + 9,
                   [](char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); });
    return out;
}

// On any free port of the loopback.
int listening_socket() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(socket, SOMAXCONN) != 0)
        throw std::runtime_error("no socket that listens");
    return socket;
}

}  // namespace

House::House(const Settings& settings, Socket socket, std::string program)
    : program_(std::move(program)),
      settings_(settings),
      listening_(socket == Socket::kept ? listening_socket() : -1) {
    settings_.insert(easy_going.begin(), easy_going.end());
    if (settings_["listen.port_file"] == "ports") settings_["listen.port_file"] = file("ports");
    const auto made = run({.command = {program_, "init", "--dev-certificate", folder_.file("house")},
                           .environment = {},
                           .input = {},
                           .log_file = {}});
    if (made.code != 0) throw std::runtime_error("no house could be made: " + made.err);
    start();
}

House::~House() {
    if (listening_ >= 0) ::close(listening_);
}

std::map<std::string, std::string> House::environment() const {
    std::map<std::string, std::string> out;
    for (const auto& [name, value] : settings_) out[variable(name)] = value;
    return out;
}

void House::start() {
    std::filesystem::remove(file("ports"));
    auto variables = environment();
    variables.insert(surroundings_.begin(), surroundings_.end());
    server_ = std::make_unique<Program>(Launch{.command = {program_, "--config", file("kindroomd.toml")},
                                               .environment = std::move(variables),
                                               .input = {},
                                               .log_file = file("log"),
                                               .listening = listening_});
    if (!wait_for([this] { return std::filesystem::exists(file("ports")); }))
        throw std::runtime_error("the server did not start:\n" + log());
    std::ifstream ports(file("ports"));
    for (std::string kind, port; ports >> kind >> port;) (kind == "tls" ? port_ : plain_port_) = port;
}

bool House::wait_for(const std::function<bool()>& holds) const {
    const int watch = ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    ::inotify_add_watch(watch, file("").c_str(), IN_MOVED_TO | IN_MODIFY);
    const auto deadline = std::chrono::steady_clock::now() + patience;
    bool is_over = false;
    while (!holds() && !is_over) {
        pollfd either[] = {{.fd = watch, .events = POLLIN, .revents = 0},
                           {.fd = server_->descriptor(), .events = POLLIN, .revents = 0}};
        const auto left = std::chrono::ceil<Milliseconds>(deadline - std::chrono::steady_clock::now());
        is_over = left.count() <= 0 || ::poll(either, 2, static_cast<int>(left.count())) < 1 || either[1].revents != 0;
        char events[4096];
        while (::read(watch, events, sizeof events) > 0) continue;
    }
    ::close(watch);
    return holds();
}

House::Reloaded House::reload() {
    const auto before = log().size();
    std::string since;
    server_->signal(SIGHUP);
    const bool told = wait_for([&] {
        since = log().substr(before);
        return since.find("reload_done") != since.npos || since.find("reload_refused") != since.npos;
    });
    if (!told) throw std::runtime_error("the server did not reload:\n" + log());
    return since.find("reload_done") != since.npos ? Reloaded::done : Reloaded::refused;
}

void House::kill() {
    server_->signal(SIGKILL);
    if (!server_->wait_ended(patience)) throw std::runtime_error("the server could not be killed");
}

int House::stop() {
    server_->signal(SIGTERM);
    const auto code = server_->wait_ended(patience);
    if (!code) throw std::runtime_error("the server did not stop:\n" + log());
    return *code;
}

std::string House::log() const { return read_file(file("log")); }

client::ConnectionOptions House::options() const {
    client::ConnectionOptions out;
    out.line.endpoint = url();
    out.line.ca_file = authority_file();
    return out;
}

Ran House::command(std::vector<std::string> words) const {
    words.insert(words.begin(), program_);
    words.insert(words.end(), {"--config", file("kindroomd.toml")});
    return run({.command = std::move(words), .environment = environment(), .input = {}, .log_file = {}});
}

Ran House::order(std::vector<std::string> words) const {
    words.push_back("--json");
    return command(std::move(words));
}

v1::Reply House::ordered(std::vector<std::string> words) const {
    const auto ran = order(std::move(words));
    v1::Reply reply;
    if (ran.code != 0 || !google::protobuf::util::JsonStringToMessage(ran.out, &reply).ok())
        throw std::runtime_error("the operator was refused: " + ran.out + ran.err);
    return reply;
}

std::string House::invite(const std::string& role) {
    return ordered({"invite", "--role", role}).invite_created().code();
}

std::string House::make_room(const std::string& topic, std::vector<std::string> options) {
    std::vector<std::string> words{"room", "create", "--topic", topic};
    words.insert(words.end(), options.begin(), options.end());
    return ordered(std::move(words)).room_card().room().room_id();
}

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

void write_file(const std::string& path, const std::string& text) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << text;
}

}  // namespace kindroom::test
