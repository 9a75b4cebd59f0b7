// kindroom-microbench: times the inner pieces of the server, with Google Benchmark's options.
//
//   kindroom-microbench --benchmark_filter=visibility
//   kindroom-microbench --list            the names of those whose instructions are counted
//   kindroom-microbench --count NAME      does it a thousand times inside kindroom_counted(); for
//   tests/bench/instructions
#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstring>

#include "bench/pieces.hpp"

namespace {

using namespace kindroom::bench;

constexpr int counted_times = 1'000;
// Caches are filled and what is made once is made.
constexpr int times_before = 100;

std::vector<Piece> all_pieces() {
    auto all = wire_pieces();
    for (auto&& more : {domain_pieces(), crypto_pieces()}) all.insert(all.end(), more.begin(), more.end());
    return all;
}

void time(benchmark::State& state, const std::function<Act()>& make) {
    const Act act = make();
    for (auto step : state) {
        keep(step);
        act();
    }
}

void time_commits(benchmark::State& state) {
    const auto batch = state.range(0);
    const Act act = store_commit(static_cast<std::size_t>(batch));
    for (auto step : state) {
        keep(step);
        act();
    }
    state.SetItemsProcessed(state.iterations() * batch);
}

}  // namespace

// By this name callgrind knows where to begin and to end.
extern "C" __attribute__((noinline)) void kindroom_counted(const Act& act) {
    for (int i = 0; i < counted_times; ++i) act();
}

int main(int argc, char** argv) {
    const auto all = all_pieces();
    if (argc == 2 && !std::strcmp(argv[1], "--list")) {
        for (const Piece& piece : all) std::printf("%s\n", piece.name.c_str());
        return 0;
    }
    if (argc == 3 && !std::strcmp(argv[1], "--count")) {
        for (const Piece& piece : all) {
            if (piece.name != argv[2]) continue;
            const Act act = piece.make();
            for (int i = 0; i < times_before; ++i) act();
            return kindroom_counted(act), 0;
        }
        return std::fprintf(stderr, "kindroom-microbench: no piece is called '%s'\n", argv[2]), 2;
    }
    for (const Piece& piece : all)
        benchmark::RegisterBenchmark(piece.name.c_str(), [make = piece.make](auto& state) { time(state, make); });
    benchmark::RegisterBenchmark("store_commit", time_commits)->RangeMultiplier(10)->Range(1, 1'000)->UseRealTime();
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
