#include "keys.h"

#include "lacrima/base/text.h"
#include "lines.h"
#include "listed.h"
#include "named.h"
#include "numbers.h"
#include "people.h"
#include "reading.h"

#include <stddef.h>
#include <stdio.h>

static const char section_patterns[] = "patterns";
static const char section_palettes[] = "palettes";
static const char section_music[] = "music";
static const char section_people[] = "people";
static const char section_talk[] = "talk";

static bool allowed(const struct reading *r, const struct row *row)
{
    switch (r->kind) {
    case KEYS_CONFIG:
        return true;
    case KEYS_STATE:
        return row->print != NULL;
    case KEYS_ABOUT:
        break;
    }
    return text_equal(row->section, CARE_SECTION);
}

static bool section_known(void *user, unsigned line, const char *section)
{
    const struct reading *r = user;
    (void)line;
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (allowed(r, &rows[i]) && text_equal_nocase(section, rows[i].section))
            return true;
    }
    return r->kind == KEYS_CONFIG && (text_equal_nocase(section, section_patterns) ||
                                      text_equal_nocase(section, section_palettes) ||
                                      text_equal_nocase(section, section_music) ||
                                      text_equal_nocase(section, section_people));
}

/* Patterns and palettes: what they are named is up to the person. */
static bool read_named(struct reading *r, const char *section, const char *key, const char *value)
{
    if (text_equal_nocase(section, section_patterns))
        named_pattern(&r->named, r->faults, r->line, key, value);
    else if (text_equal_nocase(section, section_palettes))
        named_palette(&r->named, r->faults, r->line, key, value);
    else
        return false;
    return true;
}

static bool read_people(struct reading *r, const char *section, const char *key, const char *value)
{
    if (r->kind != KEYS_CONFIG)
        return false;
    if (text_equal_nocase(section, section_people))
        people_add(&r->people, r->faults, r->line, key, value);
    else if (text_equal_nocase(section, section_talk) && text_equal_nocase(key, "opener"))
        people_opener(&r->people, r->faults, r->line, value);
    else
        return false;
    return true;
}

/* Files and folders, one a line. */
static bool read_listed(struct reading *r, const char *section, const char *key, const char *value)
{
    struct config *config = r->config;
    const struct {
        const char *section, *key;
        struct config_list *list;
    } lists[] = {{section_music, "path", &config->music},
                 {"read", "text", &config->texts},
                 {"read", "photos", &config->photos},
                 {"read", "film", &config->films}};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        struct error error;
        if (r->kind != KEYS_CONFIG || !text_equal_nocase(section, lists[i].section) ||
            !text_equal_nocase(key, lists[i].key))
            continue;
        if (!listed_add(lists[i].list, r->faults->file, value, &error))
            faults_add(r->faults, r->line, "%s.%s: %s; it is left out", lists[i].section,
                       lists[i].key, error.text);
        return true;
    }
    return false;
}

/* A stare that is to last longer than it may: the ceiling yields. */
static void check_ceiling(struct reading *r)
{
    int32_t *ceiling = &r->config->settings.stare_ceiling_s;
    int32_t seconds = r->known->stare_s;
    if (*ceiling >= seconds)
        return;
    faults_add(r->faults, r->line, "%s: %d is below stare.seconds, %d; %d is used", r->name,
               (int)*ceiling, (int)seconds, (int)seconds);
    *ceiling = seconds;
}

/* Off, as the bells of a walk are, or not so soon that it would hurry. */
static const char *bell_of(struct reading *r, const char *value)
{
    int64_t minutes;
    if (text_equal_nocase(value, "off"))
        return "0";
    if (!number_whole(value, &minutes) || minutes <= 0 || minutes >= WRITE_BELL_MIN_LEAST)
        return value;
    faults_add(r->faults, r->line, "%s: %s is below %d; %d is used", r->name, quote_of(value).text,
               WRITE_BELL_MIN_LEAST, WRITE_BELL_MIN_LEAST);
    static const char least[] = {'0' + WRITE_BELL_MIN_LEAST, '\0'};
    return least;
}

static void read_row(struct reading *r, size_t index, const char *value)
{
    const struct row *row = &rows[index];
    (void)snprintf(r->name, sizeof r->name, "%s.%s", row->section, row->key);
    if (r->given[index] != 0)
        faults_add(r->faults, r->line, "%s: also given on line %u; this one is used", r->name,
                   r->given[index]);
    r->given[index] = r->line;
    bool bell = row->offset == offsetof(struct settings, write_bell_min);
    row->set(r, row, bell ? bell_of(r, value) : value);
    if (row->offset == offsetof(struct settings, stare_ceiling_s))
        check_ceiling(r);
}

/* The row of a key, or ROW_COUNT if there is none in this file. */
static size_t find_row(const struct reading *r, const char *section, const char *key)
{
    size_t i = 0;
    while (i < ROW_COUNT && !(allowed(r, &rows[i]) && text_equal_nocase(section, rows[i].section) &&
                              text_equal_nocase(key, rows[i].key)))
        i++;
    return i;
}

static void read_entry(void *user, unsigned line, const char *section, const char *key,
                       const char *value)
{
    struct reading *r = user;
    r->line = line;
    if (read_named(r, section, key, value))
        return;
    if (read_people(r, section, key, value))
        return;
    if (read_listed(r, section, key, value))
        return;
    size_t index = find_row(r, section, key);
    if (index < ROW_COUNT)
        read_row(r, index, value);
    else
        faults_add(r->faults, line, "%s.%s: there is no such key; it is left out",
                   quote_of(section).text, quote_of(key).text);
}

/* The first reading: only what other lines refer to. */
static void read_known(void *user, unsigned line, const char *section, const char *key,
                       const char *value)
{
    struct reading *r = user;
    r->line = line;
    if (read_named(r, section, key, value))
        return;
    size_t index = find_row(r, section, key);
    if (index < ROW_COUNT && rows[index].offset == offsetof(struct settings, stare_s))
        rows[index].set(r, &rows[index], value);
}

/* The text is read twice: a pattern may be chosen above the line that gives it, and what is said
 * keeps the file's order. */
void keys_read(struct config *config, enum keys_file kind, const char *bytes, size_t size,
               struct faults *faults)
{
    struct config scratch = *config;
    struct faults silent = {.file = faults->file};
    struct reading first = {.config = &scratch,
                            .kind = kind,
                            .faults = &silent,
                            .named = {.settings = &scratch.settings}};
    lines_read(bytes, size, &(struct lines_handler){section_known, read_known, &first}, &silent);

    struct reading reading = {.config = config,
                              .kind = kind,
                              .faults = faults,
                              .known = &scratch.settings,
                              .named = {.settings = &config->settings},
                              .people = {.people = &config->settings.people}};
    lines_read(bytes, size, &(struct lines_handler){section_known, read_entry, &reading}, faults);
    if (reading.inline_pattern) {
        int index = named_pattern_inline(&config->settings, &reading.pattern);
        if (index >= 0)
            config->settings.pattern = (uint8_t)index;
    }
}
