/* A round of shadow boxing: what is called, when, and what the figure shows of it. */
#ifndef LACRIMA_CORE_MOVE_BOX_H
#define LACRIMA_CORE_MOVE_BOX_H

#include "lacrima/core/technique.h"

/* The knock comes so long before a round's end; nothing is called after it. */
#define BOX_CLACK_BEFORE_NS SECONDS(10)

struct box_call {
    time_ns at;        /* since the round began */
    const char *words; /* message id */
    const char *blows; /* 'L' and 'R' in order, shown by the figure; may be empty */
};

/* The n-th call of a round of this length, the round-th of the visit; false if there are no
 * more.  Always the same for the same numbers; one every 6 to 9 s. */
bool box_call(time_ns length, uint8_t round, uint8_t n, struct box_call *call);

/* The n-th sound of such a round: one with each call, then the knock. */
bool box_mark(time_ns length, uint8_t round, uint8_t n, struct mark *mark);

/* What is seen in the round. */
void box_view(const struct visit *visit, struct view *view);

#endif
