#include "wrap.h"

#include "lacrima/base/text.h"
#include "script.h"

#include <stdbool.h>
#include <string.h>

/* A long word is cut into parts of so many characters, so that it fits any field. */
#define WORD_PART_CHARS 6

#define ASCII_END       0x80

/* Of two lines that part between sentences the shorter is at least so much of the longer. */
#define SENTENCE_PART_MIN 0.4F
/* Halving the width so often finds the narrowest to a hundredth of an em. */
#define BALANCE_STEPS 12

static bool in_list(uint32_t c, const uint32_t *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i] == c)
            return true;
    }
    return false;
}

/* Signs that never begin a line: closing brackets, stops, small kana, the long-vowel mark. */
static bool never_begins(uint32_t c)
{
    static const uint32_t closing[] = {
        0x3001, 0x3002, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0x3017, 0x3041, 0x3043,
        0x3045, 0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087, 0x30A1, 0x30A3, 0x30A5, 0x30A7,
        0x30A9, 0x30C3, 0x30E3, 0x30E5, 0x30E7, 0x30FB, 0x30FC, 0xFF01, 0xFF09, 0xFF0C, 0xFF0E,
        0xFF1A, 0xFF1B, 0xFF1F, '!',    ')',    ',',    '.',    ':',    ';',    '?',    0x2026};
    return in_list(c, closing, sizeof closing / sizeof closing[0]);
}

static bool never_ends(uint32_t c)
{
    static const uint32_t opening[] = {0x3008, 0x300A, 0x300C, 0x300E, 0x3010,
                                       0x3014, 0x3016, 0xFF08, '('};
    return in_list(c, opening, sizeof opening / sizeof opening[0]);
}

bool wrap_may_break(uint32_t before, uint32_t after)
{
    /* Asked for every character of a letter; the rules below are all of others. */
    if (before < ASCII_END && after < ASCII_END)
        return false;
    if (script_attaches(after) || never_begins(after) || never_ends(before))
        return false;
    if (before == 0x2013 || before == 0x2014)
        return true;
    return script_breaks_anywhere(before) || script_breaks_anywhere(after);
}

struct cutter {
    const char *text;
    struct wrap_unit *units;
    size_t count, room;
    wrap_measure measure;
    void *user;
};

static void add_unit(struct cutter *cutter, size_t at, size_t end)
{
    struct wrap_unit *unit = &cutter->units[cutter->count++];
    *unit = (struct wrap_unit){.at = (uint16_t)at, .length = (uint16_t)(end - at)};
    unit->ems = cutter->measure(cutter->user, cutter->text + at, end - at);
}

/* What is wider than any column has breaks every few characters, never before a mark. */
static void add_part(struct cutter *cutter, size_t at, size_t end)
{
    if (cutter->count == cutter->room)
        return;
    size_t first = cutter->count;
    add_unit(cutter, at, end);
    if (cutter->units[first].ems <= WRAP_WORD_EMS_MAX)
        return;
    cutter->count = first;
    size_t part = at;
    int characters = 0;
    for (size_t i = at; i < end;) {
        uint32_t codepoint = 0;
        size_t length = text_decode(cutter->text + i, &codepoint);
        if (characters >= WORD_PART_CHARS && !script_attaches(codepoint) &&
            cutter->count + 1 < cutter->room) {
            add_unit(cutter, part, i);
            part = i;
            characters = 0;
        }
        characters++;
        i += length;
    }
    add_unit(cutter, part, end);
}

/* A path or an address that is too wide has its breaks behind its slashes, so that the names in it
 * stay whole; a name that is too wide still, behind its points and dashes. */
