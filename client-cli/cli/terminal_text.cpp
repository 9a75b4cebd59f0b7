#include "cli/terminal_text.hpp"

#include <array>
#include <cstdint>

namespace kindroom::cli {

namespace {

constexpr char32_t broken = 0xFFFD;

// Reads one code point and moves on by at least one byte; `broken` for what is not UTF-8.
char32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at++);
    if (lead < 0x80) return lead;
    int more = 0;
    char32_t value = 0;
    char32_t least = 0;
    if (lead >= 0xC2 && lead <= 0xDF) {
        more = 1, value = lead & 0x1Fu, least = 0x80;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        more = 2, value = lead & 0x0Fu, least = 0x800;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        more = 3, value = lead & 0x07u, least = 0x10000;
    } else {
        return broken;
    }
    std::size_t end = at;
    for (int i = 0; i < more; ++i, ++end) {
        if (end >= text.size() || (byte(end) & 0xC0) != 0x80) return broken;
        value = (value << 6) | (byte(end) & 0x3Fu);
    }
    if (value < least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return broken;
    at = end;
    return value;
}

void append(std::string& out, char32_t c) {
    const auto put = [&](char32_t bits) { out.push_back(static_cast<char>(bits)); };
    if (c < 0x80) return put(c);
    if (c < 0x800) {
        put(0xC0 | (c >> 6));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3F));
    } else {
        put(0xF0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3F));
        put(0x80 | ((c >> 6) & 0x3F));
    }
    put(0x80 | (c & 0x3F));
}

// The rest of CSI ... final byte.
void skip_control_sequence(std::string_view text, std::size_t& at) {
    while (at < text.size() && text[at] >= 0x20 && text[at] <= 0x3F) ++at;
    if (at < text.size() && text[at] >= 0x40 && text[at] <= 0x7E) ++at;
}

// The rest of OSC, DCS and their like, up to BEL or ST. Without an end only the beginning is taken away, so that nobody
// can make what follows disappear.
void skip_control_string(std::string_view text, std::size_t& at) {
    for (std::size_t i = at; i < text.size(); ++i) {
        if (text[i] == '\x07') return void(at = i + 1);
        if (text[i] == '\x1B' && i + 1 < text.size() && text[i + 1] == '\\') return void(at = i + 2);
        if (text[i] == '\xC2' && i + 1 < text.size() && text[i + 1] == '\x9C') return void(at = i + 2);
    }
}

void skip_escape(std::string_view text, std::size_t& at) {
    if (at >= text.size()) return;
    const char kind = text[at];
    if (kind == '[') return skip_control_sequence(text, ++at);
    if (kind == ']' || kind == 'P' || kind == 'X' || kind == '^' || kind == '_') return skip_control_string(text, ++at);
    while (at < text.size() && text[at] >= 0x20 && text[at] <= 0x2F) ++at;
    if (at < text.size() && text[at] >= 0x30 && text[at] <= 0x7E) ++at;
}

const char* bidi_mark(char32_t c) {
    static constexpr std::array<const char*, 5> embeddings{"<LRE>", "<RLE>", "<PDF>", "<LRO>", "<RLO>"};
    static constexpr std::array<const char*, 4> isolates{"<LRI>", "<RLI>", "<FSI>", "<PDI>"};
    if (c == 0x061C) return "<ALM>";
    if (c == 0x200E) return "<LRM>";
    if (c == 0x200F) return "<RLM>";
    if (c >= 0x202A && c <= 0x202E) return embeddings[c - 0x202A];
    if (c >= 0x2066 && c <= 0x2069) return isolates[c - 0x2066];
    return nullptr;
}

bool is_invisible(char32_t c) {
    return c == 0x00AD || c == 0x034F || c == 0x115F || c == 0x1160 || c == 0x180E || c == 0x200B ||
           (c >= 0x2060 && c <= 0x2064) || (c >= 0x206A && c <= 0x206F) || c == 0x3164 || c == 0xFEFF ||
           (c >= 0xFFF0 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF);
}

bool is_combining(char32_t c) {
    return (c >= 0x0300 && c <= 0x036F) || (c >= 0x0483 && c <= 0x0489) || (c >= 0x1AB0 && c <= 0x1AFF) ||
           (c >= 0x1DC0 && c <= 0x1DFF) || (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE20 && c <= 0xFE2F);
}

std::string clean(std::string_view text, char line_break) {
    constexpr int combining_max = 4;
    std::string out;
    out.reserve(text.size());
    // On the character that was written last: what is taken out between marks does not part them.
    int combining = 0;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        if (c == 0x1B) {
            skip_escape(text, at);
        } else if (c == 0x9B) {
            skip_control_sequence(text, at);
        } else if (c == 0x90 || c == 0x98 || (c >= 0x9D && c <= 0x9F)) {
            skip_control_string(text, at);
        } else if (c == '\n' || c == 0x2028 || c == 0x2029) {
            out.push_back(line_break);
            combining = 0;
        } else if (c == '\t') {
            out.push_back(' ');
            combining = 0;
        } else if (c < 0x20 || (c >= 0x7F && c <= 0x9F) || is_invisible(c)) {
            continue;
        } else if (is_combining(c)) {
            if (combining++ < combining_max) append(out, c);
        } else if (const char* mark = bidi_mark(c)) {
            out += mark;
            combining = 0;
        } else {
            append(out, c);
            combining = 0;
        }
    }
    return out;
}

std::size_t width(std::string_view word) {
    std::size_t columns = 0;
    for (const char c : word) columns += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return columns;
}

}  // namespace

std::string clean_text(std::string_view received) { return clean(received, '\n'); }
std::string clean_line(std::string_view received) { return clean(received, ' '); }

std::string wrap(std::string_view text, std::size_t columns, std::string_view indent) {
    std::string out;
    std::size_t used = 0;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = text.find_first_of(" \n", at);
        const std::string_view word = text.substr(at, end == std::string_view::npos ? end : end - at);
        const std::size_t wide = width(word);
        if (used != 0 && !out.ends_with(' ') && !out.ends_with('\n') && !word.empty()) out.push_back(' '), ++used;
        if (used != 0 && used + wide > columns) {
            while (out.ends_with(' ')) out.pop_back();
            out += '\n';
            out += indent;
            used = 0;
        }
        out += word;
        used += wide;
        if (end == std::string_view::npos) break;
        if (text[end] == '\n') {
            out += '\n';
            out += indent;
            used = 0;
        }
        at = end + 1;
    }
    return out;
}

std::string rejoin(std::string_view text) {
    constexpr std::size_t long_from = 60;
    std::string out;
    bool was_long = false;
    while (true) {
        const auto end = text.find('\n');
        std::string_view line = text.substr(0, end);
        const bool goes_on = was_long && line.find_first_not_of(' ') != line.npos && !line.starts_with("- ");
        if (goes_on) {
            out.back() = ' ';
            line.remove_prefix(line.find_first_not_of(' '));
        }
        out += line;
        was_long = width(line) >= long_from;
        if (end == std::string_view::npos) return out;
        out += '\n';
        text.remove_prefix(end + 1);
    }
}

}  // namespace kindroom::cli
