#include "plain.h"

#include "lacrima/base/check.h"

#include <string.h>
#include <unictype.h>
#include <unigbrk.h>
#include <unistr.h>

/* What is longer counts as several (lacrima/base/text.h), and this array does not know where. */
#define GRAPHEME_MAX 256

/* One entry a character, and one behind the last. */
struct chars {
    size_t count;
    size_t at[PLAIN_MAX + 1];
    ucs4_t c[PLAIN_MAX + 1];
    int kind[PLAIN_MAX + 1];
};

enum { BREAK, BLANK, SIGN, WORD, HAN, HIRAGANA, KATAKANA };

static int kind_of(ucs4_t c)
{
    if (c == '\n')
        return BREAK;
    if (c >= 0x3041 && c <= 0x309F)
        return HIRAGANA;
    if (c >= 0x30A0 && c <= 0x30FF)
        return KATAKANA;
    if ((c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x3FFFF))
        return HAN;
    const char *name = uc_general_category_name(uc_general_category(c));
    if (name[0] == 'L' || name[0] == 'M' || name[0] == 'N' || strcmp(name, "Pc") == 0 ||
        strcmp(name, "Cf") == 0)
        return WORD;
    return c == '\t' || strcmp(name, "Zs") == 0 ? BLANK : SIGN;
}

static void split(const struct plain *plain, struct chars *chars)
{
    static int bare[PLAIN_MAX + 1];
    chars->count = 0;
    for (size_t at = 0; at < plain->length;) {
        size_t i = chars->count++;
        int size = u8_mbtouc(&chars->c[i], plain->text + at, plain->length - at);
        chars->at[i] = at;
        bare[i] = kind_of(chars->c[i]);
        at += (size_t)size;
    }
    chars->at[chars->count] = plain->length;
    for (size_t i = 0; i < chars->count; i++) {
        bool apostrophe = chars->c[i] == '\'' || chars->c[i] == 0x2019;
        bool inside = i > 0 && i + 1 < chars->count && bare[i - 1] == WORD && bare[i + 1] == WORD;
        chars->kind[i] = apostrophe && inside ? WORD : bare[i];
    }
}

static size_t index_of(const struct chars *chars, size_t at)
{
    for (size_t i = 0; i < chars->count; i++) {
        if (chars->at[i] >= at)
            return i;
    }
    return chars->count;
}

bool plain_clean(const uint8_t *text, size_t length, uint8_t *out, size_t *taken)
{
    *taken = 0;
    if (u8_check(text, length) != NULL || memchr(text, '\0', length) != NULL)
        return false;
    for (size_t at = 0; at < length;) {
        ucs4_t c = 0;
        size_t size = (size_t)u8_mbtouc(&c, text + at, length - at);
        if (c == '\r' && at + 1 < length && text[at + 1] == '\n')
            size = 2;
        if (c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029)
            c = '\n';
        if (c == '\n' || c == '\t' || !(c < 0x20 || (c >= 0x7F && c <= 0x9F)))
            *taken += (size_t)u8_uctomb(out + *taken, c, 6);
        at += size;
    }
    return true;
}

static bool boundaries(const struct plain *plain, char *breaks)
{
    if (plain->length > 0)
        u8_grapheme_breaks(plain->text, plain->length, breaks);
    breaks[plain->length] = 1;
    return plain->length > 0;
}

size_t plain_snap(const struct plain *plain, size_t at)
{
    char breaks[PLAIN_MAX + 1];
    if (!boundaries(plain, breaks) || at >= plain->length)
        return plain->length;
    while (at > 0 && !breaks[at])
        at--;
    return at;
}

bool plain_in_bounds(const struct plain *plain)
{
    char breaks[PLAIN_MAX + 1];
    size_t from = 0;
    (void)boundaries(plain, breaks);
    for (size_t at = 1; at <= plain->length; at++) {
        if (breaks[at] && at - from > GRAPHEME_MAX)
            return false;
        from = breaks[at] ? at : from;
    }
    return true;
}

