/* People: whom the person would turn to, and the openers of their own. */
#ifndef LACRIMA_CONFIG_PEOPLE_H
#define LACRIMA_CONFIG_PEOPLE_H

#include "faults.h"
#include "lacrima/core/settings.h"

/* Where the people of one file go; begins as {.people = ...}. */
struct people_reading {
    struct people_own *people;
    unsigned person_line[PEOPLE_OWN_MAX]; /* where this file gave it; 0: not this file */
    unsigned opener_line[OPENERS_OWN_MAX];
};

/* "Ana = tel:+49 30 1234, mailto:ana@example.org".  A link that is none is left out and the
 * person stays: a name alone is somebody to speak to. */
void people_add(struct people_reading *reading, struct faults *faults, unsigned line,
                const char *name, const char *value);

/* "opener = Have you an hour for me?" */
void people_opener(struct people_reading *reading, struct faults *faults, unsigned line,
                   const char *value);

#endif
