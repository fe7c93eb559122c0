/* Kept: the person's shelf during a visit: what of it is offered today, and what of it changes. */
#ifndef LACRIMA_APP_KEPT_H
#define LACRIMA_APP_KEPT_H

#include "lacrima/audio.h"
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
    bool off[SHELF_ENTRIES_MAX];    /* it came in during this visit and is not in the file */
    bool fresh[SHELF_ENTRIES_MAX];  /* it is to be put there */
    bool last[SHELF_ENTRIES_MAX];   /* it was, as the last that came in */
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

/* What was chosen to be read likewise. */
void kept_chosen(const struct app *app, struct event *event);

/* "Not today", its taking back, and the taking off of what came in last. */
void kept_mark(struct app *app, const struct effect *effect);

/* The tag of what came in: of the entry that is there, with whichever part of it, or of a new one.
 * 0: there is no shelf, or no room on it. */
int32_t kept_take(struct app *app, enum shelf_kind kind, const char *path, time_ns now);

/* Puts on the shelf what kept_take() has made new; how many those were.  False, with a line, where
 * it cannot be written: then it is there for this visit alone. */
bool kept_shelve(struct app *app, size_t *count);

/* What audio plays of it. */
void kept_part(const struct app *app, int32_t tag, struct audio_part *part);

/* Writes what has changed; the disk may take its time. */
void kept_write(struct app *app);

void kept_finish(struct kept *kept);

#endif
