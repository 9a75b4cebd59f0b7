// Writes the golden frames anew: write_golden_frames tests/golden/frames [FOLDER FOR FUZZING SEEDS]
//
// Run it by hand after adding to the protocol, and read the difference: a line that changed is a client that breaks.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "support/wire_samples.hpp"

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fputs("usage: write_golden_frames FOLDER [FOLDER FOR FUZZING SEEDS]\n", stderr);
        return 2;
    }
    const std::filesystem::path folder = argv[1];
    for (const auto& golden : kindroom::samples::goldens()) {
        std::ofstream(folder / (golden.name + ".txt"))
            << "binary " << kindroom::samples::to_hex(golden.binary) << "\njson " << golden.json << '\n';
        if (argc > 2 && golden.name.starts_with("command.")) {
            const std::filesystem::path seeds = argv[2];
            std::ofstream(seeds / (golden.name + ".binary"), std::ios::binary) << golden.binary;
            std::ofstream(seeds / (golden.name + ".json"), std::ios::binary) << golden.json;
        }
    }
    return 0;
}
