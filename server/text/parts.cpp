#include "text/parts.hpp"

#include <algorithm>
#include <unicode/normalizer2.h>
#include <vector>

#include "base/assert.hpp"
#include "text/characters.hpp"

namespace kindroom::text {
namespace {

constexpr UChar32 zwsp = 0x200b, zwnj = 0x200c, zwj = 0x200d, lrm = 0x200e, rlm = 0x200f, alm = 0x061c;
constexpr UChar32 lre = 0x202a, rle = 0x202b, pdf = 0x202c, lro = 0x202d, rlo = 0x202e;
constexpr UChar32 lri = 0x2066, fsi = 0x2068, pdi = 0x2069;

// Longer chains of pictures than any font draws are one endless character; the longest in use has five pictures.
constexpr int joiners_in_a_row_max = 8;

// Marks on one base that are put in order; more are dropped before.
constexpr int marks_sorted_max = 32;

bool is_joiner(UChar32 c) { return c == zwj || c == zwnj; }
bool is_direction_mark(UChar32 c) { return c == lrm || c == rlm || c == alm; }
bool is_embedding(UChar32 c) { return c == lre || c == rle; }
bool is_override(UChar32 c) { return c == lro || c == rlo; }
bool is_isolate(UChar32 c) { return c >= lri && c <= fsi; }

// What stood before the character at hand, as far as it decides about it.
struct Before {
    UChar32 character = 0;  // the last one that was kept
    UChar32 base = 0;       // the last one kept that is no mark, selector, joiner or skin tone
    int joiners = 0;        // in the chain of pictures that `character` ends
};

// Scripts are asked of the base, since normalisation may still put its marks into another order.
bool has_work(UChar32 c, const Before& before, UChar32 next) {
    switch (c) {
        case zwj:
            if (is_emoji_part(before.base) && is_emoji_part(next))
                return before.character != zwj && before.joiners < joiners_in_a_row_max;
            [[fallthrough]];
        case zwnj:
            return !is_joiner(before.character) && needs_joiners(before.base);
        case zwsp:
            return needs_break_marks(before.base);
        case lrm:
        case rlm:
        case alm:
            return !is_direction_mark(before.character);
        case 0x180e:  // Mongolian vowel separator
            return needs_joiners(before.base);
        case 0x115f:  // the fillers that stand for a missing part of a Korean syllable written in its parts
            return next >= 0x1160 && next <= 0x11a7;
        case 0x1160:
            return before.character >= 0x1100 && before.character <= 0x115f;
        default:
            break;
    }
    if (is_embedding(c) || is_override(c) || is_isolate(c) || c == pdf || c == pdi) return true;
    // One selector on a character that is there to be selected. More of them carry hidden bytes.
    if (is_variation_selector(c)) return before.character == before.base && !is_blank(before.base);
    return !is_ignorable(c);
}

void remember(UChar32 c, Before& before) {
    const bool hangs_on = is_variation_selector(c) || c == zwj || is_stacking_mark(c) || is_skin_tone(c);
    if (c == zwj) before.joiners += 1;
    if (!hangs_on) {
        if (before.character != zwj) before.joiners = 0;
        before.base = c;
    }
    before.character = c;
}

// Everything that was opened on this line and is still open.
class OpenDirections {
  public:
    // Whether to write `c`; writes what must be closed before it.
    bool take(UChar32 c, icu::UnicodeString& out) {
        if (is_embedding(c) || is_override(c) || is_isolate(c)) {
            const bool kept = !is_override(c) && open_.size() < depth_max;
            open_.push_back({is_isolate(c), kept});
            return kept;
        }
        if (c == pdf) {
            if (open_.empty() || open_.back().isolate) return false;
            const bool kept = open_.back().kept;
            open_.pop_back();
            return kept;
        }
        return c == pdi ? close_isolate(out) : true;
    }
    void end_line(icu::UnicodeString& out) {
        while (!open_.empty()) close_last(out);
    }

  private:
    // Deeper than anybody writes; Unicode itself stops at 125.
    static constexpr std::size_t depth_max = 8;

