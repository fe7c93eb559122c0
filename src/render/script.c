#include "script.h"

#include "lacrima/base/text.h"

struct script_range {
    uint32_t first, last;
    const char *script;
    bool right_to_left;
};

/* Sorted by first.  What is missing here is drawn all the same, without its script's rules. */
static const struct script_range ranges[] = {
    {0x0041, 0x005A, "Latn", false},   {0x0061, 0x007A, "Latn", false},
    {0x00AA, 0x00AA, "Latn", false},   {0x00BA, 0x00BA, "Latn", false},
    {0x00C0, 0x02B8, "Latn", false},   {0x0370, 0x03FF, "Grek", false},
    {0x0400, 0x052F, "Cyrl", false},   {0x0531, 0x058F, "Armn", false},
    {0x0591, 0x05FF, "Hebr", true},    {0x0600, 0x06FF, "Arab", true},
    {0x0700, 0x074F, "Syrc", true},    {0x0750, 0x077F, "Arab", true},
    {0x0780, 0x07BF, "Thaa", true},    {0x07C0, 0x07FF, "Nkoo", true},
    {0x0860, 0x08FF, "Arab", true},    {0x0900, 0x097F, "Deva", false},
    {0x0980, 0x09FF, "Beng", false},   {0x0A00, 0x0A7F, "Guru", false},
    {0x0A80, 0x0AFF, "Gujr", false},   {0x0B00, 0x0B7F, "Orya", false},
    {0x0B80, 0x0BFF, "Taml", false},   {0x0C00, 0x0C7F, "Telu", false},
    {0x0C80, 0x0CFF, "Knda", false},   {0x0D00, 0x0D7F, "Mlym", false},
    {0x0D80, 0x0DFF, "Sinh", false},   {0x0E00, 0x0E7F, "Thai", false},
    {0x0E80, 0x0EFF, "Laoo", false},   {0x0F00, 0x0FFF, "Tibt", false},
    {0x1000, 0x109F, "Mymr", false},   {0x10A0, 0x10FF, "Geor", false},
    {0x1100, 0x11FF, "Hang", false},   {0x1200, 0x139F, "Ethi", false},
    {0x13A0, 0x13FF, "Cher", false},   {0x1400, 0x167F, "Cans", false},
    {0x1780, 0x17FF, "Khmr", false},   {0x1800, 0x18AF, "Mong", false},
    {0x1C90, 0x1CBF, "Geor", false},   {0x1D00, 0x1DBF, "Latn", false},
    {0x1E00, 0x1EFF, "Latn", false},   {0x1F00, 0x1FFF, "Grek", false},
    {0x2C60, 0x2C7F, "Latn", false},   {0x2D00, 0x2D2F, "Geor", false},
    {0x2DE0, 0x2DFF, "Cyrl", false},   {0x2E80, 0x2FDF, "Hani", false},
    {0x3005, 0x3007, "Hani", false},   {0x3041, 0x309F, "Hira", false},
    {0x30A0, 0x30FF, "Kana", false},   {0x3105, 0x312F, "Bopo", false},
    {0x3131, 0x318F, "Hang", false},   {0x31F0, 0x31FF, "Kana", false},
    {0x3400, 0x4DBF, "Hani", false},   {0x4E00, 0x9FFF, "Hani", false},
    {0xA640, 0xA69F, "Cyrl", false},   {0xA720, 0xA7FF, "Latn", false},
    {0xA8E0, 0xA8FF, "Deva", false},   {0xAC00, 0xD7FF, "Hang", false},
    {0xF900, 0xFAFF, "Hani", false},   {0xFB00, 0xFB06, "Latn", false},
    {0xFB1D, 0xFB4F, "Hebr", true},    {0xFB50, 0xFDFF, "Arab", true},
    {0xFE70, 0xFEFC, "Arab", true},    {0xFF21, 0xFF5A, "Latn", false},
    {0xFF66, 0xFF9F, "Kana", false},   {0x1E900, 0x1E95F, "Adlm", true},
    {0x20000, 0x323AF, "Hani", false},
};

static const struct script_range *range_of(uint32_t codepoint)
{
    size_t low = 0;
    size_t high = sizeof ranges / sizeof ranges[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (codepoint > ranges[middle].last)
            low = middle + 1;
        else if (codepoint < ranges[middle].first)
            high = middle;
        else
            return &ranges[middle];
    }
    return NULL;
}

const char *script_of(uint32_t codepoint)
{
    const struct script_range *range = range_of(codepoint);
    return range != NULL ? range->script : "Zyyy";
}

static bool between(uint32_t c, uint32_t first, uint32_t last)
{
    return c >= first && c <= last;
}

