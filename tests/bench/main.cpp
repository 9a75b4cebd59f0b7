// kindroom-bench: measures the real server over real sockets, on this machine, one scenario at a time.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>

#include "bench/scenarios.hpp"

namespace {

constexpr const char* usage =
    "kindroom-bench fan-out [--rooms N] [--members N] [--posts N] [--rounds N] [--tls]\n"
    "kindroom-bench block-cost\n"
    "kindroom-bench filters\n";

int run(int argc, char** argv) {
    using namespace kindroom::bench;
    if (argc < 2) return std::fputs(usage, stderr), 2;
    Options options;
    for (int i = 2; i < argc; ++i) {
        const auto number = [&] { return i + 1 < argc ? std::strtoul(argv[++i], nullptr, 10) : 0; };
        if (!std::strcmp(argv[i], "--rooms"))
            options.rooms = static_cast<std::uint32_t>(number());
        else if (!std::strcmp(argv[i], "--members"))
            options.members = static_cast<std::uint32_t>(number());
        else if (!std::strcmp(argv[i], "--posts"))
            options.posts = number();
        else if (!std::strcmp(argv[i], "--rounds"))
            options.rounds = static_cast<std::uint32_t>(number());
        else if (!std::strcmp(argv[i], "--tls"))
            options.tls = true;
        else
            return std::fputs(usage, stderr), 2;
    }
    if (!std::strcmp(argv[1], "fan-out")) return fan_out(options), 0;
    if (!std::strcmp(argv[1], "block-cost")) return block_cost(), 0;
    if (!std::strcmp(argv[1], "filters")) return filter_cost(), 0;
    return std::fputs(usage, stderr), 2;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& trouble) {
        std::fprintf(stderr, "kindroom-bench: %s\n", trouble.what());
        return 1;
    }
}
