/* Grapheme clusters, by libunistring's tables. */
#include "lacrima/base/check.h"
#include "lacrima/base/text.h"

#include <string.h>
#include <unigbrk.h>

/* A cluster is looked for in so many bytes. */
#define WINDOW_BYTES ((size_t)256)

static bool continues(char c)
{
    return ((unsigned char)c & 0xC0u) == 0x80u;
}

size_t text_next_cluster(const char *text, size_t length, size_t at)
{
    check(at <= length);
    char breaks[WINDOW_BYTES];
    size_t room = length - at < WINDOW_BYTES ? length - at : WINDOW_BYTES;
    if (room <= 1)
        return length;
    u8_grapheme_breaks((const uint8_t *)text + at, room, breaks);
    for (size_t i = 1; i < room; i++) {
        if (breaks[i])
            return at + i;
    }
    return at + room;
}

size_t text_previous_cluster(const char *text, size_t length, size_t at)
{
    check(at <= length);
    char breaks[WINDOW_BYTES];
    size_t from = at < WINDOW_BYTES ? 0 : at - WINDOW_BYTES;
    /* A window that begins in the middle begins at a character at least. */
    while (from > 0 && from < at && continues(text[from]))
        from++;
    if (at == from)
        return at > 0 ? at - 1 : 0;
    u8_grapheme_breaks((const uint8_t *)text + from, at - from, breaks);
    for (size_t i = at - from; i-- > 1;) {
        if (breaks[i])
            return from + i;
    }
    return from;
}
