/* Care: what the person's answers in "about you" change, as one table.  Techniques ask it and read
 * no care setting themselves.  Sources of every row: docs/evidence.md. */
#ifndef LACRIMA_CORE_CARE_H
#define LACRIMA_CORE_CARE_H

#include "lacrima/core/technique.h"

#include <stdbool.h>
#include <stddef.h>

enum care_change {
    CARE_SOFT_EYES,  /* stare: blink freely, no target */
    CARE_NO_HOLDS,   /* breathe: no held breath */
    CARE_HALF_OPEN,  /* yawn: half open */
    CARE_SEATED,     /* move: seated versions, no kneeling, no head below the heart */
    CARE_NO_BOXING,  /* move: no shadow boxing */
    CARE_NEAR_HOME,  /* walk: short rounds near home, a place to sit */
    CARE_MILD_WATER, /* shower: lukewarm, seated, the door unlocked; no sauna or steam */
    CARE_CHANGES
};

struct care_row {
    enum care_change change;
    size_t answer; /* offsetof(struct settings, care_…) */
    const char *name;
};

/* The whole table, for the tests and for the documentation. */
const struct care_row *care_rows(size_t *count);

/* The way that this change is about. */
enum technique_id care_technique(enum care_change change);

/* The change as a sentence (a message id). */
const char *care_words(enum care_change change);

/* Whether any of the person's answers asks for this change. */
bool care_asks(const struct settings *settings, enum care_change change);

#endif
