/* Values: what each key's value may be, how it is set and how it is written. */
#include "lacrima/base/text.h"
#include "numbers.h"
#include "reading.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *quoted_or_nothing(struct quote *quote, const char *value)
{
    *quote = quote_of(*value == '\0' ? "nothing" : value);
    return quote->text;
}

static void set_int(struct reading *r, const struct row *row, const char *value)
{
    int32_t field;
    char *at = (char *)&r->config->settings + row->offset;
    memcpy(&field, at, sizeof field);
    struct quote quote;
    const char *said = quoted_or_nothing(&quote, value);
    int64_t number;
    if (!number_whole(value, &number)) {
        faults_add(r->faults, r->line, "%s: %s is not a whole number; %d is used", r->name, said,
                   (int)field);
        return;
    }
    field = number < row->min ? row->min : number > row->max ? row->max : (int32_t)number;
    if (field != number)
        faults_add(r->faults, r->line, "%s: %s is %s %d; %d is used", r->name, said,
                   number < field ? "below" : "above", (int)field, (int)field);
    memcpy(at, &field, sizeof field);
}

static void set_bool(struct reading *r, const struct row *row, const char *value)
{
    bool field;
    char *at = (char *)&r->config->settings + row->offset;
    memcpy(&field, at, sizeof field);
    struct quote quote;
    if (!number_bool(value, &field))
        faults_add(r->faults, r->line, "%s: %s is neither yes nor no; %s is used", r->name,
                   quoted_or_nothing(&quote, value), field ? "yes" : "no");
    memcpy(at, &field, sizeof field);
}

static void set_text_scale(struct reading *r, const struct row *row, const char *value)
{
    (void)row;
    int32_t *field = &r->config->settings.text_scale_percent;
    char used[16];
    struct quote quote;
    int64_t percent;
    bool number = number_hundredths(value, &percent);
    if (!number)
        percent = *field;
    int64_t kept = percent < TEXT_SCALE_PERCENT_MIN   ? TEXT_SCALE_PERCENT_MIN
                   : percent > TEXT_SCALE_PERCENT_MAX ? TEXT_SCALE_PERCENT_MAX
                                                      : percent;
    text_from_milli(used, sizeof used, kept * 1000 / PERCENT);
    const char *said = quoted_or_nothing(&quote, value);
    if (!number)
        faults_add(r->faults, r->line, "%s: %s is not a number; %s is used", r->name, said, used);
    else if (kept != percent)
        faults_add(r->faults, r->line, "%s: %s is %s %s; %s is used", r->name, said,
                   percent < kept ? "below" : "above", used, used);
    *field = (int32_t)kept;
}

static const char *const fixation_words[] = {
    [FIXATION_NONE] = "none", [FIXATION_DOT] = "dot", [FIXATION_BULLSEYE] = "bullseye"};
static const char *const motion_words[] = {
    [MOTION_DESKTOP] = "auto", [MOTION_FULL] = "no", [MOTION_REDUCED] = "yes"};

static const char *const moving_words[MOVING_KINDS] = {
    [MOVING_STRETCH] = "stretch", [MOVING_BOX_2] = "box-2-1", [MOVING_BOX_3] = "box-3-1"};

static const char *const pace_words[PACES] = {
    [PACE_OFF] = "off", [PACE_SLOW] = "slow", [PACE_MEDIUM] = "medium"};

static void set_motion(struct reading *r, const struct row *row, const char *value)
{
    (void)row;
    enum motion *field = &r->config->settings.motion;
    struct quote quote;
    bool reduced;
    if (text_equal_nocase(value, motion_words[MOTION_DESKTOP]))
        *field = MOTION_DESKTOP;
    else if (number_bool(value, &reduced))
        *field = reduced ? MOTION_REDUCED : MOTION_FULL;
    else
        faults_add(r->faults, r->line, "%s: %s is not auto, yes or no; %s is used", r->name,
                   quoted_or_nothing(&quote, value), motion_words[*field]);
}

static void set_fixation(struct reading *r, const struct row *row, const char *value)
{
    (void)row;
    enum fixation *field = &r->config->settings.fixation;
    for (size_t i = 0; i < sizeof fixation_words / sizeof fixation_words[0]; i++) {
        if (text_equal_nocase(value, fixation_words[i])) {
            *field = (enum fixation)i;
            return;
        }
    }
    struct quote quote;
    faults_add(r->faults, r->line, "%s: %s is not none, dot or bullseye; %s is used", r->name,
               quoted_or_nothing(&quote, value), fixation_words[*field]);
}

