/* Drop: what comes in with one drop of files on the window, and the one line about it. */
#ifndef LACRIMA_APP_DROP_H
#define LACRIMA_APP_DROP_H

#include "app.h"

struct drop {
    unsigned taken;              /* so many joined something */
    bool refused;                /* a line has said what did not */
    char line[EVENT_TEXT_BYTES]; /* about the first of them */
};

/* A path joins what there is to hear, to read or to look at; what is none of these is said. */
void drop_take(struct app *app, struct drop *drop, const char *path, time_ns now);

/* That was all of it: one line on the field, for nothing else would show it. */
void drop_end(struct app *app, struct drop *drop, enum platform_missed missed, time_ns now);

#endif
