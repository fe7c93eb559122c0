/* Reading: one file being read, and the table of the keys that may stand in it once. */
#ifndef LACRIMA_CONFIG_READING_H
#define LACRIMA_CONFIG_READING_H

#include "faults.h"
#include "keys.h"
#include "lacrima/config.h"
#include "named.h"
#include "people.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KEY_NAME_BYTES 64
#define PERCENT        100
#define CARE_SECTION   "care"

#define COUNT_ONE(...) +1
/* Numbers, switches, and text_scale, reduced_motion, fixation, palette, display, font, pattern,
 * country, pace, move.kind, walk.bells. */
#define ROW_COUNT (SETTINGS_INTS(COUNT_ONE) SETTINGS_BOOLS(COUNT_ONE) + 11)

struct reading;
struct row;
typedef void row_set(struct reading *, const struct row *, const char *value);
/* Writes the value as the file has it; false if it is what the file said before any key, or
 * cannot be written so that it reads back. */
typedef bool row_print(const struct config *, const struct row *, char *text, size_t size);

struct row {
    const char *section, *key;
    row_set *set;
    row_print *print; /* NULL: no key changes it, it is not in the state file */
    size_t offset;    /* of the field in struct settings, for numbers and switches */
    int32_t min, max;
};

extern const struct row rows[ROW_COUNT];

struct reading {
    struct config *config;
    enum keys_file kind;
    struct faults *faults;
    const struct settings *known; /* every name the whole file gives, and its last numbers */
    struct named named;
    struct people_reading people;
    bool inline_pattern; /* the pattern is given by its lengths, added after all names */
    struct pattern pattern;
    unsigned line;
    char name[KEY_NAME_BYTES]; /* "stare.seconds", for what is said */
    unsigned given[ROW_COUNT]; /* the line each key was first given on; 0: not given */
};

#endif