static void set_moving(struct reading *r, const struct row *row, const char *value)
{
    (void)row;
    enum moving *field = &r->config->settings.moving;
    for (size_t i = 0; i < MOVING_KINDS; i++) {
        if (text_equal_nocase(value, moving_words[i])) {
            *field = (enum moving)i;
            return;
        }
    }
    struct quote quote;
    faults_add(r->faults, r->line, "%s: %s is not stretch, box-2-1 or box-3-1; %s is used", r->name,
               quoted_or_nothing(&quote, value), moving_words[*field]);
}

/* Minutes between the bells of a walk: a word for none, or one of two numbers. */
static void set_bells(struct reading *r, const struct row *row, const char *value)
{
    (void)row;
    static const struct {
        const char *word;
        int32_t minutes;
    } bells[] = {{"off", 0}, {"5", 5}, {"10", 10}};
    int32_t *field = &r->config->settings.walk_bells_min;
    const char *used = bells[0].word;
    for (size_t i = 0; i < sizeof bells / sizeof bells[0]; i++) {
        if (text_equal_nocase(value, bells[i].word)) {
            *field = bells[i].minutes;
            return;
        }
        if (*field == bells[i].minutes)
            used = bells[i].word;
    }
    struct quote quote;
    faults_add(r->faults, r->line, "%s: %s is not off, 5 or 10; %s is used", r->name,
               quoted_or_nothing(&quote, value), used);
}

static void set_pace(struct reading *r, const struct row *row, const char *value)
{
    (void)row;
    enum pace *field = &r->config->settings.read_pace;
    for (size_t i = 0; i < PACES; i++) {
        if (text_equal_nocase(value, pace_words[i])) {
            *field = (enum pace)i;
            return;
        }
    }
    struct quote quote;
    faults_add(r->faults, r->line, "%s: %s is not off, slow or medium; %s is used", r->name,
               quoted_or_nothing(&quote, value), pace_words[*field]);
}

static void set_palette(struct reading *r, const struct row *row, const char *value)
{
    (void)row;
    struct settings *settings = &r->config->settings;
    int found = palette_find(r->known, value);
    struct quote quote;
    if (found >= 0)
        settings->palette = (uint8_t)found;
    else
        faults_add(r->faults, r->line, "%s: there is no palette %s; %s is used", r->name,
                   quoted_or_nothing(&quote, value), palette_name(r->known, settings->palette));
}

/* The name of the pattern that stands so far; one given by its lengths has no index yet. */
static struct quote pattern_so_far(const struct reading *r)
{
    return r->inline_pattern ? named_lengths(&r->pattern)
                             : quote_of(pattern_get(r->known, r->config->settings.pattern)->name);
}

static void set_pattern(struct reading *r, const struct row *row, const char *value)
{
    (void)row;
    struct quote quote;
    struct pattern pattern;
    bool clamped;
    const char *said = quoted_or_nothing(&quote, value);
    int found = pattern_find(r->known, value);
    if (found < 0 && !pattern_parse(value, &pattern, &clamped)) {
        faults_add(r->faults, r->line,
                   "%s: %s is no pattern's name, nor in-hold-out-hold in seconds; %s is used",
                   r->name, said, pattern_so_far(r).text);
        return;
    }
    if (found < 0 && r->known->pattern_own_count == PATTERNS_OWN_MAX) {
        faults_add(r->faults, r->line, "%s: there is no room for one more pattern; %s is used",
                   r->name, pattern_so_far(r).text);
        return;
    }
    r->inline_pattern = found < 0;
    if (found >= 0) {
        r->config->settings.pattern = (uint8_t)found;
        return;
    }
    r->pattern = pattern;
    if (clamped)
        faults_add(r->faults, r->line, "%s: %s is outside what is safe; %s is used", r->name, said,
                   named_lengths(&pattern).text);
}

static void set_text(struct reading *r, const char *value, char *field, size_t size)
{
    if (strlen(value) < size)
        text_copy(field, size, value);
    else
        faults_add(r->faults, r->line, "%s: longer than %zu bytes; %s is used", r->name, size - 1,
                   *field == '\0' ? "the default" : quote_of(field).text);
}

static void set_display(struct reading *r, const struct row *row, const char *value)
{
    (void)row;
    set_text(r, value, r->config->display, sizeof r->config->display);
}

static void set_font(struct reading *r, const struct row *row, const char *value)
{
    (void)row;
    set_text(r, value, r->config->font, sizeof r->config->font);
}

static bool print_int(const struct config *config, const struct row *row, char *text, size_t size)
{
    int32_t now, before;
    memcpy(&now, (const char *)&config->settings + row->offset, sizeof now);
    memcpy(&before, (const char *)&config->given + row->offset, sizeof before);
    (void)snprintf(text, size, "%" PRId32, now);
    return now != before;
}

