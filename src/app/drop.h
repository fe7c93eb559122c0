/* Drop: what comes in with one drop of files on the window, and the one line about it. */
#ifndef LACRIMA_APP_DROP_H
#define LACRIMA_APP_DROP_H

#include "app.h"
#include "goal.h"

struct drop {
    unsigned taken;              /* so many joined something */
    unsigned songs;              /* of them the music */
    bool refused;                /* a line has said what did not */
    bool writing;                /* a letter was open: nothing is taken */
    enum goal first;             /* what the first of them joined, */
    bool first_shelf;            /* is on the shelf, or to be put there, */
    bool first_next;             /* comes next there, */
    char name[EVENT_TEXT_BYTES]; /* and is called */
};

/* A path joins what there is to hear, to read or to look at; what is none of these is said. */
void drop_take(struct app *app, struct drop *drop, const char *path, time_ns now);

/* That was all of it: it goes on the shelf, one line on the field says so, for nothing else would
 * show it, and at home or in its own way it is opened. */
void drop_end(struct app *app, struct drop *drop, enum platform_missed missed, time_ns now);

#endif
