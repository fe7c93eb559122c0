/* Palettes: what colours a field has, kept within what is safe to look at.
 *
 * In a dark palette every large colour stays below a relative luminance of 0.10, so a WCAG
 * general flash is arithmetically impossible; text keeps 7:1 whatever the dimming. */
#include "lacrima/base/check.h"
#include "lacrima/base/ease.h"
#include "lacrima/base/text.h"
#include "lacrima/core/settings.h"

#include <math.h>

#define DARK_LUMINANCE_MAX 0.095
#define CONTRAST_MIN       7.1
/* So much of a window that is full of words is ink at most, as measured at any size of theirs. */
#define INK_PART 0.165
/* The field is no brighter than this part of what that allows: the ground of what is selected is.
 */
#define FIELD_ROOM 0.75
/* What all of the field may change by, at once: with a page of words that goes at the same moment,
 * behind the curtain, it stays below 0.10. */
#define FLOOD_LUMINANCE_MAX 0.07
/* In a dark palette all of it is so dark that the keys and the cards over it stay below 0.10. */
#define FLOOD_DARK_MAX 0.043
#define CONTRAST_PLAIN 8.5
/* Below this no ink has 7:1 on a pale field. */
#define PALE_LUMINANCE_MIN 0.32
#define LUMINANCE_WHITE    1.0
/* One step of dimming: light times or divided by this. */
#define DIM_STEP 1.22

struct palette {
    const char *name;
    unsigned char field[3], ink[3], faint[3], accent[3], line[3]; /* sRGB codes */
};

static const struct palette built_in[] = {
    {"night", {20, 16, 13}, {196, 176, 150}, {170, 152, 129}, {84, 62, 46}, {140, 115, 92}},
    {"dusk", {27, 25, 32}, {198, 188, 200}, {172, 163, 176}, {78, 69, 88}, {137, 124, 146}},
    {"sea", {11, 22, 25}, {167, 190, 190}, {145, 167, 168}, {38, 74, 80}, {86, 134, 140}},
    {"ember", {23, 11, 7}, {208, 162, 132}, {182, 141, 114}, {96, 46, 24}, {160, 92, 60}},
    {"high-contrast", {0, 0, 0}, {240, 236, 228}, {205, 201, 194}, {82, 82, 80}, {225, 221, 214}},
    {"paper", {214, 205, 188}, {45, 39, 33}, {62, 55, 47}, {176, 162, 140}, {112, 98, 80}},
};

#define BUILT_IN_COUNT (sizeof built_in / sizeof built_in[0])

size_t palette_count(const struct settings *settings)
{
    return BUILT_IN_COUNT + settings->palette_own_count;
}

const char *palette_name(const struct settings *settings, size_t index)
{
    check(index < palette_count(settings));
    return index < BUILT_IN_COUNT ? built_in[index].name
                                  : settings->palettes_own[index - BUILT_IN_COUNT].name;
}

int palette_find(const struct settings *settings, const char *name)
{
    for (size_t i = 0; i < palette_count(settings); i++) {
        if (text_equal_nocase(palette_name(settings, i), name))
            return (int)i;
    }
    return -1;
}

static struct colour from_codes(const unsigned char codes[3])
{
    return colour_from_codes(codes[0], codes[1], codes[2]);
}

static struct colour scale(struct colour c, double factor)
{
    return (struct colour){(float)ease_clamp((double)c.r * factor, 0.0, 1.0),
                           (float)ease_clamp((double)c.g * factor, 0.0, 1.0),
                           (float)ease_clamp((double)c.b * factor, 0.0, 1.0)};
}

static struct colour between(struct colour a, struct colour b, double part)
{
    double keep = 1.0 - part;
    return (struct colour){(float)((double)a.r * keep + (double)b.r * part),
                           (float)((double)a.g * keep + (double)b.g * part),
                           (float)((double)a.b * keep + (double)b.b * part)};
}

static struct colour darkened_to(struct colour c, double luminance)
{
    double now = colour_luminance(c);
    return now > luminance ? scale(c, luminance / now) : c;
}

/* The luminance that has this contrast on the field, on the ink's side of it. */
static double luminance_at(struct colour field, double contrast, bool lighter)
{
    double l = colour_luminance(field);
    return lighter ? contrast * (l + 0.05) - 0.05 : (l + 0.05) / contrast - 0.05;
}

/* Moves the ink away from the field, towards white or black, until it has the contrast. */
static struct colour with_contrast(struct colour ink, struct colour field, double contrast,
                                   bool lighter)
{
    if (colour_contrast(ink, field) >= contrast)
        return ink;
    double wanted = luminance_at(field, contrast, lighter);
    double now = colour_luminance(ink);
    if (!lighter)
        return wanted <= 0.0 ? (struct colour){0} : scale(ink, now > 0.0 ? wanted / now : 0.0);
    struct colour white = {1.0F, 1.0F, 1.0F};
    double part = (wanted - now) / (LUMINANCE_WHITE - now);
    return between(ink, white, ease_clamp(part, 0.0, 1.0));
}

