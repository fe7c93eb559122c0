#include "named.h"

#include "lacrima/base/text.h"
#include "numbers.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define CONTRAST_MIN 7.0

/* Where a name goes: its index among the person's own, or -1, said, if it cannot. */
struct place {
    const char *section, *name;
    size_t room, count, built_in; /* bytes for the name; how many there are of each kind */
    int found;                    /* index of that name among all, or -1 */
    size_t max;
    unsigned *lines;
};

static int place_find(const struct place *place, struct faults *faults, unsigned line)
{
    struct quote name = quote_of(place->name);
    if (strlen(place->name) >= place->room) {
        faults_add(faults, line, "%s.%s: the name is longer than %zu bytes; it is left out",
                   place->section, name.text, place->room - 1);
        return -1;
    }
    if (place->found >= 0 && (size_t)place->found < place->built_in) {
        faults_add(faults, line, "%s.%s: a built-in one has this name; yours is left out",
                   place->section, name.text);
        return -1;
    }
    if (place->found >= 0) {
        size_t index = (size_t)place->found - place->built_in;
        if (place->lines[index] != 0)
            faults_add(faults, line, "%s.%s: also given on line %u; this one is used",
                       place->section, name.text, place->lines[index]);
        return (int)index;
    }
    if (place->count == place->max) {
        faults_add(faults, line, "%s.%s: there is room for %zu only; it is left out",
                   place->section, name.text, place->max);
        return -1;
    }
    return (int)place->count;
}

void named_pattern(struct named *named, struct faults *faults, unsigned line, const char *name,
                   const char *value)
{
    struct settings *settings = named->settings;
    struct pattern pattern;
    bool clamped = false;
    if (!pattern_parse(value, &pattern, &clamped)) {
        faults_add(faults, line,
                   "patterns.%s: %s is not in-hold-out-hold in seconds; it is left out",
                   quote_of(name).text, quote_of(value).text);
        return;
    }
    struct place place = {
        .section = "patterns",
        .name = name,
        .room = PATTERN_NAME_BYTES,
        .count = settings->pattern_own_count,
        .built_in = pattern_count(settings) - settings->pattern_own_count,
        .found = pattern_find(settings, name),
        .max = PATTERNS_OWN_MAX,
        .lines = named->pattern_line,
    };
    int index = place_find(&place, faults, line);
    if (index < 0)
        return;
    text_copy(pattern.name, sizeof pattern.name, name);
    settings->patterns_own[index] = pattern;
    if ((size_t)index == settings->pattern_own_count)
        settings->pattern_own_count++;
    named->pattern_line[index] = line;
    if (clamped)
        faults_add(faults, line, "patterns.%s: %s is outside what is safe; %s is used",
                   quote_of(name).text, quote_of(value).text, named_lengths(&pattern).text);
}

struct quote named_lengths(const struct pattern *pattern)
{
    const time_ns parts[] = {pattern->in_ns[0], pattern->hold_in_ns, pattern->out_ns,
                             pattern->hold_out_ns};
    struct quote text = {.text = ""};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        char part[16];
        text_from_milli(part, sizeof part, parts[i] / NS_PER_MS);
        if (i > 0)
            text_append(text.text, sizeof text.text, "-");
        text_append(text.text, sizeof text.text, part);
    }
    return text;
}

int named_pattern_inline(struct settings *settings, const struct pattern *pattern)
{
    struct quote name = named_lengths(pattern);
    int found = pattern_find(settings, name.text);
    if (found >= 0)
        return found;
    if (settings->pattern_own_count == PATTERNS_OWN_MAX)
        return -1;
    struct pattern *own = &settings->patterns_own[settings->pattern_own_count++];
    *own = *pattern;
    text_copy(own->name, sizeof own->name, name.text);
    return (int)pattern_count(settings) - 1;
}

/* Says what palette_apply() will do to these two colours. */
static void say_what_moves(const struct settings *settings, size_t index, struct faults *faults,
                           unsigned line)
{
    const struct palette_own *own =
        &settings->palettes_own[index + settings->palette_own_count - palette_count(settings)];
    struct scene scene;
    scene_init(&scene);
    palette_apply(settings, index, 0, &scene);
    struct quote name = quote_of(own->name);
    double before = colour_luminance(own->field);
    double after = colour_luminance(scene.field);
    const double seen = 1.0 / 1024.0; /* less is no change anyone sees */
    if (after < before - seen || after > before + seen)
        faults_add(faults, line, "palettes.%s: the field is between dark and pale; it is made %s",
                   name.text, after < before ? "darker" : "paler");
    double contrast = colour_contrast(own->ink, scene.field);
    if (contrast < CONTRAST_MIN)
        faults_add(faults, line,
                   "palettes.%s: the contrast is %.1f:1, below 7:1; the ink is made %s", name.text,
                   contrast, colour_luminance(scene.ink) > after ? "lighter" : "darker");
}

static bool blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool read_colours(const char *value, struct palette_own *palette)
{
    if (!number_colour(&value, &palette->field) || !blank(*value))
        return false;
    while (blank(*value))
        value++;
    return number_colour(&value, &palette->ink) && *value == '\0';
}

void named_palette(struct named *named, struct faults *faults, unsigned line, const char *name,
                   const char *value)
{
    struct settings *settings = named->settings;
    struct palette_own palette = {.name = ""};
    if (!read_colours(value, &palette)) {
        faults_add(faults, line,
                   "palettes.%s: %s is not two colours #rrggbb #rrggbb; it is left out",
                   quote_of(name).text, quote_of(value).text);
        return;
    }
    size_t built_in = palette_count(settings) - settings->palette_own_count;
    struct place place = {
        .section = "palettes",
        .name = name,
        .room = PALETTE_NAME_BYTES,
        .count = settings->palette_own_count,
        .built_in = built_in,
        .found = palette_find(settings, name),
        .max = PALETTES_OWN_MAX,
        .lines = named->palette_line,
    };
    int index = place_find(&place, faults, line);
    if (index < 0)
        return;
    text_copy(palette.name, sizeof palette.name, name);
    settings->palettes_own[index] = palette;
    if ((size_t)index == settings->palette_own_count)
        settings->palette_own_count++;
    named->palette_line[index] = line;
    say_what_moves(settings, built_in + (size_t)index, faults, line);
}
