#include "bench/options.hpp"

#include <charconv>
#include <variant>

namespace kindroom::bench {

namespace {

struct Row {
    const char* name;
    std::variant<std::uint32_t Options::*, bool Options::*, std::string Options::*> member;
    const char* about;
};

const Row rows[] = {
    {"--rooms", &Options::rooms, "rooms"},
    {"--members", &Options::members, "members of each room, on one connection each"},
    {"--boundaries", &Options::boundaries,
     "each person blocks so many of their thousand people, and mutes as many; 0: none"},
    {"--store", &Options::store, "sqlite or memory"},
    {"--shards", &Options::shards, "threads of the server that serve connections"},
    {"--program", &Options::program, "the kindroomd to measure; else the one of this build"},
    {"--tls", &Options::tls, "connections over TLS, not plain"},
    {"--json", &Options::json, "connections that speak JSON, not protobuf"},
    {"--seconds", &Options::seconds, "how long one turn is"},
    {"--rounds", &Options::rounds, "turns in one house"},
    {"--posters", &Options::posters, "people of each room who post"},
    {"--window", &Options::window, "what one poster, or everybody who comes back, has under way"},
    {"--rate", &Options::rate, "posts a second in all rooms together, at fixed rates"},
    {"--body", &Options::body, "bytes of a text"},
    {"--posts", &Options::posts, "messages in each room: of its history, or missed by those who come back"},
    {"--readers", &Options::readers, "people who read history at once"},
    {"--slow", &Options::slow, "people of each room who stop reading"},
    {"--pairs", &Options::pairs, "pairs of people of whom one blocks the other"},
    {"--quiet", &Options::quiet, "seconds of silence before memory is looked at"},
    {"--connections", &Options::connections, "people in the house of which memory is looked at"},
    {"--passphrase", &Options::passphrase, "real: as dear as by default; cheap: next to nothing"},
};

std::uint32_t number_of(const std::string& name, const std::string& text) {
    std::uint32_t value = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    if (read.ec != std::errc{} || read.ptr != end) throw WrongUsage(name + " takes a number, not '" + text + "'");
    return value;
}

void set(Options& options, const Row& row, const std::vector<std::string>& words, std::size_t& at) {
    if (const auto* flag = std::get_if<bool Options::*>(&row.member)) {
        options.** flag = true;
        return;
    }
    if (++at == words.size()) throw WrongUsage(std::string(row.name) + " takes a value");
    if (const auto* number = std::get_if<std::uint32_t Options::*>(&row.member))
        options.** number = number_of(row.name, words[at]);
    else
        options.*std::get<std::string Options::*>(row.member) = words[at];
}

void check(const Options& options) {
    const auto at_least_one = {options.rooms,   options.members, options.seconds,    options.rounds,
                               options.posters, options.window,  options.rate,       options.readers,
                               options.pairs,   options.shards,  options.connections};
    for (const auto value : at_least_one)
        if (value == 0) throw WrongUsage("only --boundaries, --posts, --slow and --quiet may be 0");
    if (options.posters > options.members) throw WrongUsage("--posters: there are only so many members");
    if (options.slow + options.posters > options.members) throw WrongUsage("--slow: there are only so many members");
    if (options.store != "sqlite" && options.store != "memory") throw WrongUsage("--store is sqlite or memory");
    if (options.passphrase != "real" && options.passphrase != "cheap")
        throw WrongUsage("--passphrase is real or cheap");
}

std::string default_of(const Row& row) {
    const Options options;
    if (const auto* number = std::get_if<std::uint32_t Options::*>(&row.member))
        return " (" + std::to_string(options.**number) + ")";
    if (const auto* text = std::get_if<std::string Options::*>(&row.member); text && !(options.**text).empty())
        return " (" + options.**text + ")";
    return {};
}

}  // namespace

Options read_options(const std::vector<std::string>& words, Options options) {
    for (std::size_t at = 0; at < words.size(); ++at) {
        const Row* found = nullptr;
        for (const Row& row : rows)
            if (words[at] == row.name) found = &row;
        if (!found) throw WrongUsage("'" + words[at] + "' is not an option");
        set(options, *found, words, at);
    }
    check(options);
    return options;
}

std::string option_list() {
    std::string out;
    for (const Row& row : rows) {
        std::string name = row.name;
        name.resize(14, ' ');
        out += "  " + name + row.about + default_of(row) + "\n";
    }
    return out;
}

}  // namespace kindroom::bench