bool script_attaches(uint32_t c)
{
    return between(c, 0x0300, 0x036F) || between(c, 0x0483, 0x0489) || between(c, 0x0591, 0x05BD) ||
           between(c, 0x0610, 0x061A) || between(c, 0x064B, 0x065F) || between(c, 0x06D6, 0x06DC) ||
           between(c, 0x0900, 0x0903) || between(c, 0x093A, 0x094F) || between(c, 0x0E31, 0x0E3A) ||
           between(c, 0x0E47, 0x0E4E) || between(c, 0x1AB0, 0x1AFF) || between(c, 0x1DC0, 0x1DFF) ||
           between(c, 0x200C, 0x200F) || between(c, 0x20D0, 0x20FF) || between(c, 0x3099, 0x309A) ||
           between(c, 0xFE00, 0xFE0F) || between(c, 0xFE20, 0xFE2F) ||
           between(c, 0x1F3FB, 0x1F3FF) || between(c, 0xE0100, 0xE01EF);
}

bool script_breaks_anywhere(uint32_t c)
{
    return between(c, 0x2E80, 0x2FDF) || between(c, 0x3001, 0x30FF) || between(c, 0x31F0, 0x31FF) ||
           between(c, 0x3400, 0x4DBF) || between(c, 0x4E00, 0x9FFF) || between(c, 0xF900, 0xFAFF) ||
           between(c, 0xFF01, 0xFF9F) || between(c, 0x20000, 0x323AF);
}

enum direction { DIRECTION_NONE, DIRECTION_LEFT, DIRECTION_RIGHT, DIRECTION_NUMBER };

static enum direction direction_of(uint32_t c)
{
    if (between(c, '0', '9') || between(c, 0x0660, 0x0669) || between(c, 0x06F0, 0x06F9))
        return DIRECTION_NUMBER;
    const struct script_range *range = range_of(c);
    if (range != NULL)
        return range->right_to_left ? DIRECTION_RIGHT : DIRECTION_LEFT;
    return c == 0x200F ? DIRECTION_RIGHT : c == 0x200E ? DIRECTION_LEFT : DIRECTION_NONE;
}

/* The direction of the nearest strong character from `at` on, `step` apart; `none` at the end.
 * A number on the way counts as `number`. */
static bool neighbour_is_right(const uint32_t *codepoints, size_t count, size_t at, int step,
                               bool none, const bool *number)
{
    for (size_t i = at; i < count; i += (size_t)step) {
        enum direction direction = direction_of(codepoints[i]);
        if (direction == DIRECTION_NUMBER && number != NULL)
            return *number;
        if (direction == DIRECTION_LEFT || direction == DIRECTION_RIGHT)
            return direction == DIRECTION_RIGHT;
    }
    return none;
}

enum script_base script_strong(uint32_t codepoint)
{
    switch (direction_of(codepoint)) {
    case DIRECTION_LEFT:
        return SCRIPT_BASE_LEFT;
    case DIRECTION_RIGHT:
        return SCRIPT_BASE_RIGHT;
    case DIRECTION_NONE:
    case DIRECTION_NUMBER:
        break;
    }
    return SCRIPT_BASE_AUTO;
}

bool script_joins(const char *script)
{
    static const char *const joining[] = {"Arab", "Syrc", "Nkoo", "Mong", "Adlm"};
    for (size_t i = 0; i < sizeof joining / sizeof joining[0]; i++) {
        if (text_equal(script, joining[i]))
            return true;
    }
    return false;
}

uint8_t script_levels(const uint32_t *codepoints, size_t count, enum script_base wanted,
                      uint8_t *levels)
{
    bool base = wanted == SCRIPT_BASE_AUTO
                    ? neighbour_is_right(codepoints, count, 0, 1, false, NULL)
                    : wanted == SCRIPT_BASE_RIGHT;
    uint8_t left_level = base ? 2 : 0;
    for (size_t i = 0; i < count; i++) {
        bool before = neighbour_is_right(codepoints, count, i, -1, base, NULL);
        bool after = neighbour_is_right(codepoints, count, i, 1, base, &before);
        switch (direction_of(codepoints[i])) {
        case DIRECTION_LEFT:
            levels[i] = left_level;
            break;
        case DIRECTION_RIGHT:
            levels[i] = 1;
            break;
        case DIRECTION_NUMBER:
            levels[i] = before ? 2 : left_level;
            break;
        case DIRECTION_NONE:
            if (before == after)
                levels[i] = before ? 1 : left_level;
            else
                levels[i] = base ? 1 : 0;
            break;
        }
    }
    return base ? 1 : 0;
}

void script_visual_order(const uint8_t *levels, size_t count, size_t *order)
{
    uint8_t highest = 0;
    for (size_t i = 0; i < count; i++) {
        order[i] = i;
        highest = levels[i] > highest ? levels[i] : highest;
    }
    for (uint8_t level = highest; level > 0; level--) {
        for (size_t first = 0; first < count; first++) {
            size_t last = first;
            while (last < count && levels[order[last]] >= level)
                last++;
            for (size_t a = first, b = last; a + 1 < b; a++) {
                b--;
                size_t kept = order[a];
                order[a] = order[b];
                order[b] = kept;
            }
            first = last > first ? last : first;
        }
    }
}
