#include "config/mistake.hpp"

namespace kindroom::config {

namespace {

// A terminal must not be driven by what a file holds, and a line stays one line.
constexpr std::size_t long_enough = 200;

std::string printable(const std::string& text, std::size_t bytes_max = long_enough) {
    std::string out;
    for (const char c : text) {
        if (out.size() >= bytes_max) return out + "...";
        const auto byte = static_cast<unsigned char>(c);
        out += byte < 0x20 || byte == 0x7f ? '?' : c;
    }
    return out;
}

}  // namespace

std::string to_text(const Mistake& mistake) {
    std::string out = printable(mistake.file);
    if (mistake.line != 0) out += ":" + std::to_string(mistake.line) + ":" + std::to_string(mistake.column);
    out += ": ";
    if (!mistake.key.empty()) {
        out += printable(mistake.key);
        if (!mistake.value.empty()) out += " = " + printable(mistake.value);
        out += ": ";
    }
    // A remedy may quote the file too, and is longer than a value where it has much to say.
    return out + printable(mistake.remedy, 4 * long_enough);
}

std::string to_text(const std::vector<Mistake>& mistakes) {
    std::string out;
    for (const Mistake& mistake : mistakes) out += to_text(mistake) + "\n";
    return out;
}

}  // namespace kindroom::config
