#include "bounds.h"

#include "lacrima/base/check.h"
#include "lacrima/base/text.h"

#include <string.h>
#include <unictype.h>

/* A paragraph's beginning is looked for in so many bytes at once. */
#define BACK_BYTES ((size_t)1024)
/* One whose first letter comes later than this is read from left to right. */
#define DIRECTION_BYTES ((size_t)16384)

#define LETTERS         UC_CATEGORY_MASK_L
#define MARKS           (UC_CATEGORY_MASK_Mn | UC_CATEGORY_MASK_Mc)
#define BLANKS          UC_CATEGORY_MASK_Zs
#define WORDS                                                                                      \
    (UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_N | UC_CATEGORY_MASK_Pc |          \
     UC_CATEGORY_MASK_Cf)

uint32_t bounds_char(struct span span, size_t at, size_t *size)
{
    uint32_t c = 0;
    check(at < span.length);
    size_t taken = text_decode_within(span.text + at, span.length - at, &c);
    if (size != NULL)
        *size = taken;
    return c;
}

size_t bounds_char_before(struct span span, size_t at)
{
    return text_previous_char(span.text, at);
}

size_t bounds_next(struct span span, size_t at)
{
    return text_next_cluster(span.text, span.length, at);
}

size_t bounds_snap(struct span span, size_t at)
{
    return text_cluster(span.text, span.length, at);
}

size_t bounds_previous(struct span span, size_t at)
{
    return text_previous_cluster(span.text, span.length, at);
}

/* Scripts whose accents are one with their letter for the person who types; in the others a mark
 * was typed by itself and is erased by itself. */
static bool marks_belong(uint32_t base)
{
    return base <= 0x052F || (base >= 0x1E00 && base <= 0x1FFF) ||
           (base >= 0x3040 && base <= 0x30FF);
}

size_t bounds_backspace(struct span span, size_t at)
{
    size_t from = bounds_previous(span, at);
    size_t last = bounds_char_before(span, at);
    uint32_t base = bounds_char(span, from, NULL);
    if (last == from || marks_belong(base) || !uc_is_general_category_withtable(base, LETTERS))
        return from;
    bool mark = uc_is_general_category_withtable(bounds_char(span, last, NULL), MARKS);
    return mark ? last : from;
}

enum kind { KIND_BREAK, KIND_BLANK, KIND_SIGN, KIND_WORD, KIND_HAN, KIND_HIRAGANA, KIND_KATAKANA };

/* Japanese and Chinese put no blanks between words; a change of script is the next best. */
static enum kind kind_of(uint32_t c)
{
    if (c == '\n')
        return KIND_BREAK;
    if (c >= 0x3041 && c <= 0x309F)
        return KIND_HIRAGANA;
    if (c >= 0x30A0 && c <= 0x30FF)
        return KIND_KATAKANA;
    if ((c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x3FFFF))
        return KIND_HAN;
    if (c == '\t')
        return KIND_BLANK;
    if (uc_is_general_category_withtable(c, WORDS))
        return KIND_WORD;
    return uc_is_general_category_withtable(c, BLANKS) ? KIND_BLANK : KIND_SIGN;
}

static bool is_letter(struct span span, size_t at)
{
    return at < span.length && kind_of(bounds_char(span, at, NULL)) == KIND_WORD;
}

/* The kind of the character at `at`; an apostrophe between two letters belongs to their word. */
static enum kind kind_at(struct span span, size_t at, size_t *size)
{
    uint32_t c = bounds_char(span, at, size);
    if ((c == '\'' || c == 0x2019) && at > 0 && is_letter(span, bounds_char_before(span, at)) &&
        is_letter(span, at + *size))
        return KIND_WORD;
    return kind_of(c);
}

static bool is_word(enum kind kind)
{
    return kind >= KIND_WORD;
}

/* What needs no table; a word may be as long as the text. */
static bool is_plain_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static size_t run_end(struct span span, size_t at, enum kind kind)
{
    size_t size = 0;
    while (at < span.length && kind_at(span, at, &size) == kind) {
        at += size;
        while (kind == KIND_WORD && at < span.length && is_plain_letter(span.text[at]))
            at++;
    }
    return at;
}

static size_t run_start(struct span span, size_t at, enum kind kind)
{
    while (at > 0) {
        size_t size = 0;
        size_t before = bounds_char_before(span, at);
        if (kind_at(span, before, &size) != kind)
            break;
        at = before;
        while (kind == KIND_WORD && at > 0 && is_plain_letter(span.text[at - 1]))
            at--;
    }
    return at;
}

size_t bounds_word_next(struct span span, size_t at)
{
    size_t size = 0;
    while (at < span.length && !is_word(kind_at(span, at, &size)))
        at += size;
    return at == span.length ? at : run_end(span, at, kind_at(span, at, &size));
}

size_t bounds_word_previous(struct span span, size_t at)
{
    size_t size = 0;
    while (at > 0) {
        size_t before = bounds_char_before(span, at);
        enum kind kind = kind_at(span, before, &size);
        if (is_word(kind))
            return run_start(span, before, kind);
        at = before;
    }
    return 0;
}

void bounds_word_around(struct span span, size_t at, size_t *from, size_t *to)
{
    size_t size = 0;
    at = bounds_snap(span, at);
    /* Behind the last character of a line its last run is meant. */
    if (at > 0 && (at == span.length || span.text[at] == '\n') && span.text[at - 1] != '\n')
        at = bounds_char_before(span, at);
    if (at == span.length || span.text[at] == '\n') {
        *from = at;
        *to = at;
        return;
    }
    enum kind kind = kind_at(span, at, &size);
    *from = run_start(span, at, kind);
    *to = run_end(span, at, kind);
}

size_t bounds_paragraph_start(struct span span, size_t at)
{
    while (at > 0) {
        size_t from = at > BACK_BYTES ? at - BACK_BYTES : 0;
        size_t start = from;
        const char *found = memchr(span.text + from, '\n', at - from);
        for (; found != NULL; found = memchr(span.text + start, '\n', at - start))
            start = (size_t)(found - span.text) + 1;
        if (start > from)
            return start;
        at = from;
    }
    return 0;
}

size_t bounds_paragraph_end(struct span span, size_t at)
{
    if (at >= span.length)
        return span.length;
    const char *found = memchr(span.text + at, '\n', span.length - at);
    return found == NULL ? span.length : (size_t)(found - span.text);
}

bool bounds_right_to_left(struct span span, size_t from, size_t to)
{
    size_t size = 0;
    to = to - from > DIRECTION_BYTES ? from + DIRECTION_BYTES : to;
    for (size_t at = from; at < to; at += size) {
        int direction = uc_bidi_class(bounds_char(span, at, &size));
        if (direction == UC_BIDI_L)
            return false;
        if (direction == UC_BIDI_R || direction == UC_BIDI_AL)
            return true;
    }
    return false;
}
