/* Turn: one page leaves, and only then the next one comes, so that no two texts stand in one place.
 * Turned again while a page is leaving, that one goes on leaving; while one is coming, it turns
 * round from where it is.  Whose pages they are the caller knows. */
#ifndef LACRIMA_APP_TURN_H
#define LACRIMA_APP_TURN_H

#include "lacrima/base/time.h"

#include <stdbool.h>

struct turn {
    time_ns takes; /* above 0, the same always */
    bool leaves;   /* a page leaves first */
    time_ns at;    /* when it began; before it did, TIME_NEVER: long ago */
};

/* The page that is seen is no longer the one that is to be; seen: it can be seen at all.  True: it
 * leaves from now on.  False: another one still leaves, and what was to come has not come yet. */
bool turn_begin(struct turn *turn, bool seen, time_ns at);

/* Whether the page that leaves is the one to be seen, and how much of that page is: 0..1. */
bool turn_leaves(const struct turn *turn, time_ns now);
double turn_shown(const struct turn *turn, time_ns now);

/* Whether that changes yet. */
bool turn_goes_on(const struct turn *turn, time_ns now);

#endif
