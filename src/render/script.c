#include "script.h"

#include "lacrima/base/check.h"
#include "lacrima/base/text.h"

#include <string.h>
#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>

struct script_range {
    uint32_t first, last;
    const char *script;
};

/* Sorted by first.  What is missing here is drawn all the same, without its script's rules. */
static const struct script_range ranges[] = {
    {0x0041, 0x005A, "Latn"},   {0x0061, 0x007A, "Latn"},   {0x00AA, 0x00AA, "Latn"},
    {0x00BA, 0x00BA, "Latn"},   {0x00C0, 0x02B8, "Latn"},   {0x0370, 0x03FF, "Grek"},
    {0x0400, 0x052F, "Cyrl"},   {0x0531, 0x058F, "Armn"},   {0x0591, 0x05FF, "Hebr"},
    {0x0600, 0x06FF, "Arab"},   {0x0700, 0x074F, "Syrc"},   {0x0750, 0x077F, "Arab"},
    {0x0780, 0x07BF, "Thaa"},   {0x07C0, 0x07FF, "Nkoo"},   {0x0860, 0x08FF, "Arab"},
    {0x0900, 0x097F, "Deva"},   {0x0980, 0x09FF, "Beng"},   {0x0A00, 0x0A7F, "Guru"},
    {0x0A80, 0x0AFF, "Gujr"},   {0x0B00, 0x0B7F, "Orya"},   {0x0B80, 0x0BFF, "Taml"},
    {0x0C00, 0x0C7F, "Telu"},   {0x0C80, 0x0CFF, "Knda"},   {0x0D00, 0x0D7F, "Mlym"},
    {0x0D80, 0x0DFF, "Sinh"},   {0x0E00, 0x0E7F, "Thai"},   {0x0E80, 0x0EFF, "Laoo"},
    {0x0F00, 0x0FFF, "Tibt"},   {0x1000, 0x109F, "Mymr"},   {0x10A0, 0x10FF, "Geor"},
    {0x1100, 0x11FF, "Hang"},   {0x1200, 0x139F, "Ethi"},   {0x13A0, 0x13FF, "Cher"},
    {0x1400, 0x167F, "Cans"},   {0x1780, 0x17FF, "Khmr"},   {0x1800, 0x18AF, "Mong"},
    {0x1C90, 0x1CBF, "Geor"},   {0x1D00, 0x1DBF, "Latn"},   {0x1E00, 0x1EFF, "Latn"},
    {0x1F00, 0x1FFF, "Grek"},   {0x2C60, 0x2C7F, "Latn"},   {0x2D00, 0x2D2F, "Geor"},
    {0x2DE0, 0x2DFF, "Cyrl"},   {0x2E80, 0x2FDF, "Hani"},   {0x3005, 0x3007, "Hani"},
    {0x3041, 0x309F, "Hira"},   {0x30A0, 0x30FF, "Kana"},   {0x3105, 0x312F, "Bopo"},
    {0x3131, 0x318F, "Hang"},   {0x31F0, 0x31FF, "Kana"},   {0x3400, 0x4DBF, "Hani"},
    {0x4E00, 0x9FFF, "Hani"},   {0xA640, 0xA69F, "Cyrl"},   {0xA720, 0xA7FF, "Latn"},
    {0xA8E0, 0xA8FF, "Deva"},   {0xAC00, 0xD7FF, "Hang"},   {0xF900, 0xFAFF, "Hani"},
    {0xFB00, 0xFB06, "Latn"},   {0xFB1D, 0xFB4F, "Hebr"},   {0xFB50, 0xFDFF, "Arab"},
    {0xFE70, 0xFEFC, "Arab"},   {0xFF21, 0xFF5A, "Latn"},   {0xFF66, 0xFF9F, "Kana"},
    {0x1E900, 0x1E95F, "Adlm"}, {0x20000, 0x323AF, "Hani"},
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

const char *script_name(uint32_t codepoint, size_t *number)
{
    UErrorCode code = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript((UChar32)codepoint, &code);
    if (U_FAILURE(code) || script <= USCRIPT_INHERITED || script == USCRIPT_UNKNOWN ||
        script >= SCRIPT_NUMBERS)
        return NULL;
    *number = (size_t)script;
    return uscript_getName(script);
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
           between(c, 0x200C, 0x200F) || between(c, 0x202A, 0x202E) || between(c, 0x2060, 0x2069) ||
           between(c, 0x20D0, 0x20FF) || between(c, 0x3099, 0x309A) || between(c, 0xFE00, 0xFE0F) ||
           between(c, 0xFE20, 0xFE2F) || between(c, 0x1F3FB, 0x1F3FF) ||
           between(c, 0xE0100, 0xE01EF);
}

bool script_breaks_anywhere(uint32_t c)
{
    return between(c, 0x2E80, 0x2FDF) || between(c, 0x3001, 0x30FF) || between(c, 0x31F0, 0x31FF) ||
           between(c, 0x3400, 0x4DBF) || between(c, 0x4E00, 0x9FFF) || between(c, 0xF900, 0xFAFF) ||
           between(c, 0xFF01, 0xFF9F) || between(c, 0x20000, 0x323AF);
}

enum script_base script_strong(uint32_t codepoint)
{
    UCharDirection direction = u_charDirection((UChar32)codepoint);
    if (direction == U_LEFT_TO_RIGHT)
        return SCRIPT_BASE_LEFT;
    return direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC ? SCRIPT_BASE_RIGHT
                                                                               : SCRIPT_BASE_AUTO;
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

/* Whether anything in the line may run from right to left. */
static bool turns(const uint32_t *codepoints, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        UCharDirection direction = u_charDirection((UChar32)codepoints[i]);
        if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC ||
            direction == U_ARABIC_NUMBER || direction == U_RIGHT_TO_LEFT_EMBEDDING ||
            direction == U_RIGHT_TO_LEFT_OVERRIDE || direction == U_RIGHT_TO_LEFT_ISOLATE)
            return true;
    }
    return false;
}