static void add_word(struct cutter *cutter, size_t at, size_t end, size_t kind)
{
    static const char *const stops[] = {"/", ".-_?&="};
    if (kind == sizeof stops / sizeof stops[0] ||
        cutter->measure(cutter->user, cutter->text + at, end - at) <= WRAP_WORD_EMS_MAX) {
        add_part(cutter, at, end);
        return;
    }
    for (size_t i = at; i + 1 < end; i++) {
        if (strchr(stops[kind], cutter->text[i]) != NULL &&
            strchr(stops[kind], cutter->text[i + 1]) == NULL) {
            add_word(cutter, at, i + 1, kind + 1);
            at = i + 1;
        }
    }
    add_word(cutter, at, end, kind + 1);
}

size_t wrap_units(const char *text, struct wrap_unit *units, size_t room, wrap_measure measure,
                  void *user)
{
    struct cutter cutter = {text, units, 0, room, measure, user};
    float space_ems = -1.0F;
    size_t start = 0;
    uint32_t before = ' ';
    size_t at = 0;
    while (text[at] != '\0') {
        uint32_t codepoint = 0;
        size_t length = text_decode(text + at, &codepoint);
        bool space = text_is_blank(codepoint);
        if (!text_is_blank(before) && (space || wrap_may_break(before, codepoint))) {
            add_word(&cutter, start, at, 0);
            start = at;
        }
        if (space) {
            if (space_ems < 0.0F)
                space_ems = measure(user, " ", 1);
            if (cutter.count > 0) {
                units[cutter.count - 1].space_ems = space_ems;
                units[cutter.count - 1].stops = before == '.' || before == '?' || before == '!';
            }
            start = at + length;
        }
        before = codepoint;
        at += length;
    }
    if (at > start && !text_is_blank(before))
        add_word(&cutter, start, at, 0);
    return cutter.count;
}

float wrap_width(const struct wrap_unit *units, size_t first, size_t end)
{
    float ems = 0.0F;
    for (size_t i = first; i < end; i++)
        ems += units[i].ems + (i + 1 < end ? units[i].space_ems : 0.0F);
    return ems;
}

size_t wrap_lines(const struct wrap_unit *units, size_t count, float ems_max, size_t *ends,
                  size_t room)
{
    size_t lines = 0;
    for (size_t first = 0; first < count;) {
        size_t end = first + 1;
        float ems = units[first].ems;
        while (end < count) {
            float longer = ems + units[end - 1].space_ems + units[end].ems;
            if (longer > ems_max && lines + 1 < room)
                break;
            ems = longer;
            end++;
        }
        ends[lines++] = end;
        first = end;
    }
    return lines;
}

/* Where two lines part between sentences, the shorter as long as it can be; 0: nowhere well. */
static size_t sentence_end(const struct wrap_unit *units, size_t count, float ems_max)
{
    size_t best = 0;
    float best_part = SENTENCE_PART_MIN;
    for (size_t end = 1; end < count; end++) {
        float upper = wrap_width(units, 0, end);
        float lower = wrap_width(units, end, count);
        float longer = upper > lower ? upper : lower;
        float part = (upper < lower ? upper : lower) / longer;
        if (units[end - 1].stops && longer <= ems_max && part >= best_part) {
            best = end;
            best_part = part;
        }
    }
    return best;
}

size_t wrap_lines_balanced(const struct wrap_unit *units, size_t count, float ems_max, size_t *ends,
                           size_t room)
{
    size_t lines = wrap_lines(units, count, ems_max, ends, room);
    if (lines < 2)
        return lines;
    size_t end = lines == 2 ? sentence_end(units, count, ems_max) : 0;
    if (end > 0) {
        ends[0] = end;
        ends[1] = count;
        return lines;
    }
    float narrow = ems_max / (float)lines / 2.0F;
    float wide = ems_max;
    for (int i = 0; i < BALANCE_STEPS; i++) {
        float middle = (narrow + wide) / 2.0F;
        if (wrap_lines(units, count, middle, ends, room) > lines)
            narrow = middle;
        else
            wide = middle;
    }
    return wrap_lines(units, count, wide, ends, room);
}
