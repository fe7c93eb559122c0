/* Kept: the person's shelf during a visit: what of it is offered today, and what of it changes. */
#ifndef LACRIMA_APP_KEPT_H
#define LACRIMA_APP_KEPT_H

#include "lacrima/core/effect.h"
#include "lacrima/core/event.h"
#include "lacrima/shelf.h"

#include <stdbool.h>

struct app;

/* Entry i is known to others by its tag, i + 1. */
struct kept {
    struct shelf shelf;
    char path[CONFIG_PATH_BYTES];   /* "": there is none, and nothing is written */
    char today[SHELF_DAY_BYTES];    /* "": every day is the same (a recording) */
    bool out[SHELF_ENTRIES_MAX];    /* left out now */
    bool marked[SHELF_ENTRIES_MAX]; /* its day is still to be written */
    int32_t playing;                /* the tag of the track that sounds; 0: none's */
    bool failed;                    /* said once */
};

/* Reads it.  A recording reads only one that its command line names. */
void kept_begin(struct app *app);

/* Gives its songs to audio. */
void kept_songs(struct app *app);

/* What is offered follows the day, which may have changed. */
void kept_settle(struct app *app, time_ns now);

/* What began to sound: fills in what the shelf has to say of it. */
void kept_started(struct app *app, int32_t tag, struct event *event);

/* "Not today", and its taking back. */
void kept_mark(struct app *app, const struct effect *effect);

/* Writes what has changed; the disk may take its time. */
void kept_write(struct app *app);

void kept_finish(struct kept *kept);

#endif
