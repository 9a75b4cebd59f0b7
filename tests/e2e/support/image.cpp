#include "e2e/support/image.hpp"

#include <chrono>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "e2e/support/program.hpp"

namespace kindroom::test {

std::vector<std::string> in_memory(int process, const std::vector<std::string>& texts) {
    const std::string folder = "/proc/" + std::to_string(process);
    std::ifstream parts(folder + "/maps");
    std::ifstream memory(folder + "/mem", std::ios::binary);
    if (!memory.is_open()) throw std::runtime_error("the memory of the process cannot be read");
    std::vector<bool> found(texts.size());
    for (std::string part; std::getline(parts, part);) {
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
        char dash = 0;
        char readable = 0;
        std::istringstream(part) >> std::hex >> begin >> dash >> end >> std::ws >> readable;
        if (readable != 'r') continue;
        std::string content(end - begin, '\0');
        memory.clear();
        memory.seekg(static_cast<std::streamoff>(begin));
        memory.read(content.data(), static_cast<std::streamsize>(content.size()));
        for (std::size_t i = 0; i < texts.size(); ++i)
            if (!found[i] && content.find(texts[i]) != std::string::npos) found[i] = true;
    }
    std::vector<std::string> out;
    for (std::size_t i = 0; i < texts.size(); ++i)
        if (found[i]) out.push_back(texts[i]);
    return out;
}

std::vector<std::string> left_in_memory(int process, const std::vector<std::string>& texts) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    auto left = in_memory(process, texts);
    while (!left.empty() && std::chrono::steady_clock::now() < deadline) left = in_memory(process, left);
    return left;
}

}  // namespace kindroom::test
