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

/* One walk for both: dst may be NULL. */
static bool walk(char *dst, const char *text, size_t length, bool one_line, size_t *taken)
{
    uint32_t before = 0;
    size_t out = 0;
    for (size_t at = 0; at < length;) {
        ucs4_t c = 0;
        int size = u8_mbtoucr(&c, (const uint8_t *)text + at, length - at);
        if (size <= 0 || c == 0)
            return false;
        size_t kept = 0;
        switch (becomes(c, before, one_line)) {
        case BECOMES_ITSELF:
            kept = (size_t)size;
            if (dst != NULL)
                memcpy(dst + out, text + at, kept);
            break;
        case BECOMES_BREAK:
            kept = 1;
            if (dst != NULL)
                dst[out] = '\n';
            break;
        case BECOMES_NOTHING:
            break;
        }
        out += kept;
        at += (size_t)size;
        before = c;
    }
    *taken = out;
    return true;
}

bool intake_measure(const char *text, size_t length, bool one_line, size_t *taken)
{
    return walk(NULL, text, length, one_line, taken);
}

void intake_copy(char *dst, const char *text, size_t length, bool one_line)
{
    size_t taken = 0;
    (void)walk(dst, text, length, one_line, &taken);
}
