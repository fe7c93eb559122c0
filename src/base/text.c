#include "lacrima/base/text.h"

#include "lacrima/base/check.h"

#include <string.h>

/* The last place <= room where src can be cut without splitting a character. */
static size_t boundary_before(const char *src, size_t room)
{
    while (room > 0 && ((unsigned char)src[room] & 0xC0u) == 0x80u)
        room--;
    return room;
}

bool text_copy(char *dst, size_t size, const char *src)
{
    check(dst != NULL && size > 0);
    size_t length = src != NULL ? strlen(src) : 0;
    size_t kept = length < size ? length : boundary_before(src, size - 1);
    if (kept > 0)
        memmove(dst, src, kept);
    memset(dst + kept, 0, size - kept);
    return kept == length;
}

bool text_append(char *dst, size_t size, const char *src)
{
    size_t used = strlen(dst);
    check(used < size);
    return text_copy(dst + used, size - used, src);
}

bool text_fill(char *dst, size_t size, const char *words, const char *arg)
{
    const char *place = strstr(words, "%s");
    if (place == NULL)
        return text_copy(dst, size, words);
    size_t before = (size_t)(place - words);
    bool whole = text_copy(dst, size, words);
    if (before >= size - 1)
        return whole;
    dst[before] = '\0';
    whole = text_append(dst, size, arg);
    return text_append(dst, size, place + 2) && whole;
}

size_t text_decode(const char *s, uint32_t *codepoint)
{
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *p = (const unsigned char *)s;
    size_t length = p[0] < 0x80               ? 1
                    : (p[0] & 0xE0u) == 0xC0u ? 2
                    : (p[0] & 0xF0u) == 0xE0u ? 3
                    : (p[0] & 0xF8u) == 0xF0u ? 4
                                              : 0;
    uint32_t value = length == 1   ? p[0]
                     : length == 2 ? p[0] & 0x1Fu
                     : length == 3 ? p[0] & 0x0Fu
                                   : p[0] & 0x07u;
    for (size_t i = 1; i < length; i++) {
        if ((p[i] & 0xC0u) != 0x80u) {
            length = 0;
            break;
        }
        value = value << 6 | (p[i] & 0x3Fu);
    }
    if (length == 0 || value < least[length] || value > 0x10FFFF ||
        (value >= 0xD800 && value <= 0xDFFF)) {
        *codepoint = 0xFFFD;
        return 1;
    }
    *codepoint = value;
    return length;
}

size_t text_decode_within(const char *s, size_t room, uint32_t *codepoint)
{
    char cut[4] = {0};
    check(room > 0);
    if (room >= sizeof cut)
        return text_decode(s, codepoint);
    memcpy(cut, s, room);
    return text_decode(cut, codepoint);
}

void text_from_milli(char *dst, size_t size, int64_t milli)
{
    char digits[32];
    size_t n = 0;
    int64_t whole = milli < 0 ? -milli : milli;
    int64_t rest = whole % 1000;
    whole /= 1000;
    char reversed[24];
    size_t r = 0;
    do {
        reversed[r++] = (char)('0' + whole % 10);
        whole /= 10;
    } while (whole > 0);
    if (milli < 0)
        digits[n++] = '-';
    while (r > 0)
        digits[n++] = reversed[--r];
    if (rest > 0) {
        digits[n++] = '.';
        for (int64_t unit = 100; unit > 0 && rest > 0; unit /= 10) {
            digits[n++] = (char)('0' + rest / unit);
            rest %= unit;
        }
    }
    digits[n] = '\0';
    (void)text_copy(dst, size, digits);
}

void text_wipe(void *bytes, size_t size)
{
    /* Called through what may change at any moment, so that no compiler can leave it out. */
    static void *(*const volatile overwrite)(void *, int, size_t) = memset;
    if (size > 0)
        (void)overwrite(bytes, 0, size);
}

bool text_equal(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

int text_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char)c;
}

bool text_equal_nocase(const char *a, const char *b)
{
    while (*a != '\0' && text_lower(*a) == text_lower(*b)) {
        a++;
        b++;
    }
    return text_lower(*a) == text_lower(*b);
}

bool text_is_blank(uint32_t c)
{
    return c <= 0x20 || c == 0x200B || c == 0x3000;
}
