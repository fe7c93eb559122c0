/* Halves: the upper and the lower half of a page's lines, which take turns in changing.
 *
 * A page that comes or leaves changes all the time, from edge to edge, and so do its lines while
 * they leave one by one.  A frame draws one half of them then: at sixty frames a second each
 * changes thirty times, which is still far quicker than anything that a page does. */
#ifndef LACRIMA_APP_HALVES_H
#define LACRIMA_APP_HALVES_H

#include "lacrima/base/time.h"
#include "lacrima/core/page.h"

struct halves {
    time_ns at[PAGE_HALVES];  /* as when each is seen */
    bool turns[PAGE_HALVES];  /* which of them were brought up to date last */
    float alpha[PAGE_HALVES]; /* as visible as each is */
};

/* Nothing is seen of them any more. */
void halves_forget(struct halves *halves);

/* Brings that half up to date that has been waiting for longer.  One that is further behind than
 * its turn does not wait; when time stands, neither does anything. */
void halves_turn(struct halves *halves, time_ns now);

/* Makes the page as visible as that, each half when it is its turn.  Returns whether one of them is
 * not yet. */
bool halves_fade(struct halves *halves, struct page *page, float alpha);

#endif