static size_t grapheme(const struct plain *plain, bool forward)
{
    char breaks[PLAIN_MAX + 1];
    size_t at = plain->cursor;
    (void)boundaries(plain, breaks);
    if (forward) {
        do {
            at += at < plain->length;
        } while (at < plain->length && !breaks[at]);
        return at;
    }
    do {
        at -= at > 0;
    } while (at > 0 && !breaks[at]);
    return at;
}

static size_t word(const struct plain *plain, bool forward)
{
    static struct chars chars;
    split(plain, &chars);
    size_t i = index_of(&chars, plain->cursor);
    if (forward) {
        while (i < chars.count && chars.kind[i] < WORD)
            i++;
        int kind = chars.kind[i];
        while (i < chars.count && chars.kind[i] == kind)
            i++;
        return chars.at[i];
    }
    while (i > 0 && chars.kind[i - 1] < WORD)
        i--;
    int kind = i > 0 ? chars.kind[i - 1] : BREAK;
    while (i > 0 && chars.kind[i - 1] == kind)
        i--;
    return chars.at[i];
}

size_t plain_target(const struct plain *plain, enum editor_move move)
{
    size_t at = plain->cursor;
    switch (move) {
    case EDITOR_LEFT:
        return grapheme(plain, false);
    case EDITOR_RIGHT:
        return grapheme(plain, true);
    case EDITOR_WORD_LEFT:
        return word(plain, false);
    case EDITOR_WORD_RIGHT:
        return word(plain, true);
    case EDITOR_PARAGRAPH_START:
        while (at > 0 && plain->text[at - 1] != '\n')
            at--;
        return at;
    case EDITOR_PARAGRAPH_END:
        while (at < plain->length && plain->text[at] != '\n')
            at++;
        return at;
    case EDITOR_TEXT_START:
        return 0;
    case EDITOR_TEXT_END:
        return plain->length;
    }
    return at;
}

size_t plain_backspace(const struct plain *plain)
{
    static struct chars chars;
    split(plain, &chars);
    size_t from = grapheme(plain, false);
    size_t base = index_of(&chars, from);
    size_t last = index_of(&chars, plain->cursor) - 1;
    ucs4_t c = chars.c[base];
    bool one = c <= 0x052F || (c >= 0x1E00 && c <= 0x1FFF) || (c >= 0x3040 && c <= 0x30FF);
    const char *kind = uc_general_category_name(uc_general_category(chars.c[last]));
    bool mark = strcmp(kind, "Mn") == 0 || strcmp(kind, "Mc") == 0;
    bool letter = uc_general_category_name(uc_general_category(c))[0] == 'L';
    return !one && letter && mark && last > base ? chars.at[last] : from;
}

void plain_word(const struct plain *plain, size_t at, size_t *from, size_t *to)
{
    static struct chars chars;
    split(plain, &chars);
    size_t i = index_of(&chars, plain_snap(plain, at));
    bool at_end = i == chars.count || chars.kind[i] == BREAK;
    if (at_end && i > 0 && chars.kind[i - 1] != BREAK)
        i--;
    size_t j = i;
    if (i < chars.count && chars.kind[i] != BREAK) {
        int kind = chars.kind[i];
        while (i > 0 && chars.kind[i - 1] == kind)
            i--;
        while (j < chars.count && chars.kind[j] == kind)
            j++;
    }
    *from = chars.at[i];
    *to = chars.at[j];
}

void plain_replace(struct plain *plain, size_t from, size_t to, const uint8_t *bytes, size_t count)
{
    check(plain->length - (to - from) + count <= PLAIN_MAX);
    memmove(plain->text + from + count, plain->text + to, plain->length - to);
    memcpy(plain->text + from, bytes, count);
    plain->length = plain->length - (to - from) + count;
    memset(plain->text + plain->length, 0, PLAIN_MAX - plain->length);
}