    struct Opened {
        bool isolate;
        bool kept;
    };
    void close_last(icu::UnicodeString& out) {
        if (open_.back().kept) out.append(open_.back().isolate ? pdi : pdf);
        open_.pop_back();
    }
    bool close_isolate(icu::UnicodeString& out) {
        bool any = false;
        for (const auto& opened : open_) any = any || opened.isolate;
        if (!any) return false;
        while (!open_.back().isolate) close_last(out);
        const bool kept = open_.back().kept;
        open_.pop_back();
        return kept;
    }

    std::vector<Opened> open_;
};

}  // namespace

icu::UnicodeString nfc(const icu::UnicodeString& whole) {
    // Marks are sorted in a time that grows with the square of their number.
    const auto text = without_mark_towers(whole, marks_sorted_max);
    UErrorCode status = U_ZERO_ERROR;
    const auto* normalizer = icu::Normalizer2::getNFCInstance(status);
    KINDROOM_ASSERT(U_SUCCESS(status));
    if (normalizer->isNormalized(text, status)) return text;
    auto normal = normalizer->normalize(text, status);
    KINDROOM_ASSERT(U_SUCCESS(status));
    return normal;
}

icu::UnicodeString without_invisible_tricks(const icu::UnicodeString& text) {
    icu::UnicodeString out(text.length(), 0, 0);
    Before before;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        UChar32 c = text.char32At(i);
        const int32_t after = text.moveIndex32(i, 1);
        const UChar32 next = after < text.length() ? text.char32At(after) : 0;
        if (c == '\r' && next == '\n') continue;
        if (is_line_end(c)) c = '\n';
        if (c == '\t') c = ' ';
        if (c != '\n' && (is_never_kept(c) || (c >= 0x80 && !has_work(c, before, next)))) continue;
        out.append(c);
        remember(c, before);
    }
    return out;
}

icu::UnicodeString with_balanced_directions(const icu::UnicodeString& text) {
    icu::UnicodeString out(text.length(), 0, 0);
    OpenDirections open;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 c = text.char32At(i);
        if (is_line_end(c)) open.end_line(out);
        if (open.take(c, out)) out.append(c);
    }
    open.end_line(out);
    return out;
}

icu::UnicodeString without_mark_towers(const icu::UnicodeString& text, int marks_max) {
    icu::UnicodeString out(text.length(), 0, 0);
    int marks = 0;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 c = text.char32At(i);
        // What cannot be seen does not give the tower a new base.
        if (is_stacking_mark(c))
            marks += 1;
        else if (!is_ignorable(c) && (!is_never_kept(c) || is_line_end(c)))
            marks = 0;
        if (marks <= marks_max || !is_stacking_mark(c)) out.append(c);
    }
    return out;
}

icu::UnicodeString on_one_line(const icu::UnicodeString& text) {
    icu::UnicodeString out(text.length(), 0, 0);
    bool blank_due = false;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 c = text.char32At(i);
        if (u_isUWhiteSpace(c)) {
            blank_due = !out.isEmpty();
            continue;
        }
        if (blank_due) out.append(static_cast<UChar>(' '));
        blank_due = false;
        out.append(c);
    }
    return out;
}

icu::UnicodeString without_blank_ends(const icu::UnicodeString& text) {
    int32_t first = 0;
    int32_t end = text.length();
    // Every blank is one UTF-16 unit.
    while (first < end && u_isUWhiteSpace(text.charAt(first))) first += 1;
    while (end > first && u_isUWhiteSpace(text.charAt(end - 1))) end -= 1;
    return {text, first, end - first};
}

bool is_visible(const icu::UnicodeString& text) {
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
        if (!is_blank(text.char32At(i))) return true;
    return false;
}

icu::UnicodeString cleaned(const icu::UnicodeString& text) {
    const auto normal = nfc(text);
    if (std::all_of(normal.getBuffer(), normal.getBuffer() + normal.length(), is_plain)) return normal;
    // Whether a joiner has work to do depends on what stands around it, so it is asked when all else is settled. Then
    // once more into form C: what was dropped may have stood between a letter and its mark.
    return nfc(without_invisible_tricks(without_mark_towers(with_balanced_directions(normal))));
}

std::string to_utf8(const icu::UnicodeString& text) {
    std::string utf8;
    text.toUTF8String(utf8);
    return utf8;
}

}  // namespace kindroom::text
