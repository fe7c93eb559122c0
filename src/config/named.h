/* Named: the patterns and palettes of the person's own. */
#ifndef LACRIMA_CONFIG_NAMED_H
#define LACRIMA_CONFIG_NAMED_H

#include "faults.h"
#include "lacrima/core/settings.h"

/* Where the names of one file go; begins as {.settings = ...}. */
struct named {
    struct settings *settings;
    unsigned pattern_line[PATTERNS_OWN_MAX]; /* where this file gave it; 0: not this file */
    unsigned palette_line[PALETTES_OWN_MAX];
};

void named_pattern(struct named *named, struct faults *faults, unsigned line, const char *name,
                   const char *value);

void named_palette(struct named *named, struct faults *faults, unsigned line, const char *name,
                   const char *value);

/* A pattern from its lengths alone: named by them ("5-0-7-0").  Returns its index, or -1 if there
 * is no room for one more. */
int named_pattern_inline(struct settings *settings, const struct pattern *pattern);

/* "5.5-0-7-0": what pattern_parse() reads back. */
struct quote named_lengths(const struct pattern *pattern);

#endif