/* A pale field gives 7:1 only to black ink when its luminance is 0.3 or more; a field between
 * dark and pale is moved to the nearer of the two. */
static struct colour safe_field(struct colour field)
{
    double l = colour_luminance(field);
    if (l <= DARK_LUMINANCE_MAX || l >= PALE_LUMINANCE_MIN)
        return field;
    if (l < (DARK_LUMINANCE_MAX + PALE_LUMINANCE_MIN) / 2.0)
        return darkened_to(field, DARK_LUMINANCE_MAX);
    struct colour white = {1.0F, 1.0F, 1.0F};
    return between(field, white, (PALE_LUMINANCE_MIN - l) / (LUMINANCE_WHITE - l));
}

static void colours_of(const struct settings *settings, size_t index, struct scene *scene)
{
    if (index < BUILT_IN_COUNT) {
        scene->field = from_codes(built_in[index].field);
        scene->ink = from_codes(built_in[index].ink);
        scene->ink_faint = from_codes(built_in[index].faint);
        scene->accent = from_codes(built_in[index].accent);
        scene->line = from_codes(built_in[index].line);
        return;
    }
    const struct palette_own *own = &settings->palettes_own[index - BUILT_IN_COUNT];
    scene->field = safe_field(own->field);
    scene->ink = own->ink;
    scene->ink_faint = own->ink;
    scene->accent = between(scene->field, own->ink, 0.14);
    scene->line = between(scene->field, own->ink, 0.4);
}

/* A page of words, with the field between them, stays below the bound: the field is so dark that
 * words of 7:1 leave it there, and the words are no brighter than it leaves them. */
static double dark_field_max(void)
{
    double words = INK_PART * (CONTRAST_MIN * 0.05 - 0.05);
    return FIELD_ROOM * (DARK_LUMINANCE_MAX - words) / (1.0 - INK_PART + INK_PART * CONTRAST_MIN);
}

static double dark_ink_max(struct colour field)
{
    return (DARK_LUMINANCE_MAX - (1.0 - INK_PART) * colour_luminance(field)) / INK_PART;
}

/* Both inks by as much, so that one stays fainter than the other. */
static void dim_inks(struct scene *scene)
{
    double most = dark_ink_max(scene->field);
    double now = colour_luminance(scene->ink);
    if (now <= most)
        return;
    scene->ink = scale(scene->ink, most / now);
    scene->ink_faint = scale(scene->ink_faint, most / now);
    scene->line = darkened_to(scene->line, most);
}

void palette_apply(const struct settings *settings, size_t index, int dim, struct scene *scene)
{
    check(index < palette_count(settings));
    colours_of(settings, index, scene);
    struct colour field = scene->field;
    struct colour accent = scene->accent;
    struct colour line = scene->line;
    bool dark = colour_luminance(field) < PALE_LUMINANCE_MIN - 0.1;
    double factor = pow(DIM_STEP, (double)dim);
    if (dark) {
        field = darkened_to(scale(field, factor), dark_field_max());
        accent = darkened_to(scale(accent, factor), DARK_LUMINANCE_MAX);
        line = scale(line, dim < 0 ? factor : 1.0);
        scene->ink = scale(scene->ink, dim < 0 ? factor : 1.0);
        scene->ink_faint = scale(scene->ink_faint, dim < 0 ? factor : 1.0);
    } else {
        /* A pale wall is dimmed within its own narrow range, and never past white. */
        double pale = pow(DIM_STEP, (double)dim / 3.0);
        double top = 0.92 / colour_luminance(field);
        pale = pale > 1.0 && pale > top ? (top > 1.0 ? top : 1.0) : pale;
        field = safe_field(scale(field, pale));
        accent = scale(accent, pale);
    }
    scene->field = field;
    scene->accent = accent;
    scene->line = line;
    scene->ink = with_contrast(scene->ink, field, CONTRAST_PLAIN, dark);
    if (dark)
        dim_inks(scene);
    scene->ink_faint = with_contrast(scene->ink_faint, field, CONTRAST_MIN, dark);
    scene->ink_faint = dark ? darkened_to(scene->ink_faint, dark_ink_max(field)) : scene->ink_faint;
    scene->ink_over = with_contrast(scene->ink, accent, CONTRAST_MIN, dark);
    if (dark) {
        struct colour flood = between(field, accent, palette_flood(scene));
        scene->ink_over = with_contrast(scene->ink, flood, CONTRAST_MIN, true);
    }
}

double palette_flood(const struct scene *scene)
{
    double field = colour_luminance(scene->field);
    double change = colour_luminance(scene->accent) - field;
    double most = change < 0.0 ? -FLOOD_LUMINANCE_MAX : FLOOD_DARK_MAX - field;
    /* Black on a darker wall has less than 7:1 where a dark ink's accent is too dark itself. */
    if (change < 0.0) {
        double least = CONTRAST_MIN * (colour_luminance(scene->ink_over) + 0.05) - 0.05;
        most = least - field > most ? least - field : most;
        most = most > 0.0 ? 0.0 : most;
    }
    return change == 0.0 ? 0.0 : ease_clamp(most / change, 0.0, 1.0);
}
