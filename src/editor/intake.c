#include "intake.h"

#include <stdint.h>
#include <string.h>
#include <unistr.h>

#define NEL                 0x85
#define LINE_SEPARATOR      0x2028
#define PARAGRAPH_SEPARATOR 0x2029
#define DELETE              0x7F
#define C1_FIRST            0x80
#define C1_LAST             0x9F

enum becomes { BECOMES_ITSELF, BECOMES_BREAK, BECOMES_NOTHING };

static enum becomes becomes(uint32_t c, uint32_t before, bool one_line)
{
    if (c == '\n' && before == '\r')
        return BECOMES_NOTHING;
    if (c == '\n' || c == '\r' || c == NEL || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR)
        return one_line ? BECOMES_NOTHING : BECOMES_BREAK;
    if ((c < ' ' && c != '\t') || c == DELETE || (c >= C1_FIRST && c <= C1_LAST))
        return BECOMES_NOTHING;
    return BECOMES_ITSELF;
}

/* A word of bytes, each of which is `byte`. */
static uint64_t each(uint8_t byte)
{
    return UINT64_C(0x0101010101010101) * byte;
}

/* Whether all eight are from ' ' to '~': nothing else is asked of them.  A byte's upper bit comes
 * up where 0x20 is taken from less, or 1 added to 0x7F. */
static bool are_plain(const char *text)
{
    uint64_t bytes = 0;
    memcpy(&bytes, text, sizeof bytes);
    uint64_t outside = bytes | (bytes - each(' ')) | (bytes + each(1));
    return (outside & each(0x80)) == 0;
}

/* How many bytes from `at` on, in eights, are plain. */
static size_t plain_bytes(const char *text, size_t length, size_t at)
{
    size_t end = at;
    while (length - end >= sizeof(uint64_t) && are_plain(text + end))
        end += sizeof(uint64_t);
    return end - at;
}

static void put(char *dst, size_t at, const char *bytes, size_t count)
{
    if (dst != NULL && count > 0)
        memcpy(dst + at, bytes, count);
}

/* One walk for both: dst may be NULL. */
static bool walk(char *dst, const char *text, size_t length, bool one_line, size_t *taken,
                 bool *same)
{
    uint32_t before = 0;
    size_t out = 0;
    *same = true;
    for (size_t at = 0; at < length;) {
        size_t plain = plain_bytes(text, length, at);
        if (plain > 0) {
            put(dst, out, text + at, plain);
            out += plain;
            at += plain;
            before = ' ';
            continue;
        }
        ucs4_t c = 0;
        int size = u8_mbtoucr(&c, (const uint8_t *)text + at, length - at);
        if (size <= 0 || c == 0)
            return false;
        enum becomes what = becomes(c, before, one_line);
        size_t kept = what == BECOMES_NOTHING ? 0 : what == BECOMES_BREAK ? 1 : (size_t)size;
        put(dst, out, what == BECOMES_BREAK ? "\n" : text + at, kept);
        *same = *same && (what == BECOMES_ITSELF || c == '\n') && kept > 0;
        out += kept;
        at += (size_t)size;
        before = c;
    }
    *taken = out;
    return true;
}

bool intake_measure(const char *text, size_t length, bool one_line, size_t *taken, bool *same)
{
    return walk(NULL, text, length, one_line, taken, same);
}

void intake_copy(char *dst, const char *text, size_t length, bool one_line, bool same)
{
    size_t taken = 0;
    if (same)
        put(dst, 0, text, length);
    else
        (void)walk(dst, text, length, one_line, &taken, &same);
}
