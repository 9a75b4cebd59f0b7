#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <vector>

#include "text/text.hpp"

namespace kindroom::text {

namespace {

constexpr UChar32 zero_width_non_joiner = 0x200C;
constexpr UChar32 zero_width_joiner = 0x200D;
constexpr UChar32 pop_embedding = 0x202C;
constexpr UChar32 pop_isolate = 0x2069;
constexpr int marks_per_base_max = 4;

bool is_line_end(UChar32 c) { return c == '\n' || c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028 || c == 0x2029; }
bool opens_embedding(UChar32 c) { return c == 0x202A || c == 0x202B; }
bool opens_isolate(UChar32 c) { return c >= 0x2066 && c <= 0x2068; }
bool is_joiner(UChar32 c) { return c == zero_width_joiner || c == zero_width_non_joiner; }
bool is_variation_selector(UChar32 c) { return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF); }

// Characters that show nothing and serve only to deceive, to hide or to break a display.
bool is_trick(UChar32 c) {
    if (u_iscntrl(c) && c != '\t') return true;
    if (U_IS_UNICODE_NONCHAR(c) || U_IS_SURROGATE(c)) return true;
    if (c == 0x202D || c == 0x202E) return true;                       // bidi overrides
    if (c == 0x200B || c == 0x2060 || c == 0xFEFF || c == 0x180E) return true;  // zero-width blanks
    if (c >= 0x2061 && c <= 0x2065) return true;                       // invisible operators
    if (c >= 0x206A && c <= 0x206F) return true;                       // deprecated format characters
    if (c >= 0xFFF9 && c <= 0xFFFB) return true;                       // interlinear annotation
    return c >= 0xE0000 && c <= 0xE007F;                               // tag characters
}

bool shows_something(UChar32 c) {
    if (u_isUWhiteSpace(c) || is_joiner(c) || is_variation_selector(c)) return false;
    if (c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 || c == 0x2800 || c == 0x00AD || c == 0x034F) return false;
    const auto type = u_charType(c);
    return type != U_FORMAT_CHAR && type != U_CONTROL_CHAR && type != U_UNASSIGNED;
}

icu::UnicodeString normalised(std::string_view utf8) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* nfc = icu::Normalizer2::getNFCInstance(status);
    const auto text = icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())));
    return U_SUCCESS(status) ? nfc->normalize(text, status) : text;
}

// Writes one text, keeping what direction marks are open on the current line.
class Cleaner {
  public:
    void add(UChar32 c) {
        if (c == '\r') return;
        if (is_line_end(c)) return end_line();
        if (c == '\t') c = ' ';
        if (is_trick(c) || !fits_bidi(c) || !fits_behind_last(c)) return;
        out_.append(c);
        last_ = c;
    }
    icu::UnicodeString finish() {
        close_open();
        return std::move(out_);
    }

  private:
    void close_open() {
        for (; !open_.empty(); open_.pop_back()) out_.append(open_.back());
    }
    void end_line() {
        close_open();
        out_.append(static_cast<UChar32>('\n'));
        last_ = '\n';
        marks_ = 0;
    }
    // A direction mark that closes nothing is dropped; one that stays open is closed at the end of its line.
    bool fits_bidi(UChar32 c) {
        if (opens_embedding(c)) open_.push_back(pop_embedding);
        if (opens_isolate(c)) open_.push_back(pop_isolate);
        if (c != pop_embedding && c != pop_isolate) return true;
        if (open_.empty() || open_.back() != c) return false;
        open_.pop_back();
        return true;
    }
    bool fits_behind_last(UChar32 c) {
        const auto type = u_charType(c);
        if ((is_joiner(c) || is_variation_selector(c)) &&
            (last_ == 0 || u_isUWhiteSpace(last_) || is_joiner(last_) || is_variation_selector(last_)))
            // An emoji's variation selector may be followed by a joiner; nothing else may pile up.
            return c == zero_width_joiner && is_variation_selector(last_);
        if (type != U_NON_SPACING_MARK && type != U_ENCLOSING_MARK) {
            if (!is_joiner(c)) marks_ = 0;
            return true;
        }
        return is_variation_selector(c) || ++marks_ <= marks_per_base_max;
    }

    icu::UnicodeString out_;
    std::vector<UChar32> open_;
    UChar32 last_ = 0;
    int marks_ = 0;
};

std::string to_utf8(const icu::UnicodeString& text) {
    std::string utf8;
    text.toUTF8String(utf8);
    return utf8;
}

icu::UnicodeString cleaned(std::string_view utf8) {
    const icu::UnicodeString text = normalised(utf8);
    Cleaner cleaner;
    bool is_visible = false;
    for (int32_t i = 0; i < text.length();) {
        const UChar32 c = text.char32At(i);
        const int32_t next = text.moveIndex32(i, 1);
        const bool lone_return = c == '\r' && (next >= text.length() || text.char32At(next) != '\n');
        cleaner.add(lone_return ? '\n' : c);
        is_visible |= shows_something(c) && !is_trick(c);
        i = next;
    }
    if (!is_visible) return {};
    // Dropping characters may have brought a base and its mark together.
    return normalised(to_utf8(cleaner.finish()));
}

}  // namespace

std::size_t code_points(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string clean_message(std::string_view utf8) {
    icu::UnicodeString text = cleaned(utf8);
    text.trim();
    return to_utf8(text);
}

std::string clean_line(std::string_view utf8) {
    const icu::UnicodeString text = cleaned(utf8);
    icu::UnicodeString line;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 c = text.char32At(i);
        if (!u_isUWhiteSpace(c))
            line.append(c);
        else if (!line.isEmpty() && line.char32At(line.length() - 1) != ' ')
            line.append(static_cast<UChar32>(' '));
    }
    line.trim();
    return to_utf8(line);
}

}  // namespace kindroom::text