static bool print_bool(const struct config *config, const struct row *row, char *text, size_t size)
{
    bool now, before;
    memcpy(&now, (const char *)&config->settings + row->offset, sizeof now);
    memcpy(&before, (const char *)&config->given + row->offset, sizeof before);
    text_copy(text, size, now ? "yes" : "no");
    return now != before;
}

static bool print_fixation(const struct config *config, const struct row *row, char *text,
                           size_t size)
{
    (void)row;
    text_copy(text, size, fixation_words[config->settings.fixation]);
    return config->settings.fixation != config->given.fixation;
}

static bool print_moving(const struct config *config, const struct row *row, char *text,
                         size_t size)
{
    (void)row;
    text_copy(text, size, moving_words[config->settings.moving]);
    return config->settings.moving != config->given.moving;
}

static bool print_pace(const struct config *config, const struct row *row, char *text, size_t size)
{
    (void)row;
    text_copy(text, size, pace_words[config->settings.read_pace]);
    return config->settings.read_pace != config->given.read_pace;
}

static bool print_palette(const struct config *config, const struct row *row, char *text,
                          size_t size)
{
    (void)row;
    text_copy(text, size, palette_name(&config->settings, config->settings.palette));
    return config->settings.palette != config->given.palette;
}

static bool print_pattern(const struct config *config, const struct row *row, char *text,
                          size_t size)
{
    (void)row;
    text_copy(text, size, pattern_get(&config->settings, config->settings.pattern)->name);
    return config->settings.pattern != config->given.pattern;
}

/* A display's name comes from the system and may hold anything; one that an INI line would
 * change is not kept. */
static bool reads_back(const char *value)
{
    size_t length = strlen(value);
    if (length > 0 && (strchr(" \t;\"", value[0]) != NULL || value[length - 1] == ' '))
        return false;
    for (size_t i = 0; i < length;) {
        uint32_t c;
        size_t taken = text_decode(value + i, &c);
        if (c < ' ' || c == 0x7F || (c == 0xFFFD && taken == 1) ||
            (c == ';' && value[i - 1] == ' '))
            return false;
        i += taken;
    }
    return true;
}

static bool print_display(const struct config *config, const struct row *row, char *text,
                          size_t size)
{
    (void)row;
    text_copy(text, size, config->display);
    return !text_equal(config->display, config->given_display) && reads_back(config->display);
}

static void set_country(struct reading *r, const struct row *row, const char *value)
{
    (void)row;
    struct quote quote;
    char *code = r->config->settings.country;
    if (!settings_country(code, value))
        faults_add(r->faults, r->line,
                   "%s: %s is not a country's two letters (ISO 3166-1: DE, US); it is left out",
                   r->name, quoted_or_nothing(&quote, value));
    else if (!text_equal_nocase(code, value))
        faults_add(r->faults, r->line, "%s: %s is %s in ISO 3166-1; %s is used", r->name,
                   quoted_or_nothing(&quote, value), code, code);
}

static bool print_country(const struct config *config, const struct row *row, char *text,
                          size_t size)
{
    (void)row;
    text_copy(text, size, config->settings.country);
    return !text_equal(config->settings.country, config->given.country);
}

const struct row rows[ROW_COUNT] = {
#define INT(section, key, field, min, max, def, by_key)                                            \
    {#section, #key, set_int, (by_key) ? print_int : NULL, offsetof(struct settings, field),       \
     min,      max},
    SETTINGS_INTS(INT)
#undef INT
#define BOOL(section, key, field, def, by_key)                                                     \
    {#section, #key, set_bool, (by_key) ? print_bool : NULL, offsetof(struct settings, field),     \
     0,        1},
        SETTINGS_BOOLS(BOOL)
#undef BOOL
            {"look", "text_scale", set_text_scale, NULL, 0, 0, 0},
    {"look", "reduced_motion", set_motion, NULL, 0, 0, 0},
    {"look", "fixation", set_fixation, print_fixation, 0, 0, 0},
    {"look", "palette", set_palette, print_palette, 0, 0, 0},
    {"look", "display", set_display, print_display, 0, 0, 0},
    {"look", "font", set_font, NULL, 0, 0, 0},
    {"breathe", "pattern", set_pattern, print_pattern, 0, 0, 0},
    {"read", "pace", set_pace, print_pace, 0, 0, 0},
    {"helplines", "country", set_country, print_country, 0, 0, 0},
    {"move", "kind", set_moving, print_moving, 0, 0, 0},
    {"walk", "bells", set_bells, NULL, 0, 0, 0},
};