static bool base_is_right(const uint32_t *codepoints, size_t count, enum script_base wanted)
{
    for (size_t i = 0; i < count && wanted == SCRIPT_BASE_AUTO; i++)
        wanted = script_strong(codepoints[i]);
    return wanted == SCRIPT_BASE_RIGHT;
}

/* ICU's levels are one a UTF-16 unit.  What it held of the line, the classes of its characters, is
 * overwritten by those of a line of blanks before its memory is given back. */
static void find_levels(UBiDi *bidi, const uint32_t *codepoints, size_t count, UBiDiLevel base,
                        uint8_t *levels)
{
    UChar units[SCRIPT_LINE_CHARS * U16_MAX_LENGTH];
    int32_t length = 0;
    UErrorCode code = U_ZERO_ERROR;
    for (size_t i = 0; i < count; i++)
        U16_APPEND_UNSAFE(units, length, codepoints[i]);
    ubidi_setPara(bidi, units, length, base, NULL, &code);
    const UBiDiLevel *found = ubidi_getLevels(bidi, &code);
    int32_t unit = 0;
    for (size_t i = 0; i < count && found != NULL && U_SUCCESS(code); i++) {
        levels[i] = found[unit];
        unit += U16_LENGTH(codepoints[i]);
    }
    for (int32_t i = 0; i < length; i++)
        units[i] = ' ';
    ubidi_setPara(bidi, units, length, base, NULL, &code);
}

uint8_t script_levels(const uint32_t *codepoints, size_t count, enum script_base wanted,
                      uint8_t *levels)
{
    check(count <= SCRIPT_LINE_CHARS);
    uint8_t base = base_is_right(codepoints, count, wanted) ? 1 : 0;
    memset(levels, base, count);
    if (base == 0 && !turns(codepoints, count))
        return base;
    /* Without memory all of it runs as the line does. */
    UBiDi *bidi = ubidi_open();
    if (bidi != NULL)
        find_levels(bidi, codepoints, count, base, levels);
    ubidi_close(bidi);
    return base;
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
