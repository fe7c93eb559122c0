/* Characters and grapheme clusters, by libunistring's tables. */
#include "lacrima/base/text.h"

#include <unigbrk.h>

/* A cluster is looked for in so many bytes. */
#define WINDOW_BYTES ((size_t)256)
/* Nearly all end in so many; looked at first, for the whole window takes long. */
#define NEAR_BYTES ((size_t)32)
/* The longest character has so many bytes after its first. */
#define CONTINUED_MAX 3

static bool continues(char c)
{
    return ((unsigned char)c & 0xC0u) == 0x80u;
}

/* Between two of these there is a boundary, whatever is before or behind them (GB999). */
static bool is_plain(char c)
{
    return c >= 0x20 && c < 0x7F;
}

static uint32_t character(const char *text, size_t length, size_t at)
{
    uint32_t codepoint = 0;
    (void)text_decode_within(text + at, length - at, &codepoint);
    return codepoint;
}

/* The beginning of the character that byte `last` is of; a malformed byte is one by itself. */
static size_t begin_of(const char *text, size_t length, size_t last)
{
    size_t least = last > CONTINUED_MAX ? last - CONTINUED_MAX : 0;
    size_t from = last;
    uint32_t codepoint = 0;
    while (from > least && continues(text[from]))
        from--;
    return from + text_decode_within(text + from, length - from, &codepoint) > last ? from : last;
}

size_t text_previous_char(const char *text, size_t at)
{
    return at == 0 ? 0 : begin_of(text, at, at - 1);
}

static size_t to_char(const char *text, size_t length, size_t at)
{
    return at >= length ? length : begin_of(text, length, at);
}

/* Whether a boundary between these two is certain without looking further back: rules GB4, GB5 and
 * GB999, where no rule that reads a longer history (GB6-8, GB9b, GB9c, GB11, GB12) can begin. */
static bool surely_apart(uint32_t before, uint32_t after)
{
    switch (uc_graphemeclusterbreak_property(after)) {
    case GBP_EXTEND:
    case GBP_SPACINGMARK:
    case GBP_ZWJ:
    case GBP_V:
    case GBP_T:
        return false;
    default:
        break;
    }
    switch (uc_graphemeclusterbreak_property(before)) {
    case GBP_OTHER:
    case GBP_LF:
    case GBP_CONTROL:
    case GBP_LV:
    case GBP_LVT:
        return true;
    default:
        return false;
    }
}

static bool is_flag_half(uint32_t codepoint)
{
    return uc_graphemeclusterbreak_property(codepoint) == GBP_RI;
}

/* Whether two flags meet at `at`, which has a half of one on both sides: halves pair up from the
 * first of their run (GB12, GB13). */
static bool flags_meet(const char *text, size_t length, size_t at)
{
    size_t halves = 0;
    for (; at > 0; halves++) {
        at = text_previous_char(text, at);
        if (!is_flag_half(character(text, length, at)))
            break;
    }
    return halves % 2 == 0;
}

/* The nearest place at or before `at` (a character boundary) that is a boundary for certain. */
static size_t anchor(const char *text, size_t length, size_t at)
{
    while (at > 0 && at < length) {
        size_t before = text_previous_char(text, at);
        uint32_t left = character(text, length, before);
        uint32_t right = character(text, length, at);
        if (surely_apart(left, right))
            return at;
        if (is_flag_half(left) && is_flag_half(right) && flags_meet(text, length, at))
            return at;
        at = before;
    }
    return at;
}

/* The first boundary after `from`, itself one, in so many bytes; their end if there is none. */
static size_t step_within(const char *text, size_t length, size_t from, size_t window)
{
    char breaks[WINDOW_BYTES];
    size_t room = length - from;
    if (room > window)
        room = to_char(text, length, from + window) - from;
    if (room > 0)
        u8_grapheme_breaks((const uint8_t *)text + from, room, breaks);
    for (size_t i = 1; i < room; i++) {
        if (breaks[i])
            return from + i;
    }
    return from + room;
}

/* The first boundary after `from`, itself one. */
static size_t step(const char *text, size_t length, size_t from)
{
    size_t near = step_within(text, length, from, NEAR_BYTES);
    bool sure = near + CONTINUED_MAX < from + NEAR_BYTES;
    return sure ? near : step_within(text, length, from, WINDOW_BYTES);
}

size_t text_next_cluster(const char *text, size_t length, size_t at)
{
    if (at + 1 < length && is_plain(text[at]) && is_plain(text[at + 1]))
        return at + 1;
    size_t place = anchor(text, length, to_char(text, length, at));
    while (place <= at && place < length)
        place = step(text, length, place);
    return place;
}

size_t text_cluster(const char *text, size_t length, size_t at)
{
    at = to_char(text, length, at);
    if (at == length || (at > 0 && is_plain(text[at - 1]) && is_plain(text[at])))
        return at;
    size_t place = anchor(text, length, at);
    for (size_t next = place; next <= at && next < length; next = step(text, length, next))
        place = next;
    return place;
}

size_t text_previous_cluster(const char *text, size_t length, size_t at)
{
    at = to_char(text, length, at);
    return at == 0 ? 0 : text_cluster(text, length, text_previous_char(text, at));
}
